//! Everything that a forecast needs besides the configuration and is read from files: prices and workloads, each with
//! what is wrong in it. Leaves to others: which workload is in use (`tui`, `cli`), writing one (`store`).

use std::collections::BTreeMap;
use std::path::Path;

use super::prices::{self, Prices};
use super::workload::{self, FOLDER, Workload};
use crate::problem::{self, Problem};
use crate::workspace::{Workspace, text};

/// The operator's prices, in the operator's own folder.
pub const OWN_PRICES: &str = "prices.toml";

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The shipped ones, the workspace's file in their place, the operator's own over both.
    pub prices: Prices,
    /// What is wrong in files of prices.
    pub problems: Vec<Problem>,
    /// By name: those of the workspace and the shipped ones.
    pub workloads: BTreeMap<String, workload::Read>,
}

impl Inputs {
    /// Reads them. `own` is the operator's own folder, when there is one.
    #[must_use]
    pub fn read(workspace: &Workspace, own: Option<&Path>) -> Self {
        let prices::Read {
            mut prices,
            mut problems,
        } = Prices::of(workspace);
        let own = own.map(|folder| folder.join(OWN_PRICES));
        match own.as_deref().map(text::read) {
            Some(Ok(Some(text))) => {
                let read = Prices::read(own.as_deref().unwrap_or(Path::new(OWN_PRICES)), &text);
                problems.extend(read.problems);
                prices = read.prices.over(prices);
            }
            Some(Err(problem)) => problems.push(problem),
            Some(Ok(None)) | None => {}
        }
        Self {
            prices,
            problems,
            workloads: workloads(workspace),
        }
    }

    /// The workload of a name, when there is one.
    #[must_use]
    pub fn workload(&self, name: &str) -> Option<&Workload> {
        self.workloads.get(name).map(|read| &read.workload)
    }

    /// Which workload is in use: the one that a preset or draft names, else the profile's own. One that is not there
    /// is warned of, and the profile's own counts.
    #[must_use]
    pub fn in_use(&self, named: Option<&str>, profile: &str) -> (String, Option<Problem>) {
        match named {
            Some(name) if self.workloads.contains_key(name) => (name.to_owned(), None),
            Some(name) => {
                let known = self.workloads.keys().map(String::as_str);
                (profile.to_owned(), Some(unknown(name, known)))
            }
            None => (profile.to_owned(), None),
        }
    }
}

/// The warning of a workload that is named and not there.
pub(crate) fn unknown<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Problem {
    let name: String = crate::clean::line(name).chars().take(60).collect();
    let near = problem::nearest(&name, known);
    let near = near.map_or_else(String::new, |near| format!(" Did you mean {near}?"));
    Problem::warning(format!(
        "No workload is called {name}, so that of the profile is used."
    ))
    .hint(format!(
        "Give it in {FOLDER}/{name}.toml of the workspace.{near}"
    ))
}

/// The names of the workloads that are there, without reading them.
#[must_use]
pub fn names(workspace: &Workspace) -> Vec<String> {
    let names = workspace.names(FOLDER, ".toml");
    let name = |file: &String| {
        let name = file.strip_prefix(FOLDER)?.strip_prefix('/')?;
        // What lies deeper has no name of its own.
        let name = name.strip_suffix(".toml")?;
        (!name.contains('/')).then(|| name.to_owned())
    };
    names.iter().filter_map(name).collect()
}

fn workloads(workspace: &Workspace) -> BTreeMap<String, workload::Read> {
    let names = names(workspace).into_iter();
    names
        .filter_map(|name| Some((Workload::of_profile(workspace, &name)?, name)))
        .map(|(read, name)| (name, read))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::budget::Money;

    #[test]
    fn the_operators_prices_stand_over_the_shipped_ones() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let workloads = root.join(FOLDER);
        fs::create_dir_all(workloads.join("deeper")).unwrap();
        fs::write(workloads.join("team.toml"), "format = 1\n").unwrap();
        fs::write(workloads.join("solo.toml"), "format = 1\ncolour = 1\n").unwrap();
        fs::write(workloads.join("deeper/other.toml"), "format = 1\n").unwrap();
        let own = root.join("own");
        fs::create_dir_all(&own).unwrap();
        let price = "format = 1\n[[price]]\nprovider = \"claude\"\nmodel = \"claude-opus-4-6\"\ninput = 1.00\n\
                     output = 2.00\ndate = 2026-11-01\nsource = \"contract\"\n";
        fs::write(own.join(OWN_PRICES), format!("{price}colour = 1\n")).unwrap();
        let inputs = Inputs::read(&Workspace::at(root), Some(&own));
        let names: Vec<&str> = inputs.workloads.keys().map(String::as_str).collect();
        assert_eq!(names, ["enterprise", "multiuser", "solo", "team"]);
        assert!(inputs.workload("enterprise").is_some_and(|w| w.sample));
        assert!(inputs.workload("solo").is_some_and(|w| !w.sample));
        assert_eq!(inputs.workloads["solo"].problems.len(), 1);
        assert_eq!(inputs.workload("other"), None);
        let opus = inputs.prices.find("claude", "claude-opus").unwrap();
        assert_eq!(opus.input, Money::of_cents(100));
        assert!(inputs.prices.find("claude", "claude-sonnet").is_some());
        assert_eq!(inputs.problems.len(), 1);
        // Without the operator's folder the shipped ones.
        let inputs = Inputs::read(&Workspace::at(root), None);
        let opus = inputs.prices.find("claude", "claude-opus").unwrap();
        assert_eq!(opus.input, Money::of_cents(500));
    }
}
