//! Why a plan was not carried out. In every case here the file is as it was before.

use std::io;
use std::path::{Path, PathBuf};

use super::cause::Cause;
use super::{Holder, found, owner, when};
use crate::clean;
use crate::problem::Problem;

/// The state of a file that somebody else changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// Bytes.
    pub size: u64,
    /// When it was changed: `2026-11-21 10:02:03 UTC`.
    pub modified: String,
    /// Whose it is: `user:group`.
    pub owner: String,
}

/// A write that did not happen. The file on disk is unchanged by us, and no temporary file is left.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// It is no longer what was read. `now` is `None` when it is gone; `read` says whether there was one.
    #[error("{}", changed(.target, *.read, .now.as_ref()))]
    ChangedOnDisk {
        target: PathBuf,
        read: bool,
        now: Option<Now>,
    },
    /// Another process is writing beside it and does not come to an end.
    #[error("{} is unchanged. {} {LOCKED_REMEDY}", clean::line(&.target.to_string_lossy()), who_locks(.by.as_ref()))]
    Locked { target: PathBuf, by: Option<Holder> },
    /// The system refused a step before the file would have been replaced.
    #[error("{} is unchanged. {cause} {remedy}", clean::line(&.target.to_string_lossy()))]
    Unchanged {
        target: PathBuf,
        cause: String,
        remedy: String,
        #[source]
        source: io::Error,
    },
}

impl Failed {
    pub(super) fn unchanged(target: &Path, source: io::Error) -> Self {
        Self::unchanged_at(target, target, source)
    }

    /// The step that failed was at another path than the file's own.
    pub(super) fn unchanged_at(target: &Path, at: &Path, source: io::Error) -> Self {
        let Cause { cause, remedy } = Cause::of(&source, at);
        Self::Unchanged {
            target: target.to_owned(),
            cause,
            remedy,
            source,
        }
    }

    pub(super) fn changed(target: &Path, read: bool) -> Self {
        use std::os::unix::fs::MetadataExt;
        let now = target.symlink_metadata().ok().map(|meta| Now {
            size: meta.len(),
            modified: when::utc(found::modified(&meta)),
            owner: owner::names(meta.uid(), meta.gid()),
        });
        Self::ChangedOnDisk {
            target: target.to_owned(),
            read,
            now,
        }
    }

    /// The same, to be shown among other problems.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::ChangedOnDisk { target, read, now } => {
                Problem::error(what_changed(*read, now.as_ref()))
                    .hint(CHANGED_REMEDY)
                    .in_file(target, None)
            }
            Self::Locked { target, by } => {
                let who = who_locks(by.as_ref());
                Problem::error(format!("The file is unchanged. {who}"))
                    .hint(LOCKED_REMEDY)
                    .in_file(target, None)
            }
            Self::Unchanged {
                target,
                cause,
                remedy,
                ..
            } => Problem::error(format!("The file is unchanged. {cause}"))
                .hint(remedy.clone())
                .in_file(target, None),
        }
    }
}

const CHANGED_REMEDY: &str = "Nothing was written. Open the file again to take in what changed.";

const LOCKED_REMEDY: &str = "Wait until it is done, then write again.";

fn who_locks(by: Option<&Holder>) -> String {
    match by {
        Some(by) => format!("Another vapora-tui is writing there: {}.", by.sentence()),
        None => "Another vapora-tui is writing there.".to_owned(),
    }
}

fn changed(target: &Path, read: bool, now: Option<&Now>) -> String {
    let file = clean::line(&target.to_string_lossy());
    format!("{file}: {} {CHANGED_REMEDY}", what_changed(read, now))
}

fn what_changed(read: bool, now: Option<&Now>) -> String {
    let Some(now) = now else {
        return "It was removed since it was read.".to_owned();
    };
    let happened = if read {
        "It was changed since it was read"
    } else {
        "It was made by somebody else meanwhile"
    };
    format!(
        "{happened}: {} bytes, {}, owner {}.",
        now.size, now.modified, now.owner
    )
}
