//! The review: the plan of what would be written, its changes, and the buttons. Nothing is written before it was seen.

use std::path::PathBuf;

use super::list::Cursor;
use crate::problem::Problem;
use crate::schema::FieldPath;
use crate::store;
use crate::value::Value;

/// What a thread prepared: the plan, and what the file holds now.
#[derive(Debug)]
pub struct Planned {
    pub file: PathBuf,
    /// The plan, or why there can be none.
    pub plan: Result<store::Plan, Problem>,
    /// The file as found, when there was one.
    pub found: Option<store::Found>,
    /// Settings that change: path, what the file (or the profile) has, what it will have.
    pub changes: Vec<(FieldPath, Option<Value>, Option<Value>)>,
    /// Are the changes against the file? Else against the profile.
    pub against_file: bool,
    pub references: usize,
    pub clear_secrets: usize,
}

/// The state of the window.
#[derive(Debug)]
pub struct Review {
    pub planned: Planned,
    pub cursor: Cursor,
    /// Does the write button have the focus? It starts on Back.
    pub on_write: bool,
    /// Why the write button is off.
    pub refusal: Option<String>,
    /// The write is under way.
    pub writing: bool,
}

impl Review {
    #[must_use]
    pub fn new(planned: Planned, refusal: Option<String>) -> Self {
        let refusal = refusal.or_else(|| match &planned.plan {
            Err(problem) => Some(problem.sentence()),
            Ok(_) => None,
        });
        Self {
            planned,
            cursor: Cursor::default(),
            on_write: false,
            refusal,
            writing: false,
        }
    }
}
