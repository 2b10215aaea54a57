//! `y`: what can be copied from where the operator is, in the order in which repeated presses give it, and the
//! message that says what was sent. Leaves to others: the bytes (`clipboard`).

use super::action::Action;
use super::app::App;
use super::clipboard::MOST_BYTES;
use super::diff_screen::{DiffScreen, Line, Lines};
use super::msg::Effect;
use super::review::Review;
use super::window::Window;
use crate::form::unit;
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::value::Value;

/// Something that can be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copyable {
    /// `the value of backend.port`.
    pub what: String,
    pub text: String,
}

impl Copyable {
    fn new(what: impl Into<String>, text: impl Into<String>) -> Self {
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
                .map(|value| Copyable::new("the choice", value))
                .into_iter()
                .collect(),
            Some(Window::Help(_) | Window::Question(_) | Window::Prompt(_)) => Vec::new(),
            None if !self.started => Vec::new(),
            None => match self.input() {
                Some(input) => self.copyable_of_field(&input.path),
                None => self
                    .counted()
                    .find(|problem| !self.shows(problem))
                    .map(|problem| copyable_problem(problem, "the problem"))
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
            let what = format!("the value of {path}");
            all.push(Copyable::new(what, unit::editable(unit, value)));
        }
        let what = if value.is_some_and(Value::is_clear_secret) {
            format!("the path of {path}, not its secret")
        } else {
            format!("the path of {path}")
        };
        all.push(Copyable::new(what, path.as_str()));
        let problem = self.problem_at(path);
        all.extend(
            problem.map(|problem| copyable_problem(problem, &format!("the problem of {path}"))),
        );
        all
    }

    fn copyable_in_diff(&self, screen: &DiffScreen) -> Vec<Copyable> {
        let lines = Lines::of(self, screen.show_all).lines;
        let Some(Line::Setting(row)) = lines.get(screen.cursor.at) else {
            return Vec::new();
        };
        let mut all = vec![self.copyable_row(&row.path, row.left.as_ref(), row.right.as_ref())];
        all.extend(self.copyable_of_field(&row.path));
        all
    }

    fn copyable_in_review(&self, review: &Review) -> Vec<Copyable> {
        let row = review.planned.changes.get(review.cursor.at);
        row.map(|(path, before, after)| self.copyable_row(path, before.as_ref(), after.as_ref()))
            .into_iter()
            .collect()
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
        Copyable::new("the row", text)
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
                "Not copied: {what} has {size} bytes, terminals take at most {MOST_BYTES}."
            );
            return self.say_line(line);
        }
        let next = (turn.next + 1) % count;
        let mut line = format!("Copied {}", chosen.what);
        if !line.ends_with("secret") && !chosen.what.starts_with("the path") {
            line.push_str(": ");
            line.push_str(&chosen.text);
        }
        if count > 1 {
            let copy = self.keymap.key(Action::Copy);
            let after = turn.copyable[next]
                .what
                .split(" of ")
                .next()
                .unwrap_or_default();
            line = format!("{line}   {copy}: {after}");
        }
        self.say_line(line);
        effects.push(Effect::Copy(chosen.text.clone()));
        self.copying = Some(Turn { next, ..turn });
    }
}

fn copyable_problem(problem: &Problem, what: &str) -> Copyable {
    let place = problem.place.as_ref();
    let place = place.map_or_else(String::new, |place| format!("{place}: "));
    Copyable::new(what, format!("{place}{}", problem.sentence()))
}
