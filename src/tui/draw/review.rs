//! The review: what would be written, against what, and the two buttons.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, button, frame, put};
use crate::prepare;
use crate::problem::{Counts, counted};
use crate::tui::app::App;
use crate::tui::review::Review;
use crate::tui::text::{fit_left, fold_into, pad};
use crate::tui::theme;
use crate::tui::writing::{LOST_ROWS, review_height};

pub fn window(app: &App, review: &Review, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, "Review: nothing is written yet", "1 file");
    let columns = usize::from(inner.width) - 2;
    let x = inner.x + 1;
    let planned = &review.planned;
    let mut y = inner.y;
    let first = match &review.plan {
        Ok(plan) => prepare::summary(plan, &app.facts.here),
        Err(problem) => {
            let file = app.shown_path(&planned.file);
            format!("✗ {file}: {}", problem.sentence())
        }
    };
    for line in fold_into(&first, columns, 4) {
        put(buffer, x, y, &line, columns, Style::new());
        y += 1;
    }
    let against = if planned.against_file {
        "the file as it is".to_owned()
    } else {
        app.profile().unwrap_or("the profile").to_owned()
    };
    let count = planned.changes.len();
    y += 1;
    put(
        buffer,
        x,
        y,
        &format!("Against {against}: {count} changed"),
        columns,
        theme::STRONG,
    );
    y += 1;
    let height = review_height(usize::from(inner.height), planned);
    let mut cursor = review.cursor;
    cursor.show(count, height);
    let rows = u16::try_from(height.min(count)).unwrap_or(1);
    changes(
        app,
        review,
        Rect::new(inner.x, y, inner.width, rows),
        height,
        buffer,
    );
    beyond(buffer, area, cursor.beyond(count, height));

    y += rows + 1;
    let room = columns - 11;
    let lost = planned.lost.as_deref();
    let lost = lost.map(|lost| fold_into(lost, room, LOST_ROWS));
    for (n, line) in lost.iter().flatten().enumerate() {
        let name = if n == 0 { "File" } else { "" };
        put(buffer, x, y, &pad(name, 11), 11, theme::QUIET);
        put(buffer, x + 11, y, line, room, Style::new());
        y += 1;
    }
    let buttons_at = inner.bottom() - 1;
    let mut fact = |name: &str, text: String| {
        // The smallest screen has no room for all; what the header says as well goes first.
        if y >= buttons_at {
            return;
        }
        put(buffer, x, y, &pad(name, 11), 11, theme::QUIET);
        put(buffer, x + 11, y, &text, columns - 11, Style::new());
        y += 1;
    };
    fact(
        "Secrets",
        format!(
            "{}, {} in clear",
            counted(planned.references, "reference"),
            planned.clear_secrets
        ),
    );
    if planned.clear_secrets > 0 {
        let who = "its owner only; services of another user cannot read it";
        fact("Readable", who.to_owned());
    }
    let counts = Counts::of(app.counted());
    fact("Problems", counts.to_string());
    buttons(review, inner, buffer);
}

fn changes(app: &App, review: &Review, list: Rect, height: usize, buffer: &mut Buffer) {
    let value_columns = usize::from(list.width.saturating_sub(42)) / 2;
    let mut cursor = review.cursor;
    cursor.show(review.planned.changes.len(), height);
    let shown = review
        .planned
        .changes
        .iter()
        .enumerate()
        .skip(cursor.offset)
        .take(height);
    for (y, (i, (path, before, after))) in (list.y..list.bottom()).zip(shown) {
        let chosen = i == cursor.at;
        let pointer = if chosen { theme::POINTER } else { " " };
        let style = if chosen {
            theme::SELECTED
        } else {
            Style::new()
        };
        put(buffer, list.x + 1, y, pointer, 1, Style::new());
        let short = fit_left(path.as_str(), 36);
        put(buffer, list.x + 3, y, &short, 36, style);
        let show = |value: &Option<crate::value::Value>| {
            value
                .as_ref()
                .map_or_else(|| "–".to_owned(), |value| app.shown(path, value))
        };
        let x = list.x + 40;
        put(
            buffer,
            x,
            y,
            &show(before),
            value_columns.saturating_sub(1),
            Style::new(),
        );
        let x = x + u16::try_from(value_columns).unwrap_or(0);
        put(buffer, x, y, &show(after), value_columns, Style::new());
    }
}

fn buttons(review: &Review, inner: Rect, buffer: &mut Buffer) {
    let y = inner.bottom() - 1;
    let label = if review.writing {
        "Writing…"
    } else {
        "Write 1 file"
    };
    let (write, mut write_style) = button(label, review.on_write);
    let (back, back_style) = button("Back", !review.on_write);
    if review.refusal.is_some() && !review.on_write {
        write_style = theme::QUIET;
    }
    let x = inner.right().saturating_sub(30);
    let end = put(buffer, x, y, &write, 17, write_style);
    put(buffer, end + 1, y, &back, 9, back_style);
}
