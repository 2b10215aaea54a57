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
            '–' | '—' | '−' => out.push('-'),
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '→' => out.push_str("->"),
            '×' => out.push('x'),
            '\u{a0}' => out.push(' '),
            c => out.extend(c.escape_unicode()),
        }
    }
    out
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
            ("a\tb\nc", "a\\u{9}b\nc"),
        ] {
            assert_eq!(ascii(text), expected);
        }
    }
}
