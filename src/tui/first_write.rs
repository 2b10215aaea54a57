//! Before the first review of solo opens, the secret that signs its tokens is made beside the loop, or taken from the
//! file, and becomes an answer. Leaves to others: when that is due and which secret it is (`made`), the review (`writing`).

use std::borrow::Cow;

use super::action::Action;
use super::app::{App, Wish};
use super::making::Wanted;
use super::msg::Effect;
use crate::answers::Said;
use crate::caution;
use crate::made::{self, Given};
use crate::prepare::Prepared;
use crate::problem::Problem;
use crate::schema::FieldPath;
use crate::secret::Secret;
use crate::store::Outcome;
use crate::value::Value;

/// What is known of it.
#[derive(Debug, Default)]
pub(super) struct FirstWrite {
    /// The plan whose review waits for the secret.
    planned: Option<Prepared>,
    /// The secret that was given: any command that writes gives one of its own.
    given: Option<Secret>,
}

impl App {
    /// Does the review of this plan wait for a secret? Where nothing may be written none is made.
    pub(super) fn is_secret_due(&self, planned: &Prepared) -> bool {
        let hidden = self.composition.hidden();
        let due = |config| made::is_due(config, hidden);
        self.config.as_ref().is_some_and(due)
            && planned.plan.is_ok()
            && self.write_refusal().is_none()
    }

    /// With --readonly none is made, and the review shows the file without it: that is said.
    pub(super) fn say_what_would_be_made(&mut self, planned: &Prepared) {
        let hidden = self.composition.hidden();
        let due = |config| made::is_due(config, hidden);
        if !self.facts.caution.readonly || !self.config.as_ref().is_some_and(due) {
            return;
        }
        let Ok(plan) = &planned.plan else { return };
        let would = match plan.outcome {
            Outcome::New => "The first write would make a JWT secret, and the file be mode 0600.",
            Outcome::Changed | Outcome::Same => {
                "A write would keep the JWT secret of the file, or make one."
            }
        };
        let why = caution::readonly().message;
        self.message.notice = Some(format!("✗ {why} {would}"));
    }

    pub(super) fn ask_for_secret(&mut self, planned: Prepared, effects: &mut Vec<Effect>) {
        self.review = Wish::Planned;
        self.planned_for = Some(self.answers.said().clone());
        let schema = self.schema.clone().unwrap_or_default();
        let file = planned.file.clone();
        self.first_write.planned = Some(planned);
        effects.push(Effect::Make(Wanted::FirstWrite(file, schema)));
    }

    /// It is an answer from now on; its verdict opens the review.
    pub(super) fn first_write_given(
        &mut self,
        given: Result<Option<Given>, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        let planned = self.first_write.planned.take();
        if !self.is_still_wanted(effects) {
            return;
        }
        let given = match (given, planned) {
            (Ok(Some(given)), _) => given,
            (Ok(None), Some(planned)) => return self.open_review(planned),
            (Ok(None), None) => return,
            (Err(problem), _) => {
                self.message.notice = Some(format!("✗ {}", problem.sentence()));
                return;
            }
        };
        let (back, undo) = (Action::Back, Action::Undo);
        let [back, undo] = [back, undo].map(|action| self.keymap.key(action));
        self.message.notice = Some(format!(
            "{} {back}, then {undo} takes it back. A reference that you type there stays.",
            given.sentence()
        ));
        let secret = given.secret().clone();
        self.answers.say(
            &made::JWT_SECRET.into(),
            Some(Value::Secret(secret.clone())),
        );
        self.first_write.given = Some(secret);
        self.ask(effects);
        self.review = Wish::Waits;
    }

    /// Does the first write put a secret in the place of this setting, when the operator says nothing of it?
    pub(super) fn is_made_unless_said(&self, path: &FieldPath) -> bool {
        let hidden = self.composition.hidden();
        path.as_str() == made::JWT_SECRET
            && !self.is_changed(path)
            && self
                .baseline()
                .is_some_and(|profile| made::is_due(profile, hidden))
    }

    /// What a command has to say, and a draft to keep: whatever writes gives the first write a secret by itself.
    pub(super) fn without_given<'s>(&self, said: &'s Said) -> Cow<'s, Said> {
        let answer = said.answers.get(made::JWT_SECRET);
        match (&self.first_write.given, answer) {
            (Some(given), Some(Value::Secret(secret))) if given == secret => {
                let mut said = said.clone();
                said.answers.remove(made::JWT_SECRET);
                Cow::Owned(said)
            }
            _ => Cow::Borrowed(said),
        }
    }
}
