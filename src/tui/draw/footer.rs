//! The last line: the keys that matter here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::tui::action::Action;
use crate::tui::app::{App, Focus};
use crate::tui::layout::WIDE;
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
    if app.size.width < WIDE {
        let side = app.keymap.key(Action::SidePane);
        hints.retain(|hint| hint.keys != side || hint.label != Action::SidePane.label());
    }
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

fn named(app: &App, action: Action, label: &str) -> Hint {
    Hint {
        keys: app.keymap.key(action),
        label: label.to_owned(),
        stays: matches!(
            action,
            Action::Open
                | Action::Keep
                | Action::KeepText
                | Action::Back
                | Action::GiveUp
                | Action::Leave
                | Action::Help
                | Action::HelpInEdit
        ),
    }
}

fn rows(app: &App, label: &str) -> Hint {
    Hint {
        keys: format!(
            "{}{}",
            app.keymap.key(Action::Up),
            app.keymap.key(Action::Down)
        ),
        label: label.to_owned(),
        stays: false,
    }
}

/// The keys of a window with a list or a text in it.
fn window_hints(app: &App, window: &Window) -> Option<Vec<Hint>> {
    let named = |action: Action, label: &str| named(app, action, label);
    let key = |action: Action| named(action, action.label());
    let searched = window.filter().map(|filter| filter.focused);
    let hints = match window {
        Window::Choice(_) => vec![
            rows(app, "choose"),
            named(Action::Open, "take"),
            key(Action::Back),
        ],
        Window::Multiselect(_) => {
            let mut hints = vec![
                named(Action::Open, "keep"),
                key(Action::Tick),
                key(Action::Back),
            ];
            if searched != Some(true) {
                hints.extend([key(Action::MoveUp), key(Action::MoveDown)]);
            }
            hints.push(key(Action::HelpInEdit));
            hints
        }
        Window::Editor(_) => vec![
            key(Action::KeepText),
            key(Action::NewLine),
            key(Action::GiveUp),
            key(Action::EraseToStart),
            key(Action::HelpInEdit),
        ],
        Window::Output(_) => vec![
            rows(app, "line"),
            named(Action::Open, "go there"),
            key(Action::Undo),
            key(Action::Back),
            key(Action::Help),
        ],
        Window::LookFirst(_) => vec![
            rows(app, "row"),
            named(Action::Open, "start with it"),
            key(Action::Back),
            key(Action::Help),
        ],
        _ => return None,
    };
    let to_or_from = searched.map(|typing| {
        let label = if typing {
            "to the list"
        } else {
            "to the search"
        };
        named(Action::NextPane, label)
    });
    Some(hints.into_iter().chain(to_or_from).collect())
}

fn hints(app: &App) -> Vec<Hint> {
    let named = |action: Action, label: &str| named(app, action, label);
    let key = |action: Action| named(action, action.label());
    let rows = |label: &str| rows(app, label);
    if let Some(hints) = app
        .windows
        .last()
        .and_then(|window| window_hints(app, window))
    {
        return hints;
    }
    match app.windows.last() {
        Some(Window::Diff(screen)) => {
            let all = if screen.show_all {
                "only changed"
            } else {
                "show all"
            };
            vec![
                rows("row"),
                named(Action::Open, "go there"),
                key(Action::TakeLeft),
                named(Action::ShowAll, all),
                key(Action::Undo),
                key(Action::Back),
                key(Action::Help),
            ]
        }
        Some(Window::Help(_)) => vec![rows("scroll"), key(Action::Back)],
        Some(
            Window::Choice(_)
            | Window::Multiselect(_)
            | Window::Editor(_)
            | Window::Output(_)
            | Window::LookFirst(_),
        ) => Vec::new(),
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
            key(Action::LookFirst),
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
            key(Action::Output),
            key(Action::SidePane),
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
            key(Action::Output),
            key(Action::SidePane),
            named(Action::Back, "panels"),
            key(Action::Help),
        ],
    }
}
