//! The pane beside the fields on a wide screen: differences, budget, output or help, as chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, diff, frame, output, put};
use crate::tui::app::App;
use crate::tui::help::Help;
use crate::tui::list::Cursor;
use crate::tui::side_pane::Side;
use crate::tui::theme;

pub fn pane(app: &App, area: Rect, buffer: &mut Buffer) {
    match app.side {
        Side::Diff => diff::side(app, area, buffer),
        Side::Budget => super::budget_side::side(app, area, buffer),
        Side::Scoring => super::scoring::side(app, area, buffer),
        Side::Output => output::side(app, area, buffer),
        Side::Help => help(app, area, buffer),
    }
}

/// What is known of the focused setting; the keys are left to the help window.
fn help(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, "Help", "");
    let columns = usize::from(inner.width).saturating_sub(2);
    let lines = Help::beside(app).narrow_lines(columns);
    for (y, (line, is_head)) in (inner.y..inner.bottom()).zip(&lines) {
        let style = if *is_head {
            theme::STRONG
        } else {
            Style::new()
        };
        put(buffer, inner.x + 1, y, line, columns, style);
    }
    let shown = usize::from(inner.height);
    beyond(buffer, area, Cursor::default().beyond(lines.len(), shown));
}
