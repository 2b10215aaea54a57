//! What a forecast means, in plain sentences: per role what happens and why, with the setting that causes it.
//! Leaves to others: what changed (`changed`), where sentences stand and the key that jumps to the cause (`tui`, `cli`).

use super::cause;
use super::choice::{Choice, Gap, Offer};
use super::forecast::Forecast;
use super::role::{InWindow, Role, When};
use super::settings::{Enforced, limit_path, path};
use crate::path::FieldPath;

/// One sentence, and the setting to jump to for changing what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub text: String,
    pub cause: Option<FieldPath>,
}

impl Sentence {
    fn new(text: impl Into<String>, cause: Option<&str>) -> Self {
        Self {
            text: text.into(),
            cause: cause.map(FieldPath::new),
        }
    }
}

/// What holds for the whole forecast: limits that are not applied, roles that miss, a sample.
#[must_use]
pub fn of_all(forecast: &Forecast) -> Vec<Sentence> {
    let mut found = Vec::new();
    let enforced = forecast.settings.enforced();
    let off = match enforced {
        Enforced::On => None,
        Enforced::NotTracked => {
            Some("Cost tracking is off: nobody sums what is spent, so no limit stops anything.")
        }
        Enforced::Off => Some("Budget enforcement is off: no limit stops anything."),
    };
    found.extend(off.map(|text| Sentence::new(text, enforced.cause())));
    let gaps: Vec<&str> = forecast
        .roles
        .iter()
        .filter(|role| role.gap.is_some())
        .map(Role::name)
        .collect();
    if !gaps.is_empty() {
        let text = format!("The total is without {}.", gaps.join(", "));
        found.push(Sentence::new(text, None));
    }
    if forecast.sample {
        let text = "The calls and tokens are a sample: put your own in the workload.";
        found.push(Sentence::new(text, None));
    }
    found
}

/// What happens to a role after its threshold, in a word or two: `gemini`, `refused`; `None` when nothing does.
#[must_use]
pub fn then(forecast: &Forecast, role: &Role) -> Option<String> {
    let choice = role.choice?;
    let provider = |offer: Offer| forecast.models[offer.model].provider.clone();
    if choice.normal.is_none() {
        return Some("refused".to_owned());
    }
    role.firsts.near.or(role.firsts.exceeded)?;
    if let (Some(near), Some(_)) = (choice.near, role.firsts.near) {
        return Some(provider(near));
    }
    if role.firsts.refused.is_some() {
        return Some("refused".to_owned());
    }
    if let (Some(exceeded), Some(_)) = (choice.exceeded, role.firsts.exceeded) {
        return Some(provider(exceeded));
    }
    choice.normal.map(provider)
}

/// One or two sentences about a role; none for a place without a role.
#[must_use]
pub fn of_role(forecast: &Forecast, place: usize) -> Vec<Sentence> {
    let Some(role) = forecast.roles.get(place) else {
        return Vec::new();
    };
    let name = capital(role.name());
    let limit_at = limit_path(role.name());
    let one =
        |text: &str, cause: Option<&str>| vec![Sentence::new(format!("{name}: {text}"), cause)];
    match role.gap {
        Some(Gap::NoLimit) => {
            return one(
                "no forecast, its limit is missing or wrong.",
                Some(limit_at.as_str()),
            );
        }
        Some(Gap::NoPrice) => {
            return one(
                "no forecast, the price of its model is not known.",
                cause::model(forecast, role).as_deref(),
            );
        }
        None => {}
    }
    let Some(choice) = role.choice else {
        return Vec::new();
    };
    let calls = role.served.answered() + role.served.refused;
    if calls == 0 && role.already.is_none() {
        return one("no calls in the workload.", None);
    }
    let Some(normal) = choice.normal else {
        let text = format!(
            "no provider is on, so all {} calls are refused.",
            grouped(calls)
        );
        return one(&text, Some(path::PROVIDERS));
    };
    let normal = &forecast.models[normal.model].provider;
    match forecast.settings.enforced() {
        Enforced::On => {}
        off => {
            let why = match off {
                Enforced::NotTracked => "cost tracking is off",
                _ => "enforcement is off",
            };
            let text = format!("stays with {normal}; {why}, so no limit is applied.");
            return one(&text, off.cause());
        }
    }
    let Some(limit) = role.limit else {
        let text = format!("stays with {normal}; the configuration has no limit for it.");
        return one(&text, None);
    };
    if role.firsts.near.is_none() && role.firsts.exceeded.is_none() {
        let most = forecast.utilisation(place).unwrap_or(0);
        let noun = forecast.settings.window.noun();
        let text = format!("at most {most} % of {limit} a {noun}; stays with {normal}.");
        return one(&text, Some(limit_at.as_str()));
    }
    let mut found = Vec::new();
    found.extend(near(forecast, place, role, &choice));
    found.extend(exceeded(forecast, place, role, &choice));
    if let Some(first) = found.first_mut() {
        first.text = format!("{name}: {}", first.text);
    }
    found
}

