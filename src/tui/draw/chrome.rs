//! What surrounds every screen: header, two lines of help or problem, one line of origin or message, footer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::fields::range_shows;
use super::put;
use crate::form::{Input, unit};
use crate::problem::{Counts, Problem, Severity};
use crate::tui::action::Action;
use crate::tui::app::{App, Focus};
use crate::tui::layout::layout;
use crate::tui::text::{fit, fit_left, fold_into, width};
use crate::tui::theme;
use crate::tui::window::Window;
use crate::tui::writing::StartRow;

/// Profile and file, counts, and who is where; the right part goes first when room is short.
pub fn header(app: &App, area: Rect, buffer: &mut Buffer) {
    let right = if app.started {
        app.facts.whom.clone()
    } else {
        format!(
            "{}   workspace {}",
            app.facts.whom,
            app.facts.workspace.display()
        )
    };
    let mut x = 1;
    if app.started {
        let profile = app.profile().unwrap_or("no profile");
        let file = app
            .answers
            .said()
            .base
            .as_ref()
            .map_or("new".to_owned(), |base| base.name());
        let star = if app.unsaved() { "*" } else { "" };
        let text = format!("{profile} · {file}{star}");
        x = put(
            buffer,
            x,
            area.y,
            &text,
            usize::from(area.width / 2),
            theme::STRONG,
        ) + 2;
        let counts = Counts::of(app.counted());
        let mut part = |sign: &str, count: usize, style: Style, always: bool| {
            if count > 0 || always {
                let text = format!("{sign}{count}");
                let style = if count > 0 { style } else { Style::new() };
                x = put(buffer, x, area.y, &text, 8, style) + 1;
            }
        };
        if app.config.is_some() {
            let of = theme::severity;
            part("✗", counts.errors, of(Severity::Error), true);
            part("!", counts.warnings, of(Severity::Warning), false);
            part("○", counts.open, of(Severity::Open), true);
            part("●", app.answers.said().answers.len(), theme::CHANGED, true);
        } else {
            x = put(buffer, x, area.y, "…", 2, Style::new()) + 1;
        }
        if app.lost.is_some() {
            x = put(
                buffer,
                x,
                area.y,
                "? not judged",
                14,
                theme::severity(Severity::Error),
            ) + 1;
        }
    } else {
        x = put(
            buffer,
            x,
            area.y,
            &app.facts.title,
            usize::from(area.width) - 2,
            theme::STRONG,
        ) + 2;
    }
    let room = usize::from(area.width.saturating_sub(x + 2));
    if room >= 8 {
        let right = fit_left(&right, room);
        let at = area.width - 1 - u16::try_from(width(&right)).unwrap_or(0);
        put(buffer, at, area.y, &right, room, Style::new());
    }
}

/// Two lines: a notice, the focused problem, or help.
pub fn help(app: &App, area: Rect, buffer: &mut Buffer) {
    let (text, style) = help_text(app);
    let columns = usize::from(area.width);
    // A text may bring its own second line.
    let lines: Vec<String> = match text.split_once('\n') {
        Some((first, second)) => vec![fit(first, columns), fit(second, columns)],
        None => fold_into(&text, columns, usize::from(area.height)),
    };
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        put(buffer, area.x, y, &line, columns, style);
    }
}

fn help_text(app: &App) -> (String, Style) {
    if let Some(notice) = &app.message.notice {
        return (notice.clone(), Style::new());
    }
    if let Some(window) = app.windows.last() {
        return (window_help(app, window), Style::new());
    }
    if !app.started {
        return (start_help(app), Style::new());
    }
    if let Some(lost) = &app.lost {
        return problem_text(lost);
    }
    let Some(input) = app.input() else {
        return panel_help(app);
    };
    match app.problem_at(&input.path) {
        Some(problem) if !app.edits(&input.path) => problem_text(problem),
        _ => (input.help.clone(), Style::new()),
    }
}

