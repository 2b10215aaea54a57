//! Sentences for files whose syntax is broken. They never quote a value: it could be a secret.

use std::path::Path;

use granit_parser::ErrorKind;

use super::lines::Lines;
use crate::clean;
use crate::problem::Problem;

/// A file with more broken lines than this is some other kind of file.
const MOST: usize = 12;

/// One problem a broken line, in the order of the file.
pub(super) fn toml(
    file: &Path,
    text: &str,
    lines: &Lines,
    errors: &[toml::de::Error],
) -> Vec<Problem> {
    let mut found: Vec<(usize, &toml::de::Error)> = errors
        .iter()
        .map(|error| (error.span().map_or(0, |span| span.start), error))
        .collect();
    found.sort_by_key(|(start, _)| *start);
    found.dedup_by_key(|(start, _)| lines.at(*start));
    let more = found.len().saturating_sub(MOST);
    let mut problems: Vec<Problem> = found
        .into_iter()
        .take(MOST)
        .map(|(start, error)| {
            let line = error.span().map(|_| lines.at(start));
            let (message, hint) = sentence(error, text);
            Problem::error(message).hint(hint).in_file(file, line)
        })
        .collect();
    if more > 0 {
        problems.push(
            Problem::error(format!("{more} more lines are not valid TOML."))
                .hint("Is it the right file?")
                .in_file(file, None),
        );
    }
    problems
}

fn sentence(error: &toml::de::Error, text: &str) -> (String, String) {
    let said = error.message();
    let span = error.span().unwrap_or(0..0);
    let has = |part: &str| said.contains(part);
    let pair = |message: &str, hint: &str| (message.to_owned(), hint.to_owned());
    if has("duplicate key") {
        let in_header = text[..span.start].trim_end().ends_with(['[', '.']);
        let name = clean::line(text.get(span).unwrap_or_default());
        if in_header {
            return (
                format!("A section {name} is given twice."),
                "What both say is read. Move it under one header.".to_owned(),
            );
        }
        return (
            format!("{name} is given twice."),
            "The first is used. Remove one of them.".to_owned(),
        );
    }
    if has("recurs") {
        return super::fit::too_deep();
    }
    if has("string values must be quoted") {
        return if span.is_empty() {
            pair("A value is missing here.", "Write it as name = value.")
        } else {
            pair("This is no value.", "Put texts in quotes: \"text\".")
        };
    }
    if has("invalid") && has("string") && has("visible characters") {
        return pair(
            "A text holds a control character.",
            "Remove it, or write it as an escape such as \\u001B.",
        );
    }
    if has("escaped value") || has("escape") {
        return pair(
            "A backslash in a text is not followed by a known escape.",
            "Write a backslash as \\\\, or the whole text in 'single quotes'.",
        );
    }
    if has("invalid") && has("string") {
        return pair("A text is not closed.", "Its closing quote is missing.");
    }
    if has("unclosed table") || has("unclosed array of tables") {
        return pair(
            "A section's name is not closed.",
            "Write it as [name] on a line of its own.",
        );
    }
    if has("unclosed array") || has("in array") || has("between array elements") {
        return pair(
            "A list is not closed, or a comma is missing in it.",
            "Write it as [\"first\", \"second\"].",
        );
    }
    if has("inline table") {
        return pair(
            "A table in braces is not closed, or a comma is missing in it.",
            "Write it as { name = value, other = value }.",
        );
    }
    if has("key with no value") || has("invalid key-value pair") || has("invalid unquoted key") {
        return pair(
            "This is neither a section nor a setting.",
            "Write [section] or name = value. What follows in this section may be unread.",
        );
    }
    if has("leading zero") {
        return pair(
            "A number starts with a zero.",
            "Write it without the zero, or in quotes if it is a text.",
        );
    }
    (
        format!("The line is not valid TOML: {}.", clean::line(said)),
        "Write [section] or name = value.".to_owned(),
    )
}

/// The syntax error of a JSON text.
pub(super) fn json(file: &Path, line: usize, error: &str) -> Problem {
    // serde_json ends its sentence with the place, which is told apart here.
    let said = error.split(" at line ").next().unwrap_or(error);
    let hint = if said.contains("EOF") {
        "The file ends too early: a closing bracket or quote is missing."
    } else if said.contains("trailing comma") {
        "Remove the comma before the closing bracket."
    } else if said.contains("escape") {
        "Known escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits."
    } else if said.contains("control character") {
        "Remove the control character, or write it as an escape such as \\u001b."
    } else if said.contains("key must be a string") {
        "Names stand in double quotes, no comma stands before a closing bracket, and there are no comments."
    } else {
        "JSON is written as { \"section\": { \"name\": value } }, without comments."
    };
    Problem::error(format!(
        "The file is not valid JSON: {}.",
        clean::line(said)
    ))
    .hint(format!("{hint} Only what stands before it was read."))
    .in_file(file, Some(line))
}

/// The syntax error of a YAML text.
pub(super) fn yaml(file: &Path, line: usize, error: &ErrorKind) -> Problem {
    let (message, hint) = match error {
        ErrorKind::RecursionLimitExceeded => {
            let (message, hint) = super::fit::too_deep();
            return Problem::error(message).hint(hint).in_file(file, Some(line));
        }
        ErrorKind::UnknownAnchor => (
            "An alias names what no anchor before it names.",
            "Put a text that starts with * in quotes, or write the value out.",
        ),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => {
            ("A text is not closed.", "Its closing quote is missing.")
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => (
            "A backslash in a text is not followed by a known escape.",
            "Write a backslash as \\\\, or the whole text in 'single quotes'.",
        ),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnclosedFlowCollection { .. } => (
            "A bracket is not closed, or a comma is missing.",
            "Write it as [first, second] or { name: value }.",
        ),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => {
            ("A tab stands where blanks belong.", "Indent with blanks.")
        }
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => (
            "A text holds a control character.",
            "Remove it, or write it in double quotes as an escape such as \\u001B.",
        ),
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey => (
            "This is neither a section nor a setting, or its indentation is wrong.",
            "Write name: value, with the blanks before it that its neighbours have.",
        ),
        other => {
            let said = clean::line(&other.to_string());
            let message = format!("The file is not valid YAML: {said}.");
            let hint = "YAML is written as section: with indented name: value. Only what stands before it was read.";
            return Problem::error(message).hint(hint).in_file(file, Some(line));
        }
    };
    Problem::error(message)
        .hint(format!("{hint} Only what stands before it was read."))
        .in_file(file, Some(line))
}
