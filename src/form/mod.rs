//! Form files become panels of inputs: reading them, when an input shows, and in which unit.
//! Leaves to others: judging values (`nickel`), comparing form and schema (`check`), drawing (`tui`).

pub mod condition;
pub mod date;
mod document;
mod element;
mod exact;
mod fragment;
mod keys;
pub mod load;
pub mod model;
pub mod unit;

pub use model::{Bounds, Choice, Element, Form, Input, InputKind, Panel, WhenFalse};
