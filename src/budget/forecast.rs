//! The forecast: what each role spends on each day and with whom, when it comes near its limit or reaches it, and what
//! is refused. Whole amounts throughout, so that header, pane, screen and verb agree to the micro-cent.
//! Leaves to others: one day of one role (`day`), words (`sentence`), changes (`compare`).

use super::calendar::{Span, Start};
use super::choice::{Choice, Gap, Market, Model};
use super::day::{Rules, Running, Served, State};
use super::money::Money;
use super::prices::Prices;
use super::role::{Firsts, InWindow, Role, When};
use super::settings::{Enforced, RoleLimit, Settings};
use super::workload::{Load, Workload};
use super::{before, notes};
use crate::problem::Problem;

/// What one model answered, over all roles and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfModel<'f> {
    pub model: &'f Model,
    pub calls: u64,
    pub spent: Money,
}

/// The forecast of all roles.
#[derive(Clone, Debug)]
pub struct Forecast {
    pub start: Start,
    /// What it was made of.
    pub settings: Settings,
    /// Its workload is a sample: every total says so.
    pub sample: bool,
    pub models: Vec<Model>,
    /// The windows that the days lie in.
    pub spans: Vec<Span>,
    /// First those that the configuration knows, then further ones of the workload.
    pub roles: Vec<Role>,
    /// For each role all days.
    days: Vec<Served>,
    /// For each role all windows.
    windows: Vec<InWindow>,
    /// What could not be counted or is doubtful, each told once.
    pub warnings: Vec<Problem>,
}

impl Forecast {
    /// What will happen. It needs neither clock nor files: the same inputs give the same forecast.
    #[must_use]
    pub fn of(settings: &Settings, workload: &Workload, prices: &Prices, start: Start) -> Self {
        let spans = start.spans(settings.window);
        let days = usize::from(start.days());
        let known = settings.roles.iter().map(|limit| {
            let load = workload.role(&limit.role).cloned();
            (load, Some(limit))
        });
        let further = workload
            .roles
            .iter()
            .filter(|load| settings.role(&load.role).is_none());
        let further = further.map(|load| (Some(load.clone()), None));
        let asked: Vec<_> = known.chain(further).collect();
        let mut forecast = Self {
            start,
            sample: workload.sample,
            models: Vec::new(),
            days: Vec::with_capacity(asked.len() * days),
            windows: Vec::with_capacity(asked.len() * spans.len()),
            roles: Vec::with_capacity(asked.len()),
            spans,
            warnings: settings.problems.clone(),
            settings: settings.clone(),
        };
        let mut market = Market::new(settings, prices, start.date());
        for (load, limit) in asked {
            forecast
                .warnings
                .extend(notes::of_role(load.as_ref(), limit));
            let load = load.unwrap_or_else(|| Load {
                role: limit.map(|limit| limit.role.clone()).unwrap_or_default(),
                ..Load::default()
            });
            let role = forecast.role(&mut market, load, limit);
            forecast.roles.push(role);
        }
        forecast.warnings.append(&mut market.warnings);
        forecast.models = market.models;
        let unknown = notes::unknown_before(&forecast);
        forecast.warnings.extend(unknown);
        forecast
    }

    fn role(&mut self, market: &mut Market<'_>, load: Load, limit: Option<&RoleLimit>) -> Role {
        let enforced = self.settings.enforced() == Enforced::On;
        let wrong = limit.is_some_and(|limit| limit.limit.is_none());
        let choice = match market.choose(&load) {
            _ if wrong && enforced => Err(Gap::NoLimit),
            choice => choice,
        };
        let mut role = Role {
            limit: limit.and_then(|limit| limit.limit),
            gap: choice.err(),
            choice: choice.ok(),
            already: None,
            spent: Money::ZERO,
            spent_already: Money::ZERO,
            served: Served::default(),
            firsts: Firsts::default(),
            saved: Money::ZERO,
            load,
        };
        if let Some(choice) = role.choice {
            self.days_of(&mut role, &choice, enforced);
        } else {
            let (days, windows) = (usize::from(self.start.days()), self.spans.len());
            self.days.resize(self.days.len() + days, Served::default());
            self.windows
                .resize(self.windows.len() + windows, InWindow::default());
        }
        role
    }

