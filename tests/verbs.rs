//! What all verbs share: the profile that a file is judged over, how problems look, where nothing can be written, what
//! shells complete.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "verbs/looks.rs"]
mod looks;
#[path = "verbs/of_verbs.rs"]
mod of_verbs;
#[path = "verbs/over.rs"]
mod over;
#[path = "room/fed.rs"]
mod fed;
mod room;
#[path = "verbs/told.rs"]
mod told;
#[path = "verbs/writing.rs"]
mod writing;

use room::{Done, Room};

impl Room {
    /// Arguments and variables are separated by blanks.
    fn run(&self, args: &str, variables: &str) -> Done {
        let variables = variables.split_whitespace();
        let mut command = self.command(args.split_whitespace());
        command.envs(variables.map(|variable| variable.split_once('=').unwrap()));
        Done::of(command.output().unwrap())
    }
}
