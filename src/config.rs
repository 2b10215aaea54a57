//! What is in force: the layers below the answers merged by path, and the judged result with origins and problems.
//! Leaves to others: judging (`nickel`), deciding which fields are hidden (`compose`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::answers::{Base, Said};
use crate::problem::{Counts, Problem};
use crate::schema::{Field, FieldPath, Schema};
use crate::value::Value;

/// Who gave the value in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Schema,
    Profile,
    /// An opened file, by its name.
    File(String),
    /// An opened preset, by its name.
    Preset(String),
    /// An environment variable, by its name.
    Environment(String),
    You,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema => f.write_str("schema"),
            Self::Profile => f.write_str("profile"),
            Self::File(name) | Self::Environment(name) => f.write_str(name),
            Self::Preset(name) => write!(f, "preset {name}"),
            Self::You => f.write_str("you"),
        }
    }
}

impl Origin {
    /// The origin of what a base says.
    #[must_use]
    pub fn of_base(base: &Base) -> Self {
        match &base.preset {
            Some(preset) => Self::Preset(preset.name.clone()),
            None => Self::File(base.name()),
        }
    }

    /// Does a base say it?
    #[must_use]
    pub fn is_base(&self) -> bool {
        matches!(self, Self::File(_) | Self::Preset(_))
    }
}

/// Values laid over the profile, each with who gave it.
pub type Overlay = BTreeMap<FieldPath, (Value, Origin)>;

/// Merges base, environment and answers by path, the later over the earlier. Answers of `hidden` fields stay out.
/// A base's values that equal those of the profile it was written on stay out too: they follow the profile.
/// `typing` is the value of the field being edited, over everything.
#[must_use]
pub fn overlay(
    said: &Said,
    environment: &BTreeMap<FieldPath, Value>,
    typing: Option<(&FieldPath, &Value)>,
    hidden: &BTreeSet<FieldPath>,
    base_profile: Option<&Config>,
) -> Overlay {
    let mut overlay = Overlay::new();
    if let Some(base) = &said.base {
        let origin = Origin::of_base(base);
        let shared =
            |path: &FieldPath| base_profile.and_then(|profile| profile.value(path.as_str()));
        for (path, value) in &base.values {
            if shared(path) == Some(value) {
                continue;
            }
            overlay.insert(path.clone(), (value.clone(), origin.clone()));
        }
    }
    for (path, value) in environment {
        let origin = Origin::Environment(path.environment_name());
        overlay.insert(path.clone(), (value.clone(), origin));
    }
    for (path, value) in said.answers.iter().chain(typing) {
        if !hidden.contains(path) {
            overlay.insert(path.clone(), (value.clone(), Origin::You));
        }
    }
    overlay
}

/// Which layer won inside Nickel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetBy {
    Schema,
    Profile,
    /// The profile, by `force`: an overlay cannot change it.
    ProfileForced,
    Overlay,
}

/// What Nickel said about one overlay under one profile. Leaves stand in schema order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub leaves: Vec<(Option<Value>, Option<SetBy>)>,
    pub problems: Vec<Problem>,
}

/// The value in force of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Absent when no layer gives a value. A broken leaf keeps its raw value.
    pub value: Option<Value>,
    pub origin: Origin,
    /// The profile holds it by `force`.
    pub held: bool,
}

/// The whole configuration in force, one leaf per schema field.
#[derive(Clone, Debug)]
pub struct Config {
    schema: Arc<Schema>,
    leaves: Vec<Leaf>,
    problems: Vec<Problem>,
}

