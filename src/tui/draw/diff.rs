//! The differences: a window with three columns, and a narrow pane beside the fields.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, put};
use crate::diff::{ChangeKind, Row};
use crate::tui::app::App;
use crate::tui::diff_screen::{DiffScreen, Line, Lines};
use crate::tui::list::Cursor;
use crate::tui::theme;
use crate::value::Value;

/// How the columns share the width: setting, sign, left, right.
struct Columns {
    setting: u16,
    left: u16,
    right: u16,
}

pub fn window(app: &App, screen: &DiffScreen, area: Rect, buffer: &mut Buffer) {
    let lines = Lines::of(app, screen.show_all);
    let inner = frame(buffer, area, "Diff", &summary(&lines));
    let value = (inner.width - 40) / 2;
    let columns = Columns {
        setting: 34,
        left: value,
        right: inner.width.saturating_sub(34 + 4 + value + 1),
    };
    head(app, inner, &columns, buffer);
    let list = Rect::new(inner.x, inner.y + 1, inner.width, inner.height.saturating_sub(1));
    let mut cursor = screen.cursor;
    cursor.show(lines.lines.len(), usize::from(list.height));
    rows(app, &lines, cursor, Some(cursor.at), list, &columns, buffer);
    beyond(buffer, area, cursor.beyond(lines.lines.len(), usize::from(list.height)));
}

/// Beside the fields: it follows the focused one.
pub fn side(app: &App, area: Rect, buffer: &mut Buffer) {
    let lines = Lines::of(app, false);
    let inner = frame(buffer, area, "Diff", &summary(&lines));
    let value = (inner.width.saturating_sub(18)) / 2;
    let columns = Columns {
        setting: 15,
        left: value,
        right: inner.width.saturating_sub(15 + 3 + value),
    };
    head(app, inner, &columns, buffer);
    let list = Rect::new(inner.x, inner.y + 1, inner.width, inner.height.saturating_sub(1));
    let focused = app.input().map(|input| &input.path);
    let at = lines.lines.iter().position(|line| line.path() == focused && focused.is_some());
    let mut cursor = Cursor {
        at: at.unwrap_or(0),
        offset: 0,
    };
    cursor.show(lines.lines.len(), usize::from(list.height));
    rows(app, &lines, cursor, at, list, &columns, buffer);
    beyond(buffer, area, cursor.beyond(lines.lines.len(), usize::from(list.height)));
}

fn summary(lines: &Lines) -> String {
    format!("{} changed, {} the same", lines.changed, lines.same)
}

fn head(app: &App, inner: Rect, columns: &Columns, buffer: &mut Buffer) {
    let profile = app.profile().unwrap_or("profile");
    cells(buffer, inner, inner.y, columns, ["setting", " ", profile, "yours"], theme::QUIET);
}

fn cells(buffer: &mut Buffer, inner: Rect, y: u16, columns: &Columns, texts: [&str; 4], style: Style) {
    let [setting, sign, left, right] = texts;
    put(buffer, inner.x + 1, y, setting, usize::from(columns.setting), style);
    values(buffer, inner, y, columns, [sign, left, right], style);
}

fn values(buffer: &mut Buffer, inner: Rect, y: u16, columns: &Columns, texts: [&str; 3], style: Style) {
    let [sign, left, right] = texts;
    let x = inner.x + 1 + columns.setting;
    put(buffer, x, y, sign, 1, style);
    put(buffer, x + 2, y, left, usize::from(columns.left.saturating_sub(1)), style);
    put(buffer, x + 2 + columns.left, y, right, usize::from(columns.right.saturating_sub(1)), style);
}

fn rows(
    app: &App,
    lines: &Lines,
    cursor: Cursor,
    chosen: Option<usize>,
    list: Rect,
    columns: &Columns,
    buffer: &mut Buffer,
) {
    if lines.lines.is_empty() {
        let text = if app.config.is_some() && app.baseline().is_some() {
            "Nothing differs from the profile."
        } else {
            "…"
        };
        put(buffer, list.x + 1, list.y, text, usize::from(list.width) - 2, theme::QUIET);
    }
    let wide = columns.setting > 20;
    let shown = lines.lines.iter().enumerate().skip(cursor.offset);
    for (y, (i, line)) in (list.y..list.bottom()).zip(shown) {
        match line {
            Line::Section(section) => {
                put(buffer, list.x + 1, y, section, usize::from(list.width) - 2, theme::STRONG);
            }
            Line::Setting(row) => {
                let is_chosen = chosen == Some(i);
                let pointer = if is_chosen { theme::POINTER } else { " " };
                put(buffer, list.x + 1, y, pointer, 1, Style::new());
                let style = if is_chosen && wide { theme::SELECTED } else { Style::new() };
                put(buffer, list.x + 3, y, row.path.leaf(), usize::from(columns.setting - 3), style);
                setting(app, row, list, y, columns, buffer);
            }
        }
    }
}

fn setting(app: &App, row: &Row, list: Rect, y: u16, columns: &Columns, buffer: &mut Buffer) {
    let (left, right) = both(app, row);
    let problem = app.problem_at(&row.path).map(|problem| problem.severity);
    let style = match (problem, row.kind) {
        (Some(severity), _) => theme::severity(severity),
        (None, ChangeKind::Same) => theme::QUIET,
        (None, _) => Style::new(),
    };
    let sign = problem.map_or(row.kind.sign(), theme::sign);
    values(buffer, list, y, columns, [sign, &left, &right], style);
}

/// Both values as shown; two clear secrets that differ would look the same.
fn both(app: &App, row: &Row) -> (String, String) {
    let show = |value: &Option<Value>| match value {
        Some(value) => app.shown(&row.path, value),
        None => "–".to_owned(),
    };
    let right_is_secret = row.right.as_ref().is_some_and(Value::is_clear_secret);
    let right = if right_is_secret && row.kind == ChangeKind::Changed {
        "(secret, changed)".to_owned()
    } else {
        show(&row.right)
    };
    (show(&row.left), right)
}
