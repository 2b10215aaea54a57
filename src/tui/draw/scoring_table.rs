//! The ranking as a table: rank, who moved, score with its parts, success, executions, confidence, curve and trend.
//! What has no room goes in a fixed order: the curve, the parts, the trend, confidence, executions, success.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, put};
use crate::budget::scoring::{Curve, Moved, Ranked, spark, words};
use crate::clean;
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::scoring::Shown;
use crate::tui::text::width;
use crate::tui::theme;

/// A curve of fewer days says nothing, one of more no more.
const CURVE: (usize, usize) = (6, 60);
/// Columns that a name gets at least and at most.
const NAME: (usize, usize) = (8, 24);

/// A column: its head, whether it ends at the right, and how wide it is.
struct Column {
    head: String,
    at_right: bool,
    columns: usize,
    cell: Cell,
}

#[derive(Clone, Copy)]
enum Cell {
    Score,
    Load,
    Expertise,
    Confidence,
    Success,
    Executions,
    Sure,
    Curve,
    Trend,
}

impl Cell {
    /// The head, what of it is at the right, and the least width.
    fn column(self) -> Column {
        let (head, at_right, columns) = match self {
            Self::Score => ("score", true, 5),
            Self::Load => ("load", true, 4),
            Self::Expertise => ("exp.", true, 4),
            Self::Confidence => ("conf", true, 4),
            Self::Success => ("succ.", true, 5),
            Self::Executions => ("n", true, 3),
            Self::Sure => ("sure", true, 5),
            Self::Curve => ("", false, 0),
            Self::Trend => ("trend", false, 9),
        };
        Column {
            head: head.to_owned(),
            at_right,
            columns,
            cell: self,
        }
    }

    fn text(self, agent: &Ranked, curve: &Curve, (last, days): (i64, usize)) -> String {
        match self {
            Self::Score => words::score(agent.score),
            Self::Load => words::part(agent.parts.load),
            Self::Expertise => words::part(agent.parts.expertise),
            Self::Confidence => words::part(agent.parts.confidence),
            Self::Success => words::success(agent),
            Self::Executions => agent.executions.to_string(),
            Self::Sure => words::confidence(agent),
            Self::Curve if curve.days.is_empty() => String::new(),
            Self::Curve => spark(curve, last, days),
            Self::Trend => match agent.basis.note() {
                Some(_) => "load only".to_owned(),
                None => words::trend(curve),
            },
        }
    }
}

/// The columns behind the name that have room, and how many columns the name gets.
fn columns(shown: &Shown, inner: usize) -> (Vec<Column>, usize) {
    let agents = &shown.task.ranking.agents;
    let longest = agents.iter().map(|agent| width(&clean::line(&agent.name)));
    let name = longest.max().unwrap_or(0).clamp(NAME.0, NAME.1);
    let mut cells: Vec<Column> = vec![Cell::Score.column()];
    let used = |cells: &[Column]| -> usize {
        let columns = cells.iter().map(|column| column.columns + 1);
        START + name + 1 + columns.sum::<usize>()
    };
    // Where each belongs among those that are there, the first to stay first.
    let more: [(&[Cell], usize); 5] = [
        (&[Cell::Success], 1),
        (&[Cell::Executions], 2),
        (&[Cell::Sure], 3),
        (&[Cell::Trend], 4),
        (&[Cell::Load, Cell::Expertise, Cell::Confidence], 1),
    ];
    for (group, at) in more {
        let group: Vec<Column> = group.iter().map(|cell| cell.column()).collect();
        if used(&cells) + used(&group) - START - name - 1 > inner {
            return (cells, name);
        }
        cells.splice(at..at, group);
    }
    let room = inner.saturating_sub(used(&cells) + 1);
    let days = shown
        .task
        .days()
        .map_or(0, |(first, last)| last - first + 1);
    let days = usize::try_from(days).unwrap_or(0).min(room).min(CURVE.1);
    if days >= CURVE.0 {
        let at = cells.len() - 1;
        cells.insert(
            at,
            Column {
                head: format!("{days} days"),
                columns: days,
                ..Cell::Curve.column()
            },
        );
    }
    (cells, name)
}

/// Where the names begin: a pointer, the rank, the move.
const START: usize = 10;

/// Does the table show the curves at this width?
pub fn has_curves(shown: &Shown, inner: u16) -> bool {
    let (columns, _) = columns(shown, usize::from(inner));
    columns
        .iter()
        .any(|column| matches!(column.cell, Cell::Curve))
}

/// Draws head and agents; they scroll so that the one that is told of shows.
pub fn table(app: &App, shown: &Shown, frame: Rect, area: Rect, buffer: &mut Buffer) {
    let inner = usize::from(area.width);
    let (columns, name_columns) = columns(shown, inner);
    let mut put_at = |x: usize, y: u16, text: &str, room: usize, style: Style| {
        let room = room.min(inner.saturating_sub(x));
        let x = area.x + u16::try_from(x).unwrap_or(area.width);
        put(buffer, x, y, text, room, style);
    };
    let quiet = theme::QUIET;
    put_at(4, area.y, "#", 1, quiet);
    put_at(START, area.y, "agent", name_columns, quiet);
    let mut x = START + name_columns + 1;
    for column in &columns {
        let shift = if column.at_right {
            column.columns.saturating_sub(width(&column.head))
        } else {
            0
        };
        let room = column.columns - shift;
        put_at(x + shift, area.y, &column.head, room.max(1), quiet);
        x += column.columns + 1;
    }
    let agents = &shown.task.ranking.agents;
    let (height, at) = (
        usize::from(area.height.saturating_sub(1)),
        app.agent_in_focus(),
    );
    let mut cursor = Cursor { at, offset: 0 };
    cursor.show(agents.len(), height);
    let last = shown.task.days().map_or(0, |(_, last)| last);
    let rows = agents.iter().zip(&shown.task.curves).enumerate();
    let rows = rows.skip(cursor.offset).take(height);
    for (y, (i, (agent, curve))) in (area.y + 1..).zip(rows) {
        let chosen = i == at;
        let style = if chosen && app.points_at_agent() {
            theme::SELECTED
        } else {
            Style::new()
        };
        if chosen {
            put_at(1, y, theme::POINTER, 1, Style::new());
        }
        put_at(2, y, &format!("{:>3}", agent.rank), 3, Style::new());
        let moved = shown.moved(&agent.name).map(Moved::sign);
        put_at(6, y, &moved.unwrap_or_default(), 3, theme::CHANGED);
        put_at(START, y, &clean::line(&agent.name), name_columns, style);
        let mut x = START + name_columns + 1;
        for column in &columns {
            let text = column.cell.text(agent, curve, (last, column.columns));
            let shift = if column.at_right {
                column.columns.saturating_sub(width(&text))
            } else {
                0
            };
            put_at(x + shift, y, &text, column.columns, Style::new());
            x += column.columns + 1;
        }
    }
    beyond(buffer, frame, cursor.beyond(agents.len(), height));
}
