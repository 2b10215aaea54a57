//! Hints of the editor of the workload.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::workload_editor::WorkloadEditor;

pub fn in_workload(app: &App, editor: &WorkloadEditor) -> Vec<Hint> {
    let of = Of(app);
    if editor.typing().is_some() {
        return vec![
            of.key(Action::Keep),
            of.named(Action::KeepNext, "next cell"),
            of.key(Action::EraseToStart),
            of.key(Action::GiveUp),
            of.help(),
        ];
    }
    let mut hints = Vec::new();
    if editor.row().is_some() {
        hints.push(of.named(Action::Open, "edit"));
    }
    hints.push(of.key(Action::SaveWorkload));
    hints.push(of.key(Action::ImportWorkload));
    hints.push(of.key(Action::ChooseWorkload));
    hints.push(of.named(Action::NextPane, "next"));
    hints.extend(editor.is_changed().then(|| of.key(Action::Undo)));
    hints.push(of.rows("role"));
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}
