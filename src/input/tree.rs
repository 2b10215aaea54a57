//! What a file says before the schema is asked: named entries, nested, each with its line.

use crate::value::Value;

/// One `name = node`. Lines count from 1.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub name: String,
    pub line: usize,
    pub node: Node,
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub line: usize,
    pub shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// Bool, integer, decimal or text.
    Scalar(Value),
    List(Vec<Node>),
    Section(Vec<Entry>),
    Null,
    /// A number that is none: `nan`, `inf`.
    NotFinite(String),
    /// A number beyond what can be held exactly.
    TooLarge(String),
    TooDeep,
    /// It stands where the syntax is broken, and the syntax problem already says so.
    Broken,
}
