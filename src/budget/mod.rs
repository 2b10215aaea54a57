//! What a configuration will cost and which agents it will choose: prices, workloads, the forecast, scoring, and what is
//! said about them. All of it is pure.
//! Leaves to others: reading files (`workspace`, `store`), showing (`cli`, `tui`).

mod before;
pub mod calendar;
mod cause;
pub mod cells;
pub mod changed;
pub mod choice;
pub mod compare;
pub mod day;
pub mod estimate;
pub mod figures;
pub mod forecast;
pub mod headline;
pub mod history_in_use;
pub mod import;
mod in_force;
pub mod inputs;
pub mod money;
mod notes;
pub mod prices;
pub mod report;
pub mod role;
pub mod scoring;
pub mod sentence;
pub mod settings;
mod table;
#[cfg(test)]
mod tests;
pub mod workload;

pub use calendar::{Start, Window};
pub use compare::Comparison;
pub use estimate::Estimate;
pub use figures::Figures;
pub use forecast::Forecast;
pub use inputs::Inputs;
pub use money::{Change, Money};
pub use prices::Prices;
pub use sentence::Sentence;
pub use settings::{Settings, Strategy};
pub use workload::Workload;
