//! Which preset the session stands for: the one that was loaded, or that its answers were saved as. By it the header names
//! the session, saving proposes a name, and a command says the same.

use std::sync::Arc;

use super::app::App;
use crate::answers::{Base, Said};
use crate::preset::{self, Description, Name, Named, Saved, Whose};
use crate::store::Found;

/// A preset that says what is said, as it was loaded or saved.
#[derive(Debug)]
pub struct Stands {
    pub named: Named,
    pub description: Description,
    pub found: Option<Found>,
    /// What lay under the answers then.
    pub(super) base: Option<Arc<Base>>,
    /// It was deleted here.
    gone: bool,
    /// When answers were saved as it and it holds them all.
    pub(super) all: Option<All>,
}

#[derive(Debug)]
pub(super) struct All {
    pub(super) said: Said,
    /// What counted as saved before.
    pub(super) before: Said,
}

impl Stands {
    fn stands_on(&self, base: Option<&Arc<Base>>) -> bool {
        match (&self.base, base) {
            (None, None) => true,
            (Some(then), Some(now)) => Arc::ptr_eq(then, now),
            _ => false,
        }
    }

    /// Was it loaded as this base?
    pub(super) fn is_loaded(&self, base: &Arc<Base>) -> bool {
        self.all.is_none() && self.stands_on(Some(base))
    }

    /// Its name; one that was deleted here says so.
    #[must_use]
    pub fn shown(&self) -> String {
        let gone = if self.gone { " (deleted)" } else { "" };
        format!("{}{gone}", self.named.name)
    }

    /// As `--preset` takes it.
    fn word(&self) -> Option<String> {
        let named = &self.named;
        Some(match named.whose? {
            Whose::Shared => named.to_string(),
            Whose::Mine => named.name.to_string(),
        })
    }
}

/// Whether a command can say the base by the name of a preset.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// It is no preset, or one that has no name.
    None,
    Preset(String),
    /// The preset is not any more what lies under the answers.
    Gone,
}

impl App {
    /// The preset that the session stands for.
    #[must_use]
    pub fn stands_for(&self) -> Option<&Stands> {
        let base = self.answers.said().base.as_ref();
        if base.is_some_and(|base| base.preset.is_none()) {
            return None;
        }
        let mut stands = self.presets.stands.iter().rev();
        stands.find(|stands| stands.stands_on(base))
    }

    /// The preset that says exactly this, as a command names it.
    pub(super) fn saved_as(&self, said: &Said) -> Option<String> {
        let mut stands = self.presets.stands.iter().rev();
        let whole = stands.find(|stands| stands.all.as_ref().is_some_and(|all| all.said == *said));
        whole.filter(|stands| !stands.gone)?.word()
    }

    /// How a command names the preset that is this base.
    pub(super) fn word_of_base(&self, base: &Arc<Base>) -> Word {
        if base.preset.is_none() {
            return Word::None;
        }
        let mut stands = self.presets.stands.iter();
        let Some(loaded) = stands.find(|stands| stands.stands_on(Some(base))) else {
            return Word::None;
        };
        // Saved over or deleted since, it says something else.
        let mut since = stands.filter(|later| later.named == loaded.named);
        let same = |later: &Stands| later.found == loaded.found;
        if loaded.gone || loaded.found.is_none() || !since.all(same) {
            return Word::Gone;
        }
        let in_workspace = base.file.starts_with(&self.facts.workspace);
        let word = loaded
            .word()
            .filter(|word| in_workspace || !word.contains('/'));
        word.map_or(Word::None, Word::Preset)
    }

    /// The answers were saved as a preset, which says all of them or not.
    pub(super) fn now_stands_for(
        &mut self,
        named: Named,
        description: Description,
        found: Option<Found>,
        says_all: Option<Said>,
    ) {
        let base = self.answers.said().base.clone();
        let all = says_all.map(|said| All {
            before: std::mem::replace(&mut self.saved, said.clone()),
            said,
        });
        self.presets.stands.push(Stands {
            named,
            description,
            found,
            base,
            gone: false,
            all,
        });
    }

    /// A preset lies under the answers, as it was found where it still is.
    pub(super) fn stands_on_preset(&mut self, base: &Arc<Base>, found: Option<&Found>) {
        let Some(of) = &base.preset else { return };
        let schema = self.schema.clone().unwrap_or_default();
        let read = found.map(|found| preset::open(&base.file, found.clone(), &schema));
        let named = of.named.as_deref().and_then(|of| Named::parse(of).ok());
        let named = named.map(|named| Named {
            // A bare name means the operator's own.
            whose: named.whose.or(Some(Whose::Mine)),
            ..named
        });
        let named = named.unwrap_or_else(|| Named {
            whose: None,
            name: Name::new(&of.name).unwrap_or_else(|_| Name::of_file(&base.file)),
        });
        let description = read.map(|read| read.preset.description);
        self.presets.stands.push(Stands {
            named,
            description: description.unwrap_or_default(),
            found: found.cloned(),
            base: Some(Arc::clone(base)),
            gone: false,
            all: None,
        });
    }

    /// It has another name or sentence.
    pub(super) fn stands_renamed(&mut self, was: &Named, saved: &Saved) {
        let listed = self.presets.listed.as_ref();
        let now = listed.and_then(|l| l.presets.iter().find(|one| one.file == saved.file));
        let Some(now) = now else { return };
        for stands in &mut self.presets.stands {
            if stands.named == *was {
                stands.named = now.named();
                stands.description = now.preset.description.clone();
                stands.found.clone_from(&saved.found);
            }
        }
    }

    /// It was deleted, or is back. What only it held is not saved any more.
    pub(super) fn stands_gone(&mut self, named: &Named, gone: bool) {
        for stands in &mut self.presets.stands {
            if stands.named != *named {
                continue;
            }
            stands.gone = gone;
            if let Some(all) = &stands.all {
                let (then, now) = if gone {
                    (&all.said, &all.before)
                } else {
                    (&all.before, &all.said)
                };
                if self.saved == *then {
                    self.saved.clone_from(now);
                }
            }
        }
    }
}
