//! When an input shows: comparisons of values in force, joined by `and`, `or`, `not`.
//! Leaves to others: reading the text (`parse`), whether the named inputs exist (`load`), hiding (`compose`).

mod parse;

use std::cmp::Ordering;

use crate::value::{Kind, Value};

/// A condition over earlier inputs, by their names.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition(Node);

#[derive(Clone, Debug, PartialEq)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Test(Test),
    /// Whether there is a file, as it was when the form was loaded.
    File {
        path: String,
        there: bool,
    },
}

#[derive(Clone, Debug, PartialEq)]
struct Test {
    /// The name of an input.
    field: String,
    op: Op,
    literal: String,
    /// A quoted literal compares with text as text, even when it looks like a number.
    quoted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Equal,
    Different,
    Greater,
    Less,
    AtLeast,
    AtMost,
    Contains,
    StartsWith,
    EndsWith,
    /// `value in field`
    In,
}

impl Condition {
    /// Reads `field == value and not (other > 3 or x in list)`.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        parse::parse(text).map(Self)
    }

    /// The condition that holds when both do.
    #[must_use]
    pub fn both(self, other: Self) -> Self {
        Self(Node::All(vec![self.0, other.0]))
    }

    /// Looks once whether the files of `file_exists(path)` are there, so that judging later needs no disk. Until
    /// then none is.
    #[must_use]
    pub fn look_at_files(mut self, exists: &dyn Fn(&str) -> bool) -> Self {
        self.0.look_at_files(exists);
        self
    }

    /// Would TypeDialog, which has no `and`, `or`, `not` and parentheses, read this text as it is meant?
    #[must_use]
    pub fn is_typedialogs(text: &str) -> bool {
        parse::is_typedialogs(text)
    }

    /// The inputs it names, in the order of the text; a name used twice comes twice.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let mut names = Vec::new();
        self.0.collect_names(&mut names);
        names.into_iter()
    }

    /// Does it hold? `value` gives the value in force of an input. Without a value every comparison
    /// is false, and `!=` is true.
    #[must_use]
    pub fn holds(&self, value: &dyn Fn(&str) -> Option<Value>) -> bool {
        self.0.holds(value)
    }
}

impl Node {
    fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.collect_names(names);
                }
            }
            Self::Not(node) => node.collect_names(names),
            Self::Test(test) => names.push(&test.field),
            Self::File { .. } => {}
        }
    }

    fn look_at_files(&mut self, exists: &dyn Fn(&str) -> bool) {
        match self {
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.look_at_files(exists);
                }
            }
            Self::Not(node) => node.look_at_files(exists),
            Self::Test(_) => {}
            Self::File { path, there } => *there = exists(path),
        }
    }

    fn holds(&self, value: &dyn Fn(&str) -> Option<Value>) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.holds(value)),
            Self::Any(nodes) => nodes.iter().any(|node| node.holds(value)),
            Self::Not(node) => !node.holds(value),
            Self::Test(test) => match value(&test.field) {
                Some(value) => test.holds(&value),
                None => test.op == Op::Different,
            },
            Self::File { there, .. } => *there,
        }
    }
}

impl Test {
    fn holds(&self, value: &Value) -> bool {
        let order = || self.compare(value);
        match self.op {
            Op::Equal => order() == Some(Ordering::Equal),
            Op::Different => order() != Some(Ordering::Equal),
            Op::Greater => order() == Some(Ordering::Greater),
            Op::Less => order() == Some(Ordering::Less),
            Op::AtLeast => order().is_some_and(Ordering::is_ge),
            Op::AtMost => order().is_some_and(Ordering::is_le),
            Op::Contains => match value {
                Value::List(items) => items.iter().any(|item| self.equals(item)),
                _ => plain(value).contains(&self.literal),
            },
            Op::StartsWith => plain(value).starts_with(&self.literal),
            Op::EndsWith => plain(value).ends_with(&self.literal),
            Op::In => match value {
                Value::List(items) => items.iter().any(|item| self.equals(item)),
                Value::Text(text) => match Kind::List.read(text) {
                    Value::List(items) => items.iter().any(|item| self.equals(item)),
                    _ => false,
                },
                other => self.equals(other),
            },
        }
    }

    fn equals(&self, value: &Value) -> bool {
        self.compare(value) == Some(Ordering::Equal)
    }

