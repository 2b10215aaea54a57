//! A one-line question for a file's path.

use tui_textarea::{CursorMove, TextArea};

use super::action::Action;

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
    area: TextArea<'static>,
}

impl Prompt {
    #[must_use]
    pub fn new(purpose: For, title: &str, help: &str, text: &str) -> Self {
        let mut area = TextArea::new(vec![text.to_owned()]);
        area.move_cursor(CursorMove::End);
        Self {
            purpose,
            title: title.into(),
            help: help.into(),
            area,
        }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    #[must_use]
    pub fn cursor(&self) -> usize {
        self.area.cursor().1
    }

    pub fn insert(&mut self, text: &str) {
        self.area.insert_str(super::edit::single_line(text));
    }

    /// Does an editing action; `false` when it is none.
    pub fn act(&mut self, action: Action) -> bool {
        super::edit::act(&mut self.area, action)
    }
}
