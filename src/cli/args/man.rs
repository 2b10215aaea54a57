//! The command line of `man`.

use clap::Args;

/// Prints the manual page of the program, or of one verb
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  vapora-tui man | man -l -
  vapora-tui man render | man -l -")]
pub struct Man {
    /// The verb, for example `render` or `forms check` [default: the program, with the keys of the wizard]
    pub verb: Vec<String>,
}
