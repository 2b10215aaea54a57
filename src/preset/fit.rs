//! How an answer of a preset fits the schema of today: the age of its schema, and kinds that are not the setting's.

use std::cmp::Ordering;

use crate::output;
use crate::problem::Problem;
use crate::schema::Field;
use crate::value::{Kind, Value};

/// A schema's version beside that of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Older,
    Same,
    Newer,
    /// It is no version.
    Unknown,
}

pub(super) fn age(version: &str, now: &str) -> Age {
    if version == now {
        return Age::Same;
    }
    let numbers = |text: &str| -> Option<Vec<u64>> {
        let parts = text.split('.').take(8);
        parts.map(|part| part.parse().ok()).collect()
    };
    match (numbers(version), numbers(now)) {
        (None, _) => Age::Unknown,
        // A schema without numbers cannot be told from an older one.
        (Some(_), None) => Age::Older,
        (Some(version), Some(now)) => match version.cmp(&now) {
            Ordering::Less => Age::Older,
            Ordering::Equal => Age::Same,
            Ordering::Greater => Age::Newer,
        },
    }
}

/// The problem of a value that is of another kind than its setting. It has no place yet.
pub(super) fn unfit(field: &Field, value: &Value) -> Option<Problem> {
    let fits = match (field.kind, value) {
        (Kind::List, Value::List(items)) => items.iter().all(|v| matches!(v, Value::Text(_))),
        (Kind::Bool, Value::Bool(_))
        | (Kind::Integer, Value::Integer(_))
        | (Kind::Decimal, Value::Decimal(_))
        | (Kind::Text, Value::Text(_))
        | (Kind::Secret, Value::Secret(_)) => true,
        _ => false,
    };
    if fits {
        return None;
    }
    let wanted = match field.kind {
        Kind::Bool => "true or false",
        Kind::Integer => "a whole number",
        Kind::Decimal => "a number",
        Kind::Text | Kind::Secret => "a text in quotes",
        Kind::List => "a list of texts",
    };
    let is = match value {
        Value::Bool(_) => "true or false",
        Value::Integer(_) => "a whole number",
        Value::Decimal(_) => "a number with decimals",
        Value::Text(_) | Value::Secret(_) => "a text",
        Value::List(_) if field.kind == Kind::List => "a list of something else",
        Value::List(_) => "a list",
        Value::Record(_) => "a table",
    };
    let example = field.range.example.as_ref().or(field.default.as_ref());
    let hint = match example {
        Some(example) if !example.is_empty() => {
            format!(
                "Give {wanted}, for example {}.",
                output::toml_value(example)
            )
        }
        _ => format!("Give {wanted}."),
    };
    let problem = Problem::error(format!("It wants {wanted} and is {is}."));
    Some(problem.hint(hint).at(field.path.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, now, expected) in [
            ("1.2.0", "1.2.0", Age::Same),
            ("1.9.0", "1.10.0", Age::Older),
            ("1.10.0", "1.9.0", Age::Newer),
            ("1", "1.2.0", Age::Older),
            ("x", "1.2.0", Age::Unknown),
            ("", "1.2.0", Age::Unknown),
            ("own", "own", Age::Same),
            ("1.2.0", "own", Age::Older),
            ("99999999999999999999.1", "1.2.0", Age::Unknown),
        ] {
            assert_eq!(age(version, now), expected, "{version} {now}");
        }
    }
}
