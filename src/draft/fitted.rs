//! A draft under today's schema: each value in its field's kind, renamed fields under their new names, unknown ones told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::state::{Open, State};
use super::withheld::Kept;
use crate::clean;
use crate::merge::Values;
use crate::problem::Problem;
use crate::schema::{Field, FieldPath, Schema};

/// What can be taken up again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitted {
    pub answers: Values,
    /// Fields whose secret must be entered again.
    pub secrets: BTreeSet<FieldPath>,
    pub open: Option<Open>,
    /// The values of the base, without its secrets.
    pub base: Values,
    pub problems: Vec<Problem>,
}

impl Fitted {
    /// `file` is the draft's, to name it in problems.
    #[must_use]
    pub fn new(state: &State, schema: &Schema, file: &Path) -> Self {
        let mut fitted = Self::default();
        for (path, kept) in &state.answers {
            let Some(field) = known(schema, path) else {
                fitted.problems.push(unknown(schema, path, file));
                continue;
            };
            match kept {
                Kept::Secret => drop(fitted.secrets.insert(field.path.clone())),
                Kept::Value(value) => {
                    let value = field.kind.adopt(value.clone());
                    fitted.answers.insert(field.path.clone(), value);
                }
            }
        }
        if let Some(open) = &state.open {
            match (known(schema, &open.path), &open.text) {
                (None, _) => fitted.problems.push(unknown(schema, &open.path, file)),
                (Some(field), None) => drop(fitted.secrets.insert(field.path.clone())),
                (Some(field), Some(_)) => {
                    fitted.open = Some(Open {
                        path: field.path.clone(),
                        text: open.text.clone(),
                    });
                }
            }
        }
        let base: BTreeMap<_, _> = state.base.iter().flat_map(|base| &base.values).collect();
        for (path, kept) in base {
            if let (Some(field), Some(value)) = (known(schema, path), kept.value()) {
                let value = field.kind.adopt(value.clone());
                fitted.base.insert(field.path.clone(), value);
            }
        }
        fitted
    }
}

fn known<'s>(schema: &'s Schema, path: &FieldPath) -> Option<&'s Field> {
    match schema.now_called(path.as_str()) {
        Some(now) => schema.get(now.as_str()),
        None => schema.get(path.as_str()),
    }
}

fn unknown(schema: &Schema, path: &FieldPath, file: &Path) -> Problem {
    let shown: String = clean::line(path.as_str()).chars().take(80).collect();
    let hint = match schema.nearest(path.as_str()) {
        Some(near) => format!("Its answer is left out. The nearest setting is {near}."),
        None => "Its answer is left out.".to_owned(),
    };
    Problem::warning(format!("{shown} in the draft is not a setting."))
        .hint(hint)
        .in_file(file, None)
}
