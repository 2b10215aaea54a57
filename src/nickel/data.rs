//! What a Nickel file comes to when it is evaluated without the schema: plain data, nested, each value with its line.
//! Leaves to others: how it is asked for (`file`), what the settings among it are (`input`).

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// One `name = node`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub name: String,
    /// As [`Node::line`].
    pub line: usize,
    pub node: Node,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Line in the file that was asked about, counted from 1. What comes out of an import, or is computed, has the
    /// line of the record around it.
    pub line: usize,
    pub shape: Shape,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Null,
    Bool(bool),
    /// An `i64`, or a finite `f64` that is no integer beyond `i64`.
    Number(Number),
    /// A string, or an enum tag without its apostrophe.
    Text(String),
    List(Vec<Node>),
    Section(Vec<Entry>),
    /// A number beyond what can be held, as Nickel writes it.
    TooLarge(String),
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// It is no data, or breaks its contract; a problem says so.
    Broken,
}

/// Values nested deeper than this are left out.
pub const MAX_DEPTH: usize = 64;

/// More values than this are nobody's configuration.
pub const MAX_VALUES: usize = 100_000;
