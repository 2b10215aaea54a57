//! Form files become panels of inputs: reading them, when an input shows, and in which unit.
//! Leaves to others: judging values (`nickel`), comparing form and schema (`check`), drawing (`tui`).

pub mod condition;
mod container;
pub mod date;
pub mod deciding;
mod docs;
mod document;
mod element;
pub(crate) mod exact;
pub mod facts;
mod find;
mod fragment;
mod input;
mod keys;
pub mod load;
pub mod model;
mod names;
mod options;
mod replace;
pub mod surroundings;
pub mod unit;
mod warned;

pub use model::{Bounds, Choice, Element, Form, Input, InputKind, Panel, WhenFalse};
pub use warned::warned;
