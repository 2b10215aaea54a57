//! A configuration value and how it is read from and shown as text.
//! Leaves to others: which kind a field has (`schema`), units (`form`), file syntax (`input`, `output`).

use std::fmt;

use crate::clean;
use crate::secret::{self, Secret};

/// One value of the configuration. There is no null: a value that is not there is an absent `Option`.
#[derive(Clone, PartialEq)]
pub enum Value {
    Bool(bool),
    Integer(i64),
    Decimal(f64),
    Text(String),
    Secret(Secret),
    List(Vec<Value>),
    Record(Vec<(String, Value)>),
}

/// What kind of value a field holds; the schema says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bool,
    Integer,
    Decimal,
    Text,
    Secret,
    /// A list of texts.
    List,
}

impl Kind {
    /// The word that `ranges.ncl` and messages use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Text => "text",
            Self::Secret => "secret",
            Self::List => "list",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Bool,
            Self::Integer,
            Self::Decimal,
            Self::Text,
            Self::Secret,
            Self::List,
        ]
        .into_iter()
        .find(|kind| kind.word() == word)
    }

    /// Reads what was typed, or given on the command line or in the environment. A text that does not
    /// parse stays text, so that the schema speaks about it.
    #[must_use]
    pub fn read(self, typed: &str) -> Value {
        let trimmed = typed.trim();
        let text = || Value::Text(typed.to_owned());
        match self {
            Self::Bool => match trimmed {
                "true" | "yes" | "on" => Value::Bool(true),
                "false" | "no" | "off" => Value::Bool(false),
                _ => text(),
            },
            Self::Integer => number(trimmed).unwrap_or_else(text),
            Self::Decimal => match trimmed.parse::<f64>() {
                Ok(n) if n.is_finite() => Value::Decimal(n),
                _ => text(),
            },
            Self::Text => text(),
            Self::Secret => Value::Secret(Secret::new(typed)),
            Self::List => Value::List(list(trimmed)),
        }
    }

    /// Gives a value that came from a file, a profile or Nickel the shape of this kind: `3` becomes `3.0`
    /// where decimals are wanted, `8003.0` becomes `8003` where integers are, text becomes a secret.
    #[must_use]
    pub fn adopt(self, value: Value) -> Value {
        match (self, value) {
            (Self::Decimal, Value::Integer(n)) => {
                exact_decimal(n).map_or(Value::Integer(n), Value::Decimal)
            }
            (Self::Integer, Value::Decimal(n)) => {
                exact_integer(n).map_or(Value::Decimal(n), Value::Integer)
            }
            (Self::Secret, Value::Text(text)) => Value::Secret(Secret::new(text)),
            (_, other) => other,
        }
    }
}

fn number(text: &str) -> Option<Value> {
    if let Ok(n) = text.parse::<i64>() {
        return Some(Value::Integer(n));
    }
    let n = text.parse::<f64>().ok().filter(|n| n.is_finite())?;
    Some(exact_integer(n).map_or(Value::Decimal(n), Value::Integer))
}

/// The integer a decimal stands for, when it stands for one exactly.
#[must_use]
#[allow(
    clippy::cast_possible_truncation,
    reason = "the range is checked first"
)]
pub fn exact_integer(n: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (n.fract() == 0.0 && n.abs() <= EXACT).then_some(n as i64)
}

#[allow(clippy::cast_precision_loss, reason = "the range is checked first")]
fn exact_decimal(n: i64) -> Option<f64> {
    (n.unsigned_abs() <= 1 << 53).then_some(n as f64)
}

/// `a, b, c`, or a JSON array for items that hold commas. Empty text is the empty list.
fn list(text: &str) -> Vec<Value> {
    if let Ok(items) = serde_json::from_str::<Vec<String>>(text) {
        return items.into_iter().map(Value::Text).collect();
    }
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| Value::Text(item.to_owned()))
        .collect()
}

impl Value {
    /// The text an editor starts with. A clear secret starts empty; a reference can be edited.
    #[must_use]
    pub fn editable(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Secret(secret) => secret.reference().unwrap_or_default().to_owned(),
            Self::List(items) if items.iter().any(Self::needs_json) => {
                let texts: Vec<String> = items.iter().map(Self::editable).collect();
                serde_json::to_string(&texts).unwrap_or_default()
            }
            other => other.to_string(),
        }
    }

    fn needs_json(&self) -> bool {
        let text = self.editable();
        text.is_empty() || text.contains(',') || text.trim() != text || text.starts_with('[')
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Secret(secret) => secret.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Record(fields) => fields.is_empty(),
            Self::Bool(_) | Self::Integer(_) | Self::Decimal(_) => false,
        }
    }

    /// Replaces what would stand in a file in clear by the text `(secret)`, members of a list one by one.
    pub fn mask(&mut self) {
        match self {
            Self::List(items) => items.iter_mut().for_each(Self::mask),
            Self::Record(fields) => fields.iter_mut().for_each(|(_, value)| value.mask()),
            Self::Secret(secret) if !secret.is_empty() && secret.reference().is_none() => {
                *secret = Secret::new(secret::MASK);
            }
            Self::Text(text) if secret::address_holds_password(text) => {
                secret::MASK.clone_into(text);
            }
            _ => {}
        }
    }

    /// Would writing this value put a secret into the file in clear?
    #[must_use]
    pub fn is_clear_secret(&self) -> bool {
        match self {
            Self::Secret(secret) => !secret.is_empty() && secret.reference().is_none(),
            Self::Text(text) => secret::address_holds_password(text),
            Self::List(items) => items.iter().any(Self::is_clear_secret),
            Self::Record(fields) => fields.iter().any(|(_, value)| value.is_clear_secret()),
            Self::Bool(_) | Self::Integer(_) | Self::Decimal(_) => false,
        }
    }
}

