//! The configuration as a new JSON file.

use serde_json::{Map, Value as Json};

use super::value;
use crate::config::Config;
use crate::value::Value;

pub(super) fn render(config: &Config) -> String {
    pretty(&Json::Object(tree(config)), "  ") + "\n"
}

/// The values of all fields, nested by path, in schema order.
pub(super) fn tree(config: &Config) -> Map<String, Json> {
    let mut root = Map::new();
    for (field, leaf) in config.iter() {
        if let Some(value) = leaf
            .value
            .as_ref()
            .filter(|value| value::is_writable(value))
        {
            let segments: Vec<&str> = field.path.segments().collect();
            put(&mut root, &segments, value);
        }
    }
    root
}

/// Puts a value into nested objects. A schema has no field inside a field, so nothing is ever in the way.
pub(super) fn put(object: &mut Map<String, Json>, segments: &[&str], value: &Value) {
    match segments {
        [] => {}
        [name] => {
            object.insert((*name).to_owned(), value::json(value));
        }
        [name, rest @ ..] => {
            let inner = object
                .entry(*name)
                .or_insert_with(|| Json::Object(Map::new()));
            if let Json::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// Over several lines, each level indented by `indent`.
pub(super) fn pretty(value: &Json, indent: &str) -> String {
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
    let mut writer = serde_json::Serializer::with_formatter(&mut out, formatter);
    // Writing a JSON value into memory does not fail.
    let _ = serde::Serialize::serialize(value, &mut writer);
    String::from_utf8(out).unwrap_or_default()
}
