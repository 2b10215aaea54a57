//! Work that goes on beside the loop, told in the message line until its answer is here.

use std::path::PathBuf;

use super::app::{App, Wish};
use super::msg::{Effect, Msg};

/// A file that is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    ToOpen(PathBuf),
    ToCompare(PathBuf),
    /// What others made of it.
    Again(PathBuf),
}

impl App {
    /// What a message ends.
    pub(super) fn note_answer(&mut self, msg: &Msg) {
        match msg {
            Msg::Opened(_) | Msg::Folder(_) | Msg::Compared(_) | Msg::LookedAgain(_) => {
                self.reading = None;
            }
            _ => {}
        }
    }

    /// What is asked for now.
    pub(super) fn note_asked(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Open(file) => self.reading = Some(Reading::ToOpen(file.clone())),
                Effect::LookAgain(file, _) => self.reading = Some(Reading::Again(file.clone())),
                Effect::Compare(file) => self.reading = Some(Reading::ToCompare(file.clone())),
                _ => {}
            }
        }
    }

    /// What is going on, when something is.
    #[must_use]
    pub fn under_way(&self) -> Option<String> {
        match (&self.reading, self.review) {
            (Some(Reading::ToOpen(file)), _) => Some(format!("Reading {}…", self.shown_path(file))),
            (Some(Reading::ToCompare(file)), _) => Some(format!(
                "Reading {} to compare with it…",
                self.shown_path(file)
            )),
            (Some(Reading::Again(file)), _) => Some(format!(
                "Reading {} again: it changed…",
                self.shown_path(file)
            )),
            (None, Wish::Waits) => Some("The review waits for the verdict…".to_owned()),
            (None, Wish::Planned) => Some(format!(
                "Preparing the review of {}…",
                self.shown_path(&self.facts.output)
            )),
            (None, Wish::None) => None,
        }
    }
}
