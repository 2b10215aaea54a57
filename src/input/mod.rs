//! Reads a configuration file, TOML or JSON, into values by path, with the line of each and every problem met.
//! Leaves to others: opening files (`store`), judging values (the schema, through `nickel`).

use std::collections::BTreeMap;
use std::path::Path;

use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

mod fit;
mod format;
mod json;
mod lines;
mod syntax;
mod text;
mod toml;
mod tree;
mod unknown;

pub use format::Format;
pub use lines::Lines;
pub use unknown::unknown;

/// Larger files are refused: no configuration comes near it.
pub const MAX_BYTES: usize = 4 << 20;

/// Values nested deeper than this are refused.
pub const MAX_DEPTH: usize = 64;

/// What could be read of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub format: Format,
    /// Values of settings that the schema knows, in its kinds where they fit; a wrong type is kept as it is.
    pub values: BTreeMap<FieldPath, Value>,
    /// Lines, counted from 1, of each value and of each known section.
    pub lines: BTreeMap<FieldPath, usize>,
    /// `deployment_mode`, when the file gives it as a text; as it is written, so clean it before it is shown.
    pub mode: Option<String>,
    pub problems: Vec<Problem>,
}

/// Reads the bytes of `file`. Never fails whole: what is wrong stands in `problems`, the rest in `values`.
/// The name's ending says which format it is; with any other ending TOML is tried.
#[must_use]
pub fn read(file: &Path, bytes: &[u8], schema: &Schema) -> Opened {
    let known = Format::of(file);
    let format = known.unwrap_or(Format::Toml);
    let mut problems = Vec::new();
    let text = text::of(file, bytes, &mut problems);
    let cut_short = !problems.is_empty();
    let entries = match format {
        Format::Toml => toml::entries(file, text, &mut problems),
        Format::Json => json::entries(file, text, &mut problems),
    };
    if cut_short {
        // Where the text was cut, what follows must be missing; that has been said.
        problems.truncate(1);
    }
    if known.is_none()
        && let Some(first) = problems.first_mut()
    {
        let note = "The name ends neither in .toml nor in .json, so it was read as TOML.";
        first.hint = Some(match first.hint.take() {
            Some(hint) => format!("{hint} {note}"),
            None => note.to_owned(),
        });
    }
    fit::fit(file, format, schema, entries, problems)
}
