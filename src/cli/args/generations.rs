//! The command line of `generations`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::diff::Compared;
use super::format::Printed;

/// Earlier versions of the output file: each write keeps the one that it replaces
///
/// They lie in .vapora-tui/generations beside the file, each with its mode, who wrote it, when and why. The newest 20
/// are kept; VAPORA_TUI_GENERATIONS=50 keeps 50, for the wizard and the verbs alike.
#[derive(Debug, Subcommand)]
pub enum GenerationsVerb {
    List(GenerationsList),
    Show(GenerationsShow),
    Diff(GenerationsDiff),
    Restore(GenerationsRestore),
}

/// Lists the versions, the newest first: number, when, by whom, on which profile, lines, mode, note
///
/// A star marks what the file holds now.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 listed, 1 listed, but a version cannot be read any more, 2 not listed.

The newest 20 are kept; VAPORA_TUI_GENERATIONS=50 keeps 50, for the wizard and the verbs alike."
)]
pub struct GenerationsList {
    #[command(flatten)]
    pub of: Output,
    #[command(flatten)]
    pub printed: Printed,
}

/// Prints the text of one version, secrets as (secret)
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 printed, 1 not printed because its secrets cannot be masked, 2 there is no such version."
)]
pub struct GenerationsShow {
    #[command(flatten)]
    pub version: Version,
    /// Print it byte for byte, secrets in clear; they stand on the screen then, or wherever stdout leads
    #[arg(long)]
    pub reveal: bool,
    #[command(flatten)]
    pub printed: Printed,
}

/// Compares one version by path with another, or with the file as it is now
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 nothing differs, 1 something differs, 2 not compared.

`diff generation:3 enterprise` compares a version with anything else."
)]
pub struct GenerationsDiff {
    /// The left side
    #[arg(value_name = "N")]
    pub left: u32,
    /// The right side [default: the file as it is now]
    #[arg(value_name = "M")]
    pub right: Option<u32>,
    #[command(flatten)]
    pub of: Output,
    #[command(flatten)]
    pub compared: Compared,
}

/// Writes one version over the file again, byte for byte and with the mode it had, after showing the plan and asking
///
/// What it replaces is kept as a version too. A text that holds a secret in clear becomes its owner's alone. What the
/// schema finds wrong in it is told first and forbids nothing: --yes, or a yes to the question, writes it.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 written, or the same already, 1 refused, 2 could not be done.

Example:
  vapora-tui generations restore 3 --note 'the new limit was wrong'"
)]
pub struct GenerationsRestore {
    #[command(flatten)]
    pub version: Version,
    /// Why, in one line; kept behind `restored N`
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub note: String,
    /// Only show the plan
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub printed: Printed,
}

/// Which version.
#[derive(Args, Debug)]
pub struct Version {
    /// As `generations list` numbers them
    #[arg(value_name = "N")]
    pub number: u32,
    #[command(flatten)]
    pub of: Output,
}

/// Whose versions.
#[derive(Args, Debug)]
pub struct Output {
    /// The file whose versions these are [default: config/runtime/vapora.toml of the workspace]
    #[arg(long = "output", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
}
