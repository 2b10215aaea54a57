//! The earlier versions of the output file: the list, looking at one beside what is in force, choosing one to restore.
//! Leaves to others: the plan of restoring (`restoring`), the differences (`comparing`), reading (`earlier`).

use std::path::PathBuf;

use super::action::Action;
use super::app::App;
use super::choice;
use super::diff_screen::Left;
use super::files::Opened;
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::window::Window;
use crate::earlier::{self, Version, Versions};
use crate::problem::Problem;
use crate::restore::{self, Restoration};
use crate::schema::Schema;

/// What the screens know of earlier versions.
#[derive(Debug, Default)]
pub struct Generations {
    /// As last read, of this file.
    listed: Option<(PathBuf, Versions)>,
    /// What is told when the restored file is open.
    pub(super) restored: Option<String>,
}

/// The state of the window.
#[derive(Clone, Debug, Default)]
pub struct GenerationsScreen {
    pub cursor: Cursor,
    /// The version that the cursor is on, so that it stays there when others come and go.
    number: Option<u32>,
    /// The differences open as soon as what was asked for is judged.
    pub(super) compares: bool,
}

/// What is done beside the loop; the file is the output file.
#[derive(Debug)]
pub enum Work {
    List(PathBuf),
    /// Read this version to compare with it.
    Compare(PathBuf, u32),
    /// Plan to restore this version.
    Restore(PathBuf, u32),
}

/// What came of it.
#[derive(Debug)]
pub enum News {
    Listed(PathBuf, Versions),
    Read(PathBuf, u32, Result<Box<Opened>, Problem>),
    Planned(Result<Box<Restoration>, Problem>),
}

impl Work {
    /// Does it; `now` is in seconds since 1970.
    #[must_use]
    pub fn done(self, schema: &Schema, now: i64) -> News {
        match self {
            Self::List(file) => {
                let versions = earlier::versions(&file, Some(schema), now);
                News::Listed(file, versions)
            }
            Self::Compare(file, number) => {
                let opened = restore::look(&file, number, schema).map(Box::new);
                News::Read(file, number, opened)
            }
            Self::Restore(file, number) => {
                News::Planned(restore::restore(&file, number, schema).map(Box::new))
            }
        }
    }
}

/// The rows of the list below its head.
#[must_use]
pub fn generations_height(list: usize) -> usize {
    list.saturating_sub(1)
}

impl App {
    /// The versions of the output file, when they were read.
    #[must_use]
    pub fn versions(&self) -> Option<&Versions> {
        let (file, versions) = self.generations.listed.as_ref()?;
        (*file == self.facts.output).then_some(versions)
    }

    /// The version that the cursor is on.
    #[must_use]
    pub fn chosen_version(&self, screen: &GenerationsScreen) -> Option<&Version> {
        self.versions()?.versions.get(screen.cursor.at)
    }

    pub(super) fn ask_versions(&self, effects: &mut Vec<Effect>) {
        let file = self.facts.output.clone();
        effects.push(Effect::Generations(Work::List(file)));
    }

    pub(super) fn open_generations(&mut self, effects: &mut Vec<Effect>) {
        self.ask_versions(effects);
        let screen = GenerationsScreen::default();
        self.windows.push(Window::Generations(screen));
    }

    pub(super) fn generations_news(&mut self, news: News, effects: &mut Vec<Effect>) {
        match news {
            News::Listed(file, versions) => self.versions_listed(file, versions),
            News::Read(file, number, opened) => {
                if opened.is_err() {
                    self.ask_versions(effects);
                }
                self.compared_version(&file, number, opened, effects);
            }
            News::Planned(planned) => self.restore_planned(planned, effects),
        }
    }

