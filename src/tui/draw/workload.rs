//! The editor of the workload: a table of cells, one of them pointed at or typed in, and the forecast that follows it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::typed_line::typed_line;
use super::{beyond, budget_table, frame, put};
use crate::budget::cells::{Cell, Row};
use crate::clean;
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::text::{fit, width};
use crate::tui::theme;
use crate::tui::workload_editor::WorkloadEditor;

/// Columns of a role's name, as few and as many as there are.
const NAME: (usize, usize) = (9, 24);

/// What stands above a column, and the fewest columns it has.
fn head(cell: Cell) -> (&'static str, usize) {
    match cell {
        Cell::Calls => ("calls/day", 9),
        Cell::Input => ("tokens in", 9),
        Cell::Output => ("tokens out", 10),
        Cell::Growth => ("grow %", 6),
        Cell::Provider => ("provider", 8),
        Cell::Spent => ("spent $", 8),
        Cell::Until => ("as of", 10),
    }
}

/// Texts stand at the left, figures at the right.
fn is_text(cell: Cell) -> bool {
    matches!(cell, Cell::Provider | Cell::Until)
}

/// The columns that show, each with where it begins and how wide it is.
struct Columns {
    name: usize,
    cells: Vec<(Cell, usize, usize)>,
    /// The place of the first.
    first: usize,
}

impl Columns {
    fn of(editor: &WorkloadEditor, inner: usize) -> Self {
        let rows = &editor.cells().rows;
        let longest = rows.iter().map(|row| width(row.role())).max().unwrap_or(0);
        let widths = Cell::ALL.map(|cell| {
            let texts = rows.iter().map(|row| width(row.text(cell)));
            texts.max().unwrap_or(0).clamp(head(cell).1, 12)
        });
        let gap = usize::from(inner >= 100) + 1;
        let all: usize = widths.iter().map(|columns| columns + gap).sum();
        // What the figures leave; where they do not all show, the names take no more of it.
        let most = inner.saturating_sub(all + 1).clamp(NAME.0, NAME.1);
        let name = longest.clamp(NAME.0, most);
        let room = inner.saturating_sub(name + 1);
        let taken = |from: usize, to: usize| -> usize {
            widths[from..=to].iter().map(|columns| columns + gap).sum()
        };
        let at = editor.column.min(widths.len() - 1);
        let first = (0..=at).find(|first| taken(*first, at) <= room);
        let first = first.unwrap_or(at);
        let mut cells = Vec::new();
        let mut x = 1 + name;
        for (cell, columns) in Cell::ALL.into_iter().zip(widths).skip(first) {
            if x + gap + columns > inner {
                break;
            }
            cells.push((cell, x + gap, columns));
            x += gap + columns;
        }
        Self { name, cells, first }
    }

    /// Which of them show, where that is not all.
    fn remark(&self) -> Option<String> {
        let all = Cell::ALL.len();
        let (from, to) = (self.first + 1, self.first + self.cells.len());
        (self.cells.len() < all).then(|| format!("columns {from}-{to}/{all}"))
    }
}

/// Gives the place of the cursor while a figure is typed.
pub fn window(
    app: &App,
    editor: &WorkloadEditor,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let title = format!("Workload {}", clean::line(&editor.name));
    let columns = Columns::of(editor, usize::from(area.width.saturating_sub(2)));
    let mut remarks: Vec<String> = columns.remark().into_iter().collect();
    let states = [
        (editor.cells().sample, "sample"),
        (editor.is_changed(), "not saved"),
    ];
    remarks.extend(states.iter().filter(|s| s.0).map(|s| s.1.to_owned()));
    if width(&title) + width(&remarks.join(", ")) + 7 > usize::from(area.width) {
        // That it is a sample, or not saved, is worth more.
        remarks.retain(|remark| !remark.starts_with("columns"));
    }
    let inner = frame(buffer, area, &title, &remarks.join(", "));
    let shown = app.workload_rows();
    let table = Rect {
        height: u16::try_from(shown + 1).unwrap_or(inner.height),
        ..inner
    };
    let cursor = cells(editor, &columns, table, buffer);
    let mut rows = editor.cursor;
    rows.show(editor.cells().rows.len(), shown);
    beyond(buffer, area, rows.beyond(editor.cells().rows.len(), shown));
    if let Some(forecast) = app.budget.now() {
        let used = u16::try_from(shown.min(editor.cells().rows.len()) + 1).unwrap_or(inner.height);
        let left = inner.height.saturating_sub(used);
        let wanted = u16::try_from(budget_table::height(forecast.roles.len())).unwrap_or(left);
        let y = inner.y + used + u16::from(left > wanted);
        let height = wanted.min(inner.bottom().saturating_sub(y));
        let below = Rect { y, height, ..inner };
        if height >= 2 {
            budget_table::table(app, forecast, below, buffer);
        }
    }
    cursor
}

fn cells(
    editor: &WorkloadEditor,
    columns: &Columns,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let at = |x: usize| area.x + u16::try_from(x).unwrap_or(area.width);
    put(
        buffer,
        area.x + 1,
        area.y,
        "role",
        columns.name,
        theme::QUIET,
    );
    for (cell, x, wide) in &columns.cells {
        let text = head(*cell).0;
        let x = if is_text(*cell) {
            *x
        } else {
            x + wide - width(text)
        };
        put(buffer, at(x), area.y, text, *wide, theme::QUIET);
    }
    let rows = &editor.cells().rows;
    let height = usize::from(area.height.saturating_sub(1));
    let mut cursor: Cursor = editor.cursor;
    cursor.show(rows.len(), height);
    let mut typed_at = None;
    let shown = rows.iter().enumerate().skip(cursor.offset).take(height);
    for (y, (i, row)) in (area.y + 1..).zip(shown) {
        put(
            buffer,
            area.x + 1,
            y,
            row.role(),
            columns.name,
            Style::new(),
        );
        for (cell, x, wide) in &columns.cells {
            let chosen = i == editor.cursor.at && *cell == editor.cell();
            if chosen && let Some(typed) = editor.typing() {
                let columns = u16::try_from(*wide + 1).unwrap_or(1);
                let line = Rect::new(at(x - 1), y, columns, 1);
                typed_at = Some(typed_line(typed.text(), typed.cursor(), line, buffer));
            } else {
                figure(
                    row,
                    *cell,
                    chosen,
                    Rect::new(at(*x), y, u16::try_from(*wide).unwrap_or(1), 1),
                    buffer,
                );
            }
        }
    }
    typed_at
}

fn figure(row: &Row, cell: Cell, chosen: bool, at: Rect, buffer: &mut Buffer) {
    let wide = usize::from(at.width);
    let text = match (row.text(cell), chosen) {
        ("", _) => "–".to_owned(),
        (text, _) => fit(&clean::line(text), wide),
    };
    let blanks = if is_text(cell) {
        0
    } else {
        wide.saturating_sub(width(&text))
    };
    let x = at.x + u16::try_from(blanks).unwrap_or(0);
    let style = if chosen {
        theme::SELECTED
    } else {
        Style::new()
    };
    put(buffer, x, at.y, &text, wide, style);
    let sign = if chosen {
        theme::POINTER
    } else if row.problem(cell).is_some() {
        "✗"
    } else {
        return;
    };
    put(buffer, x - 1, at.y, sign, 1, Style::new());
}
