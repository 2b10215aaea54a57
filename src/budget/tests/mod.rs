//! Small forecasts for tests: a token costs so that one call costs the price that is given, in micro-cents.

mod properties;
mod reading;
mod windows;
mod words;
mod worked;

use super::calendar::Start;
use super::forecast::Forecast;
use super::money::Money;
use super::prices::{Price, Prices};
use super::settings::{Provider, RoleLimit, Settings};
use super::workload::{Load, Workload};
use crate::form::date::Date;

pub const NAMES: [&str; 4] = ["claude", "openai", "gemini", "ollama"];

pub fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub fn micro(amount: u64) -> Money {
    Money::of_micro_cents(u128::from(amount))
}

pub fn november() -> Start {
    Start::month(date("2026-11-01"))
}

/// Providers of these names and prices a call, all on and in the chain in this order.
pub fn prices(costs: &[u64]) -> Prices {
    let price = |(name, cost): (&&str, &u64)| Price {
        provider: (*name).to_owned(),
        model: "m".to_owned(),
        input: micro(*cost),
        output: Money::ZERO,
        quality: Some(900),
        date: date("2026-11-01"),
        source: String::new(),
    };
    NAMES.iter().zip(costs).map(price).collect()
}

pub fn settings(costs: &[u64]) -> Settings {
    let names = || {
        NAMES
            .iter()
            .take(costs.len())
            .map(|name| (*name).to_owned())
    };
    Settings {
        providers: names()
            .map(|name| Provider {
                name,
                on: true,
                model: "m".into(),
            })
            .collect(),
        chain: names().collect(),
        ..Settings::default()
    }
}

/// Calls of one million input tokens, which cost what the price says; the first provider is preferred.
pub fn load(role: &str, calls_a_day: u64) -> Load {
    Load {
        role: role.into(),
        calls_a_day,
        input_tokens: 1_000_000,
        provider: Some("claude".into()),
        ..Load::default()
    }
}

pub fn limit(role: &str, micro_cents: u64) -> RoleLimit {
    RoleLimit {
        role: role.into(),
        limit: Some(micro(micro_cents)),
    }
}

/// One role `a` with this limit and these calls a day for so many days, under settings that `change` changes.
pub fn one(
    costs: &[u64],
    of: u64,
    calls: u64,
    days: u16,
    change: impl Fn(&mut Settings, &mut Load),
) -> Forecast {
    let mut settings = settings(costs);
    settings.roles = vec![limit("a", of)];
    let mut load = load("a", calls);
    change(&mut settings, &mut load);
    let workload = Workload {
        roles: vec![load],
        ..Workload::default()
    };
    let start = Start::days_from(date("2026-11-01"), days);
    Forecast::of(&settings, &workload, &prices(costs), start)
}
