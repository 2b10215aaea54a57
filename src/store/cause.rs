//! Sentences for what the operating system refused: why, and what to do now.

use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use crate::clean;
use crate::problem::Problem;

/// Why something failed, and the remedy; each is one or more whole sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cause {
    pub cause: String,
    pub remedy: String,
}

impl Cause {
    /// For an error met while reading or writing `path`.
    pub fn of(error: &io::Error, path: &Path) -> Self {
        let folder = path.parent().unwrap_or(path);
        let at = |path: &Path| clean::line(&path.to_string_lossy());
        let (cause, remedy) = match error.kind() {
            ErrorKind::StorageFull => {
                let disk = at(&mount_point(folder));
                (
                    format!("The disk at {disk} is full."),
                    format!("Free space on {disk}, then write again."),
                )
            }
            ErrorKind::QuotaExceeded => {
                let disk = at(&mount_point(folder));
                (
                    format!("Your disk quota on {disk} is used up."),
                    "Remove files of yours there, or have the quota raised.".to_owned(),
                )
            }
            ErrorKind::ReadOnlyFilesystem => {
                let disk = at(&mount_point(folder));
                (
                    format!("The file system at {disk} is mounted read-only."),
                    format!("Have {disk} mounted writable, or write to another file."),
                )
            }
            ErrorKind::PermissionDenied if Errno::from_io_error(error) == Some(Errno::PERM) => (
                "The system does not permit it, whatever the file's mode says.".to_owned(),
                "It may be marked immutable (see lsattr), or belong to another user in a shared folder.".to_owned(),
            ),
            ErrorKind::PermissionDenied => (
                format!("This user may not do that in {}.", at(folder)),
                "Use another file, or a user who may.".to_owned(),
            ),
            ErrorKind::IsADirectory => (
                format!("{} is a folder.", at(path)),
                "Name a file in it, for example vapora.toml.".to_owned(),
            ),
            ErrorKind::NotADirectory => (
                format!("A part of {} is a file, not a folder.", at(folder)),
                "Choose another folder.".to_owned(),
            ),
            ErrorKind::ResourceBusy => (
                format!("{} is a mount of its own, as when one file is mounted into a container.", at(path)),
                "Mount its folder instead of the single file, or write the file on the host.".to_owned(),
            ),
            ErrorKind::InvalidFilename => (
                "The file's name is too long for this file system.".to_owned(),
                "Choose a shorter name.".to_owned(),
            ),
            ErrorKind::NotFound => (
                format!("{} is not there.", at(folder)),
                "Make the folder, or choose another.".to_owned(),
            ),
            _ => (
                format!("The system says: {}.", clean::line(&error.to_string())),
                "Correct that, then try again.".to_owned(),
            ),
        };
        Self { cause, remedy }
    }

    pub fn problem(self, path: &Path) -> Problem {
        Problem::error(self.cause)
            .hint(self.remedy)
            .in_file(path, None)
    }
}

/// The topmost folder on the same device.
fn mount_point(folder: &Path) -> PathBuf {
    let device = |path: &Path| path.metadata().ok().map(|found| found.dev());
    let mut ancestors = folder.ancestors().skip_while(|path| device(path).is_none());
    let Some(mut top) = ancestors.next() else {
        return folder.to_owned();
    };
    let own = device(top);
    for above in ancestors {
        if device(above) != own {
            break;
        }
        top = above;
    }
    top.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_cause_and_a_remedy() {
        let path = Path::new("/etc/vapora/vapora.toml");
        for (errno, cause, remedy) in [
            (Errno::NOSPC, "is full", "Free space on /"),
            (Errno::DQUOT, "quota", "quota raised"),
            (Errno::ROFS, "read-only", "writable"),
            (
                Errno::ACCESS,
                "may not do that in /etc/vapora.",
                "Use another file",
            ),
            (Errno::PERM, "does not permit", "lsattr"),
            (Errno::ISDIR, "is a folder", "Name a file"),
            (Errno::NOTDIR, "is a file, not a folder", "another folder"),
            (Errno::BUSY, "mount of its own", "Mount its folder"),
            (Errno::NAMETOOLONG, "too long", "shorter"),
            (Errno::IO, "The system says: ", "try again"),
        ] {
            let found = Cause::of(&io::Error::from(errno), path);
            assert!(found.cause.contains(cause), "{found:?}");
            assert!(found.remedy.contains(remedy), "{found:?}");
        }
    }

    #[test]
    fn a_mount_point_holds_the_path() {
        assert_eq!(mount_point(Path::new("/")), Path::new("/"));
        assert_eq!(
            mount_point(Path::new("/proc/self/nothing")),
            Path::new("/proc")
        );
    }
}
