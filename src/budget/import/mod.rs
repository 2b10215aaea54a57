//! Figures from other programs: workloads as CSV, JSON or Prometheus metrics, histories of agents as CSV or JSON.
//! A file is imported whole or not at all; every line that forbids it is named. Leaves to others: reading the bytes
//! (`cli`, `tui`), what the figures mean (`workload`, `scoring`).

mod counted;
#[cfg(test)]
mod cases;
mod csv;
mod exposition;
mod found;
mod history;
mod json;
mod metrics;
mod number;
mod onto;
mod per_role;
mod period;
mod table;
mod text;
mod workload;

pub use exposition::is_metrics;
pub use history::{history, sample};
pub use metrics::{Counters, metrics};
pub use onto::changes;
pub use period::Period;
pub use text::MAX_BYTES;
pub use workload::{Imported, ImportedRole, ProviderShare, workload};

use std::path::Path;

use crate::problem::{Problem, Severity};

/// A file that was read, by its name and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub name: &'a Path,
    pub bytes: &'a [u8],
}

/// What an import gave. With an error among the problems there is no value: nothing is half imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Import<T> {
    pub value: Option<T>,
    pub problems: Vec<Problem>,
}

impl<T> Import<T> {
    fn whole(value: Option<T>, problems: Vec<Problem>) -> Self {
        let refused = problems
            .iter()
            .any(|problem| problem.severity != Severity::Warning);
        Self {
            value: value.filter(|_| !refused),
            problems,
        }
    }
}
