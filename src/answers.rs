//! What the operator said: profile, base and answers, with undo and redo over all three.
//! Holds only what was said; what is in force is worked out by `config`.

mod base;
mod change;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use base::{Base, OfPreset, replace_base};
pub use change::{Change, Whole};

use crate::schema::FieldPath;
use crate::value::Value;

/// Steps that undo goes back (DESIGN 5).
pub const UNDO_STEPS: usize = 1_000;

/// Everything said so far. Two of them are equal when the same would be in force.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    pub profile: Option<String>,
    pub base: Option<Arc<Base>>,
    pub answers: BTreeMap<FieldPath, Value>,
}

impl Said {
    /// How many answers are not as they were then.
    #[must_use]
    pub fn unsaved_since(&self, then: &Self) -> usize {
        let (now, then) = (&self.answers, &then.answers);
        let said = now
            .iter()
            .filter(|(path, value)| then.get(*path) != Some(value))
            .count();
        said + then.keys().filter(|path| !now.contains_key(*path)).count()
    }

    /// The base is called otherwise, and says the same.
    pub fn replace_base(&mut self, old: &Arc<Base>, new: &Arc<Base>) {
        replace_base(&mut self.base, old, new);
    }
}

/// What was said, and how it came to be said.
#[derive(Debug, Default)]
pub struct Answers {
    said: Said,
    undo: Vec<Change>,
    redo: Vec<Change>,
}

impl Answers {
    /// Starts from something said before (a profile and a file named on the command line), with nothing to undo.
    #[must_use]
    pub fn start(said: Said) -> Self {
        Self {
            said,
            ..Self::default()
        }
    }

    #[must_use]
    pub fn said(&self) -> &Said {
        &self.said
    }

    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Value> {
        self.said.answers.get(path)
    }

    /// Sets or, with `None`, takes back the answer for a field. Saying the same again is no step. An answer that
    /// equals what lies beneath stays one: what was said holds under another profile too, until it is taken back.
    pub fn say(&mut self, path: &FieldPath, value: Option<Value>) {
        self.step(Change::Answer {
            before: self.said.answers.get(path).cloned(),
            path: path.clone(),
            after: value,
        });
    }

    /// Sets the answers for these fields, all in one step.
    pub fn say_all(&mut self, answers: Vec<(FieldPath, Value)>) {
        let changes = answers.into_iter().map(|(path, value)| Change::Answer {
            before: self.said.answers.get(&path).cloned(),
            path,
            after: Some(value),
        });
        self.step(Change::Answers(changes.collect()));
    }

    /// Takes the answers for these fields back, all in one step.
    pub fn take_back(&mut self, paths: &[FieldPath]) {
        let changes = paths.iter().map(|path| Change::Answer {
            path: path.clone(),
            before: self.said.answers.get(path).cloned(),
            after: None,
        });
        self.step(Change::Answers(changes.collect()));
    }

    /// Changes the profile; answers are kept.
    pub fn choose_profile(&mut self, name: &str) {
        self.step(Change::Profile {
            before: self.said.profile.clone(),
            after: Some(name.to_owned()),
        });
    }

    /// Opens or closes the one base.
    pub fn open(&mut self, base: Option<Arc<Base>>) {
        self.step(Change::Base {
            before: self.said.base.clone(),
            after: base,
        });
    }

    /// Has this said instead of all that was said, in one step.
    pub fn say_instead(&mut self, said: Said, what: Whole) {
        self.step(Change::All {
            before: Box::new(self.said.clone()),
            after: Box::new(said),
            what,
        });
    }

    /// The base is called otherwise and says the same: no step, and every step before knows it by its new name.
    pub fn replace_base(&mut self, old: &Arc<Base>, new: &Arc<Base>) {
        self.said.replace_base(old, new);
        for change in self.undo.iter_mut().chain(&mut self.redo) {
            change.replace_base(old, new);
        }
    }

    /// Takes the latest step back and says which it was.
    pub fn undo(&mut self) -> Option<Change> {
        let change = self.undo.pop()?;
        self.apply(change.clone().reversed());
        self.redo.push(change.clone());
        Some(change)
    }

    /// Does the latest undone step again and says which it was.
    pub fn redo(&mut self) -> Option<Change> {
        let change = self.redo.pop()?;
        self.apply(change.clone());
        self.undo.push(change.clone());
        Some(change)
    }

    /// Makes a text that was typed and given up reachable by one redo.
    pub fn offer_redo(&mut self, path: &FieldPath, typed: Value) {
        let change = Change::Answer {
            before: self.said.answers.get(path).cloned(),
            path: path.clone(),
            after: Some(typed),
        };
        if !change.is_empty() {
            self.redo.clear();
            self.redo.push(change);
        }
    }

    fn step(&mut self, change: Change) {
        if change.is_empty() {
            return;
        }
        self.apply(change.clone());
        self.redo.clear();
        if self.undo.len() == UNDO_STEPS {
            self.undo.remove(0);
        }
        self.undo.push(change);
    }

