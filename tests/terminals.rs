//! Every terminal: without colours, without UTF-8, of any size, with a mouse, with keys and looks of one's own.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

#[path = "terminals/copying.rs"]
mod copying;
#[path = "terminals/every_action.rs"]
mod every_action;
#[path = "terminals/every_window.rs"]
mod every_window;
#[path = "terminals/looks.rs"]
mod looks;
#[allow(dead_code, reason = "shared with draft_screens")]
#[path = "terminals/merging.rs"]
mod merging;
#[path = "terminals/mouse.rs"]
mod mouse;
#[path = "terminals/own_files.rs"]
mod own_files;
#[path = "terminals/presets.rs"]
mod presets;
#[path = "terminals/sizes.rs"]
mod sizes;
#[path = "terminals/tour.rs"]
mod tour;
#[allow(dead_code, reason = "shared with generation_screens")]
#[path = "terminals/versions.rs"]
mod versions;
