//! What a form itself asks of an answer, beside the schema, which alone judges it: days, and how many to tick.
//! An answer outside is kept and said; it is no error.

use crate::form::date::Date;
use crate::form::{Bounds, Input, InputKind};
use crate::value::Value;

/// How a day is written.
pub const DAY: &str = "YYYY-MM-DD";

/// What the form asks for and this answer is not: `YYYY-MM-DD`, `2026-01-01 to 2026-12-31`, `2 to 3 choices`.
#[must_use]
pub fn missed(input: &Input, value: &Value) -> Option<String> {
    match (input.kind, value) {
        (InputKind::Date, Value::Text(text)) if !text.is_empty() => match Date::parse(text) {
            None => Some(DAY.to_owned()),
            Some(date) if !holds(input.bounds.min_date, &date, input.bounds.max_date) => {
                Some(days(&input.bounds))
            }
            Some(_) => None,
        },
        (InputKind::MultiSelect, Value::List(items)) => {
            let (least, most) = (input.bounds.min_selected, input.bounds.max_selected);
            let how_many = how_many(&input.bounds);
            how_many.filter(|_| !holds(least, &items.len(), most))
        }
        _ => None,
    }
}

/// What the form asks for, where it asks for something: `2 to 3 choices`, `YYYY-MM-DD`.
#[must_use]
pub fn asked(input: &Input) -> Option<String> {
    match input.kind {
        InputKind::Date => Some(days(&input.bounds)),
        InputKind::MultiSelect => how_many(&input.bounds),
        _ => None,
    }
}

fn how_many(bounds: &Bounds) -> Option<String> {
    match (bounds.min_selected, bounds.max_selected) {
        (None, None) => None,
        (Some(least), Some(most)) if least != most => Some(format!("{least} to {most} choices")),
        (Some(least), Some(_)) => Some(choices(least)),
        (Some(least), None) => Some(format!("at least {}", choices(least))),
        (None, Some(most)) => Some(format!("at most {}", choices(most))),
    }
}

fn holds<T: PartialOrd>(least: Option<T>, value: &T, most: Option<T>) -> bool {
    least.is_none_or(|least| least <= *value) && most.is_none_or(|most| *value <= most)
}

fn choices(count: usize) -> String {
    format!("{count} choice{}", if count == 1 { "" } else { "s" })
}

/// The days allowed, or how one is written.
#[must_use]
pub fn days(bounds: &Bounds) -> String {
    match (bounds.min_date, bounds.max_date) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("from {first}"),
        (None, Some(last)) => format!("up to {last}"),
        (None, None) => DAY.to_owned(),
    }
}
