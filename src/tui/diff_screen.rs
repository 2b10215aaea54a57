//! The differences as rows: grouped by section, what is the same folded away unless asked for. Serves window and
//! side pane. Leaves to others: what the left column holds (`comparing`), what its keys do (`diff_keys`).

use std::collections::BTreeSet;

use super::app::App;
use super::filter::Show;
use super::list::{Cursor, Step};
use crate::diff::{ChangeKind, Counts, Row, diff};
use crate::schema::FieldPath;

/// What the left column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Left {
    /// The profile that was chosen, alone.
    #[default]
    Chosen,
    /// Another profile, alone.
    Profile(String),
    /// The file that was read last to be compared with.
    File,
}

/// A row by what it is about, so that it is found again when others come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    Section(String),
    Setting(FieldPath),
}

/// The state of the window.
#[derive(Clone, Debug)]
pub struct DiffScreen {
    pub left: Left,
    /// Those that differ, those that are wrong, or all; what needs an answer has no value to compare.
    pub show: Show,
    /// Sections folded or unfolded unlike the rest.
    turned: BTreeSet<String>,
    /// Settings that were made the same in this window: their rows stay, so that no other row moves.
    kept: BTreeSet<FieldPath>,
    spot: Option<Spot>,
    cursor: Cursor,
}

impl Default for DiffScreen {
    fn default() -> Self {
        Self {
            left: Left::default(),
            show: Show::Changed,
            turned: BTreeSet::new(),
            kept: BTreeSet::new(),
            spot: None,
            cursor: Cursor::default(),
        }
    }
}

impl DiffScreen {
    /// Does this section show what is the same?
    #[must_use]
    pub fn unfolds(&self, section: &str) -> bool {
        (self.show == Show::All) != self.turned.contains(section)
    }

    /// The cursor among these lines: on its row, wherever that is now, at the same height of the window.
    #[must_use]
    pub fn cursor(&self, lines: &Lines, height: usize) -> Cursor {
        let rows = lines.lines.len();
        let mut cursor = self.cursor;
        let spot = self.spot.as_ref();
        let at = spot.and_then(|spot| lines.lines.iter().position(|line| line.is(spot)));
        match at {
            Some(at) => cursor.go(at, rows, height, true),
            // Nothing was chosen yet: the first setting is what one looks for.
            None if spot.is_none() => {
                let first = |line: &Line| matches!(line, Line::Setting(_));
                let at = lines.lines.iter().position(first);
                cursor.go(at.unwrap_or(0), rows, height, false);
            }
            None => cursor.show(rows, height),
        }
        cursor
    }

    /// The line that the cursor is on.
    #[must_use]
    pub fn line<'l, 'a>(&self, lines: &'l Lines<'a>) -> Option<&'l Line<'a>> {
        // The height only scrolls.
        lines.lines.get(self.cursor(lines, 1).at)
    }

    pub fn step(&mut self, lines: &Lines, step: Step, height: usize) {
        self.cursor = self.cursor(lines, height);
        self.cursor.step(step, lines.lines.len(), height, |_| true);
        self.spot = lines.lines.get(self.cursor.at).map(Line::spot);
    }

    pub fn go_to(&mut self, spot: Spot) {
        self.spot = Some(spot);
    }

    /// Folds or unfolds a section and goes to its heading.
    pub fn turn(&mut self, section: &str) {
        if !self.turned.remove(section) {
            self.turned.insert(section.to_owned());
        }
        self.go_to(Spot::Section(section.to_owned()));
    }

    /// All sections show what is the same, or none does.
    pub fn turn_all(&mut self) {
        self.show_only(match self.show {
            Show::All => Show::Changed,
            _ => Show::All,
        });
    }

    /// The kind of rows after this one.
    #[must_use]
    pub fn next_rows(&self) -> Show {
        match self.show {
            Show::Changed => Show::Wrong,
            Show::Wrong => Show::All,
            Show::All | Show::ToAnswer => Show::Changed,
        }
    }

    pub fn show_only(&mut self, show: Show) {
        self.show = show;
        self.turned.clear();
        self.kept.clear();
    }

    pub fn keep(&mut self, path: &FieldPath) {
        self.kept.insert(path.clone());
    }

    /// Forgets which rows were kept: the window is opened again, or compares with something else.
    pub fn let_go(&mut self) {
        self.kept.clear();
    }
}

/// One line of the list.
#[derive(Clone, Debug)]
pub enum Line<'a> {
    /// A section, with how many of its settings are folded away: those that are the same, or that are not wrong.
    Section(&'a str, usize),
    Setting(Row<'a>),
}

impl Line<'_> {
    #[must_use]
    pub fn path(&self) -> Option<&FieldPath> {
        match self {
            Self::Section(..) => None,
            Self::Setting(row) => Some(row.path),
        }
    }

    fn is(&self, spot: &Spot) -> bool {
        match (self, spot) {
            (Self::Section(here, _), Spot::Section(section)) => here == section,
            (Self::Setting(row), Spot::Setting(path)) => row.path == path,
            _ => false,
        }
    }

    #[must_use]
    pub fn spot(&self) -> Spot {
        match self {
            Self::Section(section, _) => Spot::Section((*section).to_owned()),
            Self::Setting(row) => Spot::Setting(row.path.clone()),
        }
    }
}

/// What differs between the left column and the configuration in force.
#[derive(Clone, Debug, Default)]
pub struct Lines<'a> {
    pub lines: Vec<Line<'a>>,
    pub counts: Counts,
    /// Are both sides judged?
    pub judged: bool,
}

impl<'a> Lines<'a> {
    #[must_use]
    pub fn of(app: &'a App, screen: &DiffScreen) -> Self {
        let (Some(left), Some(config)) = (app.left(&screen.left), &app.config) else {
            return Self::default();
        };
        let diff = diff(left, config);
        let counts = diff.counts();
        let wrong = match screen.show {
            Show::Wrong => app.wrong_paths(),
            _ => app.wrong_on_either_side(&screen.left),
        };
        let wanted = |row: &Row| {
            let differs = row.kind != ChangeKind::Same && screen.show != Show::Wrong;
            differs || wrong.contains(row.path)
        };
        let mut lines = Vec::new();
        for section in diff
            .rows
            .chunk_by(|one, next| one.path.section() == next.path.section())
        {
            let Some(name) = section.first().map(|row| row.path.section()) else {
                continue;
            };
            let unfolds = screen.unfolds(name);
            let shows = |row: &&Row| unfolds || wanted(row) || screen.kept.contains(row.path);
            let rows: Vec<&Row> = section.iter().filter(shows).collect();
            // A section that was folded by its heading keeps that heading.
            if rows.is_empty() && !(screen.show == Show::All && screen.turned.contains(name)) {
                continue;
            }
            if !name.is_empty() {
                lines.push(Line::Section(name, section.len() - rows.len()));
            }
            lines.extend(rows.into_iter().map(|row| Line::Setting(*row)));
        }
        Self {
            lines,
            counts,
            judged: true,
        }
    }
}

/// The rows of the window: the head line of the table takes one.
#[must_use]
pub fn diff_height(list: usize) -> usize {
    list.saturating_sub(1)
}
