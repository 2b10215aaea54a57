//! What the screens know of presets: which there are, which one the session stands for, what was deleted; and what
//! follows when work on them is done. Leaves to others: the work (`preset_jobs`), the list, the window that saves.

use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::files::Opened;
use super::msg::Effect;
use super::preset_jobs::{Done, Export, Job, Listed, News};
use super::preset_list::PresetList;
use super::preset_stands::Stands;
use super::question::{Press, Question};
use super::window::Window;
use crate::answers::{Base, Said};
use crate::prepare;
use crate::preset::{self, Deleted, Loaded, Name, Named, Refused, Saved, Whose};
use crate::problem::{Problem, counted};
use crate::store::{Outcome, Plan};

/// What the screens know of presets.
#[derive(Debug, Default)]
pub struct Presets {
    /// How many there are, as far as anybody looked.
    pub count: Option<usize>,
    /// Both folders as they were read last.
    pub listed: Option<Listed>,
    /// They are to be read as soon as the schema is here.
    pub(super) wanted: bool,
    /// The latest last; they come back as long as the program runs.
    deleted: Vec<Deleted>,
    pub(super) stands: Vec<Stands>,
    pub(super) put_aside: Vec<PutAside>,
    /// What was said of the preset that is being laid under the answers.
    pub(super) told: String,
    /// The differences from a preset were asked for: they show when a newer question than this is answered.
    pub(super) differs: Option<u64>,
    /// The differences wait for the list, to choose one from.
    pub(super) choosing: bool,
    /// What an export would write, while it is asked about.
    exporting: Option<Box<Plan>>,
    /// What it leaves out.
    left_out: Option<String>,
    /// It was read, and waits for the question whether unsaved answers give way.
    pub(super) to_load: Option<Box<Opened>>,
}

/// What loading a preset put aside, for undo.
#[derive(Debug)]
pub(super) struct PutAside {
    pub loaded: Arc<Base>,
    pub saved: Said,
    /// Secrets that were still to be entered again.
    pub again: Vec<Problem>,
}

impl App {
    pub(super) fn open_presets(&mut self) {
        self.presets.wanted = true;
        let now = self.stands_for().map(|stands| stands.named.clone());
        let list = PresetList::at(now);
        self.windows.push(Window::Presets(list));
    }

    /// Whatever waits for the schema, for a verdict, or to be read.
    pub(super) fn go_on_with_presets(&mut self, effects: &mut Vec<Effect>) {
        if self.presets.wanted && self.schema.is_some() {
            self.presets.wanted = false;
            effects.push(Effect::Preset(Job::List));
        }
        self.show_preset_differences();
    }

    /// Work on presets is done.
    pub(super) fn preset_news(&mut self, done: Done, effects: &mut Vec<Effect>) {
        if let Some(listed) = done.listed {
            self.presets.count = Some(listed.presets.len());
            self.presets.listed = Some(listed);
        }
        match done.news {
            News::Counted(count) => self.presets.count = Some(count),
            News::Listed => {}
            News::Saved(saved) => self.preset_saved(saved),
            News::Copied(saved) => self.preset_made(saved, "Copied"),
            News::Changed(was, saved) => {
                if let Ok(saved) = &saved {
                    self.stands_renamed(&was, saved);
                    self.base_renamed(&was, saved, effects);
                }
                self.preset_made(saved, "Changed");
            }
            News::Deleted(deleted) => self.preset_deleted(deleted),
            News::BackAgain(named, saved) => {
                self.point_at(&named);
                self.stands_gone(&named, false);
                self.say_saved(format!("{named} is back."), &saved.problems);
            }
            News::NotBack(deleted, refused) => {
                // It is not lost: it comes back when its place is free.
                self.presets.deleted.push(*deleted);
                self.say_refused(&refused);
            }
            News::Exported(exported) => self.exported(exported),
            News::Imported(imported) => match imported {
                Ok(loaded) => self.ask_to_import(*loaded),
                Err(problem) => self.say_preset_problem(&problem),
            },
        }
        self.rest_in_presets();
        self.offer_presets_to_compare();
    }

    /// A line, and below the help the first thing that did not go as it should.
    pub(super) fn say_saved(&mut self, line: String, problems: &[Problem]) {
        self.say_line(line);
        if let Some(problem) = problems.first() {
            self.message.notice = Some(format!("! {}", problem.sentence()));
        }
    }

    pub(super) fn say_preset_problem(&mut self, problem: &Problem) {
        let place = problem.place.as_ref().map_or_else(String::new, |place| {
            format!("{}: ", self.short_place(place, 32))
        });
        self.message.notice = Some(format!("✗ {place}{}", problem.sentence()));
    }

    pub(super) fn say_refused(&mut self, refused: &Refused) {
        self.say_preset_problem(refused.problem());
    }

    /// Which one is pointed at in the list from now on.
    pub(super) fn point_at(&mut self, named: &Named) {
        for window in &mut self.windows {
            if let Window::Presets(list) = window {
                list.chosen = Some(named.clone());
            }
        }
    }

    fn preset_deleted(&mut self, deleted: Result<Deleted, Refused>) {
        match deleted {
            Ok(deleted) => {
                let undo = self.keymap.key(Action::Undo);
                self.say_line(format!(
                    "{}/{} is deleted; {undo} brings it back, as long as this wizard runs.",
                    deleted.whose.word(),
                    deleted.name
                ));
                let named = deleted.named();
                let file = self.preset_path(deleted.whose, Some(&deleted.name));
                let kept = file.ok().and_then(|file| deleted.secrets_kept(&file));
                let later = format!("Later: vapora-tui preset restore {named}");
                self.message.notice = Some(match kept {
                    Some(kept) => format!("{later}   {kept}"),
                    None => later,
                });
                self.stands_gone(&named, true);
                self.presets.deleted.push(deleted);
            }
            Err(refused) => self.say_refused(&refused),
        }
    }

