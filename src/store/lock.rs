//! The lock that lets one process at a time write beside an output file. The system gives it up when its holder dies,
//! so a stale one holds nobody up. Leaves to others: who has a file open for long (`claim`).

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};

use super::Failed;
use super::beside::{self, Made};
use super::holder::Holder;

const NAME: &str = "lock";

/// A save takes milliseconds; whoever holds the lock longer sits on a disk that does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

const BETWEEN: Duration = Duration::from_millis(5);

/// What a holder writes about itself is a few hundred bytes.
pub(super) const HOLDER_BYTES: u64 = 4096;

/// Held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    /// What was made for it goes when nothing was written.
    made: Made,
}

/// Why there is no lock.
#[derive(Debug)]
pub(super) enum NotTaken {
    /// By somebody who may not have said who he is.
    Held(Option<Holder>),
    /// At this path.
    Failed(PathBuf, io::Error),
}

impl NotTaken {
    /// Why a write or a removal of `target` did not happen.
    pub fn failed(self, target: &Path) -> Failed {
        match self {
            Self::Held(by) => Failed::Locked {
                target: target.to_owned(),
                by,
            },
            Self::Failed(at, error) => Failed::unchanged_at(target, &at, error),
        }
    }
}

impl Lock {
    /// Takes the lock of the folder of `target`, which must be there; waits a little for another holder.
    pub fn take(target: &Path) -> Result<Self, NotTaken> {
        Self::take_within(target, PATIENCE)
    }

    pub fn take_within(target: &Path, patience: Duration) -> Result<Self, NotTaken> {
        let until = Instant::now() + patience;
        let folder = beside::folder(target);
        let path = folder.join(NAME);
        loop {
            let mut made = Made::default();
            let failed = |error| NotTaken::Failed(path.clone(), error);
            made.beside(target)
                .map_err(|error| NotTaken::Failed(folder.clone(), error))?;
            let file = match open(&path, &mut made) {
                Ok(file) => file,
                // Another writer took its folder away between our two steps.
                Err(error) if error.kind() == ErrorKind::NotFound && Instant::now() < until => {
                    continue;
                }
                Err(error) => return Err(failed(error)),
            };
            match try_lock(&file) {
                Ok(true) if is_at(&file, &path) => {
                    let lock = Self { file, made };
                    lock.sign();
                    return Ok(lock);
                }
                // It was taken away while we waited: the next one counts.
                Ok(true) => {}
                Ok(false) if Instant::now() >= until => {
                    made.keep();
                    return Err(NotTaken::Held(holder(&path)));
                }
                Ok(false) => {
                    // Somebody works in there: what we made is his now.
                    made.keep();
                    thread::sleep(BETWEEN);
                }
                Err(error) => return Err(failed(error)),
            }
        }
    }

    /// The folder and its lock stay from now on, because something was written.
    pub fn keep(&mut self) {
        self.made.keep();
    }

    /// Says who holds it. Whoever waits can do without, so nothing depends on it.
    fn sign(&self) {
        let _ = self
            .file
            .set_len(0)
            .and_then(|()| (&self.file).write_all(Holder::this().text().as_bytes()));
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        // What was made for it goes while it is still held: then it is nobody else's.
        self.made = Made::default();
    }
}

/// Is somebody writing in the folder of `target` now?
pub(super) fn is_held(target: &Path) -> bool {
    is_locked(&beside::folder(target).join(NAME))
}

pub(super) fn is_locked(path: &Path) -> bool {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    match rustix::io::retry_on_intr(|| rustix::fs::open(path, flags, Mode::empty())) {
        Ok(file) => matches!(
            File::from(file).try_lock_shared(),
            Err(TryLockError::WouldBlock)
        ),
        Err(_) => false,
    }
}

/// Who holds the lock at this path, when he said so.
pub(super) fn holder(path: &Path) -> Option<Holder> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = rustix::io::retry_on_intr(|| rustix::fs::open(path, flags, Mode::empty())).ok()?;
    let mut bytes = Vec::new();
    let mut limited = File::from(file).take(HOLDER_BYTES);
    limited.read_to_end(&mut bytes).ok()?;
    Holder::read(&bytes)
}

/// Opens a file to be locked, making it when it is not there; never through a link.
pub(super) fn open(path: &Path, made: &mut Made) -> io::Result<File> {
    let flags = OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let new = flags | OFlags::RDWR | OFlags::CREATE | OFlags::EXCL;
    let with = |flags| -> io::Result<File> {
        let own = Mode::from_raw_mode(0o600);
        let file = rustix::io::retry_on_intr(|| rustix::fs::open(path, flags, own))?;
        Ok(File::from(file))
    };
    let file = match with(new) {
        Ok(file) => {
            made.file(path);
            let around = path.parent().unwrap_or(Path::new("/"));
            beside::given_over(&file, around)?;
            // Readable for all who may come here; writable for those who may write here.
            let bits = around.metadata()?.mode() & 0o020 | 0o644;
            file.set_permissions(std::fs::Permissions::from_mode(bits))?;
            file
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let there = with(flags | OFlags::RDWR);
            // Of another user: it can be locked all the same, only not signed.
            match there {
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    with(flags | OFlags::RDONLY)
                }
                there => there,
            }?
        }
        Err(error) => return Err(error),
    };
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    Err(io::Error::other("its lock is no file"))
}

pub(super) fn try_lock(file: &File) -> io::Result<bool> {
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Is the open file still the one at this path?
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn it_excludes_and_tells_who() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("vapora.toml");
        let mut first = Lock::take(&target).unwrap();
        first.keep();
        match Lock::take_within(&target, Duration::ZERO) {
            Err(NotTaken::Held(Some(holder))) => assert_eq!(holder.pid, std::process::id()),
            other => panic!("{other:?}"),
        }
        drop(first);
        Lock::take_within(&target, Duration::ZERO).unwrap();
        let lock = beside::folder(&target).join(NAME);
        assert_eq!(fs::read(&lock).unwrap(), b"", "nobody holds it");
    }

    #[test]
    fn what_a_dead_holder_left_holds_nobody_up() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("vapora.toml");
        fs::create_dir(beside::folder(&target)).unwrap();
        let lock = beside::folder(&target).join(NAME);
        fs::write(&lock, Holder::this().text()).unwrap();
        Lock::take_within(&target, Duration::ZERO).unwrap();
        fs::write(&lock, "no JSON").unwrap();
        Lock::take_within(&target, Duration::ZERO).unwrap();
    }

    #[test]
    fn nothing_is_left_of_a_lock_under_which_nothing_was_written() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("vapora.toml");
        drop(Lock::take(&target).unwrap());
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0);
    }

    #[test]
    fn many_threads_hold_it_one_at_a_time_while_its_file_comes_and_goes() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("vapora.toml");
        let held = std::sync::atomic::AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let lock = Lock::take_within(&target, Duration::from_secs(30)).unwrap();
                        let others = held.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        assert_eq!(others, 0);
                        held.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
    }
}
