//! What the configuration in force will cost, kept up with every verdict: the workload in use, the forecast now, that
//! of what it is compared with, and the last one that held while something is wrong.
//! Leaves to others: figures and words (`budget` of the core), the screen of it (`budget_screen`), showing (`draw`).

use super::app::{App, Focus};
use super::diff_screen::Left;
use super::layout::WIDE;
use super::side_pane::Side;
use super::window::Window;
use crate::budget::headline::{self, Of};
use crate::budget::settings::limit_path;
use crate::budget::{Comparison, Forecast, Inputs, Settings, Start, Workload};
use crate::path::FieldPath;
use crate::problem::Problem;

/// The state.
#[derive(Debug, Default)]
pub struct Budget {
    pub inputs: Inputs,
    /// The workload that was chosen in place of the profile's own, by its name.
    named: Option<String>,
    /// The workload in use while it is edited.
    pub(super) edited: Option<Workload>,
    /// What it is compared with.
    pub(super) left: Left,
    /// Does the pane stand below the fields?
    pub(super) below: bool,
    /// What the side pane showed before the budget was asked for.
    pub(super) instead_of: Option<Side>,
    /// The role that is pointed at while the pane or the screen has the keys.
    pub(super) role: usize,
    now: Option<Estimate>,
    before: Option<Forecast>,
    changes: Option<Comparison>,
}

/// A forecast, and what it was made under.
#[derive(Debug)]
struct Estimate {
    forecast: Forecast,
    /// Under another one it says nothing any more.
    profile: Option<String>,
    /// The setting that has been wrong since.
    wrong: Option<FieldPath>,
}

impl Budget {
    pub(super) fn of(inputs: Inputs) -> Self {
        Self {
            inputs,
            ..Self::default()
        }
    }

    /// The forecast of what is in force; while something is wrong, the last that held.
    #[must_use]
    pub fn now(&self) -> Option<&Forecast> {
        self.now.as_ref().map(|estimate| &estimate.forecast)
    }

    /// The setting that is wrong, so that the forecast is the last that held.
    #[must_use]
    pub fn wrong(&self) -> Option<&FieldPath> {
        self.now.as_ref()?.wrong.as_ref()
    }

    /// The forecast of what it is compared with, under the same workload.
    #[must_use]
    pub fn before(&self) -> Option<&Forecast> {
        self.before.as_ref()
    }

    /// What differs between the two.
    #[must_use]
    pub fn changes(&self) -> Option<&Comparison> {
        self.changes.as_ref()
    }

    #[must_use]
    pub fn left(&self) -> &Left {
        &self.left
    }
}

impl App {
    /// The name of the workload in use: the one that was chosen, else that of the preset that is loaded, else the
    /// profile's own.
    #[must_use]
    pub fn workload_name(&self) -> Option<&str> {
        let is_there = |name: &&str| self.budget.inputs.workload(name).is_some();
        let named = self.chosen_workload();
        named
            .or(self.workload_of_preset().filter(is_there))
            .or(self.profile())
    }

    /// The one that was chosen here.
    #[must_use]
    pub fn chosen_workload(&self) -> Option<&str> {
        self.budget.named.as_deref()
    }

    fn workload_of_preset(&self) -> Option<&str> {
        let preset = self.answers.said().base.as_ref()?.preset.as_ref()?;
        preset.workload.as_deref()
    }

    /// The name of the workload in use when it is not the profile's own: what presets and drafts keep.
    #[must_use]
    pub fn named_workload(&self) -> Option<&str> {
        let named = self.chosen_workload().or(self.workload_of_preset());
        named.filter(|name| self.profile() != Some(*name))
    }

    /// Uses the workload of this name, the profile's own with `None`.
    pub fn use_workload(&mut self, name: Option<&str>) {
        self.budget.named = name.map(str::to_owned);
        self.refresh_budget();
    }

    /// The workload in use.
    #[must_use]
    pub fn workload(&self) -> Option<&Workload> {
        if let Some(edited) = &self.budget.edited {
            return Some(edited);
        }
        self.budget.inputs.workload(self.workload_name()?)
    }

