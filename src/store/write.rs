//! Carries a plan out so that the file is at every moment either the old or the new one, whole.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Permissions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::cause::Cause;
use super::{Failed, Outcome, Plan, found, target};
use crate::problem::Problem;

/// File systems allow 255 bytes for a name; the temporary name adds about a dozen.
const LONGEST_STEM: usize = 230;

/// A file that now holds what was planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub path: PathBuf,
    pub lines: usize,
    /// Permission bits.
    pub mode: u32,
    /// "Written, durability unknown": the new file is in place, but might be lost if power failed now.
    pub problem: Option<Problem>,
}

impl Plan {
    /// Writes as planned, unless the file is no longer what was read. [`Outcome::Same`] writes nothing.
    ///
    /// # Errors
    /// [`Failed`], and then the file is unchanged and neither temporary files nor new folders are left.
    pub fn write(&self) -> Result<Written, Failed> {
        self.compare()?;
        if self.outcome == Outcome::Same {
            return Ok(self.written(Ok(())));
        }
        let unchanged = |error| Failed::unchanged(&self.target, error);
        let mut folders = NewFolders::default();
        for folder in &self.folders {
            folders.make(folder).map_err(unchanged)?;
        }
        let folder = self.target.parent().unwrap_or(Path::new("/"));
        let temporary = self.temporary(folder).map_err(unchanged)?;
        self.replace(temporary)?;
        let made = folders.keep();
        // The folder's entry counts as written only when the folder itself is.
        let durable = made
            .iter()
            .filter_map(|made| made.parent())
            .chain([folder])
            .try_for_each(|folder| File::open(folder)?.sync_all());
        Ok(self.written(durable))
    }

    /// Is the file what was read, and does the path still lead to it?
    fn compare(&self) -> Result<(), Failed> {
        let changed = || Err(Failed::changed(&self.target, self.found.is_some()));
        if target::resolve(&self.file).ok().as_ref() != Some(&self.target) {
            return changed();
        }
        match &self.found {
            None if self.target.symlink_metadata().is_ok() => changed(),
            None => Ok(()),
            Some(expected) => match found::still(&self.target, expected) {
                Ok(Some(true)) => Ok(()),
                Ok(_) => changed(),
                Err(error) => Err(Failed::unchanged(&self.target, error)),
            },
        }
    }

    /// The whole text in a file beside the target, on disk and read back.
    fn temporary(&self, folder: &Path) -> io::Result<NamedTempFile> {
        let name = self.target.file_name().unwrap_or_default().as_bytes();
        let mut prefix = OsString::from(".");
        prefix.push(OsString::from_vec(
            name[..name.len().min(LONGEST_STEM)].to_vec(),
        ));
        prefix.push(".");
        // Made with O_EXCL and 0600: nobody can read a secret before the final mode is set.
        let mut temporary = tempfile::Builder::new()
            .prefix(&prefix)
            .suffix(".tmp")
            .tempfile_in(folder)?;
        let file = temporary.as_file_mut();
        file.write_all(self.text.as_bytes())?;
        file.set_permissions(Permissions::from_mode(self.mode))?;
        file.sync_all()?;
        file.rewind()?;
        let mut read_back = zeroize::Zeroizing::new(Vec::new());
        file.read_to_end(&mut read_back)?;
        if *read_back != self.text.as_bytes() {
            return Err(io::Error::other(
                "what was read back is not what was written",
            ));
        }
        Ok(temporary)
    }

    fn replace(&self, temporary: NamedTempFile) -> Result<(), Failed> {
        let Some(expected) = &self.found else {
            // Refuses to replace: a file that appeared since was never shown.
            return match temporary.persist_noclobber(&self.target) {
                Ok(_) => Ok(()),
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                    Err(Failed::changed(&self.target, false))
                }
                Err(error) => Err(Failed::unchanged(&self.target, error.error)),
            };
        };
        // A last look: writing the temporary file took time on a slow disk.
        match self.target.symlink_metadata() {
            Ok(now) if expected.looks_like(&now) => {}
            _ => return Err(Failed::changed(&self.target, true)),
        }
        match temporary.persist(&self.target) {
            Ok(_) => Ok(()),
            Err(error) => Err(Failed::unchanged(&self.target, error.error)),
        }
    }

    fn written(&self, durable: io::Result<()>) -> Written {
        let problem = durable.err().map(|error| {
            let Cause { cause, .. } = Cause::of(&error, &self.target);
            Problem::warning(format!("Written, durability unknown. {cause}"))
                .hint("The new file is in place. Look at it again after the next restart of this machine.")
                .in_file(&self.target, None)
        });
        Written {
            path: self.target.clone(),
            lines: self.lines,
            mode: self.mode,
            problem,
        }
    }
}

/// Folders made on the way, taken away again unless the write succeeds.
#[derive(Default)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        match DirBuilder::new().mode(0o755).create(folder) {
            Ok(()) => {
                self.0.push(folder.to_owned());
                // The umask may have taken away what the services need to get in.
                fs::set_permissions(folder, Permissions::from_mode(0o755))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn keep(mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.0)
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Only removes what is empty, so nothing of anybody else's is lost.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_folder_sync_is_told_and_still_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vapora.toml");
        let plan = Plan::new(&file, None, "a = 1\n".into(), false).unwrap();
        assert_eq!(plan.written(Ok(())).problem, None);
        let written = plan.written(Err(io::Error::from(rustix::io::Errno::IO)));
        let sentence = written.problem.unwrap().sentence();
        assert!(
            sentence.starts_with("Written, durability unknown. The system says: "),
            "{sentence}"
        );
    }

    #[test]
    fn folders_of_a_failed_write_are_taken_away_again() {
        let root = tempfile::tempdir().unwrap();
        let outer = root.path().join("a");
        let mut folders = NewFolders::default();
        folders.make(&outer).unwrap();
        folders.make(&outer.join("b")).unwrap();
        drop(folders);
        assert!(!outer.exists());
    }
}
