//! Puts together what a slow line tears apart: an escape sequence whose bytes come in two reads looks like Esc and
//! some characters, and a paste that is ended early goes on as keys. Neither may run as keys.
//! Pure: the caller says when each key came. Leaves to others: pastes that nothing marks (`burst`).

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::msg::Msg;

/// So long a lone Esc waits for the rest of its sequence; nobody feels it.
pub const HOLD: Duration = Duration::from_millis(30);
/// So long after a lone Esc a `[` or an `O` is still the rest of a sequence; nothing is bound to them.
const TAIL: Duration = Duration::from_millis(500);
/// What comes within this after a paste, or after what still belongs to it, belongs to it as well.
pub const PASTE_GAP: Duration = Duration::from_millis(20);
/// A sequence has no more bytes than this; what is longer was none.
const LONGEST: usize = 32;

/// What the line is in the middle of.
#[derive(Debug, Default)]
enum State {
    #[default]
    Nothing,
    /// An Esc is held back since then.
    Held(Duration),
    /// An Esc went out alone; it was pressed then.
    Lone(Duration),
    /// A `[` or `O` and what followed it, swallowed; the last of it came then.
    Sequence(String, Duration),
    /// A text that is being pasted: what came after its mark, and when the last of it did.
    Pasted(Vec<KeyEvent>, Duration),
}

/// The keys as they come, with what belongs together.
#[derive(Debug, Default)]
pub struct Torn(State);

impl Torn {
    /// Takes a key that came at a time (since any fixed moment) and gives what is to be done now.
    pub fn take(&mut self, key: KeyEvent, at: Duration) -> Vec<Msg> {
        let mut out = self.let_go(at);
        match (std::mem::take(&mut self.0), plain_char(key)) {
            (State::Held(since) | State::Lone(since), Some(c @ ('[' | 'O')))
                if at.saturating_sub(since) <= TAIL =>
            {
                self.0 = State::Sequence(c.to_string(), at);
            }
            (State::Sequence(mut bytes, _), Some(c)) => {
                bytes.push(c);
                self.0 = match ends(&bytes) {
                    // The mark of a paste: what follows is text.
                    true if bytes == "[200~" => State::Pasted(Vec::new(), at),
                    true => State::Nothing,
                    false => State::Sequence(bytes, at),
                };
            }
            (State::Pasted(mut keys, _), _) => {
                keys.push(key);
                self.0 = State::Pasted(keys, at);
            }
            (state, _) => {
                if matches!(state, State::Held(_)) {
                    out.push(Msg::Key(ESC));
                }
                if key == ESC {
                    self.0 = State::Held(at);
                } else {
                    out.push(Msg::Key(key));
                }
            }
        }
        out
    }

    /// A marked paste ended then.
    pub fn pasted(&mut self, at: Duration) -> Vec<Msg> {
        let out = self.finish();
        self.0 = State::Pasted(Vec::new(), at);
        out
    }

    /// What was held back and whose time is over.
    pub fn let_go(&mut self, now: Duration) -> Vec<Msg> {
        match &self.0 {
            State::Held(since) if now.saturating_sub(*since) >= HOLD => {
                self.0 = State::Lone(*since);
                vec![Msg::Key(ESC)]
            }
            State::Sequence(_, last) if now.saturating_sub(*last) > TAIL => self.finish(),
            State::Pasted(_, last) if now.saturating_sub(*last) > PASTE_GAP => self.finish(),
            _ => Vec::new(),
        }
    }

    /// Whatever is held back, now.
    pub fn finish(&mut self) -> Vec<Msg> {
        match std::mem::take(&mut self.0) {
            State::Nothing | State::Lone(_) | State::Sequence(..) => Vec::new(),
            State::Held(_) => vec![Msg::Key(ESC)],
            State::Pasted(keys, _) => match keys.as_slice() {
                // Typed ahead behind the paste; by itself it keeps or goes on, which harms nothing.
                [one] if matches!(one.code, KeyCode::Enter | KeyCode::Tab) => vec![Msg::Key(*one)],
                keys => {
                    let text: String = keys.iter().filter_map(|key| text_of(*key)).collect();
                    let paste = (!text.is_empty()).then_some(Msg::Paste(text));
                    paste.into_iter().collect()
                }
            },
        }
    }

    /// Does something wait that has to go out when its time is over?
    #[must_use]
    pub fn waits(&self) -> Option<Duration> {
        match &self.0 {
            State::Held(_) => Some(HOLD),
            State::Pasted(..) => Some(PASTE_GAP + Duration::from_millis(1)),
            State::Nothing | State::Lone(_) | State::Sequence(..) => None,
        }
    }
}

const ESC: KeyEvent = KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE);

fn plain_char(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => Some(c),
        _ => None,
    }
}

