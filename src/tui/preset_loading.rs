//! A preset takes the place of what was said: it becomes the base, its profile is chosen, in one step of undo.
//! Where the configuration is written stays. Leaves to others: reading it (`preset_jobs`), files that are opened (`opening`).

use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::files::Opened;
use super::msg::Effect;
use super::presets::PutAside;
use super::question::Question;
use super::window::Window;
use crate::answers::{Base, Change, Said, Whole};
use crate::clean;
use crate::problem::{Problem, counted};

impl App {
    /// A preset was read. Unsaved answers would give way to it, and their draft with them: that is asked first.
    pub(super) fn preset_opened(&mut self, opened: Opened, effects: &mut Vec<Effect>) {
        let of_command_line = self.open.take().is_some();
        let unsaved = self.giving_way();
        if of_command_line || unsaved == 0 {
            return self.lay_preset(opened, of_command_line, effects);
        }
        let undo = self.keymap.key(Action::Undo);
        let question = Question::load(&opened.base.name(), unsaved, &undo);
        self.presets.to_load = Some(Box::new(opened));
        self.windows.push(Window::Question(question));
    }

    /// The question was answered: it is laid under nothing, what was said gives way.
    pub(super) fn load_preset(&mut self, effects: &mut Vec<Effect>) {
        if let Some(opened) = self.presets.to_load.take() {
            self.lay_preset(*opened, false, effects);
        }
    }

    /// Unsaved answers, with the secrets that are still to be entered again.
    fn giving_way(&self) -> usize {
        if self.started {
            self.unsaved_answers() + self.again().count()
        } else {
            0
        }
    }

    fn lay_preset(&mut self, opened: Opened, of_command_line: bool, effects: &mut Vec<Effect>) {
        let mode = opened.mode.map(|mode| clean::line(&mode));
        let is_known = |mode: &String| self.profiles.iter().any(|p| p.name == *mode);
        let known = mode.clone().filter(is_known);
        let now = self.profile().map(str::to_owned);
        let profile = if of_command_line {
            now.or_else(|| known.clone())
        } else {
            known.clone().or(now)
        };
        let base = Base {
            profile: known.clone(),
            ..opened.base
        };
        let base = self.base_to_lay(base, profile.as_deref());
        self.writes_elsewhere_than(&base.file);
        self.writes_to.stays(&base, &self.facts.output.clone());
        self.drafts.opened(&base, &opened.found);
        let told = opened.problems.clone();
        self.opened.push((Arc::clone(&base), opened.problems));
        let unsaved = self.giving_way();
        let said = Said {
            profile,
            base: Some(Arc::clone(&base)),
            ..Said::default()
        };
        self.windows.clear();
        // Its own counts, or that of its profile.
        self.use_workload(None);
        let had_said = self.started && !of_command_line;
        let open = self.answers.said().base.as_ref();
        if had_said && open.is_some_and(|open| Arc::ptr_eq(open, &base)) {
            // Read again, it says the same; what is wrong in it may be another thing.
            self.saved = said;
            self.ask(effects);
        } else if had_said {
            self.presets.put_aside.push(PutAside {
                loaded: Arc::clone(&base),
                saved: std::mem::replace(&mut self.saved, said.clone()),
                again: std::mem::take(&mut self.drafts.again),
            });
            self.answers.say_instead(said, Whole::Preset);
            self.ask(effects);
        } else {
            self.begin_with(said, effects);
        }
        self.stands_on_preset(&base, Some(&opened.found));
        let missing = mode.clone().filter(|_| known.is_none());
        self.presets.told = self.loaded_in_words(&base, missing, unsaved);
        self.tell_loaded(&told);
        self.to_tell = Some(Arc::clone(&base));
        if self.profile().is_none() {
            self.proposal = Some(match mode {
                Some(mode) => format!("The preset's profile {mode} is not here: choose one"),
                None => "The preset names no profile: choose one".to_owned(),
            });
            self.propose_profile(effects);
        }
    }

    /// The base as it lies there already when it is read again and all would be as it is: that is no step of undo.
    fn base_to_lay(&mut self, base: Base, profile: Option<&str>) -> Arc<Base> {
        let said = self.answers.said();
        let same = said.answers.is_empty() && said.profile.as_deref() == profile;
        let same = same && self.again().next().is_none();
        let open = said.base.as_ref().filter(|open| same && ***open == base);
        match open.cloned() {
            Some(open) => {
                // It was found otherwise then.
                self.presets
                    .stands
                    .retain(|stands| !stands.is_loaded(&open));
                open
            }
            None => Arc::new(base),
        }
    }

    fn loaded_in_words(&self, base: &Base, missing: Option<String>, unsaved: usize) -> String {
        let now = self.profile().unwrap_or("no profile");
        let missing = missing.map_or_else(String::new, |profile| {
            format!(" Its profile {profile} is not here, so it stands on {now}.")
        });
        let count = counted(base.values.len(), "setting");
        let line = format!("{} is open: {count}.{missing}", base.name());
        let undo = self.keymap.key(Action::Undo);
        match unsaved {
            0 => line,
            1 => format!("{line} Your 1 unsaved answer gave way; {undo} brings it back."),
            n => format!("{line} Your {n} unsaved answers gave way; {undo} brings them back."),
        }
    }

    /// That it is loaded, and what in it no longer fits: as it was read, then as it is judged.
    pub(super) fn tell_loaded(&mut self, found: &[Problem]) {
        let line = self.presets.told.clone();
        self.tell_found(line, found);
    }

    /// Undo or redo went over the loading of a preset: what counts as saved goes along.
    pub(super) fn follow_loading(&mut self, change: &Change, again: bool) {
        let Change::All { after, .. } = change else {
            return;
        };
        let Some(loaded) = &after.base else { return };
        let mut aside = self.presets.put_aside.iter_mut();
        let Some(aside) = aside.find(|aside| Arc::ptr_eq(&aside.loaded, loaded)) else {
            return;
        };
        std::mem::swap(&mut self.drafts.again, &mut aside.again);
        self.saved = if again {
            (**after).clone()
        } else {
            aside.saved.clone()
        };
    }
}
