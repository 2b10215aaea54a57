//! A text of several lines being typed, or a list with one item a line: the text area behind our keymap.
//! Leaves to others: judging it (Nickel, at each key), keeping it (`field_windows`).

use std::fmt;

use tui_textarea::{CursorMove, TextArea};

use super::action::Action;
use super::edit;
use super::list::{Cursor, Step};
use crate::clean;
use crate::form::Input;
use crate::schema::{Field, FieldPath};
use crate::secret;
use crate::value::{Kind, Value};

/// The state of the editor.
pub struct Editor {
    pub path: FieldPath,
    pub title: String,
    area: TextArea<'static>,
    /// The line of the cursor, and the first one shown.
    pub rows: Cursor,
    /// The answer as it stands in the window.
    pub value: Value,
    before: Option<Value>,
    /// The lines at the start.
    first: Vec<String>,
    kind: Kind,
}

/// Without the text: it may hold a secret.
impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editor")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Editor {
    /// Starts with the value in force, or with `typed` in its place.
    #[must_use]
    pub fn new(field: &Field, input: &Input, now: Option<&Value>, typed: Option<&str>) -> Self {
        let first = lines_of(now);
        let lines = typed.map_or_else(|| first.clone(), |typed| split(&several_lines(typed)));
        let mut area = TextArea::new(lines);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        let mut editor = Self {
            path: field.path.clone(),
            title: input.prompt.clone(),
            area,
            rows: Cursor::default(),
            value: Value::Text(String::new()),
            before: now.cloned(),
            first,
            kind: field.kind,
        };
        editor.read();
        editor
    }

    /// Can this value be typed one item a line, or line by line, and come back the same?
    #[must_use]
    pub fn fits(kind: Kind, value: Option<&Value>) -> bool {
        match (kind, value) {
            (Kind::List, Some(Value::List(items))) => items.iter().all(|item| match item {
                Value::Text(text) => {
                    !text.is_empty() && text.trim() == text && !text.contains(['\n', '\r'])
                }
                _ => false,
            }),
            (_, Some(Value::Text(text))) => !text.contains('\r'),
            (_, None) => true,
            _ => false,
        }
    }

    fn read(&mut self) {
        let lines = self.area.lines();
        self.value = match &self.before {
            Some(before) if lines == self.first => before.clone(),
            _ if self.is_list() => Value::List(
                lines
                    .iter()
                    .map(|line| line.trim())
                    .filter(|line| !line.is_empty())
                    .map(|line| Value::Text(line.to_owned()))
                    .collect(),
            ),
            _ => self.kind.read(&lines.join("\n")),
        };
    }

    /// The lines as they are typed.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// Is each line an item of a list?
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.kind == Kind::List
    }

    /// Is this another answer than stood before?
    #[must_use]
    pub fn is_changed(&self) -> bool {
        match &self.before {
            Some(before) => *before != self.value,
            None => !self.value.is_empty(),
        }
    }

    /// Types a text; its line ends become lines.
    pub fn insert(&mut self, text: &str, height: usize) {
        self.area.insert_str(several_lines(text));
        self.after(height);
    }

    /// Does an editing action; `false` when it is none.
    pub fn act(&mut self, action: Action, height: usize) -> bool {
        let page = height.saturating_sub(1).max(1);
        match action {
            Action::NewLine => self.area.insert_newline(),
            Action::LineUp => self.go(Step::Up, page),
            Action::LineDown => self.go(Step::Down, page),
            Action::EditorPageUp => self.go(Step::PageUp, page),
            Action::EditorPageDown => self.go(Step::PageDown, page),
            action => {
                if !edit::act(&mut self.area, action) {
                    return false;
                }
            }
        }
        self.after(height);
        true
    }

    fn go(&mut self, step: Step, page: usize) {
        let (times, how) = match step {
            Step::Up => (1, CursorMove::Up),
            Step::PageUp => (page, CursorMove::Up),
            Step::PageDown => (page, CursorMove::Down),
            _ => (1, CursorMove::Down),
        };
        for _ in 0..times {
            self.area.move_cursor(how);
        }
    }

    fn after(&mut self, height: usize) {
        self.rows.at = self.area.cursor().0;
        self.rows.show(self.area.lines().len(), height);
        self.read();
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.area.lines().len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// A line as shown: control characters visible, an address with a password as stars, a character a character.
    #[must_use]
    pub fn shown(&self, line: usize) -> String {
        let text = self.area.lines().get(line).map_or("", String::as_str);
        if secret::address_holds_password(text) {
            return "*".repeat(text.chars().count());
        }
        clean::line(text)
    }

    /// Line and column of the cursor, in characters, from 0.
    #[must_use]
    pub fn cursor(&self) -> (usize, usize) {
        let at = self.area.cursor();
        (at.0, at.1)
    }

    /// Where the cursor is: `line 2 of 5, column 13`.
    #[must_use]
    pub fn place(&self) -> String {
        let (line, column) = self.cursor();
        let noun = if self.is_list() { "item" } else { "line" };
        format!(
            "{noun} {} of {}, column {}",
            line + 1,
            self.len(),
            column + 1
        )
    }
}

fn lines_of(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(items)) if !items.is_empty() => {
            items.iter().map(Value::editable).collect()
        }
        Some(Value::List(_)) | None => vec![String::new()],
        Some(other) => split(&other.editable()),
    }
}

fn split(text: &str) -> Vec<String> {
    text.split('\n').map(str::to_owned).collect()
}

/// Line ends of every kind are one; controls but the tab are dropped.
#[must_use]
pub fn several_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || clean::is_visible(*c))
        .collect()
}