    fn versions_listed(&mut self, file: PathBuf, versions: Versions) {
        self.generations.listed = Some((file, versions));
        let versions = self.versions().cloned().unwrap_or_default().versions;
        let height = generations_height(list_height(self.size));
        for window in &mut self.windows {
            if let Window::Generations(screen) = window {
                let number = screen.number;
                let at = versions.iter().position(|one| Some(one.number) == number);
                let at = at.unwrap_or(screen.cursor.at);
                screen.cursor.go(at, versions.len(), height, true);
            }
        }
        self.offer_versions();
    }

    /// `true` when the window may close.
    pub(super) fn act_in_generations(
        &mut self,
        screen: &mut GenerationsScreen,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let rows = self.versions().map_or(0, |all| all.versions.len());
        if let Some(step) = step_of(action) {
            let height = generations_height(list_height(self.size));
            screen.cursor.step(step, rows, height, |_| true);
        }
        let chosen = self.chosen_version(screen).cloned();
        screen.number = chosen.as_ref().map(|version| version.number);
        screen.compares = false;
        match (action, chosen) {
            (Action::CloseGenerations | Action::Left, _) => return true,
            (Action::Open | Action::DiffGeneration, Some(version)) => {
                screen.compares = true;
                let file = self.facts.output.clone();
                effects.push(if version.present {
                    Effect::Compare(file)
                } else {
                    Effect::Generations(Work::Compare(file, version.number))
                });
            }
            (Action::RestoreGeneration, Some(version)) => {
                let file = self.facts.output.clone();
                effects.push(Effect::Generations(Work::Restore(file, version.number)));
            }
            _ => {}
        }
        false
    }

    /// Why an action has nothing to act on in the list.
    pub(super) fn nothing_in_generations(
        &self,
        screen: &GenerationsScreen,
        action: Action,
    ) -> Option<String> {
        let [up, down, back, open, restore] = [
            Action::Up,
            Action::Down,
            Action::Back,
            Action::Open,
            Action::RestoreGeneration,
        ]
        .map(|action| self.keymap.key(action));
        let acts = matches!(
            action,
            Action::Open | Action::DiffGeneration | Action::RestoreGeneration
        );
        match (action, self.chosen_version(screen)) {
            (Action::NextPane | Action::PreviousPane, _) => Some(format!(
                "There is one list here: {up} and {down} move in it, {back} goes back."
            )),
            (Action::Right, _) => Some(format!(
                "There is nothing further in: {open} compares, {restore} restores."
            )),
            (_, None) if acts => Some(format!("There is no version here; {back} goes back.")),
            (Action::RestoreGeneration, Some(version)) if version.present => Some(
                "This is what the file holds now; choose an earlier one to restore.".to_owned(),
            ),
            (Action::RestoreGeneration, _) => None,
            (_, Some(_)) if acts && !self.started => Some(format!(
                "Nothing is in force yet to compare with: start first; {restore} restores."
            )),
            (_, Some(_)) if acts && self.config.is_none() => self.not_judged(),
            _ => None,
        }
    }

    /// The list behind the compare key gets the versions that are known now. They come last, so its cursor stays.
    fn offer_versions(&mut self) {
        let (left, choice) = match self.windows.as_slice() {
            [.., Window::Diff(screen), Window::Choice(choice)] => (&screen.left, choice),
            [
                ..,
                Window::Budget(_) | Window::Scoring,
                Window::Choice(choice),
            ] => (self.budget.left(), choice),
            _ => return,
        };
        if !matches!(choice.purpose, choice::For::Baseline(_)) {
            return;
        }
        let (left, cursor): (Left, Cursor) = (left.clone(), choice.cursor);
        self.windows.pop();
        self.open_baselines(&left);
        if let Some(Window::Choice(choice)) = self.windows.last_mut()
            && cursor.at > 0
        {
            choice.cursor = cursor;
        }
    }

    /// Nothing there, said in full: when the first version will be there.
    #[must_use]
    pub fn no_versions(&self) -> String {
        let file = self.shown_path(&self.facts.output);
        match self.versions() {
            None => "…".to_owned(),
            Some(_) => format!(
                "{file} is not there, and no earlier version is kept. The second write makes the first one."
            ),
        }
    }
}
