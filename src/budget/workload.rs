//! What the agents ask for: per role calls a day and tokens a call, growth, preferred provider, and what is spent
//! already; read from TOML and written as TOML, never a part of the configuration.
//! Leaves to others: importing it from elsewhere, keeping the file (`store`).

use std::fmt::Write as _;
use std::path::Path;

use toml::de::DeTable;

use super::money::Money;
use super::table::{self, Dollars, Reader, Whole};
use crate::form::date::Date;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// The folder of the shipped workloads, in the repository and in a workspace.
pub const FOLDER: &str = "assets/workloads";

/// More roles are not read.
pub const MOST_ROLES: usize = 1000;

// Limits against overflow. At their ends, with the dearest price, a day's calls cost 3 * 10^31 micro-cents after a year
// of the strongest growth; 366 such days of 1000 roles are 10^37, a thirtieth of what `Money` holds.
pub(super) const CALLS: Whole = Whole {
    min: 0,
    max: 100_000_000,
    example: 1750,
};
pub(super) const TOKENS: Whole = Whole {
    min: 0,
    max: 100_000_000,
    example: 9000,
};
pub(super) const GROWTH: Whole = Whole {
    min: -100,
    max: 300,
    example: 5,
};
pub(super) const SPENT: Dollars = Dollars {
    max: 1_000_000_000,
    example: "1500.00",
};

pub(super) const NO_DAY: &str = "spent stands without spent_until, so it is not counted.";
pub(super) const NO_AMOUNT: &str = "spent_until stands without spent.";

const KEYS: [&str; 4] = ["format", "description", "sample", "roles"];
const ROLE_KEYS: [&str; 8] = [
    "calls_a_day",
    "input_tokens",
    "output_tokens",
    "growth_percent",
    "provider",
    "model",
    "spent",
    "spent_until",
];

/// Is this a name that a workload may have?
#[must_use]
pub fn is_name(text: &str) -> bool {
    table::is_name(text)
}

/// What all roles ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// Its figures are made up to have some: every total that rests on them says so.
    pub sample: bool,
    /// One line of text, may be empty.
    pub description: String,
    /// In the order of the file, each name once.
    pub roles: Vec<Load>,
}

/// What one role asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    pub role: String,
    /// On the first day of a forecast: at most 10^8.
    pub calls_a_day: u64,
    /// A call: at most 10^8.
    pub input_tokens: u64,
    /// A call: at most 10^8.
    pub output_tokens: u64,
    /// Percent more, or fewer below zero, after each 30 days: -100 to 300.
    pub growth_percent: i16,
    /// The provider that the role calls while it may, whatever the strategy.
    pub provider: Option<String>,
    /// The model of that provider, when it is not the configuration's.
    pub model: Option<String>,
    pub spent: Option<Spent>,
}

/// What is spent already in the running window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    pub amount: Money,
    /// The last day that it covers.
    pub until: Date,
}

/// What could be read of a workload.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub workload: Workload,
    pub problems: Vec<Problem>,
}

impl Workload {
    /// The workload that comes with a profile, or the workspace's file in its place; `None` when there is none.
    #[must_use]
    pub fn of_profile(workspace: &Workspace, profile: &str) -> Option<Read> {
        match workspace.source(&format!("{FOLDER}/{profile}.toml")) {
            Ok(source) => source.map(|source| Self::read(&source.file, &source.text)),
            Err(problem) => Some(Read {
                problems: vec![problem],
                ..Read::default()
            }),
        }
    }

    /// Reads the text of `file`. Never fails whole: a figure that is wrong is told with line and key. A role whose calls
    /// or tokens are wrong or missing is left out, so that no figure is made up.
    #[must_use]
    pub fn read(file: &Path, text: &str) -> Read {
        let (mut reader, table) = Reader::parse(file, text);
        reader.known(&table, "a workload", &KEYS);
        reader.format(&table);
        let mut workload = Self {
            sample: reader.flag(&table, "sample").unwrap_or_default(),
            description: described(&mut reader, &table),
            roles: Vec::new(),
        };
        if let Some(roles) = reader.table(&table, "roles", "[roles.architect]") {
            let mut names: Vec<_> = roles.keys().collect();
            // The parser sorts by name; the file's order is the operator's.
            names.sort_by_key(|name| name.span().start);
            for name in names {
                let at = name.span().start;
                workload.read_role(&mut reader, roles, name.get_ref(), at);
            }
        }
        Read {
            workload,
            problems: reader.problems(),
        }
    }

    fn read_role(&mut self, reader: &mut Reader<'_>, roles: &DeTable<'_>, role: &str, at: usize) {
        if !table::is_name(role) {
            let hint = "Use 1 to 60 small letters, digits, - and _, for example [roles.architect].";
            reader.wrong(at, "This is no name of a role.", hint);
            return;
        }
        if self.roles.len() >= MOST_ROLES {
            let message = format!("{role} is role {} of the file.", MOST_ROLES + 1);
            reader.wrong(at, message, format!("At most {MOST_ROLES} are read."));
            return;
        }
        let Some(table) = reader.table(roles, role, &format!("[roles.{role}]")) else {
            return;
        };
        if let Some(load) = read_load(reader, table, role, at) {
            self.roles.push(load);
        }
    }

    #[must_use]
    pub fn role(&self, name: &str) -> Option<&Load> {
        self.roles.iter().find(|load| load.role == name)
    }

