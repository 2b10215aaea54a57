//! The figures of a workload as an operator types them, a row for each role: each judged by the limits that hold in its
//! file, a wrong one leaving the last that held. Leaves to others: cursor and keys (`tui`), writing the file (`store`).

use std::sync::Arc;

use super::money::Money;
use super::table::{DATE_HINT, is_text, text_hint};
use super::workload::{CALLS, GROWTH, Load, NO_AMOUNT, NO_DAY, SPENT, Spent, TOKENS, Workload};
use crate::form::date::Date;
use crate::problem::Problem;

/// One of the figures of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Calls,
    Input,
    Output,
    Growth,
    Provider,
    Spent,
    Until,
}

impl Cell {
    /// In the order of the columns.
    pub const ALL: [Self; 7] = [
        Self::Calls,
        Self::Input,
        Self::Output,
        Self::Growth,
        Self::Provider,
        Self::Spent,
        Self::Until,
    ];

    /// Its key in the file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Calls => "calls_a_day",
            Self::Input => "input_tokens",
            Self::Output => "output_tokens",
            Self::Growth => "growth_percent",
            Self::Provider => "provider",
            Self::Spent => "spent",
            Self::Until => "spent_until",
        }
    }

    /// What it is, and what may be given.
    #[must_use]
    pub fn help(self) -> String {
        let (what, allowed) = match self {
            Self::Calls => ("How often the role calls a model on a day.", CALLS.hint()),
            Self::Input => ("Tokens that a call sends, on average.", TOKENS.hint()),
            Self::Output => (
                "Tokens that a call gets back, on average.",
                // The figure for what is sent would be a strange example here.
                super::table::Whole {
                    example: 2000,
                    ..TOKENS
                }
                .hint(),
            ),
            Self::Growth => (
                "Percent more calls after each 30 days, fewer below zero.",
                GROWTH.hint(),
            ),
            Self::Provider => (
                "Called while it may, whatever the strategy; empty lets the strategy choose.",
                "For example claude.".to_owned(),
            ),
            Self::Spent => (
                "Dollars spent already in the running window; empty for nothing.",
                SPENT.hint(),
            ),
            Self::Until => ("The last day that the amount covers.", DATE_HINT.to_owned()),
        };
        format!("{what} {allowed}")
    }

    fn place(self) -> usize {
        Self::ALL.iter().position(|cell| *cell == self).unwrap_or(0)
    }
}

/// The figures of one role: as they were typed, and as they count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// With the last figure that held where one is wrong.
    load: Load,
    texts: [String; 7],
}

impl Row {
    #[must_use]
    pub fn of(load: Load) -> Self {
        let number = |n: u64| n.to_string();
        let spent = load.spent;
        let growth = load.growth_percent;
        let texts = [
            number(load.calls_a_day),
            number(load.input_tokens),
            number(load.output_tokens),
            growth.to_string(),
            load.provider.clone().unwrap_or_default(),
            spent.map_or_else(String::new, |spent| spent.amount.decimal()),
            spent.map_or_else(String::new, |spent| spent.until.to_string()),
        ];
        Self { load, texts }
    }

    #[must_use]
    pub fn role(&self) -> &str {
        &self.load.role
    }

    /// As it counts.
    #[must_use]
    pub fn load(&self) -> &Load {
        &self.load
    }

    /// Does it say nothing but the role?
    fn is_nothing(&self) -> bool {
        let role = self.load.role.clone();
        self.load
            == Load {
                role,
                ..Load::default()
            }
    }

    /// As it was typed.
    #[must_use]
    pub fn text(&self, cell: Cell) -> &str {
        &self.texts[cell.place()]
    }

    /// The same with another text in a cell. An amount that is spent counts until `today` unless a day is given; without
    /// an amount there is no day.
    #[must_use]
    pub fn with(&self, cell: Cell, text: &str, today: Date) -> Self {
        let mut row = self.clone();
        text.trim().clone_into(&mut row.texts[cell.place()]);
        if cell == Cell::Spent {
            let until = &mut row.texts[Cell::Until.place()];
            if text.trim().is_empty() {
                until.clear();
            } else if until.is_empty() {
                *until = today.to_string();
            }
        }
        for cell in Cell::ALL {
            row.take(cell);
        }
        row
    }

