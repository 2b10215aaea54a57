//! Owner, extended attributes and access lists of a file, put on the one that takes its place.
//! Leaves to others: which mode it gets (`plan`), saying what could not be kept (`write`).

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};
use rustix::io::Errno;

use super::owner;
use crate::clean;

const ACCESS_LIST: &str = "system.posix_acl_access";

/// The system gives each file its own: they are about its bytes or inode.
const NOT_OURS: [&str; 2] = ["security.ima", "security.evm"];

/// Attributes are at most 64 KiB each, and so is the list of their names.
const LARGEST: usize = 1 << 16;

/// How a file is, apart from its bytes.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    user: u32,
    group: u32,
    attributes: Vec<(OsString, Vec<u8>)>,
}

/// What the new file has not got of the old one's.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Differs {
    /// Whose it is instead.
    pub owner: Option<String>,
    pub attributes: Vec<String>,
}

impl Differs {
    /// Could somebody read the new file who could not read the old one, though its mode is the same?
    pub fn opens(&self) -> bool {
        self.owner.is_some() || self.attributes.iter().any(|name| name == ACCESS_LIST)
    }
}

impl Alike {
    pub fn of(file: &File) -> io::Result<Self> {
        let found = file.metadata()?;
        Ok(Self {
            user: found.uid(),
            group: found.gid(),
            attributes: attributes(file)?,
        })
    }

    /// Makes `new` like this one, with these permission bits.
    ///
    /// # Errors
    /// When the disk refuses; what this user may not do is told in the result instead.
    pub fn put_on(&self, new: &File, mode: u32) -> io::Result<Differs> {
        let mut differs = Differs::default();
        let now = new.metadata()?;
        if (now.uid(), now.gid()) != (self.user, self.group) {
            differs.owner = self.hand_over(new)?;
        }
        let there = attributes(new)?;
        for (name, value) in &self.attributes {
            if there
                .iter()
                .any(|known| known == &(name.clone(), value.clone()))
            {
                continue;
            }
            match set(new, name, value) {
                Ok(()) => {}
                Err(error) if is_refusal(&error) => {
                    differs
                        .attributes
                        .push(clean::line(&name.to_string_lossy()));
                }
                Err(error) => return Err(error),
            }
        }
        // The folder gave it a list that the old file had not.
        let is_list = |(name, _): &&(OsString, Vec<u8>)| name.as_bytes() == ACCESS_LIST.as_bytes();
        if there.iter().any(|one| is_list(&one)) && !self.attributes.iter().any(|one| is_list(&one))
        {
            rustix::io::retry_on_intr(|| fremovexattr(new, ACCESS_LIST))?;
        }
        // Last: a change of owner takes bits away, and the bits limit the list.
        new.set_permissions(std::fs::Permissions::from_mode(mode))?;
        Ok(differs)
    }

    /// Whose it is instead, when this user may not give it away.
    fn hand_over(&self, new: &File) -> io::Result<Option<String>> {
        let chown = |user, group| loop {
            match fchown(new, user, group) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                done => return done,
            }
        };
        match chown(Some(self.user), Some(self.group)) {
            Ok(()) => return Ok(None),
            Err(error) if !is_refusal(&error) => return Err(error),
            Err(_) => {}
        }
        // The group alone can be given by its members.
        if let Err(error) = chown(None, Some(self.group))
            && !is_refusal(&error)
        {
            return Err(error);
        }
        let now = new.metadata()?;
        Ok(Some(owner::names(now.uid(), now.gid())))
    }
}

fn is_refusal(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(Errno::PERM | Errno::ACCESS | Errno::NOTSUP | Errno::NOSYS | Errno::INVAL)
    )
}

fn set(file: &File, name: &OsStr, value: &[u8]) -> io::Result<()> {
    let set = || fsetxattr(file, name, value, XattrFlags::empty());
    Ok(rustix::io::retry_on_intr(set)?)
}

fn attributes(file: &File) -> io::Result<Vec<(OsString, Vec<u8>)>> {
    let mut names = vec![0; LARGEST];
    let length = match rustix::io::retry_on_intr(|| flistxattr(file, names.as_mut_slice())) {
        Ok(length) => length,
        // A file system without any.
        Err(Errno::NOTSUP) => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut found = Vec::new();
    let mut value = Vec::new();
    for name in names[..length].split(|byte| *byte == 0) {
        if name.is_empty() || NOT_OURS.iter().any(|other| other.as_bytes() == name) {
            continue;
        }
        let name = OsStr::from_bytes(name);
        value.resize(LARGEST, 0);
        match rustix::io::retry_on_intr(|| fgetxattr(file, name, value.as_mut_slice())) {
            Ok(length) => found.push((name.to_owned(), value[..length].to_vec())),
            // Not for this user's eyes, or gone this moment.
            Err(Errno::PERM | Errno::ACCESS | Errno::NODATA | Errno::NOTSUP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::Path;

    fn file(path: &Path) -> File {
        let mut options = File::options();
        options.read(true).write(true).create(true).mode(0o600);
        options.open(path).unwrap()
    }

    #[test]
    fn attributes_and_mode_are_put_on() {
        let room = tempfile::tempdir().unwrap();
        let old = file(&room.path().join("old"));
        let name = OsStr::new("user.origin");
        if set(&old, name, b"ansible\0role").is_err() {
            // A file system without attributes has none to keep.
            assert_eq!(attributes(&old).unwrap(), []);
        }
        let new = file(&room.path().join("new"));
        let alike = Alike::of(&old).unwrap();
        assert_eq!(alike.put_on(&new, 0o640).unwrap(), Differs::default());
        assert_eq!(attributes(&new).unwrap(), attributes(&old).unwrap());
        assert_eq!(new.metadata().unwrap().mode() & 0o7777, 0o640);
    }

    #[test]
    fn what_may_not_be_given_is_told() {
        let room = tempfile::tempdir().unwrap();
        let new = file(&room.path().join("new"));
        let own = new.metadata().unwrap();
        let theirs = Alike {
            user: own.uid() + 1,
            group: own.gid(),
            attributes: Vec::new(),
        };
        let differs = theirs.put_on(&new, 0o644).unwrap();
        // Root gives it away; anybody else keeps it.
        assert_eq!(differs.opens(), !rustix::process::geteuid().is_root());
        let unknown = Alike {
            user: new.metadata().unwrap().uid(),
            group: own.gid(),
            attributes: vec![("nonsense.name".into(), b"x".to_vec())],
        };
        let differs = unknown.put_on(&new, 0o644).unwrap();
        assert_eq!(differs.attributes, ["nonsense.name"]);
    }
}
