//! Which problems count now, where they show, and what they stop.
//! Leaves to others: listing them (`problem_list`), going to them (`going`).

use std::collections::BTreeSet;
use std::ops::Range;

use super::app::App;
use crate::files;
use crate::problem::{Problem, Severity};
use crate::schema::FieldPath;
use crate::what_counts::WhatCounts;

impl App {
    /// What was wrong in the file that is open: unknown keys, lines that could not be read.
    #[must_use]
    pub fn base_problems(&self) -> &[Problem] {
        files::problems_of(&self.opened, self.answers.said().base.as_ref())
    }

    /// The problems that count now: those of the field being typed do not yet.
    pub fn counted(&self) -> impl Iterator<Item = &Problem> {
        let counts = WhatCounts {
            judged: self.config.as_ref(),
            standing: &self.problems,
            of_file: self.base_problems(),
            lost: self.lost.as_slice(),
        };
        counts
            .all()
            .filter(|problem| problem.path.as_ref().is_none_or(|path| !self.edits(path)))
    }

    /// Does this problem stand at a field that shows? The others are told beside the panels.
    #[must_use]
    pub fn shows(&self, problem: &Problem) -> bool {
        problem.path.as_ref().is_some_and(|path| {
            self.place_of(path).is_some() && !self.composition.hidden().contains(path)
        })
    }

    /// The settings that are wrong or warned about.
    pub(super) fn wrong_paths(&self) -> BTreeSet<&FieldPath> {
        self.counted()
            .filter(|problem| problem.severity != Severity::Open)
            .filter_map(|problem| problem.path.as_ref())
            .collect()
    }

    /// The worst problem of a field.
    #[must_use]
    pub fn problem_at(&self, path: &FieldPath) -> Option<&Problem> {
        self.counted()
            .filter(|problem| problem.path.as_ref() == Some(path))
            .min_by_key(|problem| problem.severity)
    }

    /// For each of these panels what stands before it. Thousands of problems are gone through once, not once a field.
    #[must_use]
    pub fn panel_marks(&self, panels: Range<usize>) -> Vec<Marks> {
        let shown = &self.form.panels[panels.clone()];
        let mut found: Vec<Vec<Severity>> = shown.iter().map(|_| Vec::new()).collect();
        let problems = self.counted().filter_map(|problem| {
            let (panel, _) = self.place_of(problem.path.as_ref()?)?;
            Some((panel.checked_sub(panels.start)?, problem.severity))
        });
        let inputs = shown.iter().enumerate();
        let inputs = inputs.flat_map(|(at, panel)| panel.inputs().map(move |input| (at, input)));
        let unknown = inputs.filter(|(_, input)| self.asks_for_nothing(input));
        let unknown = unknown.map(|(panel, _)| (panel, Severity::Error));
        for (panel, severity) in problems.chain(unknown) {
            if let Some(found) = found.get_mut(panel) {
                found.push(severity);
            }
        }
        let panels = shown.iter().zip(found);
        let marks = panels.map(|(panel, found)| {
            let worst = found.iter().min().copied();
            let count = found.iter().filter(|s| Some(**s) == worst).count();
            let changed = panel.inputs().filter(|input| self.is_changed(&input.path));
            (worst.map(|worst| (worst, count)), changed.count())
        });
        marks.collect()
    }
}

/// A panel's worst problem with how many there are of that, and how many answers changed it.
pub type Marks = (Option<(Severity, usize)>, usize);
