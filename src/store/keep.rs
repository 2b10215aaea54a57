//! Keeps the version that a write replaces as a generation, notes the new one, and removes the surplus.
//! What was kept for a write that then failed is taken away again. Leaves to others: reading them (`generations`).

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::about::About;
use super::alike::Alike;
use super::beside::{self, Made};
use super::generations::{self, Entry};
use super::{Found, owner, temporary};

/// A file that is about to be replaced.
pub(super) struct Old {
    pub found: Found,
    pub file: File,
    pub alike: Alike,
}

/// What was kept for one write.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
    /// The number of the version that is being written.
    pub number: u32,
    made: Made,
}

impl Kept {
    /// Keeps `old` and notes what is known of the new version. Everything is on disk then.
    ///
    /// # Errors
    /// With the path at which it failed.
    pub fn new(
        target: &Path,
        old: Option<&Old>,
        new: &About,
    ) -> Result<Self, (PathBuf, io::Error)> {
        Self::of(target, old, Some(new))
    }

    /// Keeps `old`, in whose place nothing comes.
    ///
    /// # Errors
    /// With the path at which it failed.
    pub fn of_removed(target: &Path, old: &Old) -> Result<Self, (PathBuf, io::Error)> {
        Self::of(target, Some(old), None)
    }

    fn of(
        target: &Path,
        old: Option<&Old>,
        new: Option<&About>,
    ) -> Result<Self, (PathBuf, io::Error)> {
        let folder = generations::folder(target);
        let at = |error| (folder.clone(), error);
        let mut made = Made::default();
        made.beside(target).map_err(at)?;
        if let Some(around) = folder.parent() {
            made.folder(around).map_err(at)?;
        }
        made.folder(&folder).map_err(at)?;
        temporary::clean(&folder);
        let entries = generations::entries(&folder).map_err(at)?;
        let newest = generations::newest(&entries);
        // A write that was killed before it came to the file has kept it already.
        let again = old.is_some_and(|old| {
            let about = entries.get(&newest).and_then(|entry| entry.about.as_ref());
            let about = about.and_then(|file| generations::about_in(file));
            about.is_some_and(|about| about.is_of(&old.found) && about.mode == old.found.mode)
        });
        let present = if again { newest } else { newest + 1 };
        let mut kept = Self {
            folder: folder.clone(),
            number: present + u32::from(old.is_some()),
            made,
        };
        let old = old.filter(|_| !again);
        kept.fill(target, old, new, present, &entries).map_err(at)?;
        Ok(kept)
    }

    fn fill(
        &mut self,
        target: &Path,
        old: Option<&Old>,
        new: Option<&About>,
        present: u32,
        entries: &BTreeMap<u32, Entry>,
    ) -> io::Result<()> {
        if let Some(old) = old {
            let (text, note) = generations::names(target, present);
            let noted = entries.get(&present).and_then(|entry| entry.about.as_ref());
            let about = noted.and_then(|file| generations::about_in(file));
            let about = about.filter(|about| about.is_of(&old.found));
            match about {
                Some(about) if about.mode == old.found.mode => {}
                Some(about) => {
                    // Its mode was changed since; that holds also when this write fails.
                    let mode = old.found.mode;
                    self.put_note(&note, &About { mode, ..about })?;
                }
                None => {
                    let owner = old.file.metadata()?;
                    let about = About::of(&old.found, &owner::names(owner.uid(), owner.gid()));
                    let place = self.put_note(&note, &about)?;
                    self.made.file(&place);
                }
            }
            let place = self.put(text.as_ref(), &old.found.bytes, false, |file| {
                let mode = old.found.mode;
                let differs = old.alike.put_on(file, mode)?;
                // Never open to more people than the file itself.
                if differs.opens() {
                    file.set_permissions(Permissions::from_mode(mode & 0o700))?;
                }
                Ok(())
            })?;
            self.made.file(&place);
        }
        if let Some(new) = new {
            let (_, note) = generations::names(target, self.number);
            let place = self.put_note(&note, new)?;
            self.made.file(&place);
        }
        File::open(&self.folder)?.sync_all()?;
        // Whoever made the folders around it may have died before they were on disk.
        for around in self.folder.ancestors().skip(1).take(3) {
            File::open(around)?.sync_all()?;
        }
        Ok(())
    }

    fn put_note(&self, name: &str, about: &About) -> io::Result<PathBuf> {
        let folder = &self.folder;
        self.put(name.as_ref(), about.text().as_bytes(), true, |file| {
            beside::given_over(file, folder)?;
            file.set_permissions(Permissions::from_mode(about.mode | 0o600))
        })
    }

    fn put(
        &self,
        name: &OsStr,
        bytes: &[u8],
        replace: bool,
        dress: impl FnOnce(&File) -> io::Result<()>,
    ) -> io::Result<PathBuf> {
        let place = self.folder.join(name);
        let (temporary, ()) = temporary::make(&self.folder, name, bytes, dress)?;
        temporary::put(temporary, &place, replace)?;
        Ok(place)
    }

    /// The write succeeded: all of it stays, but for what is more than `most` versions.
    pub fn keep(mut self, most: usize) -> io::Result<()> {
        self.made.keep();
        remove_surplus(&self.folder, most)
    }
}

/// Removes all but the newest `most` versions, and notes about versions that nobody kept.
fn remove_surplus(folder: &Path, most: usize) -> io::Result<()> {
    let entries = generations::entries(folder)?;
    let newest = generations::newest(&entries);
    let texts = entries
        .iter()
        .rev()
        .filter(|(_, entry)| entry.text.is_some());
    let oldest = texts
        .take(most)
        .last()
        .map_or(newest + 1, |(number, _)| *number);
    for (number, entry) in &entries {
        // The one behind the newest is about the file itself.
        if *number >= oldest && (entry.text.is_some() || *number == newest + 1) {
            continue;
        }
        if *number > newest {
            continue;
        }
        for file in [&entry.text, &entry.about].into_iter().flatten() {
            match fs::remove_file(file) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}
