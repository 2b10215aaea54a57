//! The schema as data: version, renamed paths, and per leaf path, doc, default and its record of `ranges.ncl`.

use std::collections::BTreeMap;

use nickel_lang_core::eval::value::NickelValue;
use serde_json::Value as Json;

use super::engine::{self, Machine};
use super::protocol::{DescribedField, Description};
use super::walk::Walk;

/// Describes the schema whose entry evaluated to `entry`.
pub fn describe(machine: &mut Machine, entry: &NickelValue) -> Description {
    let mut part = |name| engine::export(machine, engine::access(entry.clone(), name));
    let version = part("version")
        .as_ref()
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned();
    let renamed: BTreeMap<String, String> = part("renamed")
        .and_then(|json| serde_json::from_value(json).ok())
        .unwrap_or_default();
    let mut ranges = match part("ranges") {
        Some(Json::Object(ranges)) => ranges,
        _ => serde_json::Map::new(),
    };
    let mut walk = Walk {
        describes: true,
        ..Walk::default()
    };
    let empty = engine::overlay(&[]);
    let config = engine::access(entry.clone(), "Config");
    walk.whole(machine, engine::apply_contract(empty, config));
    let fields = walk
        .leaves
        .into_iter()
        .map(|leaf| DescribedField {
            range: ranges.swap_remove(&leaf.path),
            path: leaf.path,
            doc: leaf.doc.unwrap_or_default(),
            default: leaf.value,
        })
        .collect();
    Description {
        version,
        renamed,
        fields,
    }
}
