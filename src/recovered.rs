//! TOML text as tables, with what can be made out around its mistakes.
//! Leaves to others: which of the mistakes are told, and what a key means (`form`, `budget`).

use toml::de::{DeTable, Error};

/// Of longer texts nothing is made out around a mistake: there may be as many mistakes as letters.
const LONGEST: usize = 256 << 10;

/// The tables, and what is no TOML. A text of more than 256 KiB with a mistake gives no table and its first mistake.
#[must_use]
pub fn parse(text: &str) -> (DeTable<'_>, Vec<Error>) {
    if text.len() <= LONGEST {
        let (table, errors) = DeTable::parse_recoverable(text);
        return (table.into_inner(), errors);
    }
    match DeTable::parse(text) {
        Ok(table) => (table.into_inner(), Vec::new()),
        Err(error) => (DeTable::new(), vec![error]),
    }
}