    /// Is there one to be brought back?
    #[must_use]
    pub fn has_deleted_preset(&self) -> bool {
        !self.presets.deleted.is_empty()
    }

    /// Brings back what was deleted last.
    pub(super) fn bring_preset_back(&mut self, effects: &mut Vec<Effect>) {
        if let Some(why) = self.facts.caution.forbids() {
            return self.say_line(why);
        }
        let Some(deleted) = self.presets.deleted.pop() else {
            let back = self.keymap.key(Action::Back);
            return self.say_line(format!(
                "No preset was deleted here; {back} first, to undo answers."
            ));
        };
        effects.push(Effect::Preset(Job::PutBack(Box::new(deleted))));
    }

    /// A copy was made, or one was changed.
    fn preset_made(&mut self, saved: Result<Saved, Refused>, done: &str) {
        match saved {
            Ok(saved) => {
                let named = self.named_by_file(&saved);
                if matches!(self.windows.last(), Some(Window::SavePreset(_))) {
                    self.windows.pop();
                }
                let what = named.as_ref().map_or_else(String::new, Named::to_string);
                if let Some(named) = named {
                    self.point_at(&named);
                }
                self.say_saved(format!("{done}: {what}."), &saved.problems);
            }
            Err(Refused::Taken { problem, .. }) => {
                self.is_not_saved();
                let problem = Problem {
                    hint: Some("Choose another name.".to_owned()),
                    ..problem
                };
                self.say_preset_problem(&problem);
            }
            Err(refused) => {
                self.is_not_saved();
                self.say_refused(&refused);
            }
        }
    }

    fn named_by_file(&self, saved: &Saved) -> Option<Named> {
        let listed = self.presets.listed.as_ref()?;
        let found = listed.presets.iter().find(|one| one.file == saved.file);
        found.map(Loaded::named)
    }

    /// The prompt has given a file to export to.
    pub(super) fn export_preset(&mut self, file: std::path::PathBuf, effects: &mut Vec<Effect>) {
        let Some(of) = self.chosen_preset().cloned() else {
            return;
        };
        self.presets.left_out = preset::left_out_in_words(&of.clear);
        let of = Box::new(of);
        effects.push(Effect::Preset(Job::PlanExport { of, file }));
    }

    pub(super) fn export_as_planned(&mut self, effects: &mut Vec<Effect>) {
        let plan = self.presets.exporting.take();
        effects.extend(plan.map(|plan| Effect::Preset(Job::Export(plan))));
    }

    fn exported(&mut self, exported: Result<Export, Problem>) {
        let exported = match exported {
            Ok(exported) => exported,
            Err(problem) => return self.say_preset_problem(&problem),
        };
        match exported {
            Export::Written(file) => {
                self.close_prompt();
                let file = self.shown_path(&file);
                let left_out = self.presets.left_out.take();
                let left_out = left_out.map_or_else(String::new, |out| format!(", {out}"));
                self.say_line(format!("Exported: {file}{left_out}."));
            }
            Export::Same(file) => {
                self.close_prompt();
                let file = self.shown_path(&file);
                self.say_line(format!("{file} says the same already."));
            }
            Export::Planned(plan) => self.ask_to_export(plan),
        }
    }

    /// The plan, before anything is written; the name can be mended behind it.
    fn ask_to_export(&mut self, plan: Box<Plan>) {
        let mut lines = vec![prepare::summary(&plan, &self.facts.here)];
        let [title, button] = match plan.outcome {
            Outcome::Changed => {
                let file = self.shown_path(&plan.file);
                lines.push(format!("{file} holds another preset, which would be gone."));
                ["Replace the file?", "Replace it"]
            }
            Outcome::New | Outcome::Same => ["Write the file?", "Write it"],
        };
        if !plan.folders.is_empty() {
            let made = counted(plan.folders.len(), "folder");
            lines.push(format!("{made} would be made for it."));
        }
        if let Some(left_out) = &self.presets.left_out {
            lines.push(format!(
                "{left_out}; vapora-tui preset export --with-secrets writes them too."
            ));
        }
        self.presets.exporting = Some(plan);
        self.windows.push(Window::Question(Question {
            title: title.into(),
            lines,
            buttons: vec![
                (button.into(), Press::Export),
                ("Back".into(), Press::Nothing),
            ],
            at: 1,
        }));
    }

    pub(super) fn close_prompt(&mut self) {
        if matches!(self.windows.last(), Some(Window::Prompt(_))) {
            self.windows.pop();
        }
    }

    /// What the start screen says of presets.
    #[must_use]
    pub fn presets_in_short(&self) -> String {
        match self.presets.count {
            None => "…".to_owned(),
            Some(0) => "none saved yet".to_owned(),
            Some(count) => format!("{count} saved"),
        }
    }

    /// `4 answers`.
    pub(super) fn answers_of(loaded: &Loaded) -> String {
        counted(loaded.preset.answers.len(), "answer")
    }

    /// Where a preset of this name lies, or would lie, as an operator would type it.
    ///
    /// # Errors
    /// A problem for the own presets of a user without a home.
    pub fn preset_path(&self, whose: Whose, name: Option<&Name>) -> Result<String, Problem> {
        let Some(listed) = &self.presets.listed else {
            return Ok("…".to_owned());
        };
        let file = match name {
            Some(name) => listed.places.file(whose, name)?,
            None => listed.places.folder(whose)?.join("NAME.toml"),
        };
        Ok(self.shown_path(&file))
    }
}
