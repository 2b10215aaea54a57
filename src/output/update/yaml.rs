//! An existing YAML file written anew, with what it says beyond the schema at the end of each section.

use serde_json::{Map, Number, Value as Json};

use super::{Wanted, in_the_way};
use crate::input::tree::{Entry, Node, Shape};
use crate::input::yaml_entries;
use crate::output::{json, value, yaml};
use crate::problem::Problem;
use crate::schema::Schema;

pub(super) fn changed(
    text: &str,
    wanted: &Wanted<'_>,
    profile: Option<&str>,
) -> Result<String, Problem> {
    let says_it_all = wanted.fields().all(|(field, value)| match value {
        Some(value) => wanted.is_said(field, value),
        None => !wanted.opened.lines.contains_key(&field.path),
    });
    if says_it_all {
        return Ok(text.to_owned());
    }
    let schema = wanted.config.schema();
    let mut tree = json::tree(wanted.config);
    keep("", yaml_entries(text), schema, &mut tree)?;
    yaml::text(tree, wanted.config, profile)
}

/// Adds what the schema does not know to the section at `path`.
fn keep(
    path: &str,
    entries: Vec<Entry>,
    schema: &Schema,
    section: &mut Map<String, Json>,
) -> Result<(), Problem> {
    for Entry { name, line, node } in entries {
        let inner = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        // A name with a dot in it leads nowhere in the schema.
        let dotted = name.contains('.');
        if !dotted && schema.get(&inner).is_some() {
            if matches!(node.shape, Shape::Section(_)) {
                return Err(in_the_way(&inner, true));
            }
        } else if !dotted && leads_to_settings(&inner, schema) {
            match node.shape {
                Shape::Null => {}
                Shape::Section(entries) => {
                    let fields = section
                        .entry(name.as_str())
                        .or_insert_with(|| Json::Object(Map::new()));
                    if let Json::Object(fields) = fields {
                        keep(&inner, entries, schema, fields)?;
                        if fields.is_empty() {
                            section.shift_remove(&name);
                        }
                    }
                }
                _ => return Err(in_the_way(&inner, false)),
            }
        } else if !schema.renamed.iter().any(|(old, _)| *old == inner) {
            let value = as_json(node).ok_or_else(|| {
                Problem::error(format!(
                    "The file cannot be changed: line {line} holds what cannot be kept exactly."
                ))
                .hint("Remove it, or write to another file.")
            })?;
            section.insert(name, value);
        }
    }
    Ok(())
}

/// Is it a section, or part of the way to a setting's old name?
fn leads_to_settings(path: &str, schema: &Schema) -> bool {
    let mut fields = schema.fields().iter();
    fields.any(|field| field.path.is_within(path))
        || schema.renamed.iter().any(|(old, _)| {
            old != path && old.strip_prefix(path).is_some_and(|r| r.starts_with('.'))
        })
}

/// `None` for what JSON cannot hold.
fn as_json(node: Node) -> Option<Json> {
    Some(match node.shape {
        Shape::Scalar(crate::value::Value::Decimal(n)) => Json::Number(Number::from_f64(n)?),
        Shape::Scalar(scalar) => value::json(&scalar),
        Shape::Null => Json::Null,
        Shape::List(items) => Json::Array(items.into_iter().map(as_json).collect::<Option<_>>()?),
        Shape::Section(entries) => Json::Object(
            entries
                .into_iter()
                .map(|entry| Some((entry.name, as_json(entry.node)?)))
                .collect::<Option<_>>()?,
        ),
        Shape::NotFinite(_) | Shape::TooLarge(_) | Shape::TooDeep | Shape::Broken => return None,
    })
}