    /// What is wrong with a cell.
    #[must_use]
    pub fn problem(&self, cell: Cell) -> Option<Problem> {
        let text = self.text(cell);
        let [amount, until] = [Cell::Spent, Cell::Until].map(|cell| self.text(cell).is_empty());
        let hint = match cell {
            Cell::Calls => whole(text, CALLS).is_none().then(|| CALLS.hint()),
            Cell::Input | Cell::Output => whole(text, TOKENS).is_none().then(|| TOKENS.hint()),
            Cell::Growth => whole(text, GROWTH).is_none().then(|| GROWTH.hint()),
            Cell::Provider => (!text.is_empty() && !is_text(text)).then(|| text_hint("claude")),
            Cell::Spent if amount => None,
            Cell::Spent => SPENT.read(text).is_none().then(|| SPENT.hint()),
            Cell::Until if until && !amount => {
                return Some(Problem::error(NO_DAY).hint(DATE_HINT));
            }
            Cell::Until if !until && amount => {
                return Some(Problem::error(NO_AMOUNT).hint(SPENT.hint()));
            }
            Cell::Until => (!until && Date::parse(text).is_none()).then(|| DATE_HINT.to_owned()),
        };
        hint.map(|hint| {
            let shown: String = crate::clean::line(text).chars().take(40).collect();
            let message = if shown.is_empty() {
                format!("{} is missing.", cell.key())
            } else {
                format!("{} is {shown}.", cell.key())
            };
            Problem::error(message).hint(hint)
        })
    }

    /// The first cell that is wrong.
    #[must_use]
    pub fn wrong(&self) -> Option<Cell> {
        Cell::ALL
            .into_iter()
            .find(|cell| self.problem(*cell).is_some())
    }

    /// Takes over what a cell says, unless that is wrong.
    fn take(&mut self, cell: Cell) {
        if self.problem(cell).is_some() {
            return;
        }
        let text = self.text(cell).to_owned();
        let load = &mut self.load;
        let unsigned = |range| whole(&text, range).and_then(|n| u64::try_from(n).ok());
        match cell {
            Cell::Calls => load.calls_a_day = unsigned(CALLS).unwrap_or(load.calls_a_day),
            Cell::Input => load.input_tokens = unsigned(TOKENS).unwrap_or(load.input_tokens),
            Cell::Output => load.output_tokens = unsigned(TOKENS).unwrap_or(load.output_tokens),
            Cell::Growth => {
                let growth = whole(&text, GROWTH).and_then(|n| i16::try_from(n).ok());
                load.growth_percent = growth.unwrap_or(load.growth_percent);
            }
            Cell::Provider => {
                let provider = (!text.is_empty()).then(|| crate::clean::line(&text));
                if provider != load.provider {
                    // A model is one of its provider's.
                    load.model = None;
                }
                load.provider = provider;
            }
            Cell::Spent | Cell::Until => {
                let spent: Option<Money> = SPENT.read(self.text(Cell::Spent));
                let until = Date::parse(self.text(Cell::Until));
                let both = spent.zip(until);
                if both.is_some() || self.text(Cell::Spent).is_empty() {
                    self.load.spent = both.map(|(amount, until)| Spent { amount, until });
                }
            }
        }
    }
}

/// A whole number in its range, without signs of another notation.
fn whole(text: &str, range: super::table::Whole) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (range.min..=range.max).contains(&number).then_some(number)
}

/// All rows, and what else a workload has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub sample: bool,
    pub description: String,
    /// Shared, so that many steps of undo take little.
    pub rows: Vec<Arc<Row>>,
}

impl Cells {
    #[must_use]
    pub fn of(workload: &Workload) -> Self {
        let rows = workload.roles.iter().cloned();
        Self {
            sample: workload.sample,
            description: workload.description.clone(),
            rows: rows.map(|load| Arc::new(Row::of(load))).collect(),
        }
    }

