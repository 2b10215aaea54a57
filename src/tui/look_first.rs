//! A profile looked at before it is started: its values as the panels would show them, and nothing to change.

use super::action::Action;
use super::app::App;
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::start_screen::StartRow;
use super::window::Window;
use crate::answers::Said;
use crate::config::Config;
use crate::form::Input;

/// The state of the window.
#[derive(Clone, Debug)]
pub struct LookFirst {
    pub profile: String,
    pub cursor: Cursor,
}

/// One line of the window.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    Panel(&'a str),
    Setting(&'a Input),
}

impl App {
    /// Panels and their settings, one a line.
    #[must_use]
    pub fn look_lines(&self) -> Vec<Line<'_>> {
        let panels = self.form.panels.iter();
        panels
            .flat_map(|panel| {
                let settings = panel.inputs().map(Line::Setting);
                std::iter::once(Line::Panel(&panel.title)).chain(settings)
            })
            .collect()
    }

    /// The profile looked at, as judged.
    #[must_use]
    pub fn looked_at(&self) -> Option<(&LookFirst, Option<&Config>)> {
        let Some(Window::LookFirst(look)) = self.windows.last() else {
            return None;
        };
        let config = self.baselines.get(&look.profile);
        Some((look, config.and_then(|known| known.config.as_ref())))
    }

    /// The chosen setting of the window, when it is in front.
    #[must_use]
    pub fn looked_at_input(&self) -> Option<&Input> {
        let (look, _) = self.looked_at()?;
        match self.look_lines().get(look.cursor.at)? {
            Line::Setting(input) => Some(input),
            Line::Panel(_) => None,
        }
    }

    pub(super) fn look_first(&mut self) {
        let Some(StartRow::Profile(i)) = self.start_rows().get(self.start.at).cloned() else {
            let open = self.keymap.key(Action::Open);
            return self.say_line(format!(
                "Only a profile can be looked at first; {open} opens the file, and nothing is written."
            ));
        };
        let profile = self.profiles[i].name.clone();
        let cursor = Cursor { at: 1, offset: 0 };
        self.windows
            .push(Window::LookFirst(LookFirst { profile, cursor }));
    }

    pub(super) fn act_in_look_first(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let can_rest: Vec<bool> = self
            .look_lines()
            .iter()
            .map(|line| matches!(line, Line::Setting(_)))
            .collect();
        let height = list_height(self.size);
        let Some(Window::LookFirst(look)) = self.windows.last_mut() else {
            return;
        };
        match (step_of(action), action) {
            (Some(step), _) => look
                .cursor
                .step(step, can_rest.len(), height, |row| can_rest[row]),
            (None, Action::Open) => {
                let said = Said {
                    profile: Some(look.profile.clone()),
                    ..Said::default()
                };
                self.windows.pop();
                self.begin_with(said, effects);
            }
            (None, Action::Back | Action::Left | Action::LookFirst) => drop(self.windows.pop()),
            _ => {}
        }
    }
}
