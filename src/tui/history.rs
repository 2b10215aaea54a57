//! Undo and redo: the step is taken back or done again, what depends on it follows, and the operator is told which it was.

use super::app::App;
use super::diff_screen::Spot;
use super::msg::Effect;
use super::window::Window;
use crate::answers::Change;
use crate::value::Value;

impl App {
    pub(super) fn undo(&mut self, effects: &mut Vec<Effect>) {
        let left = self.answers.said().base.clone();
        let change = self.answers.undo();
        self.follow_base(left.as_ref());
        match change {
            Some(change) => self.after_history(&change, false, effects),
            None => self.say_line("Nothing to undo."),
        }
    }

    pub(super) fn redo(&mut self, effects: &mut Vec<Effect>) {
        let left = self.answers.said().base.clone();
        let change = self.answers.redo();
        self.follow_base(left.as_ref());
        match change {
            Some(change) => self.after_history(&change, true, effects),
            None => self.say_line("Nothing to do again."),
        }
    }

    fn after_history(&mut self, change: &Change, again: bool, effects: &mut Vec<Effect>) {
        self.follow_loading(change, again);
        let line = match change {
            Change::Answer { path, .. } => {
                // Differences and output stay in front; nothing else is when history moves.
                if let Some(Window::Diff(screen)) = self.windows.last_mut() {
                    screen.go_to(Spot::Setting(path.clone()));
                } else {
                    let windows = std::mem::take(&mut self.windows);
                    self.go_to(path);
                    self.windows = windows;
                }
                change.sentence(again, &self.name(path), |value| self.shown(path, value))
            }
            change => change.sentence(again, "", Value::to_string),
        };
        self.say_line(line);
        self.ask(effects);
    }
}
