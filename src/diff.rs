//! Two configurations compared by path, not by text, and how both sides of a row read without telling a secret.
//! Leaves to others: showing (`tui`, `cli`), folding and jumping (`tui`).

use crate::config::Config;
use crate::schema::FieldPath;
use crate::secret::MASK;
use crate::value::Value;

/// What happened to a setting from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    Same,
}

impl ChangeKind {
    fn of(left: Option<&Value>, right: Option<&Value>) -> Self {
        match (left, right) {
            (None, Some(_)) => Self::Added,
            (Some(_), None) => Self::Removed,
            (left, right) if left == right => Self::Same,
            _ => Self::Changed,
        }
    }

    /// The sign in the column between the values.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Changed => "~",
            Self::Same => " ",
        }
    }

    /// `added`, `removed`, `changed`, `same`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// One setting with both values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row<'a> {
    pub path: &'a FieldPath,
    pub kind: ChangeKind,
    pub left: Option<&'a Value>,
    pub right: Option<&'a Value>,
}

/// All settings, in schema order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff<'a> {
    pub rows: Vec<Row<'a>>,
}

impl<'a> Diff<'a> {
    /// Only what differs.
    pub fn changes(&self) -> impl Iterator<Item = &Row<'a>> {
        self.rows.iter().filter(|row| row.kind != ChangeKind::Same)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes().next().is_none()
    }

    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            *match row.kind {
                ChangeKind::Added => &mut counts.added,
                ChangeKind::Removed => &mut counts.removed,
                ChangeKind::Changed => &mut counts.changed,
                ChangeKind::Same => &mut counts.same,
            } += 1;
        }
        counts
    }
}

/// How many settings are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub added: usize,
    pub removed: usize,
    pub changed: usize,
    pub same: usize,
}

impl Counts {
    /// How many are not the same.
    #[must_use]
    pub fn differing(self) -> usize {
        self.added + self.removed + self.changed
    }
}

/// `3 changed, 1 added, 106 the same`; what is neither added nor removed is not spoken of.
impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} changed, ", self.changed)?;
        for (count, word) in [(self.added, "added"), (self.removed, "removed")] {
            if count > 0 {
                write!(f, "{count} {word}, ")?;
            }
        }
        write!(f, "{} the same", self.same)
    }
}

/// Compares two configurations of the same schema.
#[must_use]
pub fn diff<'a>(left: &'a Config, right: &'a Config) -> Diff<'a> {
    let rows = left
        .beside(right)
        .map(|(field, left, right)| {
            let left = left.value.as_ref();
            let right = right.and_then(|leaf| leaf.value.as_ref());
            Row {
                path: &field.path,
                kind: ChangeKind::of(left, right),
                left,
                right,
            }
        })
        .collect();
    Diff { rows }
}

/// Both values as texts: `show` says how one reads, `none` what stands for no value. Two secrets in clear that differ
/// would look the same, so the right one says that it changed.
#[must_use]
pub fn sides(
    left: Option<&Value>,
    right: Option<&Value>,
    none: &str,
    show: impl Fn(&Value) -> String,
) -> (String, String) {
    let text = |value: Option<&Value>| value.map_or_else(|| none.to_owned(), &show);
    let is_secret = |value: Option<&Value>| value.is_some_and(Value::is_clear_secret);
    let both_hidden = is_secret(left) && is_secret(right) && left != right;
    let right = if both_hidden {
        format!("{}, changed)", MASK.trim_end_matches(')'))
    } else {
        text(right)
    };
    (text(left), right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn a_row_is_what_its_two_sides_make_it() {
        let (one, two) = (Value::Integer(1), Value::Integer(2));
        for (left, right, expected) in [
            (None, Some(&one), ChangeKind::Added),
            (Some(&one), None, ChangeKind::Removed),
            (Some(&one), Some(&two), ChangeKind::Changed),
            (Some(&one), Some(&one), ChangeKind::Same),
            (None, None, ChangeKind::Same),
        ] {
            assert_eq!(ChangeKind::of(left, right), expected, "{left:?} {right:?}");
        }
    }

    #[test]
    fn both_sides_read_without_telling_a_secret() {
        let secret = |text: &str| Value::Secret(Secret::new(text));
        let address = |password: &str| Value::Text(format!("ws://root:{password}@db"));
        let list = |password: &str| Value::List(vec![Value::Text("a".into()), address(password)]);
        let (changed, kept) = ("(secret, changed)", "(secret)");
        for (left, right, expected) in [
            (Some(secret("one")), Some(secret("two")), (kept, changed)),
            (Some(secret("one")), Some(secret("one")), (kept, kept)),
            (
                Some(secret("${ENV:A}")),
                Some(secret("two")),
                ("${ENV:A}", kept),
            ),
            (Some(address("one")), Some(address("two")), (kept, changed)),
            (
                Some(list("one")),
                Some(list("two")),
                ("a, (secret)", changed),
            ),
            (None, Some(secret("two")), ("none", kept)),
            (Some(Value::Integer(1)), None, ("1", "none")),
        ] {
            let (left, right) = sides(left.as_ref(), right.as_ref(), "none", Value::to_string);
            assert_eq!((left.as_str(), right.as_str()), expected);
        }
    }

    #[test]
    fn counts_speak_of_what_there_is() {
        let counts = |changed, added, removed| Counts {
            added,
            removed,
            changed,
            same: 9,
        };
        for (counts, expected) in [
            (counts(0, 0, 0), "0 changed, 9 the same"),
            (counts(3, 1, 0), "3 changed, 1 added, 9 the same"),
            (counts(3, 1, 2), "3 changed, 1 added, 2 removed, 9 the same"),
        ] {
            assert_eq!(counts.to_string(), expected);
        }
    }
}
