//! What a million tokens cost, by provider and model, with date and source of each figure; and other names of models.
//! Leaves to others: which model is called (`choice`), reading files (`workspace`, `store`).

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::money::Money;
use super::table::{Dollars, Reader};
use crate::form::date::Date;
use crate::problem::{self, Problem};
use crate::workspace::Workspace;

/// The name of the shipped file, in the repository and in a workspace.
pub const FILE: &str = "assets/prices.toml";

/// Prices older than this, in days, are warned of.
pub const OLD_DAYS: i32 = 180;

/// Stands for every model of a provider that has no price of its own.
pub const ANY_MODEL: &str = "*";

/// Dollars per million tokens. The largest price times the most tokens and calls stays far below what [`Money`] holds.
const PRICE: Dollars = Dollars {
    max: 1_000_000,
    example: "3.00",
};

const KEYS: [&str; 3] = ["format", "aliases", "price"];
const PRICE_KEYS: [&str; 7] = [
    "provider", "model", "input", "output", "quality", "date", "source",
];

const TOKENS: u128 = 1_000_000;

/// The price of one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    pub provider: String,
    /// [`ANY_MODEL`] for all that have none of their own.
    pub model: String,
    /// Per million tokens.
    pub input: Money,
    /// Per million tokens.
    pub output: Money,
    /// In thousandths, 950 for 0.95, when one is known.
    pub quality: Option<u16>,
    /// The day for which the figures were found.
    pub date: Date,
    /// Where they were found.
    pub source: String,
}

impl Price {
    /// What one call costs: computed exactly and rounded up once.
    #[must_use]
    pub fn of_call(&self, input_tokens: u64, output_tokens: u64) -> Money {
        let input = self.input.times(input_tokens);
        let output = self.output.times(output_tokens);
        Money::of_micro_cents((input + output).micro_cents().div_ceil(TOKENS))
    }

    /// Are the figures older than [`OLD_DAYS`] on this day?
    #[must_use]
    pub fn is_old(&self, today: Date) -> bool {
        today.number() - self.date.number() > OLD_DAYS
    }
}

/// All prices that are known, at most one for a provider and model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prices {
    prices: Vec<Price>,
    aliases: BTreeMap<String, String>,
}

/// What could be read of a file of prices.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub prices: Prices,
    pub problems: Vec<Problem>,
}

/// Of two prices of one model the first counts.
impl FromIterator<Price> for Prices {
    fn from_iter<I: IntoIterator<Item = Price>>(prices: I) -> Self {
        let mut found = Self::default();
        for price in prices {
            if found.exact(&price.provider, &price.model).is_none() {
                found.prices.push(price);
            }
        }
        found
    }
}

