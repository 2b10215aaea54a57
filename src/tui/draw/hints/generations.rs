//! Hints of the earlier versions of the output file.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::generations::GenerationsScreen;

pub fn in_generations(app: &App, screen: &GenerationsScreen) -> Vec<Hint> {
    let of = Of(app);
    let mut hints = Vec::new();
    if let Some(version) = app.chosen_version(screen) {
        hints.push(of.rows("version"));
        hints.extend(app.started.then(|| of.named(Action::Open, "diff")));
        hints.extend((!version.present).then(|| of.key(Action::RestoreGeneration)));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}
