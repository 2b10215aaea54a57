//! The start screen: profiles to begin with, files to open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{frame, pointed, put};
use crate::clean;
use crate::problem::counted;
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::start_screen::StartRow;
use crate::tui::text::pad;
use crate::tui::theme;

const NAME_COLUMNS: usize = 30;
const DRAFT_COLUMNS: usize = 24;

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
            StartRow::Profile(_) | StartRow::Draft(_) => {}
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
    if app.drafts.kept || !app.drafts.offers.drafts.is_empty() {
        y += 1;
        head(buffer, &mut y, "Continue");
        drafts(app, &rows, inner, y, buffer);
    }
}

/// The drafts, and what else there is; the chosen one is always among those shown.
fn drafts(app: &App, rows: &[StartRow], inner: Rect, mut y: u16, buffer: &mut Buffer) {
    let offers = &app.drafts.offers;
    let mut notes = Vec::new();
    if offers.elsewhere > 0 {
        let count = counted(offers.elsewhere, "draft");
        notes.push(format!(
            "{count} of other workspaces: vapora-tui draft list"
        ));
    }
    if offers.unreadable > 0 {
        let count = counted(offers.unreadable, "draft");
        notes.push(format!(
            "{count} not readable: vapora-tui draft list says why"
        ));
    }
    if offers.drafts.is_empty() {
        let x = inner.x + 3;
        let columns = usize::from(inner.width) - 4;
        put(buffer, x, y, "no draft on this host", columns, theme::QUIET);
        y += 1;
    }
    let first = rows
        .iter()
        .position(|row| matches!(row, StartRow::Draft(_)));
    let chosen = first.and_then(|first| app.start.at.checked_sub(first));
    let room = usize::from(inner.bottom().saturating_sub(y)).saturating_sub(notes.len());
    let mut cursor = Cursor {
        at: chosen.unwrap_or(0),
        offset: 0,
    };
    cursor.show(offers.drafts.len(), room);
    let shown = offers.drafts.iter().enumerate().skip(cursor.offset);
    for (i, draft) in shown.take(room) {
        let profile = draft.state.profile.as_deref().unwrap_or("no profile");
        let name = format!(
            "{}, {}",
            clean::line(profile),
            counted(draft.answers(), "answer")
        );
        let on = match &draft.state.base {
            Some(base) => &base.file,
            None => &draft.state.output,
        };
        let file = clean::line(&on.file_name().unwrap_or_default().to_string_lossy());
        let runs = if draft.runs { ", in use" } else { "" };
        let holder = draft.header.holder.whom();
        let remark = format!("{}{runs} {holder} {file}", draft.last_key());
        line(
            buffer,
            inner,
            &mut y,
            &name,
            DRAFT_COLUMNS,
            &remark,
            chosen == Some(i),
        );
    }
    for note in notes {
        if y < inner.bottom() {
            put(
                buffer,
                inner.x + 3,
                y,
                &note,
                usize::from(inner.width) - 4,
                theme::QUIET,
            );
        }
        y += 1;
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
