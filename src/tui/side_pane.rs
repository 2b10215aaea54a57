//! What stands beside the fields on a wide screen: differences, budget, output or help, one after the other by one key.

use super::action::Action;
use super::app::App;
use super::layout::WIDE;

/// What the side pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Diff,
    Budget,
    Output,
    Help,
    /// Only by its own key.
    Scoring,
}

impl Side {
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Diff => Self::Budget,
            Self::Budget | Self::Scoring => Self::Output,
            Self::Output => Self::Help,
            Self::Help => Self::Diff,
        }
    }
}

impl App {
    pub(super) fn next_side(&mut self) {
        if self.size.width < WIDE {
            let [diff, budget, output, help] =
                [Action::Diff, Action::Budget, Action::Output, Action::Help]
                    .map(|action| self.keymap.key(action));
            return self.say_line(format!(
                "The side pane needs {WIDE} columns; {diff}, {budget}, {output} and {help} show the same."
            ));
        }
        self.side = self.side.next();
        self.budget.instead_of = None;
        self.leave_hidden_budget();
        self.leave_hidden_scoring();
    }
}
