//! A learning curve as a row of signs, a day each. Leaves to others: where it stands, how many days have room.

use super::curve::Curve;

/// The signs, from no success to nothing else.
pub const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A day without executions.
pub const NONE: char = '·';

/// The `columns` days that end with `last`, each the success rate of that day in eighths.
#[must_use]
pub fn spark(curve: &Curve, last: i64, columns: usize) -> String {
    let columns = i64::try_from(columns).unwrap_or(i64::MAX);
    let first = last.saturating_sub(columns) + 1;
    let sign = |day: i64| {
        let found = curve.days.binary_search_by_key(&day, |found| found.day);
        let Some(found) = found.ok().and_then(|at| curve.days.get(at)) else {
            return NONE;
        };
        let (good, all) = (found.successes as usize, found.executions.max(1) as usize);
        LEVELS[(good * LEVELS.len() / all).min(LEVELS.len() - 1)]
    };
    (first..=last).map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::super::curve::Day;
    use super::*;

    #[test]
    fn a_day_is_a_sign_and_the_last_day_the_last() {
        let day = |day, successes, executions| Day {
            day,
            executions,
            successes,
        };
        let curve = Curve {
            days: vec![
                day(10, 0, 4),
                day(11, 1, 8),
                day(13, 4, 8),
                day(14, 7, 8),
                day(15, 3, 3),
            ],
        };
        assert_eq!(spark(&curve, 16, 8), "·▁▂·▅██·");
        assert_eq!(spark(&curve, 15, 2), "██");
        assert_eq!(spark(&curve, 15, 0), "");
        assert_eq!(spark(&Curve::default(), 15, 3), "···");
    }
}
