//! Hints of the lists to choose or tick from.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::window::Window;

/// A long one is searched by typing, Tab goes between line and rows.
pub fn in_list(app: &App, window: &Window) -> Vec<Hint> {
    let of = Of(app);
    let searched = window.filter().map(|filter| filter.focused);
    let mut hints = match window {
        Window::Multiselect(_) => vec![of.named(Action::Open, "keep"), of.key(Action::Tick)],
        _ => vec![of.rows("choose"), of.named(Action::Open, "take")],
    };
    hints.extend(searched.map(|typing| {
        let label = if typing {
            "to the list"
        } else {
            "to the search"
        };
        of.named(Action::NextPane, label)
    }));
    // Rows move among all rows only.
    let all = window
        .filter()
        .is_none_or(|filter| !filter.focused && filter.line.text().is_empty());
    if all && matches!(window, Window::Multiselect(_)) {
        hints.push(of.pair(Action::MoveUp, Action::MoveDown, "move"));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}
