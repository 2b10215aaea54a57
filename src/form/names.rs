//! The inputs of a form by name and path: which were read before, which stand twice, which are named and not there.
//! Leaves to others: reading the inputs (`input`), what a condition means (`condition`).

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::clean;
use crate::form::document::MOST_PROBLEMS;
use crate::form::model::{Choice, Input};
use crate::problem::{self, FilePlace, Problem};

/// What names another input.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    Condition,
    OptionsFrom,
}

impl By {
    fn words(self) -> &'static str {
        match self {
            Self::Condition => "The condition names",
            Self::OptionsFrom => "options_from names",
        }
    }

    /// What the earlier input is wanted for.
    fn purpose(self) -> &'static str {
        match self {
            Self::Condition => "compare an earlier one",
            Self::OptionsFrom => "name an earlier one",
        }
    }
}

/// All inputs read so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Place and choices of each.
    inputs: HashMap<String, (FilePlace, Vec<Choice>)>,
    paths: HashMap<String, FilePlace>,
    /// Names of elements that were refused: what names them is dropped without another problem.
    refused: HashSet<String>,
    unresolved: Vec<(By, String, FilePlace)>,
}

impl Names {
    pub fn refuse(&mut self, name: Option<String>) {
        self.refused.extend(name);
    }

    pub fn has(&self, name: &str) -> bool {
        self.inputs.contains_key(name)
    }

    /// The choices of an earlier input.
    pub fn choices(&self, name: &str) -> &[Choice] {
        self.inputs
            .get(name)
            .map_or(&[], |(_, choices)| choices.as_slice())
    }

    /// Notes name and path of an input; false when another input asks for the same path.
    pub fn is_new(&mut self, input: &Input, root: &Path, problems: &mut Vec<Problem>) -> bool {
        let path = input.path.as_str();
        if let Some(first) = self.paths.get(path) {
            let message = format!(
                "{path} is asked for twice: here and at {}.",
                short(first, root)
            );
            let hint = "Take one of the two inputs out.";
            problems.push(at(&input.place, message).hint(hint));
            self.refused.insert(input.name.clone());
            return false;
        }
        self.paths.insert(path.to_owned(), input.place.clone());
        if let Some((first, _)) = self.inputs.get(&input.name) {
            let message = format!(
                "The name \"{}\" is used twice: here and at {}.",
                input.name,
                short(first, root)
            );
            let hint = "Give one of them another name.";
            problems.push(at(&input.place, message).hint(hint));
        } else {
            let known = (input.place.clone(), input.choices.clone());
            self.inputs.insert(input.name.clone(), known);
        }
        true
    }

    /// Is there such an input before this place? If not, [`Self::say_unresolved`] will tell.
    pub fn resolve(&mut self, by: By, name: &str, place: &FilePlace) -> bool {
        let found = self.has(name);
        // Whoever names so much that is not there has seen enough of it.
        if !found && self.unresolved.len() < MOST_PROBLEMS {
            self.unresolved.push((by, name.to_owned(), place.clone()));
        }
        found
    }

    /// The problems of names that were not read before. `missing` says that a file, and with it perhaps names, is
    /// not there.
    pub fn say_unresolved(&mut self, root: &Path, missing: bool, problems: &mut Vec<Problem>) {
        for (by, name, place) in std::mem::take(&mut self.unresolved) {
            let words = by.words();
            let shown = clean::line(&name);
            if let Some((later, _)) = self.inputs.get(&name) {
                let message = format!(
                    "{words} \"{shown}\", which does not stand before it but at {}.",
                    short(later, root)
                );
                let hint = format!("Move that input up, or {}.", by.purpose());
                problems.push(at(&place, message).hint(hint));
            } else if !missing && !self.refused.contains(&name) {
                let message = format!("{words} \"{shown}\", and no input has that name.");
                let known = self.inputs.keys().map(String::as_str);
                // Of names equally near always the same one.
                let mut known: Vec<&str> = known.collect();
                known.sort_unstable();
                let hint = match problem::nearest(&name, known) {
                    Some(near) => format!("Did you mean {near}?"),
                    None => "Use the name of an earlier input.".to_owned(),
                };
                problems.push(at(&place, message).hint(hint));
            }
        }
    }
}

/// A place as messages name it: without the folder of the workspace.
pub(super) fn short(place: &FilePlace, root: &Path) -> String {
    let file = place.file.strip_prefix(root);
    FilePlace::new(file.unwrap_or(&place.file), place.line).to_string()
}

pub(super) fn at(place: &FilePlace, message: String) -> Problem {
    Problem::error(message).in_file(&place.file, place.line)
}
