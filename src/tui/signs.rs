//! The signs that the screens draw, and what stands for each where a terminal cannot show it, put in when the screen is
//! drawn already, so that nothing that draws knows of it: one ASCII character of one column. Two exceptions: `…` behind
//! a text takes the blank that follows too, and an arrow between two values has its own width when it is drawn.

use ratatui::buffer::{Buffer, Cell};

/// Which signs a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    #[default]
    All,
    /// The font of the Linux console: boxes and arrows, little else.
    Console,
    Ascii,
}

/// What stands for a character that no table knows, such as a letter of a value.
const UNKNOWN: &str = "?";

/// What a text begins with that is cut at the left: the mirror of the sign for one that goes on.
const CUT_LEFT: &str = "<";

/// An arrow from one value to the next, by whether the terminal has arrows. It is drawn as it shows, so that columns agree.
#[must_use]
pub fn arrow(have_arrows: bool) -> &'static str {
    if have_arrows { "→" } else { "->" }
}

/// Sign, what stands for it, and whether the font of the Linux console has it.
const TABLE: [(&str, &str, bool); 36] = [
    ("✗", "x", false),
    ("○", "o", false),
    ("●", "*", false),
    ("▸", ">", false),
    ("▾", "v", false),
    ("…", ".", false),
    ("›", ">", false),
    ("–", "-", false),
    ("·", "-", true),
    ("×", "x", true),
    ("→", ">", true),
    ("←", "<", true),
    ("↑", "^", true),
    ("↓", "v", true),
    ("✓", "+", false),
    ("≥", ">", true),
    ("≤", "<", true),
    ("│", "|", true),
    ("─", "-", true),
    ("┌", "+", true),
    ("┐", "+", true),
    ("└", "+", true),
    ("┘", "+", true),
    ("├", "+", true),
    ("␉", ">", false),
    ("␊", "/", false),
    ("▲", "^", true),
    ("▼", "v", true),
    ("▁", "1", false),
    ("▂", "2", false),
    ("▃", "3", false),
    ("▄", "4", false),
    ("▅", "5", false),
    ("▆", "6", false),
    ("▇", "7", false),
    ("█", "8", false),
];

impl Signs {
    /// Can the names of keys hold arrows?
    #[must_use]
    pub fn have_arrows(self) -> bool {
        self != Self::Ascii
    }

    /// Replaces what the terminal cannot show.
    pub fn dress(self, screen: &mut Buffer) {
        if self == Self::All {
            return;
        }
        let width = usize::from(screen.area.width);
        for i in 0..screen.content.len() {
            let symbol = screen.content[i].symbol();
            if symbol.is_ascii() {
                continue;
            }
            let Some(sign) = self.instead(symbol) else {
                continue;
            };
            if symbol == ELLIPSIS {
                leave_out(&mut screen.content, i, width);
            } else {
                screen.content[i].set_symbol(sign);
            }
        }
    }

    /// What stands for a character; `None` when it can be shown.
    fn instead(self, symbol: &str) -> Option<&'static str> {
        if self != Self::All && is_dots(symbol) {
            return Some("*");
        }
        let known = TABLE.iter().find(|(sign, ..)| *sign == symbol);
        match (self, known) {
            (Self::All, _) | (Self::Console, None | Some((.., true))) => None,
            (_, Some((_, ascii, _))) => Some(ascii),
            (Self::Ascii, None) => Some(UNKNOWN),
        }
    }
}

/// Is it a cell of a curve, drawn in dots?
fn is_dots(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    matches!(
        (chars.next(), chars.next()),
        (Some('\u{2801}'..='\u{28ff}'), None)
    )
}

const ELLIPSIS: &str = "…";

/// An ellipsis behind a text, or alone, is two dots, the second in the blank behind it; before a text, which is cut
/// there, it is one sign.
fn leave_out(cells: &mut [Cell], i: usize, width: usize) {
    let is_border = |symbol: &str| matches!(symbol, "│" | "|");
    let is_blank = |symbol: &str| symbol.trim().is_empty();
    let before = (!i.is_multiple_of(width)).then(|| cells[i - 1].symbol());
    let behind = (!(i + 1).is_multiple_of(width)).then(|| cells[i + 1].symbol());
    let ends = before.is_some_and(|symbol| !is_blank(symbol) && !is_border(symbol));
    let goes_on = behind.is_some_and(|symbol| !is_blank(symbol) && !is_border(symbol));
    let at_border = before.is_some_and(is_border);
    if !ends && (goes_on || at_border) {
        cells[i].set_symbol(CUT_LEFT);
        return;
    }
    let room = behind.is_some_and(is_blank);
    cells[i].set_symbol(".");
    if room {
        cells[i + 1].set_symbol(".");
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn dressed(signs: Signs, text: &str) -> String {
        let mut screen = Buffer::empty(Rect::new(0, 0, 16, 1));
        screen.set_string(0, 0, text, Style::new());
        signs.dress(&mut screen);
        let row: String = screen.content.iter().map(Cell::symbol).collect();
        row.trim_end().to_owned()
    }

    #[test]
    fn each_sign_has_one_character_of_one_column() {
        for (i, (sign, ascii, _)) in TABLE.iter().enumerate() {
            assert_eq!(
                (sign.width(), ascii.width(), ascii.len()),
                (1, 1, 1),
                "{sign}"
            );
            assert!(TABLE[..i].iter().all(|(other, ..)| other != sign), "{sign}");
        }
    }

    #[test]
    fn marks_stay_different_from_each_other() {
        let marks: Vec<String> = ["✗", "○", "●", "!", "?"]
            .map(|sign| dressed(Signs::Ascii, sign))
            .to_vec();
        assert_eq!(marks, ["x", "o", "*", "!", "?"]);
    }

    #[test]
    fn what_a_terminal_cannot_show_is_replaced_in_place() {
        for (signs, text, expected) in [
            (Signs::All, "▸ größe ✗1 →", "▸ größe ✗1 →"),
            (Signs::Console, "▸ größe ✗1 →", "> größe x1 →"),
            (Signs::Ascii, "▸ größe ✗1 →", "> gr??e x1 >"),
            (Signs::Ascii, "a漢字b", "a? ? b"),
            (Signs::Console, "⠈⢉─", "**─"),
            (Signs::Ascii, "⠈⢉─", "**-"),
            (Signs::Ascii, "│e\u{301}│", "|?|"),
            (Signs::Ascii, "│ a file…  b │", "| a file.. b |"),
            (Signs::Ascii, "│ …limits │", "| <limits |"),
            (Signs::Ascii, "│…limits…│", "|<limits.|"),
            (Signs::Ascii, "│…    │ … │", "|<    | ..|"),
            (Signs::Console, "a…  …b", "a.. <b"),
            (Signs::Ascii, "…", ".."),
        ] {
            assert_eq!(dressed(signs, text), expected, "{signs:?}");
        }
    }
}
