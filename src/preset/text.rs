//! A preset as text: always in the same order, one answer one line, so that one change is one changed line; and the
//! text of one that is there with only its name and description changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml_edit::{DocumentMut, Item, TableLike, Value as Toml};

use super::Preset;
use super::name::{Description, Name};
use super::read::FORMAT;
use crate::output;
use crate::problem::Problem;
use crate::value::Value;

/// The whole file, ending in a line feed. It holds secrets in clear where the answers do.
#[must_use]
pub fn text(preset: &Preset) -> String {
    let mut out = format!("format = {FORMAT}\n");
    let quoted = |text: &str| output::toml_value(&Value::Text(text.to_owned()));
    // Writing to a String cannot fail.
    let _ = writeln!(out, "name = {}", quoted(preset.name.as_str()));
    let _ = writeln!(out, "description = {}", quoted(preset.description.as_str()));
    let _ = writeln!(out, "schema = {}", quoted(&preset.schema));
    if let Some(profile) = &preset.profile {
        let _ = writeln!(out, "profile = {}", quoted(profile));
    }
    if let Some(workload) = &preset.workload {
        let _ = writeln!(out, "workload = {}", quoted(workload));
    }
    out.push_str("\n[answers]\n");
    for (path, value) in &preset.answers {
        let value = output::toml_value(value);
        let _ = writeln!(out, "{} = {value}", quoted(path.as_str()));
    }
    out
}

/// The text with another name and description; everything else stays byte for byte.
///
/// # Errors
/// A problem when it is no TOML: what cannot be read cannot be kept.
pub(super) fn changed(
    text: &str,
    name: &Name,
    description: &Description,
) -> Result<String, Problem> {
    let mut document: DocumentMut = text.parse().map_err(|_| {
        Problem::error("It is not valid TOML, so it cannot be changed.")
            .hint("Mend the file with an editor; `vapora-tui preset show` tells its problems.")
    })?;
    say(&mut document, "name", name.as_str());
    say(&mut document, "description", description.as_str());
    Ok(document.to_string())
}

/// Gives a key beside the answers this text; the comment behind it stays.
fn say(document: &mut DocumentMut, key: &str, text: &str) {
    if document.get(key).and_then(Item::as_str) != Some(text) {
        put(document.as_table_mut(), key, Toml::from(text));
    }
}

fn put(table: &mut dyn TableLike, key: &str, mut new: Toml) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(table.insert(key, Item::Value(new))),
    }
}

/// The text of a preset that takes the place of `existing`: lines that stay keep their comments and their order.
/// `None` when nothing of that text can be kept.
pub(super) fn over(existing: &str, preset: &Preset) -> Option<String> {
    if !super::is_preset(existing.as_bytes()) {
        return None;
    }
    let mut document: DocumentMut = existing.parse().ok()?;
    if document.get("format").and_then(Item::as_integer) != Some(FORMAT) {
        return None;
    }
    say(&mut document, "name", preset.name.as_str());
    say(&mut document, "description", preset.description.as_str());
    say(&mut document, "schema", &preset.schema);
    say(&mut document, "profile", preset.profile.as_deref()?);
    match &preset.workload {
        Some(workload) => say(&mut document, "workload", workload),
        None => drop(document.remove("workload")),
    }
    let answers = document.get_mut("answers")?;
    let sorted = answers
        .as_table_like()?
        .iter()
        .is_sorted_by_key(|(key, _)| key);
    let table = answers.as_table_like_mut()?;
    let mut missing: BTreeMap<&str, Toml> = BTreeMap::new();
    for (path, value) in &preset.answers {
        missing.insert(path.as_str(), output::toml_value(value).parse().ok()?);
    }
    keep(table, "", &mut missing);
    for (path, value) in missing {
        put(table, path, value);
    }
    if let (true, Some(table)) = (sorted, answers.as_table_mut()) {
        table.sort_values();
    }
    let text = document.to_string();
    super::is_preset(text.as_bytes()).then_some(text)
}

/// Leaves the answers that are `wanted`, with their values of now, and takes them out of `wanted`.
fn keep(table: &mut dyn TableLike, section: &str, wanted: &mut BTreeMap<&str, Toml>) {
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let path = match section {
            "" => key.clone(),
            section => format!("{section}.{key}"),
        };
        let stays = match table.get_mut(&key) {
            Some(Item::Value(old)) if !old.is_inline_table() => {
                match wanted.remove(path.as_str()) {
                    Some(new) if same(old, &new) => true,
                    Some(new) => {
                        put(table, &key, new);
                        true
                    }
                    None => false,
                }
            }
            Some(item) => match item.as_table_like_mut() {
                Some(inner) => {
                    keep(inner, &path, wanted);
                    !inner.is_empty()
                }
                None => false,
            },
            None => false,
        };
        if !stays {
            table.remove(&key);
        }
    }
}

