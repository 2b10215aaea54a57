//! From bytes to text: size, UTF-8 and byte order mark.

use super::File;
use super::found::Found;

/// Larger files are refused: 4 MiB hold some 100,000 executions.
pub const MAX_BYTES: usize = 4 << 20;

/// The text of the file, or `None` when it cannot be read; `found` says why.
pub(super) fn of<'a>(file: &File<'a>, found: &mut Found<'_>) -> Option<&'a str> {
    if file.bytes.len() > MAX_BYTES {
        found.error(
            None,
            format!(
                "The file is {} bytes long; at most 4 MiB are read.",
                file.bytes.len()
            ),
            "Give a shorter stretch of time, or fewer columns.",
        );
        return None;
    }
    let bytes = file.bytes;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => {
            let at = text.find('\0').unwrap_or_default();
            let message = "The file holds a zero byte, so it is no text file.".to_owned();
            found.error(line_at(text, at), message, "Save it as UTF-8 text.");
            None
        }
        Ok(text) => Some(text),
        Err(error) => {
            let good = &bytes[..error.valid_up_to()];
            let line = good.split(|byte| *byte == b'\n').count();
            let message = "The file is not UTF-8 text.".to_owned();
            found.error(line, message, "Save it as UTF-8.");
            None
        }
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    1 + text[..byte].matches('\n').count()
}

/// Counts the lines of one text for places that are asked for from its beginning to its end.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    /// The line of a byte, counted from 1; of an earlier one than before, the line before.
    pub fn at(&mut self, byte: usize) -> usize {
        let passed = self.text.as_bytes().get(self.at..byte).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.at = self.at.max(byte);
        self.line
    }
}
