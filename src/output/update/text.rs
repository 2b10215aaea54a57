//! Lines, indents and commas around a place in a text.

use std::ops::Range;

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |i| i + 1)
}

/// Behind the line feed of the line that holds `at`.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |i| at + i + 1)
}

pub(super) fn indent_at(text: &str, line_start: usize) -> &str {
    let line = &text[line_start..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Nothing, or an empty line, stands at the end of this text.
pub(super) fn ends_blank(text: &str) -> bool {
    let Some(whole) = text.strip_suffix('\n') else {
        return text.is_empty();
    };
    let line = &whole[line_start(whole, whole.len())..];
    line.trim().is_empty()
}

/// A member of a table in braces, with one of the commas beside it.
pub(super) fn inline_member(text: &str, value: &Range<usize>) -> Range<usize> {
    let start = text[..value.start]
        .rfind([',', '{'])
        .map_or(value.start, |i| i + 1);
    let behind = &text[value.end..];
    let rest = behind.trim_start();
    if rest.starts_with(',') {
        return start..text.len() - rest.len() + 1;
    }
    let comma = text[..start].ends_with(',');
    start - usize::from(comma)..value.end
}
