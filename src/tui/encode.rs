//! Turns two screens into the bytes that make the one into the other, few enough for a slow line.
//! ratatui's own backend addresses every changed cell by itself; over SSH the addresses cost more than the text.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Blanks in a row from which erasing is shorter than writing them.
const ERASE_FROM: u16 = 5;

/// What the terminal looks like after the bytes sent so far.
#[derive(Debug, Default)]
pub struct Encoder {
    screen: Option<Buffer>,
    width: u16,
    at: Option<Position>,
    pen: Pen,
    cursor: Option<Position>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Default for Pen {
    fn default() -> Self {
        Self {
            fg: Color::Reset,
            bg: Color::Reset,
            modifier: Modifier::empty(),
        }
    }
}

impl Pen {
    fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            modifier: cell.modifier,
        }
    }
}

impl Encoder {
    /// Forgets the terminal's state: the next frame paints everything.
    pub fn forget(&mut self) {
        self.screen = None;
    }

    /// The bytes that bring the terminal to `next`, the cursor shown at `cursor` or hidden. Empty when nothing changed.
    pub fn frame(&mut self, mut next: Buffer, cursor: Option<Position>) -> Vec<u8> {
        let mut out = String::new();
        whole_characters(&mut next);
        self.width = next.area.width;
        let previous = match self.screen.take() {
            Some(screen) if screen.area == next.area => screen,
            _ => {
                out.push_str("\x1b[?25l\x1b[m\x1b[H\x1b[2J");
                self.pen = Pen::default();
                self.at = Some(Position::ORIGIN);
                self.cursor = None;
                Buffer::empty(next.area)
            }
        };
        for y in 0..next.area.height {
            let row = usize::from(y) * usize::from(self.width);
            let row = row..row + usize::from(self.width);
            let (before, after) = (&previous.content[row.clone()], &next.content[row]);
            if before == after {
                continue;
            }
            if is_wide(before) || is_wide(after) {
                self.go(&mut out, Position::new(0, y));
                self.paint(&mut out, Pen::default());
                out.push_str("\x1b[2K");
                self.row(&mut out, &Buffer::empty(next.area), &next, y);
            } else {
                self.row(&mut out, &previous, &next, y);
            }
        }
        match (self.cursor, cursor) {
            (None, Some(position)) => {
                self.go(&mut out, position);
                out.push_str("\x1b[?25h");
            }
            (Some(_), Some(position)) => self.go(&mut out, position),
            (Some(_), None) => out.push_str("\x1b[?25l"),
            (None, None) => {}
        }
        self.cursor = cursor;
        self.screen = Some(next);
        out.into_bytes()
    }

    fn row(&mut self, out: &mut String, previous: &Buffer, next: &Buffer, y: u16) {
        let width = next.area.width;
        let changed = |x: u16| previous[(x, y)] != next[(x, y)];
        let mut x = 0;
        while x < width {
            if !changed(x) {
                x += 1;
                continue;
            }
            let blank = |x: u16| next[(x, y)] == Cell::EMPTY;
            let blanks = u16::try_from((x..width).take_while(|x| blank(*x)).count()).unwrap_or(0);
            if blanks >= ERASE_FROM {
                let end = x + blanks;
                let last = (x..end).rev().find(|x| changed(*x)).unwrap_or(x);
                if last + 1 - x >= ERASE_FROM {
                    self.approach(out, next, Position::new(x, y));
                    self.paint(out, Pen::default());
                    if end == width {
                        out.push_str("\x1b[K");
                    } else {
                        let _ = write!(out, "\x1b[{}X", last + 1 - x);
                    }
                    x = last + 1;
                    continue;
                }
            }
            self.approach(out, next, Position::new(x, y));
            x += self.put(out, &next[(x, y)]);
        }
    }

    /// Writes one cell and says how many columns it takes.
    fn put(&mut self, out: &mut String, cell: &Cell) -> u16 {
        self.paint(out, Pen::of(cell));
        out.push_str(cell.symbol());
        let columns = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        // After the last column terminals differ; the next move is absolute then.
        self.at = self.at.map(|at| Position::new(at.x + columns, at.y));
        columns
    }

    /// Goes to a cell; over a short gap of the same look writing is shorter than moving.
    fn approach(&mut self, out: &mut String, next: &Buffer, to: Position) {
        if let Some(at) = self.at
            && at.y == to.y
            && at.x < to.x
            && to.x - at.x <= 4
        {
            let gap: Vec<&Cell> = (at.x..to.x).map(|x| &next[(x, to.y)]).collect();
            let plain = |cell: &&Cell| Pen::of(cell) == self.pen && cell.symbol().len() == 1;
            if gap.iter().all(plain) {
                for cell in gap {
                    out.push_str(cell.symbol());
                }
                self.at = Some(to);
                return;
            }
        }
        self.go(out, to);
    }

    fn go(&mut self, out: &mut String, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let mut absolute = String::new();
        let _ = match to.x {
            0 => write!(absolute, "\x1b[{}H", to.y + 1),
            x => write!(absolute, "\x1b[{};{}H", to.y + 1, x + 1),
        };
        let relative = self
            .at
            .filter(|at| at.x < self.width)
            .and_then(|at| relative(at, to));
        match relative {
            Some(relative) if relative.len() < absolute.len() => out.push_str(&relative),
            _ => out.push_str(&absolute),
        }
        self.at = Some(to);
    }

