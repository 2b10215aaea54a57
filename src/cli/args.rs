//! The command line: the wizard's flags, the verbs, and their help.
//! Leaves to others: what a verb does (`check`, `render`).

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::input;

/// Configures VAPORA: opens the wizard, or does one verb.
#[derive(Debug, Parser)]
#[command(name = "vapora-tui", version, about, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status of the verbs: 0 fine, 1 the answer is no, 2 the question could not be answered."
)]
pub struct CommandLine {
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// The folder whose forms, profiles and schemas stand in for the shipped ones [default: the nearest parent that
    /// looks like one, else the current folder]
    #[arg(long, value_name = "DIR", global = true)]
    pub workspace: Option<PathBuf>,
    #[command(flatten)]
    pub wizard: Wizard,
}

/// What the wizard begins with.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of the wizard")]
pub struct Wizard {
    /// Begin with this profile, past the start screen
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Open this file: TOML, JSON, YAML, Nickel or environment lines
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Write here [default: config/runtime/vapora.toml of the workspace]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    Check(Check),
    Render(Render),
}

/// Judges a configuration file, TOML, JSON, YAML, Nickel or environment lines: every problem with its path and line
///
/// The file is judged as it stands, over its profile; environment variables are not looked at.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 no errors (there may be warnings), 1 errors or settings to answer, 2 not judged.

Example:
  vapora-tui check config/runtime/vapora.toml --format json"
)]
pub struct Check {
    /// The file to judge
    pub file: PathBuf,
    /// Judge it over this profile [default: the one that the file's deployment_mode names]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// How problems are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Prints or writes the whole configuration that follows from a profile, a file and single settings
///
/// Each layer counts over the one before: schema, --profile, --from, environment (VAPORA__LLM_ROUTER__PORT=9003),
/// --set and --set-file. The result holds secrets in clear where they were given in clear, on stdout too.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 rendered, 1 refused because of errors or settings to answer, 2 not rendered.

Example:
  vapora-tui render --profile multiuser --set llm_router.port=9003 \\
    --set-file security.jwt_secret=/run/secrets/jwt --output config/runtime/vapora.toml --yes"
)]
pub struct Render {
    /// The profile to start from [default: the one that the deployment_mode of --from names]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Take over the values of this file: TOML, JSON, YAML, Nickel or environment lines
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// One setting, in the schema's unit; no secrets. May be repeated; the last of one path counts
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// One setting, or secret, read from a text file; its last line feed is dropped. May be repeated
    #[arg(long, value_name = "PATH=FILE")]
    pub set_file: Vec<String>,
    /// The syntax [default: by the ending of --output, else toml]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Syntax>,
    /// Write to this file, after showing the plan and asking, instead of printing
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only show the plan
    #[arg(long, requires = "output", conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long, requires = "output")]
    pub yes: bool,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        CommandLine::command().debug_assert();
    }
}
