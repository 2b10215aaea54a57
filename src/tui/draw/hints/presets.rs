//! Hints of the list of presets.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;

/// The whole list is on the help: where room is short, comparing and deleting stay.
pub fn in_presets(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let any = app.chosen_preset().is_some();
    let compares = app.started && any;
    let mut hints = Vec::new();
    hints.extend(any.then(|| of.named(Action::Open, "load")));
    hints.extend(compares.then(|| of.key(Action::ComparePreset)));
    hints.extend(any.then(|| of.key(Action::DeletePreset)));
    hints.extend(app.has_deleted_preset().then(|| of.key(Action::Undo)));
    hints.extend((app.started || any).then(|| of.key(Action::SavePreset)));
    hints.extend(any.then(|| of.key(Action::ChangePreset)));
    hints.extend(any.then(|| of.key(Action::ExportPreset)));
    hints.push(of.key(Action::ImportPreset));
    hints.extend(any.then(|| of.rows("preset")));
    hints.extend(of.copy());
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}
