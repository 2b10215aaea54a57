//! A day of the calendar, written `YYYY-MM-DD`.
//! Leaves to others: what a date means (`model`), how it is typed (`tui`).

use std::fmt;

/// A day that exists. Ordered as days are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl From<toml::value::Date> for Date {
    fn from(toml::value::Date { year, month, day }: toml::value::Date) -> Self {
        Self { year, month, day }
    }
}

impl Date {
    /// The day that days are counted from.
    pub const EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// Reads `YYYY-MM-DD`; `None` when it is written otherwise or there is no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let found: toml::value::Datetime = text.parse().ok()?;
        // A time of day or a zone behind it makes it another thing.
        if found.time.is_some() || found.offset.is_some() {
            return None;
        }
        found.date.map(Self::from)
    }

    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self { day: 1, ..self }
    }

    /// 28 to 31.
    #[must_use]
    pub fn days_in_month(self) -> u8 {
        let leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// `November`.
    #[must_use]
    pub fn month_name(self) -> &'static str {
        const NAMES: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        NAMES[usize::from((self.month.max(1) - 1) % 12)]
    }

    /// Days since 1970-01-01, in years that start in March so that leap days come last.
    #[must_use]
    pub fn number(self) -> i32 {
        let (month, day) = (i32::from(self.month), i32::from(self.day));
        let year = i32::from(self.year) - i32::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day so many days later, or earlier; it stays within the years 0 to 9999.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        const FIRST: Date = Date {
            year: 0,
            month: 1,
            day: 1,
        };
        const LAST: Date = Date {
            year: 9999,
            month: 12,
            day: 31,
        };
        let number = self.number().saturating_add(days);
        if number <= FIRST.number() {
            return FIRST;
        }
        if number >= LAST.number() {
            return LAST;
        }
        let shifted = number + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let of_400 = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * of_400 + of_400 / 4 - of_400 / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = of_400 + era * 400 + i32::from(month <= 2);
        let part = |n: i32| u8::try_from(n).unwrap_or(1);
        Self {
            year: u16::try_from(year).unwrap_or_default(),
            month: part(month),
            day: part(of_year - (153 * from_march + 2) / 5 + 1),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for (text, expected) in [
            ("2026-11-21", true),
            ("2024-02-29", true),
            ("2023-02-29", false),
            ("2100-02-29", false),
            ("2000-02-29", true),
            ("2026-13-01", false),
            ("2026-00-01", false),
            ("2026-04-31", false),
            ("2026-01-00", false),
            ("26-01-01", false),
            ("2026-1-1", false),
            ("2026/01/01", false),
            ("2026-01-01T00:00:00", false),
            ("2026-01-01 ", false),
            ("10:00:00", false),
            ("", false),
        ] {
            let found = Date::parse(text);
            assert_eq!(found.is_some(), expected, "{text}");
            if let Some(date) = found {
                assert_eq!(date.to_string(), text);
            }
        }
        assert!(Date::parse("2026-09-30") < Date::parse("2026-10-01"));
    }

    #[test]
    fn days_are_counted_over_months_leap_days_and_the_ends() {
        let date = |text: &str| Date::parse(text).unwrap();
        for (from, days, to) in [
            ("2026-11-30", 1, "2026-12-01"),
            ("2026-12-31", 1, "2027-01-01"),
            ("2028-02-28", 1, "2028-02-29"),
            ("2100-02-28", 1, "2100-03-01"),
            ("2026-03-01", -1, "2026-02-28"),
            ("1970-01-01", 20_779, "2026-11-22"),
            ("2026-01-01", 365, "2027-01-01"),
            ("0000-01-02", -9, "0000-01-01"),
            ("9999-12-30", i32::MAX, "9999-12-31"),
        ] {
            assert_eq!(date(from).plus(days).to_string(), to, "{from} {days}");
        }
        assert_eq!(date("1970-01-01").number(), 0);
        // Every day of 400 years, there and back.
        let first = date("1999-12-31");
        for days in 0..146_097 {
            assert_eq!(first.plus(days).number() - first.number(), days);
        }
    }
}
