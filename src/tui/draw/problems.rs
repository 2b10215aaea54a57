//! The list of all problems: sign, setting or place, and as much of the sentence as fits.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::{beyond, frame, pointed, put};
use crate::problem::{Counts, Problem};
use crate::tui::app::App;
use crate::tui::layout::layout;
use crate::tui::problem_list::{ProblemList, name_columns};
use crate::tui::text::{fit_words, fold};
use crate::tui::theme;

pub fn window(app: &App, list: &ProblemList, area: Rect, buffer: &mut Buffer) {
    let problems = app.listed_problems();
    let remark = Counts::of(problems.iter().copied()).to_string();
    let inner = frame(buffer, area, "Problems", &remark);
    if problems.is_empty() {
        let text = "Nothing is wrong, nothing needs an answer, nothing is warned about.";
        put(
            buffer,
            inner.x + 3,
            inner.y,
            text,
            usize::from(inner.width) - 4,
            Style::new(),
        );
    }
    let columns = name_columns(app.size.width);
    let shown = problems.iter().enumerate().skip(list.cursor.offset);
    for (y, (i, problem)) in (inner.y..inner.bottom()).zip(shown) {
        let (pointer, style) = pointed(i == list.cursor.at);
        put(buffer, inner.x + 1, y, pointer, 1, Style::new());
        let sign = theme::sign(problem.severity);
        put(
            buffer,
            inner.x + 3,
            y,
            sign,
            1,
            theme::severity(problem.severity),
        );
        let name = app.problem_name(problem);
        put(buffer, inner.x + 5, y, &name, usize::from(columns), style);
        let x = inner.x + 5 + columns + 1;
        let room = usize::from(inner.right().saturating_sub(x + 1));
        let message = fit_words(&problem.message, room);
        put(buffer, x, y, &message, room, Style::new());
    }
    let height = usize::from(inner.height);
    if let Some(problem) = problems.get(list.cursor.at) {
        let row = list.cursor.at.saturating_sub(list.cursor.offset);
        let rows = layout(app.size).map_or(Rect::ZERO, |layout| layout.help.union(layout.message));
        let below = (usize::from(rows.width), usize::from(rows.height));
        end_of(problem, row, below, inner, buffer);
    }
    beyond(buffer, area, list.cursor.beyond(problems.len(), height));
}

/// What the rows below the window cannot hold of a sentence stands in it, over rows that are not chosen.
fn end_of(
    problem: &Problem,
    chosen: usize,
    below: (usize, usize),
    inner: Rect,
    buffer: &mut Buffer,
) {
    let (columns, rows) = below;
    let whole = fold(
        &format!("{} {}", theme::sign(problem.severity), problem.sentence()),
        columns,
    );
    if whole.len() <= rows {
        return;
    }
    // The last row below is cut: it begins again here.
    let rest = whole[rows - 1..].join(" ");
    let lines = fold(&rest, usize::from(inner.width).saturating_sub(2));
    let wanted = u16::try_from(lines.len() + 2)
        .unwrap_or(u16::MAX)
        .min(inner.height);
    let at_bottom = chosen < usize::from(inner.height - wanted);
    let y = if at_bottom {
        inner.bottom() - wanted
    } else {
        inner.y
    };
    let area = Rect::new(inner.x, y, inner.width, wanted);
    Clear.render(area, buffer);
    let text = frame(buffer, area, "It goes on", "");
    for (y, line) in (text.y..text.bottom()).zip(&lines) {
        put(
            buffer,
            text.x,
            y,
            line,
            usize::from(text.width),
            Style::new(),
        );
    }
}
