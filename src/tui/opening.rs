//! A file that was opened becomes the base; what it shares with its profile follows the profile.

use std::path::Path;
use std::sync::Arc;

use super::app::App;
use super::choice::{self, Choice};
use super::msg::{Effect, Msg};
use super::window::Window;
use crate::answers::{Answers, Said};
use crate::belongs;
use crate::clean;
use crate::files::{self, Opened};
use crate::folder::{self, Folder};
use crate::problem::{Problem, counted};
use crate::schema::Schema;

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
                self.tell_not_opened(&problem);
                return;
            }
        };
        let mode = opened.mode.map(|mode| clean::line(&mode));
        let known = mode
            .clone()
            .filter(|mode| self.profiles.iter().any(|p| p.name == *mode));
        let mut base = opened.base;
        base.profile.clone_from(&known);
        let base = Arc::new(base);
        self.windows
            .retain(|window| !matches!(window, Window::Prompt(_)));
        self.opened.push((Arc::clone(&base), opened.problems));
        let from_command_line = self.open.take().is_some();
        // A file named by --from is a base; one opened in the wizard is also where w writes, unless --output said.
        let only_base = from_command_line || self.facts.output_named;
        if !only_base || base.file == self.facts.output {
            self.facts.output.clone_from(&base.file);
            self.facts.output_exists = true;
            self.loaded = Some(opened.found);
        }
        let count = base.values.len();
        let name = base.name();
        if self.started && !from_command_line {
            self.answers.open(Some(base));
            self.saved.base.clone_from(&self.answers.said().base);
            self.ask(effects);
        } else {
            let said = Said {
                profile: self.profile().map(str::to_owned).or(known),
                base: Some(base),
                ..Said::default()
            };
            self.begin_with(said, effects);
        }
        self.say_line(format!("{name} is open: {}.", counted(count, "setting")));
        if self.profile().is_none() {
            let title = match mode {
                Some(mode) => format!("The file's profile {mode} is not here: choose one"),
                None => "The file names no profile: choose the one it stands on".to_owned(),
            };
            self.proposal = Some(title);
            self.propose_profile(effects);
        }
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
            Err(problem) => return self.tell_not_opened(&problem),
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

    fn tell_not_opened(&mut self, problem: &Problem) {
        let place = problem
            .place
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        self.message.notice = Some(format!("✗ {place} {}", problem.sentence()));
    }
}

impl Msg {
    /// Reads a file, or looks into a folder.
    #[must_use]
    pub fn opening(path: &Path, schema: &Schema) -> Self {
        if path.is_dir() {
            Self::Folder(folder::look(path).map(Box::new))
        } else {
            Self::Opened(files::open(path, schema).map(Box::new))
        }
    }
}
