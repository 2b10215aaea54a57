//! Hints of the windows in which a line is typed and what it finds is chosen from.

use super::hint::{Hint, Of};
use crate::tui::action::Action;

pub fn finding(of: Of, what: &str, enter: &str, nothing: bool) -> Vec<Hint> {
    let mut hints = Vec::new();
    if !nothing {
        hints.push(of.pair(Action::FoundUp, Action::FoundDown, what));
        hints.push(of.named(Action::Keep, enter));
    }
    hints.extend([
        of.key(Action::EraseToStart),
        of.key(Action::GiveUp),
        of.help(),
    ]);
    hints
}
