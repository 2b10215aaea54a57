//! The differences as rows: grouped by section, unchanged folded away unless asked for. Serves window and side pane.

use super::app::App;
use super::list::Cursor;
use crate::diff::{ChangeKind, Row, diff};
use crate::schema::FieldPath;

/// The state of the window.
#[derive(Clone, Debug, Default)]
pub struct DiffScreen {
    pub cursor: Cursor,
    pub show_all: bool,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub enum Line<'a> {
    Section(String),
    Setting(Row<'a>),
}

impl Line<'_> {
    #[must_use]
    pub fn path(&self) -> Option<&FieldPath> {
        match self {
            Self::Section(_) => None,
            Self::Setting(row) => Some(row.path),
        }
    }
}

/// What differs between the profile and the configuration in force, with the counts of changed and same settings.
#[derive(Clone, Debug, Default)]
pub struct Lines<'a> {
    pub lines: Vec<Line<'a>>,
    pub changed: usize,
    pub same: usize,
}

impl<'a> Lines<'a> {
    #[must_use]
    pub fn of(app: &'a App, show_all: bool) -> Self {
        let (Some(profile), Some(config)) = (app.baseline(), &app.config) else {
            return Self::default();
        };
        let rows = diff(profile, config).rows;
        let same = rows
            .iter()
            .filter(|row| row.kind == ChangeKind::Same)
            .count();
        let mut lines = Self {
            changed: rows.len() - same,
            same,
            lines: Vec::new(),
        };
        let mut section = None;
        for row in rows {
            if row.kind == ChangeKind::Same && !show_all {
                continue;
            }
            let here = row.path.section().to_owned();
            if section.as_ref() != Some(&here) {
                if !here.is_empty() {
                    lines.lines.push(Line::Section(here.clone()));
                }
                section = Some(here);
            }
            lines.lines.push(Line::Setting(row));
        }
        lines
    }
}
