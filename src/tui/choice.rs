//! A list to choose one from: the options of a select, or the profiles. A long one is searched by typing.

use std::path::PathBuf;

use super::comparing::Baseline;
use super::list::{Cursor, Step};
use super::list_filter::{self, ListFilter};
use crate::schema::FieldPath;

/// What the choice is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum For {
    Field(FieldPath),
    /// Where this secret comes from.
    Secret(FieldPath),
    Profile,
    /// What the differences compare with, in the order of the items.
    Baseline(Vec<Baseline>),
    /// The workload in use.
    Workload,
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
    /// Stands among [`Self::left`].
    pub cursor: Cursor,
    pub filter: Option<Box<ListFilter>>,
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
            filter: None,
        }
    }

    /// The same list, searched by typing.
    #[must_use]
    pub fn searched(mut self, by_typing: bool) -> Self {
        self.filter = by_typing.then(Box::default);
        self
    }

    /// The items that the filter leaves, as places among all.
    #[must_use]
    pub fn left(&self) -> Vec<usize> {
        let texts = self
            .items
            .iter()
            .map(|(value, label)| [value.as_str(), label.as_str()]);
        list_filter::left(self.filter.as_deref(), texts)
    }

    pub fn step(&mut self, step: Step, height: usize) {
        let rows = self.left().len();
        self.cursor.step(step, rows, height, |_| true);
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
        let at = *self.left().get(self.cursor.at)?;
        self.items.get(at).map(|(value, _)| value.as_str())
    }
}