impl Prices {
    /// The shipped prices, or the workspace's file in their place.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Read {
        match workspace.source(FILE) {
            Ok(Some(source)) => Self::read(&source.file, &source.text),
            Ok(None) => Read::default(),
            Err(problem) => Read {
                problems: vec![problem],
                ..Self::shipped()
            },
        }
    }

    /// The prices that the program comes with.
    #[must_use]
    pub fn shipped() -> Read {
        Self::read(Path::new(FILE), crate::workspace::SHIPPED_PRICES)
    }

    /// Reads the text of `file`. Never fails whole: a price that is wrong is left out and told, with line and key.
    #[must_use]
    pub fn read(file: &Path, text: &str) -> Read {
        let (mut reader, table) = Reader::parse(file, text);
        reader.known(&table, "a file of prices", &KEYS);
        reader.format(&table);
        let mut prices = Self::default();
        if let Some(aliases) = reader.table(&table, "aliases", "[aliases]") {
            for (name, _) in aliases {
                let name = name.get_ref();
                if let Some(model) = reader.text(aliases, name, "claude-opus-4-6") {
                    prices.aliases.insert(crate::clean::line(name), model);
                }
            }
        }
        prices.read_prices(&mut reader, &table);
        Read {
            prices,
            problems: reader.problems(),
        }
    }

    fn read_prices(&mut self, reader: &mut Reader<'_>, table: &DeTable<'_>) {
        const EXAMPLE: &str = "Write each price below a line [[price]] of its own.";
        let Some(value) = table.get("price") else {
            return;
        };
        let Some(items) = value.get_ref().as_array() else {
            reader.wrong(value.span().start, "price is no list of prices.", EXAMPLE);
            return;
        };
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    if let Some(price) = read_price(reader, item, table) {
                        self.take(reader, item.span().start, price);
                    }
                }
                _ => reader.wrong(item.span().start, "This is no price.", EXAMPLE),
            }
        }
    }

    fn take(&mut self, reader: &mut Reader<'_>, at: usize, price: Price) {
        if self.exact(&price.provider, &price.model).is_some() {
            let message = format!("{} {} has two prices.", price.provider, price.model);
            reader.wrong(at, message, "The first is used. Remove one of them.");
        } else {
            self.prices.push(price);
        }
    }

    /// These prices and, for models and aliases that they do not name, those of `base`.
    #[must_use]
    pub fn over(mut self, base: Self) -> Self {
        for price in base.prices {
            if self.exact(&price.provider, &price.model).is_none() {
                self.prices.push(price);
            }
        }
        for (alias, model) in base.aliases {
            self.aliases.entry(alias).or_insert(model);
        }
        self
    }

    #[must_use]
    pub fn all(&self) -> &[Price] {
        &self.prices
    }

    /// What a model is called in this list: the name itself when it is no alias.
    #[must_use]
    pub fn model<'n>(&'n self, name: &'n str) -> &'n str {
        self.aliases.get(name).map_or(name, String::as_str)
    }

    /// The price of a model by its name or an alias; that of all models of the provider when it has none of its own.
    #[must_use]
    pub fn find(&self, provider: &str, model: &str) -> Option<&Price> {
        self.exact(provider, model)
            .or_else(|| self.exact(provider, self.model(model)))
            .or_else(|| self.exact(provider, ANY_MODEL))
    }

    fn exact(&self, provider: &str, model: &str) -> Option<&Price> {
        let is_it = |price: &&Price| price.provider == provider && price.model == model;
        self.prices.iter().find(is_it)
    }

    /// Why there is no price for a model, with what to do.
    #[must_use]
    pub fn missing(&self, provider: &str, model: &str) -> Problem {
        let own = self
            .prices
            .iter()
            .filter(|price| price.provider == provider);
        let aliases = self.aliases.keys().map(String::as_str);
        let names = own.map(|price| price.model.as_str()).chain(aliases);
        let meant = match problem::nearest(model, names) {
            Some(near) => format!("Did you mean {near}? Else give"),
            None => "Give".to_owned(),
        };
        Problem::warning(format!("No price is known for {provider} {model}.")).hint(format!(
            "{meant} its price in your file of prices, with provider, model, input and output."
        ))
    }

    /// Warns of a price that is older than [`OLD_DAYS`] on the given day.
    #[must_use]
    pub fn old(price: &Price, today: Date) -> Option<Problem> {
        price.is_old(today).then(|| {
            let Price {
                provider,
                model,
                date,
                ..
            } = price;
            let model = if model == ANY_MODEL { "" } else { model };
            let name = format!("{provider} {model}");
            Problem::warning(format!(
                "The price of {} is of {date}, more than {OLD_DAYS} days old.",
                name.trim_end()
            ))
            .hint(
                "Check it against your contract, and give it with its date in your file of prices.",
            )
        })
    }
}

fn read_price(
    reader: &mut Reader<'_>,
    item: &Spanned<DeValue<'_>>,
    table: &DeTable<'_>,
) -> Option<Price> {
    reader.known(table, "a price", &PRICE_KEYS);
    let before = reader.count();
    let provider = reader.text(table, "provider", "claude");
    let model = reader.text(table, "model", "claude-opus-4-6");
    let input = reader.dollars(table, "input", PRICE);
    let output = reader.dollars(table, "output", PRICE);
    let quality = reader.share(table, "quality", "0.95");
    let date = reader.date(table, "date");
    let source = reader.text(table, "source", "contract of 2026");
    let was_wrong = reader.count() > before;
    let missing: Vec<&str> = PRICE_KEYS
        .into_iter()
        .filter(|key| *key != "quality" && !table.contains_key(*key))
        .collect();
    if !missing.is_empty() {
        let message = format!("This price has no {}.", missing.join(", "));
        reader.wrong(item.span().start, message, "It is not used until it has.");
    }
    if was_wrong {
        return None;
    }
    Some(Price {
        provider: provider?,
        model: model?,
        input: input?,
        output: output?,
        quality,
        date: date?,
        source: source?,
    })
}
