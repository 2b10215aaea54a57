//! The ranking of agents: below the fields, beside them, and in full.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::scoring_table::{has_curves, table};
use super::{across, frame, scoring_words};
use crate::tui::app::App;
use crate::tui::text::fold;

/// Below this height each text gets one line.
const LOW: u16 = 14;

/// Below the fields: the table, and a line or two.
pub fn pane(app: &App, area: Rect, buffer: &mut Buffer) {
    let columns = usize::from(area.width) - 4;
    let rows = if area.height < 9 { 1 } else { 2 };
    let mut texts = if rows == 1 {
        scoring_words::on_one_line(app, columns)
    } else {
        scoring_words::in_lines(app, columns)
    };
    texts.extend(scoring_words::parts(app));
    draw(app, area, &texts, |_| rows, buffer);
}

/// In full: all agents that have room, then everything there is to say.
pub fn window(app: &App, area: Rect, buffer: &mut Buffer) {
    let columns = usize::from(area.width) - 4;
    let shown = app.scoring.shown();
    let mut texts = if area.height < LOW {
        scoring_words::in_lines(app, columns)
    } else {
        scoring_words::below(app)
    };
    if shown.is_some_and(|shown| !has_curves(shown, area.width - 2)) {
        texts.extend(scoring_words::curve(app, columns, true));
    }
    texts.extend(notes(app));
    let agents = shown.map_or(0, |shown| shown.task.ranking.agents.len());
    let wanted: usize = texts.iter().map(|text| fold(text, columns).len()).sum();
    let text_rows = |inner: Rect| {
        let height = usize::from(inner.height);
        let least = (height / 3).max(1);
        let spare = height.saturating_sub(agents + 1).max(least);
        u16::try_from(wanted.min(spare)).unwrap_or(1)
    };
    draw(app, area, &texts, text_rows, buffer);
}

/// Beside the fields: the table, then what there is to say, a blank between two.
pub fn side(app: &App, area: Rect, buffer: &mut Buffer) {
    let (title, remark) = scoring_words::title(app, area.width);
    let inner = frame(buffer, area, &title, &remark);
    let columns = usize::from(inner.width) - 2;
    let mut y = inner.y;
    let mut texts = scoring_words::below(app);
    if let Some(shown) = app.scoring.shown() {
        let rows = shown.task.ranking.agents.len() + 1;
        let rows = u16::try_from(rows)
            .unwrap_or(u16::MAX)
            .min(inner.height / 2);
        let of_table = Rect {
            height: rows,
            ..inner
        };
        table(app, shown, area, of_table, buffer);
        y += rows + 1;
        if !has_curves(shown, inner.width) {
            texts.extend(scoring_words::curve(app, columns, false));
        }
    }
    texts.extend(scoring_words::agent(app));
    texts.extend(notes(app));
    // Head and signs of the curve stand together.
    let joined = |text: &String| text.ends_with(':');
    for text in texts {
        for line in fold(&text, columns) {
            if y >= inner.bottom() {
                return;
            }
            across(buffer, inner, y, &line, Style::new());
            y += 1;
        }
        y += u16::from(!joined(&text));
    }
}

fn notes(app: &App) -> Vec<String> {
    let shown = app.scoring.shown();
    shown.map_or_else(Vec::new, |shown| shown.notes.clone())
}

fn draw(
    app: &App,
    area: Rect,
    texts: &[String],
    text_rows: impl Fn(Rect) -> u16,
    buffer: &mut Buffer,
) {
    let (title, remark) = scoring_words::title(app, area.width);
    let inner = frame(buffer, area, &title, &remark);
    let rows = match app.scoring.shown() {
        Some(_) => text_rows(inner),
        None => inner.height,
    };
    let agents = app.scoring.shown().map(|s| s.task.ranking.agents.len());
    let agents = u16::try_from(agents.unwrap_or(0) + 1).unwrap_or(u16::MAX);
    let of_table = Rect {
        height: agents.min(inner.height.saturating_sub(rows)),
        ..inner
    };
    if let Some(shown) = app.scoring.shown() {
        table(app, shown, area, of_table, buffer);
    }
    // A blank between, where there is room for one.
    let gap = u16::from(app.scoring.shown().is_some() && of_table.height + rows < inner.height);
    let columns = usize::from(inner.width) - 2;
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        let folded = fold(text, columns);
        // Whole sentences only; the first at any rate.
        if lines.is_empty() || lines.len() + folded.len() <= usize::from(rows) {
            lines.extend(folded);
        }
    }
    for (y, line) in (of_table.bottom() + gap..inner.bottom()).zip(lines) {
        across(buffer, inner, y, &line, Style::new());
    }
}
