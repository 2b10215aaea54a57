//! What the anchors of a YAML file stand for. Copies are bounded: a few lines of aliases to aliases would otherwise
//! fill the memory.

use std::collections::HashMap;

use super::tree::{Node, Shape};
use super::{MAX_BYTES, MAX_DEPTH};
use crate::value::Value;

/// Why an alias stands for nothing; `None` when that was said before.
type Refused = Option<(&'static str, &'static str)>;

#[derive(Default)]
pub(super) struct Anchors {
    known: HashMap<usize, Kept>,
    /// Bytes that aliases have repeated so far.
    copied: usize,
    said: bool,
}

struct Kept {
    shape: Shape,
    bytes: usize,
    height: usize,
}

impl Anchors {
    pub fn keep(&mut self, anchor: usize, node: &Node) {
        let kept = Kept {
            shape: node.shape.clone(),
            bytes: bytes(node),
            height: height(node),
        };
        // What is anchored within an anchor is kept twice.
        self.copied = self.copied.saturating_add(kept.bytes);
        if self.copied <= MAX_BYTES {
            self.known.insert(anchor, kept);
        }
    }

    /// What the alias stands for, `depth` levels deep in the file.
    pub fn copy(&mut self, anchor: usize, depth: usize) -> Result<Shape, Refused> {
        let bytes = self.known.get(&anchor).map_or(0, |kept| kept.bytes);
        self.copied = self.copied.saturating_add(bytes);
        if self.copied > MAX_BYTES {
            let first = !std::mem::replace(&mut self.said, true);
            return Err(first.then_some((
                "Aliases repeat more than 4 MiB here.",
                "A configuration has a few hundred lines: is it the right file?",
            )));
        }
        let Some(kept) = self.known.get(&anchor) else {
            return Err(Some((
                "An alias stands inside what it repeats.",
                "Write the value out.",
            )));
        };
        if depth + kept.height > MAX_DEPTH {
            return Ok(Shape::TooDeep);
        }
        Ok(kept.shape.clone())
    }
}

fn bytes(node: &Node) -> usize {
    let inside = match &node.shape {
        Shape::Scalar(Value::Text(text)) | Shape::NotFinite(text) | Shape::TooLarge(text) => {
            text.len()
        }
        Shape::List(items) => items.iter().map(bytes).sum(),
        Shape::Section(entries) => entries
            .iter()
            .map(|entry| entry.name.len() + bytes(&entry.node))
            .sum(),
        Shape::Scalar(_) | Shape::Null | Shape::TooDeep | Shape::Broken => 0,
    };
    size_of::<Node>() + inside
}

/// Levels of lists and sections.
fn height(node: &Node) -> usize {
    let inside = match &node.shape {
        Shape::List(items) => items.iter().map(height).max(),
        Shape::Section(entries) => entries.iter().map(|entry| height(&entry.node)).max(),
        _ => return 0,
    };
    1 + inside.unwrap_or(0)
}
