//! Drafts: answers that are not written yet, kept safe on disk while they are typed, and offered again after any end.
//! Secrets are never in them. Leaves to others: asking what to do with one (`tui`, `cli`).

mod fitted;
mod folder;
mod journal;
mod keeper;
mod record;
mod state;
mod takeover;
mod withheld;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub use fitted::Fitted;
pub use folder::{ENDING, all, discard, folder, named, read};
pub use keeper::{Keeper, News};
pub use record::Header;
pub use state::{Base, Open, State};
pub use takeover::{Taken, take, taken_by};
pub use withheld::{Kept, typed};

use crate::clean;
use crate::problem::{Problem, counted};
use crate::store;

/// One draft, as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub file: PathBuf,
    pub header: Header,
    pub state: State,
    /// When a key last changed it: milliseconds since 1970.
    pub last_key: u64,
    /// What could not be read of it.
    pub problems: Vec<Problem>,
    /// Does the wizard that keeps it still run on this machine?
    pub runs: bool,
}

impl Draft {
    /// Reads the bytes of a draft. What is damaged stands in `problems`.
    ///
    /// # Errors
    /// When not even the header can be read.
    pub fn of(file: &Path, bytes: &[u8]) -> Result<Self, Problem> {
        let (records, unreadable, end) = journal::records(bytes);
        let mut records = records.into_iter();
        let no_draft = || {
            Problem::error("It is no draft, or its beginning is damaged.")
                .hint("Nothing can be read of it. `vapora-tui draft discard` removes it.")
                .in_file(file, None)
        };
        let header = records.next().ok_or_else(no_draft)?;
        let header: Header = serde_json::from_value(header).map_err(|_| no_draft())?;
        if header.format != record::FORMAT {
            let message = format!(
                "It is a draft of format {}; this version reads format 1.",
                header.format
            );
            return Err(Problem::error(message)
                .hint("Open it with the version that wrote it.")
                .in_file(file, None));
        }
        let mut state = State::default();
        let mut last_key = header.holder.since;
        let mut wrong = Vec::new();
        for json in records {
            if let Some(at) = record::apply(&mut state, json, &mut wrong) {
                last_key = at;
            }
        }
        let mut problems = Vec::new();
        let mut tell = |message: String, hint: &str| {
            problems.push(Problem::warning(message).hint(hint).in_file(file, None));
        };
        match end {
            journal::End::Whole => {}
            journal::End::Torn => tell(
                "Its last change was not written whole, so it is left out.".to_owned(),
                "Look at the setting that was typed last.",
            ),
            journal::End::Damaged(at) => tell(
                format!("It is damaged from byte {at} on; what was kept before is read."),
                "Look at the settings that were typed last.",
            ),
        }
        if unreadable > 0 {
            let count = counted(unreadable, "change");
            tell(
                format!("{count} in it cannot be read."),
                "Look at all of it before it is written.",
            );
        }
        if let [first, rest @ ..] = wrong.as_slice() {
            let name: String = clean::line(first).chars().take(LONGEST_NAME).collect();
            let more = match rest.len() {
                0 => String::new(),
                n => format!(", and {n} more"),
            };
            tell(
                format!("Not understood in it: {name}{more}."),
                "Look at all of it before it is written.",
            );
        }
        Ok(Self {
            file: file.to_owned(),
            runs: header.holder.runs(),
            header,
            state,
            last_key,
            problems,
        })
    }

    /// What the command line calls it: the name of its file.
    #[must_use]
    pub fn id(&self) -> String {
        let name = self.file.file_stem().unwrap_or_default();
        clean::line(&name.to_string_lossy())
    }

    /// The last key as a moment: `2026-11-21 10:02 UTC`.
    #[must_use]
    pub fn last_key(&self) -> String {
        moment(self.last_key)
    }

    /// How many answers it holds, the one being typed among them.
    #[must_use]
    pub fn answers(&self) -> usize {
        let open = self.state.open.iter();
        let further = open.filter(|open| !self.state.answers.contains_key(&open.path));
        self.state.answers.len() + further.count()
    }

    /// Is the base not what it was? `None` when it cannot be said.
    #[must_use]
    pub fn base_changed(&self) -> Option<bool> {
        let base = self.state.base.as_ref()?;
        let then = base.sha256.as_ref()?;
        let now = store::read(&base.file).ok()?;
        Some(now.is_none_or(|found| hex(&found.fingerprint.sha256) != *then))
    }
}

const LONGEST_NAME: usize = 80;

/// `2026-11-21 10:02 UTC` for milliseconds since 1970.
#[must_use]
pub fn moment(milliseconds: u64) -> String {
    let whole = store::utc(i128::from(milliseconds) * 1_000_000);
    let (date, clock) = (whole.get(..10), whole.get(11..16));
    match (date, clock) {
        (Some(date), Some(clock)) if whole.len() == 23 => format!("{date} {clock} UTC"),
        _ => whole,
    }
}

/// A checksum as text.
#[must_use]
pub fn hex(bytes: &[u8; 32]) -> String {
    let mut text = String::with_capacity(64);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
