//! What is said of a ranked agent, in words and figures that screen and verb share.
//! Leaves to others: which of them have room, and where they stand.

use super::curve::{Curve, LEAST_DAYS, LEAST_RUNS};
use super::rank::Ranked;
use super::settings::Settings;
use crate::problem::counted;

/// A score, or a part of one.
#[must_use]
pub fn score(score: f64) -> String {
    format!("{score:.3}")
}

/// What a part adds to the score.
#[must_use]
pub fn part(part: f64) -> String {
    format!("{part:.2}")
}

/// From 0 to 1, as a percentage.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The share of successes; `–` without executions.
#[must_use]
pub fn success(agent: &Ranked) -> String {
    agent.success_rate.map_or_else(|| "–".to_owned(), percent)
}

/// How sure the history makes; `–` where it does not count.
#[must_use]
pub fn confidence(agent: &Ranked) -> String {
    match agent.basis.note() {
        Some(_) => "–".to_owned(),
        None => percent(agent.raw.confidence),
    }
}

/// `improving`, `stable`, `declining`; in one word too when there is too little to say, or nothing.
#[must_use]
pub fn trend(curve: &Curve) -> String {
    match curve.trend() {
        Some(trend) => trend.to_string(),
        None if curve.days.is_empty() => "–".to_owned(),
        None => "too few".to_owned(),
    }
}

/// `developer-2: 0.912 = load 0.30 + expertise 0.46 + confidence 0.15.`, or why it is load alone.
#[must_use]
pub fn parts(agent: &Ranked) -> String {
    let (name, score, parts) = (&agent.name, score(agent.score), &agent.parts);
    match agent.basis.note() {
        Some(note) => format!("{name}: {score}; {note}."),
        None => format!(
            "{name}: {score} = load {} + expertise {} + confidence {}.",
            part(parts.load),
            part(parts.expertise),
            part(parts.confidence)
        ),
    }
}

/// What the parts rest on: successes, trend, confidence, tasks in hand.
#[must_use]
pub fn rests_on(agent: &Ranked, curve: &Curve, settings: &Settings) -> String {
    let mut texts = Vec::new();
    if let Some(rate) = agent.success_rate {
        let runs = counted(agent.executions as usize, "execution");
        texts.push(match curve.trend() {
            Some(trend) => format!("{} of {runs} succeeded, {trend}", percent(rate)),
            None => format!(
                "{} of {runs} succeeded (a trend needs {LEAST_DAYS} days and {LEAST_RUNS} executions)",
                percent(rate)
            ),
        });
    }
    if agent.basis.note().is_none() {
        let full = settings.min_executions;
        texts.push(if agent.raw.confidence < 1.0 {
            format!(
                "confidence {}, full from {full}",
                percent(agent.raw.confidence)
            )
        } else {
            "confidence full".to_owned()
        });
    }
    texts.push(match agent.load {
        Some(load) => format!("load {}", percent(load)),
        None => "load not known, counts as idle".to_owned(),
    });
    format!("{}.", crate::budget::sentence::capital(&texts.join("; ")))
}

/// What stands in place of figures while a setting is wrong.
#[must_use]
pub fn held(setting: &str) -> String {
    format!("Wrong: {setting}. The ranking is the last that held.")
}

/// What stands there when none held yet.
#[must_use]
pub fn none_held(setting: &str) -> String {
    format!("Wrong: {setting}. Correct it to see how agents are ranked.")
}

/// Said of a history without executions.
pub const EMPTY: &str = "The history holds no executions, so there is nothing to rank by.";

/// Said of weights that need no scaling.
pub const SUM_ALREADY: &str = "Load, expertise and confidence weigh 1 together already.";
