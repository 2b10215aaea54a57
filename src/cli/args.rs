//! The command line: the wizard's flags, the verbs, and their help.
//! Leaves to others: what a verb does (`check`, `render`).

mod preset;
mod sources;

use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

use super::choices;
use crate::clean;
use crate::folder;
use crate::input;
use crate::problem::{self, Problem};

pub use preset::*;
pub use sources::Sources;

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
        let file = self.wizard.from.is_some() || !self.open.is_empty();
        super::sources::one_base(file && self.verb.is_none(), self.wizard.preset.is_some())?;
        if let Some(path) = self.opened()?.map(Path::to_owned) {
            if path.is_file() && self.wizard.output.is_none() {
                self.wizard.output = Some(path.clone());
            }
            self.wizard.from = Some(path);
        }
        let folder = self.wizard.from.as_deref().filter(|from| from.is_dir());
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
        if !rest.is_empty() || self.wizard.from.is_some() {
            return Err(Problem::error("Only one file or folder can be opened.")
                .hint("Name one, without --from; a verb stands first."));
        }
        Ok(Some(path))
    }
}

/// What the wizard begins with.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of the wizard")]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub struct Wizard {
    /// Begin with this profile, past the start screen
    #[arg(long, value_name = "NAME", value_parser = choices::PROFILES, hide_possible_values = true)]
    pub profile: Option<String>,
    /// Open this file over the profile: TOML, JSON, YAML, Nickel or environment lines; of a folder, the one chosen
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Open this preset over its profile, past the start screen; mine/NAME or shared/NAME names one exactly
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
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
    /// Taken by a verb only; here to say which.
    #[arg(long, hide = true, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    #[arg(long, hide = true, value_name = "PATH=FILE")]
    pub set_file: Vec<String>,
    #[arg(long, hide = true)]
    pub reveal: bool,
    /// A theme: dark, light, mono, or a file [default: theme.toml of your own folder, else by the background]
    #[arg(long, value_name = "NAME|FILE", value_parser = choices::THEMES, hide_possible_values = true)]
    pub theme: Option<String>,
}

impl Wizard {
    fn takes_no_option_of_verbs(&self) -> Result<(), Problem> {
        let (option, hint) = if !self.set.is_empty() {
            (
                "--set",
                "Write vapora-tui render --set PATH=VALUE; in the wizard type the value, and with --plain give --answers.",
            )
        } else if !self.set_file.is_empty() {
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

/// When something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    Check(Check),
    Render(Render),
    Diff(Diff),
    Init(Init),
    Completions(Completions),
    Man(Man),
    #[command(subcommand)]
    Forms(Forms),
    #[command(subcommand)]
    Draft(DraftVerb),
    #[command(subcommand)]
    Preset(PresetVerb),
}

/// Drafts: what was typed in the wizard and not written yet, kept for the next start
#[derive(Debug, Subcommand)]
pub enum DraftVerb {
    List(DraftList),
    Show(DraftOne),
    Discard(DraftDiscard),
}

/// Lists the drafts of this user, the latest first: whose, when, how many answers, on which profile and file
#[derive(Args, Debug)]
pub struct DraftList {
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Shows what one draft holds, without its secrets: they are in no draft
#[derive(Args, Debug)]
pub struct DraftOne {
    /// As `draft list` names it
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Removes one draft for good; refused while the wizard that keeps it still runs
#[derive(Args, Debug)]
pub struct DraftDiscard {
    /// As `draft list` names it
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

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
pub struct FormsCheck {
    /// The form, or fragment of one, to judge
    pub file: Option<PathBuf>,
    /// Also say what TypeDialog itself would not read
    #[arg(long)]
    pub typedialog: bool,
    /// Let no warning pass: the exit status is 1 while there is one
    #[arg(long)]
    pub strict: bool,
    /// How problems are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

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
pub struct Check {
    /// The file to judge
    pub file: PathBuf,
    /// Judge it over this profile [default: the one that the file's deployment_mode names]
    #[arg(long, value_name = "NAME", value_parser = choices::PROFILES, hide_possible_values = true)]
    pub profile: Option<String>,
    /// Let no warning pass: the exit status is 1 while there is one
    #[arg(long)]
    pub strict: bool,
    /// How problems are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

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
    /// Why it is written, in one line; kept with the generation
    #[arg(long, value_name = "TEXT", requires = "output")]
    pub note: Option<String>,
    /// Only show the plan
    #[arg(long, requires = "output", conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long, requires = "output")]
    pub yes: bool,
}

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
    /// How the report is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Compares two configurations by path: what B adds to A, removes from it and changes
///
/// A and B are each a file (TOML, JSON, YAML, Nickel or environment lines), a profile or preset:NAME. A file is compared with its
/// values in force, over the profile that its deployment_mode names; one that names none is compared over the other
/// side's profile. A name that is both a file and a profile is the file: profile:NAME always means the profile, ./NAME
/// always the file. Values are shown in the schema's units, as files and --set hold them; environment variables are
/// not looked at; secrets show as (secret) without --reveal.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 nothing differs, 1 something differs, 2 not compared.

Examples:
  vapora-tui diff enterprise config/runtime/vapora.toml
  vapora-tui diff profile:solo profile:multiuser --format json"
)]
pub struct Diff {
    /// The left side: a file, or a profile by its name
    #[arg(value_name = "A")]
    pub left: PathBuf,
    /// The right side: a file, or a profile by its name
    #[arg(value_name = "B")]
    pub right: PathBuf,
    /// Compare files over this profile [default: the one that the file's deployment_mode names]
    #[arg(long, value_name = "NAME", value_parser = choices::PROFILES, hide_possible_values = true)]
    pub profile: Option<String>,
    /// Print secrets in clear; they stand on the screen then, or wherever stdout leads
    #[arg(long)]
    pub reveal: bool,
    /// How the differences are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Prints what makes a shell complete verbs and options
#[derive(Args, Debug)]
#[command(after_help = "Example:
  vapora-tui completions bash > ~/.local/share/bash-completion/completions/vapora-tui")]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// Prints the manual page of the program, or of one verb
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  vapora-tui man | man -l -
  vapora-tui man render | man -l -")]
pub struct Man {
    /// The verb, for example `render` or `forms check` [default: the program, with the keys of the wizard]
    pub verb: Vec<String>,
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
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        CommandLine::command().debug_assert();
    }
}
