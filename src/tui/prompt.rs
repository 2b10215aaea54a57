//! A one-line question for a file's path.

use super::action::Action;
use super::typed::Typed;

/// What can be opened, and how its path is read.
pub const FILES: &str =
    "TOML, JSON, YAML, Nickel or env lines; a path in the workspace or from the root.";

/// What the path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Open,
    SaveElsewhere,
    Compare,
}

/// The state of the prompt.
#[derive(Debug)]
pub struct Prompt {
    pub purpose: For,
    pub title: String,
    pub help: String,
    line: Typed,
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

    #[must_use]
    pub fn text(&self) -> &str {
        self.line.text()
    }

    #[must_use]
    pub fn cursor(&self) -> usize {
        self.line.cursor()
    }

    pub fn insert(&mut self, text: &str) {
        self.line.insert(text);
    }

    /// Does an editing action; `false` when it is none.
    pub fn act(&mut self, action: Action) -> bool {
        self.line.act(action)
    }
}