fn text_of(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => plain_char(key),
    }
}

/// Is this sequence over? `[` takes parameters and one last byte, `O` one byte.
fn ends(bytes: &str) -> bool {
    let last = bytes.chars().last().unwrap_or_default();
    let is_parameter = matches!(last, ' '..='?');
    // Linux writes its function keys as `[[A`.
    let begins = bytes == "[[";
    bytes.len() >= LONGEST || !(is_parameter || begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A script of `milliseconds key`, where `key` may be several characters at once; what is done, with the times.
    fn run(script: &str) -> String {
        let mut torn = Torn::default();
        let mut done = Vec::new();
        let mut tell = |at: Duration, msgs: Vec<Msg>| {
            for msg in msgs {
                let what = match msg {
                    Msg::Key(key) => key.code.to_string(),
                    Msg::Paste(text) => format!("paste {text:?}"),
                    other => format!("{other:?}"),
                };
                done.push(format!("{}:{what}", at.as_millis()));
            }
        };
        let mut words = script.split_whitespace();
        while let (Some(at), Some(keys)) = (words.next(), words.next()) {
            let at = Duration::from_millis(at.parse().unwrap());
            tell(at, torn.let_go(at));
            let codes = match keys {
                "PASTE" => {
                    tell(at, torn.pasted(at));
                    continue;
                }
                "END" => {
                    tell(at, torn.finish());
                    continue;
                }
                "Esc" => vec![KeyCode::Esc],
                "Enter" => vec![KeyCode::Enter],
                "Tab" => vec![KeyCode::Tab],
                "Up" => vec![KeyCode::Up],
                text => text.chars().map(KeyCode::Char).collect(),
            };
            for code in codes {
                tell(at, torn.take(KeyEvent::new(code, KeyModifiers::NONE), at));
            }
        }
        done.join(" ")
    }

    #[test]
    fn torn_sequences_are_swallowed_whole() {
        for (script, expected) in [
            // Whole, in two pieces, in three.
            ("0 Up", "0:Up"),
            ("0 Esc 10 [A 900 j", "900:j"),
            ("0 Esc 10 [ 25 A 900 j", "900:j"),
            ("0 Esc 10 OP 900 j", "900:j"),
            ("0 Esc 5 [1;5 20 C 900 j", "900:j"),
            ("0 Esc 5 [5~ 900 j", "900:j"),
            ("0 Esc 5 [[A 900 j", "900:j"),
            // The mouse.
            ("0 Esc 5 [<0;10;5M 900 j", "900:j"),
            // A slower line: Esc went out by itself, the rest is no keys all the same.
            ("0 Esc 200 [A 900 j", "200:Esc 900:j"),
            ("0 Esc 200 [ 400 B 900 j", "200:Esc 900:j"),
            // Two, one after the other.
            ("0 Esc 5 [A 10 Esc 15 [B 900 j", "900:j"),
            // The rest never comes: what follows much later are keys again.
            ("0 Esc 5 [ 900 j", "900:j"),
        ] {
            assert_eq!(run(script), expected, "{script}");
        }
    }

    #[test]
    fn an_esc_that_was_pressed_is_an_esc() {
        for (script, expected) in [
            ("0 Esc 30 END", "30:Esc"),
            ("0 Esc 100 j", "100:Esc 100:j"),
            ("0 Esc 10 j", "10:Esc 10:j"),
            ("0 Esc 10 Esc 100 END", "10:Esc 100:Esc"),
            ("0 Esc 10 Enter", "10:Esc 10:Enter"),
            // Long after it the characters are keys again, bound or not.
            ("0 Esc 600 [ 700 A", "600:Esc 600:[ 700:A"),
            ("0 [A", "0:[ 0:A"),
        ] {
            assert_eq!(run(script), expected, "{script}");
        }
    }

    #[test]
    fn what_follows_a_paste_at_once_is_text_of_it() {
        for (script, expected) in [
            // Ended early from inside: `w`, Tab, Enter would write a file.
            (
                "0 PASTE 0 w 0 Tab 0 Enter 100 j",
                "100:paste \"w\\t\\n\" 100:j",
            ),
            ("0 PASTE 15 q 30 Enter 100 END", "100:paste \"q\\n\""),
            // One key behind it was typed ahead.
            ("0 PASTE 5 Enter 100 END", "100:Enter"),
            ("0 PASTE 5 Tab 100 j", "100:Tab 100:j"),
            ("0 PASTE 50 q", "50:q"),
            ("0 PASTE 5 Up 100 END", ""),
            // Its mark was torn.
            (
                "0 Esc 5 [200~ 5 w 5 Enter 5 y 100 j",
                "100:paste \"w\\ny\" 100:j",
            ),
        ] {
            assert_eq!(run(script), expected, "{script}");
        }
    }
}
