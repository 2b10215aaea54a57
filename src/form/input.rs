//! The keys of one input: kind, place in the configuration, unit, bounds, default, filters.
//! Leaves to others: choices (`options`), names and conditions, which need the whole form (`load`).

use toml::Spanned;
use toml::de::DeValue;

use super::element::{Reader, WithPlace};
use crate::clean;
use crate::form::date::Date;
use crate::form::document;
use crate::form::keys;
use crate::form::model::{Bounds, Input, InputKind, WhenFalse};
use crate::form::unit::Unit;
use crate::form::{options, replace};
use crate::problem::{self, Problem, Severity};
use crate::schema::FieldPath;
use crate::secret::Secret;
use crate::value::{Kind, Value};

const PATH: &str =
    "Name the parts of the path one by one, for example nickel_path = [\"backend\", \"port\"].";

/// An input with what still has to be looked up in the whole form.
#[derive(Debug)]
pub(super) struct Asked {
    pub input: Box<Input>,
    /// The name in `options_from`, with its own place.
    pub options_from: Option<WithPlace>,
}

impl Reader<'_> {
    /// An input; without a place in the configuration there is none.
    pub fn input(&self, kind: InputKind, problems: &mut Vec<Problem>) -> Option<Asked> {
        let keys = self.keys;
        let name = self.required("name", "an input", problems);
        let prompt = self.required("prompt", "an input", problems);
        let path = self.path(problems)?;
        let name = name.unwrap_or_else(|| path.to_string());
        let encryption = document::line(keys, "encryption_backend");
        let sensitive = kind == InputKind::Password
            || document::flag(keys, "sensitive") == Some(true)
            || encryption.is_some()
            || keys.contains_key("encryption_config");
        let choices = options::read(self.document, keys, kind, self.at.start, problems);
        let options_from = self.with_place("options_from");
        let kind = match kind {
            InputKind::Text | InputKind::Editor if sensitive => InputKind::Password,
            // Borrowed choices come when the whole form is known.
            other if choices.is_empty() && options_from.is_none() => other.typed(),
            other => other,
        };
        let bounds = self.bounds(choices.len(), problems);
        let default = self
            .default(kind, sensitive, problems)
            .filter(|default| self.is_offered(default, kind, &choices, problems));
        let input = Input {
            kind,
            prompt: prompt.unwrap_or_else(|| name.clone()),
            name,
            help: document::lines(keys, "help").unwrap_or_default(),
            placeholder: document::line(keys, "placeholder")
                .or_else(|| example(kind, default.as_ref())),
            path,
            unit: self.unit(problems),
            takes_effect: document::line(keys, "takes_effect"),
            options_from: options_from.as_ref().map(|(name, _)| name.clone()),
            searchable: document::flag(keys, "searchable") == Some(true),
            bounds,
            default,
            choices,
            required: document::flag(keys, "required"),
            sensitive,
            encryption: encryption.or_else(|| {
                keys.get("encryption_config")
                    .map(|_| "encryption".to_owned())
            }),
            custom_type: self.custom_type(),
            nickel_alias: document::line(keys, "nickel_alias"),
            when: None,
            when_false: self.when_false(problems),
            place: self.document.place(self.at.start),
        };
        Some(Asked {
            input: Box::new(input),
            options_from,
        })
    }

    fn custom_type(&self) -> Option<String> {
        let word = document::line(self.keys, "type").filter(|word| word == keys::CUSTOM)?;
        document::line(self.keys, "custom_type").or(Some(word))
    }

    fn path(&self, problems: &mut Vec<Problem>) -> Option<FieldPath> {
        let Some(value) = self.keys.get("nickel_path") else {
            let subject = document::line(self.keys, "name")
                .map_or("An input".to_owned(), |name| format!("\"{name}\""));
            let message = format!("{subject} has no nickel_path, so its value has no place.");
            problems.push(self.document.problem(self.at.start, message).hint(PATH));
            return None;
        };
        let items = value.get_ref().as_array()?;
        let parts: Vec<&str> = items.iter().filter_map(|i| i.get_ref().as_str()).collect();
        if parts.len() != items.len() {
            return None;
        }
        let wrong =
            |part: &&&str| part.is_empty() || part.contains(['.', ' ']) || !clean::is_clean(part);
        if let Some(part) = parts.iter().find(wrong) {
            // A constraint in it was told already.
            if !replace::holds_constraint(part) {
                let message = format!("nickel_path holds \"{}\".", clean::line(part));
                problems.push(
                    self.document
                        .problem(value.span().start, message)
                        .hint(PATH),
                );
            }
            return None;
        }
        if parts.is_empty() {
            let problem = self
                .document
                .problem(value.span().start, "nickel_path is empty.");
            problems.push(problem.hint(PATH));
            return None;
        }
        Some(FieldPath::new(&parts.join(".")))
    }

    fn unit(&self, problems: &mut Vec<Problem>) -> Option<Unit> {
        let word = document::line(self.keys, "unit")?;
        let unit = Unit::from_word(&word);
        if unit.is_none() {
            let words = || Unit::ALL.into_iter().map(Unit::word);
            let hint = match problem::nearest(&word, words()) {
                Some(near) => format!("Did you mean {near}?"),
                None => format!("Use one of {}.", words().collect::<Vec<_>>().join(", ")),
            };
            self.wrong("unit", format!("{word} is not a unit."), hint, problems);
        }
        unit
    }

    fn bounds(&self, choices: usize, problems: &mut Vec<Problem>) -> Bounds {
        let mut bounds = Bounds {
            min: document::number(self.keys, "min"),
            max: document::number(self.keys, "max"),
            min_selected: self.count("min_selected", problems),
            max_selected: self.count("max_selected", problems),
            min_date: self.date("min_date", problems),
            max_date: self.date("max_date", problems),
        };
        let crossed = |low: &str, high: &str| {
            (
                format!("{low} is above {high}."),
                format!("Exchange them, or take {low} out."),
            )
        };
        if bounds.min > bounds.max && bounds.max.is_some() {
            let (message, hint) = crossed("min", "max");
            self.wrong("min", message, hint, problems);
            (bounds.min, bounds.max) = (None, None);
        }
        if bounds.min_selected > bounds.max_selected && bounds.max_selected.is_some() {
            let (message, hint) = crossed("min_selected", "max_selected");
            self.wrong("min_selected", message, hint, problems);
            (bounds.min_selected, bounds.max_selected) = (None, None);
        }
        if bounds.min_date > bounds.max_date && bounds.max_date.is_some() {
            let (message, hint) = crossed("min_date", "max_date");
            self.wrong("min_date", message, hint, problems);
            (bounds.min_date, bounds.max_date) = (None, None);
        }
        if choices > 0 && bounds.min_selected.is_some_and(|least| least > choices) {
            let message = format!("min_selected wants more than the {choices} options.");
            let hint = format!("Give {choices} at most, or add options.");
            self.wrong("min_selected", message, hint, problems);
            bounds.min_selected = None;
        }
        bounds
    }

    fn count(&self, key: &str, problems: &mut Vec<Problem>) -> Option<usize> {
        let DeValue::Integer(n) = self.keys.get(key)?.get_ref() else {
            return None;
        };
        let count = usize::from_str_radix(n.as_str(), n.radix()).ok();
        if count.is_none() {
            let message = format!("{key} is no number of options.");
            self.wrong(key, message, "Give a whole number from 0.", problems);
        }
        count
    }

    fn date(&self, key: &str, problems: &mut Vec<Problem>) -> Option<Date> {
        let text = date_text(self.keys.get(key)?)?;
        let date = Date::parse(&text);
        if date.is_none() && !replace::holds_constraint(&text) {
            let message = format!(
                "{key} is \"{}\", and there is no such day.",
                clean::line(&text)
            );
            self.wrong(key, message, "Write it as 2026-01-31.", problems);
        }
        date
    }

    /// What the form proposes, in the kind of the input. A text that does not parse stays text: `check` tells it.
    fn default(
        &self,
        kind: InputKind,
        sensitive: bool,
        problems: &mut Vec<Problem>,
    ) -> Option<Value> {
        let value = self.keys.get("default")?;
        let text = match value.get_ref() {
            DeValue::String(text) if replace::holds_constraint(text) => return None,
            DeValue::String(text) => {
                let lookup = self.surroundings.environment;
                match replace::environment(text, self.shipped, lookup) {
                    Ok(text) => text?,
                    Err((message, hint)) => {
                        self.wrong("default", message, hint, problems);
                        return None;
                    }
                }
            }
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok()?.to_string(),
            DeValue::Float(n) => n.to_string(),
            DeValue::Boolean(b) => b.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Array(_) | DeValue::Table(_) => return None,
        };
        // An empty default proposes nothing.
        if text.is_empty() {
            return None;
        }
        if sensitive {
            return Some(Value::Secret(Secret::new(text)));
        }
        Some(match kind {
            InputKind::Confirm => Kind::Bool.read(&text),
            InputKind::Number => Kind::Integer.read(&text),
            InputKind::MultiSelect | InputKind::TextArray => Kind::List.read(&text),
            InputKind::Password => Kind::Secret.read(&text),
            InputKind::Text | InputKind::Select | InputKind::Editor | InputKind::Date => {
                Value::Text(text)
            }
        })
    }

    /// Is the default one that the input could give? If not, it is no default.
    fn is_offered(
        &self,
        default: &Value,
        kind: InputKind,
        choices: &[crate::form::Choice],
        problems: &mut Vec<Problem>,
    ) -> bool {
        let has = |text: &str| choices.is_empty() || choices.iter().any(|c| c.value == text);
        let (message, hint) = match (kind, default) {
            (InputKind::Select, Value::Text(text)) if !has(text) => (
                format!(
                    "The default \"{}\" is none of the options.",
                    clean::line(text)
                ),
                "Add it to the options, or take it out.",
            ),
            (InputKind::MultiSelect, Value::List(items)) => {
                let stranger = items
                    .iter()
                    .find(|item| matches!(item, Value::Text(text) if !has(text)));
                match stranger {
                    None => return true,
                    Some(item) => (
                        format!("The default \"{item}\" is none of the options."),
                        "Add it to the options, or take it out.",
                    ),
                }
            }
            (InputKind::Date, Value::Text(text)) if Date::parse(text).is_none() => (
                format!("The default \"{}\" is no day.", clean::line(text)),
                "Write it as 2026-01-31.",
            ),
            (InputKind::Confirm, Value::Text(text)) => (
                format!(
                    "The default \"{}\" is not true or false.",
                    clean::line(text)
                ),
                "Give true or false.",
            ),
            (InputKind::Number, Value::Text(text)) => (
                format!("The default \"{}\" is not a number.", clean::line(text)),
                "Give a number.",
            ),
            _ => return true,
        };
        self.wrong("default", message, hint, problems);
        if let Some(problem) = problems.last_mut() {
            // A proposal is never used by itself, so a wrong one is not in the way.
            problem.severity = Severity::Warning;
        }
        false
    }

    fn when_false(&self, problems: &mut Vec<Problem>) -> WhenFalse {
        let Some(word) = document::line(self.keys, "when_false") else {
            return WhenFalse::Leave;
        };
        if word == "default" {
            return WhenFalse::Default;
        }
        let message = format!("when_false is \"{word}\".");
        let hint = "Write when_false = \"default\", or take it out.";
        self.wrong("when_false", message, hint, problems);
        WhenFalse::Leave
    }

    fn wrong(
        &self,
        key: &str,
        message: String,
        hint: impl Into<String>,
        problems: &mut Vec<Problem>,
    ) {
        let at = document::span(self.keys, key).map_or(self.at.start, |span| span.start);
        problems.push(self.document.problem(at, message).hint(hint));
    }
}

fn date_text(value: &Spanned<DeValue<'_>>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}

/// A proposal shows as the example of an empty field that is typed into; a secret never does.
fn example(kind: InputKind, default: Option<&Value>) -> Option<String> {
    let typed = matches!(
        kind,
        InputKind::Text | InputKind::Number | InputKind::Date | InputKind::TextArray
    );
    let default = default.filter(|_| typed)?;
    let shown = clean::line(&default.editable());
    (!matches!(default, Value::Secret(_)) && !shown.is_empty()).then_some(shown)
}
