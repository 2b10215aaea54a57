//! The windows that hold the answer to one field, ticked or typed: what the keys do in them, keeping and giving up.
//! Their answer is judged at each key, as one typed in its row is.

use super::action::{Action, Place};
use super::app::App;
use super::form_bounds;
use super::keymap::Key;
use super::layout::list_height;
use super::main_screen::step_of;
use super::msg::Effect;
use super::multiselect::rows_shown;
use super::review::Focus;
use super::window::Window;
use crate::schema::FieldPath;
use crate::value::Value;

/// Rows of the pane above and below an editor, so that it is seen to lie over the panel.
const AROUND_EDITOR: usize = 2;

impl App {
    /// The field being typed or ticked, with its value so far.
    #[must_use]
    pub fn typed(&self) -> Option<(&FieldPath, &Value)> {
        let in_row = self.edit.as_ref().map(|edit| (&edit.path, &edit.value));
        in_row.or_else(|| self.windows.iter().find_map(Window::answer))
    }

    /// Has a window that holds an answer the keys?
    pub(super) fn answers_in_window(&self) -> bool {
        self.windows
            .last()
            .is_some_and(|window| window.answer().is_some())
    }

    /// The lines of text that an editor shows.
    #[must_use]
    pub fn editor_height(&self) -> usize {
        list_height(self.size).saturating_sub(AROUND_EDITOR).max(1)
    }

    pub(super) fn tell_editor_its_height(&mut self) {
        let height = self.editor_height();
        if let Some(Window::Editor(editor)) = self.windows.last_mut() {
            editor.insert("", height);
        }
    }

    pub(super) fn act_in_field_window(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let height = self.editor_height();
        match (action, self.windows.last_mut()) {
            (Action::Back | Action::GiveUp | Action::Leave, _) => self.give_up_window(effects),
            (Action::KeepText | Action::Keep, Some(Window::Editor(_)))
            | (Action::Open, Some(Window::Multiselect(_))) => self.keep_window(effects),
            (action, Some(Window::Editor(editor))) => {
                let acted = editor.act(action, height);
                if acted {
                    self.ask(effects);
                }
            }
            (action, Some(Window::Multiselect(list))) => {
                let height = rows_shown(list_height(self.size), list.filter.is_some());
                let done = match (step_of(action), action) {
                    (Some(step), _) => return list.step(step, height),
                    (None, Action::Tick) => list.tick(),
                    (None, Action::MoveUp) => list.shift(true, height),
                    (None, Action::MoveDown) => list.shift(false, height),
                    (None, Action::NextPane | Action::PreviousPane) => {
                        if let Some(filter) = &mut list.filter {
                            filter.focused = !filter.focused;
                        }
                        return;
                    }
                    (None, action) => {
                        if let Some(filter) = &mut list.filter
                            && filter.line.act(action)
                        {
                            list.cursor = super::list::Cursor::default();
                        }
                        return;
                    }
                };
                match done {
                    Ok(()) => self.ask(effects),
                    Err(why) => self.say_line(why),
                }
            }
            _ => {}
        }
    }

    fn keep_window(&mut self, effects: &mut Vec<Effect>) {
        let Some((path, value, changed)) = self.take_answer() else {
            return;
        };
        if changed {
            self.keep_answer(&path, value);
        }
        self.ask(effects);
    }

    /// Takes over an answer; what the form itself would want otherwise is said.
    pub(super) fn keep_answer(&mut self, path: &FieldPath, value: Value) {
        let missed = self
            .input_at(path.as_str())
            .and_then(|(_, input)| form_bounds::missed(input, &value));
        if let Some(missed) = missed {
            self.say_line(format!("Kept, though the form asks for {missed}."));
        }
        self.answers.say(path, Some(value));
    }

    pub(super) fn give_up_window(&mut self, effects: &mut Vec<Effect>) {
        let Some((path, value, changed)) = self.take_answer() else {
            return;
        };
        if changed {
            self.offer_typed_again(&path, value);
        }
        self.ask(effects);
    }

