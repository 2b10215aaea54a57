//! The only room that replaces files: reads one with its fingerprint, plans a write, and writes as planned.
//! Leaves to others: what the text says (`input`, `output`), asking the operator (`cli`, `tui`).

mod append;
mod cause;
mod failed;
mod found;
mod kernel;
mod owner;
mod plan;
mod target;
mod when;
mod write;

pub use append::{Append, Refused, claim, files_ending, leave_note, remove};
pub use failed::{Failed, Now};
pub use found::{Fingerprint, Found, read};
pub use plan::{Outcome, Plan};
pub use when::utc;
pub use write::Written;
