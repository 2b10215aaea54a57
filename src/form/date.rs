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

impl Date {
    /// Reads `YYYY-MM-DD`; `None` when it is written otherwise or there is no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let found: toml::value::Datetime = text.parse().ok()?;
        // A time of day or a zone behind it makes it another thing.
        if found.time.is_some() || found.offset.is_some() {
            return None;
        }
        let toml::value::Date { year, month, day } = found.date?;
        Some(Self { year, month, day })
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
}
