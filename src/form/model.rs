//! The form as data: panels, their elements, and the inputs with prompt, help, unit and place in the configuration.
//! Leaves to others: reading files (`load`), when an input shows (`condition`), how units read (`unit`).

use std::path::PathBuf;

use crate::form::condition::Condition;
use crate::form::unit::Unit;
use crate::problem::FilePlace;
use crate::schema::FieldPath;

/// All panels, in the order of the main form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub name: String,
    pub panels: Vec<Panel>,
}

/// The fields of one fragment.
#[derive(Clone, Debug)]
pub struct Panel {
    /// The fragment's name without folder and ending: `backend/auth`.
    pub id: String,
    pub title: String,
    /// One line that says what is in it.
    pub summary: String,
    pub file: PathBuf,
    /// Hides the whole panel when false.
    pub when: Option<Condition>,
    pub elements: Vec<Element>,
}

/// One line of a panel.
#[derive(Clone, Debug)]
pub enum Element {
    Header(String),
    /// A sentence between the fields.
    Note(String),
    Input(Box<Input>),
}

/// How an input is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    Text,
    Password,
    Confirm,
    Select,
    Number,
    /// A list of texts.
    TextArray,
}

/// One choice of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// One question.
#[derive(Clone, Debug)]
pub struct Input {
    /// Unique in the whole form; conditions name fields by it.
    pub name: String,
    pub kind: InputKind,
    pub prompt: String,
    pub help: String,
    pub placeholder: Option<String>,
    /// Where the value sits in the configuration.
    pub path: FieldPath,
    pub unit: Option<Unit>,
    /// What picks a change up: `backend restart`, `agents reload`.
    pub takes_effect: Option<String>,
    pub choices: Vec<Choice>,
    pub when: Option<Condition>,
    /// The form file and line that define it.
    pub place: FilePlace,
}

impl Form {
    /// All inputs with the number of their panel, in form order.
    pub fn inputs(&self) -> impl Iterator<Item = (usize, &Input)> {
        self.panels
            .iter()
            .enumerate()
            .flat_map(|(i, panel)| panel.inputs().map(move |input| (i, input)))
    }

    /// The input that asks for a field.
    #[must_use]
    pub fn input_at(&self, path: &str) -> Option<(usize, &Input)> {
        self.inputs().find(|(_, input)| input.path.as_str() == path)
    }
}

impl Panel {
    pub fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.elements.iter().filter_map(|element| match element {
            Element::Input(input) => Some(&**input),
            Element::Header(_) | Element::Note(_) => None,
        })
    }
}
