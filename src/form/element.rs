//! One `[[elements]]` table becomes an input, a header, a note or a group still to be included.
//! Leaves to others: names used twice, conditions and includes, which need the whole form (`load`).

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::form::condition::Condition;
use crate::form::document::{self, Document, MOST_PROBLEMS};
use crate::form::input::Asked;
use crate::form::keys::{self, TYPES, Type};
use crate::form::surroundings::Surroundings;
use crate::problem::{self, FilePlace, Problem, Severity};

/// A text with the place where it stands.
pub(super) type WithPlace = (String, FilePlace);

/// One element as its table says it.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name, known even when the rest of it is refused.
    pub name: Option<String>,
    pub order: Option<i64>,
    /// The text of `when`.
    pub when: Option<WithPlace>,
    pub body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    Header(String),
    Note(String),
    Input(Asked),
    Group(Group),
    /// A problem says why.
    Refused,
}

#[derive(Debug)]
pub(super) struct Group {
    pub title: Option<String>,
    pub includes: Vec<WithPlace>,
}

/// One element's table with what is around it.
pub(super) struct Reader<'r> {
    pub document: &'r Document<'r>,
    pub keys: &'r DeTable<'r>,
    pub at: Range<usize>,
    /// Does the file come with the program?
    pub shipped: bool,
    pub surroundings: &'r Surroundings,
}

/// Reads one element; what is wrong with it goes to `problems`, what TypeDialog would not read to `beyond`.
pub(super) fn read<'r>(
    document: &'r Document<'r>,
    table: &'r Spanned<DeValue<'r>>,
    shipped: bool,
    surroundings: &'r Surroundings,
    problems: &mut Vec<Problem>,
    beyond: &mut Vec<Problem>,
) -> Option<Element> {
    let keys = table.get_ref().as_table()?;
    let reader = Reader {
        document,
        keys,
        at: table.span(),
        shipped,
        surroundings,
    };
    let order = keys.get("order").and_then(|value| match value.get_ref() {
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
        _ => None,
    });
    if surroundings.typedialog {
        reader.beyond_typedialog(beyond);
    }
    Some(Element {
        name: document::line(keys, "name"),
        order,
        when: reader.with_place("when"),
        body: reader.body(problems),
    })
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
                .map_or(Body::Refused, Body::Input),
            Type::Refused(_) => Body::Refused,
        }
    }

    /// The type, or one problem: keys of an element of no known type are not judged.
    fn type_of(&self, problems: &mut Vec<Problem>) -> Option<Type> {
        let document = self.document;
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

    /// A text of any length, as it stands.
    pub fn with_place(&self, key: &str) -> Option<WithPlace> {
        let value = self.keys.get(key)?;
        let text = value.get_ref().as_str()?.to_owned();
        Some((text, self.document.place(value.span().start)))
    }

    /// What TypeDialog itself would not read.
    fn beyond_typedialog(&self, beyond: &mut Vec<Problem>) {
        let mut say = |at: usize, message: String, hint: &str| {
            if beyond.len() < MOST_PROBLEMS {
                let mut problem = self.document.problem(at, message).hint(hint);
                problem.severity = Severity::Warning;
                beyond.push(problem);
            }
        };
        for (key, _) in self.keys {
            if let Some(without) = keys::ours(key.get_ref()) {
                let message = format!("TypeDialog does not read {}.", key.get_ref());
                say(key.span().start, message, without);
            }
        }
        if let Some((at, word, instead)) = self.keys.get("type").and_then(|value| {
            let word = value.get_ref().as_str()?;
            Some((value.span().start, word, keys::sister(word)?))
        }) {
            let message = format!("TypeDialog names no type \"{word}\".");
            let hint = format!("For TypeDialog it is type = \"{instead}\".");
            say(at, message, &hint);
        }
        if let Some(value) = self.keys.get("when")
            && let Some(text) = value.get_ref().as_str()
            && !Condition::is_typedialogs(text)
        {
            let message = "TypeDialog reads a single comparison, without and, or, not or \
                           parentheses."
                .to_owned();
            let hint =
                "For TypeDialog, put one comparison here and the other on a group around it.";
            say(value.span().start, message, hint);
        }
    }

    /// A text that must be there; a wrong type is said elsewhere.
    pub fn required(&self, key: &str, noun: &str, problems: &mut Vec<Problem>) -> Option<String> {
        let found = document::line(self.keys, key);
        if problems.len() >= MOST_PROBLEMS {
            return found;
        }
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
