//! One `[[elements]]` table becomes an input, a header, a note or a group still to be included.
//! Leaves to others: names used twice, conditions and includes, which need the whole form (`load`).

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::clean;
use crate::form::document::{self, Document};
use crate::form::keys::{Shape, TYPES, Type};
use crate::form::model::{Bounds, Choice, Input, InputKind, WhenFalse};
use crate::form::unit::Unit;
use crate::problem::{self, FilePlace, Problem};
use crate::schema::FieldPath;

/// One element as its table says it.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name, known even when the rest of it is refused.
    pub name: Option<String>,
    pub order: Option<i64>,
    /// The text of `when`, with its own place.
    pub when: Option<(String, FilePlace)>,
    pub body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    Header(String),
    Note(String),
    Input(Box<Input>),
    Group(Group),
    /// A problem says why.
    Refused,
}

#[derive(Debug)]
pub(super) struct Group {
    pub title: Option<String>,
    pub includes: Vec<(String, FilePlace)>,
}

/// Reads one element; what is wrong with it goes to `problems`.
pub(super) fn read(
    document: &Document<'_>,
    table: &Spanned<DeValue<'_>>,
    problems: &mut Vec<Problem>,
) -> Option<Element> {
    let DeValue::Table(keys) = table.get_ref() else {
        return None;
    };
    let reader = Reader {
        document,
        keys,
        at: table.span(),
    };
    let order = keys.get("order").and_then(|value| match value.get_ref() {
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
        _ => None,
    });
    let when = document::span(keys, "when").and_then(|span| {
        let text = keys.get("when")?.get_ref().as_str()?.to_owned();
        Some((text, document.place(span.start)))
    });
    Some(Element {
        name: document::line(keys, "name"),
        order,
        when,
        body: reader.body(problems),
    })
}

struct Reader<'r> {
    document: &'r Document<'r>,
    keys: &'r DeTable<'r>,
    at: Range<usize>,
}

