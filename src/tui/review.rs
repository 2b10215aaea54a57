//! The review: the plan of what would be written, its changes, and the buttons. Nothing is written before it was seen.

use std::sync::Arc;

use super::list::Cursor;
use crate::answers::Said;
use crate::prepare::Prepared;
use crate::problem::Problem;
use crate::store::Plan;

/// The state of the window.
#[derive(Debug)]
pub struct Review {
    pub planned: Prepared,
    /// Shared with the thread that carries it out.
    pub plan: Result<Arc<Plan>, Problem>,
    /// What was said when it was planned: that is what the file will hold.
    pub said: Said,
    pub cursor: Cursor,
    /// Does the write button have the focus? It starts on Back.
    pub on_write: bool,
    /// Why the write button is off.
    pub refusal: Option<String>,
    /// The write is under way.
    pub writing: bool,
}

impl Review {
    #[must_use]
    pub fn new(mut planned: Prepared, said: Said, refusal: Option<String>) -> Self {
        let taken = Err(Problem::error("The plan is taken."));
        let plan = std::mem::replace(&mut planned.plan, taken).map(Arc::new);
        // Its whole sentence, with what to do, stands in the window.
        let refusal = refusal.or_else(|| Some(plan.as_ref().err()?.message.clone()));
        Self {
            planned,
            plan,
            said,
            cursor: Cursor::default(),
            on_write: false,
            refusal,
            writing: false,
        }
    }
}
