//! What is shown and typed where the file holds something else, or only a number: money, durations, shares.
//! Leaves to others: limits (`schema` holds them, Nickel judges), where text stands on a screen (`tui`).

use crate::form::exact;
use crate::schema::Range;
use crate::value::{self, Kind, Value};

/// The unit in which an input is shown and typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The file holds cents.
    Dollars,
    Seconds,
    Hours,
    Days,
    Percent,
}

impl Unit {
    pub const ALL: [Self; 5] = [
        Self::Dollars,
        Self::Seconds,
        Self::Hours,
        Self::Days,
        Self::Percent,
    ];

    /// The word that a form's `unit` key uses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dollars => "dollars",
            Self::Seconds => "seconds",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Percent => "percent",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.word() == word)
    }

    /// The unit of the schema that this one shows.
    #[must_use]
    pub fn in_schema(self) -> &'static str {
        match self {
            Self::Dollars => "cents",
            Self::Seconds => "s",
            Self::Hours => "h",
            Self::Days => "d",
            Self::Percent => "percent",
        }
    }

    /// What may follow a typed number, each with how many of this unit it stands for.
    fn suffixes(self) -> &'static [(&'static str, i64)] {
        match self {
            Self::Dollars => &[],
            Self::Seconds => &[
                ("s", 1),
                ("sec", 1),
                ("second", 1),
                ("seconds", 1),
                ("min", 60),
                ("minute", 60),
                ("minutes", 60),
                ("h", 3_600),
                ("hour", 3_600),
                ("hours", 3_600),
                ("d", 86_400),
                ("day", 86_400),
                ("days", 86_400),
            ],
            Self::Hours => &[
                ("h", 1),
                ("hour", 1),
                ("hours", 1),
                ("d", 24),
                ("day", 24),
                ("days", 24),
            ],
            Self::Days => &[("d", 1), ("day", 1), ("days", 1)],
            Self::Percent => &[("%", 1), ("percent", 1)],
        }
    }
}

/// A value as a screen shows it: `$4,000.00`, `600 s (10 min)`, `1 day`, `75 %`. Secrets are masked.
#[must_use]
pub fn show(unit: Option<Unit>, kind: Kind, value: &Value) -> String {
    let value = kind.adopt(value.clone());
    match (unit, &value) {
        (Some(Unit::Dollars), Value::Integer(cents)) => exact::money(*cents),
        // Not an amount of money: showing it as it stands in the file keeps it true.
        (Some(Unit::Dollars), Value::Decimal(_)) => format!("{value} cents"),
        (Some(Unit::Seconds), Value::Integer(n)) => match reading(*n) {
            Some(reading) => format!("{n} s ({reading})"),
            None => format!("{n} s"),
        },
        (Some(Unit::Seconds), Value::Decimal(_)) => format!("{value} s"),
        (Some(Unit::Hours), Value::Integer(_) | Value::Decimal(_)) => format!("{value} h"),
        (Some(Unit::Days), Value::Integer(1)) => "1 day".to_owned(),
        (Some(Unit::Days), Value::Integer(_) | Value::Decimal(_)) => format!("{value} days"),
        (Some(Unit::Percent), Value::Integer(_) | Value::Decimal(_)) => format!("{value} %"),
        (Some(_) | None, _) => value.to_string(),
    }
}

/// A minute or more in the largest unit that divides it evenly.
fn reading(seconds: i64) -> Option<String> {
    if seconds < 60 {
        return None;
    }
    if seconds % 86_400 == 0 {
        let days = seconds / 86_400;
        return Some(format!("{days} day{}", if days == 1 { "" } else { "s" }));
    }
    [(3_600, "h"), (60, "min")]
        .into_iter()
        .find(|(size, _)| seconds % size == 0)
        .map(|(size, name)| format!("{} {name}", seconds / size))
}

