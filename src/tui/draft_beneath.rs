//! What lies under the answers of a draft that is looked at: its file as that is now, beside what it was then.
//! Leaves to others: showing it (`draft_screen`), going on with the draft (`draft_resuming`).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::app::App;
use super::draft_screen::DraftScreen;
use super::msg::Effect;
use super::window::Window;
use crate::answers::{self, Said};
use crate::config::{self, Overlay};
use crate::draft::{Draft, Kept};
use crate::merge::Merge;
use crate::resume::{Resumed, Under};
use crate::schema::FieldPath;

/// How far the file under a draft was looked at.
#[derive(Clone, Debug)]
pub enum Looked {
    NotYet,
    Asked,
    Seen(Seen),
}

/// The file under a draft as it is now.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What would lie under the answers.
    now: Option<Arc<answers::Base>>,
    /// What lay there, where that may be another state.
    then: Option<Arc<answers::Base>>,
    /// What became of the file, in a few words; `None` when it is as it was.
    pub told: Option<String>,
    conflicts: BTreeSet<FieldPath>,
}

/// What lies under one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beneath {
    pub now: String,
    /// Where it is another by now.
    pub then: Option<String>,
    /// Is that asked about when the draft goes on?
    pub asked: bool,
}

impl Seen {
    /// `known` says whether there is a profile of that name.
    fn of(looked: Resumed, known: impl Fn(&str) -> bool) -> Self {
        let kept = looked.draft.state.base.as_deref();
        let then = kept.map(|base| {
            Arc::new(answers::Base {
                file: base.file.clone(),
                profile: base.profile.clone(),
                values: looked.fitted.base,
                preset: base.preset.clone(),
            })
        });
        let profile = kept.and_then(|base| base.profile.clone());
        let of_file = |mode: Option<String>, base: answers::Base| {
            Some(Arc::new(answers::Base {
                profile: mode.filter(|mode| known(mode)).or_else(|| profile.clone()),
                ..base
            }))
        };
        match looked.under {
            Under::Nothing => Self::still(None),
            Under::Same(opened) => Self::still(of_file(opened.mode, opened.base)),
            Under::Changed(opened, merge) => Self {
                now: of_file(opened.mode, opened.base),
                then,
                told: Some(what_changed(&merge)),
                conflicts: merge.conflicts().map(|row| row.path.clone()).collect(),
            },
            Under::Gone(problem) => Self {
                told: Some(format!("{} Its values of then hold.", problem.message)),
                ..Self::still(then)
            },
        }
    }

    fn still(now: Option<Arc<answers::Base>>) -> Self {
        Self {
            now,
            then: None,
            told: None,
            conflicts: BTreeSet::new(),
        }
    }
}

fn what_changed(merge: &Merge) -> String {
    let (both, theirs) = (merge.conflicts().count(), merge.taken().count());
    match (both, theirs) {
        (0, 0) => "it was written anew, with the same values".to_owned(),
        (0, n) => format!("it changed: {n} taken over on resume"),
        (n, 0) => format!("it changed: {n} to choose on resume"),
        (n, more) => format!("it changed: {n} to choose, {more} taken over"),
    }
}

impl App {
    /// Has the file under a draft read whose window opened meanwhile, as soon as the schema can read it.
    pub(super) fn look_under_drafts(&mut self, effects: &mut Vec<Effect>) {
        if self.schema.is_none() || self.forms.follow() {
            return;
        }
        for window in &mut self.windows {
            if let Window::Draft(screen) = window
                && matches!(screen.looked, Looked::NotYet)
            {
                screen.looked = Looked::Asked;
                effects.push(Effect::LookUnder(Box::new(screen.draft.clone())));
            }
        }
    }

    pub(super) fn looked_under(&mut self, mut looked: Resumed, effects: &mut Vec<Effect>) {
        self.count_what_was_typed(&mut looked);
        let file = looked.draft.file.clone();
        let known = |name: &str| self.profiles.iter().any(|profile| profile.name == name);
        let seen = Looked::Seen(Seen::of(looked, known));
        let of_it = |window: &&mut Window| matches!(window, Window::Draft(screen) if screen.draft.file == file);
        if let Some(Window::Draft(screen)) = self.windows.iter_mut().find(of_it) {
            screen.looked = seen;
            self.ask_baselines(effects);
        }
    }

