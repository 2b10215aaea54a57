//! The start screen: profiles to begin with, files to open, drafts to continue with.

use std::path::Path;

use super::action::Action;
use super::app::App;
use super::list::Step;
use super::main_screen::step_of;
use super::msg::Effect;
use super::prompt::{self, Prompt};
use super::window::Window;
use crate::answers::Said;
use crate::nickel::texts::PROFILES;
use crate::problem::Problem;

/// A row of the start screen that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartRow {
    Profile(usize),
    /// The list of presets.
    Presets,
    /// The output file that is there already.
    Output,
    /// Another file, asked for.
    File,
    /// A draft to continue with.
    Draft(usize),
}

impl App {
    #[must_use]
    pub fn start_rows(&self) -> Vec<StartRow> {
        let profiles = (0..self.profiles.len()).map(StartRow::Profile);
        let output = self.facts.output_exists.then_some(StartRow::Output);
        let drafts = (0..self.drafts.offers.drafts.len()).map(StartRow::Draft);
        let files = output.into_iter().chain([StartRow::File]);
        let open = [StartRow::Presets].into_iter().chain(files);
        profiles.chain(open).chain(drafts).collect()
    }

    /// Why a profile cannot be judged by at all, as far as it was looked at.
    #[must_use]
    pub fn unusable(&self, profile: &str) -> Option<&Problem> {
        let config = self.baselines.get(profile)?.config.as_ref()?;
        let file = Path::new(PROFILES).join(format!("{profile}.ncl"));
        config.problems().iter().find(|problem| {
            let place = problem.place.as_ref();
            problem.path.is_none() && place.is_some_and(|place| place.file == file)
        })
    }

    pub(super) fn act_at_start(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if let Some(step) = step_of(action) {
            let rows = self.start_rows().len();
            self.start.step(step, rows, rows, |_| true);
            return self.look_at_start_row(effects);
        }
        match action {
            Action::NextPane | Action::PreviousPane => {
                let step = if action == Action::NextPane {
                    Step::Down
                } else {
                    Step::Up
                };
                let rows = self.start_rows().len();
                self.start.step(step, rows, rows, |_| true);
                self.look_at_start_row(effects);
            }
            Action::Open | Action::Right => self.open_start_row(effects),
            Action::PresetsAtStart => self.open_presets(),
            Action::LookFirst if self.on_a_draft() => self.open_start_row(effects),
            Action::LookFirst => self.look_first(),
            Action::GenerationsAtStart => self.open_generations(effects),
            Action::Back => {
                let leave = self.keymap.key(Action::Leave);
                self.say_line(format!("{leave} leaves."));
            }
            _ => {}
        }
    }

    /// The chosen profile is judged at once, so that its row can say what it needs.
    pub(super) fn look_at_start_row(&mut self, effects: &mut Vec<Effect>) {
        if let Some(StartRow::Profile(i)) = self.start_rows().get(self.start.at).cloned() {
            let name = self.profiles[i].name.clone();
            self.ask_baseline(&name, effects);
        }
    }

    fn on_a_draft(&self) -> bool {
        matches!(
            self.start_rows().get(self.start.at),
            Some(StartRow::Draft(_))
        )
    }

    fn open_start_row(&mut self, effects: &mut Vec<Effect>) {
        match self.start_rows().get(self.start.at).cloned() {
            Some(StartRow::Profile(i)) => {
                let said = Said {
                    profile: Some(self.profiles[i].name.clone()),
                    ..Said::default()
                };
                self.begin_with(said, effects);
            }
            Some(StartRow::Output) if self.schema.is_none() => {
                self.say_line("The schema is being read; press again.");
            }
            Some(StartRow::Output) => effects.push(Effect::Open(self.facts.output.clone())),
            Some(StartRow::File) => {
                let prompt = Prompt::new(
                    prompt::For::Open,
                    "Open a file or folder",
                    "TOML, JSON, YAML, Nickel, env lines, or a folder to choose one from; a path in the workspace or from the root.",
                    "",
                );
                self.windows.push(Window::Prompt(Box::new(prompt)));
            }
            Some(StartRow::Presets) => self.open_presets(),
            Some(StartRow::Draft(i)) => self.open_draft(i, effects),
            None => {}
        }
    }
}