    fn apply(&mut self, change: Change) {
        match change {
            Change::Answer {
                path,
                after: Some(value),
                ..
            } => {
                self.said.answers.insert(path, value);
            }
            Change::Answer {
                path, after: None, ..
            } => {
                self.said.answers.remove(&path);
            }
            Change::Answers(changes) => {
                for change in changes {
                    self.apply(change);
                }
            }
            Change::Profile { after, .. } => self.said.profile = after,
            Change::Base { after, .. } => self.said.base = after,
            Change::All { after, .. } => self.said = *after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port() -> FieldPath {
        "backend.port".into()
    }

    #[test]
    fn undo_of_all_is_the_start_and_redo_of_all_the_end() {
        let mut answers = Answers::default();
        let start = answers.said().clone();
        answers.choose_profile("solo");
        answers.say(&port(), Some(Value::Integer(9001)));
        answers.say(&port(), Some(Value::Integer(9002)));
        answers.say(&port(), Some(Value::Integer(9002)));
        answers.choose_profile("enterprise");
        answers.say(&port(), None);
        let end = answers.said().clone();
        assert_eq!(end.profile.as_deref(), Some("enterprise"));
        let mut steps = 0;
        while answers.undo().is_some() {
            steps += 1;
        }
        assert_eq!((steps, answers.said()), (5, &start));
        while answers.redo().is_some() {}
        assert_eq!(answers.said(), &end);
    }

    #[test]
    fn many_answers_are_taken_back_in_one_step() {
        let host: FieldPath = "backend.host".into();
        let mut answers = Answers::default();
        answers.say(&port(), Some(Value::Integer(1)));
        answers.say(&host, Some(Value::Text("::1".into())));
        let said = answers.said().clone();
        answers.take_back(&[port(), host, "backend.workers".into()]);
        assert_eq!(answers.said(), &Said::default());
        assert!(matches!(answers.undo(), Some(Change::Answers(changes)) if changes.len() == 3));
        assert_eq!(answers.said(), &said);
        answers.redo();
        answers.take_back(&[port()]);
        assert_eq!(answers.said(), &Said::default());
        answers.undo();
        assert_eq!(answers.said(), &said, "taking back nothing is no step");
    }

    #[test]
    fn many_answers_are_said_in_one_step() {
        let host: FieldPath = "backend.host".into();
        let mut answers = Answers::default();
        let pair = || {
            vec![
                (port(), Value::Integer(1)),
                (host.clone(), Value::Integer(2)),
            ]
        };
        answers.say_all(pair());
        assert_eq!(answers.said().answers.len(), 2);
        let show = |change: &Change, again| change.sentence(again, "", Value::to_string);
        let undone = answers.undo().unwrap();
        assert_eq!(answers.said(), &Said::default());
        assert_eq!(show(&undone, false), "Undone: 2 answers taken back.");
        let redone = answers.redo().unwrap();
        assert_eq!(answers.said().answers.len(), 2);
        assert_eq!(show(&redone, true), "Done again: 2 answers here again.");
        answers.say_all(pair());
        answers.take_back(&[port(), host.clone()]);
        let undone = answers.undo().unwrap();
        assert_eq!(show(&undone, false), "Undone: 2 answers here again.");
    }

    #[test]
    fn all_that_was_brought_together_is_one_step() {
        let (a, b, c) = ("a".into(), "b".into(), "c".into());
        let mut answers = Answers::default();
        answers.choose_profile("solo");
        answers.say(&a, Some(Value::Integer(1)));
        answers.say(&b, Some(Value::Integer(2)));
        let before = answers.said().clone();
        let after = Said {
            profile: Some("multiuser".into()),
            base: Some(Arc::new(Base {
                file: "v.toml".into(),
                profile: None,
                values: BTreeMap::new(),
                preset: None,
            })),
            answers: BTreeMap::from([(b, Value::Integer(3)), (c, Value::Integer(4))]),
        };
        answers.say_instead(after.clone(), Whole::Together);
        assert_eq!(answers.said(), &after);
        answers.undo();
        assert_eq!(answers.said(), &before);
        answers.redo();
        assert_eq!(answers.said(), &after);
    }

    #[test]
    fn a_preset_takes_the_place_of_all_in_one_step() {
        let mut answers = Answers::default();
        answers.choose_profile("solo");
        answers.say(&port(), Some(Value::Integer(1)));
        let before = answers.said().clone();
        let after = Said {
            profile: Some("enterprise".into()),
            base: Some(Arc::new(Base {
                file: "presets/eu.toml".into(),
                profile: Some("enterprise".into()),
                values: [(port(), Value::Integer(2))].into(),
                preset: Some(OfPreset {
                    name: "eu".into(),
                    named: Some("eu".into()),
                    workload: None,
                }),
            })),
            ..Said::default()
        };
        answers.say_instead(after.clone(), Whole::Preset);
        assert_eq!(answers.said(), &after);
        let show = |change: &Change, again| change.sentence(again, "", Value::to_string);
        let undone = answers.undo().unwrap();
        assert_eq!(answers.said(), &before);
        assert_eq!(
            show(&undone, false),
            "Undone: all is as it was before preset eu was loaded."
        );
        let redone = answers.redo().unwrap();
        assert_eq!(answers.said(), &after);
        assert_eq!(
            show(&redone, true),
            "Done again: preset eu is loaded again."
        );
    }

    #[test]
    fn a_new_step_forgets_what_was_undone() {
        let mut answers = Answers::default();
        answers.say(&port(), Some(Value::Integer(1)));
        answers.undo();
        answers.say(&port(), Some(Value::Integer(2)));
        assert_eq!(answers.redo(), None);
    }

    #[test]
    fn a_text_given_up_is_one_redo_away() {
        let mut answers = Answers::default();
        answers.offer_redo(&port(), Value::Text("90x".into()));
        assert_eq!(answers.get("backend.port"), None);
        answers.redo();
        assert_eq!(
            answers.get("backend.port"),
            Some(&Value::Text("90x".into()))
        );
        answers.undo();
        assert_eq!(answers.said(), &Said::default());
    }

    #[test]
    fn undo_keeps_a_thousand_steps() {
        let mut answers = Answers::default();
        for n in 0..1_500 {
            answers.say(&port(), Some(Value::Integer(n)));
        }
        while answers.undo().is_some() {}
        assert_eq!(answers.get("backend.port"), Some(&Value::Integer(499)));
    }
}