    /// The whole file, ending in a line feed: always in the same order, one figure one line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = "format = 1\n".to_owned();
        // Writing to a String cannot fail.
        if !self.description.is_empty() {
            let _ = writeln!(out, "description = {}", table::quoted(&self.description));
        }
        if self.sample {
            out.push_str("sample = true\n");
        }
        for load in &self.roles {
            load.write(&mut out);
        }
        out
    }
}

fn described(reader: &mut Reader<'_>, table: &DeTable<'_>) -> String {
    let example = "a team of ten";
    reader
        .text(table, "description", example)
        .unwrap_or_default()
}

fn read_load(reader: &mut Reader<'_>, table: &DeTable<'_>, role: &str, at: usize) -> Option<Load> {
    reader.known(table, "a role", &ROLE_KEYS);
    let mut figure = |key: &str, range: Whole| {
        if !table.contains_key(key) {
            let message = format!("The role {role} has no {key}.");
            let hint = format!("Add {key} = {}, with your own number.", range.example);
            reader.wrong(at, message, hint);
        }
        let number = reader.whole(table, key, range)?;
        u64::try_from(number).ok()
    };
    let calls_a_day = figure("calls_a_day", CALLS);
    let input_tokens = figure("input_tokens", TOKENS);
    let output_tokens = figure("output_tokens", TOKENS);
    let growth = reader.whole(table, "growth_percent", GROWTH);
    let provider = reader.text(table, "provider", "claude");
    let model = reader.text(table, "model", "claude-opus-4-6");
    if let (Some(value), false) = (table.get("model"), table.contains_key("provider")) {
        let message = "model stands without provider, so it is not used.";
        let hint = "Add the provider of the model, for example provider = \"claude\".";
        reader.wrong(value.span().start, message, hint);
    }
    let amount = reader.dollars(table, "spent", SPENT);
    let until = reader.date(table, "spent_until");
    if let (Some(value), false) = (table.get("spent"), table.contains_key("spent_until")) {
        let hint = "Add the last day that it covers, for example spent_until = 2026-11-22.";
        reader.wrong(value.span().start, NO_DAY, hint);
    }
    if let (Some(value), false) = (table.get("spent_until"), table.contains_key("spent")) {
        let hint = "Add what was spent in the window until then, for example spent = 1500.00.";
        reader.wrong(value.span().start, NO_AMOUNT, hint);
    }
    Some(Load {
        role: role.to_owned(),
        calls_a_day: calls_a_day?,
        input_tokens: input_tokens?,
        output_tokens: output_tokens?,
        growth_percent: growth.and_then(|n| i16::try_from(n).ok()).unwrap_or(0),
        model: provider.as_ref().and(model),
        provider,
        spent: amount
            .zip(until)
            .map(|(amount, until)| Spent { amount, until }),
    })
}

/// Growth factors are held in billionths.
const ONE: u128 = 1_000_000_000;
const GROWS_EVERY: u16 = 30;

impl Load {
    fn write(&self, out: &mut String) {
        let _ = writeln!(out, "\n[roles.{}]", self.role);
        let _ = writeln!(out, "calls_a_day = {}", self.calls_a_day);
        let _ = writeln!(out, "input_tokens = {}", self.input_tokens);
        let _ = writeln!(out, "output_tokens = {}", self.output_tokens);
        if self.growth_percent != 0 {
            let _ = writeln!(out, "growth_percent = {}", self.growth_percent);
        }
        for (key, text) in [("provider", &self.provider), ("model", &self.model)] {
            if let Some(text) = text {
                let _ = writeln!(out, "{key} = {}", table::quoted(text));
            }
        }
        if let Some(Spent { amount, until }) = self.spent {
            let _ = writeln!(out, "spent = {}", amount.decimal());
            let _ = writeln!(out, "spent_until = {until}");
        }
    }

    /// Input and output tokens of a call.
    pub(super) fn tokens(&self) -> (u64, u64) {
        // Figures that did not come from a file keep the same limits.
        let most = TOKENS.max.unsigned_abs();
        (self.input_tokens.min(most), self.output_tokens.min(most))
    }

    /// The calls of each day from the first of a forecast on. Whole 30 days compound, days between lie on the straight
    /// line between them; half a call counts as one.
    pub fn calls(&self) -> impl Iterator<Item = u64> + use<> {
        let base = u128::from(self.calls_a_day.min(CALLS.max.unsigned_abs()));
        let growth = i64::from(self.growth_percent).clamp(GROWTH.min, GROWTH.max);
        let (span, steady) = (u128::from(GROWS_EVERY) * 100, growth == 0);
        let mut factor = ONE;
        let mut day: u16 = 0;
        std::iter::repeat_with(move || {
            if steady {
                return u64::try_from(base).unwrap_or(u64::MAX);
            }
            if day == GROWS_EVERY {
                day = 0;
                let after = u128::try_from(100 + growth).unwrap_or(0);
                // Only forecasts longer than any there is would get there.
                factor = (factor * after / 100).min(ONE << 30);
            }
            let grown = i128::from(growth) * i128::from(day);
            let along = span.saturating_add_signed(grown);
            day += 1;
            let (calls, unit) = (base * factor * along, ONE * span);
            u64::try_from((calls + unit / 2) / unit).unwrap_or(u64::MAX)
        })
    }
}
