//! The finder of actions: the line that is typed, and the actions with their keys and sentences.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::marked::{nothing, put_marked, typed_line};
use super::{beyond, frame, pointed, put};
use crate::tui::app::App;
use crate::tui::finder::Finder;
use crate::tui::fuzzy::{How, matcher};
use crate::tui::theme;

const NAME: u16 = 16;
const KEY: u16 = 10;

pub fn window(app: &App, finder: &Finder, area: Rect, buffer: &mut Buffer) -> Position {
    let count = finder.actions.len();
    let remark = crate::problem::counted(count, "action");
    let inner = frame(buffer, area, "Actions", &remark);
    let (cursor, below) = typed_line(":", &finder.line, inner, buffer);
    if finder.actions.is_empty() {
        nothing(
            "No action is called that. Fewer letters find more.",
            below,
            buffer,
        );
    }
    let mut matcher = matcher();
    let shown = finder.actions.iter().enumerate().skip(finder.cursor.offset);
    for (y, (i, action)) in (below.y..below.bottom()).zip(shown) {
        let (pointer, style) = pointed(i == finder.cursor.at);
        put(buffer, below.x + 1, y, pointer, 1, Style::new());
        let mut x = below.x + 3;
        let mut cell = |x: u16, text: &str, how: How, width: u16, style: Style| {
            let marks = finder.query.marks(how, text, &mut matcher);
            put_marked(buffer, (x, y), text, &marks, usize::from(width), style);
        };
        cell(x, &action.words(), How::Letters, NAME, style);
        let room = below.right().saturating_sub(x + NAME + KEY + 3);
        cell(
            x + NAME + KEY + 2,
            action.sentence(),
            How::Words,
            room,
            Style::new(),
        );
        x += NAME + 1;
        let keys = app.keymap.key(*action);
        put(buffer, x, y, &keys, usize::from(KEY), theme::STRONG);
    }
    let height = usize::from(below.height);
    beyond(buffer, area, finder.cursor.beyond(count, height));
    cursor
}
