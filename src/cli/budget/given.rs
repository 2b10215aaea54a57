//! What a forecast needs besides the configuration, as the command line gives it: workload, prices, first day.
//! Leaves to others: reading them (`budget` of the core).

use std::path::Path;

use super::super::args::budget::Budget;
use super::super::args::sources::Sources;
use super::super::sources::Composed;
use super::super::{Cannot, Place, one};
use crate::budget::workload::{FOLDER, Workload};
use crate::budget::{Inputs, Prices, Start, headline};
use crate::clean;
use crate::form::date::Date;
use crate::own_folder;
use crate::problem::{self, Problem, Severity};
use crate::store;
use crate::workspace::text;

/// Workload and prices.
pub(super) struct Given {
    pub inputs: Inputs,
    /// Of the workload.
    pub name: String,
    pub workload: Workload,
    /// What is wrong in the workload, or about its name.
    pub problems: Vec<Problem>,
}

impl Given {
    /// # Errors
    /// When there is no such workload or file of prices, or nothing can be read of it.
    pub fn read(flags: &Budget, composed: &Composed, place: &Place) -> Result<Self, Cannot> {
        let mut inputs = Inputs::read(&place.workspace, own_folder::folder().as_deref());
        if let Some(file) = &flags.prices {
            let example = "Give the path of a file of prices; assets/prices.toml is one.";
            let read = Prices::read(file, &must_read(file, example).map_err(one)?);
            if read.prices.all().is_empty() {
                return Err(nothing(read.problems, file, "price"));
            }
            inputs.prices = read.prices.over(std::mem::take(&mut inputs.prices));
            inputs.problems.extend(read.problems);
        }
        let named = flags.workload.as_deref();
        let (name, read, problem) = match named {
            Some(file) if is_file(file) => {
                let example = "Give the path of a workload, or the name of one.";
                let read = Workload::read(file, &must_read(file, example).map_err(one)?);
                if read.workload.roles.is_empty() {
                    return Err(nothing(read.problems, file, "role"));
                }
                (clean::line(&file.to_string_lossy()), Some(read), None)
            }
            Some(name) => {
                let name = clean::line(&name.to_string_lossy());
                let read = inputs.workloads.get(&name).cloned();
                let read = read.ok_or_else(|| one(unknown(&name, &inputs)))?;
                (name, Some(read), None)
            }
            None => {
                let kept = composed.workload();
                let (name, problem) = inputs.in_use(kept, &composed.profile);
                let read = inputs.workloads.get(&name).cloned();
                (name, read, problem)
            }
        };
        let read = read.ok_or_else(|| one(missing(&name)))?;
        let mut problems: Vec<Problem> = problem.into_iter().collect();
        problems.extend(read.problems);
        Ok(Self {
            inputs,
            name,
            workload: read.workload,
            problems,
        })
    }
}

/// Files are named by their path, or end as workloads do.
fn is_file(named: &Path) -> bool {
    named.is_file() || named.components().count() > 1 || named.extension().is_some()
}

pub(super) fn must_read(file: &Path, example: &str) -> Result<String, Problem> {
    text::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint(example)
            .in_file(file, None)
    })
}

/// Nothing can be forecast with it.
fn nothing(mut problems: Vec<Problem>, file: &Path, what: &str) -> Cannot {
    for problem in &mut problems {
        problem.severity = Severity::Error;
    }
    if problems.is_empty() {
        problems.push(Problem::error(format!("It holds no {what}.")).in_file(file, None));
    }
    problems
}

fn unknown(name: &str, inputs: &Inputs) -> Problem {
    let known: Vec<&str> = inputs.workloads.keys().map(String::as_str).collect();
    let near = problem::nearest(name, known.iter().copied());
    let near = near.map_or_else(String::new, |near| format!("Did you mean {near}? "));
    Problem::error(format!("No workload is called {name}.")).hint(format!(
        "{near}There are {}; {FOLDER}/{name}.toml of the workspace would be it.",
        known.join(", ")
    ))
}

fn missing(profile: &str) -> Problem {
    Problem::error(headline::no_workload(Some(profile))).hint(
        "Or name another with --workload; vapora-tui budget import makes one of what was measured.",
    )
}

/// The file, given as operand or by its flag.
pub(super) fn sources(flags: &Budget) -> Result<Sources, Problem> {
    let mut sources = flags.sources.clone();
    if let Some(file) = &flags.file {
        if sources.from.is_some() {
            return Err(
                Problem::error("Two files are named, and only one can be forecast.")
                    .hint("Leave out --from."),
            );
        }
        sources.from = Some(file.clone());
    }
    Ok(sources)
}

/// The days that are forecast.
pub(super) fn start(said: Option<&str>) -> Result<Start, Problem> {
    let Some(said) = said else {
        return Ok(Start::this_month(store::today()));
    };
    Date::parse(said).map(Start::month).ok_or_else(|| {
        let shown: String = clean::line(said).chars().take(40).collect();
        Problem::error(format!("--start {shown} is no date."))
            .hint("Give year, month and day, for example --start 2026-12-01.")
    })
}

/// What is forecast, in words: `Profile enterprise with 1 setting`.
pub fn configuration(sources: &Sources, profile: &str) -> String {
    let base = match (&sources.from, &sources.preset) {
        (Some(file), _) => {
            format!(
                "{} over profile {profile}",
                clean::line(&file.to_string_lossy())
            )
        }
        (None, Some(preset)) => {
            format!("preset {} over profile {profile}", clean::line(preset))
        }
        (None, None) => format!("profile {profile}"),
    };
    match sources.set.len() + sources.set_file.len() {
        0 => base,
        n => format!("{base} with {}", problem::counted(n, "setting")),
    }
}
