//! Presets: named, saved sets of answers with their profile, an operator's own or shared through a workspace.
//! Leaves to others: judging the values (`nickel`), showing and asking (`cli`, `tui`).
//!
//! - Words: [`Name`] and [`Description`] are checked texts, their problems say what is allowed; [`Named`] is what
//!   `--preset` takes (`staging-eu`, `mine/staging-eu`, `shared/staging-eu`); [`Whose`] is mine or shared.
//! - Where: [`Places::of`] the workspace gives both folders and the file of a name. [`list`] loads every preset of
//!   both, [`names`] only lists them (no schema needed), [`load`] finds and loads one, [`named`] gives its file. Opening
//!   that file as any other ([`crate::files::open`]) lays the preset under the wizard.
//! - What was loaded: [`Loaded`] has the [`Preset`], its file as found, `problems` and `unfit` (answers of another kind
//!   than their setting's: the schema says so too once they are in force). [`Loaded::said`] is it and nothing
//!   else, [`Loaded::over`] its values over its profile as a baseline. [`Loaded::note`] says when a shared one has the same name.
//! - What is saved: [`holds`] of the overlay in force, then [`save`] a [`Preset`]. With `over` `None` it refuses to
//!   replace ([`Refused::Taken`] has the file as it is: show it, ask, and save over that); with the file as it was
//!   loaded it refuses when somebody changed it since ([`Refused::Changed`]).
//! - Saving over one: [`Holds::keep_of`] takes its secrets along, [`lost`] are those that it alone holds, [`unfit`]
//!   the answers that no schema of now takes.
//! - Changing: [`rename`], [`duplicate`], [`describe`] keep the rest of the text byte for byte; a copy, also that of
//!   [`export`], carries secrets in clear ([`Clear`]) only when that is asked for; [`delete`] returns
//!   what [`put_back`] brings back, and keeps it beside the others, where [`kept`] finds it later.
//! - As one file: [`export`] and [`import`], which gives a preset to be saved. [`is_preset`] tells a preset's text from
//!   a configuration, [`read`] reads one, [`text`] writes one.

mod allowed;
mod clear;
mod deleted;
mod fit;
mod holds;
mod keep;
mod library;
mod lost;
mod name;
mod places;
mod read;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

pub use clear::{Clear, left_out_in_words};
pub use deleted::{Deleted, delete, kept, put_back};
pub use holds::{Holds, holds, with_workload};
pub use keep::{Refused, Saved, describe, duplicate, export, import, may_share, rename, save};
pub use library::{Loaded, find, is_preset, list, load, named, names, open, to_change};
pub use lost::{Lost, Unfit, lost, unfit};
pub use name::{Description, Name, Named};
pub use places::{Places, Whose, lacks_workload};
pub use read::{FORMAT, Read, Reading, read};
pub use text::text;

use crate::schema::FieldPath;
use crate::value::Value;

/// One preset. It holds only what differs from its profile, in the schema's units.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    pub name: Name,
    pub description: Description,
    /// The version of the schema that its answers are of.
    pub schema: String,
    /// `None` only when a file does not say it.
    pub profile: Option<String>,
    /// The workload that its forecast rests on, by name; `None` for that of its profile.
    pub workload: Option<String>,
    pub answers: BTreeMap<FieldPath, Value>,
}

impl Preset {
    /// How many secrets it holds in clear.
    #[must_use]
    pub fn clear_secrets(&self) -> usize {
        self.answers
            .values()
            .filter(|value| value.is_clear_secret())
            .count()
    }
}
