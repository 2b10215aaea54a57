//! One form file as TOML that knows its lines, and the checks that hold for every table in it: known keys, right types.
//! Leaves to others: what an element means (`element`).

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::clean;
use crate::form::keys::{self, Shape};
use crate::form::replace;
use crate::problem::{self, FilePlace, Problem};
use crate::recovered;

/// So many problems of one file are told; whoever has more has another problem.
pub(super) const MOST_PROBLEMS: usize = 100;

/// Where a file's text came from, for problems about it.
#[derive(Debug)]
pub(super) struct Document<'t> {
    /// The file as problems name it.
    pub file: &'t Path,
    line_ends: Vec<usize>,
}

impl<'t> Document<'t> {
    /// The tables of a text, and one problem at the first place that is no TOML: then the tables are what
    /// could be made out around it.
    pub fn parse(file: &'t Path, text: &'t str) -> (Self, DeTable<'t>, Option<Problem>) {
        let line_ends = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(i, _)| i)
            .collect();
        let document = Self { file, line_ends };
        let (table, errors) = recovered::parse(text);
        let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
        let problem = errors.iter().min_by_key(|error| start(error)).map(|error| {
            let at = start(error);
            let message = match clean::line(error.message()) {
                deep if deep.contains("recurs") => "It nests more than 80 deep here.".to_owned(),
                other => format!("It is not TOML: {other}."),
            };
            document
                .problem(at, message)
                .hint("Mend this line; what it belongs to is left out until then.")
        });
        (document, table, problem)
    }

    pub fn line(&self, offset: usize) -> usize {
        self.line_ends.partition_point(|end| *end < offset) + 1
    }

    pub fn place(&self, offset: usize) -> FilePlace {
        FilePlace::new(self.file, Some(self.line(offset)))
    }

    pub fn problem(&self, offset: usize, message: impl Into<String>) -> Problem {
        Problem::error(message).in_file(self.file, Some(self.line(offset)))
    }

    /// Says of every key whether it is known here and holds what it should.
    pub fn check_keys(
        &self,
        table: &DeTable<'_>,
        noun: &str,
        known: &[(&str, Shape)],
        problems: &mut Vec<Problem>,
    ) {
        for (key, value) in table {
            if problems.len() >= MOST_PROBLEMS {
                return;
            }
            let (at, name) = (key.span().start, key.get_ref().as_ref());
            let problem = if let Some((_, shape)) = known.iter().find(|(known, _)| *known == name) {
                self.check_value(name, *shape, value)
            } else if let Some((what, instead)) = keys::misplaced(name) {
                Some(self.problem(at, format!("{name} {what}.")).hint(instead))
            } else {
                Some(self.unknown_key(at, name, noun, known))
            };
            problems.extend(problem);
        }
    }

    fn unknown_key(&self, at: usize, name: &str, noun: &str, known: &[(&str, Shape)]) -> Problem {
        let names = || known.iter().map(|(name, _)| *name);
        let hint = match problem::nearest(name, names()) {
            Some(near) => format!("Did you mean {near}?"),
            None => format!("Use one of {}.", names().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("{} is not a key of {noun}.", clean::line(name));
        self.problem(at, message).hint(hint)
    }

    fn check_value(
        &self,
        name: &str,
        shape: Shape,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Problem> {
        if let Some(problem) = self.environment_elsewhere(name, value) {
            return Some(problem);
        }
        let wrong = first_misfit(shape, value)?;
        if wrong
            .get_ref()
            .as_str()
            .is_some_and(replace::holds_constraint)
        {
            return None;
        }
        let message = format!("{name} holds {}.", found(wrong.get_ref()));
        let hint = format!("Give {}.", shape.wanted(name));
        Some(self.problem(wrong.span().start, message).hint(hint))
    }

    fn environment_elsewhere(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Problem> {
        match value.get_ref() {
            DeValue::String(text) if name != "default" && replace::holds_environment(text) => {
                let message = format!("{{{{ env.… }}}} is read only in default, not in {name}.");
                let hint = "Write the text itself.";
                Some(self.problem(value.span().start, message).hint(hint))
            }
            DeValue::Array(items) => items
                .iter()
                .find_map(|item| self.environment_elsewhere(name, item)),
            _ => None,
        }
    }
}

/// The value, or the item in it, that does not have the shape.
fn first_misfit<'v, 'd>(
    shape: Shape,
    value: &'v Spanned<DeValue<'d>>,
) -> Option<&'v Spanned<DeValue<'d>>> {
    let fits = match (shape, value.get_ref()) {
        (Shape::Texts, DeValue::Array(items)) => {
            return items.iter().find(|i| !i.get_ref().is_str());
        }
        (Shape::Options, DeValue::Array(items)) => {
            let fits = |item: &DeValue<'_>| item.is_str() || item.is_table();
            return items.iter().find(|i| !fits(i.get_ref()));
        }
        (Shape::Elements, DeValue::Array(items)) => {
            return items.iter().find(|i| !i.get_ref().is_table());
        }
        (Shape::Text | Shape::Scalar | Shape::Date, DeValue::String(_))
        | (Shape::Flag | Shape::Scalar, DeValue::Boolean(_))
        | (Shape::Whole | Shape::Number | Shape::Scalar, DeValue::Integer(_))
        | (Shape::Number | Shape::Scalar, DeValue::Float(_))
        | (Shape::Scalar | Shape::Date, DeValue::Datetime(_))
        | (Shape::Table, DeValue::Table(_))
        | (Shape::Any, _) => true,
        _ => false,
    };
    (!fits).then_some(value)
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A text value on one line, made safe to show; `None` when it is no text or blank.
pub(super) fn line(table: &DeTable<'_>, key: &str) -> Option<String> {
    let text = table.get(key)?.get_ref().as_str()?.trim();
    (!text.is_empty()).then(|| clean::line(text))
}

/// As [`line`], where line feeds are kept.
pub(super) fn lines(table: &DeTable<'_>, key: &str) -> Option<String> {
    let text = table.get(key)?.get_ref().as_str()?.trim();
    (!text.is_empty()).then(|| clean::lines(&text.replace("\r\n", "\n")))
}

/// A number, of either kind.
pub(super) fn number(table: &DeTable<'_>, key: &str) -> Option<f64> {
    match table.get(key)?.get_ref() {
        DeValue::Integer(n) => {
            let n = i64::from_str_radix(n.as_str(), n.radix()).ok()?;
            n.to_string().parse().ok()
        }
        DeValue::Float(n) => n.as_str().parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

pub(super) fn flag(table: &DeTable<'_>, key: &str) -> Option<bool> {
    table.get(key)?.get_ref().as_bool()
}

/// Where a key's value begins; `None` when the key is absent.
pub(super) fn span(table: &DeTable<'_>, key: &str) -> Option<Range<usize>> {
    table.get(key).map(Spanned::span)
}

/// The texts of a list, each with its offset; what is no text is left out.
pub(super) fn texts<'v>(
    table: &'v DeTable<'_>,
    key: &str,
) -> impl Iterator<Item = (usize, &'v str)> {
    table
        .get(key)
        .and_then(|value| value.get_ref().as_array())
        .into_iter()
        .flat_map(|items| items.iter())
        .filter_map(|item| Some((item.span().start, item.get_ref().as_str()?)))
}
