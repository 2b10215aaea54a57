//! The command line: what stands before any verb, and the list of verbs.
//! Leaves to others: what each verb takes (a file each, `wizard` without one), what it does (its namesake beside).

pub mod budget;
pub mod check;
pub mod completions;
pub mod diff;
pub mod draft;
pub mod format;
pub mod forms;
pub mod generations;
pub mod init;
pub mod man;
pub mod preset;
pub mod render;
pub mod scoring;
pub mod secret;
pub mod sources;
pub mod wizard;

use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

use wizard::Wizard;

use crate::clean;
use crate::folder;
use crate::problem::{self, Problem};

/// Configures VAPORA: opens the wizard, or does one verb.
#[derive(Debug, Parser)]
#[command(name = "vapora-tui", version, about, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status of the verbs: 0 fine, 1 the answer is no, 2 the question could not be answered."
)]
pub struct CommandLine {
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// Open this file in the wizard, or choose one of this folder; w writes there too [default: the start screen]
    #[arg(value_name = "FILE or DIR")]
    pub open: Vec<PathBuf>,
    /// The folder whose forms, profiles and schemas stand in for the shipped ones [default: the nearest parent that
    /// looks like one, else the current folder]
    #[arg(long, value_name = "DIR", global = true, display_order = 90, value_hint = ValueHint::DirPath)]
    pub workspace: Option<PathBuf>,
    /// Write nothing, in the wizard or by a verb: everything is shown, plans too, and writing is refused
    #[arg(long, global = true, display_order = 91)]
    pub readonly: bool,
    /// Colours, of the wizard and of problems and differences that a verb prints: auto follows NO_COLOR and the terminal
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        global = true,
        display_order = 92
    )]
    pub color: When,
    /// ASCII characters only; the wizard chooses it by itself when the locale is not UTF-8. A configuration that is
    /// printed keeps its text
    #[arg(long, global = true, display_order = 93)]
    pub ascii: bool,
    #[command(flatten)]
    pub wizard: Wizard,
}

impl CommandLine {
    /// Turns the file or folder that is named for the wizard into its flags: a file is also written to, a folder is
    /// the workspace.
    ///
    /// # Errors
    /// When it is not there: then it may be a misspelt verb. When there are several. When an option is a verb's.
    pub fn open_named(&mut self) -> Result<(), Problem> {
        self.wizard.takes_no_option_of_verbs()?;
        let file = self.wizard.sources.from.is_some() || !self.open.is_empty();
        super::sources::one_base(
            file && self.verb.is_none(),
            self.wizard.sources.preset.is_some(),
        )?;
        if let Some(path) = self.opened()?.map(Path::to_owned) {
            if path.is_file() && self.wizard.output.is_none() {
                self.wizard.output = Some(path.clone());
            }
            self.wizard.sources.from = Some(path);
        }
        let folder = self
            .wizard
            .sources
            .from
            .as_deref()
            .filter(|from| from.is_dir());
        if let (None, Some(folder)) = (&self.workspace, folder) {
            self.workspace = Some(folder::root(folder));
        }
        Ok(())
    }

    fn opened(&self) -> Result<Option<&Path>, Problem> {
        let [path, rest @ ..] = self.open.as_slice() else {
            return Ok(None);
        };
        let shown = clean::line(&path.to_string_lossy());
        if !path.exists() {
            let command = Self::command();
            let verbs = command.get_subcommands().map(clap::Command::get_name);
            let hint = match problem::nearest(&shown, verbs) {
                Some(near) => format!("Did you mean {near}?"),
                None => "vapora-tui --help lists the verbs.".to_owned(),
            };
            let message = format!("{shown} is no verb, and there is no such file or folder.");
            return Err(Problem::error(message).hint(hint));
        }
        if !rest.is_empty() || self.wizard.sources.from.is_some() {
            return Err(Problem::error("Only one file or folder can be opened.")
                .hint("Name one, without --from; a verb stands first."));
        }
        Ok(Some(path))
    }
}

/// When something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    Check(check::Check),
    Render(render::Render),
    Diff(diff::Diff),
    Budget(Box<budget::Budget>),
    Init(init::Init),
    Completions(completions::Completions),
    Man(man::Man),
    #[command(subcommand)]
    Forms(forms::Forms),
    #[command(subcommand)]
    Draft(draft::DraftVerb),
    #[command(subcommand)]
    Generations(generations::GenerationsVerb),
    #[command(subcommand)]
    Secret(secret::SecretVerb),
    #[command(subcommand)]
    Preset(preset::PresetVerb),
    Scoring(Box<scoring::Scoring>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        CommandLine::command().debug_assert();
    }
}
