//! Texts that stand for something else while a form loads: `${constraint.a.b}` anywhere, `{{ env.NAME }}` in defaults.
//! Leaves to others: finding `constraints.toml` (`find`), what the replaced values mean (`element`).

use std::borrow::Cow;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::clean;
use crate::form::document::{Document, MOST_PROBLEMS};
use crate::problem::{self, Problem};

const OPEN: &str = "${constraint.";
/// A longer text is no limit, and one used in many places would fill the memory.
const LONGEST: usize = 1_000;
/// What a form of somebody else's folder may read of the environment begins so.
const OWN_VARIABLES: &str = "VAPORA_";

/// Does a text still hold a constraint? Then there was a problem about it.
pub(super) fn holds_constraint(text: &str) -> bool {
    text.contains(OPEN)
}

/// The limits that forms and schema share.
#[derive(Debug, Default)]
pub(super) struct Constraints<'c> {
    /// Absent when there is no such file, or it cannot be read.
    pub table: Option<DeTable<'c>>,
    /// The file is there and broken: its problem was told, and nothing follows from it.
    pub broken: bool,
}

impl Constraints<'_> {
    /// Puts the values in for their names, in every text below `table`. A name without a value stays as it is.
    pub fn replace<'t>(
        &'t self,
        document: &Document<'_>,
        table: &mut DeTable<'t>,
        problems: &mut Vec<Problem>,
    ) {
        for (_, value) in table {
            let at = value.span().start;
            self.replace_value(document, at, value.get_mut(), problems);
        }
    }

    fn replace_value<'t>(
        &'t self,
        document: &Document<'_>,
        at: usize,
        value: &mut DeValue<'t>,
        problems: &mut Vec<Problem>,
    ) {
        match value {
            DeValue::String(text) if holds_constraint(text) => match self.replaced(text) {
                Ok(found) => *value = found,
                Err(_) if self.broken || problems.len() >= MOST_PROBLEMS => {}
                Err((message, hint)) => {
                    problems.push(document.problem(at, message).hint(hint));
                }
            },
            DeValue::Array(items) => {
                for item in items.iter_mut() {
                    let at = item.span().start;
                    self.replace_value(document, at, item.get_mut(), problems);
                }
            }
            DeValue::Table(table) => self.replace(document, table, problems),
            _ => {}
        }
    }

    /// A text that is one name becomes the value itself, a number for instance; within a text, its letters.
    fn replaced<'t>(&'t self, text: &str) -> Result<DeValue<'t>, (String, String)> {
        let mut replaced = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once(OPEN) {
            let Some((path, after)) = behind.split_once('}') else {
                let message = format!("{OPEN} is opened and never closed.");
                return Err((message, format!("Write {OPEN}a.b}}.")));
            };
            let value = self.value(path)?;
            if before.is_empty() && after.is_empty() && replaced.is_empty() {
                return Ok(value.clone());
            }
            replaced.push_str(before);
            replaced.push_str(&shown(value));
            rest = after;
        }
        replaced.push_str(rest);
        Ok(DeValue::String(Cow::Owned(replaced)))
    }

    fn value(&self, path: &str) -> Result<&DeValue<'_>, (String, String)> {
        let name: String = clean::line(path).chars().take(LONGEST).collect();
        let Some(table) = &self.table else {
            let message = format!(
                "{OPEN}{name}}} stands for a value of constraints.toml, which is not there."
            );
            let hint = "Write that file beside the main form, or the value in this place.";
            return Err((message, hint.to_owned()));
        };
        let mut found: Option<&DeValue<'_>> = None;
        let mut inside = Some(table);
        for part in path.split('.') {
            found = inside
                .and_then(|table| table.get(part))
                .map(Spanned::get_ref);
            inside = found.and_then(DeValue::as_table);
        }
        match found {
            Some(DeValue::String(text)) if text.len() > LONGEST => Err((
                format!(
                    "{name} of constraints.toml is a text of {} bytes.",
                    text.len()
                ),
                format!("Use one of at most {LONGEST}."),
            )),
            Some(DeValue::Array(_) | DeValue::Table(_)) => Err((
                format!("{name} of constraints.toml is no single value."),
                "Name a number or a text in it.".to_owned(),
            )),
            Some(value) => Ok(value),
            None => {
                let mut known = Vec::new();
                leaves(table, "", &mut known);
                let hint = match problem::nearest(path, known.iter().map(String::as_str)) {
                    Some(near) => format!("Did you mean {near}?"),
                    None => "Add it there, or write the value in this place.".to_owned(),
                };
                Err((format!("constraints.toml has no {name}."), hint))
            }
        }
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(n) => n.to_string(),
        DeValue::Float(n) => n.to_string(),
        DeValue::Boolean(b) => b.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => String::new(),
    }
}

