//! Lines as wide as the terminal, words kept whole.
//! Leaves to others: saying them (`talk`).

use std::io;

use rustix::termios::tcgetwinsize;

/// Columns of a line where no terminal says how many it has.
const COLUMNS: usize = 78;
/// However narrow or wide the terminal: less holds no sentence, and more nobody reads back.
const NARROWEST: usize = 40;
const WIDEST: usize = 120;
/// Columns that stay free at the end of a line: some terminals break a full one.
const FREE: usize = 2;
/// What a folded line's rest is set in by, more than its beginning.
const INDENT: usize = 4;

/// Columns that a line may fill just now: by the variable COLUMNS, else by the terminal that stdout is.
#[must_use]
pub fn columns() -> usize {
    let told = std::env::var("COLUMNS").ok();
    let terminal = tcgetwinsize(io::stdout()).ok();
    usable(told.as_deref(), terminal.map(|size| size.ws_col))
}

fn usable(told: Option<&str>, terminal: Option<u16>) -> usize {
    let told = told.and_then(|told| told.trim().parse::<usize>().ok());
    // A terminal that does not know its size says 0.
    let has = [told, terminal.map(usize::from)]
        .into_iter()
        .flatten()
        .find(|n| *n > 0);
    has.map_or(COLUMNS, |has| {
        has.saturating_sub(FREE).clamp(NARROWEST, WIDEST)
    })
}

/// One line as several of at most so many columns. A word longer than a line stays whole: it may be a path to copy.
#[must_use]
pub fn fold(line: &str, columns: usize) -> Vec<String> {
    let lead = line.len() - line.trim_start_matches(' ').len();
    if line.len() <= columns {
        return vec![line.to_owned()];
    }
    // A row of a list stays apart from the next one; a sentence needs no such thing.
    let rest = if lead == 0 { 0 } else { lead + INDENT };
    let mut lines = vec![" ".repeat(lead)];
    let mut begun = false;
    for word in line.trim_start_matches(' ').split(' ') {
        let now = lines.last().map_or(0, String::len);
        if begun && now + 1 + word.len() > columns {
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
    fn lines_are_as_wide_as_the_terminal_within_limits() {
        for (told, terminal, expected) in [
            (None, None, 78),
            (None, Some(0), 78),
            (None, Some(80), 78),
            (None, Some(100), 98),
            (None, Some(20), 40),
            (None, Some(42), 40),
            (None, Some(60), 58),
            (None, Some(300), 120),
            // What the operator says counts before what the terminal says.
            (Some("60"), Some(100), 58),
            (Some("60"), None, 58),
            (Some("wide"), Some(100), 98),
            (Some("0"), None, 78),
            (Some(""), None, 78),
            (Some("99999999999999999999999"), None, 78),
        ] {
            assert_eq!(usable(told, terminal), expected, "{told:?} {terminal:?}");
        }
    }

    #[test]
    fn long_lines_are_folded_between_words() {
        let words = "word ".repeat(20);
        for (columns, lines) in [(40, 3), (78, 2), (120, 1)] {
            let folded = fold(&format!("  {}", words.trim()), columns);
            assert_eq!(folded.len(), lines, "{folded:?}");
            assert!(folded.iter().all(|line| line.len() <= columns));
            assert!(folded[0].starts_with("  word"));
            assert!(
                folded[1..]
                    .iter()
                    .all(|line| line.starts_with("      word"))
            );
        }
        let long = "x".repeat(200);
        assert_eq!(fold(&format!("see {long} now"), 78), ["see", &long, "now"]);
        assert_eq!(fold("", 78), [""]);
    }
}
