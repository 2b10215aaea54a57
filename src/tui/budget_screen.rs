//! The budget in full: roles, the curve of the chosen one, and what there is to say, each with a key to its cause.
//! Leaves to others: figures (`budget`), what it is compared with (`comparing`).

use ratatui::layout::Margin;

use super::action::Action;
use super::app::App;
use super::budget_layout::parts;
use super::budget_text;
use super::comparing::Compared;
use super::diff_screen::Left;
use super::layout::{layout, list_height};
use super::list::Step;
use super::main_screen::step_of;
use super::msg::Effect;
use super::window::Window;
use crate::budget::sentence::{self, Sentence};
use crate::path::FieldPath;

/// The state of the window; the chosen role is that of the pane.
#[derive(Clone, Debug, Default)]
pub struct BudgetScreen {
    /// Do the keys move through the text instead of the roles?
    pub in_text: bool,
    /// The first line of the text that shows.
    pub offset: usize,
}

impl BudgetScreen {
    /// Moves the text, of so many lines, in a part of so many rows; never past the end.
    fn scroll(&mut self, step: Step, (lines, rows): (usize, usize)) {
        let last = lines.saturating_sub(rows);
        let page = rows.saturating_sub(1).max(1);
        self.offset = match step {
            Step::Up => self.offset.saturating_sub(1),
            Step::Down => self.offset + 1,
            Step::PageUp => self.offset.saturating_sub(page),
            Step::PageDown => self.offset + page,
            Step::First => 0,
            Step::Last => last,
        }
        .min(last);
    }
}

impl App {
    /// How many lines the text of the screen has, and how many rows show of it.
    fn budget_text_size(&self) -> (usize, usize) {
        let Some(layout) = layout(self.size) else {
            return (0, 0);
        };
        let inner = layout.pane.inner(Margin::new(1, 1));
        let area = match self.budget.now() {
            Some(forecast) => parts(inner, forecast.roles.len(), true).text,
            None => Some(inner),
        };
        let area = area.unwrap_or(inner);
        let columns = usize::from(area.width).saturating_sub(2);
        let lines = budget_text::lines(self, columns).len();
        (lines, usize::from(area.height))
    }

    /// What happens to the role that is pointed at.
    #[must_use]
    pub fn role_sentences(&self) -> Vec<Sentence> {
        let forecast = self.budget.now();
        forecast.map_or_else(Vec::new, |f| sentence::of_role(f, self.budget.role))
    }

    /// The setting behind it.
    #[must_use]
    pub fn cause_of_role(&self) -> Option<FieldPath> {
        let mut sentences = self.role_sentences().into_iter();
        sentences.find_map(|sentence| sentence.cause)
    }

    /// The screen is taken out of the windows while it works.
    pub(super) fn act_in_budget(
        &mut self,
        mut screen: BudgetScreen,
        action: Action,
        effects: &mut Vec<Effect>,
    ) {
        let height = list_height(self.size);
        match (step_of(action), action) {
            (Some(step), _) if screen.in_text => {
                screen.scroll(step, self.budget_text_size());
            }
            (Some(step), _) => self.step_role(step, height),
            (None, Action::NextPane | Action::PreviousPane) => screen.in_text = !screen.in_text,
            (None, Action::Right) => screen.in_text = true,
            (None, Action::Left) if screen.in_text => screen.in_text = false,
            (None, Action::CloseBudget | Action::Back | Action::Left) => return,
            (None, Action::Open) if self.budget.now().is_none() => {
                self.windows.push(Window::Budget(screen));
                return self.open_workload();
            }
            (None, Action::Open) => match self.cause_of_role() {
                Some(path) => {
                    let (gone, told) = self.reach(&path);
                    self.message.notice = told;
                    if gone {
                        return;
                    }
                }
                None => self.say_line("No setting lies behind this."),
            },
            (None, Action::EditWorkload) => {
                self.windows.push(Window::Budget(screen));
                return self.open_workload();
            }
            (None, Action::BudgetAgainst) => {
                self.windows.push(Window::Budget(screen));
                let left = self.budget.left.clone();
                self.open_baselines(&left);
                return self.ask_versions(effects);
            }
            _ => {}
        }
        self.windows.push(Window::Budget(screen));
    }

    /// Compares the forecast with another configuration.
    pub(super) fn compare_budget_with(&mut self, left: Left) {
        self.budget.left = left;
        self.refresh_budget();
        self.refresh_scoring();
    }

    /// What is read again when the screen opens: the file may have been written meanwhile.
    pub(super) fn compared_again(&self) -> Option<Effect> {
        match self.budget.left {
            Left::File => self.compared.as_ref().map(Compared::again),
            Left::Chosen | Left::Profile(_) => None,
        }
    }
}
