//! A text being typed on one line, between brackets, scrolled so that the cursor shows. The only place that scrolls one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::put;
use crate::tui::text::{prefix, scroll, skip, width};

/// Draws `text` on the first row of `at`; `cursor` is the cursor's place in it, in characters.
pub fn typed_line(text: &str, cursor: usize, at: Rect, buffer: &mut Buffer) -> Position {
    let columns = usize::from(at.width.saturating_sub(2)).max(1);
    let before: String = text.chars().take(cursor).collect();
    let (rest, skipped) = skip(text, scroll(&before, columns));
    put(buffer, at.x, at.y, "[", 1, Style::new());
    put(
        buffer,
        at.x + 1,
        at.y,
        prefix(rest, columns),
        columns,
        Style::new(),
    );
    let end = at.x + 1 + u16::try_from(columns).unwrap_or(0);
    put(buffer, end, at.y, "]", 1, Style::new());
    let column = width(&before).saturating_sub(skipped);
    Position::new(at.x + 1 + u16::try_from(column).unwrap_or(0), at.y)
}