    /// Says that a text given up is one redo away.
    pub(super) fn offer_typed_again(&mut self, path: &FieldPath, value: Value) {
        let redo = self.keymap.key(Action::Redo);
        self.say_line(format!(
            "The earlier value is back; {redo} brings the typed text again."
        ));
        self.answers.offer_redo(path, value);
    }

    fn take_answer(&mut self) -> Option<(FieldPath, Value, bool)> {
        if !self.answers_in_window() {
            return None;
        }
        match self.windows.pop()? {
            Window::Editor(editor) => {
                let changed = editor.is_changed();
                Some((editor.path.clone(), editor.value, changed))
            }
            Window::Multiselect(list) => {
                let changed = list.is_changed();
                Some((list.path.clone(), list.value, changed))
            }
            _ => None,
        }
    }

    /// Has a line or an editor the keys, so that characters are typed?
    pub(super) fn is_typing(&self) -> bool {
        match self.windows.last() {
            Some(Window::Prompt(_) | Window::Editor(_) | Window::Search(_) | Window::Finder(_)) => {
                true
            }
            Some(Window::Review(review)) => review.focus == Focus::Note && !review.writing,
            Some(Window::Certificate(screen)) => screen.is_typing(),
            Some(Window::SavePreset(screen)) => screen.is_typing(),
            Some(Window::Workload(editor)) => editor.typing().is_some(),
            Some(window) => window.filter().is_some_and(|filter| filter.focused),
            None => self.edit.is_some(),
        }
    }

    /// The action of a key while characters are typed; `None` when it is to be typed, or none.
    pub(super) fn action_while_typing(&self, key: Key, typed: Option<char>) -> Option<Action> {
        match self.windows.last() {
            Some(Window::Editor(_)) => {
                let places = [Place::Editor, Place::Edit, Place::Always];
                self.keymap.action(&places, key)
            }
            Some(Window::Search(_) | Window::Finder(_)) => {
                let places = [Place::Found, Place::Edit, Place::Always];
                self.keymap.action(&places, key)
            }
            Some(window) if window.filter().is_some() => {
                // Characters are searched for, but for the key that ticks; the other keys work as in the rows.
                if typed.is_some() {
                    let ticks = self.keymap.action(&[Place::Pick], key) == Some(Action::Tick);
                    let has_boxes = matches!(window, Window::Multiselect(_));
                    return (ticks && has_boxes).then_some(Action::Tick);
                }
                let places = [Place::Pick, Place::Everywhere, Place::Always, Place::Edit];
                match self.keymap.action(&places, key) {
                    Some(Action::Left) => Some(Action::CharLeft),
                    Some(Action::Right) => Some(Action::CharRight),
                    found => found,
                }
            }
            _ => self.keymap.action(&[Place::Edit, Place::Always], key),
        }
    }

    /// Types into the front window; `false` when it takes no text.
    pub(super) fn insert_in_window(&mut self, text: &str, effects: &mut Vec<Effect>) -> bool {
        let height = self.editor_height();
        match self.windows.last_mut() {
            Some(Window::Prompt(prompt)) => prompt.line.insert(text),
            Some(Window::Review(review)) if review.focus == Focus::Note => review.note.insert(text),
            Some(Window::Certificate(screen)) if screen.is_typing() => screen.insert(text),
            Some(Window::SavePreset(screen)) if screen.is_typing() => {
                screen.insert(text);
                self.typed_in_save();
            }
            Some(Window::Workload(_)) => self.type_in_workload(text),
            Some(Window::Search(search)) => search.insert(text),
            Some(Window::Finder(finder)) => finder.insert(text),
            Some(Window::Editor(editor)) => {
                editor.insert(text, height);
                self.ask(effects);
            }
            Some(Window::Choice(choice)) => {
                choice.cursor = super::list::Cursor::default();
                if let Some(filter) = &mut choice.filter {
                    filter.line.insert(text);
                }
            }
            Some(Window::Multiselect(list)) => {
                list.cursor = super::list::Cursor::default();
                if let Some(filter) = &mut list.filter {
                    filter.line.insert(text);
                }
            }
            _ => return false,
        }
        true
    }
}
