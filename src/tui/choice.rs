//! A list to choose one from: the options of a select, or the profiles.

use std::path::PathBuf;

use super::list::{Cursor, Step};
use crate::schema::FieldPath;

/// What the choice is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum For {
    Field(FieldPath),
    Profile,
    /// The files of a folder, each by the name in its row.
    Folder(Vec<(String, PathBuf)>),
}

/// The state of the list.
#[derive(Clone, Debug)]
pub struct Choice {
    pub purpose: For,
    pub title: String,
    /// Value and what it means.
    pub items: Vec<(String, String)>,
    pub cursor: Cursor,
}

impl Choice {
    /// A list that starts on the value in force.
    #[must_use]
    pub fn new(purpose: For, title: &str, items: Vec<(String, String)>, now: Option<&str>) -> Self {
        let at = items
            .iter()
            .position(|(value, _)| Some(value.as_str()) == now);
        Self {
            purpose,
            title: title.to_owned(),
            items,
            cursor: Cursor {
                at: at.unwrap_or(0),
                offset: 0,
            },
        }
    }

    pub fn step(&mut self, step: Step, height: usize) {
        self.cursor.step(step, self.items.len(), height, |_| true);
    }

    /// An item as one line; a meaning often begins with its value already.
    #[must_use]
    pub fn line((value, meaning): &(String, String), columns: usize) -> String {
        if meaning.starts_with(value.as_str()) {
            return meaning.clone();
        }
        format!("{}  {meaning}", super::text::pad(value, columns))
    }

    #[must_use]
    pub fn chosen(&self) -> Option<&str> {
        self.items
            .get(self.cursor.at)
            .map(|(value, _)| value.as_str())
    }
}
