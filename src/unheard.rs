//! What was said and does not count: held otherwise by the profile, or not asked for by the form.
//! Leaves to others: which fields are hidden (`compose`), telling it (`cli`, `plain`).

use std::collections::BTreeMap;

use crate::answers::Said;
use crate::config::Config;
use crate::form::{self, Form};
use crate::problem::Problem;
use crate::schema::FieldPath;
use crate::value::Value;

/// An answer that the form would not have asked for counts no more here than in the wizard.
#[must_use]
pub fn not_asked(path: &FieldPath, form: &Form) -> Problem {
    let problem =
        Problem::warning("It is left out: with these settings the form does not ask for it.");
    let Some(names) = form::deciding::named(form, path.as_str()) else {
        return problem.at(path.clone());
    };
    let hint = format!("{names} decides whether it counts.");
    problem.hint(hint).at(path.clone())
}

/// Values that do not count because the profile forces its own: wrong as an option, of no account in a file.
#[must_use]
pub fn held(
    config: &Config,
    said: &Said,
    environment: &BTreeMap<FieldPath, Value>,
    profile: &str,
) -> Vec<Problem> {
    let values = said.base.as_ref().map(|base| &base.values);
    config
        .iter()
        .filter(|(_, leaf)| leaf.held)
        .filter_map(|(field, leaf)| {
            let path = &field.path;
            let asked = said.answers.get(path).or_else(|| environment.get(path));
            let there = asked.or_else(|| values?.get(path))?;
            if Some(there) == leaf.value.as_ref() {
                return None;
            }
            let theirs = leaf
                .value
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let message = format!("Profile {profile} holds it at {theirs}.");
            Some(match asked {
                Some(_) => Problem::error(message)
                    .hint("Leave it out, or choose another profile.")
                    .at(path.clone()),
                None => Problem::warning(message)
                    .hint("The file's value does not count.")
                    .at(path.clone()),
            })
        })
        .collect()
}
