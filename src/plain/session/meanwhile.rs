//! The output file with others at it: who has it open, and what they changed, brought together with what was said.
//! Leaves to others: every word of it (`together`).

use std::sync::Arc;

use super::Session;
use crate::answers::Whole;
use crate::claiming::Other;
use crate::meanwhile::{self, Changed, Now, Ours, Then, Together};
use crate::merge::Merge;

impl Session {
    /// Claims the output file; who else has it open, when that is not told yet.
    pub fn news_of_others(&mut self) -> Option<Other> {
        if self.caution.readonly {
            return None;
        }
        let other = self.claiming.claim(&self.output);
        let is_news = other != self.told;
        self.told.clone_from(&other);
        other.filter(|_| is_news)
    }

    /// Reads the output file again; `None` before the first verdict.
    pub fn look_again(&self) -> Option<Now> {
        let then = Then::of(self.loaded.as_ref(), &self.ours()?);
        Some(meanwhile::look(&self.output, then, self.schema()))
    }

    /// Was there a file when it became the output?
    #[must_use]
    pub fn had_read(&self) -> bool {
        self.loaded.is_some()
    }

    #[must_use]
    pub fn merge(&self, changed: &Changed) -> Option<Merge> {
        Some(changed.merge(&self.ours()?))
    }

    /// Takes the decisions: what was said stands on the file as it is now.
    pub fn bring_together(&mut self, changed: Changed, merge: &Merge) {
        let Some(ours) = self.ours() else {
            return;
        };
        let known = |name: &str| self.profiles.iter().any(|profile| profile.name == name);
        let Together {
            said,
            saved,
            opened,
        } = changed.together(merge, &ours, known);
        if let Some(base) = &said.base {
            self.opened.push((Arc::clone(base), opened.problems));
            self.writes_to.take(base, self.output_now());
            let (base, before) = (Arc::clone(base), self.loaded.clone());
            self.known
                .brought_together(base, before, opened.found.clone());
        }
        self.loaded = Some(opened.found);
        self.answers.say_instead(said, Whole::Together);
        self.saved = saved;
        self.judge();
    }

    fn ours(&self) -> Option<Ours<'_>> {
        let base = self.answers.said().base.as_ref();
        let base_profile = base.and_then(|base| base.profile.as_ref());
        Some(Ours {
            said: self.answers.said(),
            environment: &self.environment,
            hidden: &self.hidden,
            config: self.config.as_ref()?,
            profile: self.baseline(),
            base_profile: base_profile.and_then(|name| self.alone.get(name)),
        })
    }
}
