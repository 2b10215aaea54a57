//! What a write would do, worked out without changing anything, to be shown before it is done.
//! Leaves to others: doing it (`write`).

use std::fmt;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cause::Cause;
use super::{Found, generations, kernel, owner, target};
use crate::problem::Problem;

/// The mode of a file that was not there before.
const NEW_MODE: u32 = 0o644;

/// What a write would do to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    Changed,
    /// Text and mode are there already: nothing to do.
    Same,
}

/// One file to be written. Nothing about it changes until [`Plan::write`].
pub struct Plan {
    /// The path that was asked for.
    pub file: PathBuf,
    /// The file that will be replaced, behind all links.
    pub target: PathBuf,
    /// Folders that will be made, with mode 0755 unless they are private, the outermost first.
    pub folders: Vec<PathBuf>,
    pub outcome: Outcome,
    /// Lines of the new text.
    pub lines: usize,
    /// Permission bits it will have.
    pub mode: u32,
    /// Does the text hold a secret in clear? Then the mode is the owner's alone.
    pub clear_secrets: bool,
    /// Permission bits it has, when it is there.
    pub mode_before: Option<u32>,
    /// Whose it will be: `user:group`.
    pub owner: String,
    /// Whose it is, when it cannot stay that.
    pub owner_before: Option<String>,
    /// Other names of the same file (hard links), which keep the old text.
    pub other_names: u64,
    pub(super) text: Zeroizing<Vec<u8>>,
    pub(super) found: Option<super::Fingerprint>,
    pub(super) keeping: Option<Keeping>,
    pub(super) check: Option<Check>,
    /// Permission bits of the folders that are made.
    pub(super) folder_mode: u32,
}

/// How the version that is replaced is kept.
#[derive(Clone, Debug)]
pub(super) struct Keeping {
    pub profile: Option<String>,
    pub most: usize,
}

/// Does what was read back from disk say what was planned? Else what it says instead, in one sentence.
pub type Check = Box<dyn Fn(&[u8]) -> Result<(), String> + Send + Sync>;

impl Plan {
    /// Plans to write `text` to `file`. `found` is what [`super::read`] gave for it; `clear_secrets` says that the
    /// text holds a secret in clear, which takes group and others out of the mode.
    ///
    /// # Errors
    /// A problem when the write cannot succeed: the target is no regular file, its folder cannot be made or written
    /// by this user (the hint is then the `sudo install` line), or its file system is read-only.
    pub fn new(
        file: &Path,
        found: Option<&Found>,
        text: String,
        clear_secrets: bool,
    ) -> Result<Self, Problem> {
        let before = found.map_or(NEW_MODE, |found| found.mode);
        let mode = before & if clear_secrets { 0o700 } else { 0o777 };
        Ok(Self {
            clear_secrets,
            ..Self::with_mode(file, found, text.into_bytes(), mode)?
        })
    }