impl Reader<'_> {
    fn body(&self, problems: &mut Vec<Problem>) -> Body {
        let Some(found) = self.type_of(problems) else {
            return Body::Refused;
        };
        self.document
            .check_keys(self.keys, found.noun(), found.keys(), problems);
        match found {
            Type::Header => self
                .required("title", "a section_header", problems)
                .map_or(Body::Refused, Body::Header),
            Type::Note => {
                self.required("content", "a section", problems);
                document::lines(self.keys, "content").map_or(Body::Refused, Body::Note)
            }
            Type::Group => Body::Group(self.group(problems)),
            Type::Input(kind) => self
                .input(kind, problems)
                .map_or(Body::Refused, |input| Body::Input(Box::new(input))),
            Type::Refused(_) => Body::Refused,
        }
    }

    /// The type, or one problem: keys of an element of no known type are not judged.
    fn type_of(&self, problems: &mut Vec<Problem>) -> Option<Type> {
        let document = self.document;
        for key in ["Field", "Item"] {
            if let Some(span) = document::span(self.keys, key) {
                let message = format!("[elements.{key}] is not read by this version.");
                let hint = "Use its keys directly in [[elements]].";
                problems.push(document.problem(span.start, message).hint(hint));
                return None;
            }
        }
        let word = self.required("type", "an element", problems);
        let Some(word) = word else {
            if let Some(value) = self.keys.get("type") {
                let message = "type holds no text.";
                let hint = "Give a text in quotes, for example type = \"text\".";
                if value.get_ref().as_str().is_none() {
                    problems.push(document.problem(value.span().start, message).hint(hint));
                }
            }
            return None;
        };
        let at = document::span(self.keys, "type").map_or(self.at.start, |span| span.start);
        match Type::of(&word) {
            Some(Type::Refused(instead)) => {
                let message = format!("type = \"{word}\" is not read by this version.");
                problems.push(document.problem(at, message).hint(instead));
                None
            }
            Some(found) => Some(found),
            None => {
                let read = || {
                    TYPES
                        .iter()
                        .filter(|(_, found)| !matches!(found, Type::Refused(_)))
                        .map(|(name, _)| *name)
                };
                let hint = match problem::nearest(&word, read()) {
                    Some(near) => format!("Did you mean {near}?"),
                    None => format!("Use one of {}.", read().collect::<Vec<_>>().join(", ")),
                };
                let message = format!("{word} is not a type.");
                problems.push(document.problem(at, message).hint(hint));
                None
            }
        }
    }

    /// A text that must be there; a wrong type is said elsewhere.
    fn required(&self, key: &str, noun: &str, problems: &mut Vec<Problem>) -> Option<String> {
        let found = document::line(self.keys, key);
        let blank = match self.keys.get(key) {
            None => Some(self.at.start),
            Some(value) => value
                .get_ref()
                .as_str()
                .is_some_and(|text| text.trim().is_empty())
                .then(|| value.span().start),
        };
        if let Some(at) = blank {
            let subject = match document::line(self.keys, "name") {
                Some(name) if key != "name" => format!("\"{name}\""),
                _ => format!("{}{}", noun[..1].to_uppercase(), &noun[1..]),
            };
            let problem = self
                .document
                .problem(at, format!("{subject} has no {key}."))
                .hint(format!("Add {key} = {}.", example(key)));
            problems.push(problem);
        }
        found
    }

    fn group(&self, problems: &mut Vec<Problem>) -> Group {
        let includes: Vec<_> = document::texts(self.keys, "includes")
            .map(|(at, include)| (include.to_owned(), self.document.place(at)))
            .collect();
        let absent = self
            .keys
            .get("includes")
            .is_none_or(|value| value.get_ref().as_array().is_some_and(|a| a.is_empty()));
        if absent {
            let problem = self
                .document
                .problem(self.at.start, "A group includes no file.")
                .hint("Add includes = [\"fragments/backend.toml\"].");
            problems.push(problem);
        }
        Group {
            title: document::line(self.keys, "title").or_else(|| document::line(self.keys, "name")),
            includes,
        }
    }

    /// An input; without a place in the configuration there is none.
    fn input(&self, kind: InputKind, problems: &mut Vec<Problem>) -> Option<Input> {
        let keys = self.keys;
        let name = self.required("name", "an input", problems);
        let prompt = self.required("prompt", "an input", problems);
        let path = self.path(problems)?;
        let name = name.unwrap_or_else(|| path.to_string());
        let sensitive = keys
            .get("sensitive")
            .is_some_and(|value| value.get_ref().as_bool() == Some(true));
        let choices = self.choices(kind, problems);
        let kind = match kind {
            InputKind::Text if sensitive => InputKind::Password,
            InputKind::Select if choices.is_empty() => InputKind::Text,
            other => other,
        };
        Some(Input {
            kind,
            prompt: prompt.unwrap_or_else(|| name.clone()),
            name,
            help: document::lines(keys, "help").unwrap_or_default(),
            placeholder: document::line(keys, "placeholder"),
            path,
            unit: self.unit(problems),
            takes_effect: document::line(keys, "takes_effect"),
            choices,
            options_from: None,
            searchable: false,
            bounds: Bounds::default(),
            default: None,
            required: None,
            sensitive,
            encryption: None,
            nickel_alias: None,
            when: None,
            when_false: WhenFalse::Leave,
            place: self.document.place(self.at.start),
        })
    }

    fn path(&self, problems: &mut Vec<Problem>) -> Option<FieldPath> {
        const HINT: &str = "Name the parts of the path one by one, for example \
                            nickel_path = [\"backend\", \"port\"].";
        let Some(value) = self.keys.get("nickel_path") else {
            let subject = document::line(self.keys, "name")
                .map_or("An input".to_owned(), |name| format!("\"{name}\""));
            let message = format!("{subject} has no nickel_path, so its value has no place.");
            problems.push(self.document.problem(self.at.start, message).hint(HINT));
            return None;
        };
        let items = value.get_ref().as_array()?;
        let parts: Vec<&str> = items.iter().filter_map(|i| i.get_ref().as_str()).collect();
        if parts.len() != items.len() {
            return None;
        }
        let wrong =
            |part: &&&str| part.is_empty() || part.contains(['.', ' ']) || !clean::is_clean(part);
        if let Some(part) = parts.iter().find(wrong) {
            let message = format!("nickel_path holds \"{}\".", clean::line(part));
            let at = value.span().start;
            problems.push(self.document.problem(at, message).hint(HINT));
            return None;
        }
        if parts.is_empty() {
            let problem = self
                .document
                .problem(value.span().start, "nickel_path is empty.");
            problems.push(problem.hint(HINT));
            return None;
        }
        Some(FieldPath::new(&parts.join(".")))
    }

    fn unit(&self, problems: &mut Vec<Problem>) -> Option<Unit> {
        let word = document::line(self.keys, "unit")?;
        let unit = Unit::from_word(&word);
        if unit.is_none() {
            let words = || Unit::ALL.into_iter().map(Unit::word);
            let hint = match problem::nearest(&word, words()) {
                Some(near) => format!("Did you mean {near}?"),
                None => format!("Use one of {}.", words().collect::<Vec<_>>().join(", ")),
            };
            let at = document::span(self.keys, "unit").map_or(self.at.start, |span| span.start);
            let message = format!("{word} is not a unit.");
            problems.push(self.document.problem(at, message).hint(hint));
        }
        unit
    }

    fn choices(&self, kind: InputKind, problems: &mut Vec<Problem>) -> Vec<Choice> {
        const HINT: &str = "Add options = [\"daily\", \"weekly\"], or use type = \"text\".";
        let document = self.document;
        let Some(value) = self.keys.get("options") else {
            if kind == InputKind::Select {
                let problem = document.problem(self.at.start, "A select has no options.");
                problems.push(problem.hint(HINT));
            }
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            return Vec::new();
        };
        if kind != InputKind::Select {
            if !items.is_empty() {
                let mut problem = document.problem(
                    value.span().start,
                    "options mean nothing to an input that is no select.",
                );
                problem.severity = problem::Severity::Warning;
                problems.push(problem.hint("Use type = \"select\", or take them out."));
            }
            return Vec::new();
        }
        let mut choices: Vec<Choice> = Vec::new();
        for item in items {
            let Some(choice) = self.choice(item, problems) else {
                continue;
            };
            if choices.iter().any(|other| other.value == choice.value) {
                let message = format!("The option \"{}\" stands twice.", choice.value);
                let problem = document.problem(item.span().start, message);
                problems.push(problem.hint("Take one of them out."));
            } else {
                choices.push(choice);
            }
        }
        if items.is_empty() {
            let problem = document.problem(value.span().start, "A select has no options.");
            problems.push(problem.hint(HINT));
        }
        choices
    }

    fn choice(&self, item: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) -> Option<Choice> {
        const KEYS: &[(&str, Shape)] = &[("value", Shape::Text), ("label", Shape::Text)];
        let (value, label) = match item.get_ref() {
            DeValue::String(text) => (text.as_ref(), None),
            DeValue::Table(table) => {
                self.document.check_keys(table, "an option", KEYS, problems);
                let Some(value) = table.get("value") else {
                    let problem = self
                        .document
                        .problem(item.span().start, "An option has no value.");
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
            let problem = self.document.problem(item.span().start, message);
            problems.push(problem.hint("Write it in printable text."));
            return None;
        }
        Some(Choice {
            label: label.unwrap_or_else(|| value.to_owned()),
            value: value.to_owned(),
        })
    }
}

/// A value that works, as it would stand in the file.
fn example(key: &str) -> &'static str {
    match key {
        "name" => "\"backend_port\"",
        "type" => "\"text\"",
        "prompt" => "\"Port\"",
        "title" => "\"Server\"",
        _ => "\"…\"",
    }
}
