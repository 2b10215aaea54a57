//! Why an action does nothing where the operator is: it holds elsewhere, or there is nothing for it here. One sentence
//! for the key, for the finder and for its help.

use super::action::{Action, Place};
use super::app::{App, Focus};
use super::diff_screen::{DiffScreen, Line, Lines};
use super::keymap::Key;
use super::main_screen::step_of;
use super::window::Window;

impl App {
    /// Answers a key that holds nowhere here: with what it is for, or that it is for nothing.
    pub(super) fn say_why_not(&mut self, key: Key) {
        let meant = Action::ALL
            .iter()
            .copied()
            .find(|action| self.keymap.keys(*action).contains(&key));
        let reason = meant.and_then(|action| {
            if self.is_typing() {
                Some(self.not_while_typing(action))
            } else {
                self.unavailable(action)
            }
        });
        let help = if self.is_typing() {
            Action::HelpInEdit
        } else {
            Action::Help
        };
        let help = self.keymap.key(help);
        let key = self.keymap.name(key);
        self.say_line(
            reason.unwrap_or_else(|| format!("{key} does nothing here; {help} shows the keys.")),
        );
    }

    fn not_while_typing(&self, action: Action) -> String {
        let (name, back) = (action.words(), self.keymap.key(Action::GiveUp));
        format!("{name} does not work while a text is typed: {back} first.")
    }

    /// Why an action of the finder in front cannot be done where it was opened.
    #[must_use]
    pub fn unavailable_behind(&self, action: Action) -> Option<String> {
        let behind = self.windows.len().saturating_sub(1);
        self.unavailable_over(action, self.windows.get(..behind)?)
    }

    /// Why an action cannot be done where the operator is.
    pub(super) fn unavailable(&self, action: Action) -> Option<String> {
        self.unavailable_over(action, &self.windows)
    }

    fn unavailable_over(&self, action: Action, windows: &[Window]) -> Option<String> {
        let place = match action.place() {
            Place::Named => Place::Main,
            place => place,
        };
        if self.places_over(windows).contains(&place) {
            return None;
        }
        let name = action.words();
        let key = |action| self.keymap.key(action);
        let back = key(Action::Back);
        let open = key(Action::Open);
        Some(match place {
            _ if action == Action::Diff && matches!(windows.last(), Some(Window::Draft(_))) => {
                format!("The table here is the difference. {back} closes it.")
            }
            Place::Start if self.started => {
                format!("{name} is for the start screen, before a profile is chosen.")
            }
            _ if !self.started && windows.is_empty() => {
                format!("{name} needs a profile: choose one here first.")
            }
            _ if !self.started => format!("{name} needs a profile: start with one first."),
            Place::Diff => {
                let diff = key(Action::Diff);
                format!("{name} works in the differences; {diff} opens them.")
            }
            Place::Budget => {
                let budget = key(Action::Budget);
                format!("{name} works in the budget; {budget} from the panels opens it.")
            }
            Place::Workload => {
                let budget = key(Action::Budget);
                let edit = key(Action::EditWorkload);
                format!(
                    "{name} works in the workload; {budget} from the panels and then {edit} opens it."
                )
            }
            Place::Scoring => {
                let scoring = key(Action::Scoring);
                format!(
                    "{name} works in the ranking of agents; {scoring} from the panels opens it."
                )
            }
            Place::Output => {
                let output = key(Action::Output);
                format!("{name} works in the output; {output} opens it.")
            }
            Place::Edit => {
                format!("{name} works while a value is typed; {open} on a setting begins that.")
            }
            Place::Editor => {
                format!("{name} works in a text of several lines; {open} on such a setting.")
            }
            Place::Generations => {
                let earlier = key(Action::Generations);
                format!("{name} works in the list of earlier versions; {earlier} opens it.")
            }
            Place::Presets => {
                let presets = if self.started {
                    Action::Presets
                } else {
                    Action::PresetsAtStart
                };
                let presets = key(presets);
                format!("{name} works in the list of presets; {presets} opens it.")
            }
            Place::Merge => format!(
                "{name} is for settings that two sides changed; it is asked where that happened."
            ),
            Place::Pick => {
                format!("{name} works in a list to tick from; {open} on such a setting.")
            }
            Place::Found => {
                let search = key(Action::Search);
                format!("{name} works while searching by name; {search} begins that.")
            }
            Place::Fields if windows.is_empty() => {
                format!("{name} works on a setting; {open} opens a panel.")
            }
            _ => format!("{name} is for panels and settings: {back} first."),
        })
    }

