//! What was spent already, and which days it stands in for.

use super::calendar::{Span, Start};
use super::money::Money;
use super::workload::{Load, Spent};
use crate::problem::Problem;

/// What counts of it in the running window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Before {
    pub amount: Money,
    /// So many first days of the forecast are in it.
    pub covers: u16,
    /// Days of the window behind it and before the forecast.
    pub days_between: i32,
}

/// What a role has spent in the window that the forecast starts in; `None` when its load does not say.
///
/// # Errors
/// A warning when it was spent in another window, so that it does not count.
pub(super) fn spent(
    load: &Load,
    start: Start,
    running: Option<&Span>,
) -> Result<Option<Before>, Problem> {
    let (Some(Spent { amount, until }), Some(running)) = (load.spent, running) else {
        return Ok(None);
    };
    let Span { starts, ends, .. } = running;
    if until < *starts || until > *ends {
        return Err(Problem::warning(format!(
            "What {} has spent until {until} is not counted: the running window is {starts} to {ends}.",
            load.role
        ))
        .hint(format!(
            "Give what was spent from {starts} on, with its last day, in the workload."
        )));
    }
    // Days of the forecast up to and with that one.
    let covered = until.number() - start.date().number() + 1;
    Ok(Some(Before {
        amount,
        covers: u16::try_from(covered.max(0)).unwrap_or(0).min(start.days()),
        days_between: (-covered).max(0),
    }))
}
