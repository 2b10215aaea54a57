//! From `w` to a file: asking for the plan, the review, the write and its outcome.

use std::sync::Arc;

use super::action::Action;
use super::app::{App, Message, Wish};
use super::files::Wrote;
use super::main_screen::step_of;
use super::msg::Effect;
use super::question::Question;
use super::review::{On, Page, Review};
use super::window::Window;
use crate::prepare::Prepared;
use crate::problem::{Counts, Problem};
use crate::store;

impl App {
    /// Why nothing can be written now.
    #[must_use]
    pub fn write_refusal(&self) -> Option<String> {
        let forbidden = self.facts.caution.forbids();
        forbidden.or_else(|| self.unfit())
    }

    /// Why what is said now is not fit to be written by anybody, with the keys that lead there from the review.
    #[must_use]
    pub fn unfit(&self) -> Option<String> {
        if self.config.is_none() {
            return Some("Not judged yet: the schema has not answered.".to_owned());
        }
        if let Some(lost) = &self.lost {
            return Some(format!("Not judged: {}", lost.message));
        }
        let next = self.keymap.key(Action::NextProblem);
        let (back, all) = (Action::Back, Action::Problems);
        let list = format!("{}, then {}", self.keymap.key(back), self.keymap.key(all));
        let counts = Counts::of(self.counted());
        if !counts.block() {
            return self.facts.caution.refusal(counts, &next, &list);
        }
        let (settings, beside): (Vec<&Problem>, Vec<&Problem>) = self
            .counted()
            .partition(|problem| self.is_asked_for(problem));
        let of_file = self.base_problems().iter();
        let of_file = Counts::of(of_file.filter(|problem| !self.is_asked_for(problem))).errors;
        let beside = Counts::of(beside);
        let other = (beside.errors + beside.open).saturating_sub(of_file);
        Counts::of(settings).refusal_beside(of_file, other, &next, &list)
    }

    /// Asks for the plan; the review opens when it is there.
    pub(super) fn review(&mut self, effects: &mut Vec<Effect>) {
        let Some(config) = &self.config else {
            return self.say_line("Not judged yet: the schema has not answered.");
        };
        if self.review == Wish::Planned {
            return;
        }
        if !self.settled {
            self.review = Wish::Waits;
            return;
        }
        self.review = Wish::Planned;
        self.planned_for = Some(self.answers.said().clone());
        effects.push(Effect::Plan {
            file: self.facts.output.clone(),
            profile: self.profile().map(str::to_owned),
            config: Box::new(config.clone()),
            baseline: self.baseline().cloned().map(Box::new),
        });
    }

    pub(super) fn planned(&mut self, planned: Prepared, effects: &mut Vec<Effect>) {
        self.review = Wish::None;
        if self.planned_for.take().as_ref() != Some(self.answers.said()) {
            // Something was said meanwhile: what is shown must be what is written.
            return self.review(effects);
        }
        if !self.windows.is_empty() {
            return;
        }
        if self.edit.is_some() {
            let write = self.keymap.key(Action::Write);
            return self.say_line(format!("Finish this edit first, then {write} again."));
        }
        let file = self.shown_path(&planned.file);
        if let (true, Err(problem)) = (planned.blocked, &planned.plan) {
            let question = Question::blocked(&file, &problem.message);
            return self.windows.push(Window::Question(question));
        }
        if self.loaded.is_some() && planned.found.is_none() {
            let question = Question::gone(&file);
            return self.windows.push(Window::Question(question));
        }
        let changed = match (&self.loaded, &planned.found) {
            (Some(loaded), Some(found)) => loaded.fingerprint != found.fingerprint,
            (_, None) | (None, _) => false,
        };
        if changed {
            let what = format!("{file} changed since it was read.");
            let question = Question::changed_on_disk(planned.file, &what);
            self.windows.push(Window::Question(question));
            return;
        }
        let said = self.answers.said().clone();
        let review = Review::new(planned, said, self.write_refusal());
        self.windows.push(Window::Review(Box::new(review)));
    }

    /// `true` when the review may close.
    pub(super) fn act_in_review(
        &mut self,
        review: &mut Review,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if review.on == On::Note {
            self.act_in_note(review, action);
            return false;
        }
        if let Some(step) = step_of(action) {
            let page = Page::of(self, review);
            let mut cursor = review.cursor;
            cursor.step(step, page.rows.len(), page.list, |row| page.rests(row));
            review.cursor = cursor;
            return false;
        }
        match action {
            Action::NextPane | Action::PreviousPane => {
                review.go(action == Action::NextPane);
                false
            }
            Action::Left | Action::Right => {
                review.on = if review.on == On::Write {
                    On::Back
                } else {
                    On::Write
                };
                false
            }
            Action::Open if review.on == On::Back => true,
            Action::Open => {
                if let Some(why) = &review.refusal {
                    self.say_line(why.clone());
                    return false;
                }
                match &review.plan {
                    Ok(plan) if plan.outcome == store::Outcome::Same => {
                        self.saved.clone_from(&review.said);
                        self.say_line("Nothing to write: the file says the same already.");
                        return true;
                    }
                    Ok(plan) => match store::Note::new(&review.noted) {
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
            _ => false,
        }
    }

    pub(super) fn wrote(&mut self, outcome: Result<Wrote, store::Failed>) {
        let Some(Window::Review(review)) = self.windows.pop() else {
            return;
        };
        match outcome {
            Ok((written, found)) => {
                self.saved.clone_from(&review.said);
                self.facts.output_exists = true;
                let lines = written.lines;
                let file = self.shown_path(&written.path);
                let leave = self.keymap.key(Action::Leave);
                let generation = written.generation;
                let generation =
                    generation.map_or_else(String::new, |n| format!(", generation {n}"));
                let mut notice = format!(
                    "Written: {file}, {lines} lines{generation}. {leave} leaves; `vapora-tui check` on it later says whether it still holds.",
                );
                if let Some(problem) = written.problems.first() {
                    notice = format!("! {}", problem.sentence());
                }
                self.loaded = found;
                self.message = Message {
                    line: None,
                    notice: Some(notice),
                };
            }
            Err(store::Failed::ChangedOnDisk { now: None, .. }) => {
                let file = self.shown_path(&self.facts.output);
                self.windows.push(Window::Question(Question::gone(&file)));
            }
            Err(failed @ store::Failed::ChangedOnDisk { .. }) => {
                let file = self.facts.output.clone();
                let question = Question::changed_on_disk(file, &failed.problem().message);
                self.windows.push(Window::Question(question));
            }
            Err(failed) => {
                let mut review = review;
                review.writing = false;
                review.on = On::Back;
                self.windows.push(Window::Review(review));
                self.message.notice = Some(format!("✗ {failed}"));
            }
        }
    }
}
