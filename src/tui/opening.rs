//! A file that was opened becomes the base; what it shares with its profile follows the profile.

use std::sync::Arc;

use super::app::App;
use super::choice::{self, Choice};
use super::files::Opened;
use super::msg::Effect;
use super::window::Window;
use crate::answers::{Answers, Said};
use crate::clean;
use crate::problem::{Problem, counted};

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
                let place = problem
                    .place
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                self.message.notice = Some(format!("✗ {place} {}", problem.sentence()));
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
            let items = self
                .profiles
                .iter()
                .map(|p| (p.name.clone(), p.summary.clone()))
                .collect();
            let title = match mode {
                Some(mode) => format!("The file's profile {mode} is not here: choose one"),
                None => "The file names no profile: choose the one it stands on".to_owned(),
            };
            let choice = Choice::new(choice::For::Profile, &title, items, None);
            self.windows.push(Window::Choice(choice));
        }
    }
}
