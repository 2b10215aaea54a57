//! What a configuration will cost: prices, workloads, the forecast and what is said about it. All of it is pure.
//! Leaves to others: reading files (`workspace`, `store`), showing (`cli`, `tui`).

mod before;
pub mod calendar;
pub mod choice;
pub mod day;
pub mod forecast;
pub mod money;
mod notes;
pub mod prices;
pub mod settings;
mod table;
pub mod workload;

pub use calendar::{Start, Window};
pub use forecast::Forecast;
pub use money::{Change, Money};
pub use prices::Prices;
pub use settings::{Settings, Strategy};
pub use workload::Workload;
