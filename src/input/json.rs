//! Strict JSON text into entries; of a broken text what stands before the error.
//! serde_json judges the syntax, jsonc-parser gives the lines.

use std::path::Path;

use jsonc_parser::ast::{self, ObjectProp};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;

use super::lines::Lines;
use super::tree::{Entry, Node, Shape};
use super::{MAX_DEPTH, fit, syntax, toml};
use crate::problem::Problem;
use crate::value::Value;

/// The entries of a JSON text; its syntax error goes to `problems`. Blank text has none of either.
pub(super) fn entries(file: &Path, text: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let stop = match first_error(file, text, &Lines::new(text), problems) {
        Some(stop) => stop,
        None => match root(file, text, problems) {
            Ok(entries) => return entries,
            Err(stop) => stop,
        },
    };
    root(file, &mended(text, stop), &mut Vec::new()).unwrap_or_default()
}

/// Where reading must stop, when it must.
fn first_error(
    file: &Path,
    text: &str,
    lines: &Lines,
    problems: &mut Vec<Problem>,
) -> Option<usize> {
    if let Some(byte) = Brackets::scan(text, text.len()).too_deep {
        let (message, hint) = fit::too_deep();
        let problem = Problem::error(message).hint(hint);
        problems.push(problem.in_file(file, Some(lines.at(byte))));
        return Some(byte);
    }
    // IgnoredAny looks at the syntax alone, so that a number out of range does not hide the rest.
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    problems.push(syntax::json(file, error.line().max(1), &error.to_string()));
    Some(lines.start(error.line()) + error.column().saturating_sub(1))
}

/// The members of the outermost object, or where reading must stop.
fn root(file: &Path, text: &str, problems: &mut Vec<Problem>) -> Result<Vec<Entry>, usize> {
    let lines = Lines::new(text);
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = match parse_to_ast(text, &CollectOptions::default(), &strict) {
        Ok(parsed) => parsed,
        Err(error) => {
            let line = error.line_display();
            problems.push(syntax::json(file, line, &error.kind().to_string()));
            return Err(error.range().start);
        }
    };
    match parsed.value {
        Some(ast::Value::Object(object)) => Ok(object_entries(&object.properties, &lines)),
        None => Ok(Vec::new()),
        Some(other) => {
            problems.push(
                Problem::error("The file does not hold an object.")
                    .hint("A configuration is written as { \"section\": { \"name\": value } }.")
                    .in_file(file, Some(lines.at(other.start()))),
            );
            Ok(Vec::new())
        }
    }
}

fn object_entries(properties: &[ObjectProp<'_>], lines: &Lines) -> Vec<Entry> {
    properties
        .iter()
        .map(|property| Entry {
            name: property.name.as_str().to_owned(),
            line: lines.at(property.range.start),
            node: node(&property.value, lines),
        })
        .collect()
}

fn node(value: &ast::Value<'_>, lines: &Lines) -> Node {
    let shape = match value {
        ast::Value::Object(object) => Shape::Section(object_entries(&object.properties, lines)),
        ast::Value::Array(array) => {
            Shape::List(array.elements.iter().map(|v| node(v, lines)).collect())
        }
        ast::Value::StringLit(text) => Shape::Scalar(Value::Text(text.value.clone().into_owned())),
        ast::Value::BooleanLit(b) => Shape::Scalar(Value::Bool(b.value)),
        ast::Value::NullKeyword(_) => Shape::Null,
        ast::Value::NumberLit(number) => number_shape(number.value),
    };
    Node {
        line: lines.at(value.start()),
        shape,
    }
}

fn number_shape(written: &str) -> Shape {
    if written.contains(['.', 'e', 'E']) {
        return toml::decimal(written);
    }
    written.parse().map_or_else(
        |_| Shape::TooLarge(written.to_owned()),
        |n| Shape::Scalar(Value::Integer(n)),
    )
}

/// The text up to the last whole member before `stop`, with its open brackets closed.
fn mended(text: &str, stop: usize) -> String {
    let brackets = Brackets::scan(text, stop);
    let mut mended = text[..brackets.whole].to_owned();
    mended.extend(brackets.open_then.iter().rev());
    mended
}

/// A look at brackets and strings only, without recursion.
#[derive(Default)]
struct Brackets {
    /// Where the text can be cut so that only brackets must be closed, and those open there.
    whole: usize,
    open_then: Vec<char>,
    too_deep: Option<usize>,
}

impl Brackets {
    fn scan(text: &str, stop: usize) -> Self {
        let mut found = Self::default();
        let mut open = Vec::new();
        let (mut in_text, mut escaped) = (false, false);
        for (at, byte) in text.bytes().enumerate().take(stop) {
            if in_text {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' => escaped = true,
                    b'"' => in_text = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => in_text = true,
                b'{' | b'[' => {
                    open.push(if byte == b'{' { '}' } else { ']' });
                    if open.len() > MAX_DEPTH {
                        found.too_deep = Some(at);
                        return found;
                    }
                    found.cut(at + 1, &open);
                }
                b'}' | b']' => {
                    open.pop();
                    found.cut(at + 1, &open);
                }
                b',' => found.cut(at, &open),
                _ => {}
            }
        }
        found
    }

    fn cut(&mut self, at: usize, open: &[char]) {
        // Half a list is no value.
        if !open.contains(&']') {
            self.whole = at;
            open.clone_into(&mut self.open_then);
        }
    }
}
