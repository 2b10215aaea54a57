//! The rows between pane and footer: help, and the line below it. Whichever needs more than its own takes of the other:
//! a message that was just said first, else the end of a help text.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::help_lines::Help;
use super::message::standing;
use super::put;
use crate::tui::app::App;
use crate::tui::layout::Layout;
use crate::tui::text::fold_into;
use crate::tui::window::Window;

/// Rows that a message may take at most.
const MESSAGE: usize = 2;

pub fn rows(app: &App, layout: &Layout, buffer: &mut Buffer) {
    let rows = layout.help.union(layout.message);
    let columns = usize::from(rows.width);
    let all = usize::from(rows.height);
    let help = Help::of(app);
    let message = if let Some(said) = &app.message.line {
        fold_into(said, columns, MESSAGE)
    } else {
        // Rows that the help leaves empty are the line's.
        let spare = (all - 1).saturating_sub(help.lines(columns, all - 1).len());
        fold_into(&standing(app, columns), columns, spare + 1)
    };
    let help_rows = all - message.len().max(1);
    let lines = help.lines(columns, help_rows);
    let takes_all = app.message.line.is_none() && !is_answering(app);
    let (lines, message) = match help.lines(columns, all) {
        // On the start screen what follows a profile's verdict is what is wrong beside it.
        whole
            if takes_all
                && whole.len() > help_rows
                && !(app.started && help.fits(columns, help_rows)) =>
        {
            (whole, Vec::new())
        }
        _ => (lines, message),
    };
    let mut put_at = |y: u16, line: &str, style| {
        put(buffer, rows.x, y, line, columns, style);
    };
    for (y, line) in (rows.y..rows.bottom()).zip(&lines) {
        put_at(y, line, help.style);
    }
    let first = rows.bottom() - u16::try_from(message.len()).unwrap_or(rows.height);
    for (y, line) in (first..rows.bottom()).zip(&message) {
        put_at(y, line, Style::new());
    }
}

/// While a value is typed, the line below the help says what it is worth.
fn is_answering(app: &App) -> bool {
    match app.windows.last() {
        Some(window) => matches!(window, Window::Multiselect(_) | Window::Editor(_)),
        None => app.edit.is_some(),
    }
}
