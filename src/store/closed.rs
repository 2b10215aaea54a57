//! Whether this user may make and remove files at a place, asked before anything is tried, and what would open it.
//! Leaves to others: what is done there (`write`, `gone`), other refusals of the system (`cause`).

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD};
use rustix::io::Errno;

use super::plan::shell_word;
use super::{generations, owner};

/// A folder in which this user may not write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    pub folder: PathBuf,
    /// The name of the user whose it is.
    pub owner: String,
    /// Is it this user's, who could open it?
    pub own: bool,
}

impl Closed {
    /// The folder that is closed where `file` would be made, replaced or removed: its own, or the nearest that is there.
    #[must_use]
    pub fn at(file: &Path) -> Option<Self> {
        let file = std::path::absolute(file).ok()?;
        let folder = file.ancestors().skip(1).find(|folder| folder.is_dir())?;
        let wanted = Access::WRITE_OK | Access::EXEC_OK;
        let refused = rustix::fs::accessat(CWD, folder, wanted, AtFlags::EACCESS).err()?;
        if refused != Errno::ACCESS {
            return None;
        }
        let user = folder.metadata().ok()?.uid();
        Some(Self {
            owner: owner::user_name(user),
            own: user == rustix::process::geteuid().as_raw(),
            folder: folder.to_owned(),
        })
    }

    /// As [`Self::at`], and where a file that is removed is kept.
    #[must_use]
    pub fn to_removing(file: &Path) -> Option<Self> {
        Self::at(file).or_else(|| Self::at(&generations::folder(file).join("kept")))
    }

    /// The command that opens it to this user.
    #[must_use]
    pub fn opened_by(&self) -> String {
        let folder = shell_word(&self.folder.to_string_lossy());
        if self.own {
            format!("chmod u+wx {folder}")
        } else {
            let user = owner::user_name(rustix::process::geteuid().as_raw());
            format!("sudo chown -R {} {folder}", shell_word(&user))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_for_the_one_who_may_run_it() {
        let closed = |own| Closed {
            folder: "/home/ada/my presets".into(),
            owner: "root".into(),
            own,
        };
        assert_eq!(
            closed(true).opened_by(),
            "chmod u+wx '/home/ada/my presets'"
        );
        let by_root = closed(false).opened_by();
        assert!(by_root.starts_with("sudo chown -R "), "{by_root}");
        assert!(by_root.ends_with(" '/home/ada/my presets'"), "{by_root}");
    }

    #[test]
    fn an_open_folder_and_one_that_is_not_there_yet_are_not_closed() {
        let root = tempfile::tempdir().unwrap();
        for file in ["a.toml", "not/yet/a.toml"] {
            assert_eq!(Closed::at(&root.path().join(file)), None);
            assert_eq!(Closed::to_removing(&root.path().join(file)), None);
        }
    }
}
