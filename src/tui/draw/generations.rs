//! The earlier versions of the output file, one a line; what is known of the chosen one stands below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, pointed, put};
use crate::earlier::Version;
use crate::problem::counted;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::generations::GenerationsScreen;
use crate::tui::layout::WIDE;
use crate::tui::text::{fit, fold, pad, width};
use crate::tui::theme;

/// From this width on a row has room for its moment.
const DATED: u16 = 80;

/// A column: its head, the columns that its texts get, the text of a version.
type Column = (&'static str, usize, fn(&Version) -> String);

/// What fits beside the note: the narrower the screen, the fewer.
fn columns(width: u16) -> Vec<Column> {
    let number: Column = ("no.", 5, |version| format!("{:>3}", version.number));
    let when: Column = ("written (UTC)", 18, |version| {
        version.when_in_short().to_owned()
    });
    let age: Column = ("", 14, |version| version.age.clone());
    let changed: Column = ("then changed", 14, changed);
    let who: Column = ("by", 20, |version| version.who().to_owned());
    let profile: Column = ("profile", 13, |version| {
        version.profile().unwrap_or("–").to_owned()
    });
    match width {
        WIDE.. => vec![number, when, age, changed, who, profile],
        DATED.. => vec![number, when, age, changed],
        _ => vec![number, ("", 14, age.2), changed],
    }
}

/// How many settings the version after it has otherwise.
fn changed(version: &Version) -> String {
    match (version.present, version.lines, version.changed) {
        (true, ..) => "the file now".to_owned(),
        (false, None, _) => "unreadable".to_owned(),
        (false, Some(_), None) => "–".to_owned(),
        (false, Some(_), Some(0)) => "no setting".to_owned(),
        (false, Some(_), Some(n)) => counted(n, "setting"),
    }
}

pub fn window(app: &App, screen: &GenerationsScreen, area: Rect, buffer: &mut Buffer) {
    let versions = app.versions();
    let kept = versions.map_or(0, |versions| versions.kept().count());
    let remark = versions.map_or_else(String::new, |_| format!("{kept} kept"));
    let file = app.shown_path(&app.facts.output);
    let titles = [
        format!("Earlier versions of {file}"),
        format!("Earlier versions of {}", app.output_name()),
    ];
    let room = usize::from(area.width).saturating_sub(width(&remark) + 6);
    let fits = titles.iter().find(|title| width(title) <= room);
    let inner = frame(buffer, area, fits.unwrap_or(&titles[1]), &remark);
    let rows = versions.map_or(&[][..], |versions| versions.versions.as_slice());
    let room = usize::from(inner.width).saturating_sub(2);
    if rows.is_empty() {
        for (y, line) in (inner.y..).zip(fold(&app.no_versions(), room)) {
            put(buffer, inner.x + 1, y, &line, room, theme::QUIET);
        }
        return;
    }
    let columns = columns(area.width);
    let head = columns.iter().map(|(head, columns, _)| pad(head, *columns));
    let head: String = head.chain(["note".to_owned()]).collect();
    let room = room.saturating_sub(2);
    put(buffer, inner.x + 3, inner.y, &head, room, theme::QUIET);
    let height = usize::from(inner.height).saturating_sub(1);
    let mut cursor = screen.cursor;
    cursor.show(rows.len(), height);
    let shown = rows.iter().enumerate().skip(cursor.offset);
    for (y, (i, version)) in (inner.y + 1..inner.bottom()).zip(shown) {
        let (pointer, style) = pointed(i == cursor.at);
        put(buffer, inner.x + 1, y, pointer, 1, Style::new());
        let cells = columns.iter().map(|(_, columns, text)| {
            let text = fit(&text(version), columns.saturating_sub(1));
            pad(&text, *columns)
        });
        let line: String = cells.chain([version.note().to_owned()]).collect();
        put(buffer, inner.x + 3, y, line.trim_end(), room, style);
    }
    beyond(buffer, area, cursor.beyond(rows.len(), height));
}

/// All that is known of the chosen version, in two parts.
pub fn about(app: &App, screen: &GenerationsScreen) -> String {
    let Some(version) = app.chosen_version(screen) else {
        return "Each write keeps the version that it replaces, with who wrote it, when and why."
            .to_owned();
    };
    let profile = version.profile();
    let profile = profile.map_or("no profile known".to_owned(), |name| {
        format!("profile {name}")
    });
    // Where the row has no room for the moment.
    let when = if app.size.width < DATED {
        format!("{}, ", version.when())
    } else {
        String::new()
    };
    let mut facts = vec![format!("{when}by {}", version.who()), profile];
    facts.extend(version.lines.map(|lines| counted(lines, "line")));
    facts.extend(version.mode.map(|mode| format!("mode {mode:04o}")));
    let facts = format!("Generation {}: {}.", version.number, facts.join(", "));
    let problem = app.versions().and_then(|versions| {
        let mut problems = versions.problems.iter();
        problems.find(|problem| {
            let place = problem.place.as_ref();
            place.is_some_and(|place| place.file == version.file)
        })
    });
    match (problem, version.note()) {
        (Some(problem), _) => format!("{facts}\n! {}", problem.sentence()),
        (None, "") => format!("{facts}\nNo note was given."),
        (None, note) => format!("{facts}\n{note}"),
    }
}

/// What Enter and the restore key do here.
pub fn standing(app: &App) -> String {
    let restore = app.keymap.key(Action::RestoreGeneration);
    let any = app
        .versions()
        .is_some_and(|all| all.kept().next().is_some());
    if any {
        return format!("{restore} plans to restore one; nothing is written before.");
    }
    match app.versions() {
        Some(all) if all.versions.is_empty() => String::new(),
        Some(_) => "No earlier version is kept yet: the next write keeps this one.".to_owned(),
        None => "The versions are being read…".to_owned(),
    }
}
