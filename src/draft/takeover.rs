//! Taking a draft, also from a wizard that still runs: it is asked to let go, and after two seconds not waited for.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

use super::{Draft, folder};
use crate::clean;
use crate::problem::Problem;
use crate::store::{self, Holder};

/// How long a wizard may take to let go.
const PATIENCE: Duration = Duration::from_secs(2);

/// A note beside the draft: who asked for it.
const ASKED: &str = "asked";

/// A draft that is this process's now.
#[derive(Debug)]
pub struct Taken {
    /// Read after the earlier holder let go; its file bears a new name.
    pub draft: Draft,
    /// The earlier holder did not react: it may still show what it had, and keeps nothing any more.
    pub unheard: bool,
}

/// Takes a draft: renames its file, so that of several only one gets it. Waits for a holder that runs.
///
/// # Errors
/// When another process was faster, or the system refuses.
pub fn take(file: &Path) -> Result<Taken, Problem> {
    let gone = || {
        Problem::error(
            "The draft is gone: written, discarded or taken by another wizard meanwhile.",
        )
        .hint("`vapora-tui draft list` shows what is there.")
    };
    let before = folder::read(file)?.ok_or_else(gone)?;
    let mut unheard = false;
    if let Some(process) = process(&before.header.holder) {
        store::leave_note(&note(file), &Holder::this().name())?;
        let asked = pidfd_send_signal(&process, Signal::TERM);
        unheard = asked.is_err() || !ends(&process);
    }
    let own = folder::new_file(file.parent().unwrap_or(Path::new("/")));
    let claimed = store::take_over(file, &own);
    drop(store::remove(&note(file)));
    if !claimed? {
        return Err(gone());
    }
    let draft = folder::read(&own)?.ok_or_else(gone)?;
    Ok(Taken { draft, unheard })
}

/// A handle on a holder that runs, which a later process of the same number does not answer to.
fn process(holder: &Holder) -> Option<rustix::fd::OwnedFd> {
    let pid = Pid::from_raw(i32::try_from(holder.pid).ok()?)?;
    let handle = pidfd_open(pid, PidfdFlags::empty()).ok()?;
    // Looked at once it is open: the number may have passed on before.
    holder.runs().then_some(handle)
}

fn ends(process: &rustix::fd::OwnedFd) -> bool {
    let until = Instant::now() + PATIENCE;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).unwrap_or_default();
        match poll(&mut [PollFd::new(process, PollFlags::IN)], Some(&timeout)) {
            Ok(ready) => return ready > 0,
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

fn note(file: &Path) -> PathBuf {
    file.with_extension(ASKED)
}

/// Who asked this process to let go of its draft, when somebody did.
#[must_use]
pub fn taken_by(file: &Path) -> Option<String> {
    let found = store::read(&note(file)).ok()??;
    let text: String = String::from_utf8_lossy(&found.bytes)
        .chars()
        .take(200)
        .collect();
    Some(clean::line(&text))
}
