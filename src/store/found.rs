//! A file as it was found: its bytes, and the fingerprint by which a later change is noticed.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use sha2::{Digest, Sha256};

use super::cause::Cause;
use super::target;
use crate::input::MAX_BYTES;
use crate::problem::Problem;

/// What tells one state of a file from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    pub device: u64,
    pub inode: u64,
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i128,
    pub sha256: [u8; 32],
}

impl Fingerprint {
    fn new(found: &Metadata, bytes: &[u8]) -> Self {
        Self {
            device: found.dev(),
            inode: found.ino(),
            size: found.size(),
            modified: modified(found),
            sha256: Sha256::digest(bytes).into(),
        }
    }

    /// Does this look like the same state, as far as can be told without reading the file?
    pub(super) fn looks_like(&self, found: &Metadata) -> bool {
        self.device == found.dev()
            && self.inode == found.ino()
            && self.size == found.size()
            && self.modified == modified(found)
    }
}

pub(super) fn modified(found: &Metadata) -> i128 {
    i128::from(found.mtime()) * 1_000_000_000 + i128::from(found.mtime_nsec())
}

/// A file that was read.
#[derive(Clone, PartialEq)]
pub struct Found {
    pub bytes: Vec<u8>,
    pub fingerprint: Fingerprint,
    /// Permission bits, such as 0o644.
    pub mode: u32,
    /// The file itself, behind all links.
    pub target: PathBuf,
}

/// Without the bytes: they may hold secrets.
impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("target", &self.target)
            .field("mode", &format_args!("{:04o}", self.mode))
            .field("size", &self.fingerprint.size)
            .finish_non_exhaustive()
    }
}

/// Reads a file through its links; `Ok(None)` when there is none.
///
/// # Errors
/// A problem when the path leads to something else than a file, to more than 4 MiB, round in circles, or to what
/// this user may not read.
pub fn read(path: &Path) -> Result<Option<Found>, Problem> {
    let target = target::resolve(path)?;
    let refuse = |error: &io::Error| Cause::of(error, &target).problem(path);
    // Looked at before it is opened: opening a pipe waits, and opening a device can act.
    match fs::symlink_metadata(&target) {
        Ok(found) => target::must_be_file(&target, &found)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(refuse(&error)),
    }
    match open(&target).and_then(|file| state(file, target.clone())) {
        Ok(State::Read(found)) => Ok(Some(*found)),
        Ok(State::TooLarge(size)) => Err(Problem::error(format!(
            "It is {size} bytes long; at most 4 MiB are read."
        ))
        .hint("A configuration has a few hundred lines: is it the right file?")
        .in_file(path, None)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(Problem::error("This user may not read it.")
                .hint("Use a user who may, or have it made readable.")
                .in_file(path, None))
        }
        Err(error) => Err(refuse(&error)),
    }
}

/// The file, open and read again, when it is still as it was; else `None`.
pub(super) fn still(target: &Path, expected: &Fingerprint) -> io::Result<Option<(Found, File)>> {
    let read = open(target).and_then(|file| {
        let state = state(file.try_clone()?, target.to_owned())?;
        Ok((state, file))
    });
    match read {
        Ok((State::Read(found), file)) if found.fingerprint == *expected => {
            Ok(Some((*found, file)))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn open(target: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOFOLLOW;
    let open = || rustix::fs::open(target, flags, Mode::empty());
    let file = rustix::io::retry_on_intr(open)?;
    Ok(File::from(file))
}

enum State {
    Read(Box<Found>),
    TooLarge(u64),
}

fn state(mut file: File, target: PathBuf) -> io::Result<State> {
    let before = file.metadata()?;
    let limit = MAX_BYTES as u64;
    let mut bytes = Vec::new();
    if before.len() <= limit {
        bytes.reserve_exact(usize::try_from(before.len()).unwrap_or(0) + 1);
        (&mut file).take(limit + 1).read_to_end(&mut bytes)?;
    }
    let size = before.len().max(bytes.len() as u64);
    if size > limit {
        return Ok(State::TooLarge(size));
    }
    Ok(State::Read(Box::new(Found {
        // The state before reading: a change meanwhile then shows at the next comparison.
        fingerprint: Fingerprint::new(&before, &bytes),
        mode: before.mode() & 0o777,
        bytes,
        target,
    })))
}
