//! How the operator is asked: by screens, by plain lines, or not at all because nobody could answer.

use std::io::{self, IsTerminal};

/// The way to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    Screens,
    /// Numbered questions, line by line, without any escape sequence.
    Lines,
    /// The sentence says what to do instead.
    Refused(String),
}

const NO_TERMINAL: &str = "The wizard needs a terminal on stdin and stdout. \
    Without one use `vapora-tui render` and `vapora-tui check`, or --plain for questions line by line.";

/// The way for this process.
#[must_use]
pub fn now(plain: bool) -> Way {
    let terminals = io::stdin().is_terminal() && io::stdout().is_terminal();
    way(plain, terminals, std::env::var("TERM").ok().as_deref())
}

/// `plain` as asked for on the command line; `terminals`: are stdin and stdout both terminals?
#[must_use]
pub fn way(plain: bool, terminals: bool, term: Option<&str>) -> Way {
    match (plain, terminals, term) {
        (false, false, _) => Way::Refused(NO_TERMINAL.to_owned()),
        // A terminal that does not say what it understands gets no escape sequence.
        (true, ..) | (false, true, None | Some("" | "dumb" | "unknown")) => Way::Lines,
        (false, true, Some(_)) => Way::Screens,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_follows_the_flag_the_streams_and_the_terminal() {
        let refused = || Way::Refused(NO_TERMINAL.to_owned());
        for (plain, terminals, term, expected) in [
            (false, true, Some("xterm-256color"), Way::Screens),
            (false, true, Some("linux"), Way::Screens),
            (false, true, Some("dumb"), Way::Lines),
            (false, true, Some("unknown"), Way::Lines),
            (false, true, Some(""), Way::Lines),
            (false, true, None, Way::Lines),
            (false, false, Some("xterm"), refused()),
            (false, false, Some("dumb"), refused()),
            (true, true, Some("xterm"), Way::Lines),
            (true, false, None, Way::Lines),
        ] {
            assert_eq!(
                way(plain, terminals, term),
                expected,
                "{plain} {terminals} {term:?}"
            );
        }
    }
}
