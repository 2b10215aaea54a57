//! Carries a plan out so that the file is at every moment either the old or the new one, whole.

use std::fs::{self, DirBuilder, File, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::about::About;
use super::alike::{Alike, Differs};
use super::cause::Cause;
use super::keep::{Kept, Old};
use super::lock::Lock;
use super::plan::Keeping;
use super::{Failed, Note, Outcome, Plan, found, target, temporary};
use crate::problem::Problem;

/// A file that now holds what was planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub path: PathBuf,
    pub lines: usize,
    /// Permission bits.
    pub mode: u32,
    /// Which version of the file this is, when versions are kept.
    pub generation: Option<u32>,
    /// What did not go as it should though the new file is in place. "Written, durability unknown": it might be lost
    /// if power failed now.
    pub problems: Vec<Problem>,
}

impl Plan {
    /// As [`Self::write_noted`], without a note.
    ///
    /// # Errors
    /// [`Failed`].
    pub fn write(&self) -> Result<Written, Failed> {
        self.write_noted(&Note::default())
    }

    /// Writes as planned, unless the file is no longer what was read. [`Outcome::Same`] writes nothing. `note` is kept
    /// with the generation, where generations are kept.
    ///
    /// # Errors
    /// [`Failed`], and then the file is unchanged and neither temporary files nor new folders nor generations are left.
    pub fn write_noted(&self, note: &Note) -> Result<Written, Failed> {
        if self.outcome == Outcome::Same {
            self.compare()?;
            return Ok(self.written(None, Vec::new()));
        }
        // Before anything is made: the comparison that counts comes when the lock is held.
        self.compare()?;
        let unchanged = |error| Failed::unchanged(&self.target, error);
        let mut folders = NewFolders::default();
        for folder in &self.folders {
            folders.make(folder, self.folder_mode).map_err(unchanged)?;
        }
        let folder = self.target.parent().unwrap_or(Path::new("/"));
        let mut lock = self.keeping.as_ref().map(|_| self.lock()).transpose()?;
        temporary::clean(folder);
        let old = self.compare()?;
        let name = self.target.file_name().unwrap_or_default();
        let dress = |file: &File| {
            if let Some(old) = &old {
                return old.alike.put_on(file, self.mode);
            }
            file.set_permissions(Permissions::from_mode(self.mode))?;
            Ok(Differs::default())
        };
        let (temporary, differs) =
            temporary::make(folder, name, &self.text, dress).map_err(unchanged)?;
        self.check(temporary.path())?;
        let kept = match &self.keeping {
            Some(keeping) => Some((self.keep(keeping, old.as_ref(), note)?, keeping.most)),
            None => None,
        };
        self.replace(temporary)?;
        if let Some(lock) = &mut lock {
            lock.keep();
        }
        let made = folders.keep();
        // The folder's entry counts as written only when the folder itself is.
        let durable = made
            .iter()
            .filter_map(|made| made.parent())
            .chain([folder])
            .try_for_each(|folder| File::open(folder)?.sync_all());
        let generation = kept.as_ref().map(|(kept, _)| kept.number);
        let pruned = kept.map_or(Ok(()), |(kept, most)| kept.keep(most));
        let problems = durable.err().map(|error| self.not_durable(&error));
        let problems = problems.into_iter().chain(self.not_alike(&differs));
        let problems = problems.chain(pruned.err().map(|error| self.not_pruned(&error)));
        Ok(self.written(generation, problems.collect()))
    }

    fn lock(&self) -> Result<Lock, Failed> {
        Lock::take(&self.target).map_err(|not| not.failed(&self.target))
    }

    /// Is the file what was read, and does the path still lead to it? Then it, open.
    fn compare(&self) -> Result<Option<Old>, Failed> {
        let changed = || Err(Failed::changed(&self.target, self.found.is_some()));
        if target::resolve(&self.file).ok().as_ref() != Some(&self.target) {
            return changed();
        }
        let Some(expected) = &self.found else {
            return match self.target.symlink_metadata() {
                Ok(_) => changed(),
                Err(_) => Ok(None),
            };
        };
        let unchanged = |error| Failed::unchanged(&self.target, error);
        let Some((found, file)) = found::still(&self.target, expected).map_err(unchanged)? else {
            return changed();
        };
        let alike = Alike::of(&file).map_err(unchanged)?;
        Ok(Some(Old { found, file, alike }))
    }

    /// What is on disk is judged once more before it takes the file's place.
    fn check(&self, temporary: &Path) -> Result<(), Failed> {
        let Some(check) = &self.check else {
            return Ok(());
        };
        let unchanged = |error| Failed::unchanged(&self.target, error);
        let bytes = zeroize::Zeroizing::new(fs::read(temporary).map_err(unchanged)?);
        check(&bytes).map_err(|why| unchanged(io::Error::other(why)))
    }

