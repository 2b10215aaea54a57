//! The only room that replaces files: reads one with its fingerprint, plans a write, and writes as planned.
//! Leaves to others: what the text says (`input`, `output`), asking the operator (`cli`, `tui`).

mod about;
mod alike;
mod append;
mod beside;
mod cause;
mod claim;
mod closed;
mod failed;
mod found;
pub mod generations;
mod gone;
mod holder;
mod keep;
mod kernel;
mod lock;
mod most_kept;
mod names;
mod note;
mod owner;
mod plan;
mod target;
mod temporary;
mod when;
mod write;

pub use about::About;
pub use append::{Append, Refused, files_ending, leave_note, remove, take_over};
pub use claim::{Claim, Claimed, claim, claimed_by};
pub use closed::Closed;
pub use failed::{Failed, Now};
pub use found::{Fingerprint, Found, read};
pub use gone::remove_keeping;
pub use holder::Holder;
pub use most_kept::{VARIABLE as MOST_KEPT, most_kept};
pub use note::Note;
pub use plan::{Check, Outcome, Plan};
pub use when::{milliseconds, seconds, today, utc};
pub use write::{Written, clean_stale};