fn problem_text(problem: &Problem) -> (String, Style) {
    let sign = theme::sign(problem.severity);
    let text = format!("{sign} {}", problem.sentence());
    (text, theme::severity(problem.severity))
}

fn start_help(app: &App) -> String {
    const CALM: &str = "Nothing is written before you have seen it and said so.";
    if let Some(problem) = app.problems.iter().chain(&app.lost).next() {
        return loose(problem);
    }
    match app.start_rows().get(app.start.at) {
        Some(StartRow::Profile(i)) => {
            let profile = &app.profiles[*i];
            let judged = app
                .baselines
                .get(&profile.name)
                .and_then(|b| b.config.as_ref());
            match judged {
                None => format!("{}: …\n{CALM}", profile.name),
                Some(config) => {
                    let settings = config.schema().len();
                    let counts = config.counts();
                    let standing = if counts.is_empty() {
                        "nothing is wrong, nothing needs an answer".to_owned()
                    } else {
                        counts.to_string()
                    };
                    format!("{}: {settings} settings, {standing}.\n{CALM}", profile.name)
                }
            }
        }
        Some(StartRow::Output) => {
            format!("Opens what was written last; its values go over its profile's.\n{CALM}")
        }
        _ => format!("Asks for a path; the file's values go over its profile's.\n{CALM}"),
    }
}

fn window_help(app: &App, window: &Window) -> String {
    match window {
        Window::Diff(screen) => {
            let lines = crate::tui::diff_screen::Lines::of(app, screen.show_all);
            let row = lines
                .lines
                .get(screen.cursor.at)
                .and_then(|line| line.path());
            let Some(path) = row else {
                return "Nothing differs from the profile.".into();
            };
            match app.problem_at(path) {
                Some(problem) => problem_text(problem).0,
                None => app
                    .schema
                    .as_ref()
                    .and_then(|schema| schema.get(path.as_str()))
                    .map_or_else(String::new, |field| format!("{path}: {}", field.doc)),
            }
        }
        Window::Review(review) => match &review.refusal {
            Some(why) => format!("✗ {why}"),
            None => {
                "Write puts exactly this on disk, by a new file renamed over the old one.".into()
            }
        },
        Window::Help(_) => "The setting in focus first, then every key.".into(),
        Window::Choice(_) => "Enter takes the chosen one; Esc leaves everything as it is.".into(),
        Window::Question(_) => "Enter presses the button that ▸ points at; Esc goes back.".into(),
        Window::Prompt(prompt) => prompt.help.clone(),
    }
}

fn panel_help(app: &App) -> (String, Style) {
    let loose_problem = app.counted().find(|problem| !app.shows(problem));
    if let Some(problem) = loose_problem {
        return (loose(problem), theme::severity(problem.severity));
    }
    let legend = "○ needs an answer   ● changed by you   ✗ wrong   ! warning";
    match app.panel() {
        Some(panel) => (
            format!("{}: {}.\n{legend}", panel.title, panel.summary),
            Style::new(),
        ),
        None => ("The form has no panel.".into(), Style::new()),
    }
}

fn loose(problem: &Problem) -> String {
    let sign = theme::sign(problem.severity);
    let place = match (&problem.place, &problem.path) {
        (Some(place), _) => format!("{place}: "),
        (None, Some(path)) => format!("{path}: "),
        (None, None) => String::new(),
    };
    format!("{sign} {place}{}", problem.sentence())
}

/// One line: a message, what is typed so far, or where the value comes from.
pub fn message(app: &App, area: Rect, buffer: &mut Buffer) {
    let columns = usize::from(area.width);
    let text = match &app.message.line {
        Some(line) => line.clone(),
        None => standing(app, columns),
    };
    put(buffer, area.x, area.y, &text, columns, Style::new());
}

