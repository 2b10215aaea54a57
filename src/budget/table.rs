//! A TOML file of prices or loads as tables that know their lines, and the checks that hold for every key in them.
//! What is wrong is told with line and key, and the rest is read. Leaves to others: what a key means.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::money::Money;
use crate::clean;
use crate::form::date::Date;
use crate::form::exact;
use crate::problem::{self, Problem};
use crate::recovered;

/// Larger files are refused: a file of 200 roles has 30 KiB.
const MAX_BYTES: usize = 1 << 20;

/// Further problems of one file are counted and not told.
const MOST_PROBLEMS: usize = 50;

/// Longest name or text that is read, in bytes.
const LONGEST_TEXT: usize = 200;

/// The numbers a key may hold, both ends included, and one that works.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    pub min: i64,
    pub max: i64,
    pub example: i64,
}

/// The amounts of dollars a key may hold: from 0 on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dollars {
    pub max: u64,
    pub example: &'static str,
}

/// What is said of a day that is none.
pub(super) const DATE_HINT: &str = "Give a day as year-month-day, for example 2026-11-22.";

impl Whole {
    /// What is said of a number that is none of them.
    pub fn hint(self) -> String {
        let Self { min, max, example } = self;
        if min == max {
            format!("This version reads {example}.")
        } else {
            format!("Give a whole number from {min} to {max}, for example {example}.")
        }
    }
}

impl Dollars {
    /// What is said of an amount that is none of them.
    pub fn hint(self) -> String {
        format!(
            "Give dollars from 0 to {}, with up to 8 decimals, for example {}.",
            self.max, self.example
        )
    }

    /// An amount, exactly as it is written; `None` when it is none of them.
    pub fn read(self, text: &str) -> Option<Money> {
        let most = Money::of_cents(self.max.saturating_mul(100));
        Money::of_dollars(text).filter(|amount| *amount <= most)
    }
}

/// May this be a text, once the blanks around it are gone?
pub(super) fn is_text(text: &str) -> bool {
    !text.trim().is_empty() && text.len() <= LONGEST_TEXT
}

/// What is said of a text that is none.
pub(super) fn text_hint(example: &str) -> String {
    format!("Give a text of 1 to {LONGEST_TEXT} bytes, for example \"{example}\".")
}

/// One file while it is read.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    file: &'t Path,
    text: &'t str,
    problems: Vec<Problem>,
    more: usize,
    /// Lines that are no TOML: what the parser makes of them is made up.
    broken: BTreeSet<usize>,
}

impl<'t> Reader<'t> {
    /// The tables of a text. Where it is no TOML, they are what could be made out around it.
    pub fn parse(file: &'t Path, text: &'t str) -> (Self, DeTable<'t>) {
        let mut reader = Self {
            file,
            text,
            problems: Vec::new(),
            more: 0,
            broken: BTreeSet::new(),
        };
        if text.len() > MAX_BYTES {
            let problem = Problem::error("It is longer than 1 MiB, so it was not read.");
            reader.tell(problem.hint("Is it the right file?").in_file(file, None));
            return (reader, DeTable::new());
        }
        let (table, errors) = recovered::parse(text);
        let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
        let mut errors: Vec<_> = errors.iter().map(|error| (start(error), error)).collect();
        errors.sort_by_key(|(at, _)| *at);
        // Each further one costs a look through the text for its line.
        for (at, error) in errors.into_iter().take(MOST_PROBLEMS) {
            if reader.broken.insert(reader.line(at)) {
                let message = format!("This is not TOML: {}.", clean::line(error.message()));
                reader.wrong(
                    at,
                    message,
                    "Mend the line; what it says is left out until then.",
                );
            }
        }
        (reader, table)
    }

    fn line(&self, offset: usize) -> usize {
        let before = self.text.get(..offset).unwrap_or_default();
        before.matches('\n').count() + 1
    }

