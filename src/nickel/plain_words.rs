//! What Nickel says of a text, in words for those who do not know Nickel: what is wrong there and what to write.
//! Leaves to others: where it stands (`finding`), what the schema itself says of a value.

/// One message, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    pub message: String,
    pub hint: Option<String>,
}

/// Where nothing better is known.
pub const CORRECT: &str = "Correct that line.";

/// Longer names are not repeated.
const LONGEST_NAME: usize = 40;

impl Words {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

/// What Nickel's `message` means for the text `source`, of which it marked `at..end` and wrote `beside`; `None` when it is plain enough.
pub fn of(message: &str, beside: &str, source: &str, at: usize, end: usize) -> Option<Words> {
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("unexpected end of file") {
        return Some(unclosed(source));
    }
    if message.contains("unexpected token") {
        return Some(unexpected(source, at, end));
    }
    if message.starts_with("unbound identifier") {
        let name = quoted();
        return Some(Words::new(
            format!("`{name}` is a name that nothing has here."),
            format!(
                "Check its spelling. A text stands in quotes, \"{name}\"; a value of another field by its whole path."
            ),
        ));
    }
    if message == "incompatible types" {
        // Nickel's own note names both types.
        return Some(Words {
            message: "The value is not of the type that is written for it.".to_owned(),
            hint: None,
        });
    }
    let types = beside.strip_prefix("this expression has type ");
    if let Some((is, needed)) = types.and_then(|types| types.split_once(", but ")) {
        let needed = needed.strip_suffix(" was expected").unwrap_or(needed);
        return Some(Words {
            message: format!("It is of type {is}, and {needed} is needed."),
            hint: None,
        });
    }
    if message.starts_with("missing field") {
        return Some(Words::new(
            format!("There is no field `{}` where it is asked for.", quoted()),
            "Check its spelling, or write that field.",
        ));
    }
    let (message, hint) = match message {
        "infinite recursion" => (
            "The value is computed from itself, without end.",
            "Write a value that does not lead back to it.",
        ),
        "unmatched closing brace '}'" => (
            "This } closes nothing.",
            "Take it out, or write the { that it belongs to.",
        ),
        "string closing delimiter has too many `%`" => (
            "The text ends in more % than it begins with.",
            "End it with as many % as stand after its m.",
        ),
        "invalid escape sequence" | "invalid ascii escape code" | "invalid unicode escape code" => {
            (
                "A \\ in this text begins nothing that Nickel knows.",
                "Write \\\\ for a backslash, \\n for a new line, \\\" for a quote.",
            )
        }
        "not a function" => (
            "Something is applied here that is no function.",
            "A comma or an operator may be missing between two values.",
        ),
        "division by zero" => ("It divides by zero.", "Divide by another number."),
        _ => return None,
    };
    Some(Words::new(message, hint))
}

/// A value that does not hold to a contract that says nothing itself, such as `Number`.
pub fn contract(asked: &str) -> Words {
    let kind = match asked {
        "Number" => Some(("a number", "Write it without quotes, for example 8001.")),
        "String" => Some(("a text", "Write it in quotes, for example \"0.0.0.0\".")),
        "Bool" => Some(("true or false", "Write true or false, without quotes.")),
        asked if asked.starts_with("Array") => Some((
            "a list",
            "Write it in brackets, for example [\"a\", \"b\"].",
        )),
        asked if asked.starts_with('{') => Some((
            "a record as it is described there",
            "Write its fields in braces, for example { port = 8001 }.",
        )),
        _ => None,
    };
    match kind {
        // Its elements may be what is wrong.
        Some((kind @ "a list", hint)) => {
            Words::new(format!("It is not {kind} as {asked} asks for."), hint)
        }
        Some((kind, hint)) => Words::new(format!("It is not {kind}, as {asked} asks for."), hint),
        None => Words::new(
            format!("It does not hold to its contract: {asked}."),
            "Give a value that the contract allows, or change the contract.",
        ),
    }
}

/// The file ends too early: what was begun and never ended.
fn unclosed(source: &str) -> Words {
    match open_at_end(source) {
        Some(Open { sign: '"', line }) => Words::new(
            format!("The text that begins on line {line} is never ended."),
            "Write its closing quote.",
        ),
        Some(Open { sign, line }) => Words::new(
            format!("The {sign} of line {line} is never closed."),
            format!("Write its {} where it ends.", closing(sign)),
        ),
        None if source
            .lines()
            .all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) =>
        {
            Words::new(
                "There is nothing in the file.",
                "Write for example { backend.port = 8001 }.",
            )
        }
        None => Words::new(
            "The file ends where something is still missing.",
            "Write what is missing at its end, such as a value.",
        ),
    }
}

