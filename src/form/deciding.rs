//! Which settings decide whether the form asks for another: those that its `when`, or its panel's, reads.
//! Leaves to others: whether a condition holds (`condition`).

use super::condition::Condition;
use super::model::Form;
use crate::schema::FieldPath;

/// The settings that decide whether the form asks for `path`, in the order of its conditions.
#[must_use]
pub fn deciding<'a>(form: &'a Form, path: &str) -> Vec<&'a FieldPath> {
    let place = |name: &str| {
        let mut inputs = form.inputs().filter(|(_, input)| input.name == name);
        inputs.next().map(|(_, input)| &input.path)
    };
    let conditions = form
        .input_at(path)
        .into_iter()
        .flat_map(|(panel, input)| form.panels[panel].when.iter().chain(&input.when));
    let mut deciding: Vec<&FieldPath> = conditions
        .flat_map(Condition::names)
        .filter_map(place)
        .collect();
    deciding.dedup();
    deciding
}

/// `security.tls_enabled and security.mfa`, or nothing when no setting decides.
#[must_use]
pub fn named(form: &Form, path: &str) -> Option<String> {
    let names: Vec<&str> = deciding(form, path)
        .into_iter()
        .map(FieldPath::as_str)
        .collect();
    (!names.is_empty()).then(|| names.join(" and "))
}
