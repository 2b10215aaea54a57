//! A value being typed: the text area behind our keymap, and what the text means so far.

use std::fmt;

use tui_textarea::{CursorMove, TextArea};

use super::action::Action;
use crate::clean;
use crate::form::{Input, unit};
use crate::schema::{Field, FieldPath};
use crate::secret;
use crate::value::{Kind, Value};

/// One edit.
pub struct Edit {
    pub path: FieldPath,
    area: TextArea<'static>,
    /// The text as a value of the field's kind.
    pub value: Value,
    /// What was in force before.
    before: Option<Value>,
    kind: Kind,
    unit: Option<unit::Unit>,
    /// Was anything typed, the same as before perhaps?
    pub is_typed: bool,
}

/// Without the text: it may be a secret.
impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Edit {
    /// Starts with the value in force, or with `typed` in its place.
    #[must_use]
    pub fn new(
        field: &Field,
        input: &Input,
        in_force: Option<&Value>,
        typed: Option<&str>,
    ) -> Self {
        let text = match (typed, in_force) {
            (Some(typed), _) => single_line(typed),
            // What holds a secret is never shown for editing.
            (None, Some(value)) if value.is_clear_secret() => String::new(),
            (None, Some(value)) => unit::editable(input.unit, value),
            (None, None) => String::new(),
        };
        let mut area = TextArea::new(vec![text]);
        area.move_cursor(CursorMove::End);
        let mut edit = Self {
            path: field.path.clone(),
            area,
            value: Value::Text(String::new()),
            before: in_force.cloned(),
            kind: field.kind,
            unit: input.unit,
            is_typed: typed.is_some(),
        };
        edit.read();
        edit
    }

    fn read(&mut self) {
        self.value = unit::read(self.unit, self.kind, self.text());
    }

    #[must_use]
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// The text as shown, and the cursor's place in it, in characters. A secret shows stars, a reference itself.
    #[must_use]
    pub fn shown(&self) -> (String, usize) {
        let text = self.text();
        let at = self.area.cursor().1;
        let is_secret = match self.kind {
            Kind::Secret => !secret::begins_reference(text),
            _ => secret::address_holds_password(text),
        };
        if is_secret {
            return ("*".repeat(text.chars().count()), at);
        }
        (text.to_owned(), at)
    }

    /// Was anything typed that is not in force already?
    #[must_use]
    pub fn is_changed(&self) -> bool {
        match &self.before {
            // A clear secret is never shown for editing: leaving the line empty leaves the secret.
            Some(before) if before.is_clear_secret() && self.text().is_empty() => false,
            Some(before) => *before != self.value,
            None => !self.text().is_empty(),
        }
    }

    pub fn insert(&mut self, text: &str) {
        self.area.insert_str(single_line(text));
        self.is_typed = true;
        self.read();
    }

    /// Does an editing action; `false` when it is none.
    pub fn act(&mut self, action: Action) -> bool {
        let done = act(&mut self.area, action);
        self.read();
        done
    }

    /// Is this a secret given in clear, rather than a reference?
    #[must_use]
    pub fn is_clear_secret(&self) -> bool {
        self.kind == Kind::Secret && !self.text().is_empty() && !secret::is_reference(self.text())
    }
}

/// Does an editing action on any text area, by the area's methods: its own key map is not ours.
#[must_use]
pub fn act(area: &mut TextArea, action: Action) -> bool {
    match action {
        Action::Erase => drop(area.delete_char()),
        Action::Delete => drop(area.delete_next_char()),
        Action::EraseToStart => drop(area.delete_line_by_head()),
        Action::EraseToEnd => drop(area.delete_line_by_end()),
        Action::EraseWord => drop(area.delete_word()),
        Action::LineStart => area.move_cursor(CursorMove::Head),
        Action::LineEnd => area.move_cursor(CursorMove::End),
        Action::CharLeft => area.move_cursor(CursorMove::Back),
        Action::CharRight => area.move_cursor(CursorMove::Forward),
        Action::WordLeft => area.move_cursor(CursorMove::WordBack),
        Action::WordRight => area.move_cursor(CursorMove::WordForward),
        _ => return false,
    }
    true
}

/// A pasted line end is a blank inside, nothing at the ends; other controls are dropped.
#[must_use]
pub fn single_line(text: &str) -> String {
    text.trim_matches(['\r', '\n'])
        .chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            }
        })
        .filter(|c| clean::is_visible(*c))
        .collect()
}
