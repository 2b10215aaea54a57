//! The budget below the fields, or beside them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::frame;
use crate::tui::app::App;

pub fn side(_app: &App, area: Rect, buffer: &mut Buffer) {
    frame(buffer, area, "Budget", "");
}
