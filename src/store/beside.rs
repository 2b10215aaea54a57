//! The folder `.vapora-tui` beside an output file: lock, claims and generations lie in it.
//! Leaves to others: what lies in it (`lock`, `claim`, `keep`).

use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use super::names;

pub(super) const NAME: &str = ".vapora-tui";

/// Old texts may hold secrets: they belong in no repository.
const IGNORE: &str = ".gitignore";

/// The folder beside this file. It need not be there.
pub(super) fn folder(target: &Path) -> PathBuf {
    target.with_file_name(NAME)
}

/// What was made on the way, taken away again unless it is kept.
#[derive(Debug, Default)]
pub(super) struct Made(Vec<PathBuf>);

impl Made {
    /// Makes the folder beside `target` when there is none.
    ///
    /// # Errors
    /// When it cannot be made, or when what is there is a link or a file: it would lead the writer astray.
    pub fn beside(&mut self, target: &Path) -> io::Result<PathBuf> {
        let folder = folder(target);
        if self.folder(&folder)? {
            let ignore = folder.join(IGNORE);
            let mut file = File::options()
                .write(true)
                .create_new(true)
                .mode(0o644)
                .open(&ignore)?;
            self.0.push(ignore);
            file.write_all(b"*\n")?;
            given_over(&file, &folder)?;
        }
        Ok(folder)
    }

    /// Makes one folder, as open as the folder around it; `false` when it is there already.
    pub fn folder(&mut self, folder: &Path) -> io::Result<bool> {
        let around = folder.parent().unwrap_or(Path::new("/"));
        match DirBuilder::new().mode(0o700).create(folder) {
            Ok(()) => self.0.push(folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return if fs::symlink_metadata(folder)?.is_dir() {
                    Ok(false)
                } else {
                    let name = crate::clean::line(&folder.to_string_lossy());
                    Err(io::Error::other(format!(
                        "{name} should be a folder and is a link or a file"
                    )))
                };
            }
            Err(error) => return Err(error),
        }
        let open = File::open(folder)?;
        given_over(&open, around)?;
        let mode = mode_within(&fs::metadata(around)?) | open.metadata()?.mode() & 0o2000;
        open.set_permissions(Permissions::from_mode(mode))?;
        Ok(true)
    }

    pub fn file(&mut self, file: &Path) {
        self.0.push(file.to_owned());
    }

    /// Makes all that was made so far last.
    pub fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            // Others may have put something in meanwhile.
            if path.file_name().is_some_and(|name| name == IGNORE) && !is_alone(path) {
                continue;
            }
            // A folder goes only when it is empty, so nothing of anybody else's is lost.
            let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
        }
    }
}

/// Takes the folder beside `target` away when nothing is in it any more; what others put in stays.
pub(super) fn tidy(target: &Path) {
    let folder = folder(target);
    let ignore = folder.join(IGNORE);
    if is_alone(&ignore) && ignore.symlink_metadata().is_ok() {
        // Whoever needs it makes it again.
        let _ = fs::remove_file(&ignore).and_then(|()| fs::remove_dir(&folder));
    }
}

fn is_alone(path: &Path) -> bool {
    let names = path.parent().map(names::in_folder);
    matches!(names, Some(Ok(names)) if names.len() == 1)
}

/// Who may write in a folder may write in those of ours within it; where everybody may, only the owner.
fn mode_within(around: &Metadata) -> u32 {
    if around.mode() & 0o1002 == 0 {
        around.mode() & 0o775 | 0o700
    } else {
        0o700
    }
}

/// What root makes in another user's folder is that user's, who could not write there any more otherwise.
pub(super) fn given_over(made: &File, around: &Path) -> io::Result<()> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let (around, own) = (fs::metadata(around)?, made.metadata()?);
    if (around.uid(), around.gid()) == (own.uid(), own.gid()) {
        return Ok(());
    }
    match fchown(made, Some(around.uid()), Some(around.gid())) {
        // Root of a container, which may not.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_as_open_as_its_place() {
        let root = tempfile::tempdir().unwrap();
        for (mode, expected) in [
            (0o755, 0o755),
            (0o775, 0o775),
            (0o700, 0o700),
            (0o2775, 0o2775),
            (0o1777, 0o700),
        ] {
            let place = root.path().join(format!("{mode:o}"));
            fs::create_dir(&place).unwrap();
            fs::set_permissions(&place, Permissions::from_mode(mode)).unwrap();
            let mut made = Made::default();
            let folder = made.beside(&place.join("v.toml")).unwrap();
            assert_eq!(
                folder.metadata().unwrap().mode() & 0o7777,
                expected,
                "{mode:o}"
            );
            assert_eq!(fs::read_to_string(folder.join(IGNORE)).unwrap(), "*\n");
            let mut again = Made::default();
            again.beside(&place.join("v.toml")).unwrap();
            assert!(again.0.is_empty());
            drop(made);
            assert!(!folder.exists());
        }
    }

    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = root.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, root.path().join(NAME)).unwrap();
        let error = Made::default()
            .beside(&root.path().join("v.toml"))
            .unwrap_err();
        assert!(error.to_string().contains("is a link or a file"), "{error}");
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    }
}
