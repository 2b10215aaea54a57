//! The configuration as environment lines, `VAPORA__LLM_ROUTER__PORT=9003`. The plainest quotes that keep a value
//! are used: a plain word is the same to every reader; `'single quotes'` to sh, systemd and Compose.

use serde_json::Value as Json;

use super::{head, value};
use crate::config::Config;
use crate::problem::Problem;
use crate::schema::Field;
use crate::value::Value;

pub(super) fn render(config: &Config, profile: Option<&str>) -> Result<String, Problem> {
    let mut out = head(config, profile);
    out.push_str(
        "\n# For `set -a; . FILE`, systemd and Compose. `docker run --env-file` would keep the quotes.\n\n",
    );
    for (field, leaf) in config.iter() {
        if let Some(value) = leaf.value.as_ref().filter(|v| value::is_writable(v)) {
            out.push_str(&line(field, value)?);
            out.push('\n');
        }
    }
    Ok(out)
}

/// One setting, without its line feed.
///
/// # Errors
/// A problem when the value holds a line break or another control character.
pub(super) fn line(field: &Field, value: &Value) -> Result<String, Problem> {
    // A text as it is, a list as JSON: that is how the environment is read.
    let text = match (value, value::json(value)) {
        (_, Json::String(text)) => text,
        (_, list @ (Json::Array(_) | Json::Object(_))) => list.to_string(),
        (plain, _) => plain.to_string(),
    };
    if text.contains(|c: char| c.is_control() && c != '\t') {
        return Err(Problem::error(format!(
            "{} holds a line break or another control character, which no environment file can hold.",
            field.path
        ))
        .hint("Write the configuration as TOML, JSON, YAML or Nickel.")
        .at(field.path.clone()));
    }
    Ok(format!(
        "{}={}",
        field.path.environment_name(),
        quoted(&text)
    ))
}

fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./:@%+,-".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let mut out = "\"".to_owned();
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plainest_quotes_are_used() {
        for (text, expected) in [
            ("8001", "8001"),
            ("ws://surrealdb:8000", "ws://surrealdb:8000"),
            ("", "''"),
            ("a b", "'a b'"),
            ("${SECRET:jwt}", "'${SECRET:jwt}'"),
            ("[\"a\",\"b\"]", "'[\"a\",\"b\"]'"),
            ("it's $5", "\"it's \\$5\""),
            ("~", "'~'"),
            ("ü", "'ü'"),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
