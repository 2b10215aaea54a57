//! From the start screen to a file and back: starting, opening, reviewing, writing.

use std::sync::Arc;

use super::action::Action;
use super::app::{App, Message, Wish};
use super::choice::{self, Choice};
use super::files::{Opened, Wrote};
use super::layout::list_height;
use super::list::Step;
use super::main_screen::step_of;
use super::msg::Effect;
use super::prompt::{self, Prompt};
use super::question::Question;
use super::review::Review;
use super::window::Window;
use crate::answers::{Answers, Said};
use crate::clean;
use crate::prepare::Prepared;
use crate::problem::{Problem, counted};
use crate::store;

/// A row of the start screen that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartRow {
    Profile(usize),
    /// The output file that is there already.
    Output,
    /// Another file, asked for.
    File,
}

impl App {
    #[must_use]
    pub fn start_rows(&self) -> Vec<StartRow> {
        let profiles = (0..self.profiles.len()).map(StartRow::Profile);
        let output = self.facts.output_exists.then_some(StartRow::Output);
        profiles.chain(output).chain([StartRow::File]).collect()
    }

    pub(super) fn act_at_start(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if let Some(step) = step_of(action) {
            let rows = self.start_rows().len();
            self.start.step(step, rows, rows, |_| true);
            return self.look_at_start_row(effects);
        }
        match action {
            Action::NextPane | Action::PreviousPane => {
                let step = if action == Action::NextPane {
                    Step::Down
                } else {
                    Step::Up
                };
                let rows = self.start_rows().len();
                self.start.step(step, rows, rows, |_| true);
                self.look_at_start_row(effects);
            }
            Action::Open | Action::Right => self.open_start_row(effects),
            Action::Back => {
                let leave = self.keymap.key(Action::Leave);
                self.say_line(format!("{leave} leaves."));
            }
            _ => {}
        }
    }

    /// The chosen profile is judged at once, so that its row can say what it needs.
    pub(super) fn look_at_start_row(&mut self, effects: &mut Vec<Effect>) {
        if let Some(StartRow::Profile(i)) = self.start_rows().get(self.start.at).cloned() {
            let name = self.profiles[i].name.clone();
            self.ask_baseline(&name, effects);
        }
    }

    fn open_start_row(&mut self, effects: &mut Vec<Effect>) {
        match self.start_rows().get(self.start.at).cloned() {
            Some(StartRow::Profile(i)) => {
                let said = Said {
                    profile: Some(self.profiles[i].name.clone()),
                    ..Said::default()
                };
                self.begin_with(said, effects);
            }
            Some(StartRow::Output) if self.schema.is_none() => {
                self.say_line("The schema is being read; press again.");
            }
            Some(StartRow::Output) => effects.push(Effect::Open(self.facts.output.clone())),
            Some(StartRow::File) => {
                let prompt = Prompt::new(
                    prompt::For::Open,
                    "Open a file",
                    "A TOML or JSON file; a path in the workspace or from the root.",
                    "",
                );
                self.windows.push(Window::Prompt(Box::new(prompt)));
            }
            None => {}
        }
    }

    fn begin_with(&mut self, said: Said, effects: &mut Vec<Effect>) {
        self.saved = said.clone();
        self.answers = Answers::start(said);
        self.started = true;
        self.ask(effects);
    }

    pub(super) fn opened(
        &mut self,
        opened: Result<Box<Opened>, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        let opened = match opened {
            Ok(opened) => *opened,
            Err(problem) => {
                self.open = None;
                let place = problem
                    .place
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                self.message.notice = Some(format!("✗ {place} {}", problem.sentence()));
                return;
            }
        };
        let mode = opened.mode.map(|mode| clean::line(&mode));
        let known = mode
            .clone()
            .filter(|mode| self.profiles.iter().any(|p| p.name == *mode));
        let mut base = opened.base;
        base.profile.clone_from(&known);
        let base = Arc::new(base);
        self.windows
            .retain(|window| !matches!(window, Window::Prompt(_)));
        self.opened.push((Arc::clone(&base), opened.problems));
        let from_command_line = self.open.take().is_some();
        // A file named by --from is a base; one opened in the wizard is also where w writes, unless --output said.
        let only_base = from_command_line || self.facts.output_named;
        if !only_base || base.file == self.facts.output {
            self.facts.output.clone_from(&base.file);
            self.facts.output_exists = true;
            self.loaded = Some(opened.found);
        }
        let count = base.values.len();
        let name = base.name();
        if self.started && !from_command_line {
            self.answers.open(Some(base));
            self.saved.base.clone_from(&self.answers.said().base);
            self.ask(effects);
        } else {
            let said = Said {
                profile: self.profile().map(str::to_owned).or(known),
                base: Some(base),
                ..Said::default()
            };
            self.begin_with(said, effects);
        }
        self.say_line(format!("{name} is open: {}.", counted(count, "setting")));
        if self.profile().is_none() {
            let items = self
                .profiles
                .iter()
                .map(|p| (p.name.clone(), p.summary.clone()))
                .collect();
            let title = match mode {
                Some(mode) => format!("The file's profile {mode} is not here: choose one"),
                None => "The file names no profile: choose the one it stands on".to_owned(),
            };
            let choice = Choice::new(choice::For::Profile, &title, items, None);
            self.windows.push(Window::Choice(choice));
        }
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
        let changed = match (&self.loaded, &planned.found) {
            (Some(loaded), Some(found)) => loaded.fingerprint != found.fingerprint,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if changed {
            let what = format!(
                "{} changed since it was read.",
                self.shown_path(&planned.file)
            );
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
        if let Some(step) = step_of(action) {
            let rows = review.planned.changes.len();
            review
                .cursor
                .step(step, rows, review_height(list_height(self.size)), |_| true);
            return false;
        }
        match action {
            Action::NextPane | Action::PreviousPane | Action::Left | Action::Right => {
                review.on_write = !review.on_write;
                false
            }
            Action::Open if !review.on_write => true,
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
                    Ok(plan) => {
                        review.writing = true;
                        effects.push(Effect::Write(Arc::clone(plan)));
                    }
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
                let mut notice = format!(
                    "Written: {file}, {lines} lines. {leave} leaves; `vapora-tui check` on it later says whether it still holds.",
                );
                if let Some(problem) = &written.problem {
                    notice = format!("! {}", problem.sentence());
                }
                self.loaded = found;
                self.message = Message {
                    line: None,
                    notice: Some(notice),
                };
            }
            Err(failed @ store::Failed::ChangedOnDisk { .. }) => {
                let file = self.facts.output.clone();
                let question = Question::changed_on_disk(file, &failed.problem().message);
                self.windows.push(Window::Question(question));
            }
            Err(failed) => {
                let mut review = review;
                review.writing = false;
                review.on_write = false;
                self.windows.push(Window::Review(review));
                self.message.notice = Some(format!("✗ {failed}"));
            }
        }
    }
}

/// Rows of the review that list changes: the rest of the window is facts and buttons.
#[must_use]
pub fn review_height(list: usize) -> usize {
    list.saturating_sub(11).max(1)
}