    fn days_of(&mut self, role: &mut Role, choice: &Choice, enforced: bool) {
        let limits = role.limit.filter(|_| enforced).map(|limit| {
            let near_at = limit.percent(self.settings.threshold_percent);
            (near_at.micro_cents(), limit.micro_cents())
        });
        let rules = Rules::new(choice, limits);
        let counted = match before::spent(&role.load, self.start, self.spans.first()) {
            Ok(counted) => counted,
            Err(problem) => {
                self.warnings.push(problem);
                None
            }
        };
        let mut from = 0;
        let mut calls = role.load.calls();
        for (i, span) in self.spans.iter().enumerate() {
            let mut running = Running::default();
            let mut window = InWindow::default();
            if let (0, Some(before)) = (i, &counted) {
                role.already = Some(before.amount);
                running.spent = before.amount.micro_cents();
                from = before.covers;
                if before.covers > 0 {
                    role.spent_already = before.amount;
                }
                let first = calls.next().unwrap_or_default();
                for _ in 0..before.days_between {
                    rules.serve(&mut running, first);
                }
                calls = role.load.calls();
                let state = rules.state(running);
                window
                    .firsts
                    .note(When::Now, rules.is_near(running), state, false);
            }
            for day in span.day..span.day + span.days {
                let asked = calls.next().unwrap_or_default();
                if day < from {
                    self.days.push(Served::default());
                    continue;
                }
                let served = rules.serve(&mut running, asked);
                let (near, state) = (rules.is_near(running), rules.state(running));
                window
                    .firsts
                    .note(When::Day(day), near, state, served.refused > 0);
                window.refused += served.refused;
                for (sum, calls) in role.served.calls.iter_mut().zip(served.calls) {
                    *sum += calls;
                }
                role.served.refused += served.refused;
                self.days.push(served);
            }
            window.spent = Money::of_micro_cents(running.spent);
            role.firsts = role.firsts.or(window.firsts);
            self.windows.push(window);
        }
        role.spent = role.spent_already + cost(choice, &role.served);
        let dearer = |state: State| {
            let offer = offer(choice, state)?;
            Some(
                choice
                    .normal?
                    .cost
                    .less(offer.cost)
                    .times(role.served.calls[state as usize]),
            )
        };
        role.saved = State::ALL.into_iter().filter_map(dearer).sum();
    }

    /// What one role was answered on one day, counted from 0. Days that `already` covers have no calls.
    #[must_use]
    pub fn served(&self, role: usize, day: u16) -> Served {
        let place = role * usize::from(self.start.days()) + usize::from(day);
        self.days.get(place).copied().unwrap_or_default()
    }

