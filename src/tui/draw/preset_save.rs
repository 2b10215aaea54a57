//! The window in which a preset is saved: a row for each thing that is asked, what it would hold, two buttons.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::popups::popup;
use super::typed_line::typed_line;
use super::{button, put};
use crate::preset::{Name, Whose};
use crate::tui::app::App;
use crate::tui::layout::list_height;
use crate::tui::preset_save::{Of, Row, SaveScreen};
use crate::tui::text::{fit_left, width};
use crate::tui::theme;

/// Columns of a row's name.
const NAME: u16 = 13;
/// Columns of a name being typed; a longer one scrolls.
const TYPED: u16 = 26;
/// Columns behind that line, where something stands to be said of the name: `is there: asks first`, with gaps.
const BESIDE: u16 = 22;
/// The widest that the window gets.
const WIDEST: u16 = 96;

/// Gives the place of the cursor while a line is typed.
pub fn window(app: &App, screen: &SaveScreen, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let rows = app.save_rows(screen);
    let airy = list_height(app.size) >= 14;
    let lines: u16 = rows.iter().map(|row| height(*row)).sum();
    // On a small screen the window is the whole pane.
    let around = if airy { 8 } else { 0 };
    let wanted = area.width.saturating_sub(around).min(WIDEST);
    // What it holds, perhaps an empty line, the buttons.
    let lines = lines + 2 + u16::from(airy);
    let (_, inner) = popup(area, screen.title(), "", wanted, lines, buffer);
    let mut cursor = None;
    let mut y = inner.y;
    for row in rows {
        let at = Rect::new(inner.x, y, inner.width, height(row));
        let place = draw_row(app, screen, row, at, buffer);
        if row == screen.row {
            cursor = place;
        }
        y += height(row);
    }
    label("Holds", false, inner, y, buffer);
    let holds = app.holds_in_words(screen);
    // What is left out is worth more than the profile, which the header names.
    let short = holds.split_once(", ").map_or("", |(_, rest)| rest);
    let shorter = short.replace(" among them", "");
    let fits = |text: &&str| width(text) <= usize::from(room(inner));
    let holds = [holds.as_str(), short].into_iter().find(fits);
    text(holds.unwrap_or(&shorter), inner, y, Style::new(), buffer);
    buttons(screen, inner, buffer);
    cursor.filter(|_| screen.is_typing())
}

fn height(row: Row) -> u16 {
    match row {
        Row::Of | Row::Where => 2,
        Row::Name | Row::Description | Row::Secrets => 1,
        Row::Save | Row::Cancel => 0,
    }
}

fn label(name: &str, focused: bool, at: Rect, y: u16, buffer: &mut Buffer) {
    let columns = usize::from(NAME) - 2;
    put(buffer, at.x + 1, y, name, columns, theme::QUIET);
    if focused {
        let x = at.x + NAME - 1;
        put(buffer, x, y, theme::POINTER, 1, Style::new());
    }
}

/// Columns behind the names.
fn room(at: Rect) -> u16 {
    at.width.saturating_sub(NAME + 2)
}

fn text(text: &str, at: Rect, y: u16, style: Style, buffer: &mut Buffer) {
    let columns = usize::from(room(at));
    put(buffer, at.x + 1 + NAME, y, text, columns, style);
}

/// Gives the place of the cursor in a line that can be typed.
fn draw_row(
    app: &App,
    screen: &SaveScreen,
    row: Row,
    at: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let name = |name: &str, buffer: &mut Buffer| {
        label(name, screen.row == row, at, at.y, buffer);
    };
    // What is chosen in the row that has the keys.
    let style = |chosen: bool| {
        if chosen && screen.row == row {
            theme::SELECTED
        } else {
            Style::new()
        }
    };
    let line = |columns: u16| Rect::new(at.x + 1 + NAME, at.y, columns.min(room(at)), 1);
    match row {
        Row::Of => {
            name("Save", buffer);
            let copies = matches!(screen.of, Of::Copy(_));
            let other = screen.copy_of().map(|one| one.named().to_string());
            let other = other.unwrap_or_default();
            let now = format!("{} what is set now", mark(!copies));
            let copy = format!("{} a copy of {other}", mark(copies));
            text(&now, at, at.y, style(!copies), buffer);
            text(&copy, at, at.y + 1, style(copies), buffer);
        }
        Row::Name => {
            name("Name", buffer);
            let line = line(TYPED.min(room(at).saturating_sub(BESIDE)));
            let x = line.right() + 2;
            let columns = usize::from(at.right().saturating_sub(x + 1));
            let beside = app.beside_name(screen);
            put(buffer, x, at.y, &beside, columns, Style::new());
            let typed = &screen.name;
            return Some(typed_line(typed.text(), typed.cursor(), line, buffer));
        }
        Row::Description => {
            name("What for", buffer);
            let typed = &screen.description;
            let line = line(room(at));
            return Some(typed_line(typed.text(), typed.cursor(), line, buffer));
        }
        Row::Where => {
            name("Where", buffer);
            for (y, whose) in (at.y..).zip(Whose::BOTH) {
                let before = format!("{} {:8}", mark(screen.whose == whose), whose.word());
                let name = Name::new(screen.name.text().trim()).ok();
                let path = app.preset_path(whose, name.as_ref());
                let path = path.unwrap_or_else(|problem| problem.message);
                let columns = usize::from(room(at)).saturating_sub(width(&before));
                let path = fit_left(&path, columns);
                let chosen = style(screen.whose == whose);
                text(&format!("{before}{path}"), at, y, chosen, buffer);
            }
        }
        Row::Secrets => {
            name("Secrets", buffer);
            let ticked = if screen.with_secrets { "[x]" } else { "[ ]" };
            let with = format!("{ticked} with the {} in clear", app.clear_to_save(screen));
            let long = format!("{with}: then only you may read the file (0600)");
            let fits = width(&long) <= usize::from(room(at));
            let line = if fits {
                long
            } else {
                format!("{with}, mode 0600")
            };
            text(&line, at, at.y, style(true), buffer);
        }
        Row::Save | Row::Cancel => {}
    }
    None
}

fn mark(chosen: bool) -> &'static str {
    if chosen { "(x)" } else { "( )" }
}

fn buttons(screen: &SaveScreen, inner: Rect, buffer: &mut Buffer) {
    let label = if screen.is_saving() {
        "Saving…"
    } else {
        screen.button()
    };
    let texts = [
        button(label, screen.row == Row::Save),
        button("Cancel", screen.row == Row::Cancel),
    ];
    let columns: usize = texts.iter().map(|(text, _)| width(text) + 2).sum();
    let columns = u16::try_from(columns).unwrap_or(0);
    let mut x = inner.right().saturating_sub(columns);
    for (text, style) in texts {
        x = put(buffer, x, inner.bottom() - 1, &text, width(&text), style) + 2;
    }
}
