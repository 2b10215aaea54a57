//! The review: what would be written, against what, and the two buttons.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::typed_line::typed_line;
use super::{beyond, button, frame, pointed, put};
use crate::diff;
use crate::prepare::Changed;
use crate::problem::Counts;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::restoring::Restores;
use crate::tui::review::{FACT, Focus, Page, Review, Row};
use crate::tui::text::{fit_left, pad, width};
use crate::tui::theme;

/// Gives the place of the cursor while the note is typed.
pub fn window(app: &App, review: &Review, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let files = if review.is_same() { "" } else { "1 file" };
    let inner = frame(buffer, area, &review.title(), files);
    let columns = usize::from(inner.width) - 2;
    let x = inner.x + 1;
    let page = Page::of(app, review);
    let gap = u16::from(page.airy);
    let mut y = inner.y;
    for line in &page.plan {
        put(buffer, x, y, line, columns, Style::new());
        y += 1;
    }
    y += gap;
    let mut cursor = review.cursor;
    cursor.show(page.rows.len(), page.list);
    let end = put(buffer, x, y, &page.heading, columns, theme::STRONG);
    if page.hides_command(cursor.offset) {
        let last = app.keymap.keys(Action::Last);
        let key = last.first().map(ToString::to_string).unwrap_or_default();
        let texts = [
            format!("{key}: the command that does the same"),
            format!("{key}: as a command"),
        ];
        let at = |text: &String| {
            let columns = u16::try_from(width(text)).unwrap_or(0);
            inner.right().saturating_sub(1 + columns)
        };
        if let Some(text) = texts.iter().find(|text| at(text) > end) {
            put(buffer, at(text), y, text, columns, theme::QUIET);
        }
    }
    y += 1;
    let room = inner.bottom().saturating_sub(y);
    let shown = u16::try_from(page.list.min(page.rows.len()))
        .unwrap_or(1)
        .min(room);
    list(
        app,
        &page,
        (cursor, review.focus == Focus::Rows),
        Rect::new(inner.x, y, inner.width, shown),
        buffer,
    );
    beyond(buffer, area, cursor.beyond(page.rows.len(), page.list));
    y += shown + gap;
    for (name, text) in &page.facts {
        let x = put(buffer, x, y, &pad(name, FACT), FACT, theme::QUIET);
        put(buffer, x, y, text, columns - FACT, Style::new());
        y += 1;
    }
    buttons(review, inner, buffer);
    note(review, page.airy, inner, buffer)
}

/// `Note       [          ]  kept with the generation`, above the buttons; in a short window left of them.
fn note(review: &Review, airy: bool, inner: Rect, buffer: &mut Buffer) -> Option<Position> {
    const KEPT: &str = "kept with the generation";
    if !review.has_note() {
        return None;
    }
    let (name, above, right) = if airy {
        (FACT, 1, 1)
    } else {
        (6, 0, 1 + BUTTONS)
    };
    let (x, y) = (inner.x + 1, inner.bottom() - 1 - above);
    put(buffer, x, y, &pad("Note", name), name, theme::QUIET);
    let x = x + u16::try_from(name).unwrap_or(0);
    let room = inner.right().saturating_sub(x + right);
    let kept = u16::try_from(width(KEPT)).unwrap_or(0);
    let beside = room.saturating_sub(kept + 2);
    let columns = if beside < 20 {
        room.min(60)
    } else {
        beside.min(60)
    };
    let on = review.focus == Focus::Note;
    put(
        buffer,
        x - 1,
        y,
        if on { theme::POINTER } else { " " },
        1,
        Style::new(),
    );
    let line = Rect::new(x, y, columns, 1);
    let text = if on {
        review.note.text()
    } else {
        &review.noted
    };
    let cursor = if on { review.note.cursor() } else { 0 };
    let at = typed_line(text, cursor, line, buffer);
    if room >= columns + 2 + kept {
        put(
            buffer,
            x + columns + 2,
            y,
            KEPT,
            usize::from(kept),
            theme::QUIET,
        );
    }
    on.then_some(at)
}

fn list(
    app: &App,
    page: &Page,
    (cursor, focused): (Cursor, bool),
    list: Rect,
    buffer: &mut Buffer,
) {
    let rows = page.rows.iter().enumerate().skip(cursor.offset);
    for (y, (i, row)) in (list.y..list.bottom()).zip(rows) {
        let (pointer, style) = pointed(focused && i == cursor.at);
        put(buffer, list.x + 1, y, pointer, 1, Style::new());
        match row {
            Row::Change(changed) => change(app, changed, style, list, y, buffer),
            Row::Text(text) => {
                let columns = usize::from(list.width) - 4;
                put(buffer, list.x + 3, y, text, columns, style);
            }
            Row::Gap => {}
        }
    }
}

/// Columns that a path gets at most.
const LONGEST_PATH: u16 = 64;

/// Path, value before, value after; the values share what the path leaves.
fn change(
    app: &App,
    (path, before, after): &Changed,
    style: Style,
    list: Rect,
    y: u16,
    buffer: &mut Buffer,
) {
    let name = (list.width / 2)
        .min(37)
        .max(list.width * 2 / 5)
        .min(LONGEST_PATH);
    let value = usize::from(list.width.saturating_sub(name + 5)) / 2;
    let columns = usize::from(name) - 1;
    put(
        buffer,
        list.x + 3,
        y,
        &fit_left(path.as_str(), columns),
        columns,
        style,
    );
    let (before, after) = diff::sides(before.as_ref(), after.as_ref(), "–", |value| {
        app.shown(path, value)
    });
    let x = list.x + 3 + name;
    put(buffer, x, y, &before, value.saturating_sub(1), Style::new());
    let x = x + u16::try_from(value).unwrap_or(0);
    put(buffer, x, y, &after, value, Style::new());
}

/// What pressing the button does to the file, and what is wrong with what is restored.
pub fn restores(restores: &Restores) -> String {
    const WRITES: &str =
        "Restore puts these very bytes back; what the file holds now becomes a generation.";
    let counts = Counts::of(restores.problems.iter().flatten());
    if counts.block() {
        return format!("✗ In this version: {counts}. It can be restored all the same.\n{WRITES}");
    }
    WRITES.to_owned()
}

/// Columns that the buttons get at least.
const BUTTONS: u16 = 30;

fn buttons(review: &Review, inner: Rect, buffer: &mut Buffer) {
    let y = inner.bottom() - 1;
    let label = if review.writing {
        "Writing…"
    } else if review.is_same() {
        "Nothing to write"
    } else if review.restores.is_some() {
        "Restore it"
    } else {
        "Write 1 file"
    };
    let (write, mut write_style) = button(label, review.focus == Focus::Write);
    let (back, back_style) = button("Back", review.focus == Focus::Back);
    if (review.refusal.is_some() || review.is_same()) && review.focus != Focus::Write {
        write_style = theme::QUIET;
    }
    let buttons = u16::try_from(width(&write) + 1 + width(&back) + 1).unwrap_or(0);
    let x = inner.right().saturating_sub(buttons.max(BUTTONS));
    let end = put(buffer, x, y, &write, 21, write_style);
    put(buffer, end + 1, y, &back, 9, back_style);
}
