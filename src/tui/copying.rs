//! `y`: what can be copied from where the operator is, in the order in which repeated presses give it, and the
//! message that says what was sent. Leaves to others: the bytes (`clipboard`).

use super::action::Action;
use super::app::App;
use super::clipboard::MOST_BYTES;
use super::diff_screen::{DiffScreen, Line, Lines};
use super::msg::Effect;
use super::review::Review;
use super::text::{fit, width};
use super::window::Window;
use crate::clean;
use crate::form::unit;
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::value::Value;

/// Something that can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyable {
    /// `value`, `path`, `problem`.
    pub what: String,
    pub text: String,
}

impl Copyable {
    pub(super) fn new(what: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            text: text.into(),
        }
    }
}

/// What was copied last, so that the next press gives the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    copyable: Vec<Copyable>,
    next: usize,
}

impl App {
    /// What can be copied here; never a secret's value.
    #[must_use]
    pub fn copyable(&self) -> Vec<Copyable> {
        match self.windows.last() {
            Some(Window::Diff(screen)) => self.copyable_in_diff(screen),
            Some(Window::Review(review)) => self.copyable_in_review(review),
            Some(Window::Choice(choice)) => choice
                .chosen()
                .map(|value| Copyable::new("choice", value))
                .into_iter()
                .collect(),
            Some(Window::Problems(_)) => {
                let Some(problem) = self.chosen_problem() else {
                    return Vec::new();
                };
                let path = problem.path.as_ref();
                let path = path.map(|path| Copyable::new("path", path.as_str()));
                std::iter::once(copyable_problem(problem))
                    .chain(path)
                    .collect()
            }
            Some(Window::Presets(_)) => match self.chosen_preset() {
                Some(loaded) => vec![
                    Copyable::new("path", loaded.file.to_string_lossy()),
                    Copyable::new("name", loaded.named().to_string()),
                ],
                None => Vec::new(),
            },
            Some(Window::Output(_)) => match self.output_path() {
                Some(path) => self.copyable_of_field(path),
                None => Vec::new(),
            },
            Some(Window::Budget(_)) => self
                .role_sentences()
                .into_iter()
                .map(|sentence| Copyable::new("sentence", sentence.text))
                .chain(
                    self.cause_of_role()
                        .map(|path| Copyable::new("path", path.as_str())),
                )
                .collect(),
            Some(Window::Scoring) => self.copyable_of_agent(),
            Some(
                Window::Help(_)
                | Window::Question(_)
                | Window::Prompt(_)
                | Window::Search(_)
                | Window::Finder(_)
                | Window::Multiselect(_)
                | Window::Editor(_)
                | Window::LookFirst(_)
                | Window::Draft(_)
                | Window::Merge(_)
                | Window::SavePreset(_)
                | Window::Workload(_)
                | Window::Sheet(_)
                | Window::Certificate(_),
            ) => Vec::new(),
            Some(Window::Generations(screen)) => self
                .chosen_version(screen)
                .map(|version| Copyable::new("row", version.in_short()))
                .into_iter()
                .collect(),
            None if !self.started => Vec::new(),
            None => match self.input() {
                Some(input) => self.copyable_of_field(&input.path),
                None => self
                    .counted()
                    .find(|problem| !self.shows(problem))
                    .map(copyable_problem)
                    .into_iter()
                    .collect(),
            },
        }
    }

    fn copyable_of_field(&self, path: &FieldPath) -> Vec<Copyable> {
        let unit = self
            .input_at(path.as_str())
            .and_then(|(_, input)| input.unit);
        let value = self.in_force(path);
        let mut all = Vec::new();
        if let Some(value) = value.filter(|value| !value.is_clear_secret() && !value.is_empty()) {
            all.push(Copyable::new("value", unit::editable(unit, value)));
        }
        let what = if value.is_some_and(Value::is_clear_secret) {
            "path, not the secret"
        } else {
            "path"
        };
        all.push(Copyable::new(what, path.as_str()));
        let problem = self.problem_at(path);
        all.extend(problem.map(copyable_problem));
        all
    }

    fn copyable_in_diff(&self, screen: &DiffScreen) -> Vec<Copyable> {
        let lines = Lines::of(self, screen);
        let Some(Line::Setting(row)) = screen.line(&lines) else {
            return Vec::new();
        };
        let mut all = vec![self.copyable_row(row.path, row.left, row.right)];
        all.extend(self.copyable_of_field(row.path));
        all
    }

    fn copyable_in_review(&self, review: &Review) -> Vec<Copyable> {
        let row = review.planned.changes.get(review.cursor.at);
        let row = row
            .map(|(path, before, after)| self.copyable_row(path, before.as_ref(), after.as_ref()));
        let command = self.review_command();
        let command = command.map(|command| Copyable::new("command", command));
        command.into_iter().chain(row).collect()
    }

    /// `backend.port: 8001 -> 9001`, secrets masked, in ASCII for wherever it is pasted.
    fn copyable_row(
        &self,
        path: &FieldPath,
        before: Option<&Value>,
        after: Option<&Value>,
    ) -> Copyable {
        let show = |value: Option<&Value>| {
            value.map_or_else(|| "-".to_owned(), |value| self.shown(path, value))
        };
        let text = format!("{path}: {} -> {}", show(before), show(after));
        Copyable::new("row", text)
    }

    pub(super) fn copy(&mut self, effects: &mut Vec<Effect>) {
        let copyable = self.copyable();
        let turn = match self.copying.take() {
            Some(turn) if turn.copyable == copyable => turn,
            _ => Turn { copyable, next: 0 },
        };
        let count = turn.copyable.len();
        let Some(chosen) = turn.copyable.get(turn.next) else {
            return self.say_line("There is nothing to copy here.");
        };
        if chosen.text.len() > MOST_BYTES {
            let (what, size) = (&chosen.what, chosen.text.len());
            let line = format!(
                "Not copied: the {what} has {size} bytes, terminals take at most {MOST_BYTES}."
            );
            return self.say_line(line);
        }
        let next = (turn.next + 1) % count;
        let said = format!("Copied the {}: ", chosen.what);
        let mut more = String::new();
        if count > 1 {
            let copy = self.keymap.key(Action::Copy);
            more = format!("   {copy}: the {}", turn.copyable[next].what);
        }
        let room = usize::from(self.size.width.saturating_sub(2));
        let room = room.saturating_sub(width(&said) + width(&more));
        let line = format!("{said}{}{more}", fit(&clean::line(&chosen.text), room));
        self.say_line(line);
        effects.push(Effect::Copy(chosen.text.clone()));
        self.copying = Some(Turn { next, ..turn });
    }
}

fn copyable_problem(problem: &Problem) -> Copyable {
    let place = problem.place.as_ref();
    let place = place.map_or_else(String::new, |place| format!("{place}: "));
    Copyable::new("problem", format!("{place}{}", problem.sentence()))
}
