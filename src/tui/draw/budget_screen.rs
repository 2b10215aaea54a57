//! The budget in full: the table of roles, the curve of the chosen one, and the text beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, budget_curve, budget_table, budget_words, frame, put};
use crate::tui::app::App;
use crate::tui::budget_layout::parts;
use crate::tui::budget_screen::BudgetScreen;
use crate::tui::budget_text::{self, Line};
use crate::tui::text::width;
use crate::tui::theme;

pub fn window(app: &App, screen: &BudgetScreen, area: Rect, buffer: &mut Buffer) {
    let title = budget_words::title(app);
    let room = usize::from(area.width).saturating_sub(width(&title) + 6);
    let inner = frame(buffer, area, &title, &budget_words::remark(app, room));
    let Some(forecast) = app.budget.now() else {
        return text(app, screen, area, inner, buffer);
    };
    let parts = parts(inner, forecast.roles.len(), screen.in_text);
    budget_table::table(app, forecast, parts.table, buffer);
    if let Some(curve) = parts.curve {
        budget_curve::curve(forecast, app.role_in_focus(), curve, buffer);
    }
    if let Some(of_text) = parts.text {
        text(app, screen, area, of_text, buffer);
    }
}

fn text(app: &App, screen: &BudgetScreen, window: Rect, area: Rect, buffer: &mut Buffer) {
    let columns = usize::from(area.width).saturating_sub(2);
    let lines = budget_text::lines(app, columns);
    let height = usize::from(area.height);
    let offset = screen.offset.min(lines.len().saturating_sub(height));
    if screen.in_text {
        put(buffer, area.x, area.y, theme::POINTER, 1, Style::new());
    }
    for (y, Line { text, is_head }) in (area.y..area.bottom()).zip(&lines[offset..]) {
        let style = if screen.in_text && y == area.y {
            // The line from which the text is read.
            theme::SELECTED
        } else if *is_head {
            theme::STRONG
        } else {
            Style::new()
        };
        put(buffer, area.x + 1, y, text, columns, style);
    }
    let below = lines.len().saturating_sub(offset + height);
    beyond(buffer, window, (offset, below));
}