    /// The profiles that must be known to say what lies under a draft.
    pub(super) fn profiles_under_drafts(&self) -> impl Iterator<Item = &String> {
        let known = |name: &&String| self.profiles.iter().any(|profile| profile.name == **name);
        let named = self.windows.iter().flat_map(|window| {
            let Window::Draft(screen) = window else {
                return [None, None, None];
            };
            let [now, then] =
                bases(&screen.looked).map(|base| base.and_then(|base| base.profile.as_ref()));
            [screen.draft.state.profile.as_ref(), now, then]
        });
        named.flatten().filter(known)
    }

    /// What lies under these answers of a draft, in their order.
    #[must_use]
    pub fn beneath_draft<'a>(
        &self,
        screen: &DraftScreen,
        paths: impl Iterator<Item = &'a FieldPath>,
    ) -> Vec<Beneath> {
        let draft = &screen.draft;
        let unread = draft.state.base.is_some() && !matches!(screen.looked, Looked::Seen(_));
        let [now, then] = bases(&screen.looked).map(|base| self.over_profile(base));
        let differs = bases(&screen.looked)[1].is_some();
        let asked = match &screen.looked {
            Looked::Seen(seen) => Some(&seen.conflicts),
            Looked::NotYet | Looked::Asked => None,
        };
        let of_path = |path: &FieldPath| {
            let kept = kept_value(draft, path);
            let path = &self.called_now(path);
            let held = |over: &Overlay| self.shown_over(over, draft, path);
            let now = if unread { None } else { held(&now) };
            // Of a secret no draft says what it was.
            let comparable = differs && now.is_some() && kept != Some(&Kept::Secret);
            let then = held(&then).filter(|then| comparable && now.as_ref() != Some(then));
            Beneath {
                now: now.unwrap_or_else(|| "…".to_owned()),
                then,
                asked: asked.is_some_and(|asked| asked.contains(path)),
            }
        };
        paths.map(of_path).collect()
    }

    fn called_now(&self, path: &FieldPath) -> FieldPath {
        let schema = self.schema.as_deref();
        let renamed = schema.and_then(|schema| schema.now_called(path.as_str()));
        renamed.unwrap_or_else(|| path.clone())
    }

    /// File and environment, as they go over a profile.
    fn over_profile(&self, base: Option<&Arc<answers::Base>>) -> Overlay {
        let profile = base.and_then(|base| base.profile.as_ref());
        let alone = profile.and_then(|name| self.baselines.get(name));
        let said = Said {
            base: base.cloned(),
            ..Said::default()
        };
        let nothing = BTreeSet::new();
        let alone = alone.and_then(|baseline| baseline.config.as_ref());
        config::overlay(&said, &self.environment, None, &nothing, alone)
    }

    /// What holds over the draft's profile; `None` while nobody knows.
    fn shown_over(&self, over: &Overlay, draft: &Draft, path: &FieldPath) -> Option<String> {
        if let Some((value, _)) = over.get(path) {
            return Some(self.shown(path, value));
        }
        let profile = draft.state.profile.as_ref();
        let alone = self.baselines.get(profile?)?.config.as_ref()?;
        let value = alone.value(path.as_str());
        Some(value.map_or_else(|| "–".to_owned(), |value| self.shown(path, value)))
    }
}

/// The file now and then.
fn bases(looked: &Looked) -> [Option<&Arc<answers::Base>>; 2] {
    match looked {
        Looked::Seen(seen) => [seen.now.as_ref(), seen.then.as_ref()],
        Looked::NotYet | Looked::Asked => [None, None],
    }
}

/// What the draft kept of its file's value.
fn kept_value<'a>(draft: &'a Draft, path: &FieldPath) -> Option<&'a Kept> {
    draft.state.base.as_ref()?.values.get(path)
}
