//! A text as the bytes that put it into the clipboard of the operator's own terminal (OSC 52), through whatever stands
//! between: tmux and screen pass it on only when it is wrapped for them.

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;

/// More bytes than this many terminals drop without a word (75,000 as base64).
pub const MOST_BYTES: usize = 55_000;

/// screen takes a wrapped sequence in pieces of at most 256 bytes; some room is kept.
const SCREEN_PIECE: usize = 240;

/// What stands between the program and the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Between {
    #[default]
    Nothing,
    Tmux,
    Screen,
}

impl Between {
    /// As the environment tells; inside both, tmux is the one that is asked.
    #[must_use]
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        if is_set("TMUX") {
            Self::Tmux
        } else if is_set("STY") {
            Self::Screen
        } else {
            Self::Nothing
        }
    }
}

/// The bytes to send for a text.
#[must_use]
pub fn sequence(text: &str, between: Between) -> Vec<u8> {
    let mut plain = String::new();
    // Writing to a string does not fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    match between {
        Between::Nothing => plain.into_bytes(),
        Between::Tmux => {
            // tmux takes the first itself (set-clipboard on) or passes the second on (allow-passthrough on).
            let inside = plain.replace('\x1b', "\x1b\x1b");
            format!("{plain}\x1bPtmux;{inside}\x1b\\").into_bytes()
        }
        Between::Screen => {
            // The end of a string would end screen's wrapping as well; a bell ends only the inner one.
            let inside = match plain.strip_suffix("\x1b\\") {
                Some(start) => format!("{start}\x07"),
                None => plain,
            };
            inside
                .as_bytes()
                .chunks(SCREEN_PIECE)
                .flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat())
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_wrapped_for_what_stands_between() {
        for (between, expected) in [
            (Between::Nothing, "\x1b]52;c;OTAwMQ==\x1b\\"),
            (
                Between::Tmux,
                "\x1b]52;c;OTAwMQ==\x1b\\\x1bPtmux;\x1b\x1b]52;c;OTAwMQ==\x1b\x1b\\\x1b\\",
            ),
            (Between::Screen, "\x1bP\x1b]52;c;OTAwMQ==\x07\x1b\\"),
        ] {
            let bytes = sequence("9001", between);
            assert_eq!(String::from_utf8(bytes).unwrap(), expected, "{between:?}");
        }
    }

    #[test]
    fn nothing_of_the_text_reaches_the_terminal_raw() {
        let hostile = "\x1b]0;title\x07\x1b\\\u{9b}31m\n";
        let bytes = sequence(hostile, Between::Nothing);
        let inside = &bytes[b"\x1b]52;c;".len()..bytes.len() - 2];
        assert!(
            inside
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(b))
        );
    }

    #[test]
    fn screen_gets_long_texts_in_pieces() {
        let bytes = sequence(&"x".repeat(1000), Between::Screen);
        let text = String::from_utf8(bytes).unwrap();
        let pieces: Vec<&str> = text.split_terminator("\x1b\\").collect();
        assert!(pieces.len() > 4);
        let mut inside = String::new();
        for piece in pieces {
            assert!(piece.len() <= SCREEN_PIECE + 2);
            inside.push_str(piece.strip_prefix("\x1bP").unwrap());
        }
        assert!(inside.starts_with("\x1b]52;c;") && inside.ends_with('\x07'));
    }

    #[test]
    fn the_environment_tells_what_stands_between() {
        for (set, expected) in [
            (&[][..], Between::Nothing),
            (&["TMUX"], Between::Tmux),
            (&["STY"], Between::Screen),
            (&["STY", "TMUX"], Between::Tmux),
        ] {
            let found = Between::of(|name| set.contains(&name).then(|| "x".to_owned()));
            assert_eq!(found, expected);
        }
    }
}
