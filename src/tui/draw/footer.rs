//! The last line: the keys that matter here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::tui::action::Action;
use crate::tui::app::{App, Focus};
use crate::tui::diff_screen::{DiffScreen, Line, Lines};
use crate::tui::text::width;
use crate::tui::theme;
use crate::tui::window::Window;

/// A key and what it does here, for the footer.
struct Hint {
    keys: String,
    label: String,
    /// The way on, the way out and the help stay when room is short.
    stays: bool,
}

impl Hint {
    fn columns(&self) -> usize {
        width(&self.keys) + 1 + width(&self.label) + 2
    }
}

/// The keys that matter here, from the action table; what does not fit goes from the end and is left to the help.
pub fn footer(app: &App, area: Rect, buffer: &mut Buffer) {
    let mut hints = hints(app);
    let room = usize::from(area.width);
    while hints.iter().map(Hint::columns).sum::<usize>() > room {
        match hints.iter().rposition(|hint| !hint.stays) {
            Some(last) => drop(hints.remove(last)),
            None => break,
        }
    }
    let mut x = 1;
    for hint in hints {
        let left = usize::from(area.width.saturating_sub(x));
        x = put(buffer, x, area.y, &hint.keys, left, theme::STRONG) + 1;
        let left = usize::from(area.width.saturating_sub(x));
        x = put(buffer, x, area.y, &hint.label, left, Style::new()) + 2;
    }
}

fn hints(app: &App) -> Vec<Hint> {
    let named = |action: Action, label: &str| hint(app, action, label);
    let key = |action: Action| named(action, action.label());
    let rows = |label: &str| Hint {
        keys: format!(
            "{}{}",
            app.keymap.key(Action::Up),
            app.keymap.key(Action::Down)
        ),
        label: label.to_owned(),
        stays: false,
    };
    match app.windows.last() {
        Some(Window::Diff(screen)) => diff_hints(app, screen, rows("row")),
        Some(Window::Help(_)) => vec![rows("scroll"), key(Action::Back)],
        Some(Window::Choice(_)) => {
            vec![
                rows("choose"),
                named(Action::Open, "take"),
                key(Action::Back),
            ]
        }
        Some(Window::Question(_)) => vec![
            named(Action::NextPane, "next"),
            named(Action::Open, "press"),
            key(Action::Back),
        ],
        Some(Window::Review(_)) => vec![
            rows("row"),
            named(Action::NextPane, "to the buttons"),
            named(Action::Open, "press"),
            key(Action::Back),
        ],
        Some(Window::Prompt(_)) => vec![
            named(Action::Keep, "take"),
            key(Action::EraseToStart),
            key(Action::GiveUp),
        ],
        None if !app.started => vec![
            rows("choose"),
            named(Action::Open, "start"),
            key(Action::Help),
            key(Action::Leave),
        ],
        None if app.edit.is_some() => vec![
            key(Action::Keep),
            key(Action::KeepNext),
            key(Action::GiveUp),
            key(Action::EraseToStart),
            key(Action::HelpInEdit),
        ],
        None if app.focus == Focus::Panels => vec![
            rows("panel"),
            key(Action::Open),
            key(Action::NextProblem),
            key(Action::Diff),
            key(Action::Profile),
            key(Action::Write),
            key(Action::Help),
            key(Action::Leave),
        ],
        None => vec![
            named(Action::Open, "edit"),
            key(Action::NextProblem),
            key(Action::Diff),
            key(Action::Write),
            key(Action::Reset),
            key(Action::Undo),
            named(Action::Back, "panels"),
            key(Action::Help),
        ],
    }
}

fn hint(app: &App, action: Action, label: &str) -> Hint {
    Hint {
        keys: app.keymap.key(action),
        label: label.to_owned(),
        stays: matches!(
            action,
            Action::Open
                | Action::Keep
                | Action::Back
                | Action::GiveUp
                | Action::Leave
                | Action::Help
                | Action::HelpInEdit
        ),
    }
}

fn diff_hints(app: &App, screen: &DiffScreen, rows: Hint) -> Vec<Hint> {
    let named = |action: Action, label: &str| hint(app, action, label);
    let key = |action: Action| named(action, action.label());
    let lines = Lines::of(app, screen);
    let mut hints = vec![rows];
    match screen.line(&lines) {
        Some(Line::Section(section, _)) if screen.unfolds(section) => {
            hints.push(named(Action::Open, "fold"));
        }
        Some(Line::Section(..)) => hints.push(named(Action::Open, "unfold")),
        Some(Line::Setting(_)) => {
            hints.push(named(Action::Open, "go there"));
            hints.push(key(Action::TakeLeft));
        }
        None => {}
    }
    let all = if screen.show_all {
        "only changed"
    } else {
        "show all"
    };
    hints.extend([
        key(Action::Compare),
        named(Action::ShowAll, all),
        key(Action::Undo),
        key(Action::Back),
        key(Action::Help),
    ]);
    hints
}
