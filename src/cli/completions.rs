//! `completions SHELL`: what makes a shell complete verbs and options, from the command line's own definition.

use clap::CommandFactory;

use super::args::CommandLine;
use super::args::completions::Completions;
use super::{Answer, Cannot, one, print};

pub(super) fn run(flags: &Completions) -> Result<Answer, Cannot> {
    let mut command = CommandLine::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(flags.shell, &mut command, name, &mut script);
    print::result(&String::from_utf8_lossy(&script)).map_err(one)?;
    Ok(Answer::Fine)
}
