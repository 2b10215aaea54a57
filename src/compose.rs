//! One composition: which answers count, asked until the hidden fields stand still.
//! A pure state machine; the caller carries overlays to Nickel and verdicts back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::answers::Said;
use crate::config::{self, Config, Origin, Overlay, Verdict};
use crate::form::{Form, Input, WhenFalse};
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

/// Times that hidden fields are worked out again before the form is found to contradict itself (DESIGN 2).
const ROUNDS: u8 = 4;

/// Everything a composition reads.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    pub schema: &'a Arc<Schema>,
    pub form: &'a Form,
    pub said: &'a Said,
    pub environment: &'a BTreeMap<FieldPath, Value>,
    /// The field being edited, with the value typed so far.
    pub typing: Option<(&'a FieldPath, &'a Value)>,
    /// The profile alone, when it is known.
    pub profile: Option<&'a Config>,
    /// The profile that the base was written on, alone, when it is known.
    pub base_profile: Option<&'a Config>,
}

/// What follows from a verdict.
#[derive(Debug)]
pub enum Step {
    /// Other fields are hidden now: judge this overlay too.
    Again(Overlay),
    Done(Config),
}

/// The state between a question and its verdict.
#[derive(Clone, Debug, Default)]
pub struct Composition {
    hidden: BTreeSet<FieldPath>,
    overlay: Overlay,
    round: u8,
}

impl Composition {
    /// The overlay to judge, with the fields hidden that were hidden last.
    pub fn begin(&mut self, inputs: &Inputs) -> &Overlay {
        self.round = 1;
        self.lay(inputs)
    }

    fn lay(&mut self, inputs: &Inputs) -> &Overlay {
        self.overlay = config::overlay(
            inputs.said,
            inputs.environment,
            inputs.typing,
            &self.hidden,
            inputs.base_profile,
        );
        for input in keepers(inputs.form) {
            if self.hidden.contains(&input.path)
                && !self.overlay.contains_key(&input.path)
                && let Some(field) = inputs.schema.get(input.path.as_str())
                && let Some(value) = input.proposed(field.kind)
            {
                // It is the form that says so, no opened file; but a file it is, and its name says which.
                let origin = Origin::File(input.place.file.to_string_lossy().into_owned());
                self.overlay.insert(input.path.clone(), (value, origin));
            }
        }
        &self.overlay
    }

    /// The fields hidden as of the last verdict.
    #[must_use]
    pub fn hidden(&self) -> &BTreeSet<FieldPath> {
        &self.hidden
    }

    /// What counts now, over the profile alone, with who says it.
    #[must_use]
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    /// Takes the verdict on the last overlay.
    pub fn settle(&mut self, inputs: &Inputs, verdict: Verdict) -> Step {
        let mut config = Config::new(inputs.schema, &self.overlay, verdict, inputs.profile);
        let hidden = hidden(inputs.form, &config);
        let kept: BTreeSet<&FieldPath> = keepers(inputs.form).map(|input| &input.path).collect();
        let moved: Vec<FieldPath> = hidden
            .symmetric_difference(&self.hidden)
            .filter(|path| inputs.said.answers.contains_key(*path) || kept.contains(path))
            .cloned()
            .collect();
        self.hidden = hidden;
        if moved.is_empty() {
            return Step::Done(config);
        }
        if self.round < ROUNDS {
            self.round += 1;
            return Step::Again(self.lay(inputs).clone());
        }
        let names: Vec<&str> = moved.iter().map(FieldPath::as_str).collect();
        config.add_problems([Problem::error(format!(
            "The form hides and shows {} in turn, because each depends on the other.",
            names.join(", ")
        ))
        .hint("Take one of these answers back, or mend the `when` of the form.")
        .at(moved[0].clone())]);
        Step::Done(config)
    }
}

/// The inputs whose default counts while they are hidden (`when_false = "default"`): over the profile, under file and
/// environment, in the place of their answer.
fn keepers(form: &Form) -> impl Iterator<Item = &Input> {
    form.inputs()
        .map(|(_, input)| input)
        .filter(|input| input.when_false == WhenFalse::Default && input.default.is_some())
}

/// The fields whose `when`, or whose panel's, does not hold.
fn hidden(form: &Form, config: &Config) -> BTreeSet<FieldPath> {
    let paths: BTreeMap<&str, &FieldPath> = form
        .inputs()
        .map(|(_, input)| (input.name.as_str(), &input.path))
        .collect();
    let value = |name: &str| config.value(paths.get(name)?.as_str()).cloned();
    let mut hidden = BTreeSet::new();
    for panel in &form.panels {
        let shown = panel.when.as_ref().is_none_or(|when| when.holds(&value));
        for input in panel.inputs() {
            if !shown || !input.when.as_ref().is_none_or(|when| when.holds(&value)) {
                hidden.insert(input.path.clone());
            }
        }
    }
    hidden
}
