//! The start screen: profiles to begin with, files to open, drafts to continue with.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, pointed, put};
use crate::clean;
use crate::draft::Draft;
use crate::problem::counted;
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::start_screen::StartRow;
use crate::tui::text::pad;
use crate::tui::theme;

const PROFILE_COLUMNS: usize = 11;
const NAME_COLUMNS: usize = 30;
const DRAFT_COLUMNS: usize = 22;

/// A line of the screen.
enum Line {
    Head(&'static str),
    /// Name, its columns, remark, and the row that it is when it can be chosen.
    Row(String, usize, String, Option<usize>),
    Note(String),
    Gap,
}

pub fn screen(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, "Start", "");
    let height = usize::from(inner.height);
    let mut lines = lines(app);
    if lines.len() > height {
        lines.retain(|line| !matches!(line, Line::Gap));
    }
    let chosen = |line: &Line| matches!(line, Line::Row(.., Some(row)) if *row == app.start.at);
    let mut cursor = Cursor {
        at: lines.iter().position(chosen).unwrap_or(0),
        offset: 0,
    };
    cursor.show(lines.len(), height);
    let columns = usize::from(inner.width) - 2;
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(cursor.offset)) {
        match line {
            Line::Gap => {}
            Line::Head(text) => {
                put(buffer, inner.x + 1, y, text, columns, theme::STRONG);
            }
            Line::Note(text) => {
                put(buffer, inner.x + 3, y, text, columns - 2, theme::QUIET);
            }
            Line::Row(name, wide, remark, _) => {
                row(buffer, inner, y, (name, *wide), remark, chosen(line));
            }
        }
    }
    beyond(buffer, area, cursor.beyond(lines.len(), height));
}

fn lines(app: &App) -> Vec<Line> {
    let rows = app.start_rows();
    let rows = || rows.iter().enumerate();
    let mut lines = vec![Line::Head("New, from a profile")];
    for (at, row) in rows() {
        if let StartRow::Profile(profile) = row {
            let profile = &app.profiles[*profile];
            let (name, summary) = (profile.name.clone(), profile.summary.clone());
            lines.push(Line::Row(name, PROFILE_COLUMNS, summary, Some(at)));
        }
    }
    lines.extend([Line::Gap, Line::Head("Open")]);
    let output = app.facts.output.strip_prefix(&app.facts.workspace);
    let output = output.unwrap_or(&app.facts.output).display().to_string();
    let to_open =
        |name: String, remark: &str, at| Line::Row(name, NAME_COLUMNS, remark.to_owned(), at);
    if !app.facts.output_exists {
        let remark = "not there yet; it is what w will write";
        lines.push(to_open(output.clone(), remark, None));
    }
    for (at, row) in rows() {
        match row {
            StartRow::Profile(_) | StartRow::Draft(_) => {}
            StartRow::Output => {
                let remark = "the configuration written last";
                lines.push(to_open(output.clone(), remark, Some(at)));
            }
            StartRow::File => {
                let remark = "TOML, JSON, YAML, Nickel, env lines";
                lines.push(to_open("a file or folder…".to_owned(), remark, Some(at)));
            }
        }
    }
    let offers = &app.drafts.offers;
    if !app.drafts.kept && offers.drafts.is_empty() {
        return lines;
    }
    lines.extend([Line::Gap, Line::Head("Continue")]);
    if offers.drafts.is_empty() {
        lines.push(Line::Note("no draft on this host".to_owned()));
    }
    for (at, row) in rows() {
        if let StartRow::Draft(draft) = row {
            let (name, remark) = offer(&offers.drafts[*draft]);
            lines.push(Line::Row(name, DRAFT_COLUMNS, remark, Some(at)));
        }
    }
    if offers.elsewhere > 0 {
        let count = counted(offers.elsewhere, "draft");
        lines.push(Line::Note(format!(
            "{count} of other workspaces: vapora-tui draft list"
        )));
    }
    if offers.unreadable > 0 {
        let count = counted(offers.unreadable, "draft");
        lines.push(Line::Note(format!(
            "{count} not readable: vapora-tui draft list says why"
        )));
    }
    lines
}

/// Profile and answers; whether somebody works on it, when, who, and which file.
fn offer(draft: &Draft) -> (String, String) {
    let profile = draft.state.profile.as_deref().unwrap_or("no profile");
    let answers = counted(draft.answers(), "answer");
    let on = draft
        .state
        .base
        .as_ref()
        .map_or(&draft.state.output, |base| &base.file);
    let file = clean::line(&on.file_name().unwrap_or_default().to_string_lossy());
    let (when, whom) = (draft.last_key(), draft.header.holder.whom());
    let when = if draft.runs {
        "in use by".to_owned()
    } else {
        when
    };
    let name = format!("{}, {answers}", clean::line(profile));
    (name, format!("{when} {whom} {file}"))
}

fn row(
    buffer: &mut Buffer,
    inner: Rect,
    y: u16,
    (name, columns): (&str, usize),
    remark: &str,
    chosen: bool,
) {
    let (pointer, style) = pointed(chosen);
    put(buffer, inner.x + 1, y, pointer, 1, Style::new());
    put(buffer, inner.x + 3, y, &pad(name, columns), columns, style);
    let x = inner.x + 4 + u16::try_from(columns).unwrap_or(0);
    let room = usize::from(inner.width).saturating_sub(columns + 4);
    put(buffer, x, y, remark, room, Style::new());
}
