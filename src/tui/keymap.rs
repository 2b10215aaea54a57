//! Which key does what where: read from `keymap.toml`, looked up by place.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::path::Path;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, Place};
use super::keymap_file::{Entry, entries};
use super::signs::arrow;
use crate::clean;

/// The shipped bindings.
pub const SHIPPED: &str = include_str!("../../assets/keymap.toml");

/// A key as bound: the code, and Ctrl or Shift where it is not part of the character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
}

impl Key {
    /// The key of a terminal event; `None` for chords no binding can name.
    #[must_use]
    pub fn of(event: KeyEvent) -> Self {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            other => other,
        };
        Self { code, ctrl }
    }

    /// Who may take or fake this key before the program gets it (`None`: nobody), outside an edit.
    #[must_use]
    pub fn claimed_by(self) -> Option<&'static str> {
        match (self.ctrl, self.code) {
            // The shell's own three: the program answers them as the shell would.
            (true, KeyCode::Char('c' | 'l' | 'z')) => None,
            (true, KeyCode::Char('b')) => Some("tmux begins its own keys with it"),
            (true, KeyCode::Char('a')) => Some("screen begins its own keys with it"),
            (true, KeyCode::Char('p' | 'q')) => Some("docker attach takes it"),
            (true, KeyCode::Char('s')) => Some("flow control may stop the terminal with it"),
            (true, _) => Some("zellij, tmux, screen or the line may take it"),
            (false, KeyCode::Char('~')) => Some("ssh begins its own keys with it"),
            (false, KeyCode::Char('`')) => Some("tmux and screen are often set to begin with it"),
            (false, KeyCode::Char(c)) if "[OABCDFHPQRS".contains(c) => {
                Some("on a slow line a torn arrow or function key ends in it")
            }
            (false, KeyCode::F(n)) if n > 1 => Some("the desktop's terminal may take it"),
            (false, _) => None,
        }
    }

    /// Is it a character that an edit would type?
    #[must_use]
    pub fn types(self) -> bool {
        !self.ctrl && matches!(self.code, KeyCode::Char(_))
    }

    /// Reads `Ctrl+u`, `Shift+Tab`, `PageUp`, `?`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (ctrl, name) = match text.strip_prefix("Ctrl+") {
            Some(name) if !name.is_empty() => (true, name),
            _ => (false, text),
        };
        let code = NAMES
            .iter()
            .find(|(known, ..)| *known == name)
            .map(|(_, code, _)| *code)
            .or_else(|| {
                let mut chars = name.chars();
                let c = chars.next()?;
                chars.next().is_none().then_some(KeyCode::Char(c))
            })?;
        Some(Self { code, ctrl })
    }
}

/// Name in the file, code, and how it is shown.
const NAMES: [(&str, KeyCode, &str); 17] = [
    ("Up", KeyCode::Up, "↑"),
    ("Down", KeyCode::Down, "↓"),
    ("Left", KeyCode::Left, "←"),
    ("Right", KeyCode::Right, "→"),
    ("PageUp", KeyCode::PageUp, "PgUp"),
    ("PageDown", KeyCode::PageDown, "PgDn"),
    ("Home", KeyCode::Home, "Home"),
    ("End", KeyCode::End, "End"),
    ("Enter", KeyCode::Enter, "Enter"),
    ("Tab", KeyCode::Tab, "Tab"),
    ("Shift+Tab", KeyCode::BackTab, "Shift+Tab"),
    ("Esc", KeyCode::Esc, "Esc"),
    ("Backspace", KeyCode::Backspace, "Backspace"),
    ("Delete", KeyCode::Delete, "Del"),
    ("Insert", KeyCode::Insert, "Ins"),
    ("Space", KeyCode::Char(' '), "Space"),
    ("F1", KeyCode::F(1), "F1"),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl+")?;
        }
        if let Some((_, _, shown)) = NAMES.iter().find(|(_, code, _)| *code == self.code) {
            return f.write_str(shown);
        }
        match self.code {
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            // What a terminal sends may be a control character.
            KeyCode::Char(c) => f.write_str(&clean::line(c.encode_utf8(&mut [0; 4]))),
            other => write!(f, "{other}"),
        }
    }
}

/// All bindings.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    by_key: HashMap<(Place, Key), Action>,
    by_action: HashMap<Action, Vec<Key>>,
    /// Keys are named by words where others are named by arrows.
    in_words: bool,
}

impl Keymap {
    /// The shipped keymap; a test proves that it holds no mistake.
    #[must_use]
    pub fn shipped() -> Self {
        Self::of(&entries(Path::new("keymap.toml"), SHIPPED).0).0
    }

    /// The bindings of entries, and the first key that two of them claim in one place: entry before, entry, key.
    pub(super) fn of(entries: &[Entry]) -> (Self, Option<(usize, usize, Key)>) {
        let mut keymap = Self::default();
        let mut clash = None;
        for (i, entry) in entries.iter().enumerate() {
            for key in &entry.keys {
                let place = entry.action.place();
                if let Some(other) = keymap.by_key.insert((place, *key), entry.action)
                    && other != entry.action
                    && clash.is_none()
                {
                    let before = entries.iter().position(|entry| entry.action == other);
                    clash = before.map(|before| (before, i, *key));
                }
                let keys = keymap.by_action.entry(entry.action).or_default();
                if !keys.contains(key) {
                    keys.push(*key);
                }
            }
        }
        (keymap, clash)
    }

    /// The same for a terminal that has no arrows to show.
    #[must_use]
    pub fn in_words(self, in_words: bool) -> Self {
        Self { in_words, ..self }
    }

