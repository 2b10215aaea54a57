//! The only room that names Nickel: a child process that loads schema and profiles and judges overlays,
//! and the client that talks to it.

pub mod client;
pub mod data;
pub mod file;
pub mod protocol;
pub mod serve;
pub mod texts;

mod confine;
mod describe;
mod engine;
mod evaluator;
mod finding;
mod held;
mod imports;
mod lost;
mod parent_terms;
mod plain;
mod plain_words;
mod reach;
mod rules;
mod shape;
mod walk;
mod worker;

pub use client::{Client, Limits, Reply, Slot};
pub use protocol::Confinement;
pub use texts::Texts;

/// The hidden verb under which this program is the Nickel child.
pub const CHILD_VERB: &str = "__nickel";
