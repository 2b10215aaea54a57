//! The window of a self-signed certificate: four lines to type, then the plan of the two files.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::popups::popup;
use super::typed_line::typed_line;
use super::{button, put};
use crate::made::DAYS;
use crate::prepare;
use crate::problem::Severity;
use crate::tui::app::App;
use crate::tui::certificate_screen::{CertificateScreen, Focus, on_label};
use crate::tui::text::{fit_left, fold_into, width};
use crate::tui::theme;

/// Columns of a line's name, with pointer and sign before it.
const NAME: u16 = 17;
/// Columns of what stands behind a line.
const BEHIND: u16 = 12;
/// Rows of one file's plan.
const PLAN_ROWS: usize = 3;
/// Below this height no row is left empty.
const AIRY: u16 = 12;

pub fn window(
    app: &App,
    screen: &CertificateScreen,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let title = "Self-signed certificate: for solo and tests";
    let columns = area.width.saturating_sub(8).min(90);
    let lines = plan(app, screen, usize::from(columns));
    let typed = Focus::LINES.len();
    let rows = if lines.is_empty() {
        typed + 1
    } else {
        lines.len()
    };
    let rows = rows + usize::from(area.height >= AIRY);
    let height = u16::try_from(rows + 1).unwrap_or(u16::MAX);
    let (_, inner) = popup(area, title, "", columns, height, buffer);
    let cursor = if lines.is_empty() {
        ask(screen, inner, buffer)
    } else {
        for (y, line) in (inner.y..inner.bottom() - 1).zip(&lines) {
            put(
                buffer,
                inner.x + 1,
                y,
                line,
                usize::from(inner.width) - 2,
                Style::new(),
            );
        }
        None
    };
    buttons(screen, inner, buffer);
    cursor
}

/// Who it is for, and what becomes of each file.
fn plan(app: &App, screen: &CertificateScreen, columns: usize) -> Vec<String> {
    let Some(pair) = screen.pair() else {
        return Vec::new();
    };
    let until = pair.until.split(' ').next().unwrap_or_default();
    let names = format!("For {}, until {until}.", pair.names.join(", "));
    let mut lines = fold_into(&names, columns, 1);
    for plan in pair.plans() {
        let summary = prepare::summary(plan, &app.facts.here);
        lines.extend(fold_into(&summary, columns, PLAN_ROWS));
    }
    lines
}

fn ask(screen: &CertificateScreen, inner: Rect, buffer: &mut Buffer) -> Option<Position> {
    let mut cursor = None;
    for (y, focus) in (inner.y..).zip(Focus::LINES) {
        let Some(line) = screen.line(focus) else {
            continue;
        };
        let on = screen.focus == focus;
        let pointer = if on { theme::POINTER } else { " " };
        put(buffer, inner.x + 1, y, pointer, 1, Style::new());
        let (name, behind) = match focus {
            Focus::Names => ("Names", String::new()),
            Focus::Days => ("Days", format!("{} to {}", DAYS.start(), DAYS.end())),
            Focus::Certificate => ("Certificate", "mode 0644".to_owned()),
            _ => ("Key", "mode 0600".to_owned()),
        };
        put(buffer, inner.x + 3, y, name, 11, Style::new());
        if screen.wrong(focus).is_some() {
            let (sign, style) = (
                theme::sign(Severity::Error),
                theme::severity(Severity::Error),
            );
            put(buffer, inner.x + NAME - 2, y, sign, 1, style);
        }
        let columns = inner.width.saturating_sub(NAME + BEHIND);
        let at = Rect::new(inner.x + NAME, y, columns, 1);
        let text = fit_left(line.text(), usize::from(columns).saturating_sub(2));
        let at = if on {
            typed_line(line.text(), line.cursor(), at, buffer)
        } else {
            typed_line(&text, 0, at, buffer)
        };
        let x = inner.x + NAME + columns + 2;
        put(buffer, x, y, &behind, usize::from(BEHIND) - 3, theme::QUIET);
        if on {
            cursor = Some(at);
        }
    }
    let y = inner.y + 4;
    if y + 1 < inner.bottom() {
        let both = "Both TLS settings will name these files.";
        let columns = usize::from(inner.width) - 4;
        put(buffer, inner.x + 3, y, both, columns, theme::QUIET);
    }
    cursor
}

fn buttons(screen: &CertificateScreen, inner: Rect, buffer: &mut Buffer) {
    let back = if screen.pair().is_some() {
        "Back"
    } else {
        "Cancel"
    };
    let (on, on_style) = button(&on_label(screen), screen.focus == Focus::On);
    let (back, back_style) = button(back, screen.focus == Focus::Back);
    let y = inner.bottom() - 1;
    let columns = u16::try_from(width(&on) + width(&back) + 2).unwrap_or(0);
    let x = inner.right().saturating_sub(columns + 1).max(inner.x + 1);
    let end = put(buffer, x, y, &on, width(&on), on_style);
    put(buffer, end + 1, y, &back, width(&back), back_style);
}
