//! Which agent VAPORA would choose for a kind of task, and why: its scoring formula over a history of executions.
//! Leaves to others: reading histories from files (`import`), how the ranking is shown (`cli`, `tui`).

mod curve;
mod history;
mod moment;
mod moves;
mod preview;
mod rank;
mod recency;
mod settings;
mod spark;
mod weights;
pub mod words;
#[cfg(test)]
mod cases;

pub use curve::{Curve, Day, LEAST_DAYS, LEAST_RUNS, Trend};
pub(in crate::budget) use history::NamedRun;
pub use history::{Agent, History, Run};
pub use moment::Moment;
pub use moves::{Moved, moves};
pub use preview::{Preview, TaskPreview};
pub use rank::{Basis, Part, Parts, Ranked, Ranking};
pub use settings::{Reading, Settings};
pub use spark::spark;
pub use weights::Weights;
