//! The first line: profile and file, counts, and who is where.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::caution::READONLY;
use crate::problem::{Counts, Severity};
use crate::tui::app::App;
use crate::tui::preset_stands::Stands;
use crate::tui::text::{fit_left, width};
use crate::tui::theme;

/// Profile and file, counts, and who is where; the right part goes first when room is short.
pub fn header(app: &App, area: Rect, buffer: &mut Buffer) {
    let mut x = 1;
    if app.started {
        let profile = app.profile().unwrap_or("no profile");
        let file = match (&app.answers.said().base, &app.loaded) {
            _ if app.stands_for().is_some() => {
                app.stands_for().map_or_else(String::new, Stands::shown)
            }
            (Some(base), _) => base.name(),
            // Written in this session: it is that file from now on.
            (None, Some(_)) => app.output_name(),
            (None, None) => "new".to_owned(),
        };
        let star = if app.unsaved() { "*" } else { "" };
        let text = format!("{profile} · {file}{star}");
        x = put(
            buffer,
            x,
            area.y,
            &text,
            usize::from(area.width / 2),
            theme::STRONG,
        ) + 2;
        let counts = Counts::of(app.counted());
        let mut part = |sign: &str, count: usize, style: Style, always: bool| {
            if count > 0 || always {
                let text = format!("{sign}{count}");
                let style = if count > 0 { style } else { Style::new() };
                x = put(buffer, x, area.y, &text, 8, style) + 1;
            }
        };
        if app.config.is_some() {
            let of = theme::severity;
            part("✗", counts.errors, of(Severity::Error), true);
            part("!", counts.warnings, of(Severity::Warning), false);
            part("○", counts.open, of(Severity::Open), true);
            part("●", app.answers.said().answers.len(), theme::CHANGED, true);
        } else {
            x = put(buffer, x, area.y, "…", 2, Style::new()) + 1;
        }
        if app.lost.is_some() {
            x = put(
                buffer,
                x,
                area.y,
                "? not judged",
                14,
                theme::severity(Severity::Error),
            ) + 1;
        }
    } else {
        x = put(
            buffer,
            x,
            area.y,
            &app.facts.title,
            usize::from(area.width) - 2,
            theme::STRONG,
        ) + 2;
    }
    if app.facts.caution.readonly {
        x = put(buffer, x, area.y, READONLY, READONLY.len(), theme::STRONG) + 2;
    }
    if let Some(other) = app.other() {
        x = held(app, &other.user, Rect { x, ..area }, buffer);
    }
    let room = usize::from(area.width.saturating_sub(x + 2));
    if room >= 8 {
        let right = right(app, room);
        let at = area.width - 1 - u16::try_from(width(&right)).unwrap_or(0);
        put(buffer, at, area.y, &right, room, Style::new());
    }
}

/// Who else has the output file open: this stays longest.
fn held(app: &App, user: &str, area: Rect, buffer: &mut Buffer) -> u16 {
    let style = theme::severity(Severity::Warning);
    let room = usize::from(buffer.area.right().saturating_sub(area.x + 1));
    let text = format!("held by {user}");
    let full = format!("{} {text} too", app.output_name());
    // Who is where makes room for it, but not for all of it.
    let beside = width(&app.facts.whom) + 3;
    let texts = [(full, beside), (text, 0), ("held".to_owned(), 0)];
    let fits = |(text, beside): &&(String, usize)| width(text) + beside <= room;
    match texts.iter().find(fits) {
        Some((text, _)) => put(buffer, area.x, area.y, text, room, style) + 2,
        None => area.x,
    }
}

/// The total and who is where, as much of it as has room. First goes the user, then the host, then what the total is
/// measured against.
fn beside_the_counts(app: &App, room: usize) -> String {
    let whom = &app.facts.whom;
    let Some([long, short]) = app.cost() else {
        return fit_left(whom, room);
    };
    let host = whom.split_once('@').map_or(whom.as_str(), |(_, host)| host);
    let texts = [
        format!("{long}  {whom}"),
        format!("{long}  {host}"),
        long,
        short,
    ];
    let fits = texts.into_iter().find(|text| width(text) <= room);
    fits.unwrap_or_default()
}

/// Who is where; on the start screen the workspace too, which stays longest.
fn right(app: &App, room: usize) -> String {
    let whom = &app.facts.whom;
    if app.started {
        return beside_the_counts(app, room);
    }
    let workspace = format!("workspace {}", app.facts.workspace.display());
    let both = format!("{whom}   {workspace}");
    fit_left(
        if width(&both) <= room {
            &both
        } else {
            &workspace
        },
        room,
    )
}
