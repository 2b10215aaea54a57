//! The note of the review: one line that says why, kept with the generation. It has the keys while it has the focus.
//! Leaves to others: the review around it (`review`, `review_keys`).

use super::action::Action;
use super::app::App;
use super::review::{Focus, Review};
use super::window::Window;
use crate::store::Note;

impl App {
    /// Is the review's note being typed?
    #[must_use]
    pub fn is_noting(&self) -> bool {
        matches!(self.windows.last(), Some(Window::Review(review)) if review.focus == Focus::Note)
    }

    /// An action while the note is typed.
    pub(super) fn act_in_note(&mut self, review: &mut Review, action: Action) {
        match action {
            Action::GiveUp | Action::Back => {
                review.note = super::typed::Typed::new(&review.noted);
                review.focus = Focus::Back;
            }
            Action::Keep
            | Action::KeepPrevious
            | Action::PreviousPane
            | Action::KeepNext
            | Action::NextPane => match Note::new(review.note.text()) {
                Ok(note) => {
                    note.text().clone_into(&mut review.noted);
                    let on = matches!(action, Action::KeepNext | Action::NextPane);
                    review.focus = if on { Focus::Back } else { Focus::Write };
                }
                Err(problem) => self.say_line(problem.sentence()),
            },
            action => {
                review.note.act(action);
            }
        }
    }
}
