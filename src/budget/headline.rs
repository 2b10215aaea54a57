//! The total of a forecast in a few words, for a header or a line: longer and shorter ways to say it, of which none
//! leaves out that it rests on a sample. Leaves to others: how much room there is (`tui`, `plain`), whole sentences
//! (`sentence`).

use super::calendar::Window;
use super::forecast::Forecast;
use super::money::Change;
use super::settings::Enforced;

/// Said where no workload is known, so that nothing can be forecast.
pub const NO_WORKLOAD: &str = "est – no workload";

/// What a forecast is made of.
pub const NEEDS_WORKLOAD: &str =
    "A forecast needs to know how often each role calls a model, and with how many tokens.";

/// Is the forecast of what is in force now?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Now,
    /// Something in the configuration is wrong: it is the last one that held.
    LastThatHeld,
}

/// The same total, the longest first: `est $6,578 of $11,000/mo sample`, `est $6,578 sample`.
#[must_use]
pub fn lengths(forecast: &Forecast, of: Of) -> [String; 2] {
    let last = match of {
        Of::Now => "",
        Of::LastThatHeld => "last ",
    };
    let gaps = if forecast.has_gaps() { "at least " } else { "" };
    let total = format!("{last}est {gaps}{}", forecast.total().dollars());
    let sample = if forecast.sample { " sample" } else { "" };
    let limits = forecast.limits().dollars();
    let beside = match (forecast.settings.enforced(), forecast.settings.window) {
        (Enforced::On, Window::Monthly) => format!(" of {limits}/mo"),
        (Enforced::On, window) => format!("/mo, limits {limits}/{}", window.noun()),
        (Enforced::NotTracked, _) => "/mo, not tracked".to_owned(),
        (Enforced::Off, _) => "/mo, not enforced".to_owned(),
    };
    [
        format!("{total}{beside}{sample}"),
        format!("{total}{sample}"),
    ]
}

/// What fallback does, when it does something: `Fallback moves 12,345 calls and saves $1,234.`
#[must_use]
pub fn fallback(forecast: &Forecast) -> Option<String> {
    let moved: u64 = forecast.roles.iter().map(super::role::Role::moved).sum();
    (moved > 0).then(|| {
        format!(
            "Fallback moves {} and saves {}.",
            super::sentence::counted(moved),
            forecast.saved().dollars()
        )
    })
}

/// Amount, percentage and both totals: `-$737 (-11 %), $6,578 to $5,842`, with an arrow between the totals.
#[must_use]
pub fn both(change: Change, arrow: &str) -> String {
    let (before, after) = (change.before.dollars(), change.after.dollars());
    format!("{change}, {before} {arrow} {after}")
}

/// What the forecast rests on: `sample load`, or `load team-a`.
#[must_use]
pub fn load(forecast: &Forecast, workload: &str) -> String {
    if forecast.sample {
        "sample load".to_owned()
    } else {
        format!("load {}", crate::clean::line(workload))
    }
}

/// Said where a setting is wrong and there is no earlier forecast to show.
#[must_use]
pub fn not_known(setting: &str) -> String {
    format!("est ? – {setting} is wrong")
}

/// Why the forecast is not of what is in force: this setting is wrong.
#[must_use]
pub fn held(setting: &str) -> String {
    format!("Wrong: {setting}. The figures are the last that held.")
}

/// What to do where a workload is missing.
#[must_use]
pub fn no_workload(name: Option<&str>) -> String {
    match name {
        Some(name) => format!(
            "No workload is called {name}, so what agents ask for is not known. Give their calls and tokens in \
             {}/{name}.toml of the workspace.",
            super::workload::FOLDER
        ),
        None => "What agents ask for follows the profile: choose one first.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{Inputs, Settings, Start};
    use crate::form::date::Date;
    use crate::workspace::Workspace;

    #[test]
    fn the_total_says_what_it_rests_on() {
        let inputs = Inputs::read(&Workspace::at("/nowhere"), None);
        let workload = inputs.workload("enterprise").unwrap().clone();
        let start = Start::this_month(Date::parse("2026-11-22").unwrap());
        let of = |settings: &Settings, sample: bool, of: Of| {
            let mut workload = workload.clone();
            workload.sample = sample;
            workload.roles.truncate(0);
            let forecast = Forecast::of(settings, &workload, &inputs.prices, start);
            lengths(&forecast, of)
        };
        let on = Settings::default();
        let off = Settings {
            enforcement: false,
            ..Settings::default()
        };
        let untracked = Settings {
            tracking: false,
            ..Settings::default()
        };
        let weekly = Settings {
            window: Window::Weekly,
            ..Settings::default()
        };
        for (settings, sample, which, long, short) in [
            (
                &on,
                true,
                Of::Now,
                "est $0 of $0/mo sample",
                "est $0 sample",
            ),
            (
                &on,
                false,
                Of::LastThatHeld,
                "last est $0 of $0/mo",
                "last est $0",
            ),
            (
                &weekly,
                false,
                Of::Now,
                "est $0/mo, limits $0/week",
                "est $0",
            ),
            (&off, false, Of::Now, "est $0/mo, not enforced", "est $0"),
            (
                &untracked,
                true,
                Of::Now,
                "est $0/mo, not tracked sample",
                "est $0 sample",
            ),
        ] {
            assert_eq!(
                of(settings, sample, which),
                [long, short].map(str::to_owned)
            );
        }
    }
}
