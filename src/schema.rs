//! The table of fields: path, kind, limits, unit, doc and default of each, as the Nickel child describes them.
//! Leaves to others: judging values (`nickel`), prompts and help (`form`).

#[cfg(test)]
mod example;

use std::collections::HashMap;

pub use crate::path::FieldPath;
use crate::problem;
use crate::value::{Kind, Value};

/// What a field's values may be, as `values/ranges.ncl` states it. Numbers in the schema's own unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Range {
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// The unit the file holds: `cents`, `s`, `h`, `d`, `percent`.
    pub unit: Option<String>,
    /// The only texts allowed, when they are enumerated.
    pub choices: Vec<String>,
    /// The URL schemes understood, when the field is an address.
    pub schemes: Vec<String>,
    /// One value that works.
    pub example: Option<Value>,
}

/// One setting of the configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub path: FieldPath,
    pub kind: Kind,
    /// One sentence that says what it is.
    pub doc: String,
    /// The schema's default; absent when the field must be given.
    pub default: Option<Value>,
    pub range: Range,
}

/// All fields in schema order.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub version: String,
    fields: Vec<Field>,
    index: HashMap<FieldPath, usize>,
    /// Old path to new path, for files and presets of an earlier schema.
    pub renamed: Vec<(String, FieldPath)>,
}

impl Schema {
    #[must_use]
    pub fn new(version: String, fields: Vec<Field>, renamed: Vec<(String, FieldPath)>) -> Self {
        let index = fields
            .iter()
            .enumerate()
            .map(|(i, field)| (field.path.clone(), i))
            .collect();
        Self {
            version,
            fields,
            index,
            renamed,
        }
    }

    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Field> {
        self.position(path).map(|i| &self.fields[i])
    }

    #[must_use]
    pub fn position(&self, path: &str) -> Option<usize> {
        self.index.get(path).copied()
    }

    /// What an old path, or one inside a section that had another name, is called now.
    #[must_use]
    pub fn now_called(&self, old: &str) -> Option<FieldPath> {
        let known = FieldPath::new(old);
        let within = self
            .renamed
            .iter()
            .filter(|(from, _)| known.is_within(from));
        let (from, to) = within.max_by_key(|(from, _)| from.len())?;
        Some(FieldPath::new(&format!("{to}{}", &old[from.len()..])))
    }

    /// The known path nearest to a misspelt one.
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<&str> {
        problem::nearest(path, self.fields.iter().map(|field| field.path.as_str()))
    }
}
