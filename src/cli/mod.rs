//! The verbs: the same work as the screens, without a screen.
//! Results on stdout, messages on stderr; exit 0 fine, 1 the answer is no, 2 the question could not be answered.

pub mod args;
mod baseline;
mod budget;
mod check;
mod choices;
mod columns;
mod completions;
mod draft;
mod generation_named;
mod generations;
mod init;
mod judged_file;
mod teller;
mod forms;
mod diff;
mod man;
mod preset;
mod print;
mod render;
mod said;
mod scoring;
mod secret;
mod sources;
mod unread;
mod write;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use args::forms::Forms;
use args::wizard::Wizard;
use args::{CommandLine, Verb};
use report::Told;

use crate::caution::Caution;
use crate::judge;
use crate::problem::{Counts, Problem};
use crate::profile::{self, Profile};
use crate::report;
use crate::workspace::Workspace;

/// How a verb ended, when it could answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Fine,
    No,
    /// The question could not be answered, and what was printed says why.
    None,
}

/// With `--strict` or without it.
fn caution(strict: bool) -> Caution {
    Caution {
        strict,
        ..Caution::default()
    }
}

/// The answer of a verb that found these problems.
fn answer(caution: Caution, counts: Counts) -> Answer {
    if caution.blocks(counts) {
        Answer::No
    } else {
        Answer::Fine
    }
}

/// Why the question could not be answered.
type Cannot = Vec<Problem>;

fn one(problem: Problem) -> Cannot {
    vec![problem]
}

/// Rows of the wizard's key table: place, keys, sentence.
pub type Keys<'a> = &'a dyn Fn() -> Vec<(&'static str, String, &'static str)>;

/// Does the verb of a command line. The wizard's flags before it mean nothing; `keys` is for the manual.
#[must_use]
pub fn run(verb: &Verb, line: &CommandLine, keys: Keys) -> ExitCode {
    print::look(line.color, line.ascii);
    let answer = before_the_verb(&line.wizard).and_then(|()| {
        let place = place(line)?;
        match verb {
            Verb::Check(flags) => check::run(flags, &place),
            Verb::Render(flags) => render::run(flags, &place),
            Verb::Init(flags) => init::run(flags, &place),
            Verb::Completions(flags) => completions::run(flags),
            Verb::Man(flags) => man::run(flags, keys),
            Verb::Forms(Forms::Check(flags)) => forms::run(flags, &place),
            Verb::Diff(flags) => diff::run(flags, &place),
            Verb::Budget(flags) => budget::run(flags, &place),
            Verb::Draft(verb) => draft::run(verb, &place),
            Verb::Generations(verb) => generations::run(verb, &place),
            Verb::Secret(verb) => secret::run(verb, &place),
            Verb::Preset(verb) => preset::run(verb, &place),
            Verb::Scoring(flags) => scoring::run(flags, &place),
        }
    });
    match answer {
        Ok(Answer::Fine) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Ok(Answer::None) => ExitCode::from(2),
        Err(problems) => {
            let told: Vec<Told> = problems.into_iter().map(Told::by_place).collect();
            print::tell(&report::gathered(told));
            ExitCode::from(2)
        }
    }
}

/// Where a verb runs.
struct Place {
    here: PathBuf,
    workspace: Workspace,
    /// Nothing may be written.
    readonly: bool,
}

fn place(line: &CommandLine) -> Result<Place, Cannot> {
    let here = std::env::current_dir().map_err(|error: io::Error| {
        vec![
            Problem::error(format!("The current folder cannot be used: {error}."))
                .hint("Change into another folder."),
        ]
    })?;
    let workspace = match &line.workspace {
        None => Workspace::nearest(&here),
        Some(root) if root.is_dir() => Workspace::at(here.join(root)),
        Some(root) => {
            return Err(vec![
                Problem::error("There is no such folder.")
                    .hint("Name a folder with --workspace, or leave it out for the nearest one.")
                    .in_file(root, None),
            ]);
        }
    };
    Ok(Place {
        here,
        workspace,
        readonly: line.readonly,
    })
}

fn before_the_verb(wizard: &Wizard) -> Result<(), Cannot> {
    let sources = &wizard.sources;
    let flags = [
        ("--profile", sources.profile.is_some()),
        ("--from", sources.from.is_some()),
        ("--preset", sources.preset.is_some()),
        ("--output", wizard.output.is_some()),
        ("--plain", wizard.plain),
        ("--strict", wizard.strict),
    ];
    let Some((flag, _)) = flags.into_iter().find(|(_, given)| *given) else {
        return Ok(());
    };
    let problem = Problem::error(format!("{flag} before a verb belongs to the wizard."));
    Err(vec![problem.hint(
        "Write it behind the verb; vapora-tui render --help lists what a verb takes.",
    )])
}

/// The profiles on offer, and why others are not; the judge says what is wrong with the one that is used.
fn profiles(workspace: &Workspace) -> (Vec<Profile>, Vec<Problem>) {
    profile::all(workspace)
}
