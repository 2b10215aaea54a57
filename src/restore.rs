//! Bringing an earlier version of a file back: its bytes and its mode planned over what is there now.
//! Leaves to others: the versions (`earlier`), showing the plan and saying yes (`cli`, `tui`), writing (`store`).

use std::path::Path;

use crate::files::{self, Opened};
use crate::input;
use crate::prepare::{self, Changed, Prepared};
use crate::problem::Problem;
use crate::schema::Schema;
use crate::store::{self, About, Note, Plan, generations};

/// What restoring a version would do.
#[derive(Debug)]
pub struct Restoration {
    pub number: u32,
    /// What was noted when it was written.
    pub about: Option<About>,
    /// The version as it reads.
    pub opened: Opened,
    /// The plan, with what changes against the file as it is.
    pub prepared: Prepared,
}

/// Works out what bringing generation `number` of `file` back would do. Its bytes are written as they are; its mode is
/// what it was, for its owner alone when the text holds a secret in clear.
///
/// # Errors
/// A problem when there is no such generation, or it is not what was kept any more. Why it cannot be written stands in
/// the plan.
pub fn restore(file: &Path, number: u32, schema: &Schema) -> Result<Restoration, Problem> {
    let generation = generations::one(file, number)?;
    let old = generation.read()?;
    let opened = files::of_found(&generation.file, old, schema);
    let values = &opened.base.values;
    let clear_secrets = values.values().filter(|value| value.is_clear_secret());
    let clear_secrets = clear_secrets.count();
    let references = prepare::references(values.values());
    let mut prepared = Prepared::begin(file, references, clear_secrets);
    if !prepared.blocked {
        let found = prepared.found.as_ref();
        let mode = opened.found.mode & if clear_secrets > 0 { 0o700 } else { 0o777 };
        let about = generation.about.as_ref();
        let profile = about.and_then(|about| about.profile.as_deref());
        let plan = Plan::exactly(file, found, opened.found.bytes.clone(), mode);
        prepared.plan = plan.and_then(|plan| plan.keeping(profile, store::most_kept()?));
        prepared.against_file = found.is_some();
        prepared.changes = found.map_or_else(Vec::new, |found| {
            changes(file, &found.bytes, &opened, schema)
        });
    }
    Ok(Restoration {
        number,
        about: generation.about,
        opened,
        prepared,
    })
}

/// Generation `number` of `file` as it reads, to be compared with.
///
/// # Errors
/// As [`restore`].
pub fn look(file: &Path, number: u32, schema: &Schema) -> Result<Opened, Problem> {
    let generation = generations::one(file, number)?;
    let found = generation.read()?;
    Ok(files::of_found(&generation.file, found, schema))
}

/// The note of the version that restoring makes: `restored 3: the limit was wrong`.
///
/// # Errors
/// A problem when the operator's part is no note, or both are too long for one.
pub fn note(number: u32, why: &str) -> Result<Note, Problem> {
    let why = why.trim();
    Note::new(&match why {
        "" => format!("restored {number}"),
        why => format!("restored {number}: {why}"),
    })
}

/// Settings in the order of their paths, as they are now and as they were.
fn changes(file: &Path, now: &[u8], then: &Opened, schema: &Schema) -> Vec<Changed> {
    let now = input::open(file, now, schema).values;
    let then = &then.base.values;
    let paths = schema.fields().iter().map(|field| &field.path);
    paths
        .map(|path| {
            (
                path.clone(),
                now.get(path).cloned(),
                then.get(path).cloned(),
            )
        })
        .filter(|(_, now, then)| now != then)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_says_which_and_why() {
        for (why, expected) in [
            ("", "restored 3"),
            (" the limit was wrong ", "restored 3: the limit was wrong"),
        ] {
            assert_eq!(
                note(3, why).map(|note| note.to_string()),
                Ok(expected.to_owned())
            );
        }
        assert!(note(3, "two\nlines").is_err());
        assert!(note(3, &"x".repeat(200)).is_err());
    }
}
