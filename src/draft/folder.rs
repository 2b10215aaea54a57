//! The folder of the drafts: what lies there, under which names, and removing one.

use std::path::{Path, PathBuf};

use super::Draft;
use crate::clean;
use crate::problem::Problem;
use crate::store;

/// How a draft's file is called behind its name.
pub const ENDING: &str = ".draft";

/// Where drafts are kept: `vapora-tui/drafts` below `$XDG_STATE_HOME` or `~/.local/state`. `None` without a home.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "vapora-tui")?;
    Some(folders.state_dir()?.join("drafts"))
}

/// A file name that no draft has yet.
pub(super) fn new_file(folder: &Path) -> PathBuf {
    loop {
        let mut bytes = [0; 3];
        if getrandom::fill(&mut bytes).is_err() {
            // Without the system's randomness the moment has to do.
            let moment = store::milliseconds().to_le_bytes();
            bytes.copy_from_slice(&moment[..3]);
        }
        let [a, b, c] = bytes;
        let file = folder.join(format!("{a:02x}{b:02x}{c:02x}{ENDING}"));
        if file.symlink_metadata().is_err() {
            return file;
        }
    }
}

/// The drafts of a folder, the latest first, and what cannot be read there.
#[must_use]
pub fn all(folder: &Path) -> (Vec<Draft>, Vec<Problem>) {
    let files = match store::files_ending(folder, ENDING) {
        Ok(files) => files,
        Err(problem) => return (Vec::new(), vec![problem]),
    };
    let mut drafts = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        match read(&file) {
            Ok(Some(draft)) => drafts.push(draft),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    drafts.sort_by_key(|draft| std::cmp::Reverse(draft.last_key));
    (drafts, problems)
}

/// Reads one draft; `Ok(None)` when it is gone.
///
/// # Errors
/// When nothing can be read of it.
pub fn read(file: &Path) -> Result<Option<Draft>, Problem> {
    store::read(file)?
        .map(|found| Draft::of(file, &found.bytes))
        .transpose()
}

/// The file of the draft that the command line calls so.
///
/// # Errors
/// When there is none.
pub fn named(folder: &Path, id: &str) -> Result<PathBuf, Problem> {
    let files = store::files_ending(folder, ENDING)?;
    let wanted = format!("{id}{ENDING}");
    let found = files
        .into_iter()
        .find(|file| file.file_name().is_some_and(|name| *name == *wanted));
    found.ok_or_else(|| {
        Problem::error(format!("There is no draft {}.", clean::line(id)))
            .hint("`vapora-tui draft list` shows them.")
    })
}

/// Removes a draft for good.
///
/// # Errors
/// When the wizard that keeps it still runs, or the system refuses.
pub fn discard(file: &Path) -> Result<(), Problem> {
    if let Ok(Some(draft)) = read(file)
        && draft.runs
        && !draft.header.holder.is_this_process()
    {
        let holder = draft.header.holder.name();
        return Err(Problem::error(format!("{holder} works on it now."))
            .hint(
                "Leave that wizard first, or take it over: start vapora-tui and choose the draft.",
            )
            .in_file(file, None));
    }
    store::remove(file)
}
