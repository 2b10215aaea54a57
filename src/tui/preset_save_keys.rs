//! What the keys do in the window that saves a preset: from row to row, typing, choosing; a button is pressed only while it
//! is pointed at. Leaves to others: the window (`preset_save`), what pressing does (`preset_saving`).

use super::action::Action;
use super::app::App;
use super::list::Step;
use super::main_screen::step_of;
use super::msg::Effect;
use super::preset_save::{Row, SaveScreen};
use super::window::Window;
use crate::preset::Whose;

impl App {
    pub(super) fn act_in_save(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Some(Window::SavePreset(screen)) = self.windows.last() else {
            return;
        };
        let mut screen = (**screen).clone();
        let rows = self.save_rows(&screen);
        let at = rows.iter().position(|row| *row == screen.row).unwrap_or(0);
        let go = |to: usize| rows.get(to).copied().unwrap_or(Row::Cancel);
        let typing = screen.is_typing();
        match action {
            Action::Back | Action::GiveUp => drop(self.windows.pop()),
            Action::KeepNext | Action::NextPane => {
                screen.row = go((at + 1) % rows.len());
                self.put_save(screen);
            }
            Action::KeepPrevious | Action::PreviousPane => {
                screen.row = go((at + rows.len() - 1) % rows.len());
                self.put_save(screen);
            }
            Action::Keep => {
                screen.row = go(at + 1);
                self.put_save(screen);
            }
            Action::Open => match screen.row {
                Row::Cancel => drop(self.windows.pop()),
                Row::Save => self.press_save(screen, effects),
                _ => {
                    screen.row = go(at + 1);
                    self.put_save(screen);
                }
            },
            Action::Tick => self.choose_in_save(screen),
            Action::Left | Action::Right if matches!(screen.row, Row::Save | Row::Cancel) => {
                screen.row = if screen.row == Row::Save {
                    Row::Cancel
                } else {
                    Row::Save
                };
                self.put_save(screen);
            }
            action if typing => {
                if let Some(line) = screen.line() {
                    line.act(action);
                }
                self.put_save(screen);
            }
            action => {
                let to = match step_of(action) {
                    Some(Step::Up) => at.checked_sub(1),
                    Some(Step::Down) => Some(at + 1).filter(|to| *to < rows.len()),
                    Some(Step::First | Step::PageUp) => Some(0),
                    Some(Step::Last | Step::PageDown) => Some(rows.len() - 1),
                    None => None,
                };
                if let Some(to) = to {
                    screen.row = go(to);
                    return self.put_save(screen);
                }
                let [tick, next] = [Action::Tick, Action::NextPane].map(|a| self.keymap.key(a));
                self.say_line(format!("{next} goes on, {tick} chooses."));
            }
        }
    }

    fn choose_in_save(&mut self, mut screen: SaveScreen) {
        match screen.row {
            Row::Of => screen.turn_of(),
            Row::Where => {
                let other = match screen.whose {
                    Whose::Mine => Whose::Shared,
                    Whose::Shared => Whose::Mine,
                };
                if let Err(problem) = self.preset_path(other, None) {
                    return self.say_preset_problem(&problem);
                }
                screen.whose = other;
            }
            Row::Secrets => screen.with_secrets = !screen.with_secrets,
            _ => {
                let open = self.keymap.key(Action::Open);
                return self.say_line(format!("{open} presses this button."));
            }
        }
        self.put_save(screen);
    }

    /// A line was typed in: another name may be that of a preset which has a sentence.
    pub(super) fn typed_in_save(&mut self) {
        if let Some(Window::SavePreset(screen)) = self.windows.last() {
            self.put_save((**screen).clone());
        }
    }

    pub(super) fn put_save(&mut self, mut screen: SaveScreen) {
        let there = self.taken_by(&screen);
        let there = there.map(|there| there.preset.description.to_string());
        screen.propose_sentence(there.as_deref());
        if let Some(Window::SavePreset(shown)) = self.windows.last_mut() {
            **shown = screen;
        }
    }
}
