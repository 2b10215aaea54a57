//! Makes text from outside safe to show: control characters and direction overrides become visible signs.
//! Called once where text enters (files, environment, child output, pastes); the screens trust what they are given.

use std::path::Path;

/// `text` with every control character but tab and line feed, and every bidirectional control, replaced by a visible sign.
#[must_use]
pub fn lines(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' || c == '\t' {
                c
            } else {
                visible(c)
            }
        })
        .collect()
}

/// As [`lines`], for text that must stay on one line.
#[must_use]
pub fn line(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// Does the text hold anything that [`line`] would replace?
#[must_use]
pub fn is_clean(text: &str) -> bool {
    text.chars().all(is_visible)
}

/// Does the character show as what it is?
#[must_use]
pub fn is_visible(c: char) -> bool {
    visible(c) == c
}

fn visible(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{061c}'
        | '\u{feff}' => '\u{fffd}',
        other => other,
    }
}

/// A path as an operator would type it in the folder `here`.
#[must_use]
pub fn path(here: &Path, path: &Path) -> String {
    let short = path.strip_prefix(here).unwrap_or(path);
    if short.as_os_str().is_empty() {
        return ".".to_owned();
    }
    line(&short.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_signs() {
        for (raw, shown) in [
            ("plain", "plain"),
            ("a\tb\nc", "a\u{2409}b\u{240a}c"),
            ("\u{1b}]52;c;x\u{7}", "\u{241b}]52;c;x\u{2407}"),
            ("a\u{202e}b", "a\u{fffd}b"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("größe ✗", "größe ✗"),
        ] {
            assert_eq!(line(raw), shown);
            assert_eq!(is_clean(raw), raw == shown);
        }
        assert_eq!(lines("a\tb\nc\r"), "a\tb\nc\u{240d}");
    }
}
