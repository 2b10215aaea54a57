//! What a form says of limits, default, `required` and encryption, held against the schema, which alone decides.
//! Leaves to others: paths, kinds, choices and units (`form`).

use super::form::{about, noun};
use crate::form::unit::{self, Unit};
use crate::form::{Input, WhenFalse};
use crate::problem::{Problem, Severity};
use crate::schema::{Field, Range};
use crate::value::{Kind, Value};

/// Where form and schema say different things of one field.
pub(super) fn differences(input: &Input, field: &Field) -> Vec<Problem> {
    [
        bounds(input, field),
        default(input, field),
        required(input, field),
        encryption(input),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn warning(input: &Input, message: String, hint: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        ..about(input, message, hint.to_owned())
    }
}

/// A form that lets through what the schema refuses is wrong; one that is stricter misleads, because the schema
/// judges.
fn bounds(input: &Input, field: &Field) -> Option<Problem> {
    const HINT: &str = "Take min and max out: the schema's limits are shown and judged by.";
    let path = &field.path;
    // The schema counts cents.
    let scale = if input.unit == Some(Unit::Dollars) {
        100.0
    } else {
        1.0
    };
    let own = Range {
        min: input.bounds.min.map(|n| n * scale),
        max: input.bounds.max.map(|n| n * scale),
        ..Range::default()
    };
    if own.min.is_none() && own.max.is_none() {
        return None;
    }
    if !matches!(field.kind, Kind::Integer | Kind::Decimal) {
        let message = format!(
            "min and max mean nothing to {path}, which is {}.",
            noun(field)
        );
        return Some(warning(input, message, "Take them out."));
    }
    let range = &field.range;
    let differs = |own: Option<f64>, theirs: Option<f64>| own.is_some() && own != theirs;
    if !differs(own.min, range.min) && !differs(own.max, range.max) {
        return None;
    }
    let say = |range: &Range| unit::range(input.unit, field.kind, range);
    let theirs = match say(range) {
        none if none.is_empty() => "no limits".to_owned(),
        some => some,
    };
    let message = format!(
        "The form has {path} {}, and the schema has {theirs}.",
        say(&own)
    );
    let below = own
        .min
        .zip(range.min)
        .is_some_and(|(own, least)| own < least);
    let above = own.max.zip(range.max).is_some_and(|(own, most)| own > most);
    Some(if below || above {
        about(input, message, HINT.to_owned())
    } else {
        warning(input, message, HINT)
    })
}

/// A proposal that the schema would refuse.
fn default(input: &Input, field: &Field) -> Option<Problem> {
    let proposed = input.proposed(field.kind)?;
    let range = &field.range;
    let outside =
        |n: f64| range.min.is_some_and(|least| n < least) || range.max.is_some_and(|most| n > most);
    let shown = unit::show(input.unit, field.kind, &proposed);
    let path = &field.path;
    let wrong = match (&proposed, field.kind) {
        (Value::Text(_), Kind::Bool | Kind::Integer | Kind::Decimal) => {
            format!("The default \"{shown}\" of {path} is not {}.", noun(field))
        }
        (Value::Integer(_) | Value::Decimal(_), _) if number(&proposed).is_some_and(outside) => {
            let allowed = unit::range(input.unit, field.kind, range);
            format!("The default {shown} of {path} is outside the schema's {allowed}.")
        }
        (Value::Text(text), Kind::Text)
            if !range.choices.is_empty() && !range.choices.contains(text) =>
        {
            let choices = range.choices.join(", ");
            format!("The default \"{shown}\" of {path} is none of the schema's {choices}.")
        }
        _ => return None,
    };
    let hint = "Give one that the schema takes, or take it out.";
    Some(match input.when_false {
        // Then it is used.
        WhenFalse::Default => about(input, wrong, hint.to_owned()),
        WhenFalse::Leave => warning(input, wrong, hint),
    })
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(n) => n.to_string().parse().ok(),
        Value::Decimal(n) => Some(*n),
        _ => None,
    }
}

fn required(input: &Input, field: &Field) -> Option<Problem> {
    let path = &field.path;
    match (input.required?, &field.default) {
        (true, Some(_)) => Some(warning(
            input,
            format!("{path} has a default in the schema, so required = true means nothing."),
            "Take required out.",
        )),
        (false, None) => Some(about(
            input,
            format!("The schema wants {path}, and the form says required = false."),
            "Take required out.".to_owned(),
        )),
        _ => None,
    }
}

fn encryption(input: &Input) -> Option<Problem> {
    input.encryption.as_ref()?;
    let message = format!("{} is not encrypted by this program.", input.path);
    let hint =
        "It is hidden on the screen and written as given: give a reference such as ${SECRET:name}.";
    Some(warning(input, message, hint))
}
