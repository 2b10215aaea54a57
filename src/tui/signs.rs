//! The signs that the screens draw, and what stands for each where a terminal cannot show it: one ASCII character of
//! one column, put in when the screen is drawn already, so that nothing that draws knows of it.

use ratatui::buffer::Buffer;

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

/// Sign, what stands for it, and whether the font of the Linux console has it.
const TABLE: [(&str, &str, bool); 26] = [
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
        for cell in &mut screen.content {
            if !cell.symbol().is_ascii()
                && let Some(sign) = self.instead(cell.symbol())
            {
                cell.set_symbol(sign);
            }
        }
    }

    /// What stands for a character; `None` when it can be shown.
    fn instead(self, symbol: &str) -> Option<&'static str> {
        let known = TABLE.iter().find(|(sign, ..)| *sign == symbol);
        match (self, known) {
            (Self::All, _) | (Self::Console, None | Some((.., true))) => None,
            (_, Some((_, ascii, _))) => Some(ascii),
            (Self::Ascii, None) => Some(UNKNOWN),
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn dressed(signs: Signs, text: &str) -> String {
        let mut screen = Buffer::empty(Rect::new(0, 0, 12, 1));
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
            (Signs::Ascii, "│e\u{301}│", "|?|"),
        ] {
            assert_eq!(dressed(signs, text), expected, "{signs:?}");
        }
    }
}
