//! One line of text being typed: the text area behind our keymap.
//! Leaves to others: what the text is for (`prompt`, `search`, `finder`, `list_filter`), values of settings (`edit`).

use tui_textarea::{CursorMove, TextArea};

use super::action::Action;
use super::edit;

/// The line, with the cursor in it.
#[derive(Clone, Debug)]
pub struct Typed {
    area: TextArea<'static>,
}

impl Typed {
    /// Starts with `text`, the cursor behind it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(vec![edit::single_line(text)]);
        area.move_cursor(CursorMove::End);
        Self { area }
    }

    #[must_use]
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// The characters before the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.area.cursor().1
    }

    pub fn insert(&mut self, text: &str) {
        self.area.insert_str(edit::single_line(text));
    }

    /// Does an editing action; `false` when it is none.
    pub fn act(&mut self, action: Action) -> bool {
        edit::act(&mut self.area, action)
    }
}
