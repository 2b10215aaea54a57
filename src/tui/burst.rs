//! Tells a paste that the terminal did not mark from keys: many different printable keys that arrive at once.
//! They are a text and never run as keys (DESIGN 5).

use std::collections::BTreeSet;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::msg::Msg;

/// More different keys at once than fingers can press; a held key is one key.
const MOST_KEYS: usize = 8;

/// From so many different keys on it may be a text, whose rest is waited for.
const LIKELY: usize = 3;
/// What comes within this after such keys belongs to them (DESIGN 5).
const GAP: Duration = Duration::from_millis(20);
/// The shortest time for which crossterm looks at what it has read already: for none at all it does not look.
const AT_ONCE: Duration = Duration::from_micros(200);

/// Keys that arrived together so far.
#[derive(Debug, Default)]
pub struct Burst(Vec<KeyEvent>);

impl Burst {
    pub fn push(&mut self, key: KeyEvent) {
        self.0.push(key);
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// May the next key belong to the same text?
    #[must_use]
    pub fn goes_on(&self, key: KeyEvent) -> bool {
        printable(key).is_some()
    }

    /// How long the next key may take to belong to these: a single key never waits.
    #[must_use]
    pub fn patience(&self) -> Duration {
        let different: BTreeSet<char> = self.0.iter().copied().filter_map(printable).collect();
        if different.len() >= LIKELY {
            GAP
        } else {
            AT_ONCE
        }
    }

    /// The keys, or the text they are; nothing is left.
    pub fn take(&mut self) -> Vec<Msg> {
        let keys = std::mem::take(&mut self.0);
        let printed = keys
            .iter()
            .take_while(|key| printable(**key).is_some())
            .count();
        let text: String = keys[..printed]
            .iter()
            .filter_map(|key| printable(*key))
            .collect();
        let different: BTreeSet<char> = text.chars().collect();
        if different.len() <= MOST_KEYS {
            return keys.into_iter().map(Msg::Key).collect();
        }
        let rest = keys.into_iter().skip(printed).map(Msg::Key);
        std::iter::once(Msg::Paste(text)).chain(rest).collect()
    }
}

fn printable(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(text: &str) -> Vec<String> {
        let mut burst = Burst::default();
        for c in text.chars() {
            let code = if c == '\r' {
                KeyCode::Enter
            } else {
                KeyCode::Char(c)
            };
            burst.push(KeyEvent::new(code, KeyModifiers::NONE));
        }
        burst
            .take()
            .into_iter()
            .map(|msg| match msg {
                Msg::Paste(text) => format!("paste {text}"),
                Msg::Key(key) => format!("{}", key.code),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn many_different_keys_at_once_are_a_text() {
        assert_eq!(
            take("wss://quit.example:8000"),
            ["paste wss://quit.example:8000"]
        );
        assert_eq!(take("abcdefghi\r"), ["paste abcdefghi", "Enter"]);
        assert_eq!(take("jjjjjjjjjjjj").len(), 12);
        assert_eq!(take("9001"), ["9", "0", "0", "1"]);
    }

    #[test]
    fn only_what_may_be_a_text_waits_for_its_rest() {
        for (text, expected) in [
            ("", AT_ONCE),
            ("j", AT_ONCE),
            ("jjjjkk", AT_ONCE),
            ("ws", AT_ONCE),
            ("wss:", GAP),
        ] {
            let mut burst = Burst::default();
            for c in text.chars() {
                burst.push(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
            }
            assert_eq!(burst.patience(), expected, "{text}");
        }
    }
}
