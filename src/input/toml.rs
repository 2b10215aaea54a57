//! TOML text into entries, with what could be recovered around syntax errors.
//! Leaves to others: what the entries mean (`fit`), the sentences for syntax errors (`syntax`).

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::lines::Lines;
use super::tree::{Entry, Node, Shape};
use super::{MAX_DEPTH, syntax};
use crate::problem::Problem;
use crate::value::Value;

/// The entries of a TOML text; its syntax errors go to `problems`.
pub(super) fn entries(file: &Path, text: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let lines = Lines::new(text);
    let bad_lines = errors
        .iter()
        .filter_map(Error::span)
        .map(|span| lines.at(span.start))
        .collect();
    problems.extend(syntax::toml(file, text, &lines, &errors));
    Walk { lines, bad_lines }.table(table.get_ref(), 1)
}

struct Walk {
    lines: Lines,
    bad_lines: BTreeSet<usize>,
}

impl Walk {
    fn table(&self, table: &DeTable<'_>, depth: usize) -> Vec<Entry> {
        let mut entries: Vec<(usize, Entry)> = table
            .iter()
            .map(|(key, value)| {
                let line = self.lines.at(key.span().start);
                let mut node = self.node(value, depth);
                // What the parser makes up behind an error has no place of its own.
                if self.bad_lines.contains(&line) && matches!(node.shape, Shape::Scalar(_)) {
                    node.shape = Shape::Broken;
                }
                let entry = Entry {
                    name: key.get_ref().clone().into_owned(),
                    line,
                    node,
                };
                (key.span().start, entry)
            })
            .collect();
        // The parser sorts by name; problems are told in the order of the file.
        entries.sort_by_key(|(start, _)| *start);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn node(&self, value: &Spanned<DeValue<'_>>, depth: usize) -> Node {
        let span = value.span();
        let line = self.lines.at(span.start);
        let shape = match value.get_ref() {
            _ if depth > MAX_DEPTH => Shape::TooDeep,
            DeValue::Table(table) if table.is_empty() && self.bad_lines.contains(&line) => {
                Shape::Broken
            }
            DeValue::Table(table) => Shape::Section(self.table(table, depth + 1)),
            // An unclosed text or list may have swallowed what follows it.
            _ if self.touches_error(&span) => Shape::Broken,
            DeValue::Array(items) => {
                Shape::List(items.iter().map(|i| self.node(i, depth + 1)).collect())
            }
            DeValue::String(text) => Shape::Scalar(Value::Text(text.clone().into_owned())),
            DeValue::Boolean(b) => Shape::Scalar(Value::Bool(*b)),
            DeValue::Datetime(date) => Shape::Scalar(Value::Text(date.to_string())),
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).map_or_else(
                |_| Shape::TooLarge(n.to_string()),
                |n| Shape::Scalar(Value::Integer(n)),
            ),
            DeValue::Float(n) => decimal(n.as_str()),
        };
        Node { line, shape }
    }

    fn touches_error(&self, span: &Range<usize>) -> bool {
        let last = self.lines.at(span.end.saturating_sub(1).max(span.start));
        self.bad_lines
            .range(self.lines.at(span.start)..=last)
            .next()
            .is_some()
    }
}

/// A float as written; `1e400` is no infinity but a number too large.
pub(super) fn decimal(written: &str) -> Shape {
    match written.parse::<f64>() {
        Ok(n) if n.is_finite() => Shape::Scalar(Value::Decimal(n)),
        Ok(_) if written.contains(|c: char| c.is_ascii_digit()) => {
            Shape::TooLarge(written.to_owned())
        }
        _ => Shape::NotFinite(written.to_owned()),
    }
}
