//! A key and what it does here, made from the action table and the keymap.

use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::text::width;

/// A key and what it does here.
pub struct Hint {
    pub keys: String,
    pub label: String,
    /// The way on, the way out and the help stay when room is short.
    pub stays: bool,
}

impl Hint {
    /// With the blanks between key and label, and behind it.
    pub fn columns(&self) -> usize {
        width(&self.keys) + 1 + width(&self.label) + 2
    }
}

/// Makes hints from actions.
#[derive(Clone, Copy)]
pub struct Of<'a>(pub &'a App);

impl Of<'_> {
    /// An action's key, and what it does here.
    pub fn named(self, action: Action, label: &str) -> Hint {
        Hint {
            keys: self.0.keymap.key(action),
            label: label.to_owned(),
            stays: matches!(
                action,
                Action::Open
                    | Action::Keep
                    | Action::KeepText
                    | Action::Back
                    | Action::GiveUp
                    | Action::Leave
                    | Action::Help
                    | Action::HelpInEdit
            ),
        }
    }

    pub fn key(self, action: Action) -> Hint {
        self.named(action, action.label())
    }

    /// Two keys that move, as one hint.
    pub fn pair(self, up: Action, down: Action, label: &str) -> Hint {
        let (up, down) = (self.0.keymap.key(up), self.0.keymap.key(down));
        let between = if width(&up) + width(&down) > 2 {
            "/"
        } else {
            ""
        };
        Hint {
            keys: format!("{up}{between}{down}"),
            label: label.to_owned(),
            stays: false,
        }
    }

    pub fn rows(self, label: &str) -> Hint {
        self.pair(Action::Up, Action::Down, label)
    }

    /// Help by the key that works here: where characters are typed, its sign would be one.
    pub fn help(self) -> Hint {
        self.key(if self.0.is_typing() {
            Action::HelpInEdit
        } else {
            Action::Help
        })
    }

    /// The copy key, where there is something to copy.
    pub fn copy(self) -> Option<Hint> {
        let any = !self.0.is_typing() && !self.0.copyable().is_empty();
        any.then(|| self.key(Action::Copy))
    }
}
