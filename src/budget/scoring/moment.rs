//! When an execution ran: a day, or a moment of it, in UTC.
//! Leaves to others: which text gives it (`import`), what its age means (`recency`).

use toml::value::{Datetime, Offset};

use crate::form::date::Date;

const DAY: i64 = 86_400;

/// A day, or a moment of one. Later ones are greater; a day alone stands at its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Since 1970-01-01 00:00 UTC.
    seconds: i64,
    has_time: bool,
}

impl Moment {
    /// A day, counted from 1970-01-01.
    #[must_use]
    pub fn of_day(day: i64) -> Self {
        Self {
            seconds: day.saturating_mul(DAY),
            has_time: false,
        }
    }

    /// Reads `2026-11-21`, `2026-11-21T10:30:00Z`, `2026-11-21 10:30:00+01:00`; a time without a zone is UTC. `None`
    /// when it is written otherwise or there is no such moment.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let found: Datetime = text.strip_suffix(" UTC").unwrap_or(text).parse().ok()?;
        let day = i64::from(Date::from(found.date?).number());
        let Some(time) = found.time else {
            return Some(Self::of_day(day));
        };
        let minutes = i64::from(time.hour) * 60 + i64::from(time.minute);
        let ahead = match found.offset {
            Some(Offset::Custom { minutes }) => i64::from(minutes),
            Some(Offset::Z) | None => 0,
        };
        Some(Self {
            seconds: day * DAY + (minutes - ahead) * 60 + i64::from(time.second.unwrap_or(0)),
            has_time: true,
        })
    }

    /// Its day in UTC, counted from 1970-01-01.
    #[must_use]
    pub fn day(self) -> i64 {
        self.seconds.div_euclid(DAY)
    }

    /// Hours, minutes and seconds of its day in UTC, when more is known than the day.
    #[must_use]
    pub fn time(self) -> Option<(i64, i64, i64)> {
        let of_day = self.seconds.rem_euclid(DAY);
        self.has_time
            .then_some((of_day / 3_600, of_day / 60 % 60, of_day % 60))
    }

    /// Is more known than the day?
    #[must_use]
    pub fn has_time(self) -> bool {
        self.has_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_that_exist_are_read() {
        // 20,000 days after 1970-01-01 is 2024-10-04.
        for (text, expected) in [
            ("1970-01-01", Some((0, false))),
            ("1970-01-02", Some((1, false))),
            ("1969-12-31", Some((-1, false))),
            ("2024-10-04", Some((20_000, false))),
            ("2024-02-29", Some((19_782, false))),
            ("2024-03-01", Some((19_783, false))),
            ("2024-10-04T23:59:59Z", Some((20_000, true))),
            ("2024-10-04 23:59:59 UTC", Some((20_000, true))),
            ("2024-10-04T23:59:59", Some((20_000, true))),
            // Half past midnight in Berlin is still the day before in UTC.
            ("2024-10-05T00:30:00+02:00", Some((20_000, true))),
            ("2024-10-04T23:30:00-02:00", Some((20_001, true))),
            ("2023-02-29", None),
            ("2024-13-01", None),
            ("24-10-04", None),
            ("2024-10-04T24:00:00Z", None),
            ("10:00:00", None),
            ("04.10.2024", None),
            ("1728000000", None),
            ("", None),
        ] {
            let found = Moment::parse(text).map(|m| (m.day(), m.has_time()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn later_moments_are_greater() {
        let read = |text: &str| Moment::parse(text).unwrap();
        assert!(read("2024-10-04") < read("2024-10-04T00:00:01Z"));
        assert!(read("2024-10-04T10:00:00+02:00") < read("2024-10-04T09:00:00Z"));
    }
}
