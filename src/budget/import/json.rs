//! JSON into rows: a list of objects, or an object that holds such a list.
//! serde_json judges the syntax, jsonc-parser gives the lines.

use jsonc_parser::ast::{self, ObjectProp};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::found::Found;
use super::table::{Row, Shape, shown};
use super::text::Lines;
use crate::clean;

pub(super) fn rows(text: &str, shape: &Shape, found: &mut Found<'_>) -> Vec<Row> {
    // It also ends what is nested too deep for the other.
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        found.error(
            error.line().max(1),
            format!("The file is not valid JSON: {}.", clean::line(said)),
            &hint(shape),
        );
        return Vec::new();
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let mut lines = Lines::of(text);
    let list = match parsed.ok().and_then(|parsed| parsed.value) {
        Some(ast::Value::Array(list)) => list,
        Some(ast::Value::Object(object)) => {
            let mut list = None;
            for property in object.properties {
                let name = property.name.as_str();
                match property.value {
                    ast::Value::Array(rows) if name == shape.list && list.is_none() => {
                        list = Some(rows);
                    }
                    other => found.warning(
                        lines.at(other.start()),
                        format!("{} is not read.", shown(name)),
                        &format!("Only the list {} is.", shape.list),
                    ),
                }
            }
            let Some(list) = list else {
                let message = format!("The object has no list {}.", shape.list);
                found.error(1, message, &hint(shape));
                return Vec::new();
            };
            // What stands behind the list has been looked at already.
            lines = Lines::of(text);
            list
        }
        _ => {
            found.error(1, "The file holds no list.".to_owned(), &hint(shape));
            return Vec::new();
        }
    };
    list.elements
        .iter()
        .filter_map(|element| match element {
            ast::Value::Object(object) => {
                let line = lines.at(object.start());
                row(line, &object.properties, shape, &mut lines, found)
            }
            other => {
                let line = lines.at(other.start());
                found.error(line, "This is no object.".to_owned(), &hint(shape));
                None
            }
        })
        .collect()
}

fn hint(shape: &Shape) -> String {
    let names: Vec<&str> = shape
        .columns
        .iter()
        .filter(|column| column.required)
        .map(|column| column.name)
        .collect();
    format!(
        "Write {{ \"{}\": [ … ] }}, each an object with {}.",
        shape.list,
        names.join(", ")
    )
}

/// `None` when the object itself is wrong: what its cells mean is judged once it is right.
fn row(
    line: usize,
    properties: &[ObjectProp<'_>],
    shape: &Shape,
    lines: &mut Lines<'_>,
    found: &mut Found<'_>,
) -> Option<Row> {
    let mut whole = true;
    let mut cells = vec![None; shape.columns.len()];
    let mut seen = vec![false; shape.columns.len()];
    for property in properties {
        let name = property.name.as_str();
        let line = lines.at(property.range.start);
        let Some(column) = shape.place(name) else {
            shape.unknown(line, name, found);
            continue;
        };
        if std::mem::replace(&mut seen[column], true) {
            let message = format!("{} is given twice.", shown(name));
            found.error(line, message, "Remove one of them.");
            whole = false;
            continue;
        }
        cells[column] = match &property.value {
            ast::Value::StringLit(text) => {
                Some(text.value.trim().to_owned()).filter(|text| !text.is_empty())
            }
            ast::Value::NumberLit(number) => Some(number.value.to_owned()),
            ast::Value::BooleanLit(truth) => Some(truth.value.to_string()),
            ast::Value::NullKeyword(_) => None,
            ast::Value::Object(_) | ast::Value::Array(_) => {
                let message = format!("{} is no single value.", shown(name));
                found.error(line, message, "Give a number or a text.");
                whole = false;
                None
            }
        };
    }
    whole.then_some(Row { line, cells })
}
