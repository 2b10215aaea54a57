//! What a preset holds that the one saved over it would not: secrets in clear, which stand nowhere else, and answers that
//! do not fit the schema.
//! Leaves to others: asking whether they may go (`cli`, `tui`).

use std::collections::BTreeMap;

use super::Preset;
use super::library::Loaded;
use crate::problem::{Severity, counted};
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

/// The secrets in clear that would be gone; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost(Vec<FieldPath>);

/// What `old` would lose by having these answers instead.
#[must_use]
pub fn lost(old: &Preset, answers: &BTreeMap<FieldPath, Value>) -> Option<Lost> {
    let clear = old.answers.iter();
    let gone =
        clear.filter(|(path, value)| value.is_clear_secret() && !answers.contains_key(*path));
    let gone: Vec<FieldPath> = gone.map(|(path, _)| path.clone()).collect();
    (!gone.is_empty()).then_some(Lost(gone))
}

impl Lost {
    #[must_use]
    pub fn paths(&self) -> &[FieldPath] {
        &self.0
    }

    /// `1 secret`.
    #[must_use]
    pub fn count(&self) -> String {
        counted(self.0.len(), "secret")
    }

    /// `holds 1 secret in clear that would be lost: database.password.`, to stand behind the preset's name.
    #[must_use]
    pub fn words(&self) -> String {
        let paths: Vec<&str> = self.0.iter().map(FieldPath::as_str).collect();
        format!(
            "holds {} in clear that would be lost: {}.",
            self.count(),
            paths.join(", ")
        )
    }
}

/// More are counted and not named.
const MOST_NAMED: usize = 3;

/// The answers of a preset that go when it is saved over, because they do not fit the schema of now; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    paths: Vec<FieldPath>,
    /// Does the schema know none of them?
    unknown: bool,
}

/// What of `old` these answers cannot say.
#[must_use]
pub fn unfit(old: &Loaded, answers: &BTreeMap<FieldPath, Value>, schema: &Schema) -> Option<Unfit> {
    let known = |path: &FieldPath| {
        let mut fields = schema.fields().iter();
        fields.any(|field| field.path.is_within(path.as_str()))
    };
    let mut paths = Vec::new();
    for problem in &old.problems {
        let Some(path) = &problem.path else { continue };
        let goes = problem.severity == Severity::Error || !known(path);
        if goes && !answers.contains_key(path) && !paths.contains(path) {
            paths.push(path.clone());
        }
    }
    let unknown = !paths.iter().any(known);
    (!paths.is_empty()).then_some(Unfit { paths, unknown })
}

impl Unfit {
    #[must_use]
    pub fn paths(&self) -> &[FieldPath] {
        &self.paths
    }

    /// `leaves out 2 answers that the schema does not know: backend.gone, agents.gone.`
    #[must_use]
    pub fn words(&self) -> String {
        let named: Vec<&str> = self.paths.iter().map(FieldPath::as_str).collect();
        let shown = named[..named.len().min(MOST_NAMED)].join(", ");
        let more = match named.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let why = match (self.unknown, named.len()) {
            (true, _) => "the schema does not know",
            (false, 1) => "does not fit the schema",
            (false, _) => "do not fit the schema",
        };
        let count = counted(named.len(), "answer");
        format!("leaves out {count} that {why}: {shown}{more}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{Description, Name};
    use crate::secret::Secret;

    #[test]
    fn only_a_secret_in_clear_that_is_given_no_more_is_lost() {
        let secret = |text: &str| Value::Secret(Secret::new(text));
        let answers = |of: &[(&str, Value)]| {
            let of = of.iter().cloned();
            of.map(|(path, value)| (FieldPath::from(path), value))
                .collect()
        };
        let old = Preset {
            name: Name::new("a").unwrap(),
            description: Description::default(),
            schema: String::new(),
            profile: None,
            workload: None,
            answers: answers(&[
                ("a.port", Value::Integer(1)),
                ("a.token", secret("${ENV:TOKEN}")),
                ("b.password", secret("swordfish")),
                ("b.token", secret("swordfish")),
            ]),
        };
        let none = lost(&old, &answers(&[])).unwrap();
        assert_eq!(
            none.words(),
            "holds 2 secrets in clear that would be lost: b.password, b.token."
        );
        let one = lost(&old, &answers(&[("b.token", secret("another"))])).unwrap();
        assert_eq!((one.count().as_str(), one.paths().len()), ("1 secret", 1));
        assert_eq!(lost(&old, &old.answers), None);
    }
}
