//! Hints of the list of problems.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;

pub fn in_problems(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let mut hints = Vec::new();
    if let Some(problem) = app.chosen_problem() {
        let enter = if app.is_asked_for(problem) {
            "go there"
        } else {
            "say where"
        };
        hints.push(of.rows("problem"));
        hints.push(of.named(Action::Open, enter));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Search), of.key(Action::Back), of.help()]);
    hints
}
