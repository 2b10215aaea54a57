//! One line that says why a file was written, kept with its generation.

use std::fmt;

use crate::clean;
use crate::problem::Problem;

/// Characters.
const LONGEST: usize = 200;

/// One line of visible text; empty when nothing was noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// # Errors
    /// A problem when it is more than one line, or too long.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return Err(Problem::error("A note is one line of plain text.")
                .hint("Leave line feeds and tabs out, for example: architect limit lowered."));
        }
        let length = text.chars().count();
        if length > LONGEST {
            return Err(Problem::error(format!(
                "The note has {length} characters; at most {LONGEST} are kept."
            ))
            .hint("Say it shorter, for example: architect limit lowered."));
        }
        Ok(Self(clean::line(text)))
    }

    /// As read from a file: what cannot stand is made fit.
    pub(super) fn read(text: &str) -> Self {
        Self(clean::line(text).chars().take(LONGEST).collect())
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_one_line() {
        for (text, expected) in [
            ("", Some("")),
            (" architect lowered ", Some("architect lowered")),
            ("grün \u{202e}x", Some("grün \u{fffd}x")),
            ("two\nlines", None),
            ("\u{1b}[31m", None),
        ] {
            let note = Note::new(text).ok();
            assert_eq!(note.as_ref().map(Note::text), expected, "{text:?}");
        }
        assert!(Note::new(&"ä".repeat(200)).is_ok());
        assert!(Note::new(&"ä".repeat(201)).is_err());
        assert_eq!(Note::read(&"a\n".repeat(200)).text().chars().count(), 200);
    }
}
