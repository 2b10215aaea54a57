//! Text in which the characters that were hit stand out, and the line in which a search is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use super::put;
use crate::tui::text::{CUT, width};
use crate::tui::theme;
use crate::tui::typed::Typed;

/// Characters shown before the first hit, when a text is too long to be shown whole.
const BEFORE: usize = 8;

/// Writes text cut to `columns`, the characters in `marks` marked; a long text is shown from near its first mark.
/// Says where it ends.
pub fn put_marked(
    buffer: &mut Buffer,
    (x, y): (u16, u16),
    text: &str,
    marks: &[usize],
    columns: usize,
    style: Style,
) -> u16 {
    let span = Span::raw(text);
    let graphemes: Vec<&str> = span
        .styled_graphemes(Style::new())
        .map(|grapheme| grapheme.symbol)
        .collect();
    let from = first_shown(&graphemes, marks, columns);
    let end = usize::from(x) + columns;
    let mut x = x;
    if from > 0 {
        x = put(buffer, x, y, "…", columns, style);
    }
    for (i, grapheme) in graphemes.iter().enumerate().skip(from) {
        let room = end.saturating_sub(usize::from(x));
        let rest_fits = || graphemes[i..].iter().map(|g| width(g)).sum::<usize>() <= room;
        if width(grapheme) + 1 > room && !rest_fits() {
            let mut sign = [0; 4];
            return put(buffer, x, y, CUT.encode_utf8(&mut sign), room, style);
        }
        let look = if marks.binary_search(&i).is_ok() {
            style.patch(theme::FOUND)
        } else {
            style
        };
        x = put(buffer, x, y, grapheme, room, look);
    }
    x
}

/// Where to begin, so that the marks show: at a word, when one begins near; with as much of the end as fits.
fn first_shown(graphemes: &[&str], marks: &[usize], columns: usize) -> usize {
    let wide = |part: &[&str]| part.iter().map(|grapheme| width(grapheme)).sum::<usize>();
    let (Some(&first), Some(&last)) = (marks.first(), marks.last()) else {
        return 0;
    };
    // One column for the sign at the end, one for the sign at the start.
    if wide(graphemes) <= columns || wide(&graphemes[..=last]) < columns {
        return 0;
    }
    let near = first.saturating_sub(BEFORE);
    let begins_word = |from: &usize| *from > 0 && matches!(graphemes[*from - 1], " " | "." | "_");
    let fits = |from: &usize| wide(&graphemes[*from..=last]) + 2 <= columns;
    let at_word = (near..=first).filter(begins_word).find(fits);
    let from = at_word.or_else(|| (near..=first).find(fits));
    let tail = (0..graphemes.len()).find(|from| wide(&graphemes[*from..]) < columns);
    from.unwrap_or(first).min(tail.unwrap_or(first))
}

/// The line that is typed, on the first row of a box; gives the cursor and what is below.
pub fn typed_line(sign: &str, typed: &Typed, inner: Rect, buffer: &mut Buffer) -> (Position, Rect) {
    let x = put(buffer, inner.x + 1, inner.y, sign, 2, theme::STRONG) + 1;
    let columns = usize::from(inner.right().saturating_sub(x + 1)).max(1);
    let before: String = typed.text().chars().take(typed.cursor()).collect();
    let mut start = 0;
    while width(&before[start..]) >= columns {
        start += before[start..].chars().next().map_or(1, char::len_utf8);
    }
    put(
        buffer,
        x,
        inner.y,
        &typed.text()[start..],
        columns,
        Style::new(),
    );
    let column = u16::try_from(width(&before[start..])).unwrap_or(0);
    let below = Rect::new(
        inner.x,
        inner.y + 1,
        inner.width,
        inner.height.saturating_sub(1),
    );
    (Position::new(x + column, inner.y), below)
}

/// Says below the line that it finds nothing.
pub fn nothing(text: &str, below: Rect, buffer: &mut Buffer) {
    let columns = usize::from(below.width) - 4;
    put(
        buffer,
        below.x + 3,
        below.y + 1,
        text,
        columns,
        theme::QUIET,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shown_from_near_its_first_mark() {
        for (text, marks, columns, expected) in [
            ("Port", vec![0, 1], 10, "Port"),
            (
                "Second brake: what",
                vec![7, 8, 9, 10, 11],
                18,
                "Second brake: what",
            ),
            (
                "Second brake: what",
                vec![7, 8, 9, 10, 11],
                14,
                "Second brake:›",
            ),
            (
                "Second brake: what",
                vec![7, 8, 9, 10, 11],
                11,
                "…brake: wh›",
            ),
            (
                "a.role_limits.architect",
                vec![14, 15, 16],
                14,
                "…limits.archi›",
            ),
            ("Second brake: what", vec![], 8, "Second ›"),
            ("Größe der Straße", vec![10, 11, 12], 9, "…der Str›"),
        ] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
            put_marked(&mut buffer, (0, 0), text, &marks, columns, Style::new());
            let shown: String = (0..20).map(|x| buffer[(x, 0)].symbol()).collect();
            assert_eq!(shown.trim_end(), expected, "{text} in {columns}");
        }
    }
}
