//! Fields and schemas for unit tests: as little as there can be, so that a test says only what it is about.
//! Leaves to others: the real schema (`nickel` describes it).

use super::{Field, Range, Schema};
use crate::value::Kind;

impl Field {
    /// No sentence, no default, no limits; a test that needs one gives it with `..Field::example(path, kind)`.
    pub(crate) fn example(path: &str, kind: Kind) -> Self {
        Self {
            path: path.into(),
            kind,
            doc: String::new(),
            default: None,
            range: Range::default(),
        }
    }
}

impl Schema {
    /// Of such fields, in this order; version 1, nothing renamed.
    pub(crate) fn example<'a>(fields: impl IntoIterator<Item = (&'a str, Kind)>) -> Self {
        let fields = fields.into_iter();
        let fields = fields.map(|(path, kind)| Field::example(path, kind));
        Self::new("1".to_owned(), fields.collect(), Vec::new())
    }
}
