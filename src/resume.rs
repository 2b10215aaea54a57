//! Taking a draft up again: it is taken, its file is read as it is now, and the two are brought together.
//! Leaves to others: asking before and about conflicts (`tui`), what follows for the screens.

use std::path::Path;

use crate::draft::{self, Draft, Fitted};
use crate::files::{self, Opened};
use crate::merge::{Fate, Merge, Side, Values};
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::store::{self, Found};
use crate::value::Value;

/// A draft that is this process's now, and what it stands on.
#[derive(Debug)]
pub struct Resumed {
    pub draft: Draft,
    pub fitted: Fitted,
    /// The earlier holder did not react in time.
    pub unheard: bool,
    pub under: Under,
    /// The output file as it is now.
    pub output: Option<Found>,
}

/// The file under a draft, as it is now.
#[derive(Debug)]
pub enum Under {
    /// It stands on a profile alone.
    Nothing,
    Same(Box<Opened>),
    /// Somebody changed it meanwhile.
    Changed(Box<Opened>, Merge),
    /// It cannot be read any more; its values are those of the draft.
    Gone(Problem),
}

/// Takes the draft in `file`. Waits up to two seconds for a wizard that still holds it.
///
/// # Errors
/// When somebody else was faster, or the draft cannot be read.
pub fn resume(file: &Path, schema: &Schema) -> Result<Resumed, Problem> {
    let draft::Taken { draft, unheard } = draft::take(file)?;
    Ok(Resumed {
        unheard,
        ..Resumed::of(draft, schema)
    })
}

impl Resumed {
    /// A draft that is this process's already, with its files as they are now.
    #[must_use]
    pub fn of(draft: Draft, schema: &Schema) -> Self {
        let fitted = Fitted::new(&draft.state, schema, &draft.file);
        let under = match &draft.state.base {
            None => Under::Nothing,
            Some(base) => match files::open(&base.file, schema) {
                Err(problem) => Under::Gone(problem),
                Ok(opened) => {
                    let now = draft::hex(&opened.found.fingerprint.sha256);
                    if base.sha256.as_ref() == Some(&now) {
                        Under::Same(Box::new(opened))
                    } else {
                        let merge = merge(&fitted, &opened.base.values, None);
                        Under::Changed(Box::new(opened), merge)
                    }
                }
            },
        };
        let output = store::read(&draft.state.output).ok().flatten();
        Self {
            draft,
            fitted,
            unheard: false,
            under,
            output,
        }
    }
}

impl Resumed {
    /// What was being typed counts in the choice as what it says, not as what was kept before it: `value` is the answer
    /// that it would be.
    pub fn count_typed(&mut self, path: FieldPath, value: Value) {
        if let Under::Changed(opened, choice) = &mut self.under {
            *choice = merge(&self.fitted, &opened.base.values, Some((path, value)));
        }
    }

    /// The choice is made: where it is not ours, nothing is left of what was being typed.
    pub fn drop_typed_unless_ours(&mut self, choice: &Merge) {
        self.fitted.open.take_if(|open| {
            let row = choice.rows.iter().find(|row| row.path == open.path);
            row.is_some_and(|row| row.side() != Some(Side::Ours))
        });
    }
}

/// `typed` is what was being typed, as the answer that it would be.
fn merge(fitted: &Fitted, theirs: &Values, typed: Option<(FieldPath, Value)>) -> Merge {
    let mut ours = fitted.base.clone();
    ours.extend(fitted.answers.clone());
    ours.extend(typed);
    // A secret of the file is in no draft: nobody can say whether it changed, so the file's holds.
    let mut base = fitted.base.clone();
    for (path, value) in theirs.iter().filter(|(_, value)| value.is_clear_secret()) {
        base.insert(path.clone(), value.clone());
        ours.entry(path.clone()).or_insert_with(|| value.clone());
    }
    Merge::of(&base, theirs, &ours)
}

/// The answers that are left when the file holds `theirs`.
#[must_use]
pub fn answers(answers: &Values, merge: &Merge) -> Values {
    let mut left = answers.clone();
    for row in &merge.rows {
        match (row.fate, row.side()) {
            (Fate::Conflict(_), Some(Side::Base)) => match &row.base {
                Some(value) => drop(left.insert(row.path.clone(), value.clone())),
                None => drop(left.remove(&row.path)),
            },
            (_, Some(Side::Theirs)) => drop(left.remove(&row.path)),
            _ => {}
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_follow_what_was_chosen() {
        let of = |values: &[(&str, i64)]| -> Values {
            let entry = |(path, n): &(&str, i64)| ((*path).into(), Value::Integer(*n));
            values.iter().map(entry).collect()
        };
        let fitted = Fitted {
            base: of(&[("a", 1), ("b", 1), ("c", 1)]),
            answers: of(&[("a", 2), ("new", 5)]),
            ..Fitted::default()
        };
        let mut merge = merge(&fitted, &of(&[("a", 3), ("b", 3), ("c", 1)]), None);
        assert_eq!(merge.undecided(), 1);
        for (side, expected) in [
            (Side::Ours, of(&[("a", 2), ("new", 5)])),
            (Side::Theirs, of(&[("new", 5)])),
            (Side::Base, of(&[("a", 1), ("new", 5)])),
        ] {
            merge.choose_all(side);
            assert_eq!(answers(&fitted.answers, &merge), expected, "{side:?}");
        }
    }
}