fn unexpected(source: &str, at: usize, end: usize) -> Words {
    let before = source.get(..at).unwrap_or_default();
    let token = source.get(at..end).unwrap_or_default();
    let sign = matches!(
        token,
        "," | "}" | "]" | ")" | ";" | "=" | ":" | "|" | "&" | "."
    );
    if let Some(Open { sign: '"', line }) = open_at_end(source) {
        return Words::new(
            format!("The text that begins on line {line} may never be ended."),
            "Write its closing quote on the same line.",
        );
    }
    let near = before.trim_end();
    if near.ends_with('=') && sign {
        return Words::new(
            format!("A value is missing before `{token}`."),
            "Write it behind the =, for example port = 8001.",
        );
    }
    if near.ends_with('=') {
        return Words::new(
            "What stands behind the = is no value.",
            "A text stands in double quotes, as \"0.0.0.0\"; numbers, true and false in none.",
        );
    }
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    let name = if token == "=" { line } else { token };
    // Anything else may be part of a value, and so of a secret.
    let named = (1..=LONGEST_NAME).contains(&name.len())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let begins_line = line.is_empty() || token == "=";
    if named && begins_line && before.contains('{') {
        return Words::new(
            format!("A comma is missing before `{name}`."),
            "Write one at the end of the line before it.",
        );
    }
    if named && token == "=" {
        return Words::new(
            "The settings stand in no braces.",
            "Write { before the first and } behind the last, and a comma after each.",
        );
    }
    if near.ends_with(['{', ',']) {
        return Words::new(
            "The name of a setting is expected here.",
            "Write a name, =, and a value, for example port = 8001.",
        );
    }
    if sign {
        return Words::new(
            format!("`{token}` is not expected here."),
            "Take it out, or write what is missing before it.",
        );
    }
    Words::new(
        "Something else is expected here.",
        "Look just before it: a comma, a quote or a bracket may be missing.",
    )
}

fn closing(sign: char) -> char {
    match sign {
        '{' => '}',
        '[' => ']',
        _ => ')',
    }
}

/// A bracket or quote that was opened.
struct Open {
    sign: char,
    line: usize,
}

/// The innermost bracket, or the text, that is still open where the source ends.
fn open_at_end(source: &str) -> Option<Open> {
    let mut open: Vec<Open> = Vec::new();
    let mut line = 1;
    let mut rest = source.chars().peekable();
    let mut last = ' ';
    while let Some(c) = rest.next() {
        match c {
            '\n' => line += 1,
            '#' => while rest.next_if(|c| *c != '\n').is_some() {},
            '"' if last == '%' => {
                let begun = line;
                if !many_lines(&mut rest, &mut line) {
                    return Some(Open {
                        sign: '"',
                        line: begun,
                    });
                }
            }
            '"' => {
                let begun = line;
                if !one_text(&mut rest, &mut line) {
                    return Some(Open {
                        sign: '"',
                        line: begun,
                    });
                }
            }
            '{' | '[' | '(' => open.push(Open { sign: c, line }),
            '}' | ']' | ')' => drop(open.pop()),
            _ => {}
        }
        last = c;
    }
    open.pop()
}

type Rest<'s> = std::iter::Peekable<std::str::Chars<'s>>;

/// Skips to behind the quote; `false` when there is none.
fn one_text(rest: &mut Rest, line: &mut usize) -> bool {
    while let Some(c) = rest.next() {
        match c {
            '\n' => *line += 1,
            '\\' => drop(rest.next()),
            '"' => return true,
            _ => {}
        }
    }
    false
}

/// As [`one_text`], for `m%"…"%`.
fn many_lines(rest: &mut Rest, line: &mut usize) -> bool {
    while let Some(c) = rest.next() {
        match c {
            '\n' => *line += 1,
            '"' if rest.next_if_eq(&'%').is_some() => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_early_end_names_what_is_open() {
        for (source, expected) in [
            (
                "{\n  backend = {\n    port = 1,\n  }\n",
                "The { of line 1 is never closed. Write its } where it ends.",
            ),
            (
                "{ a = [\n 1,\n",
                "The [ of line 1 is never closed. Write its ] where it ends.",
            ),
            (
                "{ # } { \" \n a = \"}\\\"{\",\n b = {",
                "The { of line 3 is never closed. Write its } where it ends.",
            ),
            (
                "{ a = m%\"}\n\"\n\"%, b = (",
                "The ( of line 3 is never closed. Write its ) where it ends.",
            ),
            (
                "{\n a = \"x\n}",
                "The text that begins on line 2 is never ended. Write its closing quote.",
            ),
            (
                " \n# nothing\n",
                "There is nothing in the file. Write for example { backend.port = 8001 }.",
            ),
            (
                "let x = 1 in",
                "The file ends where something is still missing. Write what is missing at its end, such as a value.",
            ),
        ] {
            let words = unclosed(source);
            assert_eq!(
                format!("{} {}", words.message, words.hint.unwrap()),
                expected,
                "{source}"
            );
        }
    }

    #[test]
    fn an_unexpected_sign_says_what_may_be_missing() {
        // The source before what Nickel marked, that, and the rest.
        for (before, token, rest, expected) in [
            ("{\n port = ", ",", "\n}", "A value is missing before `,`."),
            (
                "{ host = ",
                "'",
                "x.y' }",
                "What stands behind the = is no value.",
            ),
            (
                "{\n port = 1\n ",
                "workers",
                " = 4 }",
                "A comma is missing before `workers`.",
            ),
            (
                "{\n port = 1\n a.b ",
                "=",
                " 4 }",
                "A comma is missing before `a.b`.",
            ),
            ("port ", "=", " 1", "The settings stand in no braces."),
            (
                "{ ",
                "1",
                " = 2 }",
                "The name of a setting is expected here.",
            ),
            ("{ a = 1 ", "]", "", "`]` is not expected here."),
            // It may be a password.
            (
                "{ a = x ",
                "swordfish",
                " }",
                "Something else is expected here.",
            ),
        ] {
            let source = format!("{before}{token}{rest}");
            let words = unexpected(&source, before.len(), before.len() + token.len());
            assert_eq!(words.message, expected, "{source}");
        }
    }

    #[test]
    fn a_contract_is_told_as_a_kind() {
        for (asked, expected) in [
            ("Number", "It is not a number, as Number asks for."),
            ("Array String", "It is not a list as Array String asks for."),
            (
                "std.port.Port",
                "It does not hold to its contract: std.port.Port.",
            ),
        ] {
            assert_eq!(contract(asked).message, expected);
        }
    }
}
