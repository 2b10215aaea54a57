//! The budget beside the fields on a wide screen: two lines a role where the table has no room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::budget_gauge::{LONGEST, SHORTEST};
use super::budget_table::{Cells, bar, change, height, table};
use super::{across, beyond, budget_words, frame, put};
use crate::budget::settings::Enforced;
use crate::budget::{Forecast, sentence};
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::text::{fold, width};
use crate::tui::theme;

/// From this width on the table has room.
const TABLE: u16 = 64;

pub fn side(app: &App, area: Rect, buffer: &mut Buffer) {
    let title = match app.budget.before() {
        Some(_) if area.width < TABLE => {
            format!("Budget against {}", app.left_title(app.budget.left()))
        }
        _ => budget_words::title(app),
    };
    let room = usize::from(area.width).saturating_sub(width(&title) + 6);
    let inner = frame(buffer, area, &title, &budget_words::remark(app, room));
    let columns = usize::from(inner.width) - 2;
    let mut y = inner.y;
    if let Some(forecast) = app.budget.now() {
        y = if inner.width >= TABLE {
            let rows = height(forecast.roles.len()).min(usize::from(inner.height) / 2);
            let rows = u16::try_from(rows).unwrap_or(inner.height);
            let area = Rect {
                height: rows,
                ..inner
            };
            table(app, forecast, area, buffer);
            inner.y + rows
        } else {
            roles(app, forecast, area, inner, buffer)
        };
        y += 1;
    }
    let texts = budget_words::below(app);
    let folded = texts.iter().map(|text| fold(text, columns));
    let folded: Vec<Vec<String>> = folded.collect();
    for lines in folded {
        for line in lines {
            if y >= inner.bottom() {
                return;
            }
            across(buffer, inner, y, &line, Style::new());
            y += 1;
        }
        y += 1;
    }
}

/// Name and amounts, then gauge and what happens; ends with the total. Gives the first free row.
fn roles(app: &App, forecast: &Forecast, area: Rect, inner: Rect, buffer: &mut Buffer) -> u16 {
    let columns = usize::from(inner.width) - 2;
    let x = inner.x + 1;
    let chosen = app.role_in_focus();
    // Total, what changed, refused calls, and a few lines of text keep their room.
    let shown = usize::from(inner.height.saturating_sub(7) / 2).max(1);
    let mut cursor = Cursor {
        at: chosen,
        offset: 0,
    };
    cursor.show(forecast.roles.len(), shown);
    let mut y = inner.y;
    let then = |cells: &Cells| match (cells.reaches.as_str(), cells.then.as_str()) {
        _ if forecast.settings.enforced() != Enforced::On => String::new(),
        ("–", "") => String::new(),
        (reaches, then) => format!("{reaches} {then}"),
    };
    let cells: Vec<Cells> = forecast
        .roles
        .iter()
        .map(|role| Cells::of(forecast, role))
        .collect();
    // All gauges are of one length, so that they compare.
    let longest = cells.iter().map(|cells| width(&then(cells))).max();
    let room = columns.saturating_sub(longest.unwrap_or(0) + 1);
    let gauge_columns = room.clamp(SHORTEST, LONGEST);
    let visible = cells.iter().enumerate().skip(cursor.offset);
    for (i, cells) in visible.take(shown) {
        let style = match (i == chosen, app.steps_roles()) {
            (true, true) => theme::SELECTED,
            _ => Style::new(),
        };
        if i == chosen {
            put(buffer, inner.x, y, theme::POINTER, 1, Style::new());
        }
        let amounts = format!("{} of {}", cells.spent, cells.limit);
        let room = columns.saturating_sub(width(&amounts) + 1);
        put(buffer, x, y, &cells.name, room, style);
        right(buffer, inner, y, &amounts);
        let gauge = bar(forecast, i, gauge_columns);
        let end = put(buffer, x, y + 1, &gauge, columns, Style::new());
        let left = usize::from(inner.right().saturating_sub(end + 2));
        put(buffer, end + 1, y + 1, &then(cells), left, Style::new());
        y += 2;
    }
    let total = format!(
        "{} of {}",
        forecast.total().dollars(),
        forecast.limits().dollars()
    );
    put(buffer, x, y, "total", columns, theme::STRONG);
    right(buffer, inner, y, &total);
    y += 1;
    let refused = format!("{} refused", sentence::counted(forecast.refused()));
    for text in change(app).into_iter().chain([refused]) {
        put(buffer, x, y, &text, columns, Style::new());
        y += 1;
    }
    beyond(buffer, area, cursor.beyond(forecast.roles.len(), shown));
    y
}

fn right(buffer: &mut Buffer, inner: Rect, y: u16, text: &str) {
    let columns = u16::try_from(width(text)).unwrap_or(inner.width);
    let x = inner.right().saturating_sub(columns + 1).max(inner.x + 1);
    put(buffer, x, y, text, usize::from(inner.width), Style::new());
}