    /// With a row of nothing for each of these roles that has none.
    #[must_use]
    pub fn with_roles<'r>(mut self, roles: impl IntoIterator<Item = &'r str>) -> Self {
        for role in roles {
            if !self.rows.iter().any(|row| row.role() == role) {
                let role = role.to_owned();
                self.rows.push(Arc::new(Row::of(Load {
                    role,
                    ..Load::default()
                })));
            }
        }
        self
    }

    /// What counts of them: rows of nothing are left out.
    #[must_use]
    pub fn workload(&self) -> Workload {
        let rows = self.rows.iter().filter(|row| !row.is_nothing());
        Workload {
            sample: self.sample,
            description: self.description.clone(),
            roles: rows.map(|row| row.load.clone()).collect(),
        }
    }

    /// As it is saved: no sample any more, since somebody put figures of their own into it.
    #[must_use]
    pub fn saved(&self) -> Workload {
        let mut workload = self.workload();
        if workload.sample {
            workload.sample = false;
            workload.description = String::new();
        }
        workload
    }

    /// The first cell that is wrong, with its row.
    #[must_use]
    pub fn wrong(&self) -> Option<(usize, Cell)> {
        let mut rows = self.rows.iter().enumerate();
        rows.find_map(|(at, row)| Some((at, row.wrong()?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::parse("2026-11-22").unwrap()
    }

    fn row() -> Row {
        Row::of(Load {
            role: "architect".to_owned(),
            calls_a_day: 1750,
            input_tokens: 9000,
            output_tokens: 2000,
            provider: Some("claude".to_owned()),
            model: Some("claude-opus-4-6".to_owned()),
            ..Load::default()
        })
    }

    #[test]
    fn each_cell_is_judged_by_the_limits_of_its_file() {
        for (cell, text, wrong) in [
            (Cell::Calls, "0", ""),
            (Cell::Calls, "100000000", ""),
            (
                Cell::Calls,
                "100000001",
                "calls_a_day is 100000001. Give a whole number from 0 to 100000000, for example 1750.",
            ),
            (Cell::Calls, "1000000000000000000", "calls_a_day is"),
            (Cell::Calls, "", "calls_a_day is missing. Give a whole"),
            (Cell::Input, "-1", "input_tokens is -1."),
            (Cell::Output, "1.5", "output_tokens is 1.5."),
            (Cell::Growth, "-100", ""),
            (Cell::Growth, "301", "growth_percent is 301."),
            (Cell::Provider, "", ""),
            (Cell::Spent, "1500.00", ""),
            (Cell::Spent, "$1", "spent is $1. Give dollars from 0"),
            (Cell::Spent, "-1", "spent is -1."),
            (
                Cell::Until,
                "2026-11-21",
                "spent_until stands without spent.",
            ),
        ] {
            let row = row().with(cell, text, today());
            let said = row.problem(cell).map(|problem| problem.sentence());
            let said = said.unwrap_or_default();
            assert!(
                said.starts_with(wrong) && said.is_empty() == wrong.is_empty(),
                "{cell:?} {text}: {said}"
            );
            if !wrong.is_empty() {
                assert_eq!(row.load(), &super::tests::row().load, "{cell:?} {text}");
            }
        }
    }

    #[test]
    fn what_is_spent_counts_until_today_or_the_day_that_is_given() {
        let spent = row().with(Cell::Spent, "3900", today());
        assert_eq!(spent.text(Cell::Until), "2026-11-22");
        let counts = Spent {
            amount: Money::of_cents(390_000),
            until: today(),
        };
        assert_eq!(spent.load().spent, Some(counts));
        let no_day = spent.with(Cell::Until, "", today());
        assert!(no_day.problem(Cell::Until).is_some());
        assert_eq!(no_day.wrong(), Some(Cell::Until));
        let bad = spent.with(Cell::Until, "2026-02-30", today());
        assert_eq!(bad.wrong(), Some(Cell::Until));
        // The last that held counts on.
        assert_eq!(bad.load().spent, Some(counts));
        let none = spent.with(Cell::Spent, "", today());
        assert_eq!((none.load().spent, none.text(Cell::Until)), (None, ""));
    }

    #[test]
    fn another_provider_has_another_model() {
        let row = row();
        let same = row.with(Cell::Provider, "claude", today());
        assert_eq!(same.load().model.as_deref(), Some("claude-opus-4-6"));
        let other = row.with(Cell::Provider, "gemini", today());
        assert_eq!(other.load().provider.as_deref(), Some("gemini"));
        assert_eq!(other.load().model, None);
        assert_eq!(row.with(Cell::Provider, " ", today()).load().provider, None);
    }

    #[test]
    fn rows_of_nothing_are_not_saved() {
        let workload = Workload {
            roles: vec![row().load],
            ..Workload::default()
        };
        let mut cells = Cells::of(&workload).with_roles(["architect", "testing"]);
        let roles: Vec<&str> = cells.rows.iter().map(|row| row.role()).collect();
        assert_eq!(roles, ["architect", "testing"]);
        assert_eq!(cells.saved(), workload);
        cells.rows[1] = Arc::new(cells.rows[1].with(Cell::Calls, "1", today()));
        assert_eq!(cells.saved().roles.len(), 2);
    }

    #[test]
    fn what_is_saved_is_no_sample_any_more() {
        let workload = Workload {
            sample: true,
            description: "made up".to_owned(),
            roles: vec![row().load],
        };
        let cells = Cells::of(&workload);
        assert_eq!(cells.workload(), workload);
        let saved = cells.saved();
        assert_eq!((saved.sample, saved.description.as_str()), (false, ""));
        let read = Workload::read(std::path::Path::new("w.toml"), &saved.text());
        assert_eq!((read.workload, read.problems.len()), (saved, 0));
    }
}