    /// Makes the forecasts anew: after each verdict, and when what they rest on changed.
    pub(super) fn refresh_budget(&mut self) {
        let now = self.budget.now.take();
        self.budget.before = None;
        self.budget.changes = None;
        let (Some(config), Some(workload)) = (&self.config, self.workload()) else {
            return;
        };
        let start = Start::this_month(self.facts.today);
        let prices = &self.budget.inputs.prices;
        let of = |settings: &Settings| Forecast::of(settings, workload, prices, start);
        let settings = Settings::of(config);
        // Also where the verdict has an error, what can be counted is; a value that cannot is made up by nobody.
        let mut unusable = settings.problems.iter();
        let wrong = unusable.find_map(|problem| problem.path.clone());
        let profile = self.profile();
        let held = now.filter(|held| wrong.is_some() && held.profile.as_deref() == profile);
        let now = match held {
            // The workload may have changed meanwhile.
            Some(held) => Estimate {
                forecast: of(&held.forecast.settings),
                wrong,
                ..held
            },
            None => Estimate {
                forecast: of(&settings),
                profile: profile.map(str::to_owned),
                wrong: None,
            },
        };
        let before = self.left(&self.budget.left);
        let before = before.map(|config| of(&Settings::of(config)));
        let changes = before
            .as_ref()
            .map(|before| Comparison::of(before, &now.forecast));
        let roles = now.forecast.roles.len();
        self.budget.role = self.budget.role.min(roles.saturating_sub(1));
        self.budget.now = Some(now);
        self.budget.before = before;
        self.budget.changes = changes;
    }

    /// The total for the header, the longest way to say it first; nothing before there is a verdict.
    #[must_use]
    pub fn cost(&self) -> Option<[String; 2]> {
        self.config.as_ref()?;
        self.profile()?;
        let Some(forecast) = self.budget.now() else {
            return Some([headline::NO_WORKLOAD, headline::NO_WORKLOAD].map(str::to_owned));
        };
        let of = match self.budget.wrong() {
            Some(_) => Of::LastThatHeld,
            None => Of::Now,
        };
        Some(headline::lengths(forecast, of))
    }

    /// Why the figures are not of what is in force, or why there are none.
    #[must_use]
    pub fn budget_notice(&self) -> Option<String> {
        if self.budget.now().is_none() && self.config.is_some() {
            return Some(headline::no_workload(self.workload_name()));
        }
        self.budget
            .wrong()
            .map(|path| headline::held(&self.name(path)))
    }

    /// What is doubtful about the figures: of prices, of the workload, of the forecast.
    pub fn budget_warnings(&self) -> impl Iterator<Item = &Problem> {
        let workload = self.workload_name();
        let read = workload.and_then(|name| self.budget.inputs.workloads.get(name));
        let forecast = self.budget.now();
        let inputs = &self.budget.inputs;
        let forecast = forecast.into_iter().flat_map(|f| &f.warnings);
        let read = read.into_iter().flat_map(|read| &read.problems);
        inputs.problems.iter().chain(read).chain(forecast)
    }

    /// The role that a line beside the table is about: the one pointed at, that of the focused limit, else the one
    /// whose spending changes most, else the first that reaches its threshold.
    #[must_use]
    pub fn role_in_focus(&self) -> usize {
        let Some(forecast) = self.budget.now() else {
            return 0;
        };
        if self.points_at_role() {
            return self.budget.role;
        }
        let focused = self.input().and_then(|input| {
            let mut roles = forecast.roles.iter();
            roles.position(|role| limit_path(role.name()) == input.path)
        });
        let changed = || {
            let changes = self.budget.changes()?;
            let roles = changes.roles.iter().filter(|role| !role.is_none());
            roles.max_by_key(|role| role.spent.size())?.places.1
        };
        let near = || {
            let mut roles = forecast.roles.iter();
            roles.position(|role| role.firsts.near.is_some())
        };
        focused.or_else(changed).or_else(near).unwrap_or(0)
    }

    /// Is a role chosen by its row, in the pane or on the screen?
    #[must_use]
    pub fn points_at_role(&self) -> bool {
        self.focus == Focus::Budget
            || self
                .windows
                .iter()
                .any(|window| matches!(window, Window::Budget(_)))
    }

    /// Do they move from role to role, not through the text beside them?
    #[must_use]
    pub fn steps_roles(&self) -> bool {
        match self.windows.last() {
            Some(Window::Budget(screen)) => !screen.in_text,
            Some(_) => false,
            None => self.focus == Focus::Budget,
        }
    }

    /// Does the pane show, below the fields or beside them?
    #[must_use]
    pub fn budget_pane_shows(&self) -> bool {
        if self.size.width >= WIDE {
            self.side == Side::Budget
        } else {
            self.budget.below && self.focus != Focus::Panels
        }
    }
}
