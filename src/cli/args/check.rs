//! The command line of `check`.

use std::path::PathBuf;

use clap::Args;

use super::format::Printed;
use crate::cli::choices;

/// Judges a configuration file, TOML, JSON, YAML, Nickel or environment lines: every problem with its path and line
///
/// The file is judged as it stands, over its profile; environment variables are not looked at.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 no errors (there may be warnings), 1 errors or settings to answer (with --strict also
warnings), 2 not judged.

Example:
  vapora-tui check config/runtime/vapora.toml --format json"
)]
#[command(mut_arg("format", |format| format.help("How problems are printed")))]
pub struct Check {
    /// The file to judge
    pub file: PathBuf,
    /// Judge it over this profile [default: the one that the file's deployment_mode names]
    #[arg(long, value_name = "NAME", value_parser = choices::PROFILES, hide_possible_values = true)]
    pub profile: Option<String>,
    /// Let no warning pass: the exit status is 1 while there is one
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub printed: Printed,
}