    fn keep(&self, keeping: &Keeping, old: Option<&Old>, note: &Note) -> Result<Kept, Failed> {
        let profile = keeping.profile.as_deref();
        let new = About::written(&self.text, self.mode, note, profile);
        Kept::new(&self.target, old, &new)
            .map_err(|(at, error)| Failed::unchanged_at(&self.target, &at, error))
    }

    fn replace(&self, temporary: tempfile::NamedTempFile) -> Result<(), Failed> {
        let Some(expected) = &self.found else {
            // Refuses to replace: a file that appeared since was never shown.
            return match temporary::put(temporary, &self.target, false) {
                Ok(()) => Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    Err(Failed::changed(&self.target, false))
                }
                Err(error) => Err(Failed::unchanged(&self.target, error)),
            };
        };
        // A last look: writing the temporary file took time on a slow disk.
        match self.target.symlink_metadata() {
            Ok(now) if expected.looks_like(&now) => {}
            _ => return Err(Failed::changed(&self.target, true)),
        }
        temporary::put(temporary, &self.target, true)
            .map_err(|error| Failed::unchanged(&self.target, error))
    }

    fn written(&self, generation: Option<u32>, problems: Vec<Problem>) -> Written {
        Written {
            path: self.target.clone(),
            lines: self.lines,
            mode: self.mode,
            generation,
            problems,
        }
    }

    fn not_durable(&self, error: &io::Error) -> Problem {
        let Cause { cause, .. } = Cause::of(error, &self.target);
        Problem::warning(format!("Written, durability unknown. {cause}"))
            .hint("The new file is in place. Look at it again after the next restart of this machine.")
            .in_file(&self.target, None)
    }

    fn not_alike(&self, differs: &Differs) -> Vec<Problem> {
        let warning = |message: String, hint: &str| {
            Problem::warning(message)
                .hint(hint)
                .in_file(&self.target, None)
        };
        // What the plan said already is not said again.
        let owner = differs.owner.as_ref().filter(|owner| **owner != self.owner);
        let owner = owner.map(|owner| {
            warning(
                format!(
                    "Written, but it belongs to {owner} now instead of {}.",
                    self.owner
                ),
                "Have its owner set again with chown by whoever may.",
            )
        });
        let attributes = &differs.attributes;
        let attributes = (!attributes.is_empty()).then(|| {
            warning(
                format!(
                    "Written, but without what the old file had: {}.",
                    attributes.join(", ")
                ),
                "Set it again by whoever may (setfacl, setfattr, restorecon).",
            )
        });
        owner.into_iter().chain(attributes).collect()
    }

    fn not_pruned(&self, error: &io::Error) -> Problem {
        let Cause { cause, remedy } = Cause::of(error, &self.target);
        Problem::warning(format!(
            "Written, but older generations than the newest could not be removed. {cause}"
        ))
        .hint(remedy)
        .in_file(&self.target, None)
    }
}

/// Removes the temporary files that dead processes of this user left beside an output file. Nothing is done while
/// somebody writes there.
pub fn clean_stale(file: &Path) {
    if let Ok(target) = target::resolve(file)
        && !super::lock::is_held(&target)
    {
        temporary::clean(target.parent().unwrap_or(Path::new("/")));
        temporary::clean(&super::generations::folder(&target));
    }
}

/// Folders made on the way, taken away again unless the write succeeds.
#[derive(Default)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    fn make(&mut self, folder: &Path, mode: u32) -> io::Result<()> {
        match DirBuilder::new().mode(mode).create(folder) {
            Ok(()) => {
                self.0.push(folder.to_owned());
                // The umask may have taken away what the services need to get in.
                fs::set_permissions(folder, Permissions::from_mode(mode))
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
        let problem = plan.not_durable(&io::Error::from(rustix::io::Errno::IO));
        let sentence = problem.sentence();
        assert!(
            sentence.starts_with("Written, durability unknown. The system says: "),
            "{sentence}"
        );
    }

    #[test]
    fn what_was_not_kept_of_the_old_file_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vapora.toml");
        let plan = Plan::new(&file, None, "a = 1\n".into(), false).unwrap();
        assert_eq!(plan.not_alike(&Differs::default()), []);
        let mut differs = Differs {
            owner: Some(plan.owner.clone()),
            attributes: vec!["security.selinux".into()],
        };
        let told = plan.not_alike(&differs);
        assert_eq!(told.len(), 1, "the plan said whose it will be");
        assert!(told[0].message.contains("security.selinux"));
        differs.owner = Some("nobody:nogroup".into());
        assert!(
            plan.not_alike(&differs)[0]
                .message
                .contains("nobody:nogroup")
        );
    }

    #[test]
    fn folders_of_a_failed_write_are_taken_away_again() {
        let root = tempfile::tempdir().unwrap();
        let outer = root.path().join("a");
        let mut folders = NewFolders::default();
        folders.make(&outer, 0o755).unwrap();
        folders.make(&outer.join("b"), 0o755).unwrap();
        drop(folders);
        assert!(!outer.exists());
    }
}
