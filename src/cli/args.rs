//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Configures VAPORA: opens the wizard, or does one verb.
#[derive(Debug, Parser)]
#[command(
    name = "vapora-tui",
    version,
    about,
    args_conflicts_with_subcommands = true
)]
pub struct CommandLine {
    #[command(subcommand)]
    pub verb: Option<Verb>,
    #[command(flatten)]
    pub wizard: Wizard,
}

/// What the wizard begins with.
#[derive(Args, Clone, Debug)]
pub struct Wizard {
    /// The folder whose forms, profiles and schemas stand in for the shipped ones [default: the nearest parent that
    /// looks like one, else the current folder]
    #[arg(long, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// Begin with this profile, past the start screen
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Open this TOML or JSON file
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Write here [default: config/runtime/vapora.toml of the workspace]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Verb {}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}
