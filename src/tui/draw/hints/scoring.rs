//! Hints of the ranking of agents: while its pane has the keys, and in full.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;

pub fn on_scoring_pane(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let mut hints = vec![
        of.pair(Action::Left, Action::Right, "task"),
        of.rows("agent"),
        of.named(Action::Open, "in full"),
    ];
    hints.extend(app.unscaled().map(|_| of.key(Action::ScaleWeights)));
    hints.extend([
        of.named(Action::NextPane, "panels"),
        of.named(Action::Scoring, "close"),
        of.named(Action::Back, "fields"),
        of.help(),
    ]);
    hints
}

pub fn in_scoring(app: &App) -> Vec<Hint> {
    let of = Of(app);
    if app.scoring.shown().is_none() {
        return vec![of.key(Action::Back), of.help()];
    }
    let mut hints = vec![
        of.pair(Action::Left, Action::Right, "task"),
        of.rows("agent"),
        of.named(Action::Open, "its weight"),
    ];
    hints.extend(app.unscaled().map(|_| of.key(Action::ScaleHere)));
    hints.push(of.key(Action::ScoringAgainst));
    hints.extend(of.copy());
    hints.extend([of.key(Action::Undo), of.key(Action::Back), of.help()]);
    hints
}
