//! The form as data: panels, their elements, and the inputs with prompt, help, unit and place in the configuration.
//! Leaves to others: reading files (`load`), when an input shows (`condition`), how units read (`unit`).

use std::path::PathBuf;

use crate::form::condition::Condition;
use crate::form::date::Date;
use crate::form::unit::{self, Unit};
use crate::problem::FilePlace;
use crate::schema::FieldPath;
use crate::value::{Kind, Value};

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
    /// One of `choices`.
    Select,
    /// Any of `choices`, as a list in the order of the choices.
    MultiSelect,
    Number,
    /// A list of texts.
    TextArray,
    /// A text of several lines.
    Editor,
    /// A day, `YYYY-MM-DD`, as a text.
    Date,
}

impl InputKind {
    /// Is the answer chosen from a list?
    #[must_use]
    pub fn chooses(self) -> bool {
        matches!(self, Self::Select | Self::MultiSelect)
    }

    /// The kind that asks for the same value by typing it.
    #[must_use]
    pub fn typed(self) -> Self {
        match self {
            Self::Select => Self::Text,
            Self::MultiSelect => Self::TextArray,
            other => other,
        }
    }
}

/// What the result holds of an input while its `when` does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenFalse {
    /// Nothing of the form: the value that profile, file and environment give.
    #[default]
    Leave,
    /// The form's `default`, where file and environment give nothing.
    Default,
}

/// What the form itself says of an answer, beside the schema, which alone judges it. All are absent unless written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Smallest and largest number, in the unit that is shown.
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// How many choices of a multiselect at least and at most.
    pub min_selected: Option<usize>,
    pub max_selected: Option<usize>,
    /// First and last day of a date.
    pub min_date: Option<Date>,
    pub max_date: Option<Date>,
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
    /// The name of an earlier input: offered are only the choices whose value is among its answer (a list: its
    /// members; a text: that text). The screen filters; see [`Input::offered`].
    pub options_from: Option<String>,
    /// Long lists of choices are searched by typing.
    pub searchable: bool,
    pub bounds: Bounds,
    /// What the form proposes: shown as an example, no value of the configuration. A secret one is a `Value::Secret`.
    pub default: Option<Value>,
    /// What the form says of `required`; the schema decides.
    pub required: Option<bool>,
    /// Marked as a secret, by `sensitive`, by `encryption_*` or by type `password`.
    pub sensitive: bool,
    /// The `encryption_backend`: TypeDialog's alone. Here secrets are written as given, best as references.
    pub encryption: Option<String>,
    /// What the form's author calls the type of a `custom` field, at least `custom`; it is asked for as a text.
    pub custom_type: Option<String>,
    /// Another name by which it may be looked for.
    pub nickel_alias: Option<String>,
    pub when: Option<Condition>,
    pub when_false: WhenFalse,
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

    /// Does a default of the form count somewhere, while its field is hidden?
    #[must_use]
    pub fn keeps_defaults(&self) -> bool {
        self.inputs()
            .any(|(_, input)| input.when_false == WhenFalse::Default && input.default.is_some())
    }

    /// The input that asks for a field.
    #[must_use]
    pub fn input_at(&self, path: &str) -> Option<(usize, &Input)> {
        self.inputs().find(|(_, input)| input.path.as_str() == path)
    }
}

impl Input {
    /// The default as a value of the configuration: in the schema's kind and unit. What does not parse stays text.
    #[must_use]
    pub fn proposed(&self, kind: Kind) -> Option<Value> {
        match self.default.as_ref()? {
            Value::Secret(secret) => Some(Value::Secret(secret.clone())),
            default => Some(unit::read(self.unit, kind, &default.editable())),
        }
    }

    /// The choices to offer when the input named by `options_from` has this answer; all of them when none is named
    /// or it has no answer yet.
    pub fn offered<'a>(&'a self, answer: Option<&'a Value>) -> impl Iterator<Item = &'a Choice> {
        let answer = self.options_from.as_ref().and(answer);
        self.choices.iter().filter(move |choice| match answer {
            None => true,
            Some(Value::List(items)) => items
                .iter()
                .any(|item| matches!(item, Value::Text(text) if *text == choice.value)),
            Some(Value::Text(text)) => *text == choice.value,
            Some(other) => other.to_string() == choice.value,
        })
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn select(options_from: Option<&str>, default: Option<Value>) -> Input {
        let choice = |value: &str| Choice {
            value: value.to_owned(),
            label: value.to_uppercase(),
        };
        Input {
            name: "s".to_owned(),
            kind: InputKind::Select,
            prompt: "S".to_owned(),
            help: String::new(),
            placeholder: None,
            path: "a.s".into(),
            unit: None,
            takes_effect: None,
            choices: ["claude", "gpt", "8001"].map(choice).into(),
            options_from: options_from.map(str::to_owned),
            searchable: false,
            bounds: Bounds::default(),
            default,
            required: None,
            sensitive: false,
            encryption: None,
            custom_type: None,
            nickel_alias: None,
            when: None,
            when_false: WhenFalse::Leave,
            place: FilePlace::new(Path::new("forms/a.toml"), Some(1)),
        }
    }

    #[test]
    fn choices_are_those_of_the_earlier_answer() {
        let text = |s: &str| Value::Text(s.to_owned());
        let list = |items: &[&str]| Value::List(items.iter().map(|item| text(item)).collect());
        let all = "claude gpt 8001";
        for (from, answer, expected) in [
            (None, None, all),
            (None, Some(text("gpt")), all),
            (Some("earlier"), None, all),
            (Some("earlier"), Some(text("gpt")), "gpt"),
            (Some("earlier"), Some(text("gp")), ""),
            (
                Some("earlier"),
                Some(list(&["gpt", "ollama", "claude"])),
                "claude gpt",
            ),
            (Some("earlier"), Some(list(&[])), ""),
            (Some("earlier"), Some(Value::Integer(8001)), "8001"),
        ] {
            let input = select(from, None);
            let offered = input.offered(answer.as_ref());
            let offered: Vec<&str> = offered.map(|choice| choice.value.as_str()).collect();
            assert_eq!(offered.join(" "), expected, "{answer:?}");
        }
    }

    #[test]
    fn a_default_is_proposed_in_the_schemas_kind_and_unit() {
        let text = |s: &str| Some(Value::Text(s.to_owned()));
        for (default, unit, kind, expected) in [
            (None, None, Kind::Text, None),
            (
                text("8001"),
                None,
                Kind::Integer,
                Some(Value::Integer(8001)),
            ),
            (text("many"), None, Kind::Integer, text("many")),
            (
                text("40"),
                Some(Unit::Dollars),
                Kind::Integer,
                Some(Value::Integer(4_000)),
            ),
            (
                Some(Value::Bool(true)),
                None,
                Kind::Bool,
                Some(Value::Bool(true)),
            ),
            (
                Some(Value::Integer(3)),
                None,
                Kind::Decimal,
                Some(Value::Decimal(3.0)),
            ),
        ] {
            let mut input = select(None, default);
            input.unit = unit;
            assert_eq!(input.proposed(kind), expected);
        }
    }
}