fn near(forecast: &Forecast, place: usize, role: &Role, choice: &Choice) -> Option<Sentence> {
    let settings = &forecast.settings;
    let percent = settings.threshold_percent;
    let reached = match role.firsts.near? {
        When::Now => format!("over {percent} % now"),
        day @ When::Day(_) => format!("{percent} % reached on {day}"),
    };
    let often = often(forecast, place, |window| window.firsts.near.is_some());
    let normal = &forecast.models[choice.normal?.model].provider;
    let (then, cause) = match choice.near {
        Some(near) => (
            format!(
                "then {}{}",
                forecast.models[near.model].provider,
                quality(forecast, choice.normal, near)
            ),
            limit_path(role.name()),
        ),
        None if !settings.auto_fallback => (
            format!("fallback is off, so {normal} stays until the limit"),
            path::AUTO_FALLBACK.into(),
        ),
        None => (
            format!("{normal} stays, the chain has nothing cheaper"),
            path::CHAIN.into(),
        ),
    };
    Some(Sentence {
        text: format!("{reached}{often}; {then}."),
        cause: Some(cause),
    })
}

fn exceeded(forecast: &Forecast, place: usize, role: &Role, choice: &Choice) -> Option<Sentence> {
    let reached = match role.firsts.exceeded? {
        When::Now => "limit reached now".to_owned(),
        day @ When::Day(_) => format!("limit reached on {day}"),
    };
    let reached = if role.firsts.near.is_some() {
        capital(&reached)
    } else {
        reached
    };
    let often = often(forecast, place, |window| window.firsts.exceeded.is_some());
    let refused = role.served.refused;
    if refused > 0 {
        let calls = counted(refused);
        let (why, cause) = if forecast.settings.auto_fallback {
            ("no provider of the chain still fits", path::CHAIN)
        } else {
            ("fallback is off", path::AUTO_FALLBACK)
        };
        let text = format!("{reached}{often}; {calls} refused, {why}.");
        return Some(Sentence::new(text, Some(cause)));
    }
    let then = choice.exceeded.map_or_else(String::new, |offer| {
        let provider = &forecast.models[offer.model].provider;
        format!(
            "; then {provider}{}",
            quality(forecast, choice.near.or(choice.normal), offer)
        )
    });
    Some(Sentence {
        text: format!("{reached}{often}{then}."),
        cause: Some(limit_path(role.name())),
    })
}

/// ` (in 3 of 5 weeks)`; nothing when there is only one window.
fn often(forecast: &Forecast, place: usize, is: impl Fn(&InWindow) -> bool) -> String {
    let windows = forecast.windows(place);
    if windows.len() < 2 {
        return String::new();
    }
    let count = windows.iter().filter(|window| is(window)).count();
    format!(
        " (in {count} of {} {}s)",
        windows.len(),
        forecast.settings.window.noun()
    )
}

/// `, quality 0.95 to 0.88`; nothing when one is not known or both are the same.
pub(super) fn quality(forecast: &Forecast, from: Option<Offer>, to: Offer) -> String {
    let of = |offer: Offer| forecast.models[offer.model].quality;
    match (from.and_then(of), of(to)) {
        (Some(from), Some(to)) if from != to => {
            format!(", quality {} to {}", share(from), share(to))
        }
        _ => String::new(),
    }
}

/// Thousandths as a share: `0.95`.
#[must_use]
pub fn share(thousandths: u16) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.strip_suffix('0').unwrap_or(&text).to_owned()
}

/// `52,500 calls`.
#[must_use]
pub fn counted(calls: u64) -> String {
    format!(
        "{} call{}",
        grouped(calls),
        if calls == 1 { "" } else { "s" }
    )
}

/// `52,500`.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// With a large first letter, as a sentence begins.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
