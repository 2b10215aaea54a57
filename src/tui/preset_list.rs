//! The list of presets: what the keys do in it. Leaves to others: loading (`preset_loading`), the window that saves and
//! changes (`preset_save`), what follows when work is done (`presets`).

use super::action::Action;
use super::app::App;
use super::choice::{self, Choice};
use super::comparing::Baseline;
use super::diff_screen::{DiffScreen, Left};
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::preset_jobs::Job;
use super::preset_save::SaveScreen;
use super::prompt::{self, Prompt};
use super::text::{fit_left, width};
use super::window::Window;
use crate::preset::{Loaded, Named};
use crate::problem::{Problem, counted};

/// The state of the window.
#[derive(Clone, Debug, Default)]
pub struct PresetList {
    pub cursor: Cursor,
    /// The preset that is pointed at, to find it again when others come and go.
    pub(super) chosen: Option<Named>,
}

impl PresetList {
    /// On this one, when it is there.
    #[must_use]
    pub(super) fn at(chosen: Option<Named>) -> Self {
        Self {
            chosen,
            ..Self::default()
        }
    }
}

/// The rows of the window: the head line of the table takes one.
#[must_use]
pub fn rows_shown(list: usize) -> usize {
    list.saturating_sub(1).max(1)
}

impl App {
    /// All presets, by name.
    #[must_use]
    pub fn preset_rows(&self) -> &[Loaded] {
        self.presets
            .listed
            .as_ref()
            .map_or(&[], |listed| &listed.presets)
    }

    /// The list in front of the panels, if any.
    fn preset_list(&self) -> Option<&PresetList> {
        self.windows.iter().rev().find_map(|window| match window {
            Window::Presets(list) => Some(list),
            _ => None,
        })
    }

    /// The preset that the list points at.
    #[must_use]
    pub fn chosen_preset(&self) -> Option<&Loaded> {
        self.preset_rows().get(self.preset_list()?.cursor.at)
    }

    /// What is wrong with the preset that the list points at, then what is wrong in the folders, while that list is what
    /// is looked at.
    #[must_use]
    pub(super) fn problems_of_preset(&self) -> Option<Vec<&Problem>> {
        let at = self.windows.iter().rev();
        let mut under = at.skip_while(|window| matches!(window, Window::Problems(_)));
        let Some(Window::Presets(_)) = under.next() else {
            return None;
        };
        let listed = self.presets.listed.as_ref()?;
        let mut problems = self.own_problems_of_preset();
        let mut of_folders: Vec<&Problem> = listed.problems.iter().collect();
        of_folders.sort_by_key(|problem| problem.severity);
        problems.extend(of_folders);
        Some(problems)
    }

    /// What is wrong with that preset and with no other, the worst first.
    fn own_problems_of_preset(&self) -> Vec<&Problem> {
        let chosen = self.chosen_preset().into_iter();
        let own = chosen.flat_map(|loaded| loaded.problems.iter().chain(&loaded.unfit));
        let mut own: Vec<&Problem> = own.collect();
        own.sort_by_key(|problem| problem.severity);
        own
    }

    /// How many there are, and that something in the folders is none.
    #[must_use]
    pub fn presets_remark(&self) -> String {
        let Some(listed) = &self.presets.listed else {
            return "being read…".to_owned();
        };
        let saved = format!("{} saved", listed.presets.len());
        match listed.problems.len() {
            0 => saved,
            n => {
                let list = self.keymap.key(Action::Problems);
                format!("{saved}, {} beside them: {list}", counted(n, "problem"))
            }
        }
    }

    /// After the folders were read again.
    pub(super) fn rest_in_presets(&mut self) {
        let named: Vec<Named> = self.preset_rows().iter().map(Loaded::named).collect();
        let height = rows_shown(list_height(self.size));
        for window in &mut self.windows {
            if let Window::Presets(list) = window {
                let again = list.chosen.as_ref();
                let again = again.and_then(|chosen| named.iter().position(|one| one == chosen));
                let at = again.unwrap_or(list.cursor.at.min(named.len().saturating_sub(1)));
                list.cursor.go(at, named.len(), height, true);
                list.chosen = named.get(list.cursor.at).cloned();
            }
        }
    }

