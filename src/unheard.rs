//! What was said and does not count: held otherwise by the profile, or not asked for by the form.
//! Leaves to others: which fields are hidden (`compose`), telling it (`cli`, `plain`).

use std::collections::BTreeMap;

use crate::answers::Said;
use crate::config::Config;
use crate::form::Form;
use crate::form::condition::Condition;
use crate::problem::Problem;
use crate::schema::FieldPath;
use crate::value::Value;

/// An answer that the form would not have asked for counts no more here than in the wizard.
#[must_use]
pub fn not_asked(path: &FieldPath, form: &Form) -> Problem {
    let problem =
        Problem::warning("It is left out: with these settings the form does not ask for it.");
    let hint = match deciding(path, form).as_slice() {
        [] => return problem.at(path.clone()),
        names => format!("{} decides whether it counts.", names.join(" and ")),
    };
    problem.hint(hint).at(path.clone())
}

/// The settings that decide whether the form asks for this one.
#[must_use]
pub fn deciding<'f>(path: &FieldPath, form: &'f Form) -> Vec<&'f str> {
    let place = |name: &str| {
        let mut inputs = form.inputs().filter(|(_, input)| input.name == name);
        inputs.next().map(|(_, input)| input.path.as_str())
    };
    let asked = form.input_at(path.as_str());
    let conditions = asked
        .into_iter()
        .flat_map(|(panel, input)| form.panels[panel].when.iter().chain(&input.when));
    let mut deciding: Vec<&str> = conditions
        .flat_map(Condition::names)
        .filter_map(place)
        .collect();
    deciding.dedup();
    deciding
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
