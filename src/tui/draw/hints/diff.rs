//! Hints of the differences.

use super::hint::{Hint, Of};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::diff_screen::{DiffScreen, Line, Lines};
use crate::tui::filter::Show;

pub fn in_diff(app: &App, screen: &DiffScreen) -> Vec<Hint> {
    let of = Of(app);
    let lines = Lines::of(app, screen);
    let mut hints = Vec::new();
    match screen.line(&lines) {
        Some(Line::Section(section, _)) => {
            let unfolds = screen.unfolds(section);
            let enter = if unfolds { "fold" } else { "unfold" };
            hints.extend([of.rows("row"), of.named(Action::Open, enter)]);
        }
        Some(Line::Setting(_)) => hints.extend([
            of.rows("row"),
            of.named(Action::Open, "go there"),
            of.key(Action::TakeLeft),
        ]),
        None => {}
    }
    let all = if screen.show == Show::All {
        "only changed"
    } else {
        "show all"
    };
    // The line above names the key that compares.
    hints.extend([
        of.named(Action::ShowAll, all),
        of.named(Action::DiffRows, screen.next_rows().word()),
    ]);
    hints.extend(of.copy());
    hints.extend([
        of.key(Action::Compare),
        of.key(Action::Undo),
        of.key(Action::Back),
        of.help(),
    ]);
    hints
}
