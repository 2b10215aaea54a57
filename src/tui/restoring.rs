//! Restoring an earlier version: its plan in the review, what the schema says of it, the write, and the screen after it.
//! Leaves to others: choosing the version (`generations`), planning (`restore`), the review itself (`review`).

use super::app::{App, Message};
use super::comparing::{Compared, Purpose};
use super::files::Wrote;
use super::generations::GenerationsScreen;
use super::msg::Effect;
use super::review::{self, Review};
use super::text::fit;
use super::window::Window;
use crate::command_line::{self, Command};
use crate::problem::{Counts, Problem};
use crate::restore::{self, Restoration};
use crate::store::{About, Failed, Found, Note};

/// What a review is about that writes an earlier version.
#[derive(Debug)]
pub struct Restores {
    pub number: u32,
    /// What was noted when it was written.
    pub about: Option<About>,
    /// What is wrong with it; `None` while it is judged.
    pub problems: Option<Vec<Problem>>,
    /// The output file is what is on the screen, and nothing is unsaved: the screen follows.
    follows: bool,
}

impl Restores {
    /// When it was written, by whom and why; cut to so many columns.
    #[must_use]
    pub fn about(&self, columns: usize) -> String {
        let text = match &self.about {
            None => "what was noted of it is lost".to_owned(),
            Some(about) if about.note.text().is_empty() => {
                format!("{} by {}", about.when, about.who)
            }
            Some(about) => format!("{} by {}: {}", about.when, about.who, about.note),
        };
        fit(&text, columns)
    }

    /// What is wrong with it, on so many rows.
    #[must_use]
    pub fn problems(&self, app: &App, columns: usize, rows: usize) -> Vec<(&'static str, String)> {
        let Some(problems) = &self.problems else {
            let told = match &app.lost {
                Some(lost) => format!("not judged: {}", lost.message),
                None => "being judged…".to_owned(),
            };
            return vec![("Problems", fit(&told, columns))];
        };
        let mut listed: Vec<&Problem> = problems.iter().collect();
        listed.sort_by_key(|problem| problem.severity);
        let counts = Counts::of(listed.iter().copied());
        let count = if counts.is_empty() {
            "none: it holds under the schema".to_owned()
        } else {
            format!("{counts} in this version")
        };
        review::named(app, &listed, count, columns, rows)
    }
}

impl Review {
    /// The note as it is kept.
    pub(super) fn whole_note(&self) -> Result<Note, Problem> {
        match &self.restores {
            Some(restores) => restore::note(restores.number, &self.noted),
            None => Note::new(&self.noted),
        }
    }
}

impl App {
    /// Is nothing known yet of what the schema says of the version?
    pub(super) fn still_judges(&self, review: &Review) -> bool {
        let restores = review.restores.as_ref();
        let waits = restores.is_some_and(|restores| restores.problems.is_none());
        waits && self.lost.is_none() && self.schema.is_some()
    }

    /// The command that restores what this review shows.
    pub(super) fn same_restoring(&self, review: &Review, number: u32) -> Option<Command> {
        review.plan.as_ref().ok()?;
        let output = self.word_of(&review.planned.file)?;
        let workspace = if self.facts.workspace == self.facts.here {
            None
        } else {
            Some(self.word_of(&self.facts.workspace)?)
        };
        let note = Some(review.noted.as_str()).filter(|note| !note.is_empty());
        Some(command_line::restore(number, workspace, output, note))
    }

