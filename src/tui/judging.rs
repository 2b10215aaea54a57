//! Asking for the verdict on what is said now, and what follows from each reply.
//! Leaves to others: what is evaluated (`compose`), profiles and files to compare with (`baselines`, `comparing`).

use std::sync::Arc;

use super::app::{App, Wish};
use super::msg::Effect;
use crate::compose::Step;
use crate::config::{Overlay, Verdict};
use crate::nickel::{Reply, Slot};

impl App {
    /// Asks for the verdict on what is said now, and for the profile alone where it is not known.
    pub(super) fn ask(&mut self, effects: &mut Vec<Effect>) {
        self.ask_baselines(effects);
        // What was searched for is found and changed: n goes to problems again.
        self.hits = None;
        let mut composition = std::mem::take(&mut self.composition);
        let schema = self.schema.clone().unwrap_or_default();
        let overlay = composition.begin(&self.inputs(&schema)).clone();
        self.composition = composition;
        self.ask_overlay(overlay, effects);
    }

    fn ask_overlay(&mut self, overlay: Overlay, effects: &mut Vec<Effect>) {
        self.ticket += 1;
        self.settled = false;
        effects.push(Effect::Evaluate {
            slot: Slot::InForce,
            ticket: self.ticket,
            profile: self.profile().map(str::to_owned),
            overlay,
        });
    }

    pub(super) fn reply(&mut self, reply: Reply, effects: &mut Vec<Effect>) {
        match reply {
            Reply::Schema {
                schema,
                problems,
                confined,
            } => {
                self.confined = Some(confined);
                if self.schema.is_none() {
                    self.problems.extend(problems);
                    self.schema = Some(Arc::clone(&schema));
                    self.cross_check();
                    let variables = std::mem::take(&mut self.variables);
                    let (environment, wrong) =
                        crate::check::environment(variables.into_iter(), &schema);
                    self.problems.extend(wrong);
                    self.environment = environment;
                }
                self.schema = Some(schema);
                if self.started && !self.environment.is_empty() {
                    self.ask(effects);
                }
                effects.extend(self.open.clone().map(Effect::Open));
            }
            Reply::Verdict {
                slot: Slot::Baseline,
                ticket,
                verdict,
            } => {
                self.judge_baseline(ticket, verdict, effects);
                self.propose_profile(effects);
            }
            Reply::Verdict {
                slot: Slot::InForce,
                ticket,
                verdict,
            } => {
                if ticket == self.ticket {
                    self.judge(verdict, effects);
                }
            }
            Reply::Lost { problem, .. } => {
                // Whatever waited went with the child; it is asked again with the next change.
                self.baselines
                    .retain(|_, baseline| baseline.config.is_some());
                self.comparing = None;
                self.review = Wish::None;
                self.settled = true;
                self.lost = Some(problem);
                self.refresh_windows();
                self.propose_profile(effects);
            }
        }
    }

    fn judge(&mut self, verdict: Verdict, effects: &mut Vec<Effect>) {
        let Some(schema) = self.schema.clone() else {
            return;
        };
        self.lost = None;
        let before = self.composition.hidden().clone();
        let mut composition = std::mem::take(&mut self.composition);
        let step = composition.settle(&self.inputs(&schema), verdict);
        let focused = self.focused_element();
        self.composition = composition;
        match step {
            Step::Again(overlay) => self.ask_overlay(overlay, effects),
            Step::Done(config) => {
                self.config = Some(config);
                self.settled = true;
                self.refresh_budget();
                self.refresh_scoring();
                self.announce();
                if std::mem::replace(&mut self.review, Wish::None) == Wish::Waits {
                    self.review(effects);
                }
            }
        }
        if *self.composition.hidden() != before {
            self.rest_after_hiding(focused);
        }
        self.filter_again();
        self.refresh_windows();
    }
}
