//! Two forecasts beside each other: what changes for each role and model, by how much, and which thresholds move.
//! Leaves to others: why (`sentence`).

use super::figures::{Figures, OfModel, OfRole};
use super::forecast::Forecast;
use super::money::{Change, Money};
use super::role::When;
use crate::form::date::Date;

/// When something happened and happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    pub before: Option<When>,
    pub after: Option<When>,
    /// How many days sooner, below zero later; `None` unless both fall on a day.
    pub days_sooner: Option<i32>,
}

impl Shift {
    fn of(before: (Option<When>, Date), after: (Option<When>, Date)) -> Self {
        let number = |(when, start): (Option<When>, Date)| match when? {
            When::Now => None,
            When::Day(day) => Some(start.plus(i32::from(day)).number()),
        };
        Self {
            days_sooner: number(before).zip(number(after)).map(|(b, a)| b - a),
            before: before.0,
            after: after.0,
        }
    }

    #[must_use]
    pub fn is_none(&self) -> bool {
        self.before == self.after && self.days_sooner.is_none_or(|days| days == 0)
    }
}

/// `4 days sooner (was day 23)`, `not reached (was day 19)`, `on day 3 (was not reached)`, `over now (was day 19)`.
impl std::fmt::Display for Shift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let now = match (self.days_sooner, self.after) {
            (Some(0), Some(after)) => format!("on {after}"),
            (Some(days), _) => {
                let word = if days > 0 { "sooner" } else { "later" };
                let count = days.unsigned_abs();
                format!("{count} day{} {word}", if count == 1 { "" } else { "s" })
            }
            (None, Some(When::Now)) => "over now".to_owned(),
            (None, Some(after)) => format!("on {after}"),
            (None, None) => "not reached".to_owned(),
        };
        match self.before {
            _ if self.is_none() => f.pad(&now),
            Some(When::Now) => f.pad(&format!("{now} (was over at once)")),
            Some(before) => f.pad(&format!("{now} (was {before})")),
            None => f.pad(&format!("{now} (was not reached)")),
        }
    }
}

/// One role in both forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleChange {
    pub role: String,
    /// Its place in each forecast; `None` where it is not.
    pub places: (Option<usize>, Option<usize>),
    pub spent: Change,
    pub limit: (Option<Money>, Option<Money>),
    pub near: Shift,
    pub exceeded: Shift,
    /// Calls refused before and after.
    pub refused: (u64, u64),
    /// Calls answered before and after.
    pub answered: (u64, u64),
}

impl RoleChange {
    /// Is it the same in both?
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.spent.is_none()
            && self.limit.0 == self.limit.1
            && self.near.is_none()
            && self.exceeded.is_none()
            && self.refused.0 == self.refused.1
            && self.answered.0 == self.answered.1
    }
}

/// One model in both forecasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelChange {
    pub provider: String,
    pub model: String,
    pub spent: Change,
    /// Calls answered before and after.
    pub calls: (u64, u64),
}

/// Everything that differs between two forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub total: Change,
    /// Calls refused before and after.
    pub refused: (u64, u64),
    /// Those of the later forecast in its order, then those that are gone. The same ones too.
    pub roles: Vec<RoleChange>,
    /// In the order of the later forecast, the dearest first, then those that are gone. The same ones too.
    pub models: Vec<ModelChange>,
    /// Are both about the same days? Else the totals say little.
    pub same_days: bool,
}

impl Comparison {
    #[must_use]
    pub fn of(before: &Forecast, after: &Forecast) -> Self {
        Self::of_figures(&Figures::of(before), &Figures::of(after))
    }

    /// As [`Self::of`], where one of them is only known by its figures.
    #[must_use]
    pub fn of_figures(before: &Figures, after: &Figures) -> Self {
        let mut roles = Vec::with_capacity(after.roles.len());
        for (i, role) in after.roles.iter().enumerate() {
            let was = before.position(&role.role);
            roles.push(role_change(before, after, &role.role, (was, Some(i))));
        }
        for (i, role) in before.roles.iter().enumerate() {
            if after.position(&role.role).is_none() {
                roles.push(role_change(before, after, &role.role, (Some(i), None)));
            }
        }
        Self {
            total: Change {
                before: before.total,
                after: after.total,
            },
            refused: (before.refused, after.refused),
            roles,
            models: models(&before.models, &after.models),
            same_days: (before.start, before.days) == (after.start, after.days),
        }
    }

    /// Is nothing else than before?
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.same_days && self.total.is_none() && self.roles.iter().all(RoleChange::is_none)
    }
}

fn role_change(
    before: &Figures,
    after: &Figures,
    name: &str,
    places: (Option<usize>, Option<usize>),
) -> RoleChange {
    let was = places.0.map(|i| &before.roles[i]);
    let is = places.1.map(|i| &after.roles[i]);
    let spent = |role: Option<&OfRole>| role.map_or(Money::ZERO, |role| role.spent);
    let refused = |role: Option<&OfRole>| role.map_or(0, |role| role.refused);
    let answered = |role: Option<&OfRole>| role.map_or(0, |role| role.answered);
    let shift = |when: fn(&OfRole) -> Option<When>| {
        Shift::of(
            (was.and_then(when), before.start),
            (is.and_then(when), after.start),
        )
    };
    RoleChange {
        role: name.to_owned(),
        places,
        spent: Change {
            before: spent(was),
            after: spent(is),
        },
        limit: (
            was.and_then(|role| role.limit),
            is.and_then(|role| role.limit),
        ),
        near: shift(|role| role.near),
        exceeded: shift(|role| role.exceeded),
        refused: (refused(was), refused(is)),
        answered: (answered(was), answered(is)),
    }
}

fn models(before: &[OfModel], after: &[OfModel]) -> Vec<ModelChange> {
    let find = |list: &[OfModel], of: &OfModel| {
        let same = |one: &&OfModel| one.provider == of.provider && one.model == of.model;
        list.iter()
            .find(same)
            .map_or((Money::ZERO, 0), |one| (one.spent, one.calls))
    };
    let gone = before.iter().filter(|was| find(after, was).1 == 0);
    after
        .iter()
        .chain(gone)
        .map(|of| {
            let (was, is) = (find(before, of), find(after, of));
            ModelChange {
                provider: of.provider.clone(),
                model: of.model.clone(),
                spent: Change {
                    before: was.0,
                    after: is.0,
                },
                calls: (was.1, is.1),
            }
        })
        .collect()
}
