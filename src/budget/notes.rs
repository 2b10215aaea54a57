//! What a forecast has to say about its own inputs: who is missing in them, and what is not known of the past.

use super::forecast::Forecast;
use super::role::Role;
use super::settings::{Enforced, RoleLimit, limit_path};
use super::workload::Load;
use crate::problem::Problem;

/// What is doubtful about one role: the workload or the configuration does not know it.
pub(super) fn of_role(load: Option<&Load>, limit: Option<&RoleLimit>) -> Option<Problem> {
    match (load, limit) {
        (None, Some(limit)) => Some(
            Problem::warning(format!("The workload says nothing of {}.", limit.role))
                .hint("It counts as no calls; give its calls and tokens in the workload.")
                .at(limit.path()),
        ),
        (Some(load), None) => Some(
            Problem::warning(format!("The configuration has no limit for {}.", load.role)).hint(
                format!(
                    "Its spending is counted and never stopped; {} would.",
                    limit_path(&load.role)
                ),
            ),
        ),
        _ => None,
    }
}

/// Days of the running window that lie before the forecast and of which nothing is said.
pub(super) fn unknown_before(forecast: &Forecast) -> Option<Problem> {
    let running = forecast.spans.first()?;
    let date = forecast.start.date();
    if forecast.settings.enforced() != Enforced::On || running.starts == date {
        return None;
    }
    let silent =
        |role: &&Role| role.already.is_none() && role.load.calls_a_day > 0 && role.gap.is_none();
    let roles: Vec<&str> = forecast
        .roles
        .iter()
        .filter(silent)
        .map(Role::name)
        .collect();
    if roles.is_empty() {
        return None;
    }
    Some(
        Problem::warning(format!(
            "What was spent from {} to {} is not known for {}.",
            running.starts,
            date.plus(-1),
            roles.join(", ")
        ))
        .hint("It counts as nothing, so thresholds come too late; give what was spent in the workload."),
    )
}