    fn paint(&mut self, out: &mut String, pen: Pen) {
        if pen == self.pen {
            return;
        }
        let grows = self.pen.modifier.difference(pen.modifier).is_empty();
        let mut codes = Vec::new();
        let from = if grows { self.pen } else { Pen::default() };
        if !grows && pen != Pen::default() {
            codes.push("0".to_owned());
        }
        for (modifier, code) in MODIFIERS {
            if pen.modifier.difference(from.modifier).contains(modifier) {
                codes.push(code.to_owned());
            }
        }
        if pen.fg != from.fg {
            codes.push(colour(pen.fg, 30));
        }
        if pen.bg != from.bg {
            codes.push(colour(pen.bg, 40));
        }
        let codes = if pen == Pen::default() {
            String::new()
        } else {
            codes.join(";")
        };
        let _ = write!(out, "\x1b[{codes}m");
        self.pen = pen;
    }
}

/// Terminals differ in what is left of a wide character that is overwritten by halves: such a row is painted anew.
fn is_wide(row: &[Cell]) -> bool {
    row.iter()
        .any(|cell| cell.symbol().len() > 1 && cell.symbol().width() > 1)
}

/// A wide character of which something else covers the second half shows as a blank.
fn whole_characters(screen: &mut Buffer) {
    for i in 0..screen.content.len() {
        if screen.content[i].symbol().len() == 1 {
            continue;
        }
        let halved = || {
            screen
                .content
                .get(i + 1)
                .is_none_or(|next| next.symbol() != " ")
        };
        if screen.content[i].symbol().width() > 1 && halved() {
            screen.content[i].set_symbol(" ");
        }
    }
}

const MODIFIERS: [(Modifier, &str); 4] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
];

fn relative(at: Position, to: Position) -> Option<String> {
    let mut out = String::new();
    if to.y > at.y && to.y - at.y <= 3 && to.x == 0 {
        out.push('\r');
        for _ in at.y..to.y {
            out.push('\n');
        }
        return Some(out);
    }
    if to.y != at.y {
        return None;
    }
    if to.x == 0 {
        out.push('\r');
    } else if to.x > at.x {
        let _ = write!(out, "\x1b[{}C", to.x - at.x);
    } else if at.x - to.x <= 4 {
        for _ in to.x..at.x {
            out.push('\x08');
        }
    } else {
        let _ = write!(out, "\x1b[{}D", at.x - to.x);
    }
    Some(out)
}

/// The 16 colours by their own short codes, the others by 256 and true colour.
fn colour(colour: Color, base: u8) -> String {
    let basic = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => (base + 9).to_string(),
        Color::Black => basic(0),
        Color::Red => basic(1),
        Color::Green => basic(2),
        Color::Yellow => basic(3),
        Color::Blue => basic(4),
        Color::Magenta => basic(5),
        Color::Cyan => basic(6),
        Color::Gray => basic(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const AREA: Rect = Rect::new(0, 0, 30, 4);

    fn screen(rows: &[(u16, u16, String, u8)]) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (x, y, text, look) in rows {
            let style = match look {
                0 => Style::new(),
                1 => Style::new().reversed(),
                2 => Style::new().bold().fg(Color::Red),
                _ => Style::new().fg(Color::Cyan),
            };
            buffer.set_stringn(*x, *y, text, usize::from(AREA.width - x), style);
        }
        buffer
    }

    /// What a real terminal shows: text and looks of every cell.
    fn shown(parser: &vt100::Parser) -> Vec<(String, bool, bool, vt100::Color)> {
        (0..AREA.height)
            .flat_map(|y| (0..AREA.width).map(move |x| (x, y)))
            .map(|(x, y)| {
                let cell = parser.screen().cell(y, x).unwrap();
                let text = match cell.contents() {
                    "" => " ".to_owned(),
                    text => text.to_owned(),
                };
                (text, cell.inverse(), cell.bold(), cell.fgcolor())
            })
            .collect()
    }

    fn terminal() -> vt100::Parser {
        vt100::Parser::new(
            AREA.height.try_into().unwrap(),
            AREA.width.try_into().unwrap(),
            0,
        )
    }

    fn text() -> impl Strategy<Value = (u16, u16, String, u8)> {
        (0..30_u16, 0..4_u16, "[a-d €●─漢]{0,30}", 0..4_u8)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever changed, a terminal that got the steps shows what a terminal that got the whole shows.
        #[test]
        fn steps_show_what_the_whole_shows(
            frames in proptest::collection::vec(proptest::collection::vec(text(), 0..6), 1..5)
        ) {
            let mut stepped = terminal();
            let mut encoder = Encoder::default();
            for frame in &frames {
                let mut next = screen(frame);
                stepped.process(&encoder.frame(next.clone(), None));
                let mut whole = terminal();
                whole.process(&Encoder::default().frame(next.clone(), None));
                prop_assert_eq!(shown(&stepped), shown(&whole));
                whole_characters(&mut next);
                let text: String = next.content().iter().map(Cell::symbol).collect();
                let seen: String = shown(&whole).into_iter().map(|cell| cell.0).collect();
                prop_assert_eq!(seen, text);
            }
        }
    }

    #[test]
    fn nothing_changed_is_nothing_sent() {
        let mut encoder = Encoder::default();
        let screen = screen(&[(0, 0, "abc".into(), 0)]);
        encoder.frame(screen.clone(), Some(Position::new(1, 0)));
        assert_eq!(encoder.frame(screen, Some(Position::new(1, 0))), b"");
    }

    #[test]
    fn a_typed_character_is_a_few_bytes() {
        let mut encoder = Encoder::default();
        encoder.frame(screen(&[(3, 1, "ab".into(), 0)]), Some(Position::new(5, 1)));
        let bytes = encoder.frame(
            screen(&[(3, 1, "abc".into(), 0)]),
            Some(Position::new(6, 1)),
        );
        assert_eq!(bytes, b"c");
    }
}
