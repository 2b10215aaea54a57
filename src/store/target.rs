//! The file that a path leads to, through any chain of links.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use super::cause::Cause;
use crate::problem::Problem;

/// As many as Linux itself follows.
const MOST_LINKS: usize = 40;

/// The absolute path that reading and writing `path` ends at. It need not exist.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Problem> {
    let refuse =
        |message: String, hint: &str| Err(Problem::error(message).hint(hint).in_file(path, None));
    let mut target = match std::path::absolute(path) {
        Ok(target) => target,
        Err(error) => return Err(Cause::of(&error, path).problem(path)),
    };
    for _ in 0..=MOST_LINKS {
        if target.file_name().is_none() {
            return refuse(
                "It names a folder, not a file.".to_owned(),
                "Name a file in it, for example vapora.toml.",
            );
        }
        match fs::read_link(&target) {
            // A relative link starts at the folder that holds it.
            Ok(link) => target = target.parent().unwrap_or(Path::new("/")).join(link),
            // Not a link, or nothing there.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::NotFound
                ) =>
            {
                return Ok(target);
            }
            Err(error) => return Err(Cause::of(&error, &target).problem(path)),
        }
    }
    refuse(
        format!("Its links lead on and on: {MOST_LINKS} were followed."),
        "Links that lead to each other never reach a file. Replace one by the file itself.",
    )
}

/// The refusal of anything that is no regular file.
pub(super) fn must_be_file(target: &Path, found: &Metadata) -> Result<(), Problem> {
    let kind = found.file_type();
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "something else"
    };
    let hint = if kind.is_dir() {
        "Name a file in it, for example vapora.toml."
    } else {
        "Name a regular file, for example vapora.toml."
    };
    Err(
        Problem::error(format!("It is {what}, not a configuration file."))
            .hint(hint)
            .in_file(target, None),
    )
}
