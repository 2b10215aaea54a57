//! What a forecast says of one role: over all days, in each window, and when something first happens.

use std::fmt;

use super::choice::{Choice, Gap};
use super::day::{Served, State};
use super::money::Money;
use super::workload::Load;

/// When something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// What is spent already reaches it.
    Now,
    /// On this day of the forecast, counted from 0.
    Day(u16),
}

/// `day 19`, or `now`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => f.pad("now"),
            Self::Day(day) => f.pad(&format!("day {}", day + 1)),
        }
    }
}

/// The first times that something happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Firsts {
    /// The threshold is reached.
    pub near: Option<When>,
    /// The limit is reached, or a call would pass it.
    pub exceeded: Option<When>,
    /// A call is refused.
    pub refused: Option<When>,
}

impl Firsts {
    pub(super) fn note(&mut self, when: When, is_near: bool, state: State, refused: bool) {
        if is_near {
            self.near.get_or_insert(when);
        }
        if state == State::Exceeded {
            self.exceeded.get_or_insert(when);
        }
        if refused {
            self.refused.get_or_insert(when);
        }
    }

    pub(super) fn or(self, later: Self) -> Self {
        Self {
            near: self.near.or(later.near),
            exceeded: self.exceeded.or(later.exceeded),
            refused: self.refused.or(later.refused),
        }
    }
}

/// One role in one window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InWindow {
    /// With what was spent already; up to the last day that is forecast.
    pub spent: Money,
    pub firsts: Firsts,
    pub refused: u64,
}

/// One role over all days.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// What it asks for; a role without a workload asks for nothing.
    pub load: Load,
    /// What it may spend in a window; `None` when the configuration knows no limit of it.
    pub limit: Option<Money>,
    /// Why nothing is forecast; then all that follows is nothing.
    pub gap: Option<Gap>,
    /// Which models answer; `None` with a gap.
    pub choice: Option<Choice>,
    /// What was spent already and counts in the running window.
    pub already: Option<Money>,
    /// What all days cost, with what was spent already on days of the forecast.
    pub spent: Money,
    /// Its part that was spent already.
    pub spent_already: Money,
    /// Calls answered and refused on all days.
    pub served: Served,
    pub firsts: Firsts,
    /// What the calls that fallback moved would have cost more.
    pub saved: Money,
}

impl Role {
    #[must_use]
    pub fn name(&self) -> &str {
        &self.load.role
    }

    /// How many calls fallback moved to another model.
    #[must_use]
    pub fn moved(&self) -> u64 {
        let [_, near, exceeded] = self.served.calls;
        let same = self.choice.is_some_and(|choice| {
            choice.exceeded.map(|offer| offer.model) == choice.normal.map(|offer| offer.model)
        });
        near + if same { 0 } else { exceeded }
    }

    /// The spend at which its threshold lies; `None` without a limit.
    #[must_use]
    pub fn threshold(&self, percent: u8) -> Option<Money> {
        self.limit.map(|limit| limit.percent(percent))
    }
}
