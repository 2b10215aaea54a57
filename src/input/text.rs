//! From bytes to text: size, UTF-8 and byte order mark.

use std::path::Path;

use super::MAX_BYTES;
use crate::problem::Problem;

/// The text that can be read. Of a file that is not UTF-8 the lines before the first bad byte are read.
pub(super) fn of<'a>(file: &Path, bytes: &'a [u8], problems: &mut Vec<Problem>) -> &'a str {
    if bytes.len() > MAX_BYTES {
        problems.push(
            Problem::error(format!(
                "The file is {} bytes long; at most 4 MiB are read.",
                bytes.len()
            ))
            .hint("A configuration has a few hundred lines: is it the right file?")
            .in_file(file, None),
        );
        return "";
    }
    // Dropped only at the very start: anywhere else the mark is a character like any other.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = &bytes[..error.valid_up_to()];
            let line = good.split(|byte| *byte == b'\n').count();
            problems.push(
                Problem::error("The file is not UTF-8 text.")
                    .hint(format!(
                        "Only what stands before line {line} was read. Save the file as UTF-8."
                    ))
                    .in_file(file, Some(line)),
            );
            let whole_lines = good
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |i| i + 1);
            std::str::from_utf8(&good[..whole_lines]).unwrap_or_default()
        }
    }
}
