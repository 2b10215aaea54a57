//! Finds where in a file each problem belongs, and says whose value it is when the file does not state it.
//! Leaves to others: finding problems (`judged_file`, `render`), printing them (`print`).

use std::path::Path;

use super::report::{self, Told};
use crate::config::{Config, Origin};
use crate::input::Opened;
use crate::problem::{Problem, Severity};
use crate::schema::FieldPath;

/// Finds where in a file each problem belongs.
pub(super) struct Teller<'a> {
    pub file: &'a Path,
    pub opened: &'a Opened,
    pub config: &'a Config,
    pub profile: Option<&'a str>,
}

impl Teller<'_> {
    /// The file's own problems and those of the verdict, sorted.
    pub fn all(&self, verdict: Vec<Problem>) -> Vec<Told> {
        let said = self.opened.problems.iter().cloned();
        let mut told: Vec<Told> = said.map(Told::by_place).collect();
        told.extend(
            verdict
                .into_iter()
                .filter(|problem| !self.follows(problem))
                .map(|problem| self.tell(problem)),
        );
        report::sort(&mut told);
        told
    }

    /// Does it follow from what was already said about reading the file? A refused value is missing, and of a file
    /// that cannot be read everything is.
    pub fn follows(&self, problem: &Problem) -> bool {
        let Some(path) = &problem.path else {
            return false;
        };
        let mut errors = self
            .opened
            .problems
            .iter()
            .filter(|said| said.severity == Severity::Error);
        if self.opened.values.is_empty() && !self.opened.lines.contains_key(path) {
            return errors.any(|said| said.path.is_none());
        }
        problem.severity == Severity::Open && errors.any(|said| said.path.as_ref() == Some(path))
    }

    /// The line of the setting, or of the nearest section that the file has.
    pub fn tell(&self, mut problem: Problem) -> Told {
        let Some(path) = problem.path.clone() else {
            return match problem.place {
                Some(_) => Told::by_place(problem),
                None => self.at(None, problem),
            };
        };
        let lines = &self.opened.lines;
        if let Some(line) = lines.get(&path) {
            return self.at(Some(*line), problem);
        }
        let note = self.not_stated(&path, &problem);
        problem.hint = Some(match problem.hint.take() {
            Some(hint) => format!("{hint} {note}"),
            None => note,
        });
        let mut section = path.section();
        while !section.is_empty() {
            if let Some(line) = lines.get(section) {
                return self.at(Some(*line), problem);
            }
            section = section.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        self.at(None, problem)
    }

    fn at(&self, line: Option<usize>, problem: Problem) -> Told {
        Told {
            source: self.file.to_string_lossy().into_owned(),
            line,
            problem,
        }
    }

    fn not_stated(&self, path: &FieldPath, problem: &Problem) -> String {
        let leaf = self.config.leaf(path.as_str());
        let leaf = leaf.filter(|leaf| leaf.value.is_some() && problem.severity != Severity::Open);
        let whose = match leaf.map(|leaf| &leaf.origin) {
            Some(Origin::Profile) => format!("profile {}", self.profile.unwrap_or_default()),
            Some(Origin::Schema) => "the schema".to_owned(),
            _ => {
                return match problem
                    .place
                    .as_ref()
                    .filter(|place| place.file != self.file)
                {
                    Some(place) => format!("The file does not state it; it stands in {place}."),
                    None => "The file does not state it.".to_owned(),
                };
            }
        };
        match &problem.place {
            Some(place) => {
                format!("The file does not state it: the value is that of {whose} ({place}).")
            }
            None => format!("The file does not state it: the value is that of {whose}."),
        }
    }
}
