//! Hints of the window that saves or changes a preset.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::preset_save::{Row, SaveScreen};

pub fn in_save(app: &App, screen: &SaveScreen) -> Vec<Hint> {
    let of = Of(app);
    if screen.is_typing() {
        return vec![
            of.named(Action::KeepNext, "next"),
            of.key(Action::EraseToStart),
            of.named(Action::GiveUp, "cancel"),
            of.help(),
        ];
    }
    let mut hints = vec![of.named(Action::NextPane, "next")];
    if matches!(screen.row, Row::Save | Row::Cancel) {
        hints.push(of.named(Action::Open, "press"));
    } else {
        hints.push(of.named(Action::Tick, "choose"));
    }
    hints.extend([of.named(Action::Back, "cancel"), of.help()]);
    hints
}
