//! What changed for a role from one forecast to another, in a plain sentence that names how much and why.
//! Leaves to others: the figures (`compare`), which setting did it (`cause`).

use super::cause;
use super::choice::Choice;
use super::compare::{Comparison, RoleChange};
use super::forecast::Forecast;
use super::role::Role;
use super::sentence::{Sentence, capital, counted, grouped, quality};

/// What changed for a role and which setting did it; `None` when nothing did.
#[must_use]
pub fn of_role(before: &Forecast, after: &Forecast, role: &str) -> Option<Sentence> {
    let comparison = Comparison::of(before, after);
    let change = comparison.roles.iter().find(|change| change.role == role)?;
    of(before, after, change)
}

/// As [`of_role`], for a comparison that is there already.
#[must_use]
pub fn of(before: &Forecast, after: &Forecast, change: &RoleChange) -> Option<Sentence> {
    if change.is_none() {
        return None;
    }
    let name = capital(&change.role);
    let (Some(was), Some(is)) = (
        change.places.0.and_then(|i| before.roles.get(i)),
        change.places.1.and_then(|i| after.roles.get(i)),
    ) else {
        let word = if change.places.1.is_some() {
            "new"
        } else {
            "gone"
        };
        return Some(Sentence {
            text: format!("{name}: {word}, {}.", change.spent.cents()),
            cause: None,
        });
    };
    let text = if let Some(text) = more_serves_less(before, after, was, is) {
        text
    } else if !change.near.is_none() {
        let quality = match (is.choice, is.firsts.near) {
            (
                Some(Choice {
                    normal,
                    near: Some(near),
                    ..
                }),
                Some(_),
            ) => quality(after, normal, near),
            _ => String::new(),
        };
        let quality = match quality.strip_prefix(", ") {
            Some(quality) => format!("; {quality} after"),
            None => String::new(),
        };
        format!("threshold {}{quality}.", change.near)
    } else if change.refused.0 != change.refused.1 {
        let (was, is) = change.refused;
        let word = if is > was { "more" } else { "fewer" };
        let difference = is.abs_diff(was);
        let calls = if difference == 1 { "call" } else { "calls" };
        format!(
            "{} {word} {calls} refused ({} before, {} now).",
            grouped(difference),
            grouped(was),
            grouped(is)
        )
    } else if !change.exceeded.is_none() {
        format!("limit {}.", change.exceeded)
    } else if !change.spent.is_none() {
        let amount = change.spent.cents();
        match change.spent.percent() {
            Some(percent) => format!("{amount} ({percent:+} %)."),
            None => format!("{amount}."),
        }
    } else {
        match change.limit {
            (Some(was), Some(is)) => {
                format!("the limit is {is} instead of {was}; nothing else changes.")
            }
            _ => "only its limit changes.".to_owned(),
        }
    };
    Some(Sentence {
        text: format!("{name}: {text}"),
        cause: cause::of_change(before, after, was, is),
    })
}

/// The surprise that a higher limit answers fewer calls: more money goes to the dear model before the threshold.
fn more_serves_less(before: &Forecast, after: &Forecast, was: &Role, is: &Role) -> Option<String> {
    let (low, high) = (was.limit?, is.limit?);
    let (earlier, later) = (was.served.answered(), is.served.answered());
    if high <= low || later >= earlier || was.load != is.load {
        return None;
    }
    let dear = &after.models[is.choice?.normal?.model].provider;
    let cheap = is.choice?.near.or(is.choice?.exceeded)?;
    let cheap = &after.models[cheap.model].provider;
    Some(format!(
        "limit {high} serves {} where {low} served {}: {dear} answers {} before {} %, not {}, and less is left for \
         {cheap}.",
        counted(later),
        grouped(earlier),
        grouped(is.served.calls[0]),
        after.settings.threshold_percent,
        grouped(was.served.calls[0])
    ))
    .filter(|_| before.settings.threshold_percent == after.settings.threshold_percent)
}
