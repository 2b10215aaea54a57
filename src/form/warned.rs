//! How much a problem of forms weighs where values are judged: the schema is the only judge of them, so a form that is
//! wrong is warned of and forbids no writing. `forms check`, which judges the forms, calls it what it is.

use crate::problem::{Problem, Severity};

/// Problems of forms, told beside values.
#[must_use]
pub fn warned(mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        problem.severity = Severity::Warning;
    }
    problems
}