    /// What one role spends on one day with each model that answers, in the order of the states.
    pub fn spent_on(&self, role: usize, day: u16) -> impl Iterator<Item = OfModel<'_>> {
        let choice = self.roles.get(role).and_then(|role| role.choice);
        self.answered(choice, self.served(role, day))
    }

    fn answered(
        &self,
        choice: Option<Choice>,
        served: Served,
    ) -> impl Iterator<Item = OfModel<'_>> {
        State::ALL.into_iter().filter_map(move |state| {
            let offer = offer(&choice?, state)?;
            let calls = served.calls[state as usize];
            let spent = offer.cost.times(calls);
            let model = &self.models[offer.model];
            (calls > 0).then_some(OfModel {
                model,
                calls,
                spent,
            })
        })
    }

    /// The spend of one role in its window at the end of each day, with what was spent already: the curve that meets
    /// threshold and limit. Days that are covered by what was spent already stand at that amount.
    #[must_use]
    pub fn curve(&self, role: usize) -> Vec<Money> {
        let mut curve = Vec::with_capacity(usize::from(self.start.days()));
        let windows = self.windows(role);
        for (span, window) in self.spans.iter().zip(windows) {
            let days = span.day..span.day + span.days;
            let day = |day| self.spent_on(role, day).map(|of| of.spent).sum::<Money>();
            let forecast: Money = days.clone().map(day).sum();
            // What is not spent on the days was there before them.
            let mut spent = window.spent.less(forecast);
            for at in days {
                spent += day(at);
                curve.push(spent);
            }
        }
        curve
    }

    /// One role in each of [`Self::spans`].
    #[must_use]
    pub fn windows(&self, role: usize) -> &[InWindow] {
        let count = self.spans.len();
        self.windows
            .get(role * count..(role + 1) * count)
            .unwrap_or_default()
    }

    /// The most that a role spends in one of its windows, in whole percent of its limit; `None` without one, and while
    /// limits are not applied.
    #[must_use]
    pub fn utilisation(&self, role: usize) -> Option<u64> {
        let found = self.roles.get(role)?;
        let limit = found.limit.filter(|_| found.gap.is_none())?;
        if self.settings.enforced() != Enforced::On {
            return None;
        }
        let most = self.windows(role).iter().map(|window| window.spent).max()?;
        most.percent_of(limit)
    }

    /// What all roles spend.
    #[must_use]
    pub fn total(&self) -> Money {
        self.roles.iter().map(|role| role.spent).sum()
    }

    /// What all roles may spend in one window.
    #[must_use]
    pub fn limits(&self) -> Money {
        self.roles.iter().filter_map(|role| role.limit).sum()
    }

    /// How many calls are refused.
    #[must_use]
    pub fn refused(&self) -> u64 {
        let refused = self.roles.iter().map(|role| role.served.refused);
        refused.fold(0, u64::saturating_add)
    }

    /// Does a role miss in the total?
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        self.roles.iter().any(|role| role.gap.is_some())
    }

    #[must_use]
    pub fn position(&self, role: &str) -> Option<usize> {
        self.roles.iter().position(|found| found.name() == role)
    }

    /// The calls and the spend of each model that answers any, the dearest total first. With
    /// [`Self::spent_already`] they sum to [`Self::total`].
    #[must_use]
    pub fn by_model(&self) -> Vec<OfModel<'_>> {
        let nothing = |model| OfModel {
            model,
            calls: 0,
            spent: Money::ZERO,
        };
        let mut sums: Vec<OfModel<'_>> = self.models.iter().map(nothing).collect();
        for role in &self.roles {
            for state in State::ALL {
                let Some(offer) = role.choice.and_then(|choice| offer(&choice, state)) else {
                    continue;
                };
                let calls = role.served.calls[state as usize];
                sums[offer.model].calls = sums[offer.model].calls.saturating_add(calls);
                sums[offer.model].spent += offer.cost.times(calls);
            }
        }
        sums.retain(|sum| sum.calls > 0);
        sums.sort_by_key(|sum| std::cmp::Reverse(sum.spent));
        sums
    }

    /// The part of the total that was spent already and is not known by model.
    #[must_use]
    pub fn spent_already(&self) -> Money {
        self.roles.iter().map(|role| role.spent_already).sum()
    }

    /// What fallback saves.
    #[must_use]
    pub fn saved(&self) -> Money {
        self.roles.iter().map(|role| role.saved).sum()
    }
}

/// The offer whose calls are counted under a state.
fn offer(choice: &Choice, state: State) -> Option<super::choice::Offer> {
    match state {
        State::Normal => choice.normal,
        State::Near => choice.near,
        State::Exceeded => choice.exceeded,
    }
}

fn cost(choice: &Choice, served: &Served) -> Money {
    let of = |state: State| {
        offer(choice, state).map(|offer| offer.cost.times(served.calls[state as usize]))
    };
    State::ALL.into_iter().filter_map(of).sum()
}