    /// An arrow between two values, as the terminal shows it.
    #[must_use]
    pub fn arrow(&self) -> &'static str {
        arrow(!self.in_words)
    }

    /// The action of a key in the given places, the first that knows it.
    #[must_use]
    pub fn action(&self, places: &[Place], key: Key) -> Option<Action> {
        places
            .iter()
            .find_map(|place| self.by_key.get(&(*place, key)).copied())
    }

    /// The keys of an action, the first to be shown first.
    #[must_use]
    pub fn keys(&self, action: Action) -> &[Key] {
        self.by_action.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The key the footer shows: the first, without arrows the first that is not named by one.
    #[must_use]
    pub fn key(&self, action: Action) -> String {
        let keys = self.keys(action);
        let plain = || keys.iter().find(|key| key.to_string().is_ascii());
        let shown = if self.in_words {
            plain().or(keys.first())
        } else {
            keys.first()
        };
        shown.map(|key| self.name(*key)).unwrap_or_default()
    }

    /// A key as it is shown.
    #[must_use]
    pub fn name(&self, key: Key) -> String {
        let word = NAMES.iter().find(|(_, code, _)| *code == key.code);
        match word {
            Some((word, ..)) if self.in_words && !key.to_string().is_ascii() => {
                let ctrl = if key.ctrl { "Ctrl+" } else { "" };
                format!("{ctrl}{word}")
            }
            _ => key.to_string(),
        }
    }

    /// What is pressed for an action: its keys or, where it has none, its name in the finder.
    #[must_use]
    pub fn presses(&self, action: Action) -> Vec<String> {
        if action.place() == Place::Named {
            return vec![format!("{}{}", self.key(Action::Finder), action.words())];
        }
        let keys = self.keys(action).iter();
        keys.map(|key| self.name(*key)).collect()
    }

    /// The key table for the manual: place, keys and sentence of each action.
    #[must_use]
    pub fn rows(&self) -> Vec<(&'static str, String, &'static str)> {
        Place::ALL
            .into_iter()
            .flat_map(|place| Action::ALL.iter().filter(move |a| a.place() == place))
            .map(|action| {
                (
                    action.place().title(),
                    self.presses(*action).join(", "),
                    action.sentence(),
                )
            })
            .collect()
    }

    /// The key table as Markdown, for the README.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for place in Place::ALL {
            let title = place.title();
            let _ = writeln!(out, "\n**{title}**\n\n| keys | what they do |\n|---|---|");
            for action in Action::ALL.iter().filter(|a| a.place() == place) {
                let keys: Vec<String> = self
                    .presses(*action)
                    .iter()
                    .map(|key| format!("`{key}`"))
                    .collect();
                let _ = writeln!(out, "| {} | {} |", keys.join(" "), action.sentence());
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_keymap_has_no_mistake_and_binds_every_action() {
        let (entries, wrong) = entries(Path::new("keymap.toml"), SHIPPED);
        assert_eq!(wrong, []);
        let (keymap, clash) = Keymap::of(&entries);
        assert_eq!(clash, None);
        for action in Action::ALL.iter().filter(|a| a.place() != Place::Named) {
            assert!(
                !keymap.keys(*action).is_empty(),
                "{} has no key",
                action.name()
            );
        }
    }

    /// Keys that tmux, screen, flow control, window managers and torn escape sequences claim (outside an edit).
    #[test]
    fn no_key_outside_an_edit_can_be_taken_or_faked() {
        let keymap = Keymap::shipped();
        let mut seen = Vec::new();
        for ((place, key), action) in &keymap.by_key {
            if place.types() {
                assert!(!key.types(), "{key} of {}", action.name());
                continue;
            }
            seen.push(*place);
            assert_eq!(key.claimed_by(), None, "{key} of {}", action.name());
            let allowed_chord = ["Ctrl+C", "Ctrl+L", "Ctrl+Z"].contains(&key.to_string().as_str());
            assert!(!key.ctrl || allowed_chord, "{key} of {}", action.name());
            if let KeyCode::Char(c) = key.code {
                assert!(
                    key.ctrl || !"~`[OABCDFHPQRS".contains(c),
                    "{key} of {}",
                    action.name()
                );
            }
            if let KeyCode::F(n) = key.code {
                assert_eq!(n, 1);
            }
        }
        // Where a list is searched by typing, the keys of the place are typed instead.
        let keyed = |place: &Place| !place.types() && *place != Place::Named;
        for place in Place::ALL.into_iter().filter(keyed) {
            assert!(seen.contains(&place), "{place:?} was not looked at");
        }
    }

    #[test]
    fn without_arrows_keys_are_named_by_letters_or_words() {
        let keymap = Keymap::shipped();
        assert_eq!(keymap.key(Action::Up), "↑");
        let keymap = keymap.in_words(true);
        assert_eq!(keymap.key(Action::Up), "k");
        assert_eq!(keymap.key(Action::CharLeft), "Left");
        assert_eq!(keymap.key(Action::Open), "Enter");
        let names: Vec<String> = keymap
            .keys(Action::Down)
            .iter()
            .map(|k| keymap.name(*k))
            .collect();
        assert_eq!(names, ["Down", "j"]);
    }

    #[test]
    fn a_key_that_is_no_character_shows_as_a_sign() {
        let key = Key::of(KeyEvent::new(KeyCode::Char('\u{9b}'), KeyModifiers::NONE));
        assert_eq!(key.to_string(), "\u{fffd}");
    }
}