impl Config {
    /// Joins a verdict with the overlay it was given for. `profile` is the profile alone, when it is known:
    /// a file's value that equals it counts as the profile's.
    #[must_use]
    pub fn new(
        schema: &Arc<Schema>,
        overlay: &Overlay,
        verdict: Verdict,
        profile: Option<&Self>,
    ) -> Self {
        let mut judged = verdict.leaves.into_iter();
        let leaves = schema
            .fields()
            .iter()
            .map(|field| {
                let (value, set_by) = judged.next().unwrap_or_default();
                let value = value.map(|value| field.kind.adopt(value));
                let said = overlay.get(&field.path);
                let (value, origin) = match (said, set_by) {
                    (Some((_, origin)), Some(SetBy::Overlay) | None) => {
                        let shown = value.or_else(|| said.map(|(value, _)| value.clone()));
                        (shown, origin.clone())
                    }
                    (_, Some(SetBy::Profile | SetBy::ProfileForced)) => (value, Origin::Profile),
                    _ => (value, Origin::Schema),
                };
                Leaf {
                    value,
                    origin,
                    held: set_by == Some(SetBy::ProfileForced),
                }
            })
            .collect();
        let mut config = Self {
            schema: Arc::clone(schema),
            leaves,
            problems: verdict.problems,
        };
        if let Some(profile) = profile {
            config.credit_profile(profile);
        }
        config
    }

    fn credit_profile(&mut self, profile: &Self) {
        for (leaf, theirs) in self.leaves.iter_mut().zip(&profile.leaves) {
            if leaf.origin.is_base() && leaf.value == theirs.value {
                leaf.origin = theirs.origin.clone();
            }
        }
    }

    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Fields with their leaves, in schema order.
    pub fn iter(&self) -> impl Iterator<Item = (&Field, &Leaf)> {
        self.schema.fields().iter().zip(&self.leaves)
    }

    /// Fields with their leaves here and in another configuration, in the schema order of this one.
    pub fn beside<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (&'a Field, &'a Leaf, Option<&'a Leaf>)> {
        // Under one schema the places are the same: thousands of paths are not looked up at every frame.
        let one_schema = Arc::ptr_eq(&self.schema, &other.schema);
        self.iter().enumerate().map(move |(i, (field, leaf))| {
            let theirs = if one_schema {
                other.leaves.get(i)
            } else {
                other.leaf(field.path.as_str())
            };
            (field, leaf, theirs)
        })
    }

    #[must_use]
    pub fn leaf(&self, path: &str) -> Option<&Leaf> {
        self.schema.position(path).map(|i| &self.leaves[i])
    }

    #[must_use]
    pub fn value(&self, path: &str) -> Option<&Value> {
        self.leaf(path).and_then(|leaf| leaf.value.as_ref())
    }

    /// The same with these values laid over it, not judged: what the profile holds by force stays, problems are none.
    #[must_use]
    pub fn with_values(&self, values: &BTreeMap<FieldPath, Value>, origin: &Origin) -> Self {
        let mut config = self.clone();
        config.problems.clear();
        for (field, leaf) in config.schema.fields().iter().zip(&mut config.leaves) {
            if let (Some(value), false) = (values.get(&field.path), leaf.held)
                && leaf.value.as_ref() != Some(value)
            {
                leaf.value = Some(value.clone());
                leaf.origin = origin.clone();
            }
        }
        config
    }

    /// The same with every clear secret replaced by the text `(secret)`: what is made of it may be shown.
    #[must_use]
    pub fn masked(&self) -> Self {
        let mut masked = self.clone();
        for leaf in &mut masked.leaves {
            if let Some(value) = &mut leaf.value {
                value.mask();
            }
        }
        masked
    }

    pub(crate) fn add_problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
    }

    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The problems of one field, the worst first.
    #[must_use]
    pub fn problems_at(&self, path: &str) -> Vec<&Problem> {
        let mut found: Vec<&Problem> = self
            .problems
            .iter()
            .filter(|problem| problem.path.as_ref().is_some_and(|p| p.as_str() == path))
            .collect();
        found.sort_by_key(|problem| problem.severity);
        found
    }

    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.problems)
    }

    /// Would writing this configuration put a secret into the file in clear?
    #[must_use]
    pub fn clear_secrets(&self) -> usize {
        self.leaves
            .iter()
            .filter_map(|leaf| leaf.value.as_ref())
            .filter(|value| value.is_clear_secret())
            .count()
    }
}
