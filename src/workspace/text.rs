//! One text file, read with the care that other people's folders need: nothing waits, nothing grows without end.
//! Leaves to others: which files are read (`workspace`, `form`).

use std::fs::{self, File, FileType};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use crate::problem::Problem;

/// Larger files are not read: no form or schema comes near it.
pub const MAX_BYTES: u64 = 4 << 20;

/// Folders of the kernel: what looks like a file in them may never end, or act when it is read.
const SYSTEM: [&str; 3] = ["/proc", "/sys", "/dev"];

/// The text of a file, without a byte order mark; `Ok(None)` when nothing has this name.
///
/// # Errors
/// A problem that names the file when it is there and is no regular file of UTF-8 text of at most 4 MiB that this
/// user may read.
pub fn read(file: &Path) -> Result<Option<String>, Problem> {
    let refuse = |message: String| Problem::error(message).in_file(file, None);
    // Looked at before it is opened: opening a pipe waits, and opening a device can act.
    let found = match fs::metadata(file) {
        Ok(found) => found,
        Err(error) => return unseen(file, &error),
    };
    if !found.is_file() {
        let message = format!("It is {}, not a file.", noun(found.file_type()));
        return Err(refuse(message).hint("Put a text file in its place."));
    }
    let real = fs::canonicalize(file).map_err(|e| refuse(format!("It cannot be read: {e}.")))?;
    if SYSTEM.iter().any(|folder| real.starts_with(folder)) {
        let message = format!(
            "It leads to {}, which belongs to the system.",
            crate::clean::line(&real.to_string_lossy())
        );
        return Err(refuse(message).hint("Put a text file in its place."));
    }
    let bytes = bytes(file).map_err(|e| {
        refuse(format!("It cannot be read: {e}.")).hint("Let this user read it, or remove it.")
    })?;
    let size = found.len().max(bytes.len() as u64);
    if size > MAX_BYTES {
        let message = format!("It is {} MiB long; at most 4 MiB are read.", size >> 20);
        return Err(refuse(message).hint("Take it away, or put a shorter one in its place."));
    }
    let mut text = String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        Problem::error("It is not UTF-8 text.")
            .hint("Save it as UTF-8.")
            .in_file(file, Some(line))
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(Some(text))
}

/// At most one byte more than is allowed, so that a file that grows meanwhile is noticed and not followed.
fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    // The name may mean a pipe by now: opening must not wait.
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = File::from(rustix::fs::open(file, flags, Mode::empty())?);
    let mut bytes = Vec::new();
    if file.metadata()?.len() > MAX_BYTES {
        return Ok(bytes);
    }
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why there is nothing to look at: no file, a link that leads nowhere, a folder that is closed.
fn unseen(file: &Path, error: &std::io::Error) -> Result<Option<String>, Problem> {
    let refuse = |message: String| Problem::error(message).in_file(file, None);
    if error.raw_os_error() == Some(Errno::LOOP.raw_os_error()) {
        let problem = refuse("It is a link that leads back to itself.".to_owned());
        return Err(problem.hint("Put a text file in its place."));
    }
    match error.kind() {
        ErrorKind::NotFound if fs::symlink_metadata(file).is_ok() => {
            let problem = refuse("It is a link that leads nowhere.".to_owned());
            Err(problem.hint("Put a text file in its place, or remove it."))
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => Ok(None),
        _ => {
            let problem = refuse(format!("It cannot be read: {error}."));
            Err(problem.hint("Let this user read it, or remove it."))
        }
    }
}

fn noun(kind: FileType) -> &'static str {
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}
