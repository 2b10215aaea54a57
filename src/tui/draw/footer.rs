//! The last line: the keys that matter here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::tui::action::Action;
use crate::tui::app::{App, Focus};
use crate::tui::diff_screen::{DiffScreen, Line, Lines};
use crate::tui::filter::Show;
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

/// An action's key, and what it does here.
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

/// Two keys that move, as one hint.
fn pair(app: &App, up: Action, down: Action, label: &str) -> Hint {
    Hint {
        keys: format!("{}{}", app.keymap.key(up), app.keymap.key(down)),
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
            pair(app, Action::Up, Action::Down, "choose"),
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
            pair(app, Action::Up, Action::Down, "line"),
            named(Action::Open, "go there"),
            key(Action::Undo),
            key(Action::Back),
            key(Action::Help),
        ],
        Window::LookFirst(_) => vec![
            pair(app, Action::Up, Action::Down, "row"),
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
    let rows = |label: &str| pair(app, Action::Up, Action::Down, label);
    if let Some(hints) = app
        .windows
        .last()
        .and_then(|window| window_hints(app, window))
    {
        return hints;
    }
    match app.windows.last() {
        Some(Window::Diff(screen)) => diff_hints(app, screen, rows("row")),
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
        Some(window) => finding(app, window),
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
        None => on_panels(app),
    }
}

/// The windows in which something is found.
fn finding(app: &App, window: &Window) -> Vec<Hint> {
    let named = |action: Action, label: &str| named(app, action, label);
    let key = |action: Action| named(action, action.label());
    let found = |label: &str| pair(app, Action::FoundUp, Action::FoundDown, label);
    let on_panel = app
        .chosen_problem()
        .is_some_and(|problem| app.is_asked_for(problem));
    let enter = if on_panel { "go there" } else { "say where" };
    match window {
        Window::Search(search) if search.hits.is_empty() => vec![
            key(Action::EraseToStart),
            key(Action::GiveUp),
            key(Action::HelpInEdit),
        ],
        Window::Search(_) => vec![
            found("hit"),
            named(Action::Keep, "go there"),
            key(Action::EraseToStart),
            key(Action::GiveUp),
            key(Action::HelpInEdit),
        ],
        Window::Problems(_) if app.chosen_problem().is_none() => {
            vec![key(Action::Search), key(Action::Back), key(Action::Help)]
        }
        Window::Problems(_) => vec![
            pair(app, Action::Up, Action::Down, "problem"),
            named(Action::Open, enter),
            key(Action::Search),
            key(Action::Back),
            key(Action::Help),
        ],
        Window::Finder(finder) if finder.actions.is_empty() => {
            vec![key(Action::EraseToStart), key(Action::GiveUp)]
        }
        Window::Finder(_) => vec![
            found("action"),
            named(Action::Keep, "do it"),
            key(Action::EraseToStart),
            key(Action::GiveUp),
        ],
        _ => Vec::new(),
    }
}

/// Panels and fields; what n does and what Esc ends follow the search and the filter.
fn on_panels(app: &App) -> Vec<Hint> {
    let named = |action: Action, label: &str| named(app, action, label);
    let key = |action: Action| named(action, action.label());
    let (next, out) = match (&app.hits, app.filter.is_on()) {
        (Some(_), _) => ("next hit", Some("end search")),
        (None, true) if app.input().is_none() => ("next ✗○!", Some("all rows")),
        (None, _) => ("next ✗○!", None),
    };
    let filter = match (app.filter.is_on(), app.filter.show.next()) {
        (false, _) => Action::Filter.label().to_owned(),
        (true, Show::All) => "all rows".to_owned(),
        (true, next) => format!("only {}", next.word()),
    };
    if app.focus == Focus::Panels {
        let mut hints = vec![
            pair(app, Action::Up, Action::Down, "panel"),
            key(Action::Open),
            named(Action::NextProblem, next),
            key(Action::Search),
            key(Action::Diff),
            key(Action::Write),
            key(Action::Profile),
            key(Action::Output),
            named(Action::Filter, &filter),
            key(Action::Problems),
            key(Action::Finder),
            key(Action::SidePane),
        ];
        if out == Some(filter.as_str()) {
            hints.retain(|hint| hint.label != filter);
        }
        hints.extend(out.map(|out| named(Action::Back, out)));
        hints.extend([key(Action::Help), key(Action::Leave)]);
        return hints;
    }
    if app.input().is_none() {
        return vec![
            named(Action::Filter, &filter),
            named(Action::NextProblem, next),
            key(Action::Search),
            key(Action::Diff),
            key(Action::Write),
            named(Action::Back, out.unwrap_or("panels")),
            key(Action::Help),
        ];
    }
    vec![
        named(Action::Open, "edit"),
        named(Action::NextProblem, next),
        key(Action::Search),
        key(Action::Diff),
        key(Action::Write),
        key(Action::Reset),
        key(Action::Undo),
        key(Action::Output),
        named(Action::Filter, &filter),
        key(Action::Problems),
        key(Action::Finder),
        key(Action::SidePane),
        named(Action::Back, out.unwrap_or("panels")),
        key(Action::Help),
    ]
}

fn diff_hints(app: &App, screen: &DiffScreen, rows: Hint) -> Vec<Hint> {
    let named = |action: Action, label: &str| named(app, action, label);
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
