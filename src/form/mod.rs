//! Form files become panels of inputs.

pub mod condition;
pub mod exact;
pub mod load;
pub mod model;
pub mod unit;

pub use model::{Choice, Element, Form, Input, InputKind, Panel};
