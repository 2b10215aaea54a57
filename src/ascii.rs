//! Text in ASCII: for line printers, `--ascii`, and terminals that show nothing else.
//! Leaves to others: when it is wanted (`cli`, `plain`), the signs of the screens (`tui`).

/// `text` in ASCII: signs that have a plain spelling get it, any other character its number.
#[must_use]
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | ' '..='~' => out.push(c),
            '…' => out.push_str("..."),
            '–' | '—' | '−' | '·' => out.push('-'),
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '→' => out.push_str("->"),
            '×' => out.push('x'),
            '▲' => out.push('^'),
            '▼' => out.push('v'),
            // Eighths, as a digit each.
            '▁'..='█' => out.push(eighths(c)),
            '\u{a0}' => out.push(' '),
            c => out.extend(c.escape_unicode()),
        }
    }
    out
}

/// `1` for the lowest of eight blocks, `8` for the whole one.
#[must_use]
pub fn eighths(block: char) -> char {
    let level = u32::from(block).saturating_sub(u32::from('▁')).min(7);
    char::from_digit(level + 1, 10).unwrap_or('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_ascii() {
        for (text, expected) in [
            ("plain ~", "plain ~"),
            ("a…b – “c” → 3×", "a...b - \"c\" -> 3x"),
            ("größe\u{1b}[2J", "gr\\u{f6}\\u{df}e\\u{1b}[2J"),
            ("▲2 ▼1 ▁▄█·", "^2 v1 148-"),
            ("a\tb\nc", "a\\u{9}b\nc"),
        ] {
            assert_eq!(ascii(text), expected);
        }
    }
}
