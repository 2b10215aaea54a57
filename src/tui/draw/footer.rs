//! The last line: as many hints as fit. Leaves to others: which keys matter where (`hints`).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::hints::{Hint, hints};
use super::put;
use crate::tui::app::App;
use crate::tui::theme;

/// The keys that matter here; what does not fit goes from the end and is left to the help.
pub fn footer(app: &App, area: Rect, buffer: &mut Buffer) {
    let mut hints = hints(app);
    let room = usize::from(area.width);
    while hints.iter().map(Hint::columns).sum::<usize>() > room {
        match hints.iter().rposition(|hint| !hint.stays) {
            Some(last) => drop(hints.remove(last)),
            None => break,
        }
    }
    let mut x = 1;
    for hint in hints {
        let left = usize::from(area.width.saturating_sub(x));
        x = put(buffer, x, area.y, &hint.keys, left, theme::STRONG) + 1;
        let left = usize::from(area.width.saturating_sub(x));
        x = put(buffer, x, area.y, &hint.label, left, Style::new()) + 2;
    }
}
