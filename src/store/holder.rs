//! Who holds a file, a lock or a draft: the process, its user and terminal, told well enough to find it, or to know
//! that it is gone. Leaves to others: what is held and for how long (`lock`, `claim`, drafts), asking it to let go.

use std::fs;

use serde::{Deserialize, Serialize};

use super::{owner, when};
use crate::clean;

/// A process that holds something.
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
    /// Since when it holds it: milliseconds since 1970.
    pub since: u64,
}

impl Holder {
    /// This process, from now on.
    #[must_use]
    pub fn this() -> Self {
        let pid = std::process::id();
        Self {
            user: user(),
            host: host(),
            tty: tty(),
            pid,
            started: started(pid).unwrap_or_default(),
            boot: boot(),
            since: when::milliseconds(),
        }
    }

    /// What a holder wrote about itself. Nothing in it can act on a terminal.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let holder: Self = serde_json::from_slice(bytes).ok()?;
        (holder.pid != 0).then(|| Self {
            user: clean::line(&holder.user),
            tty: clean::line(&holder.tty),
            host: clean::line(&holder.host),
            ..holder
        })
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// Was it on this machine?
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.host == host()
    }

    /// Does that very process still run here? Of another machine nobody can say.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.is_here()
            && self.boot == boot()
            && started(self.pid).is_some_and(|started| started == self.started)
    }

    #[must_use]
    pub fn is_this_process(&self) -> bool {
        self.pid == std::process::id() && self.runs()
    }

    /// `ops@bastion1`, fit to be shown.
    #[must_use]
    pub fn whom(&self) -> String {
        let host = self.host.split('.').next().unwrap_or_default();
        clean::line(&format!("{}@{host}", self.user))
    }

    /// `ops on pts/3 (process 4711)`, of another machine `ops on pts/3 at bastion2 (process 4711)`; fit to be shown.
    #[must_use]
    pub fn name(&self) -> String {
        let part = |word: &str, part: &str| match part {
            "" => String::new(),
            part => format!(" {word} {part}"),
        };
        let elsewhere = if self.is_here() { "" } else { &self.host };
        clean::line(&format!(
            "{}{}{} (process {})",
            self.user,
            part("on", &self.tty),
            part("at", elsewhere),
            self.pid
        ))
    }

    /// The same with since when: `ops on pts/3 (process 4711), since 2026-11-22 10:02:03 UTC`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let since = when::utc(i128::from(self.since) * 1_000_000);
        format!("{}, since {since}", self.name())
    }
}

/// Has the process of this number and start ended on this host?
pub(super) fn is_gone(pid: u32, began: u64) -> bool {
    match started(pid) {
        Some(now) => now != began,
        // Without /proc nothing is known.
        None => started(std::process::id()).is_some(),
    }
}

/// When a process of this host that still runs began, in clock ticks since the machine's start.
pub(super) fn started(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    start_in(&stat)
}

/// The 22nd part; the second, the program's name, may hold anything up to the last bracket. One that ended and that
/// nobody has looked after yet runs no more.
fn start_in(stat: &str) -> Option<u64> {
    let (_, behind) = stat.rsplit_once(')')?;
    let mut parts = behind.split_whitespace();
    if matches!(parts.next()?, "Z" | "X") {
        return None;
    }
    parts.nth(18)?.parse().ok()
}

/// As the operator is known in this session; what the system calls it where the session does not say.
fn user() -> String {
    let name = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    clean::line(&name.unwrap_or_else(|_| owner::user()))
}

fn tty() -> String {
    let name = rustix::termios::ttyname(rustix::stdio::stdin(), Vec::new());
    let name = name.map_or_else(
        |_| String::new(),
        |name| clean::line(&name.to_string_lossy()),
    );
    match name.strip_prefix("/dev/") {
        Some(short) => short.to_owned(),
        None => name,
    }
}

fn boot() -> String {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id");
    id.unwrap_or_default().trim().to_owned()
}

/// The name of this host.
pub(super) fn host() -> String {
    clean::line(&rustix::system::uname().nodename().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_stands_behind_any_name() {
        let rest = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20";
        for name in ["sh", "a b", "x) S 1 (y", "\u{1b}[31m"] {
            let stat = |state| format!("77 ({name}) {state} {rest}");
            assert_eq!(start_in(&stat("S")), Some(4711), "{name}");
            assert_eq!(start_in(&stat("Z")), None, "{name} ended");
        }
        assert_eq!(start_in("77 sh"), None);
    }

    #[test]
    fn a_process_is_gone_when_its_number_is_another_s() {
        let this = Holder::this();
        assert!(!is_gone(this.pid, this.started));
        assert!(is_gone(this.pid, this.started + 1));
        assert!(is_gone(u32::MAX, this.started));
    }

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
            ..this
        };
        for gone in [earlier, other_boot, elsewhere, nobody, Holder::default()] {
            assert!(!gone.runs(), "{gone:?}");
        }
    }

    #[test]
    fn it_is_named_by_what_is_known_of_it() {
        let ops = Holder {
            user: "ops".into(),
            tty: "pts/3".into(),
            pid: 4711,
            since: 1_795_341_723_000,
            ..Holder::this()
        };
        let without = Holder {
            tty: String::new(),
            ..ops.clone()
        };
        let elsewhere = Holder {
            host: "bastion2.acme".into(),
            ..ops.clone()
        };
        for (holder, name) in [
            (&ops, "ops on pts/3 (process 4711)"),
            (&without, "ops (process 4711)"),
            (&elsewhere, "ops on pts/3 at bastion2.acme (process 4711)"),
        ] {
            assert_eq!(holder.name(), name);
            let since = format!("{name}, since 2026-11-22 10:02:03 UTC");
            assert_eq!(holder.sentence(), since);
        }
        assert_eq!(elsewhere.whom(), "ops@bastion2");
    }

    #[test]
    fn a_holder_cannot_act_on_the_terminal() {
        let hostile = Holder {
            user: "ops\u{1b}]52;c;x\u{7}".into(),
            tty: "\u{202e}pts".into(),
            ..Holder::this()
        };
        for holder in [&hostile, &Holder::read(hostile.text().as_bytes()).unwrap()] {
            assert!(clean::is_clean(&holder.sentence()), "{}", holder.sentence());
            assert!(clean::is_clean(&holder.whom()), "{}", holder.whom());
        }
        let this = Holder::this();
        assert_eq!(Holder::read(this.text().as_bytes()), Some(this));
        assert_eq!(Holder::read(b"{}"), None);
        assert_eq!(Holder::read(b"\xff"), None);
    }
}