/// The text an editor starts with; [`read`] gives the same value back.
#[must_use]
pub fn editable(unit: Option<Unit>, value: &Value) -> String {
    match (unit, value) {
        (Some(Unit::Dollars), Value::Integer(cents)) => exact::amount(*cents),
        // Cents that a file holds as text: read as dollars they would grow a hundredfold.
        (Some(Unit::Dollars), Value::Text(text)) => text
            .trim()
            .parse()
            .map_or_else(|_| value.editable(), exact::amount),
        (Some(Unit::Dollars), Value::Decimal(cents)) => hundredth(&cents.to_string()),
        _ => value.editable(),
    }
}

/// Moves the point of a decimal text two places to the left, digit by digit.
fn hundredth(text: &str) -> String {
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let padded = format!("{whole:0>3}");
    let (front, back) = padded.split_at(padded.len() - 2);
    format!("{sign}{front}.{back}{fraction}")
}

/// Reads what was typed in the unit that is shown. What does not parse stays text, so that the schema speaks.
#[must_use]
pub fn read(unit: Option<Unit>, kind: Kind, typed: &str) -> Value {
    match unit {
        Some(Unit::Dollars) => {
            exact::cents(typed).map_or_else(|| Value::Text(typed.to_owned()), Value::Integer)
        }
        Some(unit) if matches!(kind, Kind::Integer | Kind::Decimal) => {
            with_suffix(unit, kind, typed).unwrap_or_else(|| kind.read(typed))
        }
        _ => kind.read(typed),
    }
}

/// A number followed by the unit or a larger one; `None` when there is no such suffix or no such number.
fn with_suffix(unit: Unit, kind: Kind, typed: &str) -> Option<Value> {
    let trimmed = typed.trim();
    let (number, factor) = unit.suffixes().iter().find_map(|(suffix, factor)| {
        let number = trimmed.strip_suffix(suffix)?.trim_end();
        let digits = number.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        digits.then_some((number, *factor))
    })?;
    if factor == 1 {
        return Some(kind.read(number)).filter(|value| !matches!(value, Value::Text(_)));
    }
    exact::scaled(number, factor).map(|n| kind.adopt(Value::Integer(n)))
}

/// What the file will hold, where that is not what the screen shows: `400000 cents`.
#[must_use]
pub fn file_note(unit: Option<Unit>, value: &Value) -> Option<String> {
    match (unit, value) {
        (Some(Unit::Dollars), Value::Integer(cents)) => Some(format!("{cents} cents")),
        _ => None,
    }
}

/// What is allowed, in the unit that is shown: `1024 to 65535`, `from 1`, `more than $0.00`, `ws, wss, file`.
/// Empty where there is nothing to say, or a select shows it.
#[must_use]
pub fn range(unit: Option<Unit>, kind: Kind, range: &Range) -> String {
    match kind {
        Kind::Text => range.schemes.join(", "),
        Kind::Integer | Kind::Decimal => {
            let bound = |n: f64| limit(unit, kind, n);
            match (range.min, range.max) {
                (Some(min), Some(max)) => format!("{} to {}", bound(min), bound(max)),
                // The smallest amount there is: "from $0.01" says less clearly that nothing is not enough.
                (Some(1.0), None) if unit == Some(Unit::Dollars) => "more than $0.00".to_owned(),
                (Some(min), None) => format!("from {}", bound(min)),
                (None, Some(max)) => format!("up to {}", bound(max)),
                (None, None) => String::new(),
            }
        }
        Kind::Bool | Kind::Secret | Kind::List => String::new(),
    }
}