/// The same value, however it is written?
fn same(a: &Toml, b: &Toml) -> bool {
    match (a, b) {
        (Toml::String(a), Toml::String(b)) => a.value() == b.value(),
        (Toml::Integer(a), Toml::Integer(b)) => a.value() == b.value(),
        (Toml::Float(a), Toml::Float(b)) => a.value().to_bits() == b.value().to_bits(),
        (Toml::Boolean(a), Toml::Boolean(b)) => a.value() == b.value(),
        (Toml::Array(a), Toml::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn preset() -> Preset {
        let answers = [
            (
                "security.jwt_secret",
                Value::Secret(Secret::new("${ENV:JWT}")),
            ),
            ("backend.port", Value::Integer(9001)),
            (
                "llm_router.fallback_chain",
                Value::List(vec![
                    Value::Text("claude".into()),
                    Value::Text("a\"b".into()),
                ]),
            ),
            ("agents.learning.recency_multiplier", Value::Decimal(3.0)),
        ];
        Preset {
            name: Name::new("staging-eu").unwrap(),
            description: Description::new("EU staging, \"quoted\"").unwrap(),
            schema: "1.2.0".into(),
            profile: Some("enterprise".into()),
            workload: None,
            answers: answers.map(|(path, value)| (path.into(), value)).into(),
        }
    }

    const TEXT: &str = r#"format = 1
name = "staging-eu"
description = "EU staging, \"quoted\""
schema = "1.2.0"
profile = "enterprise"

[answers]
"agents.learning.recency_multiplier" = 3.0
"backend.port" = 9001
"llm_router.fallback_chain" = ["claude", "a\"b"]
"security.jwt_secret" = "${ENV:JWT}"
"#;

    #[test]
    fn a_preset_is_sorted_with_one_answer_a_line() {
        assert_eq!(text(&preset()), TEXT);
    }

    #[test]
    fn one_change_is_one_changed_line() {
        let mut other = preset();
        other
            .answers
            .insert("backend.port".into(), Value::Integer(9002));
        let (before, after) = (text(&preset()), text(&other));
        let differ = before.lines().zip(after.lines()).filter(|(a, b)| a != b);
        assert_eq!(
            differ.collect::<Vec<_>>(),
            [("\"backend.port\" = 9001", "\"backend.port\" = 9002")]
        );
        other
            .answers
            .insert("backend.host".into(), Value::Text("::1".into()));
        assert_eq!(text(&other).lines().count(), after.lines().count() + 1);
    }

    #[test]
    fn a_new_name_changes_only_its_line() {
        let (name, description) = (Name::new("eu2").unwrap(), Description::new("x").unwrap());
        let noted = format!("# Ours.\n{TEXT}\"future.setting\" = 1 # kept\n");
        let expected = noted
            .replace("\"staging-eu\"", "\"eu2\"")
            .replace("\"EU staging, \\\"quoted\\\"\"", "\"x\"");
        assert_eq!(changed(&noted, &name, &description).unwrap(), expected);
        let bare = "profile = \"solo\"\n[answers]\n\"backend.port\" = 1\n";
        let with = changed(bare, &name, &description).unwrap();
        assert_eq!(
            with,
            "profile = \"solo\"\nname = \"eu2\"\ndescription = \"x\"\n[answers]\n\"backend.port\" = 1\n"
        );
        assert!(changed("a = \n", &name, &description).is_err());
    }

    #[test]
    fn what_replaces_a_preset_keeps_the_comments_of_lines_that_stay() {
        let noted = TEXT
            .replace("format = 1", "# Ours.\nformat = 1")
            .replace("[answers]\n", "\n# What differs.\n[answers]\n# Measured.\n")
            .replace("= 9001", "= 9001 # the proxy's")
            .replace(
                "[\"claude\", \"a\\\"b\"]",
                "[\n  \"claude\", # first\n  \"a\\\"b\",\n]",
            );
        assert_eq!(over(&noted, &preset()).as_deref(), Some(noted.as_str()));
        let mut other = preset();
        other
            .answers
            .insert("backend.port".into(), Value::Integer(9002));
        other
            .answers
            .insert("backend.host".into(), Value::Text("::1".into()));
        other.answers.remove("security.jwt_secret");
        let expected = noted
            .replace("\"security.jwt_secret\" = \"${ENV:JWT}\"\n", "")
            .replace(
                "\"backend.port\" = 9001",
                "\"backend.host\" = \"::1\"\n\"backend.port\" = 9002",
            );
        assert_eq!(over(&noted, &other).unwrap(), expected);
        // Sections stay sections, and what no longer counts goes.
        let sections = "format = 1\nname = \"staging-eu\"\ndescription = \"EU staging, \\\"quoted\\\"\"\nschema = \"1.2.0\"\n\
            profile = \"enterprise\"\n\n[answers.backend]\nport = 9001 # ours\ngone = 1\n";
        other
            .answers
            .retain(|path, _| path.as_str() == "backend.port");
        assert_eq!(
            over(sections, &other).unwrap(),
            sections.replace("9001", "9002").replace("gone = 1\n", "")
        );
        for broken in [
            "",
            "format = 1\n[answers]\na = \n",
            "format = 2\n[answers]\n",
        ] {
            assert_eq!(over(broken, &other), None, "{broken:?}");
        }
    }
}