/// As derived, but for an address that holds a password.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => f.debug_tuple("Bool").field(b).finish(),
            Self::Integer(n) => f.debug_tuple("Integer").field(n).finish(),
            Self::Decimal(n) => f.debug_tuple("Decimal").field(n).finish(),
            Self::Text(text) if secret::address_holds_password(text) => f
                .debug_tuple("Text")
                .field(&format_args!("{}", secret::MASK))
                .finish(),
            Self::Text(text) => f.debug_tuple("Text").field(text).finish(),
            Self::Secret(secret) => f.debug_tuple("Secret").field(secret).finish(),
            Self::List(items) => f.debug_tuple("List").field(items).finish(),
            Self::Record(fields) => f.debug_tuple("Record").field(fields).finish(),
        }
    }
}

/// How a value reads on one line: secrets masked, control characters visible, lists joined by commas.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => write!(f, "{b}"),
            Self::Integer(n) => write!(f, "{n}"),
            Self::Decimal(n) => f.write_str(&decimal(*n)),
            Self::Text(text) if secret::address_holds_password(text) => f.write_str(secret::MASK),
            Self::Text(text) => f.write_str(&clean::line(text)),
            Self::Secret(secret) => write!(f, "{secret}"),
            Self::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                Ok(())
            }
            Self::Record(fields) => {
                for (i, (name, value)) in fields.iter().enumerate() {
                    let comma = if i > 0 { ", " } else { "" };
                    write!(f, "{comma}{} = {value}", clean::line(name))?;
                }
                Ok(())
            }
        }
    }
}

/// Shortest text that reads back as the same decimal and still looks like one: `3.0`, `0.25`, `1e300`.
#[must_use]
pub fn decimal(n: f64) -> String {
    format!("{n:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_becomes_a_value_of_the_kind_or_stays_text() {
        let text = |s: &str| Value::Text(s.to_owned());
        for (kind, typed, expected) in [
            (Kind::Integer, "8001", Value::Integer(8001)),
            (Kind::Integer, " 8001 ", Value::Integer(8001)),
            (Kind::Integer, "80.0", Value::Integer(80)),
            (Kind::Integer, "80.5", Value::Decimal(80.5)),
            (Kind::Integer, "80x", text("80x")),
            (Kind::Integer, "", text("")),
            (Kind::Decimal, "3", Value::Decimal(3.0)),
            (Kind::Decimal, "inf", text("inf")),
            (Kind::Bool, "yes", Value::Bool(true)),
            (Kind::Bool, "maybe", text("maybe")),
            (Kind::Text, " a ", text(" a ")),
            (Kind::List, "a, b", Value::List(vec![text("a"), text("b")])),
            (Kind::List, r#"["a, b"]"#, Value::List(vec![text("a, b")])),
            (Kind::List, "", Value::List(vec![])),
        ] {
            assert_eq!(kind.read(typed), expected, "{kind:?} {typed:?}");
        }
    }

    #[test]
    fn what_an_editor_shows_reads_back_as_the_same_value() {
        for (kind, value) in [
            (Kind::Integer, Value::Integer(8001)),
            (Kind::Decimal, Value::Decimal(3.0)),
            (Kind::Decimal, Value::Decimal(1e300)),
            (Kind::Bool, Value::Bool(false)),
            (Kind::Text, Value::Text("a, b".into())),
            (
                Kind::List,
                Value::List(vec![Value::Text("a".into()), Value::Text("b".into())]),
            ),
            (
                Kind::List,
                Value::List(vec![Value::Text("a, b".into()), Value::Text(String::new())]),
            ),
            (Kind::List, Value::List(vec![])),
        ] {
            assert_eq!(kind.read(&value.editable()), value);
        }
    }

    #[test]
    fn values_take_the_shape_of_their_kind() {
        assert_eq!(Kind::Decimal.adopt(Value::Integer(3)), Value::Decimal(3.0));
        assert_eq!(
            Kind::Integer.adopt(Value::Decimal(8003.0)),
            Value::Integer(8003)
        );
        assert_eq!(
            Kind::Integer.adopt(Value::Decimal(0.5)),
            Value::Decimal(0.5)
        );
        assert_eq!(Value::Decimal(3.0).to_string(), "3.0");
    }

    #[test]
    fn secrets_do_not_show() {
        let address = Value::Text("ws://root:pw@host".into());
        assert_eq!(address.to_string(), secret::MASK);
        assert!(address.is_clear_secret());
        let value = Kind::Secret.read("swordfish");
        assert_eq!(
            format!("{value} {value:?} {}", value.editable()),
            "(secret) Secret((secret)) "
        );
    }
}
