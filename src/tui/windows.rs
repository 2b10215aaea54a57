//! What the keys do in the windows.

use super::action::Action;
use super::app::App;
use super::choice;
use super::diff_screen::{DiffScreen, Lines};
use super::layout::list_height;
use super::list::Step;
use super::main_screen::step_of;
use super::msg::Effect;
use super::prompt;
use super::question::Press;
use super::window::Window;
use crate::value::Value;

impl App {
    /// The front window gets the action; it is taken out while it works, so that it may change everything else.
    pub(super) fn act_in_window(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if self.is_writing() {
            return self.say_line("It is being written.");
        }
        let Some(mut window) = self.windows.pop() else {
            return;
        };
        let closes = match action {
            Action::Back | Action::GiveUp => true,
            _ => match &mut window {
                Window::Help(help) => {
                    let height = list_height(self.size);
                    help.scroll(action, height, usize::from(self.size.width));
                    false
                }
                Window::Choice(choice) => match (step_of(action), action) {
                    (Some(step), _) => {
                        choice.step(step, list_height(self.size));
                        false
                    }
                    (None, Action::Open) => {
                        if let Some(chosen) = choice.chosen().map(str::to_owned) {
                            self.choose(&choice.purpose, chosen, effects);
                        }
                        true
                    }
                    _ => false,
                },
                Window::Question(question) => match action {
                    Action::NextPane | Action::Right | Action::Down => {
                        question.next();
                        false
                    }
                    Action::PreviousPane | Action::Left | Action::Up => {
                        question.previous();
                        false
                    }
                    Action::Open => {
                        let press = question.pressed();
                        self.press(press, effects);
                        true
                    }
                    _ => false,
                },
                Window::Prompt(prompt) => {
                    if action == Action::Keep {
                        let text = prompt.text().trim().to_owned();
                        self.answer_prompt(prompt.purpose, &text, effects)
                    } else {
                        prompt.act(action);
                        false
                    }
                }
                Window::Diff(diff) => return self.act_in_diff(diff.clone(), action, effects),
                Window::Review(review) => self.act_in_review(review, action, effects),
            },
        };
        if !closes {
            self.windows.push(window);
        }
    }

    fn choose(&mut self, purpose: &choice::For, chosen: String, effects: &mut Vec<Effect>) {
        match purpose {
            choice::For::Field(path) => {
                let already = matches!(self.in_force(path), Some(Value::Text(t)) if *t == chosen);
                if !already {
                    self.answers.say(path, Some(Value::Text(chosen)));
                }
            }
            choice::For::Profile => {
                let kept = match self.answers.said().answers.len() {
                    0 => "nothing was answered yet".to_owned(),
                    1 => "1 answer is kept".to_owned(),
                    n => format!("{n} answers are kept"),
                };
                self.answers.choose_profile(&chosen);
                self.say_line(format!(
                    "The profile is {chosen} now, {kept}; d shows what is yours."
                ));
            }
        }
        self.ask(effects);
    }

    fn press(&mut self, press: Press, effects: &mut Vec<Effect>) {
        match press {
            Press::Nothing => {}
            Press::Leave => effects.push(Effect::Quit),
            Press::Reload(file) => effects.push(Effect::Open(file)),
            Press::SaveElsewhere => self.ask_where(),
        }
    }

    fn ask_where(&mut self) {
        let prompt = prompt::Prompt::new(
            prompt::For::SaveElsewhere,
            "Save elsewhere",
            "A new file: .toml, .json, .yaml, .ncl or .env. Enter goes to its review.",
            &self.facts.output.to_string_lossy(),
        );
        self.windows.push(Window::Prompt(Box::new(prompt)));
    }

    /// `true` when the prompt may close.
    fn answer_prompt(
        &mut self,
        purpose: prompt::For,
        text: &str,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if text.is_empty() {
            self.say_line("A path, please; Esc goes back.");
            return false;
        }
        let file = self.facts.workspace.join(text);
        match purpose {
            // It closes when the file is open: a path that is wrong can be mended.
            prompt::For::Open => {
                effects.push(Effect::Open(file));
                return false;
            }
            prompt::For::SaveElsewhere => {
                self.facts.output = file;
                self.loaded = None;
                self.review(effects);
            }
        }
        true
    }

    fn act_in_diff(&mut self, mut diff: DiffScreen, action: Action, effects: &mut Vec<Effect>) {
        let lines = Lines::of(self, diff.show_all);
        let focused = lines
            .lines
            .get(diff.cursor.at)
            .and_then(|line| line.path().cloned());
        match (step_of(action), action) {
            (Some(step), _) => diff.step(self, step),
            (None, Action::CloseDiff | Action::Left) => return,
            (None, Action::Open) => {
                let Some(path) = focused else { return };
                if !self.go_to(&path) {
                    self.say_line(format!("{path} is hidden as things are."));
                    self.windows.push(Window::Diff(diff));
                }
                return;
            }
            (None, Action::TakeLeft) => {
                if let Some(path) = focused {
                    self.take_back(&path, effects);
                }
            }
            (None, Action::ShowAll) => {
                diff.show_all = !diff.show_all;
                diff.cursor = super::list::Cursor::default();
                diff.rest(self);
            }
            _ => {}
        }
        self.windows.push(Window::Diff(diff));
    }
}

impl DiffScreen {
    /// Rests on a row that is a setting.
    pub fn rest(&mut self, app: &App) {
        self.step(app, Step::First);
    }

    fn step(&mut self, app: &App, step: Step) {
        let lines = Lines::of(app, self.show_all).lines;
        let height = diff_height(list_height(app.size));
        self.cursor
            .step(step, lines.len(), height, |row| lines[row].path().is_some());
    }
}

/// The head line of the table takes a row.
#[must_use]
pub fn diff_height(list: usize) -> usize {
    list.saturating_sub(1)
}
