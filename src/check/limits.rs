//! What a form says of limits, default, `required` and encryption, held against the schema, which alone decides.
//! Leaves to others: paths, kinds, choices and units (`form`).

use super::form::{about, noun, warning};
use crate::form::unit::{self, Unit};
use crate::form::{Input, WhenFalse};
use crate::problem::Problem;
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::form::{Bounds, InputKind};
    use crate::problem::FilePlace;

    fn input(kind: InputKind) -> Input {
        Input {
            name: "x".to_owned(),
            kind,
            prompt: "X".to_owned(),
            help: String::new(),
            placeholder: None,
            path: "a.x".into(),
            unit: None,
            takes_effect: None,
            choices: Vec::new(),
            options_from: None,
            searchable: false,
            bounds: Bounds::default(),
            default: None,
            required: None,
            sensitive: false,
            encryption: None,
            custom_type: None,
            nickel_alias: None,
            when: None,
            when_false: WhenFalse::Leave,
            place: FilePlace::new(Path::new("forms/a.toml"), Some(7)),
        }
    }

    fn field(kind: Kind, range: Range, default: Option<Value>) -> Field {
        Field {
            default,
            range,
            ..Field::example("a.x", kind)
        }
    }

    fn said(input: &Input, field: &Field) -> String {
        let said: Vec<String> = differences(input, field)
            .iter()
            .inspect(|problem| assert_eq!(problem.place.as_ref().unwrap().line, Some(7)))
            .map(|problem| format!("{}: {}", problem.severity.word(), problem.sentence()))
            .collect();
        said.join(" | ")
    }

    fn limits(min: Option<f64>, max: Option<f64>) -> Range {
        Range {
            min,
            max,
            ..Range::default()
        }
    }

    #[test]
    fn limits_of_the_form_are_held_against_those_of_the_schema() {
        const HINT: &str = " Take min and max out: the schema's limits are shown and judged by.";
        let port = || field(Kind::Integer, limits(Some(1024.0), Some(65535.0)), None);
        for (min, max, expected) in [
            (None, None, String::new()),
            (Some(1024.0), Some(65535.0), String::new()),
            (Some(1024.0), None, String::new()),
            (
                Some(1.0),
                Some(65535.0),
                format!(
                    "error: The form has a.x 1 to 65535, and the schema has 1024 to 65535.{HINT}"
                ),
            ),
            (
                None,
                Some(70000.0),
                format!(
                    "error: The form has a.x up to 70000, and the schema has 1024 to 65535.{HINT}"
                ),
            ),
            (
                Some(2000.0),
                None,
                format!(
                    "warning: The form has a.x from 2000, and the schema has 1024 to 65535.{HINT}"
                ),
            ),
        ] {
            let mut input = input(InputKind::Number);
            (input.bounds.min, input.bounds.max) = (min, max);
            assert_eq!(said(&input, &port()), expected);
        }
        let mut dollars = input(InputKind::Number);
        dollars.unit = Some(Unit::Dollars);
        dollars.bounds.max = Some(5_000.0);
        let cents = |max| field(Kind::Integer, limits(None, max), None);
        assert_eq!(said(&dollars, &cents(Some(500_000.0))), "");
        assert_eq!(
            said(&dollars, &cents(Some(400_000.0))),
            format!(
                "error: The form has a.x up to $5,000.00, and the schema has up to $4,000.00.{HINT}"
            )
        );
        assert_eq!(
            said(&dollars, &cents(None)),
            format!(
                "warning: The form has a.x up to $5,000.00, and the schema has no limits.{HINT}"
            )
        );
        assert_eq!(
            said(&dollars, &field(Kind::Bool, Range::default(), None)),
            "warning: min and max mean nothing to a.x, which is true or false. Take them out."
        );
    }

    #[test]
    fn a_default_must_be_one_that_the_schema_takes() {
        let hint = "Give one that the schema takes, or take it out.";
        let port = limits(Some(1024.0), Some(65535.0));
        let window = Range {
            choices: vec!["daily".to_owned(), "weekly".to_owned()],
            ..Range::default()
        };
        let text = |s: &str| Value::Text(s.to_owned());
        for (default, kind, range, expected) in [
            (text("8001"), Kind::Integer, &port, String::new()),
            (text("daily"), Kind::Text, &window, String::new()),
            (text("any"), Kind::List, &window, String::new()),
            (
                text("many"),
                Kind::Integer,
                &port,
                format!("The default \"many\" of a.x is not a whole number. {hint}"),
            ),
            (
                Value::Integer(80),
                Kind::Integer,
                &port,
                format!("The default 80 of a.x is outside the schema's 1024 to 65535. {hint}"),
            ),
            (
                text("yearly"),
                Kind::Text,
                &window,
                format!(
                    "The default \"yearly\" of a.x is none of the schema's daily, weekly. {hint}"
                ),
            ),
        ] {
            let mut input = input(InputKind::Text);
            input.default = Some(default);
            let field = field(kind, range.clone(), None);
            let with = |word: &str| {
                if expected.is_empty() {
                    return String::new();
                }
                format!("{word}: {expected}")
            };
            assert_eq!(said(&input, &field), with("warning"));
            input.when_false = WhenFalse::Default;
            assert_eq!(said(&input, &field), with("error"));
        }
    }

    #[test]
    fn what_the_form_requires_and_encrypts_is_told() {
        let given = || field(Kind::Text, Range::default(), Some(Value::Text("d".into())));
        let wanted = || field(Kind::Text, Range::default(), None);
        let mut asked = input(InputKind::Text);
        for (required, field, expected) in [
            (None, wanted(), ""),
            (Some(true), wanted(), ""),
            (Some(false), given(), ""),
            (
                Some(true),
                given(),
                "warning: a.x has a default in the schema, so required = true means nothing. \
                 Take required out.",
            ),
            (
                Some(false),
                wanted(),
                "error: The schema wants a.x, and the form says required = false. \
                 Take required out.",
            ),
        ] {
            asked.required = required;
            assert_eq!(said(&asked, &field), expected);
        }
        asked.required = None;
        asked.encryption = Some("age".to_owned());
        assert_eq!(
            said(&asked, &wanted()),
            "warning: a.x is not encrypted by this program. It is hidden on the screen and \
             written as given: give a reference such as ${SECRET:name}."
        );
    }
}
