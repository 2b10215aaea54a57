//! The search: the line that is typed, and the settings it finds with panel, value and why they were found.

use nucleo_matcher::Matcher;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::marked::{nothing, put_marked, typed_line};
use super::{beyond, frame, pointed, put};
use crate::tui::app::App;
use crate::tui::fuzzy::{Hit, How, matcher};
use crate::tui::search::{Part, Search, options};
use crate::tui::theme;

const PROMPT_COLUMNS: u16 = 22;

/// Where the columns begin and how wide they are, by the width of the row.
struct Columns {
    panel: u16,
    value: u16,
    /// Why it was found; none in a narrow row, where it stands in place of the value.
    why: u16,
}

impl Columns {
    fn of(row: u16) -> Self {
        let rest = row.saturating_sub(3 + PROMPT_COLUMNS + 2);
        match rest {
            0..45 => Self {
                panel: 14,
                value: rest.saturating_sub(15),
                why: 0,
            },
            45..80 => Self {
                panel: 18,
                value: 14,
                why: rest - 34,
            },
            _ => Self {
                panel: 22,
                value: 26 + (rest - 80) / 3,
                why: rest - 50 - (rest - 80) / 3,
            },
        }
    }
}

pub fn window(app: &App, search: &Search, area: Rect, buffer: &mut Buffer) -> Position {
    let settings = search.settings();
    let remark = match search.hits.len() {
        _ if search.query.is_empty() => format!("{settings} settings"),
        found => format!("{found} of {settings} settings"),
    };
    let inner = frame(buffer, area, "Search", &remark);
    let (cursor, below) = typed_line("/", &search.line, inner, buffer);
    if search.hits.is_empty() {
        nothing("Nothing is found: fewer letters find more.", below, buffer);
    }
    let mut matcher = matcher();
    let shown = search.hits.iter().enumerate().skip(search.cursor.offset);
    for (y, (i, hit)) in (below.y..below.bottom()).zip(shown) {
        let row = Rect::new(below.x, y, below.width, 1);
        found(
            app,
            search,
            hit,
            i == search.cursor.at,
            row,
            buffer,
            &mut matcher,
        );
    }
    let height = usize::from(below.height);
    beyond(
        buffer,
        area,
        search.cursor.beyond(search.hits.len(), height),
    );
    cursor
}

fn found(
    app: &App,
    search: &Search,
    hit: &Hit,
    chosen: bool,
    row: Rect,
    buffer: &mut Buffer,
    matcher: &mut Matcher,
) {
    let Some(path) = search.path(hit) else { return };
    let Some((panel, input)) = app.input_at(path.as_str()) else {
        return;
    };
    let columns = Columns::of(row.width);
    let mut cell = |x: u16, text: &str, how: How, width: u16, style: Style| {
        let marks = search.query.marks(how, text, matcher);
        put_marked(buffer, (x, row.y), text, &marks, usize::from(width), style)
    };
    let (pointer, style) = pointed(chosen);
    let mut x = row.x + 3;
    cell(x, &input.prompt, Part::Prompt.how(), PROMPT_COLUMNS, style);
    x += PROMPT_COLUMNS + 1;
    let title = app.form.panels.get(panel).map_or("", |panel| &panel.title);
    cell(x, title, Part::Panel.how(), columns.panel, Style::new());
    x += columns.panel + 1;
    let why = Search::elsewhere(hit).and_then(|part| Some((part, why(app, part, path.as_str())?)));
    let is_hidden = app.composition.hidden().contains(path);
    if columns.why > 0 || why.is_none() {
        if is_hidden {
            cell(x, "(hidden)", How::Words, columns.value, theme::QUIET);
        } else {
            cell(
                x,
                &app.found_value(path),
                How::Words,
                columns.value,
                Style::new(),
            );
        }
    }
    if columns.why > 0 {
        x += columns.value + 1;
    }
    if let Some((part, text)) = why {
        let room = if columns.why > 0 {
            columns.why
        } else {
            columns.value
        };
        let word = part.word();
        let used = u16::try_from(word.len() + 1).unwrap_or(room).min(room);
        cell(x + used, &text, part.how(), room - used, Style::new());
        put(buffer, x, row.y, word, usize::from(room), theme::QUIET);
    }
    put(buffer, row.x + 1, row.y, pointer, 1, Style::new());
}

/// The text that was hit, where it is not in a column of its own already.
fn why(app: &App, part: Part, path: &str) -> Option<String> {
    let (_, input) = app.input_at(path)?;
    match part {
        Part::Prompt | Part::Panel | Part::Value => None,
        Part::Path => Some(input.path.to_string()),
        Part::Name => Some(input.name.clone()),
        Part::Options => Some(options(app.schema.as_deref(), input)),
        Part::Help => Some(input.help.clone()),
    }
}
