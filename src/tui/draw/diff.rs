//! The differences: a window with three columns, and a narrow pane beside the fields.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, pointed, put};
use crate::diff::{ChangeKind, Diff, Row};
use crate::tui::app::App;
use crate::tui::diff_screen::{DiffScreen, Left, Line, Lines};
use crate::tui::filter::Show;
use crate::tui::list::Cursor;
use crate::tui::text::{fit_left, width};
use crate::tui::theme;

/// From this width on both values stand side by side (DESIGN 5).
const SIDE_BY_SIDE: u16 = 72;

/// How the columns share the width: setting, sign, left, right. Where it is short both values share one.
struct Columns {
    setting: u16,
    left: u16,
    right: u16,
}

impl Columns {
    fn of(width: u16) -> Self {
        let inner = width.saturating_sub(2);
        if width < SIDE_BY_SIDE {
            let setting = inner * 9 / 20;
            return Self {
                setting,
                left: inner.saturating_sub(setting + 3),
                right: 0,
            };
        }
        let left = (inner - 40) / 2;
        Self {
            setting: 34,
            left,
            right: inner.saturating_sub(34 + 4 + left + 1),
        }
    }

    /// Left and right as they stand in their columns.
    fn share(&self, app: &App, (left, right): (String, String)) -> (String, String) {
        if self.right == 0 {
            (format!("{left}{}{right}", arrow(app)), String::new())
        } else {
            (left, right)
        }
    }

    fn cut(&self, (left, right): &(String, String)) -> bool {
        width(left) >= usize::from(self.left)
            || (self.right > 0 && width(right) >= usize::from(self.right))
    }
}

/// Both values of a row in full, when the window of this width cuts them.
pub fn in_full(app: &App, row: &Row, screen: u16) -> Option<String> {
    let columns = Columns::of(screen);
    let (left, right) = both(app, row);
    columns
        .cut(&columns.share(app, (left.clone(), right.clone())))
        .then(|| format!("{left}{}{right}", arrow(app)))
}

pub fn window(app: &App, screen: &DiffScreen, area: Rect, buffer: &mut Buffer) {
    let lines = Lines::of(app, screen);
    let remark = if lines.judged {
        lines.counts.to_string()
    } else {
        String::new()
    };
    let title = match app.left_version(&screen.left) {
        Some(number) => format!("{} with generation {number}", title(screen)),
        None => title(screen).to_owned(),
    };
    let inner = frame(buffer, area, &title, &remark);
    let columns = Columns::of(area.width);
    head(app, app.left_title(&screen.left), inner, &columns, buffer);
    let list = Rect::new(
        inner.x,
        inner.y + 1,
        inner.width,
        inner.height.saturating_sub(1),
    );
    if lines.lines.is_empty() {
        let text = if lines.judged && screen.show == Show::Wrong {
            format!("Nothing is {}.", Show::Wrong.meaning())
        } else if lines.judged {
            format!("Nothing differs from {}.", app.left_title(&screen.left))
        } else {
            "…".to_owned()
        };
        let columns = usize::from(list.width) - 2;
        put(buffer, list.x + 1, list.y, &text, columns, theme::QUIET);
    }
    let height = usize::from(list.height);
    let cursor = screen.cursor(&lines, height);
    rows(app, screen, &lines, cursor, list, &columns, buffer);
    beyond(buffer, area, cursor.beyond(lines.lines.len(), height));
}

/// What the rows have in common that a section folds away.
pub fn folded_word(screen: &DiffScreen) -> &'static str {
    match screen.show {
        Show::Wrong => "not wrong",
        Show::All | Show::Changed | Show::ToAnswer => "the same",
    }
}

/// As over filtered fields; what differs is what the window is for.
fn title(screen: &DiffScreen) -> &'static str {
    match screen.show {
        Show::Wrong => "Diff · only wrong",
        Show::All => "Diff · all",
        Show::Changed | Show::ToAnswer => "Diff",
    }
}

/// Beside the fields: path, then both values; it follows the focused one.
pub fn side(app: &App, area: Rect, buffer: &mut Buffer) {
    let compared = app.baseline().zip(app.config.as_ref());
    let diff = compared.map(|(profile, config)| crate::diff::diff(profile, config));
    let wrong = app.wrong_on_either_side(&Left::Chosen);
    let is_listed = |row: &&Row| row.kind != ChangeKind::Same || wrong.contains(row.path);
    let settings: Vec<&Row> = diff
        .iter()
        .flat_map(|diff| &diff.rows)
        .filter(is_listed)
        .collect();
    let arrow = arrow(app);
    let title = format!("{}{arrow}yours", app.profile().unwrap_or("profile"));
    let changed = diff.iter().flat_map(Diff::changes).count();
    let inner = frame(buffer, area, &title, &format!("{changed} changed"));
    if settings.is_empty() {
        return nothing(app, inner, buffer);
    }
    let focused = app.input().map(|input| &input.path);
    let columns = usize::from(inner.width).saturating_sub(3);
    let mut rows: Vec<(Option<&Row>, String)> = Vec::new();
    let mut at = None;
    for row in settings {
        if Some(row.path) == focused {
            at = Some(rows.len());
        }
        rows.push((Some(row), fit_left(row.path.as_str(), columns)));
        let (left, right) = both(app, row);
        let line = format!("{left}{arrow}{right}");
        if width(&line) <= columns {
            rows.push((None, line));
        } else {
            // Two long values, such as addresses, stand below each other.
            rows.push((None, left));
            rows.push((None, format!("{}{right}", arrow.trim_start())));
        }
    }
    let height = usize::from(inner.height);
    // The focused setting shows with its values.
    let mut cursor = Cursor {
        at: at.map_or(0, |at| (at + 2).min(rows.len() - 1)),
        offset: 0,
    };
    cursor.show(rows.len(), height);
    let shown = rows.iter().enumerate().skip(cursor.offset).take(height);
    for (y, (i, (row, text))) in (inner.y..).zip(shown) {
        if let Some(row) = row {
            let (sign, style) = sign(app, row);
            let pointer = if at == Some(i) { theme::POINTER } else { " " };
            put(buffer, inner.x, y, pointer, 1, Style::new());
            put(buffer, inner.x + 1, y, sign, 1, style);
        }
        put(buffer, inner.x + 3, y, text, columns, Style::new());
    }
    beyond(buffer, area, cursor.beyond(rows.len(), height));
}

