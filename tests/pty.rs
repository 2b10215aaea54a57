//! The real binary on a pseudo-terminal, driven by keys and judged by what a terminal would show.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "pty/ending.rs"]
mod ending;
#[allow(dead_code, reason = "shared with the proof")]
#[path = "pty/endings.rs"]
mod endings;
#[path = "pty/files.rs"]
mod files;
#[path = "pty/flow.rs"]
mod flow;
#[path = "pty/keys.rs"]
mod keys;
#[path = "pty/looks.rs"]
mod looks;
#[allow(dead_code, reason = "shared with the benchmark")]
#[path = "pty/process.rs"]
mod process;
#[path = "pty/secrets.rs"]
mod secrets;
#[path = "pty/sizes.rs"]
mod sizes;
#[path = "pty/steps.rs"]
mod steps;
#[allow(dead_code, reason = "shared with the benchmark")]
#[path = "pty/terminal.rs"]
mod terminal;
#[path = "pty/trouble.rs"]
mod trouble;
#[path = "pty/patience.rs"]
mod patience;
#[path = "pty/unmarked.rs"]
mod unmarked;