    /// How the value stands to the literal; `None` when the two cannot be compared.
    fn compare(&self, value: &Value) -> Option<Ordering> {
        match value {
            Value::Bool(b) => {
                let other: bool = self.literal.parse().ok()?;
                // Neither is greater: only equality makes sense of two truths.
                (*b == other).then_some(Ordering::Equal)
            }
            Value::Integer(n) => numbers(&n.to_string(), &self.literal),
            Value::Decimal(n) => numbers(&n.to_string(), &self.literal),
            Value::Text(text) => (!self.quoted)
                .then(|| numbers(text, &self.literal))
                .flatten()
                .or_else(|| Some(text.as_str().cmp(&self.literal))),
            Value::Secret(secret) => {
                let same = match secret.reference() {
                    Some(reference) => reference == self.literal,
                    // All that may be asked about a secret is whether there is one.
                    None => secret.is_empty() && self.literal.is_empty(),
                };
                same.then_some(Ordering::Equal)
            }
            Value::List(_) => (Kind::List.read(&self.literal) == *value).then_some(Ordering::Equal),
            Value::Record(_) => None,
        }
    }
}

fn numbers(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (a.trim(), b.trim());
    match (a.parse::<i64>(), b.parse::<i64>()) {
        (Ok(a), Ok(b)) => Some(a.cmp(&b)),
        _ => a.parse::<f64>().ok()?.partial_cmp(&b.parse::<f64>().ok()?),
    }
}

/// The text that `contains` and its kin look at; nothing of a secret.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Secret(secret) => secret.reference().unwrap_or_default().to_owned(),
        Value::Record(_) => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn text(s: &str) -> Value {
        Value::Text(s.to_owned())
    }

    fn lookup(name: &str) -> Option<Value> {
        Some(match name {
            "mode" => text("enterprise"),
            "tls" => Value::Bool(true),
            "port" => Value::Integer(8001),
            "weight" => Value::Decimal(0.5),
            "typed_port" => text("08001"),
            "version" => text("1.10"),
            "chain" => Value::List(vec![text("claude"), text("gpt-4")]),
            "csv" => text("a, b"),
            "password" => Value::Secret(Secret::new("swordfish")),
            "token" => Value::Secret(Secret::new("${ENV:TOKEN}")),
            "empty_secret" => Value::Secret(Secret::new("")),
            "empty" => text(""),
            _ => return None,
        })
    }

    #[test]
    fn conditions_hold_or_not() {
        for (condition, expected) in [
            ("mode == enterprise", true),
            ("mode == 'enterprise'", true),
            ("mode != solo", true),
            ("mode contains prise", true),
            ("mode startswith enter", true),
            ("mode endswith enter", false),
            ("tls == true", true),
            ("tls == false", false),
            ("tls != false", true),
            ("tls >= false", false),
            ("port == 8001", true),
            ("port == '8001'", true),
            ("port == 8001.0", true),
            ("port > 900", true),
            ("port < 900", false),
            ("port >= 8001 and port <= 8001", true),
            ("port > many", false),
            ("port != many", true),
            ("weight == .5", true),
            ("typed_port == 8001", true),
            ("typed_port == \"8001\"", false),
            ("typed_port > 900", true),
            ("version == \"1.1\"", false),
            ("chain contains claude", true),
            ("chain contains clau", false),
            ("gpt-4 in chain", true),
            ("'gemini' in chain", false),
            ("b in csv", true),
            ("chain == \"claude, gpt-4\"", true),
            ("chain startswith claude", true),
            ("password == swordfish", false),
            ("password contains sword", false),
            ("password != ''", true),
            ("password == ''", false),
            ("empty_secret == ''", true),
            ("token startswith ${ENV:", true),
            ("empty == ''", true),
            ("missing == ''", false),
            ("missing != x", true),
            ("missing < 3", false),
            ("not missing == x", true),
            ("not (tls == true and port == 1)", true),
            ("tls == false or port == 8001 and mode == solo", false),
            (
                "(tls == false or port == 8001) and mode == enterprise",
                true,
            ),
            ("not tls == false and not tls == false", true),
        ] {
            let parsed = Condition::parse(condition).unwrap_or_else(|e| panic!("{condition}: {e}"));
            assert_eq!(parsed.holds(&lookup), expected, "{condition}");
        }
    }

    #[test]
    fn names_come_in_the_order_of_the_text() {
        let condition = Condition::parse("not (b == 1 or x in a) and c != d").unwrap();
        assert_eq!(condition.names().collect::<Vec<_>>(), ["b", "a", "c"]);
        let both = condition.both(Condition::parse("e == 1").unwrap());
        assert_eq!(both.names().last(), Some("e"));
    }
}
