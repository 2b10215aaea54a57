//! Who else has the output file open: asked at the start, when another file is written to, at a review and after a write.
//! Leaves to others: the claim (`claiming`), the thread that asks (`run`), where it shows (`draw`).

use std::path::{Path, PathBuf};

use super::app::App;
use super::msg::Effect;
use crate::claiming::{Other, SAFE};

/// What is known of it.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// The file that was asked about last.
    file: Option<PathBuf>,
    other: Option<Other>,
    again: bool,
}

impl Claims {
    /// It may have changed: ask again.
    pub fn look_again(&mut self) {
        self.again = true;
    }
}

impl App {
    /// Who else has the output file open.
    #[must_use]
    pub fn other(&self) -> Option<&Other> {
        self.claims.other.as_ref()
    }

    /// Asks when it is another file than last time, or when it is time again.
    pub(super) fn claim_output(&mut self, effects: &mut Vec<Effect>) {
        if self.facts.caution.readonly {
            return;
        }
        let claims = &mut self.claims;
        let is_same = claims.file.as_ref() == Some(&self.facts.output);
        if std::mem::take(&mut claims.again) || !is_same {
            if !is_same {
                claims.other = None;
            }
            claims.file = Some(self.facts.output.clone());
            effects.push(Effect::Claim(self.facts.output.clone()));
        }
    }

    pub(super) fn claimed(&mut self, file: &Path, other: Option<Other>) {
        if file != self.facts.output || self.claims.other == other {
            return;
        }
        self.claims.other = other;
        self.tell_other();
    }

    /// Says who has the file open, unless a window is in front: that shows it itself, or is about something else.
    pub(super) fn tell_other(&mut self) {
        let other = self.claims.other.as_ref();
        let Some(other) = other.filter(|_| self.windows.is_empty()) else {
            return;
        };
        let name = self.output_name();
        self.message.notice = Some(format!(
            "! {name} is open in another wizard: {}.",
            other.sentence
        ));
        self.message.line.get_or_insert_with(|| SAFE.to_owned());
    }
}
