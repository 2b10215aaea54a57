//! The command line of `render`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::sources::Sources;
use crate::input;

/// Prints or writes the whole configuration that follows from a profile, a file and single settings
///
/// Each layer counts over the one before: schema, --profile, --from or --preset, environment
/// (VAPORA__LLM_ROUTER__PORT=9003), --set and --set-file. What the file of --from shares with the profile that its
/// deployment_mode names follows --profile, and so does what a preset shares with its own. A file of --output holds secrets in clear where they were given in clear, and then is its owner's alone;
/// on stdout they are printed only with --reveal, and without it such a configuration is refused.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 rendered, 1 refused because of errors or settings to answer (with --strict also warnings),
of secrets in clear or of --readonly, 2 not rendered.

Example:
  vapora-tui render --profile multiuser --set llm_router.port=9003 \\
    --set-file security.jwt_secret=/run/secrets/jwt --output config/runtime/vapora.toml --yes"
)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub struct Render {
    #[command(flatten)]
    pub sources: Sources,
    /// The syntax [default: by the ending of --output, else toml]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Syntax>,
    /// Write to this file, after showing the plan and asking, instead of printing
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Let no warning pass: nothing is printed or written while there is one
    #[arg(long)]
    pub strict: bool,
    /// Print secrets in clear; they stand on the screen then, or wherever stdout leads
    #[arg(long, conflicts_with = "output")]
    pub reveal: bool,
    /// Why it is written, in one line; kept with the generation, as `generations list` shows it
    #[arg(long, value_name = "TEXT", requires = "output")]
    pub note: Option<String>,
    /// Only show the plan
    #[arg(long, requires = "output", conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long, requires = "output")]
    pub yes: bool,
}

/// The syntax of a rendered configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Syntax {
    Toml,
    Json,
    #[value(alias = "yml")]
    Yaml,
    #[value(alias = "ncl")]
    Nickel,
    /// Lines such as VAPORA__BACKEND__PORT=8001
    Env,
}

impl From<Syntax> for input::Format {
    fn from(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Toml => Self::Toml,
            Syntax::Json => Self::Json,
            Syntax::Yaml => Self::Yaml,
            Syntax::Nickel => Self::Nickel,
            Syntax::Env => Self::Env,
        }
    }
}
