//! What is wrong in a preset, seen from the screens: where it is mended, and that saving over the preset leaves it out.
//! Leaves to others: finding it (`preset`), listing it (`problem_list`), asking before one is replaced (`preset_saving`).

use super::action::Action;
use super::app::App;
use super::preset_save::SaveScreen;
use crate::preset::{self, Loaded};
use crate::problem::{FilePlace, Problem};

impl App {
    /// Where a problem is mended that stands in a file and at no setting of the panels.
    pub(super) fn where_mended(&self, problem: &Problem, place: &FilePlace) -> String {
        let stands = format!("It stands in {}", self.shown_place(place));
        let [list, save, load] =
            [Action::Presets, Action::SavePreset, Action::Open].map(|a| self.keymap.key(a));
        // An answer can be left out; of a text that cannot be read nobody knows what would be.
        let is_answer = problem.path.is_some() && self.facts.caution.forbids().is_none();
        let base = self.answers.said().base.as_ref();
        let of_base = base.filter(|base| base.preset.is_some() && base.file == place.file);
        match (self.problems_of_preset().is_some(), of_base.is_some()) {
            (true, _) if is_answer => format!(
                "{stands}: mend it there. Or load the preset, then save over it ({list} {save}): what does not fit is left out."
            ),
            (false, true) if is_answer => format!(
                "{stands}. Save over the preset ({list} {save}): it is left out. Or mend it there, and load it again ({list} {load})."
            ),
            (false, true) => {
                format!("{stands}: mend it there, then load it again ({list} {load}).")
            }
            (true, _) => format!("{stands}: mend it there, then load it."),
            (false, false) => format!("{stands}: mend it there, then open it or start again."),
        }
    }

    /// What was set now was saved as this one. When that is the preset under the answers, what was wrong in it is wrong
    /// no more.
    pub(super) fn base_mended(&mut self, saved: &Loaded) {
        let base = self.answers.said().base.clone();
        let Some(base) = base.filter(|base| base.preset.is_some() && base.file == saved.file)
        else {
            return;
        };
        for (opened, problems) in &mut self.opened {
            if std::sync::Arc::ptr_eq(opened, &base) {
                problems.clone_from(&saved.problems);
            }
        }
    }

    /// What the preset that would be replaced says and nobody understands: it goes.
    pub(super) fn left_out_of(&self, screen: &SaveScreen) -> Option<String> {
        let there = self.taken_by(screen)?;
        let schema = self.schema.as_ref()?;
        let answers = self.answers_to_save(screen)?;
        let unfit = preset::unfit(there, &answers, schema)?;
        Some(format!("Replacing it {}", unfit.words()))
    }
}
