//! The names in a folder. Not `std::fs::read_dir`, which panics when the disk refuses to close a folder.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use rustix::fs::{Dir, Mode, OFlags};
use rustix::io::retry_on_intr;

/// Without those of the folder itself and of the one around it.
pub(super) fn in_folder(folder: &Path) -> io::Result<Vec<OsString>> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let open = retry_on_intr(|| rustix::fs::open(folder, flags, Mode::empty()))?;
    let mut names = Vec::new();
    for entry in Dir::new(open)? {
        let name = entry?.file_name().to_bytes().to_vec();
        if name != b"." && name != b".." {
            names.push(OsString::from_vec(name));
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_once() {
        let room = tempfile::tempdir().unwrap();
        assert_eq!(in_folder(room.path()).unwrap(), Vec::<OsString>::new());
        std::fs::write(room.path().join("a"), "").unwrap();
        std::fs::create_dir(room.path().join(".b")).unwrap();
        let mut names = in_folder(room.path()).unwrap();
        names.sort();
        assert_eq!(names, [".b", "a"]);
        let gone = in_folder(&room.path().join("c")).unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
    }
}
