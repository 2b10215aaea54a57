//! A moment as text, in UTC, for "changed at".

use std::time::{SystemTime, UNIX_EPOCH};

use crate::form::date::Date;

/// This moment.
pub(super) fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    utc(since.map_or(0, |since| {
        i128::try_from(since.as_nanos()).unwrap_or_default()
    }))
}

/// This moment: milliseconds since 1970.
#[must_use]
pub fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// This day, in UTC.
#[must_use]
pub fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / 86_400);
    Date::EPOCH.plus(i32::try_from(days).unwrap_or(i32::MAX))
}

/// `2026-11-21 10:02:03 UTC` for nanoseconds since 1970.
#[must_use]
pub fn utc(nanoseconds: i128) -> String {
    let seconds = nanoseconds.div_euclid(1_000_000_000);
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date(days);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC",
        of_day / 3600,
        of_day / 60 % 60,
        of_day % 60
    )
}

/// Seconds since 1970 of such a text; `None` when it is none.
#[must_use]
pub fn seconds(text: &str) -> Option<i64> {
    let moment: toml::value::Datetime = text.strip_suffix(" UTC")?.parse().ok()?;
    let (date, time) = (moment.date?, moment.time?);
    let month = i64::from(date.month);
    // As in `date`: years that start in March.
    let year = i64::from(date.year) - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day) - 1;
    let day = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    let minutes = i64::from(time.hour) * 60 + i64::from(time.minute);
    Some(day * 86_400 + minutes * 60 + i64::from(time.second?))
}

/// The civil date of a day counted from 1970-01-01, in years that start in March so that leap days come last.
fn date(days: i128) -> (i128, i128, i128) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i128::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_dates() {
        for (seconds, expected) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_782_400, "2000-02-29 00:00:00 UTC"),
            (1_795_255_323, "2026-11-21 10:02:03 UTC"),
            (-1, "1969-12-31 23:59:59 UTC"),
        ] {
            assert_eq!(utc(seconds * 1_000_000_000), expected);
            assert_eq!(super::seconds(expected).map(i128::from), Some(seconds));
        }
    }

    #[test]
    fn other_texts_are_no_moment() {
        for text in [
            "",
            "2026-11-21 UTC",
            "2026-11-21 10:02:03",
            "2026-13-01 00:00:00 UTC",
            "now UTC",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
