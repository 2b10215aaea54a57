//! Plain mode with the real program: the whole job in lines, what the lines look like, files, secrets, ends.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "plain/ends.rs"]
mod ends;
#[path = "plain/files.rs"]
mod files;
#[path = "plain/job.rs"]
mod job;
#[path = "plain/opening.rs"]
mod opening;
#[path = "room/fed.rs"]
mod fed;
mod room;
#[allow(dead_code, reason = "shared with the screens")]
#[path = "pty/terminal.rs"]
mod terminal;
#[path = "plain/typed.rs"]
mod typed;
#[path = "plain/unattended.rs"]
mod unattended;
