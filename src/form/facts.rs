//! What is known of a setting, each fact with its name, for every help that shows it.
//! Leaves to others: its help text, what stands there now, what is wrong with it.

use super::{Input, unit};
use crate::schema::Field;

/// Name and text of each fact, as far as there is one, in the order in which help shows them.
#[must_use]
pub fn facts(input: &Input, field: &Field) -> Vec<(&'static str, String)> {
    let show = |value| unit::show(input.unit, field.kind, value);
    let (example, default) = (field.range.example.as_ref(), field.default.as_ref());
    let mut facts = vec![
        ("Kind", field.kind.word().to_owned()),
        ("Form's type", input.custom_type.clone().unwrap_or_default()),
        ("Allowed", unit::range(input.unit, field.kind, &field.range)),
        ("Choices", choices(input, field)),
        ("Example", example.map(show).unwrap_or_default()),
        ("Schema's default", default.map(show).unwrap_or_default()),
        (
            "Picked up by",
            input.takes_effect.clone().unwrap_or_default(),
        ),
        ("Environment", field.path.environment_name()),
    ];
    facts.retain(|(_, text)| !text.is_empty());
    facts
}

/// The schema's choices, or those of the form where the schema names none.
fn choices(input: &Input, field: &Field) -> String {
    let of_form = input.choices.iter().map(|choice| choice.value.as_str());
    let of_schema = field.range.choices.iter().map(String::as_str);
    let choices: Vec<&str> = if field.range.choices.is_empty() {
        of_form.collect()
    } else {
        of_schema.collect()
    };
    choices.join(", ")
}
