//! What goes out: results on stdout, messages on stderr, in colour and in ASCII as the flags say. A reader that has
//! read enough is no fault. Leaves to others: the words (`report`, the verbs).

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

use clap::builder::styling::AnsiColor;

use super::args::When;
use super::report::{self, Told};
use crate::ascii::ascii;
use crate::diff::ChangeKind;
use crate::problem::{Problem, Severity};

/// How people are shown results and messages.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    colour_out: bool,
    colour_err: bool,
    ascii: bool,
}

/// Set once, before anything is printed.
static LOOK: OnceLock<Look> = OnceLock::new();

/// From now on it looks as the flags say. `auto` colours what a terminal shows, unless `NO_COLOR` or `TERM=dumb` says
/// otherwise.
pub fn look(color: When, ascii: bool) {
    let on = |terminal: bool| match color {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && wants_colour(),
    };
    let look = Look {
        colour_out: on(io::stdout().is_terminal()),
        colour_err: on(io::stderr().is_terminal()),
        ascii,
    };
    // Said once.
    let _ = LOOK.set(look);
}

fn wants_colour() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|text| !text.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

fn now() -> Look {
    LOOK.get().copied().unwrap_or_default()
}

/// Prints a result for people and programs alike, as it is: a configuration, JSON, a script.
///
/// # Errors
/// A problem when stdout cannot take it, such as a full disk; a closed pipe is none.
pub fn result(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Problem::error(format!(
            "The result cannot be printed: {error}."
        ))
        .hint("Mend what stdout leads to, or write with --output.")),
        _ => Ok(()),
    }
}

/// Prints a result for people.
///
/// # Errors
/// As [`result`].
pub fn text(text: &str) -> Result<(), Problem> {
    result(&shown(text))
}

/// Prints problems as the result.
///
/// # Errors
/// As [`result`].
pub fn problems(told: &[Told]) -> Result<(), Problem> {
    text(&lines(told, now().colour_out))
}

/// Prints problems as messages.
pub fn tell(told: &[Told]) {
    message(&lines(told, now().colour_err));
}

/// Prints problems as messages, each with the place it names itself.
pub fn tell_by_place(problems: &[Problem]) {
    let told: Vec<Told> = problems.iter().cloned().map(Told::by_place).collect();
    tell(&told);
}

/// Prints a message. When stderr is closed nobody wants it.
pub fn message(text: &str) {
    let mut out = io::stderr().lock();
    let text = shown(text);
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// A line of a comparison in the colour of its kind, where stdout has colours.
pub fn changed(kind: ChangeKind, line: &str) -> String {
    let colour = match kind {
        ChangeKind::Added => AnsiColor::Green,
        ChangeKind::Removed => AnsiColor::Red,
        ChangeKind::Changed => AnsiColor::Yellow,
        ChangeKind::Same => return line.to_owned(),
    };
    in_colour(line, colour, now().colour_out)
}

fn lines(told: &[Told], colour: bool) -> String {
    report::painted(told, |severity| {
        let of = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Open => AnsiColor::Cyan,
            Severity::Warning => AnsiColor::Yellow,
        };
        in_colour(severity.word(), of, colour)
    })
}

fn in_colour(text: &str, colour: AnsiColor, wanted: bool) -> String {
    if !wanted {
        return text.to_owned();
    }
    let style = colour.on_default();
    format!("{style}{text}{style:#}")
}

fn shown(text: &str) -> String {
    if !now().ascii {
        return text.to_owned();
    }
    // What is said is clean, so every escape is one of ours.
    let parts: Vec<String> = text.split('\u{1b}').map(ascii).collect();
    parts.join("\u{1b}")
}
