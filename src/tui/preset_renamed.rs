//! A preset that lies under the answers got another name or sentence here: whatever knows it knows it by the new one, so
//! that origins, undo and the draft never name a file that is gone. Leaves to others: the name that the session stands for
//! (`preset_stands`).

use std::path::Path;
use std::sync::Arc;

use super::app::App;
use super::msg::Effect;
use crate::answers::{Base, replace_base};
use crate::preset::{Named, Saved, Whose};

impl App {
    pub(super) fn base_renamed(&mut self, was: &Named, saved: &Saved, effects: &mut Vec<Effect>) {
        let listed = self.presets.listed.as_ref();
        let now = listed.and_then(|l| l.presets.iter().find(|one| one.file == saved.file));
        let Some(now) = now.cloned() else { return };
        let is_it = |base: &Arc<Base>| is_of(base, was, &saved.file);
        let bases: Vec<Arc<Base>> = self.opened.iter().map(|(base, _)| base).cloned().collect();
        for old in bases.iter().filter(|base| is_it(base)) {
            let new = Arc::new(Base {
                file: now.file.clone(),
                preset: Some(now.of_preset()),
                ..(**old).clone()
            });
            self.is_now(old, &new);
            // What others changed since it was loaded lies not under the answers.
            let found = saved.found.as_ref();
            if let Some(found) = found.filter(|_| now.preset.answers == old.values) {
                self.drafts.opened(&new, found);
            }
        }
        if self
            .answers
            .said()
            .base
            .as_ref()
            .is_some_and(|base| base.file == now.file)
        {
            self.ask(effects);
        }
    }

    fn is_now(&mut self, old: &Arc<Base>, new: &Arc<Base>) {
        self.answers.replace_base(old, new);
        self.saved.replace_base(old, new);
        self.writes_to.is_now(old, new);
        replace_base(&mut self.to_tell, old, new);
        for stands in &mut self.presets.stands {
            replace_base(&mut stands.base, old, new);
            if let Some(all) = &mut stands.all {
                all.said.replace_base(old, new);
                all.before.replace_base(old, new);
            }
        }
        for aside in &mut self.presets.put_aside {
            aside.saved.replace_base(old, new);
            if Arc::ptr_eq(&aside.loaded, old) {
                aside.loaded = Arc::clone(new);
            }
        }
        for (base, problems) in &mut self.opened {
            if Arc::ptr_eq(base, old) {
                *base = Arc::clone(new);
                let places = problems
                    .iter_mut()
                    .filter_map(|problem| problem.place.as_mut());
                for place in places.filter(|place| place.file == old.file) {
                    place.file.clone_from(&new.file);
                }
            }
        }
    }
}

/// Does the base say what the preset of this name did, which lay where that file is?
fn is_of(base: &Base, was: &Named, file: &Path) -> bool {
    let named = base.preset.as_ref().and_then(|of| of.named.as_deref());
    let named = named.and_then(|named| Named::parse(named).ok());
    base.file.parent() == file.parent()
        && named.is_some_and(|named| {
            // A bare name means the operator's own.
            named.name == was.name && named.whose.or(Some(Whose::Mine)) == was.whose
        })
}
