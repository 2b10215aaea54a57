//! The budget below the fields, where it follows every key.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{across, budget_table, budget_words, frame};
use crate::tui::app::App;
use crate::tui::text::width;

pub fn pane(app: &App, area: Rect, buffer: &mut Buffer) {
    let title = budget_words::title(app);
    let room = usize::from(area.width).saturating_sub(width(&title) + 6);
    let inner = frame(buffer, area, &title, &budget_words::remark(app, room));
    let text_rows = match (inner.height, app.budget.now()) {
        (height, None) => height,
        (height, _) if height >= 7 => 2,
        _ => 1,
    };
    let table = inner.height.saturating_sub(text_rows);
    if let Some(forecast) = app.budget.now() {
        let area = Rect {
            height: table,
            ..inner
        };
        budget_table::table(app, forecast, area, buffer);
    }
    let columns = usize::from(inner.width) - 2;
    let lines = budget_words::lines(&budget_words::below(app), columns, usize::from(text_rows));
    for (y, line) in (inner.y + table..inner.bottom()).zip(lines) {
        across(buffer, inner, y, &line, Style::new());
    }
}
