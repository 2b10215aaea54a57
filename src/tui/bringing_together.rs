//! The output file was changed by somebody else: noticed at the review or at the write, and brought together with the
//! answers, setting by setting. Leaves to others: what follows from a choice (`meanwhile`), the choice (`merge_screen`).

use std::sync::Arc;

use super::action::Action;
use super::app::{App, Facts};
use super::merge_screen::{For, MergeScreen};
use super::msg::Effect;
use super::question::Question;
use super::window::Window;
use crate::answers::{Base, Whole};
use crate::draft;
use crate::meanwhile::{self, Changed, Known, Now, Ours, Then, Together, UNKNOWN};
use crate::merge::Merge;
use crate::prepare::Prepared;
use crate::problem::counted;
use crate::store::Found;

/// What is known of the file besides `App::loaded`.
#[derive(Debug)]
pub(super) struct Bringing {
    known: Known,
    /// The file as it is now, while it is asked what to do.
    changed: Option<Box<Changed>>,
}

impl Bringing {
    pub fn of(facts: &Facts) -> Self {
        Self {
            known: Known::of(&facts.output, facts.output_exists),
            changed: None,
        }
    }
}

impl App {
    /// Is the file another one than was read, or there though it was not?
    pub(super) fn is_other_than_known(&self, planned: &Prepared) -> bool {
        let known = &self.bringing.known;
        known.is_other(&planned.file, self.loaded.as_ref(), planned.found.as_ref())
    }

    /// Checksum of the output file as it was read, for the draft; empty when it was not there.
    pub(super) fn output_then(&self) -> Option<String> {
        if let Some(found) = &self.loaded {
            return Some(draft::hex(&found.fingerprint.sha256));
        }
        let absent = self.bringing.known.was_absent(&self.facts.output);
        absent.then(String::new)
    }

    /// A draft goes on: `read` was read as its base just now, `output` is there, `then` is what the draft knew of it.
    pub(super) fn knew_output(
        &mut self,
        read: Option<Found>,
        output: Option<Found>,
        then: Option<&str>,
    ) {
        if then == Some("") && output.is_none() {
            self.bringing.known.is_absent(&self.facts.output);
        } else {
            self.bringing.known.forget();
        }
        self.loaded = match (read, output, then) {
            (Some(read), ..) => Some(read),
            (None, Some(mut found), Some(then)) => {
                if draft::hex(&found.fingerprint.sha256) != then {
                    // Another state of it must be noticed before it is written.
                    found.bytes.clear();
                    found.fingerprint.sha256 = UNKNOWN;
                }
                Some(found)
            }
            (None, ..) => None,
        };
    }

    /// The file is gone and is made again: one that appears now is somebody else's.
    pub(super) fn write_anew(&mut self, effects: &mut Vec<Effect>) {
        self.loaded = None;
        self.bringing.known.is_absent(&self.facts.output);
        self.review(effects);
    }

    /// Has the file read again, beside what it was.
    pub(super) fn look_again(&mut self, effects: &mut Vec<Effect>) {
        let Some(ours) = self.ours() else {
            return;
        };
        let then = Then::of(self.loaded.as_ref(), &ours);
        effects.push(Effect::LookAgain(self.facts.output.clone(), Box::new(then)));
    }

