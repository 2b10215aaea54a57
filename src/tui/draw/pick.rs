//! Lists to choose one from or to tick several from, with the line that searches them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::popups::{columns, popup};
use super::typed_line::typed_line;
use super::{beyond, pointed, put};
use crate::problem::Severity;
use crate::tui::choice::Choice;
use crate::tui::list::Cursor;
use crate::tui::list_filter::ListFilter;
use crate::tui::multiselect::{Multiselect, Row};
use crate::tui::text::{fit_words, pad, width};
use crate::tui::theme;

/// Columns of a list that is searched, at least.
const SEARCHED: u16 = 40;

pub fn choice(choice: &Choice, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let names = widest(choice.items.iter().map(|(value, _)| value.as_str()));
    let text = |i: usize| Choice::line(&choice.items[i], names);
    let all = 0..choice.items.len();
    let list = List {
        title: &choice.title,
        remark: "",
        filter: choice.filter.as_deref(),
        widest: columns(all.map(|i| width(&text(i)) + 3)),
        rows: choice.items.len(),
        left: choice.left(),
        cursor: choice.cursor,
    };
    list.draw(area, buffer, |i, x, y, columns, style, buffer| {
        put(buffer, x, y, &fit_words(&text(i), columns), columns, style);
    })
}

/// The chosen row in full, when the window on a screen of this width cuts it.
pub fn cut_item(choice: &Choice, screen: u16) -> Option<String> {
    let item = choice.items.get(*choice.left().get(choice.cursor.at)?)?;
    let names = widest(choice.items.iter().map(|(value, _)| value.as_str()));
    // Borders, pointer, and a blank at each end.
    let room = usize::from(screen).saturating_sub(6);
    let is_cut = width(&Choice::line(item, names)) > room;
    is_cut.then(|| Choice::line(item, width(&item.0)))
}

pub fn multiselect(list: &Multiselect, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let names = widest(list.rows.iter().map(|row| row.name.as_str()));
    let text = |row: &Row| {
        if row.label == row.name {
            row.name.clone()
        } else if row.known {
            Choice::line(&(row.name.clone(), row.label.clone()), names)
        } else {
            format!("{}  {}", pad(&row.name, names), row.label)
        }
    };
    let count = list.count();
    let all_known = list.rows.iter().all(|row| row.known);
    let before = if all_known { BOX } else { BOX_AND_SIGN };
    let rows = columns(
        list.rows
            .iter()
            .map(|row| width(&text(row)) + 3 + usize::from(before)),
    );
    let window = List {
        title: &list.title,
        remark: &count,
        filter: list.filter.as_ref(),
        widest: rows.max(columns(
            [width(&list.title) + width(&count) + 4].into_iter(),
        )),
        rows: list.rows.len(),
        left: list.left(),
        cursor: list.cursor,
    };
    window.draw(area, buffer, |i, x, y, columns, style, buffer| {
        let row = &list.rows[i];
        let ticked = if row.ticked { "[x]" } else { "[ ]" };
        put(buffer, x, y, ticked, 3, Style::new());
        if !row.known {
            let sign = theme::sign(Severity::Warning);
            put(
                buffer,
                x + 4,
                y,
                sign,
                1,
                theme::severity(Severity::Warning),
            );
        }
        let columns = columns.saturating_sub(usize::from(before));
        put(buffer, x + before, y, &text(row), columns, style);
    })
}

/// A box and a blank; where a member is no option, a column for its sign and a blank more.
const BOX: u16 = 4;
const BOX_AND_SIGN: u16 = 6;

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(width).max().unwrap_or(0)
}

struct List<'a> {
    title: &'a str,
    remark: &'a str,
    filter: Option<&'a ListFilter>,
    /// Columns of the widest row.
    widest: u16,
    /// How many rows there are without a filter: the window keeps its height while one is typed.
    rows: usize,
    left: Vec<usize>,
    cursor: Cursor,
}

impl List<'_> {
    /// Draws window, filter and rows; `row` gets number, place, columns and look of each.
    fn draw(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        row: impl Fn(usize, u16, u16, usize, Style, &mut Buffer),
    ) -> Option<Position> {
        let taken = u16::from(self.filter.is_some());
        let widest = if self.filter.is_some() {
            self.widest.max(SEARCHED)
        } else {
            self.widest
        };
        let height = u16::try_from(self.rows)
            .unwrap_or(u16::MAX - 1)
            .saturating_add(taken);
        // The panel's own frame stays whole around it.
        let area = Rect::new(
            area.x,
            area.y + 1,
            area.width,
            area.height.saturating_sub(2),
        );
        let (popup, inner) = popup(area, self.title, self.remark, widest, height, buffer);
        let typed = self.filter.and_then(|filter| {
            put(buffer, inner.x + 1, inner.y, "/", 1, theme::QUIET);
            let line = Rect::new(inner.x + 3, inner.y, inner.width.saturating_sub(4), 1);
            let at = typed_line(filter.line.text(), filter.line.cursor(), line, buffer);
            filter.focused.then_some(at)
        });
        let rows = Rect::new(
            inner.x,
            inner.y + taken,
            inner.width,
            inner.height.saturating_sub(taken),
        );
        let height = usize::from(rows.height);
        let mut cursor = self.cursor;
        cursor.show(self.left.len(), height);
        let columns = usize::from(rows.width).saturating_sub(4);
        if self.left.is_empty() {
            put(
                buffer,
                rows.x + 3,
                rows.y,
                "Nothing matches.",
                columns,
                theme::QUIET,
            );
        }
        let shown = self.left.iter().enumerate().skip(cursor.offset);
        for (y, (at, i)) in (rows.y..rows.bottom()).zip(shown) {
            let (pointer, style) = pointed(at == cursor.at);
            put(buffer, rows.x + 1, y, pointer, 1, Style::new());
            row(*i, rows.x + 3, y, columns, style, buffer);
        }
        beyond(buffer, popup, cursor.beyond(self.left.len(), height));
        typed
    }
}
