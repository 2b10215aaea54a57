//! The help window: what is known of the focused setting, then every key.

use super::action::{Action, Place};
use super::app::App;
use super::keymap::Key;
use super::text::{fold, pad, width};
use crate::form::unit;

/// Columns of keys and names.
const LEFT: usize = 22;

/// The state of the window: what it says, and how far it is scrolled.
#[derive(Clone, Debug)]
pub struct Help {
    parts: Vec<Part>,
    pub offset: usize,
}

#[derive(Clone, Debug)]
enum Part {
    Head(String),
    Text(String),
    /// A key or a name, and what it means.
    Pair(String, String),
}

impl Help {
    /// Help for what is focused now.
    #[must_use]
    pub fn new(app: &App) -> Self {
        let mut parts = setting(app);
        for place in Place::ALL {
            parts.push(Part::Text(String::new()));
            parts.push(Part::Head(place.title().to_owned()));
            for action in Action::ALL.iter().filter(|a| a.place() == place) {
                let keys: Vec<String> = app
                    .keymap
                    .keys(*action)
                    .iter()
                    .map(Key::to_string)
                    .collect();
                parts.push(Part::Pair(keys.join(" "), action.sentence().to_owned()));
            }
        }
        parts.extend(containment(app));
        Self { parts, offset: 0 }
    }

    /// The lines for a screen of this width.
    #[must_use]
    pub fn lines(&self, screen: usize) -> Vec<String> {
        let columns = screen.saturating_sub(4).max(LEFT + 20);
        let mut lines = Vec::new();
        for part in &self.parts {
            match part {
                Part::Head(text) => lines.push(text.clone()),
                Part::Text(text) if text.is_empty() => lines.push(String::new()),
                Part::Text(text) => {
                    lines.extend(
                        fold(text, columns - 2)
                            .iter()
                            .map(|line| format!("  {line}")),
                    );
                }
                Part::Pair(left, right) => {
                    let mut left = pad(left, LEFT.max(width(left)));
                    for line in fold(right, columns - LEFT - 4) {
                        lines.push(format!("  {left}  {line}"));
                        left = pad("", LEFT);
                    }
                }
            }
        }
        lines
    }

    /// Scrolls, never past the end.
    pub fn scroll(&mut self, action: Action, height: usize, screen: usize) {
        let last = self.lines(screen).len().saturating_sub(height);
        self.offset = match action {
            Action::Up => self.offset.saturating_sub(1),
            Action::Down => self.offset + 1,
            Action::PageUp => self.offset.saturating_sub(height),
            Action::PageDown => self.offset + height,
            Action::First => 0,
            Action::Last => last,
            _ => self.offset,
        }
        .min(last);
    }
}

/// What keeps a profile that runs wild from this machine.
fn containment(app: &App) -> Vec<Part> {
    let sentence = match app.confined {
        None => return Vec::new(),
        Some(true) => "confined: it can open no file and no connection",
        Some(false) => "not confined: this kernel has no Landlock",
    };
    vec![
        Part::Text(String::new()),
        Part::Head("This machine".into()),
        Part::Pair("Schema's process".into(), sentence.into()),
    ]
}

fn setting(app: &App) -> Vec<Part> {
    let (Some(input), Some(schema)) = (app.asked_about(), &app.schema) else {
        let calm =
            "Values are judged by the schema at every key; nothing is written before its review.";
        return vec![Part::Head("vapora-tui".into()), Part::Text(calm.into())];
    };
    let Some(field) = schema.get(input.path.as_str()) else {
        return Vec::new();
    };
    let mut parts = vec![
        Part::Head(format!("{}   {}", input.prompt, input.path)),
        Part::Text(input.help.clone()),
    ];
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            parts.push(Part::Pair(name.to_owned(), text));
        }
    };
    let show = |value| unit::show(input.unit, field.kind, value);
    fact("What it is", field.doc.clone());
    fact("Kind", field.kind.word().to_owned());
    fact("Allowed", unit::range(input.unit, field.kind, &field.range));
    fact("Choices", field.range.choices.join(", "));
    fact(
        "Example",
        field.range.example.as_ref().map(show).unwrap_or_default(),
    );
    fact(
        "Schema's default",
        field.default.as_ref().map(show).unwrap_or_default(),
    );
    fact(
        "Picked up by",
        input.takes_effect.clone().unwrap_or_default(),
    );
    fact("Environment", field.path.environment_name());
    fact("Form", input.place.to_string());
    parts
}
