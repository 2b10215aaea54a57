//! Writing a workload of the workspace: the plan, and what differs from the one that is there or the shipped one.
//! Leaves to others: where the figures come from, asking, showing (`cli`, `tui`).

use crate::budget::import;
use crate::budget::workload::{self, FOLDER, Workload};
use crate::problem::Problem;
use crate::store::{self, Plan};
use crate::workspace::Workspace;

/// What would be written.
#[derive(Debug)]
pub struct Planned {
    pub plan: Plan,
    pub workload: Workload,
    /// What it is compared with: `the sample enterprise`, `nothing`.
    pub against: String,
    /// A figure a line.
    pub changes: Vec<String>,
    /// Has the file that is there comments?
    pub loses_comments: bool,
}

/// Said where it has.
pub const LOSES_COMMENTS: &str = "Comments of the file that is there are not kept.";

/// Plans to write the workload of this name that `make` makes of the one that is there.
///
/// # Errors
/// What is wrong with the file that is there, so that it is not replaced, or why it cannot be written.
pub fn plan(
    workspace: &Workspace,
    name: &str,
    make: impl FnOnce(Option<&Workload>) -> Workload,
) -> Result<Planned, Vec<Problem>> {
    let file = workspace.root().join(FOLDER).join(format!("{name}.toml"));
    let found = store::read(&file).map_err(|problem| vec![problem])?;
    let existing = Workload::of_profile(workspace, name);
    if let (Some(read), Some(_)) = (&existing, &found)
        && !read.problems.is_empty()
    {
        let mut problems = read.problems.clone();
        problems.push(
            Problem::error(
                "The workload that is there has mistakes, and what they mean would be lost.",
            )
            .hint("Mend them, or move the file away.")
            .in_file(&file, None),
        );
        return Err(problems);
    }
    let existing = existing.map(|workload::Read { workload, .. }| workload);
    let workload = make(existing.as_ref());
    let against = match &existing {
        Some(old) if old.sample => format!("the sample {name}"),
        Some(_) => format!("the workload {name}"),
        None => "nothing".to_owned(),
    };
    let plan = Plan::new(&file, found.as_ref(), workload.text(), false);
    Ok(Planned {
        plan: plan.map_err(|problem| vec![problem])?,
        changes: import::changes(existing.as_ref(), &workload),
        workload,
        against,
        loses_comments: found.is_some_and(|found| found.bytes.contains(&b'#')),
    })
}
