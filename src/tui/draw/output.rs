//! The text that would be written: the whole pane, or narrow beside the fields, following the focused one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, put};
use crate::problem::counted;
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::output_screen::{Line, OutputScreen};
use crate::tui::text::skip;
use crate::tui::theme;

pub fn window(app: &App, screen: &OutputScreen, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, &title(app), &remark(app));
    let mut cursor = screen.cursor;
    cursor.show(app.output_text.lines.len(), usize::from(inner.height));
    lines(
        app,
        cursor,
        Some((cursor.at, theme::SELECTED)),
        screen.shift,
        inner,
        buffer,
    );
    let beyond_rows = cursor.beyond(app.output_text.lines.len(), usize::from(inner.height));
    beyond(buffer, area, beyond_rows);
}

/// Beside the fields: the focused setting, or the first one of the chosen panel, stands in the middle.
pub fn side(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, &title(app), &remark(app));
    let height = usize::from(inner.height);
    let rows = app.output_text.lines.len();
    let of_panel = || app.panel()?.inputs().next();
    let focused = app.input().or_else(of_panel).map(|input| &input.path);
    let found = focused.and_then(|path| app.output_line(path));
    let line = found.map_or(0, |(line, _)| line);
    let top = line.saturating_sub(height / 2);
    let mut cursor = Cursor {
        at: line,
        offset: top,
    };
    cursor.show(rows, height);
    // The keys are elsewhere: it is pointed at, not chosen.
    let at = found.filter(|(_, is_its_own)| *is_its_own);
    let at = at.map(|(at, _)| (at, Style::new()));
    lines(app, cursor, at, 0, inner, buffer);
    beyond(buffer, area, cursor.beyond(rows, height));
}

fn title(app: &App) -> String {
    format!("Output: {}", app.output_name())
}

fn remark(app: &App) -> String {
    counted(app.output_text.lines.len(), "line")
}

fn lines(
    app: &App,
    cursor: Cursor,
    chosen: Option<(usize, Style)>,
    shift: usize,
    inner: Rect,
    buffer: &mut Buffer,
) {
    let columns = usize::from(inner.width).saturating_sub(3);
    if app.output_text.lines.is_empty() {
        put(buffer, inner.x + 3, inner.y, "…", columns, theme::QUIET);
    }
    let shown = app.output_text.lines.iter().enumerate().skip(cursor.offset);
    for (y, (i, line)) in (inner.y..inner.bottom()).zip(shown) {
        let chosen = chosen.filter(|(at, _)| *at == i).map(|(_, look)| look);
        if chosen.is_some() {
            put(buffer, inner.x, y, theme::POINTER, 1, Style::new());
        }
        if let Some((sign, style)) = sign(app, line) {
            put(buffer, inner.x + 1, y, sign, 1, style);
        }
        let style = match &line.path {
            Some(_) => Style::new(),
            None if line.text.trim_start().starts_with('[') => theme::STRONG,
            None => theme::QUIET,
        };
        let style = chosen.map_or(style, |look| style.patch(look));
        let (rest, _) = skip(&line.text, shift);
        // An empty line is chosen by its first column.
        let rest = if rest.is_empty() { " " } else { rest };
        put(buffer, inner.x + 3, y, rest, columns, style);
    }
}

fn sign(app: &App, line: &Line) -> Option<(&'static str, Style)> {
    let path = line.path.as_ref()?;
    if let Some(problem) = app.problem_at(path) {
        let severity = problem.severity;
        return Some((theme::sign(severity), theme::severity(severity)));
    }
    let changed = app.is_changed(path);
    changed.then_some((theme::CHANGED_SIGN, theme::CHANGED))
}