fn limit(unit: Option<Unit>, kind: Kind, n: f64) -> String {
    match value::exact_integer(n) {
        Some(cents) if unit == Some(Unit::Dollars) => exact::money(cents),
        Some(n) if kind == Kind::Integer => n.to_string(),
        _ => value::decimal(n),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(s: &str) -> Value {
        Value::Text(s.to_owned())
    }

    #[test]
    fn values_are_shown_in_their_unit() {
        let n = Value::Integer;
        for (unit, kind, value, expected) in [
            (Some(Unit::Dollars), Kind::Integer, n(400_000), "$4,000.00"),
            (
                Some(Unit::Dollars),
                Kind::Integer,
                Value::Decimal(0.5),
                "0.5 cents",
            ),
            (Some(Unit::Dollars), Kind::Integer, text("much"), "much"),
            (Some(Unit::Seconds), Kind::Integer, n(30), "30 s"),
            (Some(Unit::Seconds), Kind::Integer, n(60), "60 s (1 min)"),
            (Some(Unit::Seconds), Kind::Integer, n(75), "75 s"),
            (Some(Unit::Seconds), Kind::Integer, n(600), "600 s (10 min)"),
            (Some(Unit::Seconds), Kind::Integer, n(3_600), "3600 s (1 h)"),
            (
                Some(Unit::Seconds),
                Kind::Integer,
                n(5_400),
                "5400 s (90 min)",
            ),
            (
                Some(Unit::Seconds),
                Kind::Integer,
                n(86_400),
                "86400 s (1 day)",
            ),
            (
                Some(Unit::Seconds),
                Kind::Integer,
                n(172_800),
                "172800 s (2 days)",
            ),
            (Some(Unit::Seconds), Kind::Integer, n(-60), "-60 s"),
            (Some(Unit::Hours), Kind::Integer, n(6), "6 h"),
            (Some(Unit::Days), Kind::Integer, n(1), "1 day"),
            (Some(Unit::Days), Kind::Integer, n(30), "30 days"),
            (Some(Unit::Percent), Kind::Integer, n(75), "75 %"),
            (None, Kind::Decimal, n(3), "3.0"),
            (None, Kind::Bool, Value::Bool(true), "true"),
            (None, Kind::Text, text("a\u{1b}b"), "a\u{241b}b"),
            (None, Kind::Secret, text("swordfish"), "(secret)"),
            (Some(Unit::Seconds), Kind::Integer, text("soon"), "soon"),
        ] {
            assert_eq!(show(unit, kind, &value), expected, "{unit:?} {value:?}");
        }
    }

    #[test]
    fn typed_text_is_read_in_the_unit_that_is_shown() {
        let n = Value::Integer;
        for (unit, kind, typed, expected) in [
            (Some(Unit::Dollars), Kind::Integer, "4000", n(400_000)),
            (Some(Unit::Dollars), Kind::Integer, "$4,000.00", n(400_000)),
            (Some(Unit::Dollars), Kind::Integer, "40.005", text("40.005")),
            (Some(Unit::Dollars), Kind::Integer, "", text("")),
            (Some(Unit::Seconds), Kind::Integer, "60", n(60)),
            (Some(Unit::Seconds), Kind::Integer, "60 s", n(60)),
            (Some(Unit::Seconds), Kind::Integer, "60s", n(60)),
            (Some(Unit::Seconds), Kind::Integer, "10 min", n(600)),
            (Some(Unit::Seconds), Kind::Integer, "1.5 h", n(5_400)),
            (Some(Unit::Seconds), Kind::Integer, "2 days", n(172_800)),
            (
                Some(Unit::Seconds),
                Kind::Integer,
                "0.001 min",
                text("0.001 min"),
            ),
            (Some(Unit::Seconds), Kind::Integer, "s", text("s")),
            (
                Some(Unit::Seconds),
                Kind::Integer,
                "ten min",
                text("ten min"),
            ),
            (
                Some(Unit::Seconds),
                Kind::Integer,
                "60 s (1 min)",
                text("60 s (1 min)"),
            ),
            (
                Some(Unit::Seconds),
                Kind::Integer,
                "9999999999999999 h",
                text("9999999999999999 h"),
            ),
            (Some(Unit::Hours), Kind::Integer, "1 day", n(24)),
            (Some(Unit::Hours), Kind::Integer, "30 min", text("30 min")),
            (Some(Unit::Days), Kind::Integer, "7 days", n(7)),
            (Some(Unit::Percent), Kind::Integer, "75 %", n(75)),
            (Some(Unit::Percent), Kind::Integer, "75%", n(75)),
            (
                Some(Unit::Percent),
                Kind::Integer,
                "75.5 %",
                Value::Decimal(75.5),
            ),
            (
                Some(Unit::Percent),
                Kind::Decimal,
                "75 %",
                Value::Decimal(75.0),
            ),
            (None, Kind::Integer, "60 s", text("60 s")),
            (None, Kind::Text, " a ", text(" a ")),
        ] {
            assert_eq!(read(unit, kind, typed), expected, "{unit:?} {typed:?}");
        }
    }

    #[test]
    fn an_editor_starts_with_what_reads_back() {
        for (unit, value, expected) in [
            (Some(Unit::Dollars), Value::Integer(400_000), "4000.00"),
            (Some(Unit::Dollars), Value::Integer(-5), "-0.05"),
            (Some(Unit::Dollars), text("400000"), "4000.00"),
            (Some(Unit::Dollars), text("4 thousand"), "4 thousand"),
            (Some(Unit::Dollars), Value::Decimal(400_000.5), "4000.005"),
            (Some(Unit::Dollars), Value::Decimal(-0.5), "-0.005"),
            (Some(Unit::Seconds), Value::Integer(600), "600"),
            (None, Value::Bool(true), "true"),
        ] {
            assert_eq!(editable(unit, &value), expected, "{value:?}");
        }
    }

    #[test]
    fn the_file_is_told_from_the_screen_only_where_they_differ() {
        let cents = Value::Integer(400_000);
        for (unit, value, expected) in [
            (Some(Unit::Dollars), &cents, Some("400000 cents")),
            (Some(Unit::Dollars), &text("x"), None),
            (Some(Unit::Seconds), &cents, None),
            (None, &cents, None),
        ] {
            assert_eq!(file_note(unit, value).as_deref(), expected);
        }
    }

    #[test]
    fn ranges_read_in_the_unit_that_is_shown() {
        let bounds = |min, max| Range {
            min,
            max,
            ..Range::default()
        };
        let schemes = Range {
            schemes: ["ws", "wss", "file"].map(str::to_owned).to_vec(),
            ..Range::default()
        };
        let choices = Range {
            choices: vec!["daily".into(), "weekly".into()],
            ..Range::default()
        };
        let (int, dollars) = (Kind::Integer, Some(Unit::Dollars));
        for (unit, kind, allowed, expected) in [
            (
                None,
                int,
                bounds(Some(1024.0), Some(65535.0)),
                "1024 to 65535",
            ),
            (None, int, bounds(Some(1.0), None), "from 1"),
            (None, int, bounds(None, Some(9.0)), "up to 9"),
            (None, int, bounds(None, None), ""),
            (
                Some(Unit::Percent),
                int,
                bounds(Some(0.0), Some(100.0)),
                "0 to 100",
            ),
            (
                None,
                Kind::Decimal,
                bounds(Some(1.0), Some(10.0)),
                "1.0 to 10.0",
            ),
            (dollars, int, bounds(Some(1.0), None), "more than $0.00"),
            (
                dollars,
                int,
                bounds(Some(1.0), Some(500_000.0)),
                "$0.01 to $5,000.00",
            ),
            (dollars, int, bounds(Some(100.0), None), "from $1.00"),
            (None, Kind::Text, schemes, "ws, wss, file"),
            (None, Kind::Text, choices, ""),
            (None, Kind::Bool, bounds(None, None), ""),
        ] {
            assert_eq!(range(unit, kind, &allowed), expected);
        }
    }

    #[test]
    fn words_name_units() {
        for unit in Unit::ALL {
            assert_eq!(Unit::from_word(unit.word()), Some(unit));
        }
        assert_eq!(Unit::from_word("cents"), None);
    }

    proptest! {
        #[test]
        fn every_number_reads_back_from_its_editor(n: i64, unit in 0..5_usize) {
            let (unit, value) = (Some(Unit::ALL[unit]), Value::Integer(n));
            prop_assert_eq!(read(unit, Kind::Integer, &editable(unit, &value)), value.clone());
            if unit == Some(Unit::Dollars) && n != i64::MIN {
                prop_assert_eq!(read(unit, Kind::Integer, &show(unit, Kind::Integer, &value)), value);
            }
        }

        #[test]
        fn no_typed_text_is_too_strange(typed in "\\PC{0,40}", unit in 0..5_usize) {
            let _ = read(Some(Unit::ALL[unit]), Kind::Integer, &typed);
            let _ = editable(Some(Unit::ALL[unit]), &Value::Text(typed));
        }
    }
}
