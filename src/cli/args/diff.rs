//! The command line of `diff`.

use std::path::PathBuf;

use clap::Args;

use super::format::Printed;
use crate::cli::choices;

/// Compares two configurations by path: what B adds to A, removes from it and changes
///
/// A and B are each a file (TOML, JSON, YAML, Nickel or environment lines), a profile, preset:NAME, or an earlier version of
/// the output file: generation:3, and generation:3:FILE of another file than config/runtime/vapora.toml. A file is compared with its
/// values in force, over the profile that its deployment_mode names; one that names none is compared over the other
/// side's profile. A name that is both a file and a profile is the file: profile:NAME always means the profile, ./NAME
/// always the file. Values are shown in the schema's units, as files and --set hold them; environment variables are
/// not looked at; secrets show as (secret) without --reveal.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 nothing differs, 1 something differs, 2 not compared.

Examples:
  vapora-tui diff enterprise config/runtime/vapora.toml
  vapora-tui diff profile:solo profile:multiuser --format json
  vapora-tui diff generation:3 config/runtime/vapora.toml"
)]
#[command(mut_arg("format", |format| format.help("How the differences are printed")))]
pub struct Diff {
    /// The left side: a file, a profile by its name, or generation:N
    #[arg(value_name = "A")]
    pub left: PathBuf,
    /// The right side: a file, a profile by its name, or generation:N
    #[arg(value_name = "B")]
    pub right: PathBuf,
    /// Compare files over this profile [default: the one that the file's deployment_mode names]
    #[arg(long, value_name = "NAME", value_parser = choices::PROFILES, hide_possible_values = true)]
    pub profile: Option<String>,
    #[command(flatten)]
    pub compared: Compared,
}

/// How differences are shown.
#[derive(Args, Clone, Copy, Debug)]
pub struct Compared {
    /// Print secrets in clear; they stand on the screen then, or wherever stdout leads
    #[arg(long)]
    pub reveal: bool,
    #[command(flatten)]
    pub printed: Printed,
}
