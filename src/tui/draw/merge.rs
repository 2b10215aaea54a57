//! Three states of settings that two sides changed, side by side; the one that holds is marked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{across, beyond, frame, pointed, put};
use crate::diff;
use crate::merge::{Row, Side};
use crate::problem::counted;
use crate::tui::app::App;
use crate::tui::merge_screen::{Line, MergeScreen};
use crate::tui::text::{fit_left, width};
use crate::tui::theme;
use crate::value::Value;

/// Columns of the setting's name, from the pointer on.
fn name_columns(width: u16) -> u16 {
    (width * 2 / 5).min(44)
}

pub fn window(app: &App, screen: &MergeScreen, area: Rect, buffer: &mut Buffer) {
    let open = screen.merge.undecided();
    let remark = match open {
        0 => "all chosen".to_owned(),
        n => format!("{} to choose", counted(n, "setting")),
    };
    let inner = frame(buffer, area, &screen.title, &remark);
    let name = name_columns(inner.width);
    let value = (inner.width - name - 1) / 3;
    let columns: Vec<(Side, u16, usize)> = (0..)
        .zip(Side::ALL)
        .map(|(n, side)| (side, inner.x + name + n * value, usize::from(value) - 1))
        .collect();
    put(
        buffer,
        inner.x + 3,
        inner.y,
        "setting",
        usize::from(name) - 4,
        theme::QUIET,
    );
    for (side, x, room) in &columns {
        put(
            buffer,
            x + 2,
            inner.y,
            screen.column(*side),
            room - 2,
            theme::QUIET,
        );
    }
    let lines = screen.lines();
    let height = usize::from(inner.height) - 1;
    let mut cursor = screen.cursor;
    cursor.show(lines.len(), height);
    let shown = lines.iter().enumerate().skip(cursor.offset);
    for (y, (i, line)) in (inner.y + 1..inner.bottom()).zip(shown) {
        match line {
            Line::Gap => {}
            Line::Heading(text) => {
                across(buffer, inner, y, text, theme::STRONG);
            }
            Line::Setting(row) => {
                let (pointer, style) = pointed(i == cursor.at);
                put(buffer, inner.x + 1, y, pointer, 1, Style::new());
                let room = usize::from(name) - 4;
                put(
                    buffer,
                    inner.x + 3,
                    y,
                    &fit_left(row.path.as_str(), room),
                    room,
                    style,
                );
                for (side, x, room) in &columns {
                    cell(app, row, *side, (*x, y, *room), buffer);
                }
            }
        }
    }
    beyond(buffer, area, cursor.beyond(lines.len(), height));
}

/// A secret that is another one than at first, as much of it as has room.
const HIDDEN: [&str; 3] = ["(secret, changed)", "(changed)", "changed"];

/// A value; the one that holds is bold behind a star, so that it shows without colour.
fn cell(app: &App, row: &Row, side: Side, (x, y, room): (u16, u16, usize), buffer: &mut Buffer) {
    let show = |value: &Value| app.shown(&row.path, value);
    let (base, own) = diff::sides(row.base.as_ref(), row.value(side), "–", show);
    let text = if side == Side::Base { base } else { own };
    let text = if text == HIDDEN[0] {
        let fits = HIDDEN.iter().find(|text| width(text) + 2 <= room);
        fits.unwrap_or(&HIDDEN[2]).to_string()
    } else {
        text
    };
    let (mark, style) = if row.side() == Some(side) {
        ("*", theme::STRONG)
    } else {
        (" ", Style::new())
    };
    put(buffer, x, y, mark, 1, style);
    put(buffer, x + 2, y, &text, room - 2, style);
}
