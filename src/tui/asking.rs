//! How the focused field is asked for: switched, chosen, ticked, typed on a line or on several; and opening that.
//! Leaves to others: the typing itself (`edit`, `field_windows`).

use super::action::Action;
use super::app::App;
use super::choice::{self, Choice};
use super::edit::Edit;
use super::editor::Editor;
use super::msg::Effect;
use super::multiselect::Multiselect;
use super::window::Window;
use crate::form::{Input, InputKind};
use crate::profile;
use crate::schema::{Field, FieldPath};
use crate::value::{Kind, Value};

/// How a field is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Switch,
    /// One of several.
    Choice,
    /// Any of several.
    Multiselect,
    Line,
    /// A text of several lines, or a list with one item a line.
    Editor,
}

/// Options as value and label.
pub type Options = Vec<(String, String)>;

impl Way {
    /// The schema's kind and choices decide; where it names no choices, the form's count.
    #[must_use]
    pub fn of(field: &Field, input: &Input, now: Option<&Value>) -> Self {
        let has_choices = |kind: InputKind| {
            let of_form = input.kind == kind && !input.choices.is_empty();
            of_form || !field.range.choices.is_empty()
        };
        match field.kind {
            Kind::Bool => Self::Switch,
            Kind::Text if has_choices(InputKind::Select) => Self::Choice,
            Kind::List if has_choices(InputKind::MultiSelect) => Self::Multiselect,
            Kind::List if Editor::fits(Kind::List, now) => Self::Editor,
            Kind::Text if Editor::fits(Kind::Text, now) && several_lines(input, now) => {
                Self::Editor
            }
            _ => Self::Line,
        }
    }
}

/// Also a text that a file gives on several lines needs them to be edited.
fn several_lines(input: &Input, now: Option<&Value>) -> bool {
    input.kind == InputKind::Editor || matches!(now, Some(Value::Text(text)) if text.contains('\n'))
}

impl App {
    /// How the focused field is asked for.
    pub(super) fn way(&self) -> Option<Way> {
        let input = self.input()?;
        let field = self.schema.as_ref()?.get(input.path.as_str())?;
        Some(Way::of(field, input, self.standing(&input.path)))
    }

    /// The options of a field, in the schema's order, with the form's labels.
    fn options(&self, field: &Field, input: &Input) -> Options {
        let answer = self.filtering_answer(input);
        let offered: Vec<&crate::form::Choice> = input.offered(answer).collect();
        let label = |value: &str| {
            let choice = input.choices.iter().find(|choice| choice.value == value);
            choice.map_or_else(|| value.to_owned(), |choice| choice.label.clone())
        };
        let of_form = input.choices.iter().map(|choice| &choice.value);
        let values: Vec<&String> = if field.range.choices.is_empty() {
            of_form.collect()
        } else {
            field.range.choices.iter().collect()
        };
        values
            .into_iter()
            .filter(|value| {
                answer.is_none() || offered.iter().any(|choice| choice.value == **value)
            })
            .map(|value| (value.clone(), label(value)))
            .collect()
    }

    /// The answer that filters the options of this input, when another input is named for that.
    fn filtering_answer(&self, input: &Input) -> Option<&Value> {
        let name = input.options_from.as_ref()?;
        let (_, earlier) = self.form.inputs().find(|(_, other)| other.name == *name)?;
        self.standing(&earlier.path)
    }

    /// Says which field to answer first, when none of the options fits its answer.
    fn refuses_options(&mut self, input: &Input) {
        let name = input.options_from.clone().unwrap_or_default();
        let earlier = self.form.inputs().find(|(_, other)| other.name == name);
        let line = match earlier {
            Some((panel, earlier)) => {
                let panel = &self.form.panels[panel].title;
                format!(
                    "Answer {} first (in {panel}): nothing chosen there is offered here.",
                    earlier.prompt
                )
            }
            None => "The form offers nothing to choose here.".to_owned(),
        };
        self.say_line(line);
    }

    /// The focused input with its field, or `None` where there is none.
    fn asked(&self) -> Option<(Input, Field)> {
        let input = self.input()?;
        let field = self.schema.as_ref()?.get(input.path.as_str())?;
        Some((input.clone(), field.clone()))
    }

    pub(super) fn open_choices(&mut self) {
        if self
            .input()
            .is_some_and(|input| input.path.as_str() == profile::MODE)
        {
            // It shows the profile in force; another mode under this profile would contradict it.
            return self.open_profiles();
        }
        if self.refuses_change() {
            return;
        }
        let Some((input, field)) = self.asked() else {
            return;
        };
        let mut options = self.options(&field, &input);
        if options.is_empty() {
            return self.refuses_options(&input);
        }
        let now = match self.standing(&input.path) {
            Some(Value::Text(text)) if !text.is_empty() => Some(crate::clean::line(text)),
            _ => None,
        };
        if let Some(now) = &now
            && !options.iter().any(|(value, _)| value == now)
        {
            // What stands there now stays what Enter takes until another row is chosen.
            options.insert(0, (now.clone(), "not among the options".to_owned()));
        }
        let purpose = choice::For::Field(input.path.clone());
        let choice = Choice::new(purpose, &input.prompt, options, now.as_deref());
        let choice = choice.searched(input.searchable);
        self.windows.push(Window::Choice(choice));
    }

    fn open_multiselect(&mut self) {
        let Some((input, field)) = self.asked() else {
            return;
        };
        let options = self.options(&field, &input);
        if options.is_empty() {
            return self.refuses_options(&input);
        }
        let list = Multiselect::new(&input, options, self.standing(&input.path));
        self.windows.push(Window::Multiselect(Box::new(list)));
    }

    /// Begins to change the focused field; `typed` was pasted or is the digit that began it.
    pub(super) fn edit_field(&mut self, typed: Option<&str>, effects: &mut Vec<Effect>) {
        if self.refuses_change() {
            return;
        }
        let (Some(way), Some((input, field))) = (self.way(), self.asked()) else {
            return;
        };
        match (way, typed) {
            (Way::Switch, None) => return self.toggle(effects),
            (Way::Switch, Some(_)) => {
                let toggle = self.keymap.key(Action::Toggle);
                return self.say_line(format!("This setting is switched with {toggle}."));
            }
            (Way::Choice, _) => return self.open_choices(),
            (Way::Multiselect, None) => return self.open_multiselect(),
            (Way::Multiselect, Some(_)) => {
                self.open_multiselect();
                return self.say_line("Tick what is wanted; pasted text has no place here.");
            }
            (Way::Line | Way::Editor, _) => {}
        }
        self.revealed = None;
        let now = self.standing(&input.path);
        if way == Way::Editor {
            let editor = Editor::new(&field, &input, now, typed);
            self.windows.push(Window::Editor(Box::new(editor)));
            self.tell_editor_its_height();
        } else {
            self.edit = Some(Edit::new(&field, &input, now, typed));
        }
        if typed.is_some() {
            self.ask(effects);
        }
    }

    /// What a further key builds on: the answer, also before its verdict, else the value in force.
    pub(super) fn standing(&self, path: &FieldPath) -> Option<&Value> {
        self.answers
            .get(path.as_str())
            .or_else(|| self.in_force(path))
    }
}
