//! Two configurations compared by path, not by text.
//! Leaves to others: showing (`tui`, `cli`), folding and jumping (`tui`).

use crate::config::Config;
use crate::schema::FieldPath;
use crate::value::Value;

/// What happened to a setting from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Same,
}

impl ChangeKind {
    /// The sign in the column between the values.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Changed => "~",
            Self::Same => " ",
        }
    }
}

/// One setting with both values.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub path: FieldPath,
    pub kind: ChangeKind,
    pub left: Option<Value>,
    pub right: Option<Value>,
}

/// All settings, in schema order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    pub rows: Vec<Row>,
}

impl Diff {
    /// Only what differs.
    pub fn changes(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind != ChangeKind::Same)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes().next().is_none()
    }
}

/// Compares two configurations of the same schema.
#[must_use]
pub fn diff(left: &Config, right: &Config) -> Diff {
    let rows = left
        .iter()
        .map(|(field, leaf)| {
            let path = field.path.clone();
            let left = leaf.value.clone();
            let right = right.value(path.as_str()).cloned();
            let kind = match (&left, &right) {
                (None, Some(_)) => ChangeKind::Added,
                (Some(_), None) => ChangeKind::Removed,
                (left, right) if left == right => ChangeKind::Same,
                _ => ChangeKind::Changed,
            };
            Row {
                path,
                kind,
                left,
                right,
            }
        })
        .collect();
    Diff { rows }
}
