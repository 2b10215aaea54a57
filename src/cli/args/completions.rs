//! The command line of `completions`.

use clap::Args;

/// Prints what makes a shell complete verbs and options
#[derive(Args, Debug)]
#[command(after_help = "Example:
  vapora-tui completions bash > ~/.local/share/bash-completion/completions/vapora-tui")]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}
