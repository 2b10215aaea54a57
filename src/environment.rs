//! What the variables of this process say about single settings.
//! Leaves to others: which variable means which field (`check`), judging the values (`nickel`).

use std::collections::BTreeMap;

use crate::check::{self, ENVIRONMENT_PREFIX};
use crate::clean;
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

/// The settings of the environment, and every variable that begins like one and is none.
#[must_use]
pub fn settings(schema: &Schema) -> (BTreeMap<FieldPath, Value>, Vec<Problem>) {
    let mut wrong = Vec::new();
    let mut variables = Vec::new();
    for (name, value) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if !name.starts_with(ENVIRONMENT_PREFIX) {
            continue;
        }
        match value.into_string() {
            Ok(value) => variables.push((name, value)),
            Err(_) => wrong.push(
                Problem::error(format!(
                    "The value of {} is not UTF-8 text.",
                    clean::line(&name)
                ))
                .hint("Unset it, or give it a value in UTF-8."),
            ),
        }
    }
    let (values, mut problems) = check::environment(variables.into_iter(), schema);
    problems.append(&mut wrong);
    (values, problems)
}
