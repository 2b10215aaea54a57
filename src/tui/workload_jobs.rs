//! What the editor of the workload asks of the outside: planning and doing its write, reading a file to import.
//! Leaves to others: the plan (`workload_file`), what a file says (`budget::import`), the editor (`workload_editor`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::msg::Msg;
use crate::budget::Workload;
use crate::budget::import::{self, Counters, File, Import, Imported, Period, is_metrics};
use crate::problem::Problem;
use crate::store::{self, Failed, Plan, Written};
use crate::workload_file::{self, Planned};
use crate::workspace::Workspace;

/// What is to be done.
#[derive(Clone, Debug)]
pub enum Job {
    /// Plan to write this workload under this name.
    Plan(String, Box<Workload>),
    Write(Arc<Planned>),
    Import(Wanted),
}

/// A file to import, with what was said about it so far.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub file: PathBuf,
    /// How long the counters counted.
    pub over: Option<Over>,
    /// For counters without a role.
    pub role: Option<String>,
}

#[derive(Clone, Debug)]
pub enum Over {
    Period(Period),
    /// The same counters, taken later; their samples may say when.
    Later(PathBuf, Option<Period>),
}

/// What came of it.
#[derive(Debug)]
pub enum News {
    Planned(Result<Box<Planned>, Vec<Problem>>),
    Wrote(Arc<Planned>, Result<Written, Failed>),
    Imported(Wanted, Came),
}

/// What came of a file.
#[derive(Debug)]
pub enum Came {
    All(Import<Imported>),
    /// There is no such file, or it cannot be read.
    NotRead(Problem),
    /// Nothing says how long its counters counted.
    NeedsPeriod,
    /// Its counters do not say whose they are.
    NeedsRole,
}

impl Job {
    /// Does it. Blocks: for a thread of its own.
    #[must_use]
    pub fn done(self, workspace: &Workspace) -> Msg {
        Msg::Workload(Box::new(match self {
            Self::Plan(name, workload) => {
                let planned = workload_file::plan(workspace, &name, |_| *workload);
                News::Planned(planned.map(Box::new))
            }
            Self::Write(planned) => {
                let wrote = Plan::write(&planned.plan);
                News::Wrote(planned, wrote)
            }
            Self::Import(wanted) => {
                let came = read(&wanted).unwrap_or_else(Came::NotRead);
                News::Imported(wanted, came)
            }
        }))
    }
}

fn read(wanted: &Wanted) -> Result<Came, Problem> {
    let first = bytes(&wanted.file)?;
    let file = File {
        name: &wanted.file,
        bytes: &first,
    };
    if !is_metrics(&first) {
        return Ok(Came::All(import::workload(&file)));
    }
    let role = wanted.role.as_deref();
    Ok(match &wanted.over {
        None => Came::NeedsPeriod,
        Some(Over::Period(period)) => {
            let period = *period;
            of_counters(&Counters::Since { file, period }, role)
        }
        Some(Over::Later(later, period)) => {
            let second = bytes(later)?;
            let later = File {
                name: later,
                bytes: &second,
            };
            let period = *period;
            of_counters(
                &Counters::Between {
                    earlier: file,
                    later,
                    period,
                },
                role,
            )
        }
    })
}

/// Where a role is all that they miss, that is asked for.
fn of_counters(counters: &Counters<'_>, role: Option<&str>) -> Came {
    let import = import::metrics(counters, role);
    let any = || import::metrics(counters, Some("any")).value.is_some();
    if import.value.is_none() && role.is_none() && any() {
        return Came::NeedsRole;
    }
    Came::All(import)
}

fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    let found = store::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint("Give CSV, JSON, or what the router serves at /metrics.")
            .in_file(file, None)
    })?;
    Ok(found.bytes.clone())
}
