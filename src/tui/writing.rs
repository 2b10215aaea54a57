//! From `w` to a file: asking for the plan, the review, the write and its outcome.

use super::action::Action;
use super::app::{App, Message, Wish};
use super::files::Wrote;
use super::msg::Effect;
use super::question::Question;
use super::review::{Focus, Page, Review};
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
        if let Some(why) = self.not_judged() {
            return Some(why);
        }
        let next = self.keymap.key(Action::NextProblem);
        let list = self.keymap.key(Action::Problems);
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
            return self.say_not_judged();
        };
        if self.review == Wish::Planned {
            return;
        }
        if !self.settled {
            self.review = Wish::Waits;
            return;
        }
        self.review = Wish::Planned;
        self.claims.look_again();
        self.planned_for = Some(self.answers.said().clone());
        effects.push(Effect::Plan {
            file: self.facts.output.clone(),
            profile: self.profile().map(str::to_owned),
            config: Box::new(config.clone()),
            baseline: self.baseline().cloned().map(Box::new),
        });
    }

    /// Is the review that was asked for still wanted, for what is said now? Else it is asked for again, or given up.
    pub(super) fn is_still_wanted(&mut self, effects: &mut Vec<Effect>) -> bool {
        self.review = Wish::None;
        if self.planned_for.take().as_ref() != Some(self.answers.said()) {
            // Something was said meanwhile: what is shown must be what is written.
            self.review(effects);
            return false;
        }
        if !self.windows.is_empty() {
            return false;
        }
        if self.edit.is_some() {
            let write = self.keymap.key(Action::Write);
            self.say_line(format!("Finish this edit first, then {write} again."));
            return false;
        }
        true
    }

    pub(super) fn planned(&mut self, planned: Prepared, effects: &mut Vec<Effect>) {
        if !self.is_still_wanted(effects) {
            return;
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
        if self.is_other_than_known(&planned) {
            return self.look_again(effects);
        }
        if self.is_secret_due(&planned) {
            return self.ask_for_secret(planned, effects);
        }
        self.open_review(planned);
    }

    pub(super) fn open_review(&mut self, planned: Prepared) {
        self.say_what_would_be_made(&planned);
        let said = self.answers.said().clone();
        let mut review = Review::new(planned, said, self.write_refusal());
        if Page::of(self, &review).rows.is_empty() {
            review.focus = Focus::Back;
        }
        self.windows.push(Window::Review(Box::new(review)));
    }

    pub(super) fn wrote(
        &mut self,
        outcome: Result<Wrote, store::Failed>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Window::Review(review)) = self.windows.pop() else {
            return;
        };
        if review.restores.is_some() {
            return self.restored(*review, outcome, effects);
        }
        self.claims.look_again();
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
            Err(store::Failed::ChangedOnDisk { .. }) => self.look_again(effects),
            Err(failed) => {
                let mut review = review;
                review.writing = false;
                review.focus = Focus::Back;
                self.windows.push(Window::Review(review));
                self.message.notice = Some(format!("✗ {failed}"));
            }
        }
    }
}
