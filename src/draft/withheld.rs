//! What a draft keeps of a value: the value itself, or only that a secret was entered.
//! A text being typed is judged by what it may become: no part of a password reaches the disk.

use crate::schema::Field;
use crate::secret;
use crate::value::{Kind, Value};

/// What is kept of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    Value(Value),
    /// A secret was entered; it must be entered again.
    Secret,
}

impl Kept {
    /// Without what must not be on disk. `field` is what the schema says, when it is known.
    #[must_use]
    pub fn of(value: &Value, field: Option<&Field>) -> Self {
        let secret = field.is_some_and(|field| field.kind == Kind::Secret);
        if value.is_clear_secret() || holds(value, secret) {
            return Self::Secret;
        }
        Self::Value(match value {
            // Only a reference is left by now, or nothing.
            Value::Secret(secret) => Value::Text(secret.reference().unwrap_or_default().to_owned()),
            value => value.clone(),
        })
    }

    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Secret => None,
        }
    }
}

fn holds(value: &Value, secret: bool) -> bool {
    match value {
        Value::Text(text) => may_hold_secret(text, secret),
        Value::List(items) => items.iter().any(|item| holds(item, secret)),
        Value::Record(fields) => fields.iter().any(|(_, value)| holds(value, secret)),
        Value::Bool(_) | Value::Integer(_) | Value::Decimal(_) => secret,
        Value::Secret(_) => false,
    }
}

/// A text that is being typed, unless a part of it may be a secret.
#[must_use]
pub fn typed(text: &str, field: Option<&Field>) -> Option<String> {
    // Without the schema nobody can say which field is a secret.
    let secret = field.is_none_or(|field| field.kind == Kind::Secret);
    (!may_hold_secret(text, secret)).then(|| text.to_owned())
}

/// May it be a secret, or an address on its way to hold one? A number behind the host is taken for a port.
fn may_hold_secret(text: &str, secret: bool) -> bool {
    if secret {
        return !text.is_empty() && !secret::begins_reference(text);
    }
    text.match_indices("://")
        .any(|(at, slashes)| password_in(&text[at + slashes.len()..]))
}

fn password_in(rest: &str) -> bool {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let rest = &rest[..end];
    let rest = rest.strip_prefix('[').map_or(rest, |address| {
        address.split_once(']').map_or("", |(_, behind)| behind)
    });
    let Some(colon) = rest.find(':') else {
        return false;
    };
    // A colon in the path says nothing.
    if rest[..colon].contains(['/', '?', '#']) {
        return false;
    }
    let behind = &rest[colon + 1..];
    let word = behind.split(['/', '?', '#']).next().unwrap_or_default();
    if secret::begins_reference(word) || behind.split('@').next().is_some_and(secret::is_reference)
    {
        return false;
    }
    let port = word.len() <= LONGEST_PORT && word.chars().all(|c| c.is_ascii_digit());
    !port
}

const LONGEST_PORT: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn field(kind: Kind) -> Field {
        Field::example("a.b", kind)
    }

    #[test]
    fn no_part_of_a_password_is_kept() {
        for (text, kept) in [
            ("", true),
            ("ws://", true),
            ("ws://surrealdb:8000", true),
            ("ws://surrealdb:8000/rpc?a=b", true),
            ("ws://root", true),
            ("ws://root:", true),
            ("ws://root:h", false),
            ("ws://root:hunter2", false),
            ("ws://root:hunter2@db:8000", false),
            ("ws://root:hun/ter2@db", false),
            ("ws://root:123456", false),
            ("ws://root:1234@db", false),
            ("ws://root:${EN", true),
            ("ws://root:${ENV:DB}@db:8000", true),
            ("ws://[::1]:8000", true),
            ("http://host/a:b", true),
            ("see ws://root:x now", false),
            ("plain: text", true),
        ] {
            assert_eq!(
                typed(text, Some(&field(Kind::Text))).is_some(),
                kept,
                "{text}"
            );
            let value = Value::List(vec![Value::Text(text.into())]);
            let found = Kept::of(&value, Some(&field(Kind::List)));
            assert_eq!(found.value().is_some(), kept, "{text}");
        }
    }

    #[test]
    fn a_secret_field_keeps_references_only() {
        for (text, kept) in [
            ("", true),
            ("h", false),
            ("$", false),
            ("${ENV:JWT", true),
            ("${ENV:JWT}", true),
            ("${ENV:JWT}x", false),
            ("${OTHER:JWT}", false),
        ] {
            let secret = field(Kind::Secret);
            assert_eq!(typed(text, Some(&secret)).is_some(), kept, "{text}");
            assert_eq!(typed(text, None).is_some(), kept, "{text}: schema unknown");
        }
        let secret = field(Kind::Secret);
        for (value, kept) in [
            (Value::Secret(Secret::new("hunter2")), Kept::Secret),
            (
                Value::Secret(Secret::new("${ENV:A}")),
                Kept::Value(Value::Text("${ENV:A}".into())),
            ),
            (Value::Text("hunter2".into()), Kept::Secret),
            (Value::Integer(12345), Kept::Secret),
        ] {
            assert_eq!(Kept::of(&value, Some(&secret)), kept);
        }
    }
}
