//! Text for a line printer: ASCII, at most 78 columns, words kept whole.

/// Columns of a line.
const COLUMNS: usize = 78;
/// What a folded line's rest is set in by, more than its beginning.
const INDENT: usize = 4;

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

/// One line as several that are not too long. A word longer than a line stays whole: it may be a path to copy.
#[must_use]
pub fn fold(line: &str) -> Vec<String> {
    let lead = line.len() - line.trim_start_matches(' ').len();
    if line.len() <= COLUMNS {
        return vec![line.to_owned()];
    }
    // A row of a list stays apart from the next one; a sentence needs no such thing.
    let rest = if lead == 0 { 0 } else { lead + INDENT };
    let mut lines = vec![" ".repeat(lead)];
    let mut begun = false;
    for word in line.trim_start_matches(' ').split(' ') {
        let now = lines.last().map_or(0, String::len);
        if begun && now + 1 + word.len() > COLUMNS {
            lines.push(" ".repeat(rest));
            begun = false;
        }
        if let Some(last) = lines.last_mut() {
            if begun {
                last.push(' ');
            }
            last.push_str(word);
        }
        begun = true;
    }
    lines
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

    #[test]
    fn long_lines_are_folded_between_words() {
        let words = "word ".repeat(20);
        let folded = fold(&format!("  {}", words.trim()));
        assert_eq!(folded.len(), 2);
        assert!(folded.iter().all(|line| line.len() <= COLUMNS));
        assert!(folded[0].starts_with("  word") && folded[1].starts_with("      word"));
        let long = "x".repeat(200);
        assert_eq!(fold(&format!("see {long} now")), ["see", &long, "now"]);
        assert_eq!(fold(""), [""]);
    }
}
