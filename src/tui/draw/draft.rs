//! One draft: what is known of it, what it would change, and what can be done with it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, button, frame, pointed, put};
use crate::problem::counted;
use crate::tui::app::App;
use crate::tui::draft_beneath::Beneath;
use crate::tui::draft_screen::{Button, DraftScreen, FACT};
use crate::tui::text::{fit_left, width};
use crate::tui::theme;

pub fn window(app: &App, screen: &DraftScreen, area: Rect, buffer: &mut Buffer) {
    let remark = counted(screen.draft.answers(), "answer");
    let inner = frame(buffer, area, "Draft", &remark);
    let room = usize::from(inner.width).saturating_sub(FACT + 2);
    let facts = app.draft_facts(screen);
    let (x, texts) = (inner.x + 1, inner.x + 1 + cells(FACT));
    let mut y = inner.y;
    for (name, text) in &facts {
        put(buffer, x, y, name, FACT, theme::QUIET);
        put(buffer, texts, y, text, room, Style::new());
        y += 1;
    }
    y += cells(app.draft_gap(facts.len()));
    let rows = app.draft_rows(screen);
    let name = inner.width / 2 - 4;
    let half = (inner.width - name - 4) / 2;
    let columns = |x: u16, width: u16| (inner.x + x, usize::from(width.saturating_sub(1)));
    let [path, under, said] =
        [(3, name), (3 + name, half), (3 + name + half, half)].map(|(x, w)| columns(x, w));
    for ((x, columns), text) in [(path, "setting"), (under, "under it"), (said, "the draft")] {
        put(buffer, x, y, text, columns, theme::QUIET);
    }
    y += 1;
    let height = app.draft_list_height(screen);
    let mut cursor = screen.cursor;
    cursor.show(rows.len(), height);
    let shown = rows.iter().enumerate().skip(cursor.offset).take(height);
    for (y, (i, row)) in (y..inner.bottom()).zip(shown) {
        let (pointer, style) = pointed(i == cursor.at);
        put(buffer, inner.x + 1, y, pointer, 1, Style::new());
        put(
            buffer,
            path.0,
            y,
            &fit_left(row.path.as_str(), path.1),
            path.1,
            style,
        );
        let beneath = beneath_in(&row.under, under.1);
        put(buffer, under.0, y, &beneath, under.1, Style::new());
        put(buffer, said.0, y, &row.said, said.1, Style::new());
    }
    buttons(screen, inner, buffer);
    beyond(buffer, area, cursor.beyond(rows.len(), height));
}

fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// What lies under an answer; where it is another by now with what it was, or where that has no room with a mark.
fn beneath_in(beneath: &Beneath, columns: usize) -> String {
    let Some(then) = &beneath.then else {
        return beneath.now.clone();
    };
    let whole = format!("{} (was {then})", beneath.now);
    if width(&whole) <= columns {
        whole
    } else {
        format!("! {}", beneath.now)
    }
}

fn buttons(screen: &DraftScreen, inner: Rect, buffer: &mut Buffer) {
    let texts = Button::ALL.map(|which| button(screen.label(which), which == screen.button));
    let columns: usize = texts.iter().map(|(text, _)| width(text) + 2).sum();
    let mut x = inner
        .right()
        .saturating_sub(u16::try_from(columns).unwrap_or(0));
    for (text, style) in texts {
        x = put(buffer, x, inner.bottom() - 1, &text, width(&text), style) + 2;
    }
}
