//! A file that was opened becomes the base; what it shares with its profile follows the profile.

use std::path::Path;
use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::choice::{self, Choice};
use super::msg::{Effect, Msg};
use super::window::Window;
use crate::answers::{Answers, Base, Said};
use crate::belongs;
use crate::clean;
use crate::config::Config;
use crate::files::{self, Opened};
use crate::folder::{self, Folder};
use crate::problem::{Counts, Problem, counted};
use crate::schema::Schema;
use crate::standing::Standing;
use crate::workspace::Workspace;
use crate::writes_to::Output;

/// Columns that a place takes before what is said of it.
const PLACE: usize = 32;

impl App {
    pub(super) fn begin_with(&mut self, said: Said, effects: &mut Vec<Effect>) {
        self.saved = said.clone();
        self.answers = Answers::start(said);
        self.started = true;
        self.last_diff = None;
        self.ask(effects);
    }

    pub(super) fn opened(
        &mut self,
        opened: Result<Box<Opened>, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        let opened = match opened {
            Ok(opened) => *opened,
            Err(problem) => {
                self.open = None;
                self.tell_not_opened(&problem, "");
                return self.tell_restored(false);
            }
        };
        if let Standing::Nothing(problem) = &opened.standing {
            self.open = None;
            self.writes_elsewhere_than(&opened.base.file);
            self.tell_not_opened(problem, "Not opened: ");
            return self.tell_restored(false);
        }
        if opened.base.preset.is_some() {
            return self.preset_opened(opened, effects);
        }
        let mode = opened.mode.map(|mode| clean::line(&mode));
        let known = mode
            .clone()
            .filter(|mode| self.profiles.iter().any(|p| p.name == *mode));
        let mut base = opened.base;
        base.profile.clone_from(&known);
        let base = Arc::new(base);
        self.drafts.opened(&base, &opened.found);
        self.windows
            .retain(|window| !matches!(window, Window::Prompt(_)));
        let told = opened.problems.clone();
        self.opened.push((Arc::clone(&base), opened.problems));
        let from_command_line = self.open.take().is_some();
        if let Standing::Foreign(_) | Standing::Preset = &opened.standing {
            self.writes_elsewhere_than(&base.file);
        }
        let foreign = match opened.standing {
            Standing::Foreign(words) => Some(words),
            Standing::Ours | Standing::Preset | Standing::Nothing(_) => None,
        };
        // A file named by --from is a base; one opened in the wizard is also where w writes, unless --output said.
        let only_base = from_command_line || self.facts.output_named || foreign.is_some();
        if !only_base || base.file == self.facts.output {
            self.writes_to.take(&base, self.output_now());
            self.facts.output.clone_from(&base.file);
            self.facts.output_exists = true;
            self.loaded = Some(opened.found);
        }
        let name = base.name();
        let before = self.answers.said().base.clone();
        if self.started && !from_command_line {
            self.answers.open(Some(Arc::clone(&base)));
            self.saved.base.clone_from(&self.answers.said().base);
            self.ask(effects);
        } else {
            let said = Said {
                profile: self.profile().map(str::to_owned).or_else(|| known.clone()),
                base: Some(Arc::clone(&base)),
                ..Said::default()
            };
            self.begin_with(said, effects);
        }
        self.tell_opened(&name, base.values.len(), &told);
        if let Some(words) = foreign {
            let write = self.keymap.key(Action::Write);
            let output = self.shown_path(&self.facts.output);
            self.message.notice = Some(format!(
                "! {words}, so {name} is only a base: {write} writes to {output}."
            ));
        } else {
            self.to_tell = Some(Arc::clone(&base));
        }
        self.tell_restored(true);
        let reread =
            before.is_some_and(|before| before.file == base.file && before.profile == base.profile);
        match (self.profile(), known) {
            (None, _) => {
                let title = match mode {
                    Some(mode) => format!("The file's profile {mode} is not here: choose one"),
                    None => "The file names no profile: choose the one it stands on".to_owned(),
                };
                self.proposal = Some(title);
                self.propose_profile(effects);
            }
            (Some(now), Some(known)) if *now != known && from_command_line => {
                // Both were named there.
                let change = self.keymap.key(Action::Profile);
                let line = format!(
                    "{name} names profile {known}, {now} is in force: {change} changes it."
                );
                self.say_line(line);
                self.to_tell = None;
            }
            (Some(now), Some(known)) if *now != known && !reread => {
                let title = format!("{name} names {known}, {now} is in force: which one?");
                let items = vec![
                    (known, "the one that the file names".to_owned()),
                    (now.to_owned(), "as it is now".to_owned()),
                ];
                let choice = Choice::new(choice::For::Profile, &title, items, None);
                self.windows.push(Window::Choice(choice));
            }
            _ => {}
        }
    }

    /// `vapora.toml is open: 12 settings. It has 1 error, 2 warnings.`, and the worst of them.
    fn tell_opened(&mut self, name: &str, settings: usize, found: &[Problem]) {
        let line = format!("{name} is open: {}.", counted(settings, "setting"));
        self.tell_found(line, found);
    }

    /// The line with how much was found, and the worst of it.
    pub(super) fn tell_found(&mut self, mut line: String, found: &[Problem]) {
        let counts = Counts::of(found);
        let parts = [
            (counts.errors, counted(counts.errors, "error")),
            (counts.warnings, counted(counts.warnings, "warning")),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(count, words)| (count > 0).then_some(words))
            .collect();
        if !parts.is_empty() {
            line = format!("{line} It has {}.", parts.join(", "));
        }
        self.say_line(line);
        let Some(worst) = found.iter().min_by_key(|problem| problem.severity) else {
            return;
        };
        let list = self.keymap.key(Action::Problems);
        let more = match found.len() {
            1 => String::new(),
            _ => format!(" {list} lists all."),
        };
        let sign = super::theme::sign(worst.severity);
        let place = match (&worst.place, &worst.path) {
            (Some(place), _) => format!("{}: ", self.short_place(place, PLACE)),
            (None, Some(path)) => format!("{path}: "),
            (None, None) => String::new(),
        };
        self.message.notice = Some(format!("{sign} {place}{}{more}", worst.message));
    }

