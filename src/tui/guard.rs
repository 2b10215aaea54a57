//! The guard: a process that outlives the wizard by a moment. It is told through a pipe what became of the terminal;
//! when the pipe ends while the terminal is held, it gives the terminal back. Leaves to others: starting it (`guarded`).

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTTOU};

use super::found::Found;
use super::terminal;

/// The hidden verb.
pub const VERB: &str = "__guard";

/// Shorter than a row of the smallest usual terminal.
const SAID: &str = "vapora-tui ended unexpectedly; the next start offers what was typed.\r\n";

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
}

impl State {
    /// One line, its end included.
    #[must_use]
    pub fn line(&self) -> String {
        match self {
            Self::Free => "free\n".to_owned(),
            Self::Held(found) => format!("held {}\n", found.line()),
            Self::Leaving(found) => format!("leaving {}\n", found.line()),
        }
    }

    /// What [`State::line`] said, without the end of the line. Whatever else came is no order to touch a terminal.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let (word, modes) = line.split_once(' ').unwrap_or((line, ""));
        match (word, Found::parse(modes)) {
            ("held", Some(found)) => Self::Held(found),
            ("leaving", Some(found)) => Self::Leaving(found),
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
    }
}

fn restore(found: &Found, said: &'static str) {
    let Ok(ours) = found.put_back(io::stdout()) else {
        // The terminal is gone.
        return;
    };
    let mut bytes = terminal::LEAVE_SCREEN.to_vec();
    // Else a shell reads a line already, and has asked for pastes in brackets itself.
    if ours {
        bytes.extend(terminal::LEAVE_PASTE);
    }
    bytes.extend(said.as_bytes());
    terminal::in_time(move || {
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
        for state in [State::Free, State::Held(found), State::Leaving(found)] {
            let line = state.line();
            assert_eq!(State::parse(line.strip_suffix('\n').unwrap()), state);
        }
    }

    #[test]
    fn a_broken_line_is_no_order() {
        for line in ["", "held", "held 1 2", "hold 1", "leaving x"] {
            assert_eq!(State::parse(line), State::Free, "{line}");
        }
    }
}
