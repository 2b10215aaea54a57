//! The days of a forecast, and the windows over which a role's spend is summed: aligned to the calendar, whatever day
//! the forecast starts on. Leaves to others: what is spent on them (`forecast`).

use crate::form::date::Date;

/// A forecast looks no further ahead, in days: a leap year.
pub const MOST_DAYS: u16 = 366;

/// How long spending is summed before a role starts at nothing again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Window {
    Daily,
    /// Monday to Sunday.
    Weekly,
    #[default]
    Monthly,
}

impl Window {
    pub const ALL: [Self; 3] = [Self::Daily, Self::Weekly, Self::Monthly];

    /// The word of the configuration.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }

    /// `day`, `week`, `month`: what a limit is said to be for.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Daily => "day",
            Self::Weekly => "week",
            Self::Monthly => "month",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|window| window.word() == word)
    }

    /// The first day of the window that this day lies in.
    #[must_use]
    pub fn first(self, day: Date) -> Date {
        match self {
            Self::Daily => day,
            // 1970-01-01 was a Thursday.
            Self::Weekly => day.plus(-(day.number() + 3).rem_euclid(7)),
            Self::Monthly => day.first_of_month(),
        }
    }

    /// The last day of the window that this day lies in.
    #[must_use]
    pub fn last(self, day: Date) -> Date {
        match self {
            Self::Daily => day,
            Self::Weekly => self.first(day).plus(6),
            Self::Monthly => day
                .first_of_month()
                .plus(i32::from(day.days_in_month()) - 1),
        }
    }
}

/// The days that are forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    date: Date,
    days: u16,
}

impl Start {
    /// A month from this day on: as many days as the month has that it starts in, so the 1st gives that whole month.
    #[must_use]
    pub fn month(date: Date) -> Self {
        Self {
            date,
            days: u16::from(date.days_in_month()),
        }
    }

    /// The whole calendar month that this day lies in, from its 1st on: what a forecast begins with when nobody says.
    #[must_use]
    pub fn this_month(today: Date) -> Self {
        Self::month(today.first_of_month())
    }

    /// So many days, at least 1 and at most [`MOST_DAYS`].
    #[must_use]
    pub fn days_from(date: Date, days: u16) -> Self {
        Self {
            date,
            days: days.clamp(1, MOST_DAYS),
        }
    }

    #[must_use]
    pub fn date(self) -> Date {
        self.date
    }

    #[must_use]
    pub fn days(self) -> u16 {
        self.days
    }

    /// The date of a day, counted from 0.
    #[must_use]
    pub fn date_of(self, day: u16) -> Date {
        self.date.plus(i32::from(day))
    }

    /// What the days are, in words: `November, 30 days`, or `30 days from 2026-11-22`.
    #[must_use]
    pub fn words(self) -> String {
        let (date, days) = (self.date, self.days);
        if self == Self::this_month(date) {
            return format!("{}, {days} days", date.month_name());
        }
        format!("{days} day{} from {date}", if days == 1 { "" } else { "s" })
    }

    /// The windows that the days lie in, the running one first.
    #[must_use]
    pub fn spans(self, window: Window) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut day = 0;
        while day < self.days {
            let date = self.date_of(day);
            let ends = window.last(date);
            let left = u16::try_from(ends.number() - date.number() + 1).unwrap_or(1);
            let days = left.clamp(1, self.days - day);
            spans.push(Span {
                starts: window.first(date),
                ends,
                day,
                days,
            });
            day += days;
        }
        spans
    }
}

/// One window and the days of the forecast in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The window's first day, which may lie before the forecast.
    pub starts: Date,
    /// The window's last day, which may lie behind the forecast.
    pub ends: Date,
    /// Its first day that is forecast, counted from 0.
    pub day: u16,
    /// How many of its days are forecast.
    pub days: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_month_has_the_days_of_the_month_it_starts_in() {
        for (start, days, last) in [
            ("2026-11-01", 30, "2026-11-30"),
            ("2026-12-01", 31, "2026-12-31"),
            ("2027-02-01", 28, "2027-02-28"),
            ("2028-02-01", 29, "2028-02-29"),
            ("2026-11-22", 30, "2026-12-21"),
            ("2027-01-31", 31, "2027-03-02"),
        ] {
            let month = Start::month(date(start));
            assert_eq!(month.days(), days, "{start}");
            assert_eq!(month.date_of(days - 1).to_string(), last);
        }
        for (start, words) in [
            (Start::this_month(date("2026-11-22")), "November, 30 days"),
            (Start::this_month(date("2028-02-29")), "February, 29 days"),
            (Start::month(date("2026-11-22")), "30 days from 2026-11-22"),
            (
                Start::days_from(date("2026-11-01"), 1),
                "1 day from 2026-11-01",
            ),
        ] {
            assert_eq!(start.words(), words);
        }
        assert_eq!(Start::days_from(date("2026-11-01"), 0).days(), 1);
        assert_eq!(Start::days_from(date("2026-11-01"), 9_999).days(), 366);
    }

    #[test]
    fn windows_are_aligned_to_the_calendar() {
        // 2026-11-22 is a Sunday.
        for (window, day, first, last) in [
            (Window::Daily, "2026-11-22", "2026-11-22", "2026-11-22"),
            (Window::Weekly, "2026-11-22", "2026-11-16", "2026-11-22"),
            (Window::Weekly, "2026-11-23", "2026-11-23", "2026-11-29"),
            (Window::Weekly, "1969-12-31", "1969-12-29", "1970-01-04"),
            (Window::Monthly, "2028-02-29", "2028-02-01", "2028-02-29"),
        ] {
            assert_eq!(window.first(date(day)).to_string(), first);
            assert_eq!(window.last(date(day)).to_string(), last);
        }
    }

    #[test]
    fn days_fall_into_windows_without_gap_or_overlap() {
        let start = Start::month(date("2026-11-22"));
        let days = |window| -> Vec<(u16, u16)> {
            let spans = start.spans(window);
            spans.iter().map(|span| (span.day, span.days)).collect()
        };
        // Sunday 22 November alone, four weeks, Monday 21 December.
        assert_eq!(
            days(Window::Weekly),
            [(0, 1), (1, 7), (8, 7), (15, 7), (22, 7), (29, 1)]
        );
        // 22 to 30 November, 1 to 21 December.
        assert_eq!(days(Window::Monthly), [(0, 9), (9, 21)]);
        assert_eq!(days(Window::Daily).len(), 30);
        // The last days there are: it ends.
        let late = Start::days_from(date("9999-12-30"), 9);
        for window in Window::ALL {
            let days: u16 = late.spans(window).iter().map(|span| span.days).sum();
            assert_eq!(days, 9);
        }
    }
}
