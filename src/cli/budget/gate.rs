//! What ends `budget` with 1 in a pipeline: a state that a role reaches, a total that grew too much.

use super::super::args::budget::{Budget, FailOn};
use super::Shown;
use crate::budget::figures::OfRole;
use crate::budget::{Change, Money, report};
use crate::problem::Problem;

/// What was asked for.
pub(super) struct Gate {
    fail_on: Option<FailOn>,
    increase: Option<Increase>,
}

/// By how much the total may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Increase {
    By(Money),
    /// In hundredths of a percent.
    Share(u64),
}

pub(super) enum Verdict {
    Passes,
    /// One sentence for each reason.
    Holds(Vec<String>),
    /// A role without a forecast might reach it.
    NotKnown(String),
}

impl Gate {
    /// # Errors
    /// When the increase is no amount, or there is nothing to measure it against.
    pub fn of(flags: &Budget) -> Result<Self, Problem> {
        let increase = flags.fail_on_increase.as_deref();
        let increase = increase.map(Increase::read).transpose()?;
        if increase.is_some() && flags.compare_to.is_none() && flags.baseline.is_none() {
            return Err(Problem::error(
                "--fail-on-increase has nothing to measure an increase against.",
            )
            .hint("Give --compare-to ESTIMATE.json, or --baseline with a profile or file."));
        }
        Ok(Self {
            // The mildest one asked for includes the worse.
            fail_on: flags.fail_on.iter().min().copied(),
            increase,
        })
    }

    pub fn asks_for_state(&self) -> bool {
        matches!(self.fail_on, Some(FailOn::Near | FailOn::Exceeded))
    }

    pub fn verdict(&self, shown: &Shown) -> Verdict {
        let mut why: Vec<String> = Vec::new();
        for role in &shown.now.figures.roles {
            why.extend(self.fail_on.and_then(|on| reached(role, on)));
        }
        if let (Some(increase), Some(comparison)) = (self.increase, shown.measured())
            && increase.is_passed_by(comparison.total)
        {
            let change = report::with_totals(comparison.total);
            why.push(format!(
                "The total grows by more than {increase}: {change}."
            ));
        }
        if !why.is_empty() {
            return Verdict::Holds(why);
        }
        let asks = self.fail_on.is_some() || self.increase.is_some();
        if asks && shown.forecast.has_gaps() {
            return Verdict::NotKnown(
                "Whether it fails is not known: a role has no forecast.".to_owned(),
            );
        }
        Verdict::Passes
    }
}

/// The worst that a role reaches, when it is as bad as that.
fn reached(role: &OfRole, on: FailOn) -> Option<String> {
    let name = &role.role;
    let at = |when: Option<crate::budget::role::When>| {
        when.map_or_else(|| "now".to_owned(), |when| when.to_string())
    };
    if role.refused > 0 {
        let calls = crate::budget::sentence::counted(role.refused);
        return Some(format!("{name}: {calls} refused."));
    }
    if on <= FailOn::Exceeded && role.exceeded.is_some() {
        return Some(format!("{name}: limit reached, {}.", at(role.exceeded)));
    }
    if on <= FailOn::Near && role.near.is_some() {
        return Some(format!("{name}: threshold reached, {}.", at(role.near)));
    }
    None
}

impl Increase {
    fn read(said: &str) -> Result<Self, Problem> {
        let text = said.trim();
        let read = match text.strip_suffix('%') {
            Some(share) => Money::read(share.trim())
                // Percent with two decimals read as an amount does.
                .and_then(|share| share.cents().parse().ok())
                .map(Self::Share),
            None => Money::read(text).map(Self::By),
        };
        read.ok_or_else(|| {
            let shown: String = crate::clean::line(said).chars().take(40).collect();
            Problem::error(format!(
                "--fail-on-increase {shown} is neither an amount of dollars nor a percentage."
            ))
            .hint("Give for example 500, 49.90 or 10%; 0 fails on any increase.")
        })
    }

    fn is_passed_by(self, change: Change) -> bool {
        if change.is_less() || change.is_none() {
            return false;
        }
        match self {
            Self::By(amount) => change.size() > amount,
            Self::Share(hundredths) => {
                change.size().times(10_000) > change.before.times(hundredths)
            }
        }
    }
}

impl std::fmt::Display for Increase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::By(amount) => f.pad(&amount.to_string()),
            Self::Share(hundredths) => {
                let (whole, rest) = (hundredths / 100, hundredths % 100);
                let rest = match rest {
                    0 => String::new(),
                    rest => format!(".{rest:02}"),
                };
                f.pad(&format!("{whole}{rest} %"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_increase_is_passed_by_more_only() {
        let change = |before: u64, after: u64| Change {
            before: Money::of_cents(before),
            after: Money::of_cents(after),
        };
        for (said, before, after, passed) in [
            ("500", 100_000, 150_000, false),
            ("500", 100_000, 150_001, true),
            ("$1,000.50", 0, 100_050, false),
            ("10%", 100_000, 110_000, false),
            ("10 %", 100_000, 110_001, true),
            ("2.5%", 100_000, 102_501, true),
            ("0", 1, 2, true),
            ("0", 2, 2, false),
            ("0%", 2, 1, false),
            ("10%", 0, 1, true),
        ] {
            let increase = Increase::read(said).unwrap();
            assert_eq!(
                increase.is_passed_by(change(before, after)),
                passed,
                "{said}"
            );
        }
        for said in ["", "%", "-5", "ten", "5 percent", "1e3", "0.001%"] {
            assert!(Increase::read(said).is_err(), "{said:?}");
        }
        assert_eq!(Increase::Share(250).to_string(), "2.50 %");
    }
}
