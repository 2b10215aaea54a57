//! What goes over the line: bytes to the terminal for a typed character, verdict included, and for a move to the next
//! field, through every field of every panel, with the differences open beside them.

use std::path::Path;
use std::time::Duration;

use crate::figure::{Figure, Number};
use crate::terminal::{CTRL_U, DOWN, ENTER, ESC, Terminal};
use crate::{Counts, focused_row, wizard};

/// A key's frame and its verdict's are out when nothing came for so long.
const KEY_DONE: Duration = Duration::from_millis(20);
/// A lone Esc is held back a moment: it may begin a sequence.
const ESC_DONE: Duration = Duration::from_millis(60);
/// A move asks for no verdict.
const MOVE_DONE: Duration = Duration::from_millis(10);
/// Longer values are typed to here.
const MOST_CHARACTERS: usize = 12;

pub fn typing(counts: &Counts, folder: &Path) -> Vec<Figure> {
    let mut terminal = wizard(folder, "enterprise");
    let mut bytes = Vec::new();
    every_field(&mut terminal, |terminal, _| {
        if bytes.len() < counts.keys {
            type_value(terminal, &mut bytes);
        }
    });
    vec![
        Figure::new("typed character", "bytes", bytes)
            .at_most(Number::Median, 110.0)
            .at_most(Number::P95, 300.0),
    ]
}

/// Types the focused field's value again, when it is a text or a number.
fn type_value(terminal: &mut Terminal, bytes: &mut Vec<f64>) {
    let row = focused_row(terminal.screen());
    if row.contains("[x]") || row.contains("[ ]") || row.contains('▾') {
        return;
    }
    terminal.send(ENTER);
    terminal.drain(KEY_DONE);
    if terminal.screen().hide_cursor() {
        // A list to tick from has opened; where nothing has, Esc would leave the panel.
        if terminal
            .rows()
            .last()
            .is_some_and(|footer| footer.contains("Enter keep"))
        {
            terminal.send(ESC);
            terminal.drain(ESC_DONE);
        }
        return;
    }
    let row = focused_row(terminal.screen());
    let value = row
        .split_once('[')
        .and_then(|(_, rest)| rest.rsplit_once(']'));
    let value = value.map_or("", |(value, _)| value.trim()).to_owned();
    terminal.send(CTRL_U);
    terminal.drain(KEY_DONE);
    for character in value.chars().take(MOST_CHARACTERS) {
        terminal.send(&character.to_string());
        bytes.push(terminal.drain(KEY_DONE) as f64);
    }
    terminal.send(ESC);
    terminal.drain(ESC_DONE);
}

pub fn moves(_: &Counts, folder: &Path) -> Vec<Figure> {
    ["solo", "multiuser", "enterprise"]
        .map(|profile| {
            let mut terminal = wizard(folder, profile);
            let mut bytes = Vec::new();
            every_field(&mut terminal, |_, moved| {
                bytes.extend(moved.map(|moved| moved as f64));
            });
            Figure::new(format!("moving one field, {profile}"), "bytes", bytes)
                .at_most(Number::P95, 350.0)
        })
        .into()
}

/// Goes down through every field of every panel; `visit` gets the bytes of the move, none for a panel's first field.
fn every_field(terminal: &mut Terminal, mut visit: impl FnMut(&mut Terminal, Option<usize>)) {
    terminal.drain(KEY_DONE);
    loop {
        terminal.send(ENTER);
        terminal.drain(MOVE_DONE);
        let mut moved = None;
        loop {
            visit(terminal, moved);
            let before = focused_row(terminal.screen());
            terminal.send(DOWN);
            let bytes = terminal.drain(MOVE_DONE);
            if focused_row(terminal.screen()) == before {
                break;
            }
            moved = Some(bytes);
        }
        terminal.send(ESC);
        terminal.drain(ESC_DONE);
        terminal.send(DOWN);
        if terminal.drain(MOVE_DONE) == 0 {
            return;
        }
    }
}
