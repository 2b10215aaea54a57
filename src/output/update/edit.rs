//! Replacements in a text, collected first and applied at once.

use std::ops::Range;

/// At one place, what belongs to the section before it goes before what starts a new one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    EndOfLastLine,
    Inside,
    NewSection,
}

#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, Rank, String)>);

impl Edits {
    pub fn replace(&mut self, range: Range<usize>, text: String) {
        self.0.push((range, Rank::Inside, text));
    }

    pub fn insert(&mut self, at: usize, rank: Rank, text: String) {
        self.0.push((at..at, rank, text));
    }

    /// Edits at one place keep the order in which they were given.
    pub fn apply(mut self, text: &str) -> String {
        self.0
            .sort_by_key(|(range, rank, _)| (range.start, *rank, range.end));
        let mut out = String::with_capacity(text.len() + 256);
        let mut done = 0;
        for (range, _, new) in self.0 {
            if range.start > done {
                out.push_str(&text[done..range.start]);
            }
            out.push_str(&new);
            done = done.max(range.end);
        }
        out.push_str(&text[done..]);
        out
    }
}
