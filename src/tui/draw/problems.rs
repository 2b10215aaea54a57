//! The list of all problems: sign, setting or place, and as much of the sentence as fits.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, pointed, put};
use crate::problem::Counts;
use crate::tui::app::App;
use crate::tui::problem_list::{NAME, ProblemList};
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
        put(buffer, inner.x + 5, y, &name, usize::from(NAME), style);
        let x = inner.x + 5 + NAME + 1;
        let room = usize::from(inner.right().saturating_sub(x + 1));
        put(buffer, x, y, &problem.message, room, Style::new());
    }
    let height = usize::from(inner.height);
    beyond(buffer, area, list.cursor.beyond(problems.len(), height));
}
