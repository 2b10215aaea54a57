//! VAPORA's configuration: forms, live judgement by the Nickel schema, differences, and safe writing.
//!
//! A module uses only what stands before it in the list below; `tests/layers.rs` fails otherwise.
//!
//! Invariants:
//! 1. The core never names `tui`, ratatui or crossterm.
//! 2. Only `form` reads form files, only `nickel` names Nickel, only `store` replaces files, only `process` starts
//!    programs, only `tui`, `plain` and their `guard` touch the terminal.
//! 3. Reading never fails whole: it gives what it could read, and the problems.
//! 4. `update` is pure and has no clock; `draw` takes `&App`.
//! 5. Nothing is written that was not first shown as a plan.
//! 6. Whatever the screen can do, a verb can do without a screen.
//! 7. Every screen is usable without colour, without UTF-8 and at 80x24.
//! 8. A `Secret` prints as `(secret)`, has no `Serialize`, and is exposed only in the places `tests/layers.rs` lists.
#![forbid(unsafe_code)]

pub mod clean;
pub mod ascii;
pub mod secret;
pub mod value;
pub mod path;
pub mod problem;
pub mod report;
pub mod caution;
pub mod schema;
pub mod reference;
pub mod recovered;
pub mod stamp;
pub mod workspace;
pub mod own_folder;
pub mod form;
pub mod answers;
pub mod config;
pub mod compose;
pub mod process;
pub mod nickel;
pub mod judge;
pub mod unheard;
pub mod profile;
pub mod check;
pub mod environment;
pub mod diff;
pub mod budget;
pub mod input;
pub mod output;
pub mod store;
pub mod made;
pub mod preset;
pub mod merge;
pub mod draft;
pub mod claiming;
pub mod standing;
pub mod writes_to;
pub mod files;
pub mod resume;
pub mod meanwhile;
pub mod what_counts;
pub mod folder;
pub mod belongs;
pub mod answer_file;
pub mod prepare;
pub mod earlier;
pub mod restore;
pub mod init;
pub mod command_line;
pub mod plan_text;
pub mod workload_file;
#[cfg(feature = "tui")]
pub mod guard;
// These stand side by side: none uses another.
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "tui")]
pub mod plain;
#[cfg(feature = "tui")]
pub mod tui;
