//! Who holds a draft: which process of which user at which terminal, and whether it still runs.
//! Leaves to others: asking it to let go (`takeover`).

use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::process::{Pid, PidfdFlags, pidfd_open};
use serde::{Deserialize, Serialize};

use crate::clean;
use crate::store;

/// A wizard that keeps a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Holder {
    pub user: String,
    pub host: String,
    /// `pts/3`; empty without one.
    pub tty: String,
    pub pid: u32,
    /// When the process started, in ticks since the machine did: with the pid and the boot it names one process.
    pub started: u64,
    /// The kernel's name for this run of the machine.
    pub boot: String,
    /// When the draft was begun: milliseconds since 1970.
    pub since: u64,
}

impl Holder {
    /// This process.
    #[must_use]
    pub fn this() -> Self {
        let pid = std::process::id();
        Self {
            user: user(),
            host: rustix::system::uname()
                .nodename()
                .to_string_lossy()
                .into_owned(),
            tty: fs::read_link("/proc/self/fd/0")
                .ok()
                .and_then(|tty| {
                    Some(
                        tty.strip_prefix("/dev")
                            .ok()?
                            .to_string_lossy()
                            .into_owned(),
                    )
                })
                .unwrap_or_default(),
            pid,
            started: start_of(pid).unwrap_or_default(),
            boot: boot(),
            since: now(),
        }
    }

    /// Was it on this machine?
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.host == rustix::system::uname().nodename().to_string_lossy()
    }

    /// Does that very process still run here? Of another machine nobody can say.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.is_here()
            && self.boot == boot()
            && start_of(self.pid).is_some_and(|started| started == self.started)
    }

    #[must_use]
    pub fn is_this_process(&self) -> bool {
        self.pid == std::process::id() && self.runs()
    }

    /// A handle on the process, that a later one with the same number does not answer to.
    pub(super) fn process(&self) -> Option<rustix::fd::OwnedFd> {
        let pid = Pid::from_raw(i32::try_from(self.pid).ok()?)?;
        let handle = pidfd_open(pid, PidfdFlags::empty()).ok()?;
        // Looked at again: the number may have passed on before it was opened.
        self.runs().then_some(handle)
    }

    /// `ops@bastion1`, fit to be shown.
    #[must_use]
    pub fn whom(&self) -> String {
        let host = self.host.split('.').next().unwrap_or_default();
        clean::line(&format!("{}@{host}", self.user))
    }

    /// `ops on pts/3 (pid 4711)`, fit to be shown.
    #[must_use]
    pub fn sentence(&self) -> String {
        let tty = match self.tty.as_str() {
            "" => String::new(),
            tty => format!(" on {tty}"),
        };
        clean::line(&format!("{}{tty} (pid {})", self.user, self.pid))
    }
}

fn user() -> String {
    let name = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    name.unwrap_or_else(|_| store::user())
}

fn boot() -> String {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id");
    id.unwrap_or_default().trim().to_owned()
}

/// When a process that still runs started; a dead one that nobody has looked after yet does not.
fn start_of(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold blanks and brackets; the last bracket ends it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    if matches!(state, "Z" | "X") {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

/// Milliseconds since 1970.
#[must_use]
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_runs_and_others_of_its_number_do_not() {
        let this = Holder::this();
        assert!(this.runs() && this.is_this_process());
        let earlier = Holder {
            started: this.started - 1,
            ..this.clone()
        };
        let other_boot = Holder {
            boot: String::new(),
            ..this.clone()
        };
        let elsewhere = Holder {
            host: "elsewhere".into(),
            ..this.clone()
        };
        let nobody = Holder {
            pid: u32::MAX,
            ..this.clone()
        };
        for gone in [earlier, other_boot, elsewhere, nobody, Holder::default()] {
            assert!(!gone.runs(), "{gone:?}");
            assert!(gone.process().is_none(), "{gone:?}");
        }
        assert!(this.process().is_some());
    }
}
