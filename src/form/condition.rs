//! Conditions of `when`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition;
