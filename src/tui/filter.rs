//! Which rows show: all, those changed, those to answer, those wrong. The cursor stays on its field.
//! The rows are worked out anew with each verdict and each move; the focused field stays until it is left.

use std::collections::BTreeSet;

use super::action::Action;
use super::app::{App, Focus};
use crate::problem::Severity;
use crate::schema::FieldPath;

/// The kinds of rows, in the order in which `f` goes through them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    All,
    Changed,
    ToAnswer,
    /// Wrong, or warned about.
    Wrong,
}

impl Show {
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::All => Self::Changed,
            Self::Changed => Self::ToAnswer,
            Self::ToAnswer => Self::Wrong,
            Self::Wrong => Self::All,
        }
    }

    /// Behind the name of the pane, and in the footer.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Changed => "changed",
            Self::ToAnswer => "to answer",
            Self::Wrong => "wrong",
        }
    }

    /// What the rows have in common, after "nothing is".
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::All => "here",
            Self::Changed => "changed by you",
            Self::ToAnswer => "without an answer",
            Self::Wrong => "wrong or warned about",
        }
    }
}

/// The rows that show now.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub show: Show,
    /// The fields that show, when not all do.
    paths: BTreeSet<FieldPath>,
    /// The field the cursor was on before its row went; it comes back there with its row.
    left: Option<FieldPath>,
}

impl Filter {
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.show != Show::All
    }

    #[must_use]
    pub fn shows(&self, path: &FieldPath) -> bool {
        !self.is_on() || self.paths.contains(path)
    }

    /// The title of a pane whose rows are filtered; a narrow pane has no room for the "only".
    #[must_use]
    pub fn title(&self, name: &str, narrow: bool) -> String {
        match (self.is_on(), narrow) {
            (false, _) => name.to_owned(),
            (true, false) => format!("{name} · only {}", self.show.word()),
            (true, true) => format!("{name} · {}", self.show.word()),
        }
    }

    /// The cursor moved: it does not go back to the row it came from.
    pub(super) fn moved(&mut self) {
        self.left = None;
    }
}

impl App {
    /// The fields of a panel that show now, when only some do.
    #[must_use]
    pub fn filtered(&self, panel: usize) -> usize {
        self.rows(panel).iter().flatten().count()
    }

    pub(super) fn filter_next(&mut self) {
        self.filter_by(self.filter.show.next());
    }

    pub(super) fn show_all_rows(&mut self) {
        self.filter_by(Show::All);
    }

    fn filter_by(&mut self, show: Show) {
        let here = self.input().map(|input| input.path.clone());
        let left = self.filter.left.take().or(here);
        let focused = self.focused_element();
        self.filter.show = show;
        self.filter.paths = self.matching();
        self.rest_after_hiding(focused);
        match left {
            Some(path) if self.focus == Focus::Fields && self.filter.shows(&path) => {
                self.go_to(&path);
            }
            left => self.filter.left = left,
        }
        self.say_filter();
    }

    fn say_filter(&mut self) {
        let show = self.filter.show;
        let next = self.keymap.key(Action::Filter);
        if show == Show::All {
            return self.say_line("All rows again.");
        }
        let hidden = self.composition.hidden();
        let count = self
            .filter
            .paths
            .iter()
            .filter(|path| !hidden.contains(*path))
            .count();
        let of = show.meaning();
        let then = match show.next() {
            Show::All => "all rows".to_owned(),
            then => format!("those {}", then.word()),
        };
        self.say_line(match count {
            0 => format!("No setting {of}; {next} goes on to {then}."),
            1 => format!("1 setting {of}; {next} goes on to {then}."),
            n => format!("{n} settings {of}; {next} goes on to {then}."),
        });
    }

    fn matching(&self) -> BTreeSet<FieldPath> {
        let show = self.filter.show;
        let wanted = |severity: Severity| match show {
            Show::ToAnswer => severity == Severity::Open,
            Show::Wrong => severity != Severity::Open,
            Show::All | Show::Changed => false,
        };
        if show == Show::Changed {
            return self.answers.said().answers.keys().cloned().collect();
        }
        self.counted()
            .filter(|problem| wanted(problem.severity))
            .filter_map(|problem| problem.path.clone())
            .collect()
    }

    /// Works the rows out again; the focused field stays.
    pub(super) fn filter_again(&mut self) {
        if !self.filter.is_on() {
            return;
        }
        let focused = self.focused_element();
        let mut paths = self.matching();
        paths.extend(self.input().map(|input| input.path.clone()));
        paths.extend(self.edit.as_ref().map(|edit| edit.path.clone()));
        self.filter.paths = paths;
        self.rest_after_hiding(focused);
    }

    /// A field that the cursor goes to shows, whatever the filter.
    pub(super) fn let_through(&mut self, path: &FieldPath) {
        self.filter.left = None;
        if self.filter.is_on() {
            self.filter.paths.insert(path.clone());
        }
    }

    /// Why a pane is empty, and how to get its rows back.
    #[must_use]
    pub fn why_empty(&self) -> [String; 2] {
        let back = self.keymap.key(Action::Back);
        let next = self.keymap.key(Action::Filter);
        let then = match self.filter.show.next() {
            Show::All => "too".to_owned(),
            then => format!("goes on to those {}", then.word()),
        };
        [
            format!("Nothing in this panel is {}.", self.filter.show.meaning()),
            format!("{back} shows all rows again, {next} {then}."),
        ]
    }
}
