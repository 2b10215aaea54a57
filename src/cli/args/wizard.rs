//! What the wizard takes on the command line.
//! Leaves to others: the file or folder that is named without an option (`args`).

use std::path::PathBuf;

use clap::{Arg, Args};

use super::sources::Sources;
use crate::cli::choices;
use crate::problem::Problem;

/// What the wizard begins with.
#[derive(Args, Clone, Debug)]
#[command(
    next_help_heading = "Options of the wizard",
    mut_args(in_words_of_the_wizard)
)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub struct Wizard {
    #[command(flatten)]
    pub sources: Sources,
    /// Write here [default: config/runtime/vapora.toml of the workspace]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Ask in numbered lines: no escapes, no drawing, ASCII only. Chosen by itself for TERM=dumb
    #[arg(long)]
    pub plain: bool,
    /// With --plain: take every answer from this TOML file (profile = "enterprise", and below [answers] lines such as
    /// "llm_router.port" = 9003, in the schema's units, no secrets in clear), show the plan, ask, write
    #[arg(long, value_name = "FILE", requires = "plain")]
    pub answers: Option<PathBuf>,
    /// With --answers: write without asking. Exit status 0 written, 1 refused, 2 could not
    #[arg(long, requires = "answers")]
    pub yes: bool,
    /// Let no warning pass: nothing is written while there is one
    #[arg(long)]
    pub strict: bool,
    // Here to say that only verbs take it, as are --set and --set-file.
    #[arg(long)]
    pub reveal: bool,
    /// A theme: dark, light, mono, or a file [default: theme.toml of your own folder, else by the background]
    #[arg(long, value_name = "NAME|FILE", value_parser = choices::THEMES, hide_possible_values = true)]
    pub theme: Option<String>,
}

/// What the verbs take too says here what it does to the wizard; what only they take is not shown.
fn in_words_of_the_wizard(option: Arg) -> Arg {
    match option.get_id().as_str() {
        "profile" => option.help("Begin with this profile, past the start screen"),
        "from" => option.help(
            "Open this file over the profile: TOML, JSON, YAML, Nickel or environment lines; of a folder, the one chosen",
        ),
        "preset" => option.help(
            "Open this preset over its profile, past the start screen; mine/NAME or shared/NAME names one exactly",
        ),
        "set" | "set_file" | "reveal" => option
            .hide(true)
            .help("Taken by a verb only; here to say which"),
        _ => option,
    }
}

impl Wizard {
    /// # Errors
    /// When an option that only verbs take was given.
    pub(super) fn takes_no_option_of_verbs(&self) -> Result<(), Problem> {
        let (option, hint) = if !self.sources.set.is_empty() {
            (
                "--set",
                "Write vapora-tui render --set PATH=VALUE; in the wizard type the value, and with --plain give --answers.",
            )
        } else if !self.sources.set_file.is_empty() {
            (
                "--set-file",
                "Write vapora-tui render --set-file PATH=FILE; in the wizard type the value.",
            )
        } else if self.reveal {
            (
                "--reveal",
                "Write vapora-tui render --reveal or diff --reveal; in the wizard a key shows the secret in focus.",
            )
        } else {
            return Ok(());
        };
        Err(Problem::error(format!(
            "{option} is an option of a verb, and stands behind it."
        ))
        .hint(hint))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use crate::cli::args::CommandLine;

    #[test]
    fn its_help_says_what_the_sources_do_to_the_wizard_and_hides_what_only_verbs_take() {
        let help = CommandLine::command().render_help().to_string();
        for shown in [
            "--profile <NAME>     Begin with",
            "--from <FILE>        Open this file",
            "--preset <NAME>      Open this preset",
        ] {
            assert!(help.contains(shown), "{shown}: {help}");
        }
        for hidden in ["--set ", "--set-file", "--reveal"] {
            assert!(!help.contains(hidden), "{hidden}: {help}");
        }
    }
}
