//! The choices of a select or multiselect, in every spelling: texts, `{ value, label }`, repeated `[[elements.options]]`.
//! Leaves to others: which of them are offered (`model`), whether the schema has them (`check`).

use std::collections::HashSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::clean;
use crate::form::document::{self, Document, MOST_PROBLEMS};
use crate::form::keys::Shape;
use crate::form::model::{Choice, InputKind};
use crate::problem::{Problem, Severity};

const KEYS: &[(&str, Shape)] = &[("value", Shape::Text), ("label", Shape::Text)];

/// The choices of an input that begins at byte `at`.
pub(super) fn read(
    document: &Document<'_>,
    keys: &DeTable<'_>,
    kind: InputKind,
    at: usize,
    problems: &mut Vec<Problem>,
) -> Vec<Choice> {
    let chooses = matches!(kind, InputKind::Select | InputKind::MultiSelect);
    // Without choices of its own it takes those of the input that filters them.
    let borrows = keys.contains_key("options_from");
    let none = |at: usize| {
        let (message, other) = match kind {
            InputKind::MultiSelect => ("A multiselect has no options.", "text_array"),
            _ => ("A select has no options.", "text"),
        };
        let hint = format!("Add options = [\"daily\", \"weekly\"], or use type = \"{other}\".");
        document.problem(at, message).hint(hint)
    };
    let Some(value) = keys.get("options") else {
        if chooses && !borrows {
            problems.push(none(at));
        }
        return Vec::new();
    };
    let Some(items) = value.get_ref().as_array() else {
        return Vec::new();
    };
    if !chooses {
        if !items.is_empty() {
            let mut problem = document.problem(
                value.span().start,
                "options mean nothing to an input that is no select.",
            );
            problem.severity = Severity::Warning;
            problems.push(problem.hint("Use type = \"select\", or take them out."));
        }
        return Vec::new();
    }
    let mut choices = Vec::new();
    let mut seen = HashSet::new();
    for item in items {
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
        let Some(choice) = choice(document, item, problems) else {
            continue;
        };
        if seen.insert(choice.value.clone()) {
            choices.push(choice);
        } else {
            let message = format!("The option \"{}\" stands twice.", choice.value);
            let problem = document.problem(item.span().start, message);
            problems.push(problem.hint("Take one of them out."));
        }
    }
    if items.is_empty() && !borrows {
        problems.push(none(value.span().start));
    }
    choices
}

fn choice(
    document: &Document<'_>,
    item: &Spanned<DeValue<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<Choice> {
    let (value, label) = match item.get_ref() {
        DeValue::String(text) => (text.as_ref(), None),
        DeValue::Table(table) => {
            document.check_keys(table, "an option", KEYS, problems);
            let Some(value) = table.get("value") else {
                let problem = document.problem(item.span().start, "An option has no value.");
                problems.push(problem.hint("Write { value = \"daily\", label = \"Daily\" }."));
                return None;
            };
            (value.get_ref().as_str()?, document::line(table, "label"))
        }
        _ => return None,
    };
    if !clean::is_clean(value) {
        let message = format!(
            "The option \"{}\" holds signs that cannot be shown.",
            clean::line(value)
        );
        let problem = document.problem(item.span().start, message);
        problems.push(problem.hint("Write it in printable text."));
        return None;
    }
    Some(Choice {
        label: label.unwrap_or_else(|| value.to_owned()),
        value: value.to_owned(),
    })
}