    /// Why an action has nothing to act on in the list.
    pub(super) fn nothing_in_presets(&self, action: Action) -> Option<String> {
        let writes = matches!(
            action,
            Action::SavePreset
                | Action::ChangePreset
                | Action::DeletePreset
                | Action::ImportPreset
                | Action::ExportPreset
        );
        if let Some(why) = self.facts.caution.forbids().filter(|_| writes) {
            return Some(why);
        }
        let of_row = matches!(
            action,
            Action::Open
                | Action::ChangePreset
                | Action::DeletePreset
                | Action::ExportPreset
                | Action::ComparePreset
        );
        let [save, back] = [Action::SavePreset, Action::Back].map(|a| self.keymap.key(a));
        let none = self.chosen_preset().is_none();
        if (of_row || action == Action::SavePreset) && self.presets.listed.is_none() {
            return Some("The presets are being read; press again.".to_owned());
        }
        match action {
            Action::SavePreset if none && !self.started => Some(format!(
                "There is nothing to save yet: {back}, start with a profile, then come back."
            )),
            _ if of_row && none && self.started => Some(format!(
                "No preset is saved yet; {save} saves what is set now as one."
            )),
            _ if of_row && none => Some("No preset is saved yet.".to_owned()),
            Action::ComparePreset if !self.started => Some(format!(
                "There is nothing to compare yet: {back}, start with a profile, then come back."
            )),
            _ => None,
        }
    }

    /// `true` when the window may close.
    pub(super) fn act_in_presets(
        &mut self,
        list: &mut PresetList,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if let Some(step) = step_of(action) {
            let height = rows_shown(list_height(self.size));
            list.cursor
                .step(step, self.preset_rows().len(), height, |_| true);
            list.chosen = self.preset_rows().get(list.cursor.at).map(Loaded::named);
            return false;
        }
        let chosen = self.preset_rows().get(list.cursor.at).cloned();
        match (action, chosen) {
            (Action::Left, _) => return true,
            (Action::Open, Some(loaded)) => {
                effects.push(Effect::Preset(Job::Load(loaded.named())));
            }
            (Action::ComparePreset, Some(loaded)) => {
                self.presets.differs = Some(self.newest_baseline());
                effects.push(Effect::Preset(Job::Compare(loaded.named())));
            }
            (Action::DeletePreset, Some(loaded)) => {
                effects.push(Effect::Preset(Job::Delete(Box::new(loaded))));
            }
            (Action::ChangePreset, Some(loaded)) => {
                self.over_presets(
                    list,
                    Window::SavePreset(Box::new(SaveScreen::change(loaded))),
                );
                return true;
            }
            (Action::SavePreset, chosen) => match self.preset_to_save(chosen) {
                Some(screen) => {
                    self.over_presets(list, Window::SavePreset(Box::new(screen)));
                    return true;
                }
                None => self.needs_verdict(),
            },
            (Action::ExportPreset, Some(loaded)) => {
                let name = format!("{}.toml", loaded.preset.name);
                let prompt = Prompt::new(
                    prompt::For::ExportPreset,
                    "Export the preset to a file",
                    "Its text as one file; a path in the workspace or from the root.",
                    &name,
                );
                self.over_presets(list, Window::Prompt(Box::new(prompt)));
                return true;
            }
            (Action::ImportPreset, _) => {
                let prompt = Prompt::new(
                    prompt::For::ImportPreset,
                    "Import a preset from a file",
                    "What `vapora-tui preset export` wrote, or a preset from elsewhere; a path in the workspace or from the root. Nothing is saved before you have seen it.",
                    "",
                );
                self.over_presets(list, Window::Prompt(Box::new(prompt)));
                return true;
            }
            _ => {}
        }
        false
    }

    /// The list is put back under another window.
    fn over_presets(&mut self, list: &PresetList, window: Window) {
        self.windows.push(Window::Presets(list.clone()));
        self.windows.push(window);
    }

