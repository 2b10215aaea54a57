//! The help window: what is known of the focused setting, then every key.

use super::app::App;
use super::keymap::Key;
use super::action::{Action, Place};
use crate::form::unit;

/// The state of the window: its lines, and how far it is scrolled.
#[derive(Clone, Debug)]
pub struct Help {
    pub lines: Vec<String>,
    pub offset: usize,
}

impl Help {
    /// Help for what is focused now.
    #[must_use]
    pub fn new(app: &App) -> Self {
        let mut lines = setting(app);
        for place in Place::ALL {
            lines.push(String::new());
            lines.push(place.title().to_owned());
            for action in Action::ALL.iter().filter(|a| a.place() == place) {
                let keys: Vec<String> = app.keymap.keys(*action).iter().map(Key::to_string).collect();
                lines.push(format!("  {:<22} {}", keys.join(" "), action.sentence()));
            }
        }
        Self { lines, offset: 0 }
    }
}

fn setting(app: &App) -> Vec<String> {
    let (Some(input), Some(schema)) = (app.input(), &app.schema) else {
        return vec!["Values are judged by the schema at every key; nothing is written before w.".into()];
    };
    let Some(field) = schema.get(input.path.as_str()) else {
        return Vec::new();
    };
    let mut lines = vec![format!("{}   {}", input.prompt, input.path), format!("  {}", input.help)];
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            lines.push(format!("  {name:<22} {text}"));
        }
    };
    let show = |value| unit::show(input.unit, field.kind, value);
    fact("What it is", field.doc.clone());
    fact("Kind", field.kind.word().to_owned());
    fact("Allowed", unit::range(input.unit, field.kind, &field.range));
    fact("Choices", field.range.choices.join(", "));
    fact("Example", field.range.example.as_ref().map(show).unwrap_or_default());
    fact("Schema's default", field.default.as_ref().map(show).unwrap_or_default());
    fact("Picked up by", input.takes_effect.clone().unwrap_or_default());
    fact("Environment", field.path.environment_name());
    fact("Form", input.place.to_string());
    lines
}

impl Help {
    /// The lines folded for a screen of this width; what is folded keeps its indent.
    #[must_use]
    pub fn folded(&self, screen: usize) -> Vec<String> {
        let columns = screen.saturating_sub(4).max(10);
        let mut out = Vec::new();
        for line in &self.lines {
            if super::text::width(line) <= columns {
                out.push(line.clone());
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            for part in super::text::fold(line, columns - indent) {
                out.push(format!("{:indent$}{part}", ""));
            }
        }
        out
    }

    /// Scrolls, never past the end.
    pub fn scroll(&mut self, action: Action, height: usize, screen: usize) {
        let last = self.folded(screen).len().saturating_sub(height);
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
