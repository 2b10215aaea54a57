//! The start screen: profiles to begin with, files to open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{frame, pointed, put};
use crate::tui::app::App;
use crate::tui::start_screen::StartRow;
use crate::tui::text::pad;
use crate::tui::theme;

const NAME_COLUMNS: usize = 30;

pub fn screen(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, "Start", "");
    let rows = app.start_rows();
    let mut y = inner.y;
    let head = |buffer: &mut Buffer, y: &mut u16, text: &str| {
        if *y < inner.bottom() {
            put(
                buffer,
                inner.x + 1,
                *y,
                text,
                usize::from(inner.width) - 2,
                theme::STRONG,
            );
        }
        *y += 1;
    };
    head(buffer, &mut y, "New, from a profile");
    for (i, row) in rows.iter().enumerate() {
        if let StartRow::Profile(profile) = row {
            let profile = &app.profiles[*profile];
            line(
                buffer,
                inner,
                &mut y,
                &profile.name,
                11,
                &profile.summary,
                i == app.start.at,
            );
        }
    }
    y += 1;
    head(buffer, &mut y, "Open");
    let output = app
        .facts
        .output
        .strip_prefix(&app.facts.workspace)
        .unwrap_or(&app.facts.output);
    let output = output.display().to_string();
    if !app.facts.output_exists {
        line(
            buffer,
            inner,
            &mut y,
            &output,
            NAME_COLUMNS,
            "not there yet; it is what w will write",
            false,
        );
    }
    for (i, row) in rows.iter().enumerate() {
        let chosen = i == app.start.at;
        match row {
            StartRow::Profile(_) => {}
            StartRow::Output => {
                line(
                    buffer,
                    inner,
                    &mut y,
                    &output,
                    NAME_COLUMNS,
                    "the configuration written last",
                    chosen,
                );
            }
            StartRow::File => line(
                buffer,
                inner,
                &mut y,
                "a file or folder…",
                NAME_COLUMNS,
                "TOML, JSON, YAML, Nickel, env lines",
                chosen,
            ),
        }
    }
}

fn line(
    buffer: &mut Buffer,
    inner: Rect,
    y: &mut u16,
    name: &str,
    columns: usize,
    remark: &str,
    chosen: bool,
) {
    if *y >= inner.bottom() {
        return;
    }
    let room = usize::from(inner.width);
    let (pointer, style) = pointed(chosen);
    put(buffer, inner.x + 1, *y, pointer, 1, Style::new());
    put(buffer, inner.x + 3, *y, &pad(name, columns), columns, style);
    let x = inner.x + 4 + u16::try_from(columns).unwrap_or(0);
    put(
        buffer,
        x,
        *y,
        remark,
        room.saturating_sub(columns + 4),
        Style::new(),
    );
    *y += 1;
}
