//! "This file is open in a wizard": a claim that others can read, and that keeps nobody from writing.
//! It ends with its process, however that ends. Leaves to others: the lock of one write (`lock`).

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::beside::{self, Made};
use super::cause::Cause;
use super::holder::Holder;
use super::{lock, target};
use crate::problem::Problem;

/// Ends when it is dropped.
#[derive(Debug)]
pub struct Claim {
    file: File,
    made: Made,
    target: PathBuf,
}

impl Drop for Claim {
    fn drop(&mut self) {
        // What was made for it goes while it is still held: then it is nobody else's.
        self.made = Made::default();
        beside::tidy(&self.target);
    }
}

/// What became of a claim.
#[derive(Debug)]
pub enum Claimed {
    Ours(Claim),
    /// Somebody has the file open already; he may not have said who he is.
    Held(Option<Holder>),
    /// Its folder is not there yet, and is not made only for this.
    NoFolder,
}

/// Claims the file that `file` leads to for this process.
///
/// # Errors
/// A problem when nothing can be noted beside it, as on a read-only file system. Working on is safe all the same: a
/// write compares before it replaces.
pub fn claim(file: &Path) -> Result<Claimed, Problem> {
    let target = target::resolve(file)?;
    if !target.parent().is_some_and(Path::is_dir) {
        return Ok(Claimed::NoFolder);
    }
    if let Ok(there) = target.symlink_metadata() {
        // Nothing is put beside a device.
        target::must_be_file(&target, &there)?;
    }
    let path = path(&target);
    let refuse = |error| Cause::of(&error, &path).problem(file);
    loop {
        let mut made = Made::default();
        made.beside(&target).map_err(refuse)?;
        let open = match lock::open(&path, &mut made) {
            Ok(open) => open,
            // Another one ended and took its folder away.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(refuse(error)),
        };
        match lock::try_lock(&open).map_err(refuse)? {
            false => {
                made.keep();
                return Ok(Claimed::Held(lock::holder(&path)));
            }
            true if lock::is_at(&open, &path) => {
                made.file(&path);
                let mut claim = Claim {
                    file: open,
                    made,
                    target,
                };
                let text = Holder::this().text();
                // Whoever reads it can do without.
                let _ = claim.file.set_len(0);
                let _ = claim.file.write_all(text.as_bytes());
                return Ok(Claimed::Ours(claim));
            }
            // The one before ended meanwhile and took its file along.
            true => {}
        }
    }
}

/// Who has the file open in a wizard now; `None` when nobody has, or nobody who says so.
#[must_use]
pub fn claimed_by(file: &Path) -> Option<Holder> {
    let target = target::resolve(file).ok()?;
    let path = path(&target);
    lock::is_locked(&path).then(|| lock::holder(&path))?
}

fn path(target: &Path) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    // As a name of its own it is at most as long as the file's.
    if name.len() + 5 <= 255 {
        name.push(".open");
    }
    beside::folder(target).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_second_one_is_told_by_whom_it_is_held() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("vapora.toml");
        let link = room.path().join("link.toml");
        std::os::unix::fs::symlink("vapora.toml", &link).unwrap();
        assert_eq!(claimed_by(&file), None);
        let Claimed::Ours(first) = claim(&file).unwrap() else {
            panic!("nobody else is there");
        };
        for path in [&file, &link] {
            match claim(path).unwrap() {
                Claimed::Held(Some(holder)) => assert_eq!(holder.pid, std::process::id()),
                other => panic!("{other:?}"),
            }
            assert!(claimed_by(path).is_some());
        }
        let other = claim(&room.path().join("other.toml")).unwrap();
        assert!(matches!(other, Claimed::Ours(_)), "{other:?}");
        drop(other);
        drop(first);
        assert_eq!(claimed_by(&file), None);
        assert!(matches!(claim(&file).unwrap(), Claimed::Ours(_)));
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1, "the link");
    }

    #[test]
    fn nothing_is_put_beside_what_is_no_file() {
        let room = tempfile::tempdir().unwrap();
        let pipe = room.path().join("pipe");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, 0o600.into()).unwrap();
        claim(&pipe).unwrap_err();
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }

    #[test]
    fn no_folder_is_made_for_it() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("config/vapora.toml");
        assert!(matches!(claim(&file).unwrap(), Claimed::NoFolder));
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0);
    }
}
