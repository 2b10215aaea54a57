//! Tells a paste that the terminal did not mark from keys: such a text never runs as keys (DESIGN 5).
//!
//! A burst is what comes with gaps of at most 20 ms: characters, line breaks, tabs and the control keys among them.
//! It is one text when it has more than 8 different characters, or characters on more than 2 lines; its line breaks
//! are text as well and keep nothing. Anything shorter is keys, so `/port⏎8001⏎` and `n⏎80⏎` typed ahead on a slow
//! line still work, and a held key is one key. Esc, arrows and every other key that writes nothing end a burst.
//! A key is held back only with two different ones just before it; what went out before that stays a key.
//! Pure: the caller says when each key came. Leaves to others: pastes that were marked (`torn`).

use std::collections::BTreeSet;
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::msg::Msg;

/// More different characters at once than fingers can press; a held key is one key.
const MOST_KEYS: usize = 8;
/// What is typed ahead over a slow line keeps a value and goes on; it does so no more often than this.
const MOST_LINES: usize = 2;

/// From so many different keys on it may be a text, whose rest is waited for.
const LIKELY: usize = 3;
/// So many times the same key is a held one, which must not be waited for.
const HELD: usize = 4;
/// What comes within this after a key belongs to the same burst (DESIGN 5).
const GAP: Duration = Duration::from_millis(20);
/// A text that is known to be one may stall a little longer on its way.
const STALL: Duration = Duration::from_millis(40);
/// The shortest time for which crossterm looks at what it has read already: for none at all it does not look.
const AT_ONCE: Duration = Duration::from_micros(200);

/// What a key is in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Character(char),
    Break,
    Tab,
    /// Dropped from a text; begins none, so that Ctrl+U and a value sent together work.
    Control,
    /// No text has it.
    End,
}

/// The keys of one burst so far.
#[derive(Debug, Default)]
pub struct Burst {
    /// What is not yet let go.
    held: Vec<KeyEvent>,
    /// All of the burst, also what was let go already.
    different: BTreeSet<Part>,
    lines: usize,
    in_line: bool,
    last: Option<(Part, Duration)>,
    /// How often the last key came in a row.
    times: usize,
}

impl Burst {
    /// Takes a key that came at a time (since any fixed moment) and gives what is over with it.
    pub fn push(&mut self, key: KeyEvent, at: Duration) -> Vec<Msg> {
        let part = part(key);
        let is_over = |last: Duration| at.saturating_sub(last) > self.gap();
        // What is held back was waited for by the caller's clock, however late it is read.
        if self.held.is_empty() && self.last.is_some_and(|(_, last)| is_over(last)) {
            *self = Self::default();
        }
        if part == Part::End || part == Part::Control && self.last.is_none() {
            let mut out = self.end();
            out.push(Msg::Key(key));
            return out;
        }
        match part {
            Part::Character(_) if !self.in_line => {
                self.lines += 1;
                self.in_line = true;
            }
            Part::Break => self.in_line = false,
            _ => {}
        }
        self.times = match self.last {
            Some((last, _)) if last == part => self.times + 1,
            _ => 1,
        };
        self.last = Some((part, at));
        self.different.insert(part);
        self.held.push(key);
        Vec::new()
    }

    /// How long the next key may take to belong to what is held back: a key by itself never waits.
    #[must_use]
    pub fn waits(&self) -> Option<Duration> {
        if self.held.is_empty() {
            return None;
        }
        let may_be_text = self.different.len() >= LIKELY && self.times < HELD;
        Some(if self.is_text() || may_be_text {
            self.gap()
        } else {
            AT_ONCE
        })
    }

    /// The keys held back, or the text they are. What follows at once still belongs to the burst.
    pub fn take(&mut self) -> Vec<Msg> {
        let keys = std::mem::take(&mut self.held);
        if !self.is_text() {
            return keys.into_iter().map(Msg::Key).collect();
        }
        let text: String = keys.into_iter().filter_map(text_of).collect();
        let is_empty = text.chars().all(|c| c == '\n');
        (!is_empty)
            .then_some(Msg::Paste(text))
            .into_iter()
            .collect()
    }

