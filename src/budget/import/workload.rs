//! Workload figures: what each role asks of the providers on a day. Reads them from CSV and JSON.
//! Leaves to others: Prometheus metrics (`metrics`), making a workload of them.

use std::collections::BTreeMap;

use super::found::Found;
use super::number::{self, Count};
use super::table::{self, Column, Row, Shape, shown};
use super::{File, Import};

/// What one file, or two, said.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Sorted by name, each once.
    pub roles: Vec<ImportedRole>,
    /// What was measured over, in seconds; `None` where the file says figures per day itself.
    pub period_seconds: Option<u64>,
}

/// The figures of one role.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedRole {
    pub role: String,
    /// At most 10^8.
    pub calls_a_day: u64,
    /// Tokens of one call, on average; at most 10^8.
    pub input_tokens: u64,
    pub output_tokens: u64,
    /// The provider that most of the calls went to, when that was said.
    pub provider: Option<String>,
    /// All providers, most calls first. Empty where the file names one at most.
    pub shares: Vec<ProviderShare>,
    /// What was spent in the period, in millionths of a cent; `None` when nothing said so.
    pub spent_micro_cents: Option<u64>,
}

/// What one provider had of a role's calls in the period.
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderShare {
    pub provider: String,
    pub calls: u64,
}

pub(super) const CALLS: Count = Count {
    name: "calls_a_day",
    most: 100_000_000,
    example: 1750,
};
pub(super) const INPUT: Count = Count {
    name: "input_tokens",
    most: 100_000_000,
    example: 9000,
};
pub(super) const OUTPUT: Count = Count {
    name: "output_tokens",
    most: 100_000_000,
    example: 2000,
};

/// More roles are not read.
pub(super) const MOST_ROLES: usize = 1_000;

const SHAPE: Shape = Shape {
    list: "roles",
    columns: &[
        Column {
            name: "role",
            also: &["agent_role"],
            required: true,
        },
        Column {
            name: CALLS.name,
            also: &["calls_per_day", "calls", "requests_per_day"],
            required: true,
        },
        Column {
            name: INPUT.name,
            also: &["input_tokens_per_call", "tokens_in"],
            required: true,
        },
        Column {
            name: OUTPUT.name,
            also: &["output_tokens_per_call", "tokens_out"],
            required: true,
        },
        Column {
            name: "provider",
            also: &["preferred_provider"],
            required: false,
        },
    ],
    example: "role,calls_a_day,input_tokens,output_tokens,provider",
};

/// Reads the workload of each role from CSV or JSON: one line, or one object of the list `roles`, per role.
#[must_use]
pub fn workload(file: &File<'_>) -> Import<Imported> {
    let mut found = Found::in_file(file.name);
    let rows = table::rows(file, &SHAPE, &mut found);
    let mut roles: BTreeMap<String, (usize, ImportedRole)> = BTreeMap::new();
    for row in &rows {
        let Some(role) = role(row, &mut found) else {
            continue;
        };
        if let Some((first, _)) = roles.get(&role.role) {
            found.error(
                row.line,
                format!("{} is on line {first} already.", shown(&role.role)),
                "Give each role once.",
            );
        } else if roles.len() == MOST_ROLES {
            too_many_roles(&mut found);
            break;
        } else {
            roles.insert(role.role.clone(), (row.line, role));
        }
    }
    let roles = roles.into_values().map(|(_, role)| role).collect();
    let value = Imported {
        roles,
        period_seconds: None,
    };
    Import::whole(Some(value), found.problems())
}

pub(super) fn too_many_roles(found: &mut Found<'_>) {
    found.error(
        None,
        format!("The file names more than {MOST_ROLES} roles."),
        "Is it the right file?",
    );
}

/// `None` when something is wrong with it, which `found` then says.
fn role(row: &Row, found: &mut Found<'_>) -> Option<ImportedRole> {
    let role = name(row, 0, found);
    let calls = count(row, 1, CALLS, found);
    let input = count(row, 2, INPUT, found);
    let output = count(row, 3, OUTPUT, found);
    let provider = match row.get(4) {
        Some(_) => Some(name(row, 4, found)?),
        None => None,
    };
    Some(ImportedRole {
        role: role?,
        calls_a_day: calls?,
        input_tokens: input?,
        output_tokens: output?,
        provider,
        shares: Vec::new(),
        spent_micro_cents: None,
    })
}

fn name(row: &Row, column: usize, found: &mut Found<'_>) -> Option<String> {
    let called = SHAPE.columns[column].name;
    let Some(text) = row.get(column) else {
        let message = format!("{called} is missing here.");
        found.error(row.line, message, "Give its name, for example architect.");
        return None;
    };
    number::name(called, text)
        .map_err(|(message, hint)| found.error(row.line, message, &hint))
        .ok()
}

fn count(row: &Row, column: usize, count: Count, found: &mut Found<'_>) -> Option<u64> {
    let Some(text) = row.get(column) else {
        let hint = format!(
            "Give a whole number, for example {}; 0 if there are none.",
            count.example
        );
        found.error(row.line, format!("{} is missing here.", count.name), &hint);
        return None;
    };
    count
        .read(text)
        .map_err(|(message, hint)| found.error(row.line, message, &hint))
        .ok()
}