    /// What is wrong in the file that was opened, now that its values are judged.
    pub(super) fn announce(&mut self) {
        if self.profile().is_none() {
            return;
        }
        let only_choices = self.windows.iter().all(|w| matches!(w, Window::Choice(_)));
        let open = self.answers.said().base.as_ref();
        let opened = self.to_tell.take().filter(|_| only_choices);
        let still = |base: &Arc<Base>| open.is_some_and(|open| Arc::ptr_eq(open, base));
        let Some(base) = opened.filter(still) else {
            return;
        };
        let judged = self.config.iter().flat_map(Config::problems);
        let given = judged.filter(|problem| {
            let path = problem.path.as_ref();
            path.is_some_and(|path| base.values.contains_key(path) && !self.is_changed(path))
        });
        let found: Vec<Problem> = self.base_problems().iter().chain(given).cloned().collect();
        if found.is_empty() {
            return;
        }
        if base.preset.is_some() {
            self.tell_loaded(&found);
        } else {
            self.tell_opened(&base.name(), base.values.len(), &found);
        }
        // What is wrong in the file can be asked for again; who else has it open is known only from here.
        self.tell_other();
    }

    /// A file that is not ours is never the place to write because it was named to be opened.
    pub(super) fn writes_elsewhere_than(&mut self, file: &Path) {
        let output = Workspace::at(&self.facts.workspace).output_file();
        if self.facts.output == file && output != file {
            self.facts.output = output;
            self.facts.output_named = false;
            self.facts.output_exists = false;
            self.loaded = None;
        }
    }

    pub(super) fn output_now(&self) -> Output {
        Output {
            file: self.facts.output.clone(),
            exists: self.facts.output_exists,
            loaded: self.loaded.clone(),
        }
    }

    /// After undo or redo: the output goes along with the file that is open.
    pub(super) fn follow_base(&mut self, left: Option<&Arc<Base>>) {
        let open = self.answers.said().base.clone();
        let now = self.output_now();
        if let Some(to) = self.writes_to.follow(left, open.as_ref(), &now) {
            self.facts.output = to.file;
            self.facts.output_exists = to.exists;
            self.loaded = to.loaded;
            self.saved.base = open;
        }
        self.follow_together(left);
    }

    /// Has each profile judged alone, one after the other, then offers them, the one nearest to the file first.
    pub(super) fn propose_profile(&mut self, effects: &mut Vec<Effect>) {
        let base = self.answers.said().base.clone();
        let (Some(base), None) = (base, self.profile()) else {
            self.proposal = None;
            return;
        };
        if self.proposal.is_none() {
            return;
        }
        let judged = |name: &str| self.baselines.get(name)?.config.as_ref();
        let unknown = self.profiles.iter().find(|p| judged(&p.name).is_none());
        if let (Some(profile), None) = (unknown, &self.lost) {
            let name = profile.name.clone();
            return self.ask_baseline(&name, effects);
        }
        let known = self.profiles.iter();
        let known = known.filter_map(|p| Some((p.name.as_str(), judged(&p.name)?)));
        let found = belongs::likeness(&base.values, known);
        let mut items: Vec<(String, String)> = Vec::new();
        for likeness in &found {
            items.push((likeness.profile.clone(), likeness.words()));
        }
        for profile in &self.profiles {
            if !found
                .iter()
                .any(|likeness| likeness.profile == profile.name)
            {
                items.push((profile.name.clone(), profile.summary.clone()));
            }
        }
        let title = self.proposal.take().unwrap_or_default();
        let choice = Choice::new(choice::For::Profile, &title, items, None);
        self.windows.push(Window::Choice(choice));
    }

    /// A folder was looked into: which of its files is meant?
    pub(super) fn folder(&mut self, found: Result<Box<Folder>, Problem>) {
        self.open = None;
        let found = match found {
            Ok(found) => *found,
            Err(problem) => return self.tell_not_opened(&problem, ""),
        };
        self.windows
            .retain(|window| !matches!(window, Window::Prompt(_)));
        if let Some(own) = found.own_files() {
            self.say_line(own);
        }
        let files = found.files.iter();
        let items = files.map(|file| (file.name.clone(), file.meaning.clone()));
        let items = items.collect();
        let files = found.files.into_iter().map(|file| (file.name, file.file));
        let purpose = choice::For::Folder(files.collect());
        let title = format!("Open a file of {}", self.shown_path(&found.root));
        let choice = Choice::new(purpose, &title, items, None);
        self.windows.push(Window::Choice(choice));
    }

    fn tell_not_opened(&mut self, problem: &Problem, what: &str) {
        let place = problem.place.as_ref().map_or_else(String::new, |place| {
            format!("{}: ", self.short_place(place, PLACE))
        });
        self.message.notice = Some(format!("✗ {what}{place}{}", problem.sentence()));
    }
}

impl Msg {
    /// Reads a file, or looks into a folder.
    #[must_use]
    pub fn opening(path: &Path, schema: &Schema) -> Self {
        if path.is_dir() {
            Self::Folder(folder::look(path, schema).map(Box::new))
        } else {
            Self::Opened(files::open(path, schema).map(Box::new))
        }
    }
}
