//! Reads a configuration file into values by path, with the line of each and every problem met.
//! Leaves to others: opening files (`store`), judging values (the schema, through `nickel`).

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::nickel::CHILD_VERB;
use crate::problem::{Problem, Severity};
use crate::process::{self, Link};
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

mod anchors;
mod env;
mod fit;
mod format;
mod head;
mod json;
mod lines;
mod nickel;
mod scalar;
mod syntax;
mod text;
mod toml;
pub(crate) mod tree;
mod unknown;
mod yaml;

pub(crate) use env::assignment as env_assignment;
pub use format::{ENDINGS, Format};
pub use head::{HEAD, NamedBy, PROFILE, SCHEMA};
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
    /// The profile that the file names: an own one in its first line, else its `deployment_mode`; as it is written, so
    /// clean it before it is shown.
    pub mode: Option<String>,
    pub named_by: NamedBy,
    pub problems: Vec<Problem>,
}

impl Opened {
    /// Does an error about the whole text leave not one value of it?
    #[must_use]
    pub fn nothing_read(&self) -> bool {
        let whole =
            |problem: &Problem| problem.severity == Severity::Error && problem.path.is_none();
        self.values.is_empty() && self.problems.iter().any(whole)
    }
}

/// Reads the bytes of `file`. Never fails whole: what is wrong stands in `problems`, the rest in `values`.
/// The name's ending says which format it is; with any other ending TOML is tried. Nickel must be evaluated, so
/// there [`open`] reads more.
#[must_use]
pub fn read(file: &Path, bytes: &[u8], schema: &Schema) -> Opened {
    let no_child = || Err(io::Error::other("it was not asked for"));
    match Format::of(file) {
        Some(Format::Nickel) => {
            let mut opened = open_by(file, b"", schema, no_child);
            opened.problems.push(nickel_is_evaluated(file));
            opened
        }
        _ => open_by(file, bytes, schema, no_child),
    }
}

/// As [`read`], and evaluates a Nickel file in a child process: that blocks for two seconds at most.
#[must_use]
pub fn open(file: &Path, bytes: &[u8], schema: &Schema) -> Opened {
    open_by(file, bytes, schema, || process::start_self(CHILD_VERB))
}

/// As [`open`], with the child that `start` gives.
#[must_use]
pub fn open_by(
    file: &Path,
    bytes: &[u8],
    schema: &Schema,
    start: impl FnOnce() -> io::Result<Link>,
) -> Opened {
    let known = Format::of(file);
    let format = known.unwrap_or(Format::Toml);
    let mut problems = Vec::new();
    let text = text::of(file, bytes, &mut problems);
    let cut_short = !problems.is_empty();
    let entries = match format {
        Format::Toml => toml::entries(file, text, &mut problems),
        Format::Json => json::entries(file, text, &mut problems),
        Format::Yaml => yaml::entries(file, text, &mut problems),
        Format::Nickel => nickel::entries(file, text, schema, start, &mut problems),
        Format::Env => env::entries(file, text, schema, &mut problems),
    };
    if cut_short {
        // Where the text was cut, what follows must be missing; that has been said.
        problems.truncate(1);
    }
    if known.is_none()
        && let Some(first) = problems.first_mut()
    {
        let note = format!("The name does not end in {ENDINGS}, so it was read as TOML.");
        first.hint = Some(match first.hint.take() {
            Some(hint) => format!("{hint} {note}"),
            None => note,
        });
    }
    let mut opened = fit::fit(file, format, schema, entries, problems);
    if let Some(own) = head::own_profile(text, schema) {
        opened.mode = Some(own);
        opened.named_by = NamedBy::FirstLine;
    }
    opened
}

/// What a YAML text says before the schema is asked; its problems are those that [`read`] tells.
pub(crate) fn yaml_entries(text: &str) -> Vec<tree::Entry> {
    yaml::entries(Path::new("vapora.yaml"), text, &mut Vec::new())
}

/// What a TOML file says before the schema is asked. Its size, encoding and syntax are judged: `problems` has what is
/// wrong, and of a broken file comes what could be read.
pub(crate) fn toml_entries(
    file: &Path,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Vec<tree::Entry> {
    let text = text::of(file, bytes, problems);
    let cut_short = !problems.is_empty();
    let entries = toml::entries(file, text, problems);
    if cut_short {
        problems.truncate(1);
    }
    entries
}

/// Said where only the text of a Nickel file is at hand.
fn nickel_is_evaluated(file: &Path) -> Problem {
    Problem::error("A Nickel file must be evaluated before it can be read.")
        .hint("Export it first: nickel export FILE > vapora.json")
        .in_file(file, None)
}
