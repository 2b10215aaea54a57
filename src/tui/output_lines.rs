//! Which setting stands on which line of the output, for the pane and the window that follow the focused one.
//! Leaves to others: making the text (`output_screen`), reading files that keep their lines (`input`).

use std::collections::BTreeMap;
use std::path::Path;

use super::app::App;
use super::output_screen::Line;
use crate::clean;
use crate::config::Config;
use crate::input::{self, Format};
use crate::schema::{FieldPath, Schema};

/// The settings that begin on lines of `text`, by line from 1.
fn paths(file: &Path, format: Format, text: &str, schema: &Schema) -> BTreeMap<usize, FieldPath> {
    if format == Format::Nickel {
        return nickel_paths(text, schema);
    }
    let read = input::read(file, text.as_bytes(), schema);
    let settings = read.values.keys();
    settings
        .filter_map(|path| Some((*read.lines.get(path)?, path.clone())))
        .collect()
}

/// Nickel is evaluated by the child, which tells no lines; the text is our own, a name on each line.
fn nickel_paths(text: &str, schema: &Schema) -> BTreeMap<usize, FieldPath> {
    let mut within: Vec<String> = Vec::new();
    let mut paths = BTreeMap::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('}') {
            within.pop();
            continue;
        }
        let Some((name, value)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let name = name.replace('"', "");
        if value == "{" {
            within.push(name);
            continue;
        }
        let path = within.iter().chain([&name]).cloned().collect::<Vec<_>>();
        if let Some(field) = schema.get(&path.join("."))
            && !paths.values().any(|known| *known == field.path)
        {
            paths.insert(i + 1, field.path.clone());
        }
    }
    paths
}

impl App {
    /// The line, from 0, of a setting; of one that is not written, the line of its neighbour, and `false`.
    #[must_use]
    pub fn output_line(&self, path: &FieldPath) -> Option<(usize, bool)> {
        let line_of = |path: &FieldPath| self.output_text.line_of(path);
        if let Some(line) = line_of(path) {
            return Some((line, true));
        }
        let fields: Vec<&FieldPath> = self
            .config
            .iter()
            .flat_map(Config::iter)
            .map(|(field, _)| &field.path)
            .collect();
        let at = fields.iter().position(|known| *known == path)?;
        let before = fields[..at].iter().rev().find_map(|path| line_of(path));
        let behind = || fields[at..].iter().find_map(|path| line_of(path));
        Some((before.or_else(behind)?, false))
    }
}

/// The text as lines with their settings.
pub(super) fn lines(text: &str, file: &Path, format: Format, schema: &Schema) -> Vec<Line> {
    let mut paths = paths(file, format, text, schema);
    text.lines()
        .enumerate()
        .map(|(i, line)| Line {
            text: clean::line(&line.replace('\t', "    ")),
            path: paths.remove(&(i + 1)),
        })
        .collect()
}
