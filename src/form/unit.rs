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
            .parse::<i64>()
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
mod tests;
