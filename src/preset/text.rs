//! A preset as text: always in the same order, one answer one line, so that one change is one changed line; and the
//! text of one that is there with only its name and description changed.

use std::fmt::Write as _;

use toml_edit::DocumentMut;

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
    for (key, text) in [
        ("name", name.as_str()),
        ("description", description.as_str()),
    ] {
        let now = document.get(key).and_then(toml_edit::Item::as_str);
        if now != Some(text) {
            document[key] = toml_edit::value(text);
        }
    }
    Ok(document.to_string())
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
}
