//! Which problems count now, where they show, and what they stop.
//! Leaves to others: listing them (`problem_list`), going to them (`going`).

use super::app::App;
use crate::config::Config;
use crate::files;
use crate::form::Panel;
use crate::problem::{Problem, Severity};
use crate::schema::FieldPath;

impl App {
    /// What was wrong in the file that is open: unknown keys, lines that could not be read.
    #[must_use]
    pub fn base_problems(&self) -> &[Problem] {
        files::problems_of(&self.opened, self.answers.said().base.as_ref())
    }

    /// The problems that count now: those of the field being typed do not yet.
    pub fn counted(&self) -> impl Iterator<Item = &Problem> {
        let judged = self.config.iter().flat_map(Config::problems);
        judged
            .chain(&self.problems)
            .chain(self.base_problems())
            .chain(&self.lost)
            .chain(self.again())
            .filter(|problem| problem.path.as_ref().is_none_or(|path| !self.edits(path)))
    }

    /// Does this problem stand at a field that shows? The others are told beside the panels.
    #[must_use]
    pub fn shows(&self, problem: &Problem) -> bool {
        problem.path.as_ref().is_some_and(|path| {
            self.place_of(path).is_some() && !self.composition.hidden().contains(path)
        })
    }

    /// The worst problem of a field.
    #[must_use]
    pub fn problem_at(&self, path: &FieldPath) -> Option<&Problem> {
        self.counted()
            .filter(|problem| problem.path.as_ref() == Some(path))
            .min_by_key(|problem| problem.severity)
    }

    /// The sign before a panel: its worst problem, and how many answers changed it.
    #[must_use]
    pub fn panel_marks(&self, panel: &Panel) -> (Option<(Severity, usize)>, usize) {
        let here: Vec<Severity> = panel
            .inputs()
            .flat_map(|input| {
                self.counted()
                    .filter(|problem| problem.path.as_ref() == Some(&input.path))
                    .map(|problem| problem.severity)
            })
            .collect();
        let worst = here.iter().min().copied();
        let count = here.iter().filter(|s| Some(**s) == worst).count();
        let changed = panel
            .inputs()
            .filter(|input| self.is_changed(&input.path))
            .count();
        (worst.map(|worst| (worst, count)), changed)
    }
}
