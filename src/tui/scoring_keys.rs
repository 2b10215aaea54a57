//! What the keys do with the ranking of agents: opening and closing it, going from agent to agent and from one kind of
//! task to the next, scaling the weights. Leaves to others: the figures (`scoring`).

use super::action::Action;
use super::app::{App, Focus};
use super::budget_keys::FIELDS;
use super::layout::{WIDE, layout, list_height};
use super::main_screen::step_of;
use super::msg::Effect;
use super::side_pane::Side;
use super::window::Window;
use crate::budget::scoring::{Settings, words};
use crate::path::FieldPath;
use crate::value::Value;

/// Rows besides those of the agents: head, two of text, borders.
const AROUND: u16 = 5;

impl App {
    /// How many rows of the pane the ranking below the fields takes; 0 when it does not show.
    #[must_use]
    pub fn scoring_height(&self) -> u16 {
        let Some(layout) = layout(self.size) else {
            return 0;
        };
        if layout.wide.is_some() || !self.scoring_pane_shows() {
            return 0;
        }
        let agents = self.scoring.shown().map(|s| s.task.ranking.agents.len());
        let wanted = u16::try_from(agents.unwrap_or(0))
            .unwrap_or(u16::MAX)
            .saturating_add(AROUND);
        let pane = layout.pane.height;
        wanted.min(pane.saturating_sub(FIELDS).max(pane / 2))
    }

    /// The key for it: the screen from the panels, the pane from the fields; again closes it.
    pub(super) fn open_scoring(&mut self, effects: &mut Vec<Effect>) {
        if self.config.is_none() {
            return self.say_not_judged();
        }
        if self.focus == Focus::Panels {
            return self.open_scoring_screen(effects);
        }
        if self.scoring_pane_shows() {
            return self.close_scoring_pane();
        }
        if self.size.width >= WIDE {
            self.budget.instead_of = Some(self.side);
            self.side = Side::Scoring;
        } else {
            self.budget.below = false;
            self.scoring.below = true;
        }
        self.read_history(effects);
        self.keep_in_view();
    }

    pub(super) fn close_scoring_pane(&mut self) {
        if self.size.width >= WIDE {
            self.side = self.budget.instead_of.take().unwrap_or_default();
        } else {
            self.scoring.below = false;
        }
        self.keep_in_view();
    }

    /// Was the pane opened by its key, so that the key for back closes it?
    pub(super) fn scoring_pane_was_asked_for(&self) -> bool {
        self.scoring_pane_shows() && (self.size.width < WIDE || self.budget.instead_of.is_some())
    }

    /// The keys go back to the fields when the pane that had them shows no more.
    pub(super) fn leave_hidden_scoring(&mut self) {
        if self.focus == Focus::Scoring && !self.scoring_pane_shows() {
            self.focus = Focus::Fields;
        }
    }

    /// The pane gets the keys, the agent that it tells of chosen.
    pub(super) fn enter_scoring_pane(&mut self) {
        self.point_at_agent();
        self.focus = Focus::Scoring;
        self.filter_again();
    }

    fn open_scoring_screen(&mut self, effects: &mut Vec<Effect>) {
        if self.focus != Focus::Scoring {
            self.point_at_agent();
        }
        self.read_history(effects);
        effects.extend(self.compared_again());
        self.windows.push(Window::Scoring);
    }

    /// What the keys do while the pane has them.
    pub(super) fn act_in_scoring_pane(
        &mut self,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        match action {
            Action::Open => self.open_scoring_screen(effects),
            Action::Left | Action::Right => self.turn_task(action == Action::Right),
            Action::Back => {
                self.focus = Focus::Fields;
                self.filter_again();
            }
            _ => return false,
        }
        true
    }

    /// What the keys do on the screen, which was taken out of the windows.
    pub(super) fn act_in_scoring(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let height = list_height(self.size);
        let mut against = false;
        match (step_of(action), action) {
            (Some(step), _) => {
                self.windows.push(Window::Scoring);
                return self.step_agent(step, height);
            }
            (None, Action::Right | Action::NextPane) => self.turn_task(true),
            (None, Action::Left | Action::PreviousPane) => self.turn_task(false),
            (None, Action::CloseScoring | Action::Back) => return,
            (None, Action::ScaleHere) => self.scale_weights(effects),
            (None, Action::Open) => {
                self.windows.push(Window::Scoring);
                let path = self.weight_behind();
                self.windows.pop();
                if let Some(path) = path {
                    let (gone, told) = self.reach(&path);
                    self.message.notice = told;
                    if gone {
                        return;
                    }
                } else {
                    self.say_line("There is no agent here, so no weight to go to.");
                }
            }
            (None, Action::ScoringAgainst) => against = true,
            _ => {}
        }
        self.windows.push(Window::Scoring);
        if against {
            let left = self.budget.left.clone();
            self.open_baselines(&left);
            self.ask_versions(effects);
        }
    }

    /// One step of undo that makes the three weights sum to 1, each with its share.
    pub(super) fn scale_weights(&mut self, effects: &mut Vec<Effect>) {
        let Some(config) = &self.config else {
            return self.say_not_judged();
        };
        let reading = Settings::of(config);
        let Some(settings) = reading.settings else {
            let path = reading.problems.into_iter().find_map(|p| p.path);
            let name = path.map(|path| self.name(&path)).unwrap_or_default();
            return self.say_line(format!("{name} is wrong: correct it first."));
        };
        if settings.weights.sum_to_one() {
            return self.say_line(words::SUM_ALREADY);
        }
        let Some(scaled) = settings.weights.scaled() else {
            let problem = settings.weights.problem();
            return self.say_line(problem.map(|p| p.sentence()).unwrap_or_default());
        };
        let paths = Settings::WEIGHTS.map(FieldPath::new);
        for path in &paths {
            if config.leaf(path.as_str()).is_some_and(|leaf| leaf.held) {
                let profile = self.profile().unwrap_or_default();
                return self.say_line(format!(
                    "{} is held by {profile}: the profile forces this value.",
                    self.name(path)
                ));
            }
            if self.composition.hidden().contains(path) {
                self.message.notice = Some(self.why_not_shown(path));
                return;
            }
        }
        let values = [scaled.load, scaled.expertise, scaled.confidence];
        let answers = paths.into_iter().zip(values.map(Value::Decimal));
        self.answers.say_all(answers.collect());
        let undo = self.keymap.key(Action::Undo);
        self.say_line(format!(
            "Load, expertise and confidence are {scaled} now; {undo} undoes."
        ));
        self.ask(effects);
    }
}
