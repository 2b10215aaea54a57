//! The output file was changed by somebody else: noticed at the review or at the write, and brought together with the
//! answers, setting by setting. Leaves to others: what follows from a choice (`meanwhile`), the choice (`merge_screen`).

use std::path::PathBuf;
use std::sync::Arc;

use super::action::Action;
use super::app::{App, Facts};
use super::merge_screen::{For, MergeScreen};
use super::msg::Effect;
use super::question::Question;
use super::window::Window;
use crate::answers::Base;
use crate::draft;
use crate::meanwhile::{Changed, Now, Ours, Then, Together};
use crate::merge::{Fate, Merge};
use crate::prepare::Prepared;
use crate::problem::counted;
use crate::store::Found;

/// What is known of the file besides `App::loaded`.
#[derive(Debug, Default)]
pub(super) struct Bringing {
    /// The file that was not there when it became the output.
    absent: Option<PathBuf>,
    /// The file as it is now, while it is asked what to do.
    changed: Option<Box<Changed>>,
    /// What was brought together so far, for undo.
    steps: Vec<Step>,
}

/// One bringing together: the base that it made, and what was known of the file on both sides of it.
#[derive(Debug)]
struct Step {
    base: Arc<Base>,
    before: Option<Found>,
    after: Option<Found>,
}

impl Bringing {
    pub fn of(facts: &Facts) -> Self {
        Self {
            absent: (!facts.output_exists).then(|| facts.output.clone()),
            ..Self::default()
        }
    }
}

impl App {
    /// Is the file another one than was read, or there though it was not?
    pub(super) fn is_other_than_known(&self, planned: &Prepared) -> bool {
        match (&self.loaded, &planned.found) {
            (Some(loaded), Some(found)) => loaded.fingerprint != found.fingerprint,
            (None, Some(_)) => self.bringing.absent.as_ref() == Some(&planned.file),
            (_, None) => false,
        }
    }

    /// Checksum of the output file as it was read, for the draft; empty when it was not there.
    pub(super) fn output_then(&self) -> Option<String> {
        match &self.loaded {
            Some(found) => Some(draft::hex(&found.fingerprint.sha256)),
            None => {
                let absent = self.bringing.absent.as_ref() == Some(&self.facts.output);
                absent.then(String::new)
            }
        }
    }

    /// A draft goes on: `read` was read as its base just now, `output` is there, `then` is what the draft knew of it.
    pub(super) fn knew_output(
        &mut self,
        read: Option<Found>,
        output: Option<Found>,
        then: Option<&str>,
    ) {
        let absent = then == Some("") && output.is_none();
        self.bringing.absent = absent.then(|| self.facts.output.clone());
        self.loaded = match (read, output, then) {
            (Some(read), ..) => Some(read),
            (None, Some(mut found), Some(then)) => {
                if draft::hex(&found.fingerprint.sha256) != then {
                    // Another state of it must be noticed before it is written.
                    found.bytes.clear();
                    found.fingerprint.sha256 = [0; 32];
                }
                Some(found)
            }
            (None, ..) => None,
        };
    }

    /// The file is gone and is made again: one that appears now is somebody else's.
    pub(super) fn write_anew(&mut self, effects: &mut Vec<Effect>) {
        self.loaded = None;
        self.bringing.absent = Some(self.facts.output.clone());
        self.review(effects);
    }

    /// Has the file read again, beside what it was.
    pub(super) fn look_again(&mut self, effects: &mut Vec<Effect>) {
        let Some(ours) = self.ours() else {
            return;
        };
        let known = self.loaded.as_ref();
        let then = match known.filter(|found| found.fingerprint.sha256 != [0; 32]) {
            Some(found) => Then::Read(found.clone()),
            None => Then::Beneath(ours.beneath()),
        };
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
            format!("{file} was made by somebody else meanwhile.")
        } else {
            format!("{file} changed since it was read.")
        };
        let settings = counted(both + theirs, "setting");
        let mine = match both {
            0 => "none of them changed by you".to_owned(),
            n => format!("{n} of them changed by you too"),
        };
        let question = Question::changed_on_disk(format!("{what} It changes {settings}, {mine}."));
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
            self.bringing.steps.push(Step {
                base: Arc::clone(base),
                before: self.loaded.clone(),
                after: Some(opened.found.clone()),
            });
        }
        self.loaded = Some(opened.found);
        self.facts.output_exists = true;
        self.answers.bring_together(said);
        self.saved = saved;
        self.ask(effects);
        self.review(effects);
        let undo = self.keymap.key(Action::Undo);
        let mut line = told(merge, &self.output_name());
        if before.as_deref() != self.profile() {
            let profile = self.profile().unwrap_or("none");
            line = format!("{line} The profile is {profile} now, as the file has it.");
        }
        self.say_line(format!("{line} {undo} undoes it."));
    }

    /// After undo or redo: what is known of the file goes along, unless it was written since.
    pub(super) fn follow_together(&mut self, left: Option<&Arc<Base>>) {
        let open = self.answers.said().base.clone();
        let is = |base: &Arc<Base>, other: Option<&Arc<Base>>| {
            other.is_some_and(|other| Arc::ptr_eq(base, other))
        };
        let now = self.loaded.as_ref().map(|found| &found.fingerprint);
        let print = |found: &Option<Found>| found.as_ref().map(|found| found.fingerprint.clone());
        for step in &self.bringing.steps {
            let (was, holds) = (is(&step.base, left), is(&step.base, open.as_ref()));
            if was && !holds && now == print(&step.after).as_ref() {
                self.loaded.clone_from(&step.before);
                break;
            }
            if holds && !was && now == print(&step.before).as_ref() {
                self.loaded.clone_from(&step.after);
                self.saved.base = open;
                break;
            }
        }
    }
}

/// What came of it, in a sentence or two.
fn told(merge: &Merge, name: &str) -> String {
    let both = merge.conflicts().count();
    let theirs = merge.taken().count();
    let own = merge.rows.iter();
    let own = own.filter(|row| row.fate == Fate::Ours).count();
    if both + theirs == 0 {
        return format!("{name} was written anew by somebody else, without another value.");
    }
    let chosen = match both {
        0 => String::new(),
        n => format!(", {n} chosen"),
    };
    let kept = match own {
        0 => String::new(),
        n => format!(", {n} of yours kept"),
    };
    format!("Brought together: {theirs} taken over{chosen}{kept}.")
}