    fn tell(&mut self, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Tells what is wrong at a byte of the text.
    pub fn wrong(&mut self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        // Counting lines is not for free.
        if self.problems.len() >= MOST_PROBLEMS {
            self.more += 1;
            return;
        }
        let line = self.line(at);
        let problem = Problem::error(message).hint(hint);
        self.tell(problem.in_file(self.file, Some(line)));
    }

    /// How many problems there are by now.
    pub fn count(&self) -> usize {
        self.problems.len() + self.more
    }

    /// Everything that was wrong, in the order of the file.
    pub fn problems(mut self) -> Vec<Problem> {
        let line = |problem: &Problem| problem.place.as_ref().and_then(|place| place.line);
        self.problems.sort_by_key(line);
        if self.more > 0 {
            let message = format!("{} more are wrong in this file.", self.more);
            let problem = Problem::error(message).hint("Mend these first.");
            self.problems.push(problem.in_file(self.file, None));
        }
        self.problems
    }

    /// Says of every key that is not known so.
    pub fn known(&mut self, table: &DeTable<'_>, of: &str, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let hint = match problem::nearest(name, known.iter().copied()) {
                Some(near) => format!("Did you mean {near}?"),
                None => format!("Known are {}.", known.join(", ")),
            };
            let name = shortened(name);
            self.wrong(
                key.span().start,
                format!("{name} is not a key of {of}."),
                hint,
            );
        }
    }

    /// A format of a later version is not read as if it were this one.
    pub fn format(&mut self, table: &DeTable<'_>) {
        let one = Whole {
            min: 1,
            max: 1,
            example: 1,
        };
        self.whole(table, "format", one);
    }

    /// The value of a key, unless it was made up.
    fn get<'v, 'd>(&self, table: &'v DeTable<'d>, key: &str) -> Option<&'v Spanned<DeValue<'d>>> {
        let value = table.get(key)?;
        let broken =
            !self.broken.is_empty() && self.broken.contains(&self.line(value.span().start));
        (!broken).then_some(value)
    }

    fn not(&mut self, key: &str, value: &Spanned<DeValue<'_>>, hint: String) {
        let shown = shown(value.get_ref());
        self.wrong(value.span().start, format!("{key} is {shown}."), hint);
    }

    /// A whole number; `None` when it is absent or wrong.
    pub fn whole(&mut self, table: &DeTable<'_>, key: &str, range: Whole) -> Option<i64> {
        let value = self.get(table, key)?;
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok(),
            _ => None,
        };
        let fits = number.filter(|n| (range.min..=range.max).contains(n));
        if fits.is_none() {
            self.not(key, value, range.hint());
        }
        fits
    }

    /// An amount of dollars, exactly as it is written; `None` when it is absent or wrong.
    pub fn dollars(&mut self, table: &DeTable<'_>, key: &str, range: Dollars) -> Option<Money> {
        let value = self.get(table, key)?;
        let fits = decimal(value.get_ref()).and_then(|text| range.read(text));
        if fits.is_none() {
            self.not(key, value, range.hint());
        }
        fits
    }

    /// A share from 0 to 1 in thousandths; `None` when it is absent or wrong.
    pub fn share(&mut self, table: &DeTable<'_>, key: &str, example: &str) -> Option<u16> {
        let value = self.get(table, key)?;
        let thousandths = decimal(value.get_ref()).and_then(|text| exact::scaled(text, 1000));
        let fits = thousandths
            .and_then(|n| u16::try_from(n).ok())
            .filter(|n| *n <= 1000);
        if fits.is_none() {
            let hint =
                format!("Give a share from 0 to 1 with up to 3 decimals, for example {example}.");
            self.not(key, value, hint);
        }
        fits
    }

    /// A text on one line, safe to show; `None` when it is absent or wrong.
    pub fn text(&mut self, table: &DeTable<'_>, key: &str, example: &str) -> Option<String> {
        let value = self.get(table, key)?;
        match value.get_ref().as_str() {
            Some(text) if is_text(text) => Some(clean::line(text.trim())),
            _ => {
                self.not(key, value, text_hint(example));
                None
            }
        }
    }

    /// A day; `None` when it is absent or wrong.
    pub fn date(&mut self, table: &DeTable<'_>, key: &str) -> Option<Date> {
        let value = self.get(table, key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(found) => Date::parse(&found.to_string()),
            DeValue::String(text) => Date::parse(text),
            _ => None,
        };
        if date.is_none() {
            self.not(key, value, DATE_HINT.to_owned());
        }
        date
    }

    /// `true` or `false`; `None` when it is absent or wrong.
    pub fn flag(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let value = self.get(table, key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.not(key, value, "Give true or false.".to_owned());
        }
        flag
    }

    /// The table of a key; `None` when it is absent or something else.
    pub fn table<'v, 'd>(
        &mut self,
        table: &'v DeTable<'d>,
        key: &str,
        example: &str,
    ) -> Option<&'v DeTable<'d>> {
        let value = self.get(table, key)?;
        let inner = value.get_ref().as_table();
        if inner.is_none() {
            self.not(key, value, format!("Write it as {example}."));
        }
        inner
    }
}

/// The digits of a number; nothing of what is no number.
fn decimal<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    match value {
        DeValue::Integer(n) if n.radix() == 10 => Some(n.as_str()),
        DeValue::Float(n) => Some(n.as_str()),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let shown: String = clean::line(text).chars().take(LONGEST + 1).collect();
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}

fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{}\"", shortened(text)),
        DeValue::Integer(n) => shortened(n.as_str()),
        DeValue::Float(n) => shortened(n.as_str()),
        DeValue::Boolean(b) => b.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// A name that stands behind a dot or alone: small letters, digits, `-` and `_`.
pub(super) fn is_name(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    (1..=60).contains(&text.len()) && text.chars().all(inner)
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
