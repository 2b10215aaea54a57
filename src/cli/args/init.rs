//! The command line of `init`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::format::Printed;

/// Writes the shipped forms, profiles, schemas and examples into a folder, for changing them there
///
/// The folder is a workspace then: run there, or with --workspace DIR, its files stand in for the shipped ones; the
/// examples, in assets/examples, are for reading and stand in for nothing. Each file begins with a line that names the version and checksum of what was shipped. Run again after an upgrade, it
/// says what the upgrade changed and what you did; what only the upgrade changed is renewed, what both changed stays
/// as it is until you decide.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 done, 1 files that both changed wait for a decision, or --readonly, 2 could not be done.

Examples:
  vapora-tui init /srv/vapora
  vapora-tui init /srv/vapora --diff --dry-run
  vapora-tui init /srv/vapora --keep profiles/enterprise.ncl --take forms/main.toml --yes"
)]
#[command(mut_arg("format", |format| format.help("How the report is printed")))]
pub struct Init {
    /// The folder; it is made when it is not there
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// Of a file that both changed keep yours; `all` for every such file. May be repeated
    #[arg(long, value_name = "FILE")]
    pub keep: Vec<String>,
    /// Of a file that both changed take the shipped one; yours stays beside it as FILE.yours. May be repeated
    #[arg(long, value_name = "FILE")]
    pub take: Vec<String>,
    /// Show the lines in which yours and the shipped file differ
    #[arg(long)]
    pub diff: bool,
    /// Only show what would be done
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub printed: Printed,
}
