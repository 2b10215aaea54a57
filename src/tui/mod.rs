//! The screens: one loop, keys to actions, actions to state, state to cells.

pub mod action;
pub mod app;
pub mod burst;
pub mod choice;
pub mod diff_screen;
pub mod draw;
pub mod edit;
pub mod encode;
pub mod help;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod main_screen;
pub mod msg;
pub mod opening;
pub mod prompt;
pub mod question;
pub mod review;
pub mod run;
pub mod start;
pub mod start_screen;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod update;
pub mod window;
pub mod windows;
pub mod writing;

pub use crate::files;
