//! A long text with buttons below it, over the whole pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::{across, beyond, button, frame, put};
use crate::tui::app::App;
use crate::tui::sheet::Sheet;
use crate::tui::text::width;

pub fn window(app: &App, sheet: &Sheet, area: Rect, buffer: &mut Buffer) {
    Clear.render(area, buffer);
    let inner = frame(buffer, area, &sheet.question.title, "");
    let (lines, rows) = app.sheet_text(sheet);
    for (y, line) in (inner.y..).zip(lines.iter().skip(sheet.offset).take(rows)) {
        across(buffer, inner, y, line, Style::new());
    }
    let below = lines.len().saturating_sub(sheet.offset + rows);
    beyond(buffer, area, (sheet.offset, below));
    let buttons = &sheet.question.buttons;
    let columns: usize = buttons.iter().map(|(label, _)| width(label) + 7).sum();
    let mut x = inner
        .right()
        .saturating_sub(u16::try_from(columns).unwrap_or(0));
    for (i, (label, _)) in buttons.iter().enumerate() {
        let (text, style) = button(label, i == sheet.question.at);
        x = put(buffer, x, inner.bottom() - 1, &text, width(&text), style) + 2;
    }
}
