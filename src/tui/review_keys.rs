//! What the keys do in the review: its rows, its note, its two buttons. A row leads to its setting; only the button that is
//! pointed at is pressed. Leaves to others: asking for the plan and the outcome of the write (`writing`).

use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::list::Step;
use super::main_screen::step_of;
use super::msg::Effect;
use super::review::{Focus, Page, Review, Row};
use crate::store;

impl App {
    /// `true` when the review may close.
    pub(super) fn act_in_review(
        &mut self,
        review: &mut Review,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if review.focus == Focus::Note {
            self.act_in_note(review, action);
            return false;
        }
        if let Some(step) = step_of(action) {
            self.step_in_review(review, step);
            return false;
        }
        let has_rows = !Page::of(self, review).rows.is_empty();
        let has_note = review.has_note();
        match (action, review.focus) {
            (Action::NextPane, Focus::Write) | (Action::PreviousPane, Focus::Back) if has_note => {
                review.focus = Focus::Note;
            }
            // From Back to the rows it is an arrow: a review that is off begins on Back, and Tab leads to Write as ever.
            (Action::NextPane | Action::Right, Focus::Rows)
            | (
                Action::NextPane | Action::PreviousPane | Action::Left | Action::Right,
                Focus::Back,
            ) => {
                review.focus = Focus::Write;
            }
            (Action::PreviousPane, Focus::Write) if has_rows => review.focus = Focus::Rows,
            (
                Action::NextPane | Action::PreviousPane | Action::Left | Action::Right,
                Focus::Write,
            )
            | (Action::PreviousPane | Action::Left, Focus::Rows) => review.focus = Focus::Back,
            (Action::Open, Focus::Back) => return true,
            (Action::Open, Focus::Write) => return self.press_write(review, effects),
            (Action::Open, Focus::Rows) => return self.open_review_row(review),
            _ => {}
        }
        false
    }

    /// From a button a step goes back to the rows: to where they were left, or to an end of them.
    fn step_in_review(&mut self, review: &mut Review, step: Step) {
        let page = Page::of(self, review);
        if page.rows.is_empty() {
            let (next, back) = (Action::NextPane, Action::Back);
            let [next, back] = [next, back].map(|action| self.keymap.key(action));
            return self.say_line(format!(
                "There is no row here; {next} goes to the other button, {back} goes back."
            ));
        }
        let stays = review.focus != Focus::Rows && matches!(step, Step::Up | Step::Down);
        let mut cursor = review.cursor;
        if !stays {
            cursor.step(step, page.rows.len(), page.list, |row| page.rests(row));
        }
        review.cursor = cursor;
        review.focus = Focus::Rows;
    }

    /// A change leads to its setting, and the review closes; a line of the command is told to be copied.
    fn open_review_row(&mut self, review: &Review) -> bool {
        if !self.started {
            self.say_line("There are no panels yet to go to: this only shows what would change.");
            return false;
        }
        let path = match Page::of(self, review).rows.get(review.cursor.at) {
            Some(Row::Change((path, ..))) => Some(path.clone()),
            _ => None,
        };
        let Some(path) = path else {
            let copy = self.keymap.key(Action::Copy);
            self.say_line(format!(
                "{copy} copies this command, whole and on one line."
            ));
            return false;
        };
        let goes = self.go_to(&path);
        if goes {
            let write = match review.restores {
                Some(_) => Action::Generations,
                None => Action::Write,
            };
            let write = self.keymap.key(write);
            self.say_line(format!("{write} comes back to the review."));
        } else {
            self.message.notice = Some(self.why_not_shown(&path));
        }
        goes
    }

    fn press_write(&mut self, review: &mut Review, effects: &mut Vec<Effect>) -> bool {
        if let Some(why) = &review.refusal {
            self.say_line(why.clone());
            return false;
        }
        match &review.plan {
            Ok(plan) if plan.outcome == store::Outcome::Same => {
                if review.restores.is_none() {
                    self.saved.clone_from(&review.said);
                }
                self.say_line("Nothing to write: the file says the same already.");
                return true;
            }
            Ok(_) if self.still_judges(review) => {
                self.say_line("It is being judged: press again.");
            }
            Ok(plan) => match review.whole_note() {
                Ok(note) => {
                    review.writing = true;
                    effects.push(Effect::Write(Arc::clone(plan), note));
                }
                Err(problem) => self.say_line(problem.sentence()),
            },
            Err(problem) => self.say_line(problem.sentence()),
        }
        false
    }
}
