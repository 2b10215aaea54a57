//! The guard: a process that outlives the wizard by a moment, whether it draws or talks in lines. It is told through a
//! pipe what became of the terminal; when the pipe ends while the terminal is held, it gives the terminal back.
//! Leaves to others: starting it (`link`), when the terminal is taken and given back (`tui`, `plain`).

pub mod found;
pub mod in_time;
pub mod link;

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTTOU};

use found::{Found, Made};
use in_time::in_time;

/// The hidden verb.
pub const VERB: &str = "__guard";

/// All of it back, in the order that leaves the shell's screen as it was.
pub const LEAVE_SCREEN: &[u8] = b"\x1b[m\x1b[?1006l\x1b[?1000l\x1b[?25h\x1b[?1049l";
pub const LEAVE_PASTE: &[u8] = b"\x1b[?2004l";

/// Shorter than a row of the smallest usual terminal.
const SAID: &str = "vapora-tui ended unexpectedly; the next start offers what was typed.\r\n";
/// In line mode, where a question stands in the row.
const SAID_IN_LINES: &str =
    "\r\nvapora-tui ended unexpectedly; the terminal shows again what is typed.\r\n";

/// What the guard is told of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It is not the wizard's: before the start, while stopped, at the end.
    #[default]
    Free,
    /// The wizard has it; so it was found.
    Held(Found),
    /// The wizard gives it back, which may not succeed.
    Leaving(Found),
    /// A secret is typed in line mode, and nothing of it is shown.
    Silent(Found),
}

impl State {
    /// One line, its end included.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Free => "free\n".to_owned(),
            Self::Held(found) => format!("held {}\n", found.line()),
            Self::Leaving(found) => format!("leaving {}\n", found.line()),
            Self::Silent(found) => format!("silent {}\n", found.line()),
        }
    }

    /// What [`State::line`] said, without the end of the line. Whatever else came is no order to touch a terminal.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let (word, modes) = line.split_once(' ').unwrap_or((line, ""));
        match (word, Found::parse(modes)) {
            ("held", Some(found)) => Self::Held(found),
            ("leaving", Some(found)) => Self::Leaving(found),
            ("silent", Some(found)) => Self::Silent(found),
            _ => Self::Free,
        }
    }
}

/// Listens on stdin until the wizard is gone; the terminal is stdout.
pub fn serve() {
    // What is meant for everybody on this terminal comes once more before the guard has a session of its own.
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTTOU] {
        drop(signal_hook::flag::register(
            signal,
            Arc::new(AtomicBool::new(false)),
        ));
    }
    // From here on neither the terminal nor the shell sends it signals, and none keeps it from setting the modes.
    let _ = rustix::process::setsid();
    let mut state = State::default();
    for line in io::stdin().lock().lines() {
        match line {
            Ok(line) => state = State::parse(&line),
            Err(_) => break,
        }
    }
    match state {
        State::Free => {}
        State::Held(found) => restore(&found, SAID),
        State::Leaving(found) => restore(&found, ""),
        State::Silent(found) => echo_again(&found),
    }
}

/// The shell may have its own modes already; then it says for itself what it shows.
fn echo_again(found: &Found) {
    if found
        .put_back(io::stdout(), Made::Silent)
        .is_ok_and(|ours| ours)
    {
        say(SAID_IN_LINES.as_bytes().to_vec());
    }
}

fn restore(found: &Found, said: &'static str) {
    let Ok(ours) = found.put_back(io::stdout(), Made::Raw) else {
        // The terminal is gone.
        return;
    };
    let mut bytes = LEAVE_SCREEN.to_vec();
    // Else a shell reads a line already, and has asked for pastes in brackets itself.
    if ours {
        bytes.extend(LEAVE_PASTE);
    }
    bytes.extend(said.as_bytes());
    say(bytes);
}

fn say(bytes: Vec<u8>) {
    in_time(move || {
        let mut out = io::stdout().lock();
        drop(out.write_all(&bytes).and_then(|()| out.flush()));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_survive_their_line() {
        let found = Found::parse(&["1"; 21].join(" ")).unwrap();
        for state in [
            State::Free,
            State::Held(found),
            State::Leaving(found),
            State::Silent(found),
        ] {
            let line = state.line();
            assert_eq!(State::parse(line.strip_suffix('\n').unwrap()), state);
        }
    }

    #[test]
    fn a_broken_line_is_no_order() {
        for line in ["", "held", "held 1 2", "hold 1", "leaving x", "silent 1"] {
            assert_eq!(State::parse(line), State::Free, "{line}");
        }
    }
}
