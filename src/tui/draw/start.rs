//! The start screen: profiles to begin with, files to open, drafts to continue with.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, pointed, put};
use crate::clean;
use crate::draft::Draft;
use crate::problem::counted;
use crate::profile::Profile;
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::start_screen::StartRow;
use crate::tui::text::{fit_left, fit_words, pad, width};
use crate::tui::theme;

/// Columns of a profile's name, of a file's, at least.
const PROFILE_COLUMNS: usize = 11;
const FILE_COLUMNS: usize = 26;
const DRAFT_COLUMNS: usize = 22;

/// A line of the screen; rows that can be chosen have their number.
enum Line {
    Head(&'static str),
    Gap,
    Profile(usize, usize),
    /// A file, and what to say of it: the longest that has room.
    File(Option<usize>, String, [&'static str; 2]),
    /// How many presets there are.
    Presets(usize, String),
    /// What may be gone on with, and whose it is.
    Draft(usize, String, String),
    Note(String),
}

pub fn screen(app: &App, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, "Start", "");
    let height = usize::from(inner.height);
    let mut lines = lines(app);
    if lines.len() > height {
        lines.retain(|line| !matches!(line, Line::Gap));
    }
    let is_chosen = |line: &Line| match line {
        Line::Profile(row, _)
        | Line::File(Some(row), ..)
        | Line::Presets(row, _)
        | Line::Draft(row, ..) => *row == app.start.at,
        Line::Head(_) | Line::Gap | Line::Note(_) | Line::File(None, ..) => false,
    };
    let mut cursor = Cursor {
        at: lines.iter().position(is_chosen).unwrap_or(0),
        offset: 0,
    };
    cursor.show(lines.len(), height);
    let names = file_columns(&lines, inner.width);
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(cursor.offset)) {
        let at = Rect::new(inner.x, y, inner.width, 1);
        match line {
            Line::Gap => {}
            Line::Head(text) => {
                let columns = usize::from(inner.width) - 2;
                put(buffer, inner.x + 1, y, text, columns, theme::STRONG);
            }
            Line::Profile(_, profile) => {
                let profile = &app.profiles[*profile];
                let remark = app.unusable(&profile.name).map(|problem| {
                    let sign = theme::sign(problem.severity);
                    format!("{sign} cannot be used")
                });
                let remark = remark.unwrap_or_else(|| profile.summary.clone());
                let chosen = is_chosen(line);
                let columns = profile_columns(app);
                row(&profile.name, columns, &remark, chosen, at, buffer);
            }
            Line::Note(text) => {
                let columns = usize::from(inner.width) - 4;
                put(buffer, inner.x + 3, y, text, columns, theme::QUIET);
            }
            Line::Presets(_, remark) => {
                row("a preset…", names, remark, is_chosen(line), at, buffer);
            }
            Line::Draft(_, name, remark) => {
                row(name, DRAFT_COLUMNS, remark, is_chosen(line), at, buffer);
            }
            Line::File(_, name, remarks) => {
                let room = room(inner.width, names);
                let fits = remarks.iter().find(|remark| width(remark) <= room);
                let remark = fits.unwrap_or(&remarks[1]);
                let name = fit_left(name, names);
                row(&name, names, remark, is_chosen(line), at, buffer);
            }
        }
    }
    beyond(buffer, area, cursor.beyond(lines.len(), height));
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

/// Does its row cut what a profile says of itself?
pub fn cuts_summary(app: &App, profile: &Profile) -> bool {
    let inner = app.size.width.saturating_sub(2);
    width(&profile.summary) > room(inner, profile_columns(app))
}

fn lines(app: &App) -> Vec<Line> {
    let output = app.facts.output.strip_prefix(&app.facts.workspace);
    let output = output.unwrap_or(&app.facts.output);
    let output = clean::line(&output.to_string_lossy());
    let mut profiles = vec![Line::Head("New, from a profile")];
    let mut files = vec![Line::Gap, Line::Head("Open")];
    for (i, row) in app.start_rows().iter().enumerate() {
        match row {
            StartRow::Profile(profile) => profiles.push(Line::Profile(i, *profile)),
            StartRow::Output => {
                let remarks = match app.other() {
                    Some(_) => ["open in another wizard now", "open elsewhere"],
                    None => ["the configuration written last", "written last"],
                };
                files.push(Line::File(Some(i), output.clone(), remarks));
            }
            StartRow::Draft(_) => {}
            StartRow::Presets => {
                let remark = app.presets_in_short();
                files.push(Line::Presets(i, remark));
            }
            StartRow::File => {
                if !app.facts.output_exists {
                    let remarks = [
                        "not there yet; it is what w will write",
                        "not there yet; w writes it",
                    ];
                    files.push(Line::File(None, output.clone(), remarks));
                }
                let remarks = [
                    "TOML, JSON, YAML, Nickel, env lines",
                    "TOML, JSON, YAML, Nickel…",
                ];
                files.push(Line::File(Some(i), "a file or folder…".to_owned(), remarks));
            }
        }
    }
    profiles.extend(files);
    profiles.extend(drafts(app));
    profiles
}

/// What was typed here before and not written; nothing where no drafts are kept.
fn drafts(app: &App) -> Vec<Line> {
    let offers = &app.drafts.offers;
    if !app.drafts.kept && offers.drafts.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::Gap, Line::Head("Continue")];
    if offers.drafts.is_empty() {
        lines.push(Line::Note("no draft on this host".to_owned()));
    }
    for (at, row) in app.start_rows().iter().enumerate() {
        if let StartRow::Draft(draft) = row {
            let (name, remark) = offer(&offers.drafts[*draft]);
            lines.push(Line::Draft(at, name, remark));
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

/// As wide as the longest name, while the remarks keep half of the screen.
fn file_columns(lines: &[Line], inner: u16) -> usize {
    let names = lines.iter().map(|line| match line {
        Line::File(_, name, _) => width(name),
        _ => 0,
    });
    let longest = names.max().unwrap_or(0);
    longest.clamp(FILE_COLUMNS, (usize::from(inner) / 2).max(FILE_COLUMNS))
}

fn profile_columns(app: &App) -> usize {
    let longest = app
        .profiles
        .iter()
        .map(|profile| width(&profile.name))
        .max();
    longest.unwrap_or(0).clamp(PROFILE_COLUMNS, FILE_COLUMNS)
}

/// Columns of a remark behind a name.
fn room(inner: u16, names: usize) -> usize {
    usize::from(inner).saturating_sub(names + 5)
}

fn row(name: &str, columns: usize, remark: &str, chosen: bool, at: Rect, buffer: &mut Buffer) {
    let (pointer, style) = pointed(chosen);
    put(buffer, at.x + 1, at.y, pointer, 1, Style::new());
    put(buffer, at.x + 3, at.y, &pad(name, columns), columns, style);
    let x = at.x + 4 + u16::try_from(columns).unwrap_or(0);
    let room = room(at.width, columns);
    put(
        buffer,
        x,
        at.y,
        &fit_words(remark, room),
        room,
        Style::new(),
    );
}
