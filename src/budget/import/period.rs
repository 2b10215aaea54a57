//! A stretch of time that an operator states: `7d`, `24h`, `90m`.

use crate::problem::Problem;

const DAY: u64 = 86_400;

/// Longer ones say nothing about a month.
const MOST_DAYS: u64 = 366;

/// A stretch of time of 1 second to 366 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    seconds: u64,
}

impl Period {
    /// `None` when it is shorter than a second or longer than 366 days.
    #[must_use]
    pub fn of_seconds(seconds: u64) -> Option<Self> {
        (1..=MOST_DAYS * DAY)
            .contains(&seconds)
            .then_some(Self { seconds })
    }

    #[must_use]
    pub fn seconds(self) -> u64 {
        self.seconds
    }

    /// Reads a whole number with its unit: `s`, `m`, `h`, `d` or `w`.
    ///
    /// # Errors
    /// A problem that says what is allowed.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let units = [
            ('s', 1),
            ('m', 60),
            ('h', 3_600),
            ('d', DAY),
            ('w', 7 * DAY),
        ];
        units
            .iter()
            .find_map(|(sign, seconds)| {
                let number: u64 = text.strip_suffix(*sign)?.parse().ok()?;
                number.checked_mul(*seconds)
            })
            .and_then(Self::of_seconds)
            .ok_or_else(|| {
                Problem::error(format!(
                    "{} is not a period from 1s to {MOST_DAYS}d.",
                    super::table::shown(text)
                ))
                .hint("Give a whole number and a unit of s, m, h, d or w, for example 7d.")
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_number_with_a_unit() {
        for (text, expected) in [
            ("30s", Some(30)),
            ("90m", Some(5_400)),
            ("24h", Some(86_400)),
            ("7d", Some(604_800)),
            (" 1w ", Some(604_800)),
            ("366d", Some(31_622_400)),
            ("367d", None),
            ("0d", None),
            ("-7d", None),
            ("7", None),
            ("1.5d", None),
            ("d", None),
            ("", None),
            ("18446744073709551615d", None),
            ("99999999999999999999d", None),
        ] {
            let found = Period::parse(text).ok().map(Period::seconds);
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(
            Period::parse("7").unwrap_err().sentence(),
            "7 is not a period from 1s to 366d. Give a whole number and a unit of s, m, h, d or w, for example 7d."
        );
    }
}
