//! What a change can reach. Nickel knows of every section which other sections its value and its contracts read, so
//! only the sections that an edit touches, and those that read them, are walked again; of the others the last walk
//! still says the truth. Leaves to others: the walk itself (`walk`).

use std::collections::{HashMap, HashSet};

use nickel_lang_core::eval::value::NickelValue;
use nickel_lang_core::term::record::{Field, FieldDeps};
use serde_json::Value as Json;

use super::engine::{self, Machine};
use super::held::{self, Held};
use super::protocol::Finding;
use super::walk::{Leaf, Walk};

/// The last walk, section by section, and what it was of.
#[derive(Default)]
pub struct Sections {
    profile: Option<String>,
    overlay: Vec<(String, Json)>,
    order: Vec<String>,
    known: HashMap<String, Section>,
    held: Held,
}

/// One section of the configuration, or one field that stands in none.
#[derive(Default)]
struct Section {
    leaves: Vec<Leaf>,
    findings: Vec<Finding>,
}

impl Sections {
    /// Walks what `overlay` under `profile` changes in comparison with the last walk. `whole` is the configuration,
    /// evaluated to a record.
    pub fn walk(
        &mut self,
        machine: &mut Machine,
        whole: &NickelValue,
        profile: Option<&str>,
        mut overlay: Vec<(String, Json)>,
    ) {
        overlay.sort_by(|one, other| one.0.cmp(&other.0));
        if self.profile.as_deref() != profile {
            self.forget();
        }
        self.held.under(profile);
        self.profile = profile.map(str::to_owned);
        let fields = engine::fields(whole);
        let touched = reached(&fields, changed(&self.overlay, &overlay));
        self.overlay = overlay;
        self.order.clear();
        for (name, field) in fields {
            self.order.push(name.clone());
            if !touched.contains(&name) && self.known.contains_key(&name) {
                continue;
            }
            let mut walk = Walk {
                held: std::mem::take(&mut self.held),
                ..Walk::default()
            };
            walk.field(machine, &field, name.clone());
            self.held = walk.held;
            let section = Section {
                leaves: walk.leaves,
                findings: walk.findings,
            };
            self.known.insert(name, section);
        }
    }

    /// The next walk goes everywhere.
    pub fn forget(&mut self) {
        self.known.clear();
        self.overlay.clear();
    }

    fn in_order(&self) -> impl Iterator<Item = &Section> {
        self.order.iter().filter_map(|name| self.known.get(name))
    }

    pub fn leaves(&self) -> impl Iterator<Item = &Leaf> {
        self.in_order().flat_map(|section| &section.leaves)
    }

    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.in_order().flat_map(|section| &section.findings)
    }
}

/// The sections in which two overlays, each sorted by path, differ.
fn changed(before: &[(String, Json)], after: &[(String, Json)]) -> HashSet<String> {
    let mut sections = HashSet::new();
    let mut note = |path: &str| {
        let section = path.split('.').next().unwrap_or_default();
        if !sections.contains(section) {
            sections.insert(section.to_owned());
        }
    };
    let (mut left, mut right) = (before.iter().peekable(), after.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some((path, value)), Some((other, theirs))) if path == other => {
                if value != theirs {
                    note(path);
                }
                left.next();
                right.next();
            }
            (Some((path, _)), Some((other, _))) if path < other => {
                note(path);
                left.next();
            }
            (Some((path, _)), None) => {
                note(path);
                left.next();
            }
            (_, Some((path, _))) => {
                note(path);
                right.next();
            }
        }
    }
    sections
}

/// The changed sections and all that read them, directly or through others.
fn reached(fields: &[(String, Field)], mut touched: HashSet<String>) -> HashSet<String> {
    if touched.is_empty() {
        return touched;
    }
    let readers: Vec<(&String, Option<HashSet<String>>)> = fields
        .iter()
        .map(|(name, field)| (name, read_by(field)))
        .filter(|(_, read)| read.as_ref().is_none_or(|read| !read.is_empty()))
        .collect();
    loop {
        let before = touched.len();
        for (name, read) in &readers {
            let is_reached = read.as_ref().is_none_or(|read| !read.is_disjoint(&touched));
            if is_reached && !touched.contains(*name) {
                touched.insert((*name).clone());
            }
        }
        if touched.len() == before {
            return touched;
        }
    }
}

/// The sections that this one's value and contracts mention; nothing when Nickel does not know.
fn read_by(field: &Field) -> Option<HashSet<String>> {
    let contracts = field.pending_contracts.iter().map(|p| &p.contract);
    let mut read = HashSet::new();
    for value in field.value.iter().chain(contracts) {
        match held::reads(value) {
            FieldDeps::Known(names) => {
                read.extend(names.iter().map(|name| name.label().to_owned()));
            }
            FieldDeps::Unknown => return None,
        }
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_sections_that_differ_are_changed() {
        let overlay = |values: &[(&str, u16)]| -> Vec<(String, Json)> {
            let each = values
                .iter()
                .map(|(path, value)| ((*path).to_owned(), json!(value)));
            each.collect()
        };
        for (before, after, expected) in [
            (vec![], vec![], vec![]),
            (vec![("a.x", 1)], vec![("a.x", 1)], vec![]),
            (vec![("a.x", 1)], vec![("a.x", 2)], vec!["a"]),
            (vec![("a.x", 1)], vec![], vec!["a"]),
            (vec![], vec![("b.x.y", 1)], vec!["b"]),
            (
                vec![("a.x", 1), ("b.x", 1), ("d", 1)],
                vec![("b.x", 1), ("c.x", 1), ("d", 2)],
                vec!["a", "c", "d"],
            ),
        ] {
            let mut found: Vec<_> = changed(&overlay(&before), &overlay(&after))
                .into_iter()
                .collect();
            found.sort();
            assert_eq!(found, expected, "{before:?} {after:?}");
        }
    }
}
