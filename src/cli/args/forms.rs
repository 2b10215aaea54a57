//! The command line of `forms`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::format::Printed;

/// Looks after the forms: the files that say what the wizard asks
#[derive(Debug, Subcommand)]
pub enum Forms {
    Check(FormsCheck),
}

/// Holds forms against the schema: every problem with its file and line, and the settings that no panel asks for
///
/// Without FILE these are the forms of the workspace, with the shipped ones where it has none of its own. A FILE that
/// the workspace's form includes is judged as a part of it, any other as a form of its own.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 no errors (there may be warnings), 1 errors (with --strict also warnings), 2 not judged.

What TypeDialog would not read is a warning: this program reads it.

Example:
  vapora-tui forms check forms/fragments/nats.toml --typedialog"
)]
#[command(mut_arg("format", |format| format.help("How problems are printed")))]
pub struct FormsCheck {
    /// The form, or fragment of one, to judge
    pub file: Option<PathBuf>,
    /// Also say what TypeDialog itself would not read
    #[arg(long)]
    pub typedialog: bool,
    /// Let no warning pass: the exit status is 1 while there is one
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub printed: Printed,
}
