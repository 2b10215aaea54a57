//! Text into columns: cutting with a visible sign, and folding into lines.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The sign for text cut at the right.
pub const CUT: char = '›';

#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `columns`; what is cut ends in [`CUT`].
#[must_use]
pub fn fit(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    let mut out = prefix(text, room).to_owned();
    out.push(CUT);
    out
}

/// A sentence or a list of words in at most `columns`: cut behind a whole word, which `…` follows. Text without a blank
/// is cut as by [`fit`].
#[must_use]
pub fn fit_words(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = prefix(text, columns.saturating_sub(1));
    // A word that ends just there is whole.
    let whole = text[room.len()..].starts_with([' ', ',', ';', ':']);
    let kept = if whole {
        room
    } else {
        room.rsplit_once(' ').map_or("", |(kept, _)| kept)
    };
    let kept = kept.trim_end_matches([' ', ',', ';', ':']);
    if kept.is_empty() {
        return fit(text, columns);
    }
    format!("{kept}…")
}

/// The end of `text` in at most `columns`; what is cut at the left begins with `…`. For paths, whose ends say most.
#[must_use]
pub fn fit_left(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    let mut start = 0;
    while width(&text[start..]) > room {
        start += text[start..].chars().next().map_or(1, char::len_utf8);
    }
    // A path is cut at a dot, when one is near.
    let cut = &text[start..];
    let at_dot = text[..start].ends_with('.');
    let cut = match cut.split_once('.') {
        Some((part, rest)) if !at_dot && width(part) < 12 && !rest.is_empty() => rest,
        _ => cut,
    };
    format!("…{cut}")
}

/// As [`fit`], filled with blanks to exactly `columns`.
#[must_use]
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = fit(text, columns);
    let blanks = columns.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', blanks));
    out
}

/// The longest beginning of `text` that fits into `columns`.
#[must_use]
pub fn prefix(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns {
            return &text[..at];
        }
    }
    text
}

/// The rest of `text` behind its first `columns`, and how many columns that took: a wide character goes whole.
#[must_use]
pub fn skip(text: &str, columns: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        if used >= columns {
            return (&text[at..], used);
        }
        used += c.width().unwrap_or(0);
    }
    ("", used)
}

/// The columns to leave out at the left so that a cursor behind `before` shows within `columns`.
#[must_use]
pub fn scroll(before: &str, columns: usize) -> usize {
    // The cursor may stand behind the last character.
    (width(before) + 1).saturating_sub(columns.max(1))
}

/// Folds at blanks into lines of at most `columns`; words longer than a line are broken.
#[must_use]
pub fn fold(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut word = word;
        if let Some(last) = lines.last_mut()
            && width(last) + 1 + width(word) <= columns
        {
            last.push(' ');
            last.push_str(word);
            continue;
        }
        while width(word) > columns && columns > 1 {
            let head = prefix(word, columns);
            lines.push(head.to_owned());
            word = &word[head.len()..];
        }
        lines.push(word.to_owned());
    }
    lines
}

/// As [`fold`], into at most `most` lines; what does not fit is cut with [`CUT`]. A text of one line keeps its blanks.
#[must_use]
pub fn fold_into(text: &str, columns: usize, most: usize) -> Vec<String> {
    if width(text) <= columns && !text.is_empty() {
        return vec![text.to_owned()];
    }
    let mut lines = fold(text, columns);
    if lines.len() > most && most > 0 {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(fit(&rest, columns));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_with_a_sign() {
        for (text, columns, expected) in [
            ("short", 5, "short"),
            ("longer", 5, "long›"),
            ("größe", 4, "grö›"),
            ("漢字漢字", 5, "漢字›"),
            ("a", 0, ""),
        ] {
            assert_eq!(fit(text, columns), expected);
        }
        for (text, columns, expected) in [
            ("address, port, workers", 22, "address, port, workers"),
            ("address, port, workers", 21, "address, port…"),
            ("address, port, workers", 14, "address, port…"),
            ("address, port, workers", 13, "address…"),
            ("address, port", 4, "add›"),
            ("one two", 4, "one…"),
            ("a b", 0, ""),
        ] {
            assert_eq!(fit_words(text, columns), expected);
        }
        assert_eq!(pad("ab", 4), "ab  ");
        assert_eq!(
            fit_left("a.role_limits.architect", 22),
            "…role_limits.architect"
        );
        assert_eq!(fit_left("abc", 3), "abc");
        assert_eq!(fit_left("abcdefghijklmnop", 8), "…jklmnop");
    }

    #[test]
    fn the_cursor_always_shows() {
        for (before, columns, expected) in
            [("", 4, 0), ("abc", 4, 0), ("abcd", 4, 1), ("漢字", 4, 1)]
        {
            assert_eq!(scroll(before, columns), expected, "{before}");
        }
        for (text, columns, expected) in [
            ("abcd", 0, ("abcd", 0)),
            ("abcd", 2, ("cd", 2)),
            ("漢字", 1, ("字", 2)),
            ("ab", 5, ("", 2)),
        ] {
            assert_eq!(skip(text, columns), expected, "{text}");
        }
    }

    #[test]
    fn text_folds_at_blanks() {
        assert_eq!(fold("one two three", 7), ["one two", "three"]);
        assert_eq!(fold("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(
            fold_into("one two three four", 7, 2),
            ["one two", "three ›"]
        );
    }
}
