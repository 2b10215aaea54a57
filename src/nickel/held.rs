//! Values that held their contracts before. A contract that reads no other field says the same about the same value,
//! so at a keystroke only what changed is held against its contracts again.

use std::collections::HashMap;

use nickel_lang_core::eval::value::NickelValue;
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

/// The value of a leaf before its contracts, when those read nothing but it.
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

/// Nickel knows of every contract which fields of its record it mentions.
fn reads_nothing(contract: &NickelValue) -> bool {
    contract.as_thunk().is_none_or(|thunk| match thunk.deps() {
        FieldDeps::Known(read) => read.is_empty(),
        FieldDeps::Unknown => false,
    })
}
