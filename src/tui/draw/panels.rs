//! The list of panels, with what is wrong, open or changed in each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, put};
use crate::problem::counted;
use crate::tui::app::{App, Focus};
use crate::tui::counting::Marks;
use crate::tui::text::{fit_words, width};
use crate::tui::theme;

/// Columns of the title, the pointer before it included.
const TITLE: usize = 22;

/// Draws the list; `narrow` leaves the summaries out, for the fields stand beside it.
pub fn list(app: &App, area: Rect, narrow: bool, buffer: &mut Buffer) {
    let panels = app.form.panels.len();
    let settings = app.form.inputs().count();
    let remark = match (app.forms.follow(), narrow) {
        (true, _) => "…".to_owned(),
        (false, true) => settings.to_string(),
        (false, false) => {
            let (panels, settings) = (counted(panels, "panel"), counted(settings, "setting"));
            format!("{panels}, {settings}")
        }
    };
    let inner = frame(buffer, area, &app.filter.title("Panels", narrow), &remark);
    let height = usize::from(inner.height);
    let from = app.panels.offset.min(panels);
    let shown = from..panels.min(from + height);
    let marks_shown = app.panel_marks(shown.clone());
    let shown = app.form.panels[shown].iter().zip(marks_shown);
    for (y, (i, (panel, panel_marks))) in (inner.y..).zip((from..).zip(shown)) {
        let chosen = i == app.panels.at;
        let style = if chosen && app.focus == Focus::Panels {
            theme::SELECTED
        } else {
            Style::new()
        };
        // Under a filter a panel without such rows stays where it is, and says so.
        let is_empty = app.filter.is_on() && app.filtered(i) == 0;
        let style = if is_empty {
            style.patch(theme::QUIET)
        } else {
            style
        };
        let pointer = if chosen { theme::POINTER } else { " " };
        put(buffer, inner.x + 1, y, pointer, 1, Style::new());
        let end = if narrow { inner.right() } else { inner.x + 28 };
        let marks = marks(panel_marks, end, y, buffer);
        let room = usize::from(marks.saturating_sub(inner.x + 3));
        let room = if narrow { room } else { room.min(TITLE) };
        put(buffer, inner.x + 3, y, &panel.title, room, style);
        if !narrow {
            let x = inner.x + 29;
            let room = usize::from(inner.right().saturating_sub(x + 1));
            let summary = if is_empty { "–" } else { &panel.summary };
            let summary = fit_words(summary, room);
            put(buffer, x, y, &summary, room, Style::new());
        }
    }
    beyond(buffer, area, app.panels.beyond(panels, height));
}

/// Draws the marks of a panel up to `end`; says where they begin.
fn marks((worst, changed): Marks, end: u16, y: u16, buffer: &mut Buffer) -> u16 {
    let mut marks = Vec::new();
    let mut mark = |sign: &str, count: usize, style| {
        marks.push((format!("{sign}{count}"), style));
    };
    if let Some((severity, count)) = worst {
        mark(theme::sign(severity), count, theme::severity(severity));
    }
    if changed > 0 {
        mark(theme::CHANGED_SIGN, changed, theme::CHANGED);
    }
    let columns: usize = marks.iter().map(|(text, _)| width(text)).sum();
    let begin = end.saturating_sub(u16::try_from(columns).unwrap_or(0));
    let mut x = begin;
    for (text, style) in marks {
        x = put(buffer, x, y, &text, 6, style);
    }
    begin
}
