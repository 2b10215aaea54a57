//! The figures of a forecast without what they follow from: what an estimate keeps on disk and a comparison sets beside
//! another. Money is text in cents with decimals, so that nothing is lost; a day counts from 1, and 0 is now.
//! Leaves to others: the file around them (`estimate`), comparing (`compare`).

use serde::{Deserialize, Serialize};

use super::choice::Gap;
use super::forecast::Forecast;
use super::money::Money;
use super::role::{Role, When};
use super::sentence;
use crate::form::date::Date;

/// What a forecast comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    #[serde(with = "date")]
    pub start: Date,
    /// 1 to 366.
    pub days: u16,
    #[serde(rename = "total_cents", with = "cents")]
    pub total: Money,
    /// What all roles may spend in one window.
    #[serde(rename = "limits_cents", with = "cents")]
    pub limits: Money,
    /// The part of the total that no model is known for.
    #[serde(rename = "spent_already_cents", with = "cents")]
    pub spent_already: Money,
    #[serde(rename = "saved_cents", with = "cents")]
    pub saved: Money,
    #[serde(rename = "refused_calls")]
    pub refused: u64,
    pub roles: Vec<OfRole>,
    /// The dearest first.
    pub models: Vec<OfModel>,
}

/// What it comes to for one role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfRole {
    pub role: String,
    #[serde(rename = "limit_cents", with = "cents::or_null")]
    pub limit: Option<Money>,
    #[serde(rename = "forecast_cents", with = "cents")]
    pub spent: Money,
    /// Of the limit, in the window that comes nearest to it.
    #[serde(rename = "utilisation_percent")]
    pub utilisation: Option<u64>,
    #[serde(rename = "near_day", with = "day")]
    pub near: Option<When>,
    #[serde(rename = "exceeded_day", with = "day")]
    pub exceeded: Option<When>,
    #[serde(rename = "refused_day", with = "day")]
    pub first_refused: Option<When>,
    /// A provider, or `refused`.
    pub then: Option<String>,
    #[serde(rename = "answered_calls")]
    pub answered: u64,
    #[serde(rename = "moved_calls")]
    pub moved: u64,
    #[serde(rename = "refused_calls")]
    pub refused: u64,
    /// Why there is no forecast of it, `no limit` or `no price`; then it is not in the total.
    pub gap: Option<String>,
}

/// What it comes to for one model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfModel {
    pub provider: String,
    pub model: String,
    pub calls: u64,
    #[serde(rename = "forecast_cents", with = "cents")]
    pub spent: Money,
}

impl Figures {
    #[must_use]
    pub fn of(forecast: &Forecast) -> Self {
        let roles = forecast.roles.iter().enumerate();
        Self {
            start: forecast.start.date(),
            days: forecast.start.days(),
            total: forecast.total(),
            limits: forecast.limits(),
            spent_already: forecast.spent_already(),
            saved: forecast.saved(),
            refused: forecast.refused(),
            roles: roles
                .map(|(place, role)| OfRole::of(forecast, place, role))
                .collect(),
            models: forecast
                .by_model()
                .into_iter()
                .map(|of| OfModel {
                    provider: of.model.provider.clone(),
                    model: of.model.model.clone(),
                    calls: of.calls,
                    spent: of.spent,
                })
                .collect(),
        }
    }

    #[must_use]
    pub fn position(&self, role: &str) -> Option<usize> {
        self.roles.iter().position(|found| found.role == role)
    }

    /// Do the parts sum to the total, by role and by model? Else somebody changed one of them.
    #[must_use]
    pub fn add_up(&self) -> bool {
        let by_role: Money = self.roles.iter().map(|role| role.spent).sum();
        let by_model: Money = self.models.iter().map(|model| model.spent).sum();
        by_role == self.total && by_model + self.spent_already == self.total
    }
}

impl OfRole {
    fn of(forecast: &Forecast, place: usize, role: &Role) -> Self {
        let gap = role.gap.map(|gap| match gap {
            Gap::NoLimit => "no limit",
            Gap::NoPrice => "no price",
        });
        Self {
            role: role.name().to_owned(),
            limit: role.limit,
            spent: role.spent,
            utilisation: forecast.utilisation(place),
            near: role.firsts.near,
            exceeded: role.firsts.exceeded,
            first_refused: role.firsts.refused,
            then: sentence::then(forecast, role),
            answered: role.served.answered(),
            moved: role.moved(),
            refused: role.served.refused,
            gap: gap.map(str::to_owned),
        }
    }
}

/// An amount as decimal text of cents: `657843.42`.
mod cents {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::super::money::Money;

    pub fn serialize<S: Serializer>(money: &Money, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&money.cents())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Money, D::Error> {
        let text = String::deserialize(from)?;
        Money::read_cents(&text).ok_or_else(|| D::Error::custom("no amount of cents"))
    }

    pub mod or_null {
        use serde::de::Error as _;
        use serde::{Deserialize as _, Deserializer, Serializer};

        use crate::budget::Money;

        #[allow(
            clippy::ref_option,
            clippy::trivially_copy_pass_by_ref,
            reason = "serde asks for it"
        )]
        pub fn serialize<S: Serializer>(money: &Option<Money>, to: S) -> Result<S::Ok, S::Error> {
            match money {
                Some(money) => to.serialize_str(&money.cents()),
                None => to.serialize_none(),
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Money>, D::Error> {
            let Some(text) = Option::<String>::deserialize(from)? else {
                return Ok(None);
            };
            let money = Money::read_cents(&text);
            money
                .map(Some)
                .ok_or_else(|| D::Error::custom("no amount of cents"))
        }
    }
}

mod day {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::When;

    #[allow(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks for it"
    )]
    pub fn serialize<S: Serializer>(when: &Option<When>, to: S) -> Result<S::Ok, S::Error> {
        when.map(super::number).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<When>, D::Error> {
        let number = Option::<u16>::deserialize(from)?;
        Ok(number.map(|number| match number.checked_sub(1) {
            Some(day) => When::Day(day),
            None => When::Now,
        }))
    }
}

/// A day as a number for programs: counted from 1, 0 for now.
#[must_use]
pub fn number(when: When) -> u16 {
    match when {
        When::Now => 0,
        When::Day(day) => day.saturating_add(1),
    }
}

mod date {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::Date;

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&date.to_string())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let text = String::deserialize(from)?;
        Date::parse(&text).ok_or_else(|| D::Error::custom("no date"))
    }
}
