//! One value as TOML or JSON text, in its correct type, always on one line. Secrets are exposed here.

use std::fmt::Write as _;

use serde_json::{Map, Number};

use crate::clean;
use crate::value::{Value, decimal};

/// Can a file hold this value? A number that is none cannot be written in JSON, and VAPORA reads none in TOML.
pub(super) fn is_writable(value: &Value) -> bool {
    match value {
        Value::Decimal(n) => n.is_finite(),
        Value::List(items) => items.iter().all(is_writable),
        Value::Record(fields) => fields.iter().all(|(_, value)| is_writable(value)),
        Value::Bool(_) | Value::Integer(_) | Value::Text(_) | Value::Secret(_) => true,
    }
}

pub(super) fn toml(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Integer(n) => n.to_string(),
        Value::Decimal(n) => decimal(*n),
        Value::Text(text) => quoted(text),
        Value::Secret(secret) => quoted(secret.expose()),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(toml).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Record(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Record(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{} = {}", key(name), toml(value)))
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// A TOML key, quoted where it must be.
pub(super) fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A basic string. Whatever a terminal would act on is escaped, so that the file can be looked at.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if !clean::is_clean(c.encode_utf8(&mut [0; 4])) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

pub(super) fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(b) => (*b).into(),
        Value::Integer(n) => (*n).into(),
        Value::Decimal(n) => {
            Number::from_f64(*n).map_or(serde_json::Value::Null, serde_json::Value::Number)
        }
        Value::Text(text) => text.as_str().into(),
        Value::Secret(secret) => secret.expose().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Record(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), json(value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn values_are_written_in_their_types() {
        let text = |t: &str| Value::Text(t.to_owned());
        for (value, expected) in [
            (Value::Bool(true), "true"),
            (Value::Integer(8003), "8003"),
            (Value::Decimal(3.0), "3.0"),
            (Value::Decimal(1e300), "1e300"),
            (Value::Decimal(1e-7), "1e-7"),
            (
                text("a \"b\" \\ c\n\t\u{1b}\u{202e}é✗"),
                "\"a \\\"b\\\" \\\\ c\\n\\t\\u001B\\u202Eé✗\"",
            ),
            (Value::Secret(Secret::new("s3cr3t")), "\"s3cr3t\""),
            (Value::List(vec![text("a"), text("")]), "[\"a\", \"\"]"),
            (Value::List(vec![]), "[]"),
            (
                Value::Record(vec![("a b".into(), Value::Integer(1))]),
                "{ \"a b\" = 1 }",
            ),
        ] {
            assert_eq!(toml(&value), expected);
            let line = format!("v = {expected}");
            assert!(line.parse::<toml_edit::DocumentMut>().is_ok(), "{line}");
        }
        for (value, expected) in [
            (Value::Decimal(3.0), "3.0"),
            (Value::Integer(i64::MIN), "-9223372036854775808"),
            (Value::Decimal(0.25), "0.25"),
        ] {
            assert_eq!(json(&value).to_string(), expected);
        }
    }
}
