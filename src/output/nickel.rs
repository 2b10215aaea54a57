//! The configuration as Nickel: over a workspace's schema and profile, with only what was answered; or standing
//! alone, with every value. Either way `nickel export` gives what is in force.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::imports::Imports;
use super::{head, json, toml, value};
use crate::clean;
use crate::config::{Config, Origin};

/// Words that Nickel keeps for itself, and so quotes as names.
const KEYWORDS: [&str; 17] = [
    "as",
    "default",
    "doc",
    "else",
    "forall",
    "force",
    "fun",
    "if",
    "import",
    "in",
    "include",
    "let",
    "match",
    "not_exported",
    "optional",
    "priority",
    "rec",
];

/// Schema, profile and answers, composed as `configs/` of the shipped schema does it.
#[must_use]
pub fn over_imports(config: &Config, profile: Option<&str>, imports: &Imports) -> String {
    let mut out = head(config, profile);
    out.push_str(
        "\n# It builds on the schema and the profile of its workspace; the last record holds what was answered.\n",
    );
    let _ = writeln!(out, "let helpers = import {} in", quoted(&imports.helpers));
    let _ = writeln!(out, "helpers.compose_config");
    let _ = writeln!(out, "  (import {})", quoted(&imports.schema));
    match &imports.profile {
        Some(profile) => {
            let _ = writeln!(out, "  (import {})", quoted(profile));
        }
        None => out.push_str("  {}\n"),
    }
    let mut answers = String::new();
    for (field, leaf) in config.iter() {
        let of_below = matches!(leaf.origin, Origin::Schema | Origin::Profile);
        let value = leaf.value.as_ref().filter(|v| value::is_writable(v));
        if let (Some(value), false) = (value, of_below) {
            answers.push_str(&toml::indented(&toml::doc_lines(field), "    ", "\n"));
            let names: Vec<String> = field.path.segments().map(name).collect();
            let value = literal(&value::json(value), "    ");
            let _ = writeln!(answers, "    {} = {value},", names.join("."));
        }
    }
    if answers.is_empty() {
        out.push_str("  {}\n");
    } else {
        let _ = write!(out, "  {{\n{answers}  }}\n");
    }
    out
}

/// Every value in force, without any import.
pub(super) fn alone(config: &Config, profile: Option<&str>) -> String {
    let mut out = head(config, profile);
    out.push_str(
        "\n# It stands alone. In a folder made by vapora-tui init it would import schema and profile instead.\n",
    );
    let mut docs = Map::new();
    for (field, _) in config.iter() {
        let segments: Vec<&str> = field.path.segments().collect();
        let doc = clean::lines(&field.doc);
        json::put(&mut docs, &segments, &crate::value::Value::Text(doc));
    }
    out.push_str(&record(&json::tree(config), Some(&docs), ""));
    out.push('\n');
    out
}

/// A record over several lines. `docs` holds a sentence for each of its leaves, or another such record.
fn record(fields: &Map<String, Json>, docs: Option<&Map<String, Json>>, indent: &str) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let inner = format!("{indent}  ");
    let mut out = "{\n".to_owned();
    for (at, (key, value)) in fields.iter().enumerate() {
        let doc = docs.and_then(|docs| docs.get(key));
        let value = match value {
            Json::Object(fields) => {
                if at > 0 && indent.is_empty() {
                    out.push('\n');
                }
                record(fields, doc.and_then(Json::as_object), &inner)
            }
            other => {
                let doc = doc.and_then(Json::as_str).unwrap_or_default();
                for line in doc.lines() {
                    let _ = writeln!(out, "{}", format!("{inner}# {line}").trim_end());
                }
                literal(other, &inner)
            }
        };
        let _ = writeln!(out, "{inner}{} = {value},", name(key));
    }
    let _ = write!(out, "{indent}}}");
    out
}

fn literal(value: &Json, indent: &str) -> String {
    match value {
        Json::String(text) => quoted(text),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| literal(item, indent)).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(fields) => record(fields, None, indent),
        // Digit by digit, as JSON writes it: Nickel's own printer would round long integers.
        Json::Null | Json::Bool(_) | Json::Number(_) => value.to_string(),
    }
}

fn name(name: &str) -> String {
    let bare = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !KEYWORDS.contains(&name)
        && !["true", "false", "null", "then", "or"].contains(&name);
    if bare { name.to_owned() } else { quoted(name) }
}

/// A string on one line. Whatever a terminal would act on is escaped, and `%{`, which would interpolate.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '%' if chars.peek() == Some(&'{') => out.push_str("\\%"),
            c if !clean::is_visible(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