    fn ours(&self) -> Option<Ours<'_>> {
        Some(Ours {
            said: self.answers.said(),
            environment: &self.environment,
            hidden: self.composition.hidden(),
            config: self.config.as_ref()?,
            profile: self.baseline(),
            base_profile: self.base_profile(),
        })
    }

    pub(super) fn looked_again(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let file = self.shown_path(&self.facts.output);
        let write = self.keymap.key(Action::Write);
        if !self.windows.is_empty() || self.edit.is_some() || !self.settled {
            // Something else was begun meanwhile.
            return self.say_line(format!("{file} changed since it was read: {write} asks."));
        }
        let changed = match now {
            Now::Gone if self.loaded.is_none() => return self.review(effects),
            Now::Gone => {
                let question = Question::gone(&file);
                return self.windows.push(Window::Question(question));
            }
            Now::Unusable(problem) => {
                let why = problem.place.as_ref().and_then(|place| place.line);
                let why = why.map_or_else(String::new, |line| format!("line {line}: "));
                let why = format!("{why}{}", problem.message);
                let question = Question::unusable(&file, &why, &write);
                return self.windows.push(Window::Question(question));
            }
            Now::Changed(changed) => changed,
        };
        let Some(merge) = self.ours().map(|ours| changed.merge(&ours)) else {
            return;
        };
        let (both, theirs) = (merge.conflicts().count(), merge.taken().count());
        if both + theirs == 0 {
            return self.brought_together(*changed, &merge, effects);
        }
        let what = if self.loaded.is_none() {
            "was made by somebody else meanwhile"
        } else {
            "changed since it was read"
        };
        let all = both + theirs;
        let mine = match (both, all) {
            (0, 1) => "not changed by you".to_owned(),
            (0, _) => "none of them changed by you".to_owned(),
            (1, 1) => "which you changed too".to_owned(),
            (both, all) if both == all => "all of them changed by you too".to_owned(),
            (both, _) => format!("{both} of them changed by you too"),
        };
        let settings = counted(all, "setting");
        let question = Question::changed_on_disk(format!("{file} {what}: {settings}, {mine}."));
        self.bringing.changed = Some(changed);
        self.windows.push(Window::Question(question));
    }

    /// The button: what others changed is shown, to choose of it.
    pub(super) fn bring_together(&mut self, effects: &mut Vec<Effect>) {
        let Some(changed) = self.bringing.changed.take() else {
            return self.look_again(effects);
        };
        let Some(merge) = self.ours().map(|ours| changed.merge(&ours)) else {
            return;
        };
        let name = self.output_name();
        let (title, then) = if self.loaded.is_none() {
            (format!("{name} was made meanwhile"), "without it")
        } else if changed.beneath {
            (format!("{name} changed since it was read"), "under it")
        } else {
            (format!("{name} changed since it was read"), "as read")
        };
        let columns = [then.into(), "theirs".into(), "yours".into()];
        let (both, taken) = (merge.conflicts().count(), merge.taken().count());
        let screen = MergeScreen::new(title, columns, merge, For::File(changed));
        self.windows.push(Window::Merge(Box::new(screen)));
        let open = self.keymap.key(Action::Open);
        let choose = counted(both, "setting");
        self.say_line(match (both, taken) {
            (0, n) => format!("{n} of theirs taken over, nothing to choose. {open} goes on."),
            (_, 0) => format!("{choose} to choose, nothing else of theirs."),
            (_, n) => format!("{choose} to choose, {n} of theirs taken over."),
        });
    }

    /// All is decided: what was said stands on the file as it is now, and its review opens.
    pub(super) fn brought_together(
        &mut self,
        changed: Changed,
        merge: &Merge,
        effects: &mut Vec<Effect>,
    ) {
        let Some(ours) = self.ours() else {
            return;
        };
        let known = |name: &str| self.profiles.iter().any(|profile| profile.name == name);
        let before = self.profile().map(str::to_owned);
        let Together {
            said,
            saved,
            opened,
        } = changed.together(merge, &ours, known);
        if let Some(base) = &said.base {
            self.drafts.opened(base, &opened.found);
            self.opened.push((Arc::clone(base), opened.problems));
            self.writes_to.take(base, self.output_now());
            let (base, before) = (Arc::clone(base), self.loaded.clone());
            let known = &mut self.bringing.known;
            known.brought_together(base, before, opened.found.clone());
        }
        self.loaded = Some(opened.found);
        self.facts.output_exists = true;
        self.answers.say_instead(said, Whole::Together);
        self.saved = saved;
        self.ask(effects);
        self.review(effects);
        let undo = self.keymap.key(Action::Undo);
        let mut line = meanwhile::told(merge, &self.output_name());
        if before.as_deref() != self.profile() {
            let profile = self.profile().unwrap_or("none");
            line = format!("{line} The profile is {profile} now, as the file has it.");
        }
        self.say_line(format!("{line} {undo} undoes it."));
    }

    /// After undo or redo: what is known of the file goes along, unless it was written since.
    pub(super) fn follow_together(&mut self, left: Option<&Arc<Base>>) {
        let open = self.answers.said().base.clone();
        let known = &self.bringing.known;
        if known.follow(left, open.as_ref(), &mut self.loaded) {
            self.saved.base = open;
        }
    }
}
