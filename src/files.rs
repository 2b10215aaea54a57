//! Whole steps of file work: opening a file as base, writing as planned and looking at the file again.
//! Leaves to others: what a file that was read is good for (`standing`), what follows for what was said (`tui`, `plain`).

use std::path::Path;
use std::sync::Arc;

use crate::answers::{Base, OfPreset};
use crate::input;
use crate::preset;
use crate::problem::Problem;
use crate::schema::Schema;
use crate::standing::Standing;
use crate::store;

/// A file that was read.
#[derive(Debug)]
pub struct Opened {
    pub base: Base,
    /// The profile that it names, as it is written.
    pub mode: Option<String>,
    pub problems: Vec<Problem>,
    pub found: store::Found,
    /// What it may be used for.
    pub standing: Standing,
}

/// Reads a file as base.
///
/// # Errors
/// When there is none, or it cannot be read at all.
pub fn open(file: &Path, schema: &Schema) -> Result<Opened, Problem> {
    let found = store::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint("Give the path of a file: TOML, JSON, YAML, Nickel or environment lines.")
            .in_file(file, None)
    })?;
    let (read, preset) = read(file, &found, schema);
    Ok(Opened {
        standing: match preset {
            Some(_) => Standing::of_preset(&read),
            None => Standing::of(file, &read, schema),
        },
        base: Base {
            file: file.to_owned(),
            profile: None,
            values: read.values,
            preset,
        },
        mode: read.mode,
        problems: read.problems,
        found,
    })
}

/// What a file says that is a configuration or a preset; of a preset which one too.
#[must_use]
pub fn read(
    file: &Path,
    found: &store::Found,
    schema: &Schema,
) -> (input::Opened, Option<OfPreset>) {
    if preset::is_preset(&found.bytes) {
        let loaded = preset::open(file, found.clone(), schema);
        return (loaded.opened(), Some(loaded.of_preset()));
    }
    (input::open(file, &found.bytes, schema), None)
}

/// Each file opened, with what was wrong in it: undo may come back to any of them.
pub type History = Vec<(Arc<Base>, Vec<Problem>)>;

/// What was wrong in the file that is open.
#[must_use]
pub fn problems_of<'h>(history: &'h History, base: Option<&Arc<Base>>) -> &'h [Problem] {
    let Some(base) = base else {
        return &[];
    };
    let mut opened = history.iter().rev();
    let known = opened.find(|(opened, _)| Arc::ptr_eq(opened, base));
    known.map_or(&[], |(_, problems)| problems)
}

/// What a finished write leaves: what was written, and the file as it is now.
pub type Wrote = (store::Written, Option<store::Found>);

/// Carries a plan out and looks at the file again, so that a later change by others is noticed.
///
/// # Errors
/// [`store::Failed`], and then the file is as it was.
pub fn write(plan: &store::Plan, note: &store::Note) -> Result<Wrote, store::Failed> {
    let written = plan.write_noted(note)?;
    let found = store::read(&plan.file).ok().flatten();
    Ok((written, found))
}
