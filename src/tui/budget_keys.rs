//! What the keys do with the budget beside the fields: opening and closing it, moving from role to role.
//! Leaves to others: the full screen (`budget_screen`).

use super::action::Action;
use super::app::{App, Focus};
use super::budget_screen::BudgetScreen;
use super::layout::{WIDE, layout, list_height};
use super::list::{Cursor, Step};
use super::msg::Effect;
use super::side_pane::Side;
use super::window::Window;

/// Rows that the fields keep above the budget, with their borders.
pub(super) const FIELDS: u16 = 9;
/// Rows besides those of the roles: head, total, two of text, borders.
const AROUND: u16 = 6;

impl App {
    /// How many rows of the pane the budget below the fields takes; 0 when it does not show.
    #[must_use]
    pub fn budget_height(&self) -> u16 {
        let Some(layout) = layout(self.size) else {
            return 0;
        };
        if layout.wide.is_some() || !self.budget_pane_shows() {
            return 0;
        }
        let roles = self.budget.now().map_or(0, |forecast| forecast.roles.len());
        let wanted = u16::try_from(roles)
            .unwrap_or(u16::MAX)
            .saturating_add(AROUND);
        let pane = layout.pane.height;
        wanted.min(pane.saturating_sub(FIELDS).max(pane / 2))
    }

    /// The rows that the fields show.
    #[must_use]
    pub fn fields_height(&self) -> usize {
        let below = self.budget_height() + self.scoring_height();
        list_height(self.size).saturating_sub(usize::from(below))
    }

    /// The key for the budget: the screen from the panels, the pane from the fields; again closes it.
    pub(super) fn open_budget(&mut self, effects: &mut Vec<Effect>) {
        if self.config.is_none() {
            return self.say_not_judged();
        }
        if self.focus == Focus::Panels {
            return self.open_budget_screen(effects);
        }
        if self.budget_pane_shows() {
            return self.close_budget_pane();
        }
        if self.size.width >= WIDE {
            self.budget.instead_of = Some(self.side);
            self.side = Side::Budget;
        } else {
            self.scoring.below = false;
            self.budget.below = true;
        }
        self.keep_in_view();
    }

    pub(super) fn close_budget_pane(&mut self) {
        if self.size.width >= WIDE {
            self.side = self.budget.instead_of.take().unwrap_or_default();
        } else {
            self.budget.below = false;
        }
        self.leave_hidden_budget();
        self.keep_in_view();
    }

    /// Was the pane opened by its key, so that the key for back closes it?
    pub(super) fn budget_pane_was_asked_for(&self) -> bool {
        self.budget_pane_shows() && (self.size.width < WIDE || self.budget.instead_of.is_some())
    }

    /// The keys go back to the fields when the pane that had them shows no more.
    pub(super) fn leave_hidden_budget(&mut self) {
        if self.focus == Focus::Budget && !self.budget_pane_shows() {
            self.focus = Focus::Fields;
        }
    }

    /// The pane gets the keys, the role that it tells of chosen.
    pub(super) fn enter_budget_pane(&mut self) {
        self.budget.role = self.role_in_focus();
        self.focus = Focus::Budget;
        self.filter_again();
    }

    pub(super) fn open_budget_screen(&mut self, effects: &mut Vec<Effect>) {
        if self.config.is_none() {
            return self.say_not_judged();
        }
        self.budget.role = self.role_in_focus();
        effects.extend(self.compared_again());
        self.windows.push(Window::Budget(BudgetScreen::default()));
    }

    pub(super) fn step_role(&mut self, step: Step, height: usize) {
        let roles = self.budget.now().map_or(0, |forecast| forecast.roles.len());
        let mut cursor = Cursor {
            at: self.budget.role,
            offset: 0,
        };
        cursor.step(step, roles, height, |_| true);
        self.budget.role = cursor.at;
    }

    /// What the keys do while the pane has them.
    pub(super) fn act_in_budget_pane(&mut self, action: Action, effects: &mut Vec<Effect>) -> bool {
        match action {
            Action::Open | Action::Right => self.open_budget_screen(effects),
            Action::Left | Action::Back => {
                self.focus = Focus::Fields;
                self.filter_again();
            }
            _ => return false,
        }
        true
    }
}
