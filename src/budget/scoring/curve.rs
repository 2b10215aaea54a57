//! How an agent developed at one kind of task: its executions by day, and where that leads.
//! Leaves to others: drawing it.

use std::fmt;

use super::history::Run;

/// The executions of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970-01-01.
    pub day: i64,
    pub executions: u32,
    pub successes: u32,
}

impl Day {
    /// From 0 to 1; a day without executions is in no curve.
    #[must_use]
    pub fn success_rate(&self) -> f64 {
        f64::from(self.successes) / f64::from(self.executions.max(1))
    }
}

/// Where a curve leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    Improving,
    Stable,
    Declining,
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Improving => "improving",
            Self::Stable => "stable",
            Self::Declining => "declining",
        })
    }
}

/// A trend needs executions on this many days.
pub const LEAST_DAYS: usize = 4;

/// A trend needs this many executions.
pub const LEAST_RUNS: u32 = 10;

/// A trend is a difference of at least this many percentage points.
const STEP_PERCENT: i64 = 5;

/// The days on which an agent did one kind of task, from the earliest to the latest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    pub days: Vec<Day>,
}

impl Curve {
    /// `runs` stand from the earliest to the latest.
    #[must_use]
    pub fn of(runs: &[Run]) -> Self {
        let mut days: Vec<Day> = Vec::new();
        for run in runs {
            let day = run.when.day();
            if days.last().is_none_or(|last| last.day != day) {
                days.push(Day {
                    day,
                    executions: 0,
                    successes: 0,
                });
            }
            if let Some(last) = days.last_mut() {
                last.executions += 1;
                last.successes += u32::from(run.success);
            }
        }
        Self { days }
    }

    /// The days with executions are cut into an earlier and a later half (of an odd number the middle one belongs to
    /// the later), and the share of successes among all executions of each half is taken. Later higher by 5 percentage
    /// points or more: improving. Lower by 5 or more: declining. Otherwise stable. `None` with executions on fewer than
    /// 4 days or with fewer than 10 executions: that is too little to say.
    #[must_use]
    pub fn trend(&self) -> Option<Trend> {
        let (earlier, later) = self.days.split_at(self.days.len() / 2);
        let (before, good_before) = sums(earlier);
        let (after, good_after) = sums(later);
        if self.days.len() < LEAST_DAYS || before + after < i64::from(LEAST_RUNS) {
            return None;
        }
        // good_after ÷ after - good_before ÷ before, in whole numbers: a step of exactly 5 is one.
        let difference = 100 * (good_after * before - good_before * after);
        let step = STEP_PERCENT * before * after;
        Some(if difference >= step {
            Trend::Improving
        } else if difference <= -step {
            Trend::Declining
        } else {
            Trend::Stable
        })
    }
}

fn sums(days: &[Day]) -> (i64, i64) {
    days.iter().fold((0, 0), |(all, good), day| {
        (
            all + i64::from(day.executions),
            good + i64::from(day.successes),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::moment::Moment;
    use super::*;

    fn curve(days: &[(u32, u32)]) -> Curve {
        Curve {
            days: (0..)
                .zip(days)
                .map(|(day, (executions, successes))| Day {
                    day,
                    executions: *executions,
                    successes: *successes,
                })
                .collect(),
        }
    }

    #[test]
    fn the_trend_compares_the_later_days_with_the_earlier() {
        for (days, expected) in [
            // 10 of 20, then 11 of 20: 50 to 55 %, a step of exactly 5.
            (
                &[(10, 5), (10, 5), (10, 5), (10, 6)][..],
                Some(Trend::Improving),
            ),
            (
                &[(10, 5), (10, 6), (10, 5), (10, 5)],
                Some(Trend::Declining),
            ),
            // 50 to 54.5 %: 12 of 22.
            (&[(10, 5), (10, 5), (11, 6), (11, 6)], Some(Trend::Stable)),
            // The middle day is one of the later: 4 of 4, then 4 of 6.
            (
                &[(2, 2), (2, 2), (2, 0), (2, 2), (2, 2)],
                Some(Trend::Declining),
            ),
            // Days do not weigh alike, executions do: 90 of 101, then 91 of 101.
            (&[(1, 0), (100, 90), (1, 1), (100, 90)], Some(Trend::Stable)),
            // Three days, or nine executions, are too little.
            (&[(10, 0), (10, 5), (10, 10)], None),
            (&[(3, 0), (2, 0), (2, 2), (2, 2)], None),
            (&[(3, 0), (2, 0), (2, 2), (3, 3)], Some(Trend::Improving)),
            (&[], None),
        ] {
            assert_eq!(curve(days).trend(), expected, "{days:?}");
        }
    }

    #[test]
    fn executions_are_counted_by_day() {
        let run = |day, success| Run {
            agent: 0,
            task_type: 0,
            when: Moment::of_day(day),
            success,
            seconds: None,
        };
        let runs = [run(3, true), run(3, false), run(7, true)];
        let days = Curve::of(&runs).days;
        let found: Vec<_> = days
            .iter()
            .map(|d| (d.day, d.executions, d.successes))
            .collect();
        assert_eq!(found, [(3, 2, 1), (7, 1, 1)]);
        assert!((days[0].success_rate() - 0.5).abs() < 1e-12);
    }
}
