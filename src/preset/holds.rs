//! What a preset of the present state holds: only what differs from the profile, so it follows the profile.

use std::collections::BTreeMap;

use super::Preset;
use super::places::Whose;
use crate::config::{Config, Overlay};
use crate::problem::{Problem, counted};
use crate::schema::FieldPath;
use crate::value::Value;

/// The answers of a preset, and what was left out of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holds {
    pub answers: BTreeMap<FieldPath, Value>,
    /// Secrets in clear that are not in it.
    pub left_out: Vec<FieldPath>,
    /// Secrets in clear that are in it: then only its owner may read it.
    pub clear_secrets: usize,
    /// What was asked for and cannot be.
    pub problems: Vec<Problem>,
}

/// What would be saved. `overlay` is what counts now ([`crate::config::overlay`]): of the file or preset that is open,
/// of the environment and of the operator. `profile` is the profile alone. Secrets in clear stay out unless
/// `with_secrets`, and of a shared preset always; references to secrets are kept.
#[must_use]
pub fn holds(overlay: &Overlay, profile: &Config, whose: Whose, with_secrets: bool) -> Holds {
    let mut holds = Holds::default();
    for (path, (value, _)) in overlay {
        let theirs = profile.leaf(path.as_str());
        // What the profile holds by force cannot differ.
        if theirs.is_none_or(|leaf| leaf.held || leaf.value.as_ref() == Some(value)) {
            continue;
        }
        if value.is_clear_secret() {
            if whose == Whose::Shared || !with_secrets {
                holds.left_out.push(path.clone());
                continue;
            }
            holds.clear_secrets += 1;
        }
        holds.answers.insert(path.clone(), value.clone());
    }
    if whose == Whose::Shared && with_secrets && !holds.left_out.is_empty() {
        holds.problems.push(
            Problem::error("A shared preset never holds a secret in clear.").hint(format!(
                "Refer to it, for example {}=${{FILE:/run/secrets/name}}, or save the preset as yours.",
                holds.left_out[0]
            )),
        );
    }
    holds
}

impl Holds {
    /// Takes in what the operator's own preset that it replaces holds in clear already, when it is still in force.
    pub fn keep_of(&mut self, overlay: &Overlay, old: &Preset) {
        let Self {
            answers,
            left_out,
            clear_secrets,
            ..
        } = self;
        left_out.retain(|path| match (overlay.get(path), old.answers.get(path)) {
            (Some((value, _)), Some(kept)) if value == kept => {
                answers.insert(path.clone(), value.clone());
                *clear_secrets += 1;
                false
            }
            _ => true,
        });
    }

    /// `profile enterprise, 4 answers; 1 secret in clear left out`.
    #[must_use]
    pub fn words(&self, profile: &str) -> String {
        let answers = counted(self.answers.len(), "answer");
        let secrets = match (self.left_out.len(), self.clear_secrets) {
            (0, 0) => "; no secrets in clear".to_owned(),
            (0, n) => format!("; {} in clear among them, mode 0600", counted(n, "secret")),
            (n, _) => format!("; {} in clear left out", counted(n, "secret")),
        };
        format!("profile {profile}, {answers}{secrets}")
    }
}

/// `; workload team-a`: said behind other words where a preset names one.
#[must_use]
pub fn with_workload(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!("; workload {name}"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Origin, SetBy, Verdict};
    use crate::schema::Schema;
    use crate::secret::Secret;
    use crate::value::Kind;

    fn profile() -> Config {
        let fields = [
            ("a.forced", Kind::Integer),
            ("a.port", Kind::Integer),
            ("a.url", Kind::Text),
            ("b.password", Kind::Secret),
            ("b.token", Kind::Secret),
        ];
        let schema = Arc::new(Schema::example(fields));
        let verdict = Verdict {
            leaves: vec![
                (Some(Value::Integer(1)), Some(SetBy::ProfileForced)),
                (Some(Value::Integer(8001)), Some(SetBy::Profile)),
                (None, None),
                (None, None),
                (None, None),
            ],
            problems: vec![],
        };
        Config::new(&schema, &Overlay::new(), verdict, None)
    }

    fn secret(text: &str) -> Value {
        Value::Secret(Secret::new(text))
    }

    fn overlay(values: &[(&str, Value)]) -> Overlay {
        let entry = |(path, value): &(&str, Value)| ((*path).into(), (value.clone(), Origin::You));
        values.iter().map(entry).collect()
    }

    #[test]
    fn only_what_differs_is_held() {
        let overlay = overlay(&[
            ("a.forced", Value::Integer(2)),
            ("a.port", Value::Integer(8001)),
            ("a.url", Value::Text("ws://b".into())),
            ("gone", Value::Integer(1)),
        ]);
        let found = holds(&overlay, &profile(), Whose::Shared, false);
        assert_eq!(
            found.answers,
            [("a.url".into(), Value::Text("ws://b".into()))].into()
        );
        assert_eq!(
            found.words("solo"),
            "profile solo, 1 answer; no secrets in clear"
        );
        let broken = self::overlay(&[("a.port", Value::Text("80x".into()))]);
        assert_eq!(
            holds(&broken, &profile(), Whose::Mine, false).answers.len(),
            1
        );
    }

    #[test]
    fn secrets_in_clear_stay_out_unless_asked_for_and_of_shared_ones_always() {
        let overlay = overlay(&[
            ("a.url", Value::Text("ws://root:swordfish@b".into())),
            ("b.password", secret("swordfish")),
            ("b.token", secret("${ENV:TOKEN}")),
        ]);
        for (whose, with, held, out, words) in [
            (
                Whose::Mine,
                false,
                1,
                2,
                "1 answer; 2 secrets in clear left out",
            ),
            (
                Whose::Mine,
                true,
                3,
                0,
                "3 answers; 2 secrets in clear among them, mode 0600",
            ),
            (
                Whose::Shared,
                false,
                1,
                2,
                "1 answer; 2 secrets in clear left out",
            ),
            (
                Whose::Shared,
                true,
                1,
                2,
                "1 answer; 2 secrets in clear left out",
            ),
        ] {
            let found = holds(&overlay, &profile(), whose, with);
            assert_eq!((found.answers.len(), found.left_out.len()), (held, out));
            assert!(found.answers.contains_key("b.token"), "references are kept");
            assert!(
                found.words("solo").ends_with(words),
                "{}",
                found.words("solo")
            );
            assert_eq!(
                found.problems.len(),
                usize::from(whose == Whose::Shared && with)
            );
        }
        let asked = holds(&overlay, &profile(), Whose::Shared, true);
        assert_eq!(
            asked.problems[0].sentence(),
            "A shared preset never holds a secret in clear. Refer to it, for example \
             a.url=${FILE:/run/secrets/name}, or save the preset as yours."
        );
    }
}