    /// Why an action that holds here has nothing to act on.
    pub(super) fn nothing_for(&self, action: Action) -> Option<String> {
        let back = self.keymap.key(Action::Back);
        match self.windows.last() {
            Some(Window::Diff(screen)) => self.nothing_in_diff(screen, action),
            Some(Window::Generations(screen)) => self.nothing_in_generations(screen, action),
            Some(Window::LookFirst(_)) if action == Action::GenerationsAtStart => Some(format!(
                "{} is for the start screen: {back} first.",
                action.words()
            )),
            Some(Window::LookFirst(_)) if action == Action::PresetsAtStart => Some(format!(
                "{back} first: the presets open from the start screen."
            )),
            Some(Window::SavePreset(_)) if matches!(action, Action::MoveUp | Action::MoveDown) => {
                Some("There is no order here that could change.".to_owned())
            }
            Some(window @ Window::Presets(_)) => self
                .nothing_in_presets(action)
                .or_else(|| self.nowhere_to_go(window, action)),
            Some(Window::Prompt(_)) if is_of_rows(action) => {
                let keep = self.keymap.key(Action::Keep);
                let back = self.keymap.key(Action::GiveUp);
                Some(format!(
                    "There is one line here: {keep} takes it, {back} goes back."
                ))
            }
            Some(Window::Problems(_)) if action == Action::Open => self
                .listed_problems()
                .is_empty()
                .then(|| format!("There is no problem to go to; {back} goes back.")),
            Some(Window::Choice(choice)) if action == Action::Open => {
                let why = "Nothing is left to take: erase some of what was typed.";
                choice.chosen().is_none().then(|| why.to_owned())
            }
            Some(Window::Help(_)) if action == Action::Open => Some(format!(
                "There is nothing to open in the help; {back} goes back."
            )),
            Some(window) => self.nowhere_to_go(window, action),
            None if !self.started && action == Action::Left => {
                let leave = self.keymap.key(Action::Leave);
                Some(format!("There is nothing further out; {leave} leaves."))
            }
            None if !self.started || self.edit.is_some() => None,
            None if self.focus == Focus::Panels => (action == Action::Left).then(|| {
                let leave = self.keymap.key(Action::Leave);
                format!("There is nothing further out; {leave} leaves.")
            }),
            None if matches!(self.focus, Focus::Budget | Focus::Scoring) => None,
            None => self.nothing_on_row(action),
        }
    }

    /// Windows with one list: panes are elsewhere, and what is further in opens by its key.
    fn nowhere_to_go(&self, window: &Window, action: Action) -> Option<String> {
        let one_list = match window {
            Window::Help(_)
            | Window::Problems(_)
            | Window::Output(_)
            | Window::LookFirst(_)
            | Window::Presets(_) => true,
            Window::Choice(_) | Window::Multiselect(_) => window.filter().is_none(),
            _ => false,
        };
        let [up, down, open, back] = [Action::Up, Action::Down, Action::Open, Action::Back]
            .map(|action| self.keymap.key(action));
        let flat = !matches!(
            window,
            Window::Output(_)
                | Window::Review(_)
                | Window::Question(_)
                | Window::SavePreset(_)
                | Window::Scoring
                | Window::Workload(_)
                | Window::Sheet(_)
        );
        match action {
            Action::NextPane | Action::PreviousPane if one_list => Some(format!(
                "There is one list here: {up} and {down} move in it, {back} goes back."
            )),
            Action::Right if matches!(window, Window::Help(_)) => {
                Some(format!("There is nothing further in; {back} goes back."))
            }
            Action::Right if flat => Some(format!(
                "There is nothing further in: {open} takes the row, {back} goes back."
            )),
            Action::Left if matches!(window, Window::Multiselect(_)) => Some(format!(
                "{open} keeps what is ticked, {back} goes back without it."
            )),
            _ => None,
        }
    }

    fn nothing_in_diff(&self, screen: &DiffScreen, action: Action) -> Option<String> {
        let [up, down, open, back, all, take] = [
            Action::Up,
            Action::Down,
            Action::Open,
            Action::Back,
            Action::ShowAll,
            Action::TakeLeft,
        ]
        .map(|action| self.keymap.key(action));
        let no_row =
            || format!("There is no row here; {all} shows all settings, {back} goes back.");
        let lines = Lines::of(self, screen);
        match (action, screen.line(&lines)) {
            (Action::NextPane | Action::PreviousPane, _) => Some(format!(
                "There is one list here: {up} and {down} move in it, {back} goes back."
            )),
            (Action::Open | Action::Right | Action::Fold | Action::TakeLeft, None) => {
                Some(no_row())
            }
            (action, None) if step_of(action).is_some() => Some(no_row()),
            (Action::Right, Some(Line::Setting(_))) => Some(format!(
                "There is nothing further in: {open} goes there, {take} takes the left value."
            )),
            (Action::Right, Some(Line::Section(section, _))) if screen.unfolds(section) => {
                Some(format!("{section} is unfolded already; {open} folds it."))
            }
            (Action::Fold, Some(Line::Setting(row))) if row.path.section().is_empty() => {
                Some(format!("{} is in no section that could fold.", row.path))
            }
            _ => None,
        }
    }

    /// What a row of the fields has no use for.
    fn nothing_on_row(&self, action: Action) -> Option<String> {
        let [open, back] = [Action::Open, Action::Back].map(|action| self.keymap.key(action));
        match action {
            Action::Open | Action::Edit | Action::Toggle | Action::Reset | Action::Reveal
                if self.input().is_none() =>
            {
                Some(format!("No setting shows here; {back} goes back."))
            }
            Action::Right => Some(format!(
                "There is nothing further in; {open} changes the setting."
            )),
            _ => None,
        }
    }
}

/// Actions that go from row to row, also from a line that is typed.
fn is_of_rows(action: Action) -> bool {
    matches!(action, Action::KeepNext | Action::KeepPrevious)
}