    /// Plans to write exactly these bytes with exactly this mode, and has them compared when they are on disk.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub fn exactly(
        file: &Path,
        found: Option<&Found>,
        bytes: Vec<u8>,
        mode: u32,
    ) -> Result<Self, Problem> {
        let wanted = Sha256::digest(&bytes);
        let check = move |read: &[u8]| {
            let same = Sha256::digest(read) == wanted;
            same.then_some(())
                .ok_or_else(|| "it would not be read back as it was kept".to_owned())
        };
        let plan = Self::with_mode(file, found, bytes, mode & 0o777)?;
        Ok(plan.checked(Box::new(check)))
    }

    fn with_mode(
        file: &Path,
        found: Option<&Found>,
        text: Vec<u8>,
        mode: u32,
    ) -> Result<Self, Problem> {
        let target = target::resolve(file)?;
        let there = match fs::symlink_metadata(&target) {
            Ok(there) => {
                target::must_be_file(&target, &there)?;
                Some(there)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Cause::of(&error, &target).problem(file)),
        };
        let mode_before = found.map(|found| found.mode);
        let (folder, folders) = folders_to_make(&target)?;
        may_write(&folder, &target, mode, !folders.is_empty())?;
        let outcome = match found {
            None => Outcome::New,
            Some(found) if found.bytes == text && found.mode == mode => Outcome::Same,
            Some(_) => Outcome::Changed,
        };
        let (owner, owner_before) = match &there {
            Some(there) => owner::after_replacing(there, &folder),
            None => (owner::of_new_file(&folder), None),
        };
        Ok(Self {
            file: file.to_owned(),
            folders,
            outcome,
            lines: text.split_inclusive(|byte| *byte == b'\n').count(),
            mode,
            clear_secrets: false,
            mode_before,
            owner,
            owner_before,
            other_names: there.map_or(0, |there| there.nlink().saturating_sub(1)),
            text: Zeroizing::new(text),
            found: found.map(|found| found.fingerprint.clone()),
            target,
            keeping: None,
            check: None,
            folder_mode: 0o755,
        })
    }

    /// Keeps the version that is replaced as a generation, the newest `most` of them, and lets nobody else write
    /// beside it meanwhile. `profile` is what the new text builds on.
    ///
    /// # Errors
    /// A problem when this user may not write where generations are kept.
    pub fn keeping(mut self, profile: Option<&str>, most: usize) -> Result<Self, Problem> {
        let folder = generations::folder(&self.target);
        let there = folder.ancestors().take(3).find(|folder| folder.is_dir());
        if let Some(folder) = there {
            may_keep(folder, &self.target)?;
        }
        self.keeping = Some(Keeping {
            profile: profile.map(str::to_owned),
            most,
        });
        Ok(self)
    }

    /// Has what was read back from disk judged before the file is replaced.
    #[must_use]
    pub fn checked(mut self, check: Check) -> Self {
        self.check = Some(check);
        self
    }

    /// Makes the folders that are missing for this user alone, with mode 0700.
    #[must_use]
    pub fn in_private_folders(mut self) -> Self {
        self.folder_mode = 0o700;
        self
    }

    /// What is worth knowing before it is written, a sentence each.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        if self.outcome != Outcome::Changed {
            return Vec::new();
        }
        let owner = self.owner_before.as_ref().map(|before| {
            let after = &self.owner;
            format!(
                "It belongs to {before} and will belong to {after}: this user may not give it back."
            )
        });
        let names = match self.other_names {
            0 => None,
            1 => Some("It has another name (a hard link), which keeps the old text.".to_owned()),
            n => Some(format!(
                "It has {n} other names (hard links), which keep the old text."
            )),
        };
        owner.into_iter().chain(names).collect()
    }

    /// Will the mode differ from what it is now?
    #[must_use]
    pub fn mode_changes(&self) -> bool {
        self.mode_before.is_some_and(|before| before != self.mode)
    }

    /// All that would be written. It may hold secrets in clear.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }
}

/// Without the text: it may hold secrets.
impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("target", &self.target)
            .field("folders", &self.folders)
            .field("outcome", &self.outcome)
            .field("lines", &self.lines)
            .field("mode", &format_args!("{:04o}", self.mode))
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

/// The nearest folder that is there, and those between it and the target that are not.
fn folders_to_make(target: &Path) -> Result<(PathBuf, Vec<PathBuf>), Problem> {
    let mut missing = Vec::new();
    for folder in target.ancestors().skip(1) {
        match fs::metadata(folder) {
            Ok(there) if there.is_dir() => {
                missing.reverse();
                return Ok((folder.to_owned(), missing));
            }
            Ok(_) => {
                return Err(Cause::of(&io::ErrorKind::NotADirectory.into(), target).problem(target));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if folder.symlink_metadata().is_ok() {
                    return Err(Problem::error("Its folder is a link that leads nowhere.")
                        .hint("Make the folder that the link names, or choose another.")
                        .in_file(target, None));
                }
                missing.push(folder.to_owned());
            }
            Err(error) => return Err(Cause::of(&error, target).problem(target)),
        }
    }
    Err(Cause::of(&io::ErrorKind::NotFound.into(), target).problem(target))
}