/// Paths of single values, at most as many as are worth comparing.
fn leaves(table: &DeTable<'_>, before: &str, into: &mut Vec<String>) {
    for (key, value) in table {
        if into.len() >= LONGEST {
            return;
        }
        let path = match before {
            "" => key.get_ref().to_string(),
            before => format!("{before}.{}", key.get_ref()),
        };
        match value.get_ref() {
            DeValue::Table(inner) => leaves(inner, &path, into),
            _ => into.push(clean::line(&path)),
        }
    }
}

/// Does a text name a variable?
pub(super) fn holds_environment(text: &str) -> bool {
    text.match_indices("{{")
        .any(|(i, _)| text[i + 2..].trim_start().starts_with("env."))
}

/// A default with its variables put in; `Ok(None)` when one of them is not set, so that there is no default.
///
/// # Errors
/// Message and hint, when a variable may not be read here.
pub(super) fn environment(
    text: &str,
    shipped: bool,
    lookup: fn(&str) -> Option<String>,
) -> Result<Option<String>, (String, &'static str)> {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        replaced.push_str(before);
        let named = behind
            .split_once("}}")
            .and_then(|(inside, after)| Some((inside.trim().strip_prefix("env.")?, after)));
        let Some((name, after)) = named else {
            replaced.push_str("{{");
            rest = behind;
            continue;
        };
        let shown = clean::line(name);
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err((
                format!("{{{{ env.{shown} }}}} names no variable."),
                "Write for example {{ env.VAPORA_HOST }}.",
            ));
        }
        if !shipped && !name.starts_with(OWN_VARIABLES) {
            return Err((
                format!("The variable {shown} is not given to the forms of a workspace."),
                "Use one whose name begins with VAPORA_; others may hold what is no form's business.",
            ));
        }
        let Some(value) = lookup(name) else {
            return Ok(None);
        };
        replaced.push_str(&value);
        rest = after;
    }
    replaced.push_str(rest);
    Ok(Some(replaced))
}

/// Reads the texts of `constraints.toml`; the problem when it is no TOML.
pub(super) fn read<'c>(file: &'c Path, text: &'c str) -> (Constraints<'c>, Option<Problem>) {
    let (_, table, problem) = Document::parse(file, text);
    let broken = problem.is_some();
    let table = (!broken).then_some(table);
    (Constraints { table, broken }, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Option<String> {
        let value = match name {
            "VAPORA_HOST" => "eu-1",
            "HOME" => "/home/ops",
            "VAPORA_LOOP" => "{{ env.VAPORA_LOOP }}",
            _ => return None,
        };
        Some(value.to_owned())
    }

    #[test]
    fn variables_are_put_in_once_and_only_where_they_may() {
        for (text, shipped, expected) in [
            ("plain", false, Ok(Some("plain"))),
            ("{{ env.VAPORA_HOST }}", false, Ok(Some("eu-1"))),
            (
                "a{{env.VAPORA_HOST}}b{{ env.VAPORA_HOST }}",
                false,
                Ok(Some("aeu-1beu-1")),
            ),
            (
                "{{ env.VAPORA_LOOP }}",
                false,
                Ok(Some("{{ env.VAPORA_LOOP }}")),
            ),
            ("{{ other }} {{", false, Ok(Some("{{ other }} {{"))),
            ("{{ env.VAPORA_UNSET }}", false, Ok(None)),
            ("{{ env.HOME }}", true, Ok(Some("/home/ops"))),
            (
                "{{ env.HOME }}",
                false,
                Err("The variable HOME is not given to the forms of a workspace."),
            ),
            ("{{ env. }}", true, Err("{{ env. }} names no variable.")),
            (
                "{{ env.A B }}",
                true,
                Err("{{ env.A B }} names no variable."),
            ),
        ] {
            let found = environment(text, shipped, lookup);
            let found = found
                .as_ref()
                .map(Option::as_deref)
                .map_err(|(m, _)| m.as_str());
            assert_eq!(found, expected, "{text}");
        }
    }
}
