//! The editor of several lines: its window scrolls down and to the side, so that the cursor always shows.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::{beyond, frame, put};
use crate::tui::app::App;
use crate::tui::editor::Editor;
use crate::tui::text::{CUT, prefix, scroll, skip, width};
use crate::tui::theme;

/// The sign for text that begins further left.
const CUT_LEFT: &str = "…";

pub fn window(app: &App, editor: &Editor, area: Rect, buffer: &mut Buffer) -> Position {
    let height = u16::try_from(app.editor_height()).unwrap_or(u16::MAX);
    let window = Rect::new(
        area.x + 1,
        area.y + 1,
        area.width.saturating_sub(2),
        (height + 2).min(area.height),
    );
    Clear.render(window, buffer);
    let inner = frame(buffer, window, &editor.title, &editor.place());
    // A column on each side is kept for the signs of text that goes further.
    let columns = usize::from(inner.width.saturating_sub(2)).max(1);
    let (line, column) = editor.cursor();
    let before: String = editor.shown(line).chars().take(column).collect();
    let left_out = scroll(&before, columns);
    let mut rows = editor.rows;
    rows.show(editor.len(), usize::from(inner.height));
    let mut cursor = Position::new(inner.x + 1, inner.y);
    for (y, i) in (inner.y..inner.bottom()).zip(rows.offset..editor.len()) {
        let text = editor.shown(i);
        let (rest, skipped) = skip(&text, left_out);
        put(
            buffer,
            inner.x + 1,
            y,
            prefix(rest, columns),
            columns,
            Style::new(),
        );
        if left_out > 0 && !text.is_empty() {
            put(buffer, inner.x, y, CUT_LEFT, 1, theme::QUIET);
        }
        if width(rest) > columns {
            put(
                buffer,
                inner.right() - 1,
                y,
                &CUT.to_string(),
                1,
                theme::QUIET,
            );
        }
        if i == line {
            let column = width(&before).saturating_sub(skipped);
            cursor = Position::new(inner.x + 1 + u16::try_from(column).unwrap_or(0), y);
        }
    }
    beyond(
        buffer,
        window,
        rows.beyond(editor.len(), usize::from(inner.height)),
    );
    cursor
}