    /// The same, and the burst is over.
    pub fn end(&mut self) -> Vec<Msg> {
        let out = self.take();
        *self = Self::default();
        out
    }

    fn gap(&self) -> Duration {
        if self.is_text() { STALL } else { GAP }
    }

    fn is_text(&self) -> bool {
        let is_character = |part: &&Part| matches!(part, Part::Character(_));
        let characters = self.different.iter().filter(is_character).count();
        characters > MOST_KEYS || self.lines > MOST_LINES
    }
}

fn part(key: KeyEvent) -> Part {
    let is_plain = key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
    match key.code {
        KeyCode::Char(c) if is_plain => Part::Character(c),
        // A line feed where it is not taken for Enter.
        KeyCode::Char('j') if key.modifiers == KeyModifiers::CONTROL => Part::Break,
        KeyCode::Char(_) if key.modifiers == KeyModifiers::CONTROL => Part::Control,
        KeyCode::Enter if is_plain => Part::Break,
        KeyCode::Tab if is_plain => Part::Tab,
        KeyCode::Backspace if is_plain => Part::Control,
        _ => Part::End,
    }
}

fn text_of(key: KeyEvent) -> Option<char> {
    match part(key) {
        Part::Character(c) => Some(c),
        Part::Break => Some('\n'),
        Part::Tab => Some('\t'),
        Part::Control | Part::End => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One read: when, and what is in it, `⏎` `⇥` `⎋` `↓` `⌃` (Ctrl+U) being the keys.
    type Read<'a> = (u64, &'a str);

    fn keys(text: &str) -> impl Iterator<Item = KeyEvent> {
        text.chars().map(|c| match c {
            '⏎' => KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE),
            '⇥' => KeyEvent::new(KeyCode::Tab, KeyModifiers::NONE),
            '⎋' => KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE),
            '↓' => KeyEvent::new(KeyCode::Down, KeyModifiers::NONE),
            '⌃' => KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL),
            c => KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE),
        })
    }

    /// What is done, a text in angle brackets; time goes on as the keyboard's clock does.
    fn run(reads: &[Read]) -> String {
        let mut burst = Burst::default();
        let mut done = Vec::new();
        for (number, (at, text)) in reads.iter().enumerate() {
            let at = Duration::from_millis(*at);
            for key in keys(text) {
                done.extend(burst.push(key, at));
            }
            let next = reads.get(number + 1);
            let next = next.map_or(Duration::MAX, |(next, _)| Duration::from_millis(*next));
            if burst.waits().is_some_and(|wait| at + wait < next) {
                done.extend(burst.take());
            }
        }
        let shown = done.into_iter().map(|msg| match msg {
            Msg::Paste(text) => format!("<{}>", text.replace('\n', "⏎").replace('\t', "⇥")),
            Msg::Key(key) => match key.code {
                KeyCode::Enter => "⏎".to_owned(),
                KeyCode::Tab => "⇥".to_owned(),
                KeyCode::Esc => "⎋".to_owned(),
                KeyCode::Down => "↓".to_owned(),
                KeyCode::Char('u') if key.modifiers == KeyModifiers::CONTROL => "⌃".to_owned(),
                code => code.to_string(),
            },
            other => format!("{other:?}"),
        });
        shown.collect::<String>().replace("Space", " ")
    }

    #[test]
    fn a_text_at_once_is_one_text_with_its_line_breaks() {
        for (text, expected) in [
            ("wss://quit.example:8000", "<wss://quit.example:8000>"),
            ("hello world⏎quit⏎q⏎:q⏎", "<hello world⏎quit⏎q⏎:q⏎>"),
            (
                "VAPORA__LLM_ROUTER__PORT=9003⏎DATABASE_URL=ws://x⏎",
                "<VAPORA__LLM_ROUTER__PORT=9003⏎DATABASE_URL=ws://x⏎>",
            ),
            (
                "apiVersion: v1⏎kind: ConfigMap⏎",
                "<apiVersion: v1⏎kind: ConfigMap⏎>",
            ),
            // Few different characters, but no one keeps two values ahead.
            ("e 1⏎f 2⏎u 3⏎w⏎", "<e 1⏎f 2⏎u 3⏎w⏎>"),
            ("1⏎2⏎3⏎", "<1⏎2⏎3⏎>"),
            ("⏎abcdefghi⏎", "<⏎abcdefghi⏎>"),
            ("abc⇥def⇥ghij", "<abc⇥def⇥ghij>"),
            // Controls among it do nothing, and are no text.
            ("abcdef⌃ghij⏎", "<abcdefghij⏎>"),
            // What writes nothing ends it; what follows is judged for itself.
            ("abcdefghi↓q", "<abcdefghi>↓q"),
            ("abcdefghi⏎⎋w", "<abcdefghi⏎>⎋w"),
            ("q↓w↓e↓r↓t↓y↓u↓i↓o", "q↓w↓e↓r↓t↓y↓u↓i↓o"),
        ] {
            assert_eq!(run(&[(0, text)]), expected, "{text}");
        }
    }

    #[test]
    fn what_is_typed_ahead_is_keys() {
        for text in [
            "n⏎80",
            "n⏎80⏎",
            "/port⏎8001⏎",
            "⏎8001⏎",
            "⌃9001⏎",
            "⌃80⇥90⇥",
            "quit⏎",
            ":q⏎",
            "jjjjjjjjjjjj",
            "⏎⏎⏎⏎",
            "9001",
            "80↓90↓70↓",
        ] {
            assert_eq!(run(&[(0, text)]), text);
        }
    }

    #[test]
    fn a_text_in_pieces_is_one_burst() {
        for (reads, expected) in [
            // Packets.
            (
                &[(0, "hello"), (15, " world⏎qu"), (40, "it⏎"), (200, "j")][..],
                "<hello world⏎quit⏎>j",
            ),
            // A text that is known to be one may stall.
            (
                &[(0, "db.example:8"), (35, "⏎"), (200, "j")],
                "<db.example:8⏎>j",
            ),
            (&[(0, "db.example:8"), (50, "⏎")], "<db.example:8>⏎"),
            // A serial line: what came before it could be known ran.
            (
                &[
                    (0, "q"),
                    (1, "w"),
                    (2, "e"),
                    (3, "r"),
                    (4, "⏎"),
                    (5, "t"),
                    (6, "y"),
                    (7, "u"),
                    (8, "i"),
                    (9, "o"),
                    (10, "⏎"),
                ],
                "qw<er⏎tyuio⏎>",
            ),
            // What looked held goes out as keys, what follows is text all the same.
            (&[(0, "abcd----"), (5, "efghij⏎")], "abcd----<efghij⏎>"),
        ] {
            assert_eq!(run(reads), expected, "{reads:?}");
        }
    }

    /// Each key by itself: `gap` milliseconds between two.
    fn one_by_one(text: &str, gap: u64) -> String {
        let single: Vec<String> = text.chars().map(String::from).collect();
        let times = (0_u64..).map(|number| number * gap);
        let reads: Vec<Read> = times.zip(single.iter().map(String::as_str)).collect();
        run(&reads)
    }

    #[test]
    fn fingers_are_never_a_text() {
        // As fast as it gets, 33 keys a second, on several lines.
        let typed = "/host⏎wss://db.example:8000⏎n⏎8001⏎q⏎";
        assert_eq!(one_by_one(typed, 30), typed);
        for held in ["j".repeat(200), "⏎".repeat(200), "↓".repeat(200)] {
            assert_eq!(one_by_one(&held, 5), held);
        }
    }

    #[test]
    fn only_what_may_be_a_text_waits_for_its_rest() {
        for (text, expected) in [
            ("", None),
            ("j", Some(AT_ONCE)),
            ("⏎", Some(AT_ONCE)),
            ("↓", None),
            ("⌃", None),
            ("jjjjkk", Some(AT_ONCE)),
            ("ws", Some(AT_ONCE)),
            ("w⏎", Some(AT_ONCE)),
            ("wss:", Some(GAP)),
            ("80⏎", Some(GAP)),
            // A key held down behind what was typed ahead.
            ("wabjjjj", Some(AT_ONCE)),
            ("abcdefghi", Some(STALL)),
        ] {
            let mut burst = Burst::default();
            for key in keys(text) {
                burst.push(key, Duration::ZERO);
            }
            assert_eq!(burst.waits(), expected, "{text}");
        }
    }
}
