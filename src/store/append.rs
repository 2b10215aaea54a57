//! A file that only grows: each addition is on disk when it returns, and is refused once another process took the file.
//! Leaves to others: what is added (`draft`).

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::cause::Cause;
use crate::problem::Problem;

/// Why nothing was added.
#[derive(Debug)]
pub enum Refused {
    /// The path leads to another file now, or to none.
    Taken,
    Failed(Problem),
}

/// A file of mode 0600 that this process adds to.
#[derive(Debug)]
pub struct Append {
    path: PathBuf,
    file: File,
    /// Device and inode.
    identity: (u64, u64),
    /// Bytes that are known to be whole.
    length: u64,
}

impl Append {
    /// A new file with these bytes. Missing folders are made for this user alone.
    ///
    /// # Errors
    /// A problem when the system refuses, or when there is such a file already.
    pub fn create(path: &Path, bytes: &[u8]) -> Result<Self, Problem> {
        Self::put(path, bytes, false)
    }

    /// The same path with these bytes and nothing else: at every moment the old file or the new one is there, whole.
    ///
    /// # Errors
    /// A problem when the system refuses; the old file is then as it was.
    pub fn replace(path: &Path, bytes: &[u8]) -> Result<Self, Problem> {
        Self::put(path, bytes, true)
    }

    fn put(path: &Path, bytes: &[u8], over: bool) -> Result<Self, Problem> {
        Self::try_put(path, bytes, over).map_err(|error| Cause::of(&error, path).problem(path))
    }

    fn try_put(path: &Path, bytes: &[u8], over: bool) -> io::Result<Self> {
        let folder = path.parent().unwrap_or(Path::new("/"));
        private_folder(folder)?;
        // Made with O_EXCL and 0600.
        let mut temporary = tempfile::Builder::new()
            .prefix(TEMPORARY)
            .tempfile_in(folder)?;
        temporary.as_file_mut().write_all(bytes)?;
        temporary.as_file().sync_all()?;
        let made = if over {
            temporary.persist(path)
        } else {
            temporary.persist_noclobber(path)
        };
        drop(made.map_err(|error| error.error)?);
        File::open(folder)?.sync_all()?;
        let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
        let found = file.metadata()?;
        Ok(Self {
            path: path.to_owned(),
            file,
            identity: (found.dev(), found.ino()),
            length: found.len(),
        })
    }

    /// Adds these bytes and has them on disk.
    ///
    /// # Errors
    /// [`Refused`], and then what was there before is whole.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        if !self.is_ours() {
            return Err(Refused::Taken);
        }
        let added = self
            .file
            .write_all(bytes)
            .and_then(|()| self.file.sync_data());
        match added {
            Ok(()) => {
                self.length += bytes.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Half of an addition would hide every later one from the reader.
                drop(self.file.set_len(self.length));
                Err(Refused::Failed(
                    Cause::of(&error, &self.path).problem(&self.path),
                ))
            }
        }
    }

    /// Does the path still lead to this file?
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.path
            .symlink_metadata()
            .is_ok_and(|now| (now.dev(), now.ino()) == self.identity)
    }

    /// Bytes so far.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, unless it is another process's by now.
    ///
    /// # Errors
    /// A problem when the system refuses.
    pub fn remove(self) -> Result<(), Problem> {
        if self.is_ours() {
            remove(&self.path)
        } else {
            Ok(())
        }
    }
}

/// How a file that is not whole yet is called.
const TEMPORARY: &str = ".unfinished-";

/// A folder that only this user may look into; its parents are made alike where they are missing.
fn private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new()
        .mode(0o700)
        .recursive(true)
        .create(folder)?;
    if folder.metadata()?.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// A small file for this user alone, such as a note to another process, in place of what was there.
///
/// # Errors
/// A problem when the system refuses.
pub fn leave_note(path: &Path, text: &str) -> Result<(), Problem> {
    Append::replace(path, text.as_bytes()).map(drop)
}

/// Removes a file; none is no fault.
///
/// # Errors
/// A problem when the system refuses.
pub fn remove(path: &Path) -> Result<(), Problem> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Cause::of(&error, path).problem(path))
        }
        _ => Ok(()),
    }
}

/// Renames a file of a private folder; only one of several processes that try succeeds. `false` when it was gone.
///
/// # Errors
/// A problem when the system refuses.
pub fn take_over(from: &Path, to: &Path) -> Result<bool, Problem> {
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Cause::of(&error, from).problem(from)),
    }
}

/// The files of a folder whose names end so. A folder that is not there has none.
///
/// # Errors
/// A problem when it cannot be looked into.
pub fn files_ending(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Problem> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Cause::of(&error, folder).problem(folder)),
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.len() > ending.len() && name.ends_with(ending)
        })
        .collect();
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_added_is_there_and_for_this_user_alone() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("state/drafts/a.draft");
        let mut file = Append::create(&path, b"one").unwrap();
        file.add(b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"onetwo");
        assert_eq!(file.length(), 6);
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert!(Append::create(&path, b"").is_err(), "there is one already");
        let found = files_ending(path.parent().unwrap(), ".draft").unwrap();
        assert_eq!(found.len(), 1);
        file.remove().unwrap();
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_was_taken_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a.draft");
        let other = root.path().join("b.draft");
        let mut file = Append::create(&path, b"one").unwrap();
        assert!(take_over(&path, &other).unwrap());
        assert!(!take_over(&path, &other).unwrap(), "only the first gets it");
        assert!(matches!(file.add(b"two"), Err(Refused::Taken)));
        fs::write(&path, b"somebody else's").unwrap();
        assert!(matches!(file.add(b"two"), Err(Refused::Taken)));
        file.remove().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"somebody else's");
        assert_eq!(fs::read(&other).unwrap(), b"one");
    }

    #[test]
    fn replacing_leaves_the_new_bytes_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a.draft");
        let mut old = Append::create(&path, b"old").unwrap();
        let mut new = Append::replace(&path, b"new").unwrap();
        assert!(matches!(old.add(b"!"), Err(Refused::Taken)));
        new.add(b"er").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"newer");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