    /// The plan is there: it is shown, and judged meanwhile.
    pub(super) fn restore_planned(
        &mut self,
        planned: Result<Box<Restoration>, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        if !matches!(self.windows.last(), Some(Window::Generations(_))) {
            return;
        }
        let restoration = match planned {
            Ok(restoration) => *restoration,
            Err(problem) => {
                self.message.notice = Some(format!("✗ {}", problem.sentence()));
                return self.ask_versions(effects);
            }
        };
        let Restoration {
            number,
            about,
            opened,
            prepared,
        } = restoration;
        let shown = self.started && !self.unsaved() && self.edit.is_none();
        let restores = Restores {
            number,
            about,
            problems: None,
            follows: shown && is_state(self.loaded.as_ref(), prepared.found.as_ref()),
        };
        let said = self.answers.said().clone();
        let refusal = self.facts.caution.forbids();
        let review = Review::new(prepared, said, refusal).restoring(restores);
        self.windows.push(Window::Review(Box::new(review)));
        self.comparing = Some(Compared::new(
            opened,
            Purpose::Restore(number),
            (self.profile(), &self.profiles),
        ));
        self.ask_compared(effects);
    }

    /// The version whose plan is in front was judged.
    pub(super) fn restore_judged(&mut self, number: u32, found: Vec<Problem>) {
        for window in &mut self.windows {
            if let Window::Review(review) = window
                && let Some(restores) = &mut review.restores
                && restores.number == number
            {
                restores.problems = Some(found);
                return;
            }
        }
    }

    /// It was written, or was not.
    pub(super) fn restored(
        &mut self,
        mut review: Review,
        outcome: Result<Wrote, Failed>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(restores) = &review.restores else {
            return;
        };
        self.ask_versions(effects);
        let (written, found) = match outcome {
            Ok(wrote) => wrote,
            Err(failed @ Failed::ChangedOnDisk { .. }) => {
                let back = self.keymap.key(super::action::Action::RestoreGeneration);
                let why = failed.problem().message;
                self.message.notice = Some(format!(
                    "✗ Nothing was written. {why} {back} plans it against what is there now."
                ));
                return;
            }
            Err(failed) => {
                review.writing = false;
                review.focus = super::review::Focus::Back;
                self.windows.push(Window::Review(Box::new(review)));
                self.message.notice = Some(format!("✗ {failed}"));
                return;
            }
        };
        let (file, number) = (self.shown_path(&written.path), restores.number);
        let generation = written
            .generation
            .map_or_else(String::new, |n| format!(", kept as generation {n}"));
        let mut notice = format!("Restored: {file} holds generation {number} again{generation}.");
        if let Some(problem) = written.problems.first() {
            notice = format!("! {}", problem.sentence());
        }
        self.facts.output_exists = true;
        for window in &mut self.windows {
            if let Window::Generations(screen) = window {
                *screen = GenerationsScreen::default();
            }
        }
        if restores.follows {
            self.follow_restored(notice, effects);
            return;
        }
        let then = if !self.started {
            " It can be opened from the start screen."
        } else if self.loaded.is_some() && is_state(self.loaded.as_ref(), found.as_ref()) {
            ""
        } else if self.loaded.is_some() {
            " Your answers stay as they are; writing them asks first, for the file changed under them."
        } else {
            " What is on the screen stays as it is."
        };
        self.message = Message {
            line: None,
            notice: Some(format!("{notice}{then}")),
        };
    }

    /// The screen takes over what the file holds now: nothing on it was unsaved.
    fn follow_restored(&mut self, notice: String, effects: &mut Vec<Effect>) {
        let paths: Vec<_> = self.answers.said().answers.keys().cloned().collect();
        if !paths.is_empty() {
            self.answers.take_back(&paths);
        }
        self.generations.restored = Some(notice);
        effects.push(Effect::Open(self.facts.output.clone()));
    }

    /// The restored file is open, or could not be: said after what is said of any file that is opened.
    pub(super) fn tell_restored(&mut self, is_open: bool) {
        let Some(notice) = self.generations.restored.take() else {
            return;
        };
        if is_open {
            self.saved.clone_from(self.answers.said());
        }
        let then = if is_open {
            "The screen shows what it holds."
        } else {
            "It could not be opened here again."
        };
        self.message.notice = Some(format!("{notice} {then}"));
    }
}

/// Are both the same state of a file?
fn is_state(one: Option<&Found>, other: Option<&Found>) -> bool {
    let pair = one.zip(other);
    pair.is_some_and(|(one, other)| one.fingerprint == other.fingerprint)
}
