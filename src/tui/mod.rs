//! The screens: one loop, keys to actions, actions to state, state to cells.

pub mod encode;
pub mod text;
pub mod theme;
