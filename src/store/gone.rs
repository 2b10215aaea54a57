//! Removes a file and keeps what it held as its newest generation, so that it can be brought back.
//! Leaves to others: reading generations (`generations`), what a file of this kind is (`preset`).

use std::io;
use std::path::Path;

use super::alike::Alike;
use super::keep::{Kept, Old};
use super::lock::Lock;
use super::{Failed, Found, found};

/// Removes `file`, which must be as it was `read`. What it held is on disk as its newest generation before it goes; of
/// those the newest `most` stay. A link goes itself, and what it led to is kept.
///
/// # Errors
/// [`Failed`], and then the file is as it was.
pub fn remove_keeping(file: &Path, read: &Found, most: usize) -> Result<(), Failed> {
    let unchanged = |error: io::Error| Failed::unchanged(file, error);
    let place = std::path::absolute(file).map_err(unchanged)?;
    let mut lock = Lock::take(&place).map_err(|not| not.failed(&place))?;
    let still = found::still(&read.target, &read.fingerprint).map_err(unchanged)?;
    let Some((found, open)) = still else {
        return Err(Failed::changed(file, true));
    };
    let alike = Alike::of(&open).map_err(unchanged)?;
    let old = Old {
        found,
        file: open,
        alike,
    };
    let kept = Kept::of_removed(&place, &old)
        .map_err(|(at, error)| Failed::unchanged_at(file, &at, error))?;
    std::fs::remove_file(file).map_err(unchanged)?;
    lock.keep();
    // More than `most` is no harm: the next one removes them.
    let _ = kept.keep(most);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::store::{generations, read};

    #[test]
    fn what_is_removed_is_the_newest_generation_as_it_was() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.toml");
        for (text, mode, kept) in [
            ("one", 0o644, 1),
            // Brought back and removed again it is not kept twice.
            ("one", 0o644, 1),
            ("two", 0o600, 2),
            ("three", 0o600, 2),
        ] {
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
            let found = read(&file).unwrap().unwrap();
            remove_keeping(&file, &found, 2).unwrap();
            assert!(!file.exists());
            let all = generations::list(&file);
            assert_eq!((all.kept.len(), all.problems), (kept, vec![]), "{text}");
            let newest = all.kept[0].read().unwrap();
            assert_eq!((newest.bytes, newest.mode), (text.into(), mode));
            let on_disk = all.kept[0].file.metadata().unwrap().permissions().mode();
            assert_eq!(on_disk & 0o777, mode);
        }
    }

    #[test]
    fn a_file_that_was_changed_stays_and_nothing_is_made() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.toml");
        fs::write(&file, "one").unwrap();
        let found = read(&file).unwrap().unwrap();
        fs::write(&file, "two").unwrap();
        let failed = remove_keeping(&file, &found, 20).unwrap_err();
        assert!(matches!(failed, Failed::ChangedOnDisk { .. }), "{failed}");
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_link_goes_and_what_it_led_to_is_kept() {
        let root = tempfile::tempdir().unwrap();
        let [file, to] = ["a.toml", "b.toml"].map(|name| root.path().join(name));
        fs::write(&to, "one").unwrap();
        std::os::unix::fs::symlink(&to, &file).unwrap();
        let found = read(&file).unwrap().unwrap();
        remove_keeping(&file, &found, 20).unwrap();
        assert!(file.symlink_metadata().is_err());
        assert_eq!(fs::read(&to).unwrap(), b"one");
        let all = generations::list(&file);
        assert_eq!(all.kept[0].read().unwrap().bytes, b"one");
    }
}
