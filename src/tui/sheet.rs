//! A question under a text that may be longer than the screen: what would be written, what a file has wrong.
//! Leaves to others: what its buttons do (`windows`).

use super::action::Action;
use super::list::Step;
use super::main_screen::step_of;
use super::question::{Press, Question};

/// The state; the lines of the question are the text.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub question: Question,
    /// The first line of the folded text that shows.
    pub offset: usize,
}

impl Sheet {
    /// The last button goes back, and is pointed at.
    #[must_use]
    pub fn new(title: &str, lines: Vec<String>, press: Option<(&str, Press)>) -> Self {
        let press = press.map(|(label, press)| (label.to_owned(), press));
        let back = ("Back".to_owned(), Press::Nothing);
        let buttons: Vec<_> = press.into_iter().chain([back]).collect();
        Self {
            question: Question {
                title: title.to_owned(),
                lines,
                at: buttons.len() - 1,
                buttons,
            },
            offset: 0,
        }
    }

    /// Scrolls the text, of so many lines of which so many show, or goes to another button.
    pub(super) fn act(&mut self, action: Action, lines: usize, rows: usize) {
        let last = lines.saturating_sub(rows);
        let page = rows.saturating_sub(1).max(1);
        let offset = match step_of(action) {
            Some(Step::Up) => self.offset.saturating_sub(1),
            Some(Step::Down) => self.offset + 1,
            Some(Step::PageUp) => self.offset.saturating_sub(page),
            Some(Step::PageDown) => self.offset + page,
            Some(Step::First) => 0,
            Some(Step::Last) => last,
            None => return self.question.act(action),
        };
        self.offset = offset.min(last);
    }
}