fn may_write(folder: &Path, target: &Path, mode: u32, deep: bool) -> Result<(), Problem> {
    if let Some(problem) = kernel::owns(folder, target) {
        return Err(problem);
    }
    let wanted = Access::WRITE_OK | Access::EXEC_OK;
    let Err(errno) = rustix::fs::accessat(CWD, folder, wanted, AtFlags::EACCESS) else {
        return Ok(());
    };
    let error = io::Error::from(errno);
    // EPERM is no question of who asks: the folder is marked immutable, say.
    if errno != rustix::io::Errno::ACCESS {
        return Err(Cause::of(&error, target).problem(target));
    }
    // The file keeps its owner; a new one gets its folder's.
    let whose = target.metadata().or_else(|_| folder.metadata());
    let (user, group) = whose.map_or_else(
        |_| ("root".to_owned(), "root".to_owned()),
        |found| {
            (
                owner::user_name(found.uid()),
                owner::group_name(found.gid()),
            )
        },
    );
    let line = install_line(target, mode, &user, &group, deep);
    Err(
        Problem::error(format!("This user may not write in {}.", shown(folder)))
            .hint(format!(
                "Write to a file of your own, then run in its folder: {line}"
            ))
            .in_file(target, None),
    )
}

/// Asked before the review: a refusal after it would come too late.
fn may_keep(folder: &Path, target: &Path) -> Result<(), Problem> {
    let wanted = Access::WRITE_OK | Access::EXEC_OK;
    let Err(errno) = rustix::fs::accessat(CWD, folder, wanted, AtFlags::EACCESS) else {
        return Ok(());
    };
    let whose = folder.metadata().map_or_else(
        |_| "somebody else".to_owned(),
        |found| owner::user_name(found.uid()),
    );
    let refusal = match io::Error::from(errno) {
        error if error.kind() == io::ErrorKind::PermissionDenied => Problem::error(format!(
            "The old version cannot be kept: this user may not write in {}, which belongs to {whose}.",
            shown(folder)
        ))
        .hint("Have that folder made writable, or write to another file."),
        error => Cause::of(&error, folder).problem(target),
    };
    Err(refusal.in_file(target, None))
}

fn install_line(target: &Path, mode: u32, user: &str, group: &str, deep: bool) -> String {
    let name = target.file_name().unwrap_or(target.as_os_str());
    let folders = if deep { "-D " } else { "" };
    format!(
        "sudo install {folders}-m {mode:04o} -o {user} -g {group} {} {}",
        shell_word(&name.to_string_lossy()),
        shell_word(&target.to_string_lossy())
    )
}

/// A path as one word of a shell line.
pub(super) fn shell_word(text: &str) -> String {
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "/._-+=:,@".contains(c));
    if plain && !text.starts_with('-') {
        return text.to_owned();
    }
    let dashed = if text.starts_with('-') { "./" } else { "" };
    format!("'{dashed}{}'", text.replace('\'', "'\\''"))
}

fn shown(path: &Path) -> String {
    crate::clean::line(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_install_line_can_be_pasted() {
        for (target, mode, deep, expected) in [
            (
                "/etc/vapora/vapora.toml",
                0o644,
                false,
                "sudo install -m 0644 -o root -g vapora vapora.toml /etc/vapora/vapora.toml",
            ),
            (
                "/srv/it's here/v.toml",
                0o600,
                true,
                "sudo install -D -m 0600 -o root -g vapora v.toml '/srv/it'\\''s here/v.toml'",
            ),
            (
                "/etc/-v.toml",
                0o640,
                false,
                "sudo install -m 0640 -o root -g vapora './-v.toml' /etc/-v.toml",
            ),
        ] {
            let line = install_line(Path::new(target), mode, "root", "vapora", deep);
            assert_eq!(line, expected);
        }
    }
}
