//! Rows of named columns, whichever of CSV and JSON they were written in.
//! Leaves to others: the syntax (`csv`, `json`), what the cells mean (`workload`, `history`).

use super::found::Found;
use super::{File, csv, json, text};
use crate::clean;
use crate::problem::nearest;

/// One column that is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub name: &'static str,
    /// What other programs call it.
    pub also: &'static [&'static str],
    /// Must every file have it?
    pub required: bool,
}

/// What a table is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// The list in a JSON object that holds the rows.
    pub list: &'static str,
    pub columns: &'static [Column],
    /// A header and a row that work.
    pub example: &'static str,
}

/// One row, with the line that it begins on.
#[derive(Debug)]
pub(super) struct Row {
    pub line: usize,
    /// By the place of the column.
    pub cells: Vec<Option<String>>,
}

impl Row {
    pub fn get(&self, column: usize) -> Option<&str> {
        self.cells.get(column)?.as_deref()
    }
}

impl Shape {
    /// The place of a column by a name that a file gives it: capitals, blanks and hyphens do not matter.
    pub fn place(&self, name: &str) -> Option<usize> {
        let plain: String = name
            .trim()
            .chars()
            .map(|c| match c {
                ' ' | '-' => '_',
                c => c.to_ascii_lowercase(),
            })
            .collect();
        self.columns
            .iter()
            .position(|column| column.name == plain || column.also.contains(&plain.as_str()))
    }

    /// Says that a column is unknown, and which one may be meant.
    pub fn unknown(&self, line: usize, name: &str, found: &mut Found<'_>) {
        let names = self.columns.iter().map(|column| column.name);
        let hint = match nearest(name, names) {
            Some(meant) => format!("Is {meant} meant?"),
            None => format!("Columns that are read: {}.", self.names()),
        };
        let message = format!("{} is not read.", shown(name));
        found.warning(line, message, &hint);
    }

    pub fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names.join(", ")
    }
}

/// All rows of the file. JSON begins with a bracket; everything else is CSV.
pub(super) fn rows(file: &File<'_>, shape: &Shape, found: &mut Found<'_>) -> Vec<Row> {
    let Some(text) = text::of(file, found) else {
        return Vec::new();
    };
    if text.trim().is_empty() {
        found.error(
            None,
            "The file is empty.".to_owned(),
            &format!("It begins with {}.", shape.example),
        );
        return Vec::new();
    }
    let rows = if text.trim_start().starts_with(['{', '[']) {
        json::rows(text, shape, found)
    } else {
        csv::rows(text, shape, found)
    };
    if rows.is_empty() && !found.refuses() {
        found.error(
            None,
            "The file holds no figures.".to_owned(),
            &format!("It begins with {}.", shape.example),
        );
    }
    rows
}

/// What a file says, made short and safe to show.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let clean = clean::line(text);
    if clean.chars().count() <= LONGEST {
        return clean;
    }
    let start: String = clean.chars().take(LONGEST - 1).collect();
    format!("{start}…")
}
