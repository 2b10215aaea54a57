//! Which key does what where: read from `keymap.toml`, looked up by place.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, Place};

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
            KeyCode::Char(c) => write!(f, "{c}"),
            other => write!(f, "{other}"),
        }
    }
}

/// All bindings.
#[derive(Debug, Default)]
pub struct Keymap {
    by_key: HashMap<(Place, Key), Action>,
    by_action: HashMap<Action, Vec<Key>>,
}

impl Keymap {
    /// The shipped keymap; a test proves that it holds no mistake.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read(SHIPPED).0
    }

    /// Reads bindings; sentences name what is wrong, and the rest holds.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let mut keymap = Self::default();
        let mut wrong = Vec::new();
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => return (keymap, vec![error.to_string()]),
        };
        for (place_word, actions) in &table {
            let Some(place) = Place::ALL.into_iter().find(|p| p.word() == place_word) else {
                wrong.push(format!("[{place_word}] is no place."));
                continue;
            };
            for (name, keys) in actions.as_table().into_iter().flatten() {
                let action = Action::ALL.iter().copied().find(|a| a.name() == name);
                let Some(action) = action.filter(|action| action.place() == place) else {
                    wrong.push(format!("{name} is no action of [{place_word}]."));
                    continue;
                };
                for text in keys.as_array().into_iter().flatten() {
                    let key = text.as_str().and_then(Key::parse);
                    if place == Place::Named {
                        wrong.push(format!("{name} takes no key: it is asked for by its name."));
                        continue;
                    }
                    match key {
                        Some(key) => wrong.extend(keymap.bind(place, key, action)),
                        None => wrong.push(format!("{text} of {name} is no key.")),
                    }
                }
            }
        }
        (keymap, wrong)
    }

    fn bind(&mut self, place: Place, key: Key, action: Action) -> Option<String> {
        let taken = self.by_key.insert((place, key), action);
        self.by_action.entry(action).or_default().push(key);
        taken.map(|other| {
            format!(
                "{key} is bound to both {} and {}.",
                other.name(),
                action.name()
            )
        })
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

    /// The key the footer shows.
    #[must_use]
    pub fn key(&self, action: Action) -> String {
        self.keys(action)
            .first()
            .map(Key::to_string)
            .unwrap_or_default()
    }

    /// What is pressed for an action: its keys or, where it has none, its name in the finder.
    #[must_use]
    pub fn presses(&self, action: Action) -> Vec<String> {
        if action.place() == Place::Named {
            return vec![format!("{}{}", self.key(Action::Finder), action.words())];
        }
        self.keys(action).iter().map(Key::to_string).collect()
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
        let (keymap, wrong) = Keymap::read(SHIPPED);
        assert_eq!(wrong, Vec::<String>::new());
        for action in Action::ALL.iter().filter(|a| a.place() != Place::Named) {
            assert!(
                !keymap.keys(*action).is_empty(),
                "{} has no key",
                action.name()
            );
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (text, expected) in [
            (
                "[everywhere]\nleave = [\"q\"]\nhelp = [\"q\"]",
                "q is bound to both help and leave.",
            ),
            ("[nowhere]\n", "[nowhere] is no place."),
            ("[main]\nleave = [\"q\"]", "leave is no action of [main]."),
            (
                "[named]\nreset_all = [\"x\"]",
                "reset_all takes no key: it is asked for by its name.",
            ),
            (
                "[everywhere]\nleave = [\"qq\"]",
                "\"qq\" of leave is no key.",
            ),
        ] {
            assert_eq!(Keymap::read(text).1, [expected]);
        }
    }

    /// Keys that tmux, screen, flow control, window managers and torn escape sequences claim (outside an edit).
    #[test]
    fn no_key_outside_an_edit_can_be_taken_or_faked() {
        let keymap = Keymap::shipped();
        for ((place, key), action) in &keymap.by_key {
            if *place == Place::Edit {
                continue;
            }
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
    }
}
