//! A Nickel file into entries: a child process evaluates it, without the schema.
//! Leaves to others: evaluating, and what its imports may lead to (`nickel`).

use std::io;
use std::path::Path;

use super::tree::{Entry, Node, Shape};
use crate::nickel::data;
use crate::nickel::file;
use crate::problem::Problem;
use crate::process::Link;
use crate::schema::Schema;
use crate::value::Value;
use crate::workspace::Workspace;

/// The entries of a Nickel text; what is wrong with it goes to `problems`. Its imports lead to the workspace that it
/// lies in, whichever the program works with. Blank text has none of either.
pub(super) fn entries(
    file: &Path,
    text: &str,
    schema: &Schema,
    start: impl FnOnce() -> io::Result<Link>,
    problems: &mut Vec<Problem>,
) -> Vec<Entry> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let place = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let workspace = Workspace::nearest(place.parent().unwrap_or(Path::new("/")));
    let (entries, found) = file::read(file, text, &workspace, schema, start);
    problems.extend(found);
    entries.into_iter().map(entry).collect()
}

fn entry(entry: data::Entry) -> Entry {
    Entry {
        name: entry.name,
        line: entry.line,
        node: node(entry.node),
    }
}

fn node(node_read: data::Node) -> Node {
    let shape = match node_read.shape {
        data::Shape::Null => Shape::Null,
        data::Shape::Bool(b) => Shape::Scalar(Value::Bool(b)),
        data::Shape::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(n), _) => Shape::Scalar(Value::Integer(n)),
            (None, Some(n)) => Shape::Scalar(Value::Decimal(n)),
            (None, None) => Shape::TooLarge(n.to_string()),
        },
        data::Shape::Text(text) => Shape::Scalar(Value::Text(text)),
        data::Shape::List(items) => Shape::List(items.into_iter().map(node).collect()),
        data::Shape::Section(entries) => Shape::Section(entries.into_iter().map(entry).collect()),
        data::Shape::TooLarge(written) => Shape::TooLarge(written),
        data::Shape::TooDeep => Shape::TooDeep,
        data::Shape::Broken => Shape::Broken,
    };
    Node {
        line: node_read.line,
        shape,
    }
}
