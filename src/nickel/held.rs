//! Values that held their contracts before. A contract that reads no other field says the same about the same value,
//! so at a keystroke only what changed is held against its contracts again.

use std::collections::HashMap;

use nickel_lang_core::eval::value::{NickelValue, Thunk};
use nickel_lang_core::term::record::{Field, FieldDeps};
use serde_json::Value as Json;

use super::engine::{self, Machine};

/// By path: the value as given, and as its contracts passed it on. Holds for one profile, whose values may bring
/// contracts of their own.
#[derive(Default)]
pub struct Held {
    profile: Option<String>,
    passed: HashMap<String, (Json, Json)>,
}

impl Held {
    /// Forgets everything when the profile is another.
    pub fn under(&mut self, profile: Option<&str>) {
        if self.profile.as_deref() != profile {
            self.profile = profile.map(str::to_owned);
            self.passed.clear();
        }
    }

    /// What the contracts made of this value, when they passed the same one before.
    pub fn passed(&self, path: &str, given: &Json) -> Option<Json> {
        let (before, result) = self.passed.get(path)?;
        (before == given).then(|| result.clone())
    }

    pub fn pass(&mut self, path: &str, given: Json, result: Json) {
        self.passed.insert(path.to_owned(), (given, result));
    }
}

/// The value of a leaf before its contracts, when those read nothing but it. The sections it stands in must read
/// nothing either: a contract inside them may mention what they mention.
pub fn given(machine: &mut Machine, field: &Field) -> Option<Json> {
    let alone = field
        .pending_contracts
        .iter()
        .all(|pending| reads_nothing(&pending.contract));
    if !alone {
        return None;
    }
    let Ok(value) = machine.eval(field.value.clone()?) else {
        machine.reset();
        return None;
    };
    if value.is_constant() {
        return serde_json::to_value(&value).ok();
    }
    if engine::is_record(&value) {
        return None;
    }
    engine::export(machine, value)
}

/// Does the section read nothing of the record it stands in? Then what is below it reads nothing above it.
pub fn stands_alone(field: &Field) -> bool {
    let contracts = field.pending_contracts.iter().map(|p| &p.contract);
    field.value.iter().chain(contracts).all(reads_nothing)
}

/// Nickel knows of every value and contract which fields of its record it mentions.
pub fn reads(value: &NickelValue) -> FieldDeps {
    value.as_thunk().map_or_else(FieldDeps::empty, Thunk::deps)
}

fn reads_nothing(value: &NickelValue) -> bool {
    match reads(value) {
        FieldDeps::Known(read) => read.is_empty(),
        FieldDeps::Unknown => false,
    }
}