fn standing(app: &App, columns: usize) -> String {
    if let Some(window) = app.windows.last() {
        return match window {
            Window::Diff(_) => format!("Left: profile {}.", app.profile().unwrap_or_default()),
            _ => String::new(),
        };
    }
    if !app.started {
        return match app.facts.overrides.as_slice() {
            [] => String::new(),
            [one] => format!("This workspace brings its own {one}."),
            [one, rest @ ..] => format!(
                "This workspace brings its own {one} and {} more.",
                rest.len()
            ),
        };
    }
    match app.input() {
        None => panels_line(app),
        Some(input) if app.edits(&input.path) => typing_line(app, input),
        Some(input) => origin_line(app, input, columns),
    }
}

fn panels_line(app: &App) -> String {
    if app.config.is_none() {
        return "The schema is being read…".into();
    }
    let next = app.keymap.key(Action::NextProblem);
    let counts = Counts::of(app.counted());
    if counts.is_empty() {
        return "Nothing is wrong, nothing needs an answer.".into();
    }
    format!("{counts}. {next} jumps to the next one.")
}

fn typing_line(app: &App, input: &Input) -> String {
    let Some(edit) = &app.edit else {
        return String::new();
    };
    // The verdict before stands until the next is here: a line that blinks at each key says nothing.
    let wrong = app.config.as_ref().and_then(|config| {
        let problems = config.problems_at(input.path.as_str());
        problems
            .into_iter()
            .find(|problem| problem.severity != Severity::Warning)
    });
    match wrong {
        Some(problem) => match range(app, input).as_str() {
            "" => format!("not yet: {}", problem.sentence()),
            range => format!("not yet {range}"),
        },
        None => match unit::file_note(input.unit, &edit.value) {
            Some(note) => format!("The file will hold {note}."),
            None => String::new(),
        },
    }
}

/// The range of a field as its row shows it.
pub fn range(app: &App, input: &Input) -> String {
    let field = app
        .schema
        .as_ref()
        .and_then(|schema| schema.get(input.path.as_str()));
    field.map_or_else(String::new, |field| {
        unit::range(input.unit, field.kind, &field.range)
    })
}

fn origin_line(app: &App, input: &Input, columns: usize) -> String {
    let Some(leaf) = app
        .config
        .as_ref()
        .and_then(|c| c.leaf(input.path.as_str()))
    else {
        return format!("{}   …", input.path);
    };
    let mut parts = Vec::new();
    let path = input.path.as_str();
    if let Some(row) = layout(app.size).map(|layout| layout.fields().width - 2)
        && !range_shows(app, input, row)
    {
        parts.extend(Some(range(app, input)).filter(|range| !range.is_empty()));
    }
    let profile = app.profile().unwrap_or("the profile");
    match leaf.origin {
        crate::config::Origin::Profile => parts.push(format!("from: {profile}")),
        ref origin => parts.push(format!("from: {origin}")),
    }
    let mut layer = |name: &str, value: Option<&crate::value::Value>| {
        if let Some(value) = value.filter(|value| Some(*value) != leaf.value.as_ref()) {
            parts.push(format!("{name} has {}", app.shown(&input.path, value)));
        }
    };
    layer(
        profile,
        app.baseline().and_then(|baseline| baseline.value(path)),
    );
    let field = app.schema.as_ref().and_then(|schema| schema.get(path));
    layer("schema", field.and_then(|field| field.default.as_ref()));
    if leaf.held {
        parts.push(format!("held by {profile}"));
    } else if let Some(effect) = &input.takes_effect {
        parts.push(effect.clone());
    }
    // What does not fit goes from the end, whole.
    while parts.len() > 1 && width(&parts.join("   ")) + 3 + LEAST_PATH > columns {
        parts.pop();
    }
    let rest = parts.join("   ");
    let room = columns.saturating_sub(width(&rest) + 3);
    format!("{}   {rest}", fit_left(path, room.max(LEAST_PATH)))
}

/// A path keeps at least this much of its end.
const LEAST_PATH: usize = 18;

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
    let named = |action: Action, label: &str| Hint {
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
    };
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