    /// The differences from the preset that was asked for, as soon as it is judged.
    pub(super) fn show_preset_differences(&mut self) {
        let Some(before) = self.presets.differs else {
            return;
        };
        let judged = self.compared.as_ref();
        if judged.is_none_or(|compared| compared.ticket <= before) {
            return;
        }
        self.presets.differs = None;
        if matches!(self.windows.last(), Some(Window::Presets(_))) {
            let mut screen = DiffScreen::default();
            screen.left = Left::File;
            self.windows.push(Window::Diff(screen));
        }
    }

    /// The differences asked which presets there are.
    pub(super) fn choose_preset_to_compare(&mut self, effects: &mut Vec<Effect>) {
        self.presets.choosing = true;
        effects.push(Effect::Preset(Job::List));
    }

    pub(super) fn offer_presets_to_compare(&mut self) {
        if !std::mem::take(&mut self.presets.choosing) {
            return;
        }
        if !matches!(self.windows.last(), Some(Window::Diff(_))) {
            return;
        }
        let rows = self.preset_rows();
        if rows.is_empty() {
            return self.say_line("No preset is saved yet, so there is none to compare with.");
        }
        let baselines = rows.iter().map(|one| Baseline::Preset(one.named()));
        let baselines = baselines.collect();
        let items = rows.iter().map(|one| {
            let profile = one.preset.profile.as_deref().unwrap_or("no profile");
            let what = &one.preset.description;
            let meaning = format!("{profile}, {}  {what}", Self::answers_of(one));
            (one.named().to_string(), meaning.trim_end().to_owned())
        });
        let items = items.collect();
        let purpose = choice::For::Baseline(baselines);
        let choice = Choice::new(purpose, "Compare with a preset", items, None);
        self.windows.push(Window::Choice(choice));
    }

    /// What the empty list says.
    #[must_use]
    pub fn no_presets(&self) -> Vec<String> {
        if self.presets.listed.is_none() {
            return vec!["…".to_owned()];
        }
        let [save, import, back] =
            [Action::SavePreset, Action::ImportPreset, Action::Back].map(|a| self.keymap.key(a));
        let how = if self.started {
            format!("{save} saves what is set now as one; {import} reads one from a file.")
        } else {
            format!(
                "{back}, start with a profile, and later save what you set as one; {import} reads one from a file."
            )
        };
        let unread = self.presets.listed.as_ref();
        if let Some(problem) = unread.and_then(|listed| listed.problems.first()) {
            return vec![problem.sentence(), how];
        }
        vec![
            "None is saved yet. A preset is a named set of answers with its profile: yours alone, or shared through the workspace."
                .to_owned(),
            how,
        ]
    }

    /// What is wrong with the preset that is pointed at, else what it is for.
    #[must_use]
    pub fn preset_help(&self) -> String {
        // What is wrong beside it is told by the remark; where none is chosen there is room for it.
        let problems = match self.chosen_preset() {
            Some(_) => self.own_problems_of_preset(),
            None => self.problems_of_preset().unwrap_or_default(),
        };
        match (self.chosen_preset(), self.worst_of(&problems)) {
            (_, Some(worst)) => worst,
            (Some(loaded), None) => {
                let name = loaded.named();
                let what = loaded.preset.description.as_str();
                if what.is_empty() {
                    let change = self.keymap.key(Action::ChangePreset);
                    return format!("{name} has no sentence; {change} gives it one.");
                }
                format!("{name}: {what}")
            }
            (None, None) => {
                "A preset holds only what differs from the profile, so it follows the profile."
                    .to_owned()
            }
        }
    }

    /// Where the preset that is pointed at lies, and since when; the place gives way when room is short.
    #[must_use]
    pub fn preset_line(&self, columns: usize) -> String {
        let Some(loaded) = self.chosen_preset() else {
            return String::new();
        };
        let file = self.shown_path(&loaded.file);
        let changed = format!("   changed {}", loaded.modified());
        let room = columns.saturating_sub(width(&changed));
        format!("{}{changed}", fit_left(&file, room))
    }
}
