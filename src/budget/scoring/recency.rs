//! How much an execution counts by its age, and the success rate that follows.
//! Leaves to others: which executions are read (`history`).

use super::settings::Settings;

/// The share of successes, from 0 to 1, in which each execution weighs e^(-days / window), times the multiplier when
/// it is at most `window` days old. `None` without executions.
pub(super) fn success_rate(
    runs: impl Iterator<Item = (i64, bool)> + Clone,
    settings: &Settings,
) -> Option<f64> {
    // Only proportions matter: counting from the youngest keeps very old ones from weighing nothing at all.
    let youngest = runs.clone().map(|(age, _)| age).min()?;
    let (mut all, mut good) = (0.0, 0.0);
    for (age, success) in runs {
        let weight = weight(age, youngest, settings);
        all += weight;
        if success {
            good += weight;
        }
    }
    Some(good / all)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "an age in days is far below 2^53"
)]
fn weight(age: i64, youngest: i64, settings: &Settings) -> f64 {
    let decay = (-((age - youngest) as f64) / f64::from(settings.window_days)).exp();
    if age <= i64::from(settings.window_days) {
        decay * settings.recency_multiplier
    } else {
        decay
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::settings;
    use super::*;

    fn rate(runs: &[(i64, bool)]) -> Option<f64> {
        success_rate(runs.iter().copied(), &settings())
    }

    fn near(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    /// Window 7, multiplier 3.
    #[test]
    fn executions_weigh_by_age_as_the_seed_says() {
        assert_eq!(rate(&[]), None);
        near(rate(&[(0, true)]), 1.0);
        near(rate(&[(0, false)]), 0.0);
        // Same age, same weight: 1 of 4.
        near(rate(&[(3, true), (3, false), (3, false), (3, false)]), 0.25);
        // Day 0 weighs 3, day 14 e^-2 = 0.135335283237: 3 / 3.135335283237.
        near(rate(&[(0, true), (14, false)]), 3.0 / 3.135_335_283_237);
        // Day 7 is recent still: 3 e^-1 = 1.103638323514; day 8 is not: e^(-8/7) = 0.318906557324.
        near(
            rate(&[(7, true), (8, false)]),
            1.103_638_323_514 / (1.103_638_323_514 + 0.318_906_557_324),
        );
    }

    #[test]
    fn very_old_executions_still_have_a_rate() {
        near(rate(&[(1_000_000, true), (1_000_000, false)]), 0.5);
        near(rate(&[(i64::MAX / 2, true)]), 1.0);
    }
}
