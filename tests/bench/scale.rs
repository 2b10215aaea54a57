//! The same waits at a thousand and six thousand fields: the workspace made up for them, and the measuring.

mod measure;
pub mod workspace;

pub use measure::scale;
