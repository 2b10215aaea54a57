//! A one-line question: for a file's path, or for the name of a secret kept elsewhere.

use super::typed::Typed;
use crate::reference::Keeper;

/// What can be opened, and how its path is read.
pub const FILES: &str =
    "TOML, JSON, YAML, Nickel or env lines; a path in the workspace or from the root.";

/// What the line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Open,
    SaveElsewhere,
    Compare,
    /// A secret's name there.
    Reference(Keeper),
    ExportPreset,
    ImportPreset,
    ImportWorkload,
    /// How long its counters counted.
    ImportOver,
    /// Whose counters they are.
    ImportRole,
}

/// The state of the prompt.
#[derive(Debug)]
pub struct Prompt {
    pub purpose: For,
    pub title: String,
    pub help: String,
    pub line: Typed,
}

impl Prompt {
    #[must_use]
    pub fn new(purpose: For, title: &str, help: &str, text: &str) -> Self {
        Self {
            purpose,
            title: title.into(),
            help: help.into(),
            line: Typed::new(text),
        }
    }
}
