//! A whole file under a name of its own beside the place it is for: on disk, read back, then put in place.
//! Leaves to others: what it holds and how it is (`write`, `keep`).

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat, renameat_with};
use rustix::io::{Errno, retry_on_intr};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{holder, names};

/// By this a temporary file is known as ours.
const MARK: &str = ".vapora-tui-";

const ENDING: &str = ".tmp";

/// File systems allow 255 bytes for a name; what is added to it is at most 60.
const LONGEST_STEM: usize = 190;

/// Makes the file; `dress` gives it owner and mode before it is on disk.
///
/// # Errors
/// When a step is refused, and then nothing is left of it.
pub(super) fn make<T>(
    folder: &Path,
    name: &OsStr,
    bytes: &[u8],
    dress: impl FnOnce(&File) -> io::Result<T>,
) -> io::Result<(NamedTempFile, T)> {
    let name = name.as_bytes();
    let mut prefix = OsString::from(".");
    prefix.push(OsString::from_vec(
        name[..name.len().min(LONGEST_STEM)].to_vec(),
    ));
    prefix.push(format!("{MARK}{}.", own()));
    // Made with O_EXCL and 0600: nobody can read a secret before the final mode is set.
    let mut temporary = tempfile::Builder::new()
        .prefix(&prefix)
        .suffix(ENDING)
        .tempfile_in(folder)?;
    let file = temporary.as_file_mut();
    file.write_all(bytes)?;
    let dressed = dress(file)?;
    file.sync_all()?;
    file.rewind()?;
    let mut read_back = zeroize::Zeroizing::new(Vec::new());
    file.read_to_end(&mut read_back)?;
    if *read_back != bytes {
        return Err(io::Error::other(
            "what was read back is not what was written",
        ));
    }
    Ok((temporary, dressed))
}

/// Puts it in its place, over what is there or, without `replace`, only where nothing is.
///
/// # Errors
/// When that is refused, and then nothing has changed and the temporary file is gone.
pub(super) fn put(temporary: NamedTempFile, place: &Path, replace: bool) -> io::Result<()> {
    let path = temporary.into_temp_path();
    let from: &Path = &path;
    let rename = || {
        if replace {
            return renameat(CWD, from, CWD, place);
        }
        match renameat_with(CWD, from, CWD, place, RenameFlags::NOREPLACE) {
            // A file system that knows no such rename.
            Err(Errno::INVAL | Errno::NOSYS) => {
                rustix::fs::linkat(CWD, from, CWD, place, rustix::fs::AtFlags::empty())
                    .and_then(|()| rustix::fs::unlinkat(CWD, from, rustix::fs::AtFlags::empty()))
            }
            done => done,
        }
    };
    retry_on_intr(rename)?;
    // Under that name there is nothing to remove any more; keeping never fails here.
    let _ = path.keep();
    Ok(())
}

/// Host, user, process and its start.
fn own() -> String {
    let pid = std::process::id();
    let began = holder::started(pid).unwrap_or(0);
    format!("{}-{}-{pid}-{began}", host(), user())
}

fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

fn host() -> String {
    super::about::hex(&Sha256::digest(holder::host())[..4])
}

/// Is this the name of a temporary file of this user and host whose process has ended?
fn is_stale(name: &str) -> bool {
    let read = || {
        let rest = name.strip_prefix('.')?.strip_suffix(ENDING)?;
        let (_, rest) = rest.rsplit_once(MARK)?;
        let (owner, _random) = rest.split_once('.')?;
        let mut parts = owner.split('-');
        let ours = parts.next()? == host() && parts.next()?.parse() == Ok(user());
        let (pid, began) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(ours && parts.next().is_none() && holder::is_gone(pid, began))
    };
    read().unwrap_or(false)
}

/// Removes what dead processes of this user left in a folder; never what is somebody else's.
pub(super) fn clean(folder: &Path) {
    let names = names::in_folder(folder).unwrap_or_default();
    let stale = names
        .iter()
        .filter(|name| is_stale(&name.to_string_lossy()));
    for path in stale.map(|name| folder.join(name)) {
        // A folder of that name is not ours. What cannot be removed now is tried again the next time.
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_of_dead_processes_of_this_host_go() {
        let room = tempfile::tempdir().unwrap();
        let folder = room.path();
        let (alive, own) = (
            make(folder, "v.toml".as_ref(), b"x", |_| Ok(())).unwrap().0,
            own(),
        );
        let pid = std::process::id();
        let began = holder::started(pid).unwrap();
        let (host, user) = (host(), user());
        let stays = [
            format!(".v.toml{MARK}{own}.abcdef.tmp"),
            format!(
                ".v.toml{MARK}00000000-{user}-{pid}-{}.abcdef.tmp",
                began + 1
            ),
            format!(
                ".v.toml{MARK}{host}-{}-{pid}-{}.abcdef.tmp",
                user + 1,
                began + 1
            ),
            format!(".v.toml{MARK}{host}-{user}-{pid}.abcdef.tmp"),
            format!("v.toml{MARK}{host}-{user}-{pid}-{}.abcdef.tmp", began + 1),
            ".v.toml.abcdef.tmp".to_owned(),
            "v.toml".to_owned(),
        ];
        let goes = [
            format!(".v.toml{MARK}{host}-{user}-{pid}-{}.abcdef.tmp", began + 1),
            format!(".a{MARK}b{MARK}{host}-{user}-4194999-1.abcdef.tmp"),
        ];
        for name in stays.iter().chain(&goes) {
            fs::write(folder.join(name), "").unwrap();
        }
        fs::create_dir(folder.join(format!(".d{MARK}{host}-{user}-4194999-1.a.tmp"))).unwrap();
        clean(folder);
        for name in &goes {
            assert!(!folder.join(name).exists(), "{name}");
        }
        for name in &stays {
            assert!(folder.join(name).exists(), "{name}");
        }
        assert!(alive.path().exists());
        clean(&folder.join("nowhere"));
    }

    #[test]
    fn nothing_is_put_over_what_is_there_unless_asked() {
        let room = tempfile::tempdir().unwrap();
        let place = room.path().join("v.toml");
        let made = |text: &str| {
            make(room.path(), "v.toml".as_ref(), text.as_bytes(), |_| Ok(()))
                .unwrap()
                .0
        };
        put(made("one"), &place, false).unwrap();
        let error = put(made("two"), &place, false).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&place).unwrap(), "one");
        put(made("three"), &place, true).unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "three");
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }
}
