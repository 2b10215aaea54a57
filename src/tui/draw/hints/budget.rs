//! Hints of the budget: while its pane has the keys, and in full.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::budget_screen::BudgetScreen;

pub fn on_pane(app: &App) -> Vec<Hint> {
    let of = Of(app);
    vec![
        of.rows("role"),
        of.named(Action::Open, "in full"),
        of.named(Action::NextPane, "panels"),
        of.named(Action::Budget, "close"),
        of.named(Action::Back, "fields"),
        of.help(),
    ]
}

pub fn in_budget(app: &App, screen: &BudgetScreen) -> Vec<Hint> {
    let of = Of(app);
    let mut hints = Vec::new();
    if app.budget.now().is_none() {
        return vec![
            of.key(Action::EditWorkload),
            of.key(Action::Back),
            of.help(),
        ];
    }
    if screen.in_text {
        hints.extend([
            of.rows("scroll"),
            of.named(Action::NextPane, "to the roles"),
        ]);
    } else {
        hints.extend([of.rows("role")]);
        hints.extend(
            app.cause_of_role()
                .map(|_| of.named(Action::Open, "go to the cause")),
        );
        hints.push(of.named(Action::NextPane, "to the text"));
    }
    hints.push(of.key(Action::EditWorkload));
    // The line above the footer names this one too.
    hints.push(of.key(Action::BudgetAgainst));
    hints.extend(of.copy());
    hints.extend([of.key(Action::Undo), of.key(Action::Back), of.help()]);
    hints
}