/// From one value to the next, a blank on each side.
fn arrow(app: &App) -> String {
    format!(" {} ", app.keymap.arrow())
}

fn nothing(app: &App, list: Rect, buffer: &mut Buffer) {
    let text = if app.config.is_some() && app.baseline().is_some() {
        "Nothing differs."
    } else {
        "…"
    };
    put(
        buffer,
        list.x + 1,
        list.y,
        text,
        usize::from(list.width) - 2,
        theme::QUIET,
    );
}

fn head(app: &App, left: &str, inner: Rect, columns: &Columns, buffer: &mut Buffer) {
    let (left, right) = columns.share(app, (left.to_owned(), "yours".to_owned()));
    let texts = ["setting", " ", &left, &right];
    cells(buffer, inner, inner.y, columns, texts, theme::QUIET);
}

fn cells(
    buffer: &mut Buffer,
    inner: Rect,
    y: u16,
    columns: &Columns,
    texts: [&str; 4],
    style: Style,
) {
    let [setting, sign, left, right] = texts;
    put(
        buffer,
        inner.x + 1,
        y,
        setting,
        usize::from(columns.setting),
        style,
    );
    values(buffer, inner, y, columns, [sign, left, right], style);
}

fn values(
    buffer: &mut Buffer,
    inner: Rect,
    y: u16,
    columns: &Columns,
    texts: [&str; 3],
    style: Style,
) {
    let [sign, left, right] = texts;
    let x = inner.x + 1 + columns.setting;
    put(buffer, x, y, sign, 1, style);
    put(
        buffer,
        x + 2,
        y,
        left,
        usize::from(columns.left.saturating_sub(1)),
        style,
    );
    put(
        buffer,
        x + 2 + columns.left,
        y,
        right,
        usize::from(columns.right.saturating_sub(1)),
        style,
    );
}

fn rows(
    app: &App,
    screen: &DiffScreen,
    lines: &Lines,
    cursor: Cursor,
    list: Rect,
    columns: &Columns,
    buffer: &mut Buffer,
) {
    let shown = lines.lines.iter().enumerate().skip(cursor.offset);
    for (y, (i, line)) in (list.y..list.bottom()).zip(shown) {
        let chosen = cursor.at == i;
        let (pointer, style) = pointed(chosen);
        match line {
            Line::Section(section, folded) => {
                put(buffer, list.x, y, pointer, 1, Style::new());
                let style = if chosen { style } else { theme::STRONG };
                let room = usize::from(list.width) - 2;
                let end = put(buffer, list.x + 1, y, section, room, style);
                if *folded > 0 {
                    let text = format!("   {folded} {}", folded_word(screen));
                    let room = usize::from(list.right().saturating_sub(end));
                    put(buffer, end, y, &text, room, theme::QUIET);
                }
            }
            Line::Setting(row) => {
                put(buffer, list.x + 1, y, pointer, 1, Style::new());
                let room = usize::from(columns.setting - 3);
                put(buffer, list.x + 3, y, row.path.leaf(), room, style);
                setting(app, row, list, y, columns, buffer);
            }
        }
    }
}

fn setting(app: &App, row: &Row, list: Rect, y: u16, columns: &Columns, buffer: &mut Buffer) {
    let (left, right) = columns.share(app, both(app, row));
    let (sign, style) = sign(app, row);
    values(buffer, list, y, columns, [sign, &left, &right], style);
}

/// The sign of a problem comes before that of the change.
fn sign(app: &App, row: &Row) -> (&'static str, Style) {
    let problem = app.problem_at(row.path).map(|problem| problem.severity);
    match (problem, row.kind) {
        (Some(severity), _) => (theme::sign(severity), theme::severity(severity)),
        (None, ChangeKind::Same) => (row.kind.sign(), theme::QUIET),
        (None, _) => (row.kind.sign(), Style::new()),
    }
}

/// Both values as shown; two clear secrets that differ would look the same.
fn both(app: &App, row: &Row) -> (String, String) {
    crate::diff::sides(row.left, row.right, "–", |value| {
        app.shown(row.path, value)
    })
}
