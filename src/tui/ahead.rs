//! Keys typed before the first verdict: what needs it waits for it, with everything typed behind it. On a slow line an
//! operator who knows the way types faster than the schema is read.

use crossterm::event::KeyEvent;

use super::action::{Action, Place};
use super::app::App;
use super::keymap::Key;
use super::msg::Effect;

/// What was typed too early.
#[derive(Debug, Default)]
pub struct Ahead {
    keys: Vec<KeyEvent>,
    /// The key that is being done needs a verdict that is not here.
    early: bool,
}

impl App {
    /// Is the first verdict, or the form, still to come?
    fn is_awaited(&self) -> bool {
        self.started && self.lost.is_none() && (self.forms.follow() || self.config.is_none())
    }

    /// Puts a key behind those that wait; `false` when it is to be done now.
    pub(super) fn waits_its_turn(&mut self, event: KeyEvent, effects: &mut Vec<Effect>) -> bool {
        let waiting = !self.ahead.keys.is_empty() || (self.started && self.forms.follow());
        if !waiting {
            return false;
        }
        match self.keymap.action(&[Place::Always], Key::of(event)) {
            Some(Action::Interrupt) if self.ahead.keys.is_empty() => return false,
            Some(Action::Interrupt) => {
                self.ahead.keys.clear();
                self.say_line("The keys typed ahead are dropped.");
            }
            Some(Action::Suspend) => effects.push(Effect::Suspend),
            Some(Action::Repaint) => effects.push(Effect::Repaint),
            _ => self.wait(event),
        }
        true
    }

    /// What was just asked for needs a verdict: said when there will be none, else the key waits for it.
    pub(super) fn needs_verdict(&mut self) {
        if self.is_awaited() {
            self.ahead.early = true;
        } else {
            self.say_line("Not judged yet.");
        }
    }

    /// Keeps the key that asked too early.
    pub(super) fn keep_early(&mut self, event: KeyEvent) {
        if std::mem::take(&mut self.ahead.early) {
            self.wait(event);
        }
    }

    fn wait(&mut self, event: KeyEvent) {
        self.ahead.keys.push(event);
        let keys = crate::problem::counted(self.ahead.keys.len(), "key");
        self.say_line(format!("{keys} typed ahead: waiting for the schema…"));
    }

    /// Does what was typed ahead, when the verdict is here; when there is none it is dropped, and said.
    pub(super) fn type_ahead(&mut self, effects: &mut Vec<Effect>) {
        if self.ahead.keys.is_empty() || self.is_awaited() {
            return;
        }
        let keys = std::mem::take(&mut self.ahead.keys);
        if self.lost.is_some() {
            let count = crate::problem::counted(keys.len(), "key");
            return self.say_line(format!("Not judged: {count} typed ahead came to nothing."));
        }
        for event in keys {
            self.key(event, effects);
        }
    }
}
