//! The fields of a panel: prompt, mark, value or the text being typed, range.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::message::range;
use super::typed_line::typed_line;
use super::{across, beyond, frame, pointed, put};
use crate::form::{Element, Input};
use crate::problem::Severity;
use crate::tui::app::{App, Focus};
use crate::tui::text::width;
use crate::tui::theme;
use crate::value::{Kind, Value};

/// Where the columns begin inside the box.
const PROMPT: u16 = 3;
const PROMPT_COLUMNS: usize = 22;
const MARK: u16 = 26;
const VALUE: u16 = 28;
/// Columns kept for the range at the right, in rows that are [`ROOMY`].
const RANGE_COLUMNS: u16 = 18;
const ROOMY: u16 = 70;
/// A text that is typed gets at least this much before the range gets anything.
const LEAST_TYPED: usize = 12;

pub fn list(app: &App, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (title, remark) = match app.panel() {
        Some(panel) => {
            let of = format!("{} of {}", app.panels.at + 1, app.form.panels.len());
            (panel.title.clone(), of)
        }
        None => ("No panel".to_owned(), String::new()),
    };
    let inner = frame(buffer, area, &app.filter.title(&title, false), &remark);
    if app.filter.is_on() && app.filtered(app.panels.at) == 0 {
        for (y, line) in (inner.y..).zip(app.why_empty()) {
            let room = usize::from(inner.width) - 4;
            put(buffer, inner.x + 3, y, &line, room, Style::new());
        }
    }
    let elements = app.elements(app.panels.at);
    let cursor = app.fields.get(app.panels.at).copied().unwrap_or_default();
    let height = usize::from(inner.height);
    let mut typed_at = None;
    let shown = elements.iter().enumerate().skip(cursor.offset).take(height);
    for (y, (i, element)) in (inner.y..).zip(shown) {
        match element {
            Element::Header(text) => {
                across(buffer, inner, y, text, theme::STRONG);
            }
            Element::Note(text) => {
                across(buffer, inner, y, text, theme::QUIET);
            }
            Element::Input(input) => {
                let chosen = app.focus == Focus::Fields && i == cursor.at;
                let row = Rect::new(inner.x, y, inner.width, 1);
                typed_at = typed_at.or(field(app, input, chosen, row, buffer));
            }
        }
    }
    beyond(buffer, area, cursor.beyond(elements.len(), height));
    typed_at
}

fn field(
    app: &App,
    input: &Input,
    chosen: bool,
    row: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let (pointer, style) = pointed(chosen);
    put(buffer, row.x + 1, row.y, pointer, 1, Style::new());
    put(
        buffer,
        row.x + PROMPT,
        row.y,
        &input.prompt,
        PROMPT_COLUMNS,
        style,
    );
    if let Some((sign, style)) = mark(app, input) {
        put(buffer, row.x + MARK, row.y, sign, 1, style);
    }
    let range = range(app, input);
    let columns = range_columns(&range, row.width);
    let (text, look) = value(app, input);
    let typed = app.edit.as_ref().filter(|edit| edit.path == input.path);
    let mut at = Rect::new(row.x + VALUE, row.y, row.width.saturating_sub(VALUE + 1), 1);
    if range_shows(app, input, row.width) {
        let x = row.right() - 1 - columns;
        put(buffer, x, row.y, &range, usize::from(columns), theme::QUIET);
        at.width = value_columns(row.width, columns);
    }
    if let Some(edit) = typed {
        let (text, cursor) = edit.shown();
        return Some(typed_line(&text, cursor, at, buffer));
    }
    put(buffer, at.x, at.y, &text, usize::from(at.width), look);
    None
}

/// The column of ranges: as wide as the longest usual one where there is room, else as this one.
fn range_columns(range: &str, row: u16) -> u16 {
    let own = u16::try_from(width(range)).unwrap_or(u16::MAX);
    if row >= ROOMY {
        own.max(RANGE_COLUMNS)
    } else {
        own
    }
}

fn value_columns(row: u16, range: u16) -> u16 {
    row.saturating_sub(VALUE + 1 + range + 1)
}

/// Is there room for the range beside the value? Where there is none, the line of origin tells it.
pub fn range_shows(app: &App, input: &Input, row: u16) -> bool {
    let range = range(app, input);
    let columns = value_columns(row, range_columns(&range, row));
    let needed = if app.edits(&input.path) {
        LEAST_TYPED
    } else {
        width(&value(app, input).0)
    };
    !range.is_empty() && usize::from(columns) >= needed
}

fn mark(app: &App, input: &Input) -> Option<(&'static str, Style)> {
    let path = &input.path;
    if app.asks_for_nothing(input) {
        let severity = Severity::Error;
        return Some((theme::sign(severity), theme::severity(severity)));
    }
    if app.lost.is_some() && app.is_changed(path) {
        return Some(("?", Style::new()));
    }
    match app.problem_at(path) {
        Some(problem) => Some((
            theme::sign(problem.severity),
            theme::severity(problem.severity),
        )),
        None if app.is_changed(path) => Some((theme::CHANGED_SIGN, theme::CHANGED)),
        None => None,
    }
}

fn value(app: &App, input: &Input) -> (String, Style) {
    let Some(config) = &app.config else {
        return ("…".into(), theme::QUIET);
    };
    if let (Some(_), Some(answer)) = (&app.lost, app.answers.get(input.path.as_str())) {
        // Said, but not judged: what is in force is older.
        return (app.shown(&input.path, answer), Style::new());
    }
    let field = app
        .schema
        .as_ref()
        .and_then(|schema| schema.get(input.path.as_str()));
    match (config.value(input.path.as_str()), field) {
        (None, _) => ("–".into(), theme::QUIET),
        (Some(Value::Bool(on)), _) => (if *on { "[x]" } else { "[ ]" }.into(), Style::new()),
        (Some(Value::Text(text)), Some(field)) if !field.range.choices.is_empty() => {
            (format!("{} ▾", crate::clean::line(text)), Style::new())
        }
        (Some(secret @ Value::Secret(clear)), Some(field))
            if field.kind == Kind::Secret && app.revealed.as_ref() == Some(&input.path) =>
        {
            debug_assert!(secret.is_clear_secret());
            (crate::clean::line(clear.expose()), Style::new())
        }
        (Some(Value::Text(address)), _) if app.revealed.as_ref() == Some(&input.path) => {
            (crate::clean::line(address), Style::new())
        }
        (Some(value), _) if value.is_empty() => {
            let proposed = || {
                input
                    .default
                    .as_ref()
                    .map(|default| app.shown(&input.path, default))
            };
            let example = input.placeholder.clone().or_else(proposed);
            let example = example.map(|text| format!("– e.g. {text}"));
            (example.unwrap_or_else(|| "–".into()), theme::QUIET)
        }
        (Some(value), _) => (first_line(app, input, value), Style::new()),
    }
}

/// A value as its row shows it: of several lines the first, and how many more there are.
pub fn first_line(app: &App, input: &Input, value: &Value) -> String {
    if let Value::Text(text) = value
        && !value.is_clear_secret()
        && text.contains('\n')
    {
        let more = text.lines().count().saturating_sub(1);
        let first = crate::clean::line(text.lines().next().unwrap_or_default());
        let lines = if more == 1 { "line" } else { "lines" };
        return if more == 0 {
            first
        } else {
            format!("{first}  +{more} {lines}")
        };
    }
    app.shown(&input.path, value)
}
