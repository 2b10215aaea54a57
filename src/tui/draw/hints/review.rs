//! Hints of the review before a write or a restore.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::review::{self, Review};

pub fn in_review(app: &App, review: &Review) -> Vec<Hint> {
    let of = Of(app);
    let to_write = review
        .restores
        .as_ref()
        .map_or("to Write", |_| "to Restore");
    let (tab, enter) = match review.focus {
        review::Focus::Rows if review.is_same() => ("next", "go there"),
        review::Focus::Rows => (to_write, "go there"),
        review::Focus::Write if review.is_same() => ("to Back", "close"),
        review::Focus::Write if review.has_note() => ("to Note", review.verb()),
        review::Focus::Write => ("to Back", review.verb()),
        review::Focus::Note => {
            return vec![
                of.named(Action::Keep, &format!("keep, {to_write}")),
                of.key(Action::EraseToStart),
                of.named(Action::GiveUp, "leave it as it was"),
                of.help(),
            ];
        }
        review::Focus::Back if review.is_same() => ("next", "back"),
        review::Focus::Back => (to_write, "back"),
    };
    let copy = app.copyable();
    let copy = copy
        .first()
        .map(|first| of.named(Action::Copy, &format!("copy {}", first.what)));
    let mut hints = vec![
        of.rows("row"),
        of.named(Action::NextPane, tab),
        of.named(Action::Open, enter),
    ];
    if review.refusal.is_some() && review.restores.is_none() {
        hints.push(of.named(Action::NextProblem, "go there"));
    }
    hints.extend(copy);
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}
