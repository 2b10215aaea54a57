//! Who holds a file: the process, its user and terminal, told well enough to find it, or to know that it is gone.
//! Leaves to others: what is held, and for how long (`lock`, `claim`).

use std::fs;

use serde::{Deserialize, Serialize};

use super::{owner, when};
use crate::clean;

/// A process that holds something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub pid: u32,
    /// Clock ticks from the start of the machine to the start of the process: tells it from a later one of the same
    /// number.
    pub started: u64,
    pub user: String,
    /// Such as `/dev/pts/3`; none when it runs without a terminal.
    pub tty: Option<String>,
    pub host: String,
    /// Since when it holds it: `2026-11-22 10:02:03 UTC`.
    pub since: String,
}

impl Holder {
    /// This process, from now on.
    #[must_use]
    pub fn this() -> Self {
        let pid = std::process::id();
        Self {
            pid,
            started: started(pid).unwrap_or(0),
            user: owner::user(),
            tty: tty(),
            host: host(),
            since: when::now(),
        }
    }

    /// What a holder wrote about itself. Nothing in it can act on a terminal.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let holder: Self = serde_json::from_slice(bytes).ok()?;
        Some(Self {
            user: clean::line(&holder.user),
            tty: holder.tty.as_deref().map(clean::line),
            host: clean::line(&holder.host),
            since: clean::line(&holder.since),
            ..holder
        })
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// Is its process known to have ended? Of another host nothing is known.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.host == host() && is_gone(self.pid, self.started)
    }

    /// `ops on /dev/pts/3, process 4711, since 2026-11-22 10:02:03 UTC`; of another host with its name.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("{}, since {}", self.name(), self.since)
    }

    /// The same without since when.
    #[must_use]
    pub fn name(&self) -> String {
        let tty = self.tty.as_deref().map(|tty| format!(" on {tty}"));
        let host = Some(&self.host).filter(|name| **name != host());
        let host = host.map(|name| format!(" at {name}"));
        format!(
            "{}{}{}, process {}",
            self.user,
            tty.unwrap_or_default(),
            host.unwrap_or_default(),
            self.pid
        )
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

/// When a process of this host began, in clock ticks since the machine's start.
pub(super) fn started(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    start_in(&stat)
}

/// The 22nd part; the second, the program's name, may hold anything up to the last bracket.
fn start_in(stat: &str) -> Option<u64> {
    let (_, behind) = stat.rsplit_once(')')?;
    behind.split_whitespace().nth(19)?.parse().ok()
}

fn tty() -> Option<String> {
    let name = rustix::termios::ttyname(rustix::stdio::stdin(), Vec::new()).ok()?;
    Some(clean::line(&name.to_string_lossy()))
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
        let rest = " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20";
        for name in ["sh", "a b", "x) S 1 (y", "\u{1b}[31m"] {
            let stat = format!("77 ({name}){rest}");
            assert_eq!(start_in(&stat), Some(4711), "{name}");
        }
        assert_eq!(start_in("77 sh"), None);
    }

    #[test]
    fn a_process_is_gone_when_its_number_is_another_s() {
        let this = Holder::this();
        assert!(!this.is_gone());
        let earlier = Holder {
            started: this.started + 1,
            ..this.clone()
        };
        assert!(earlier.is_gone());
        let elsewhere = Holder {
            host: format!("{}-not", this.host),
            ..earlier
        };
        assert!(!elsewhere.is_gone(), "of another host nothing is known");
        assert_eq!(Holder::read(this.text().as_bytes()), Some(this));
    }

    #[test]
    fn a_holder_cannot_act_on_the_terminal() {
        let hostile = Holder {
            user: "ops\u{1b}]52;c;x\u{7}".into(),
            tty: Some("\u{202e}pts".into()),
            ..Holder::this()
        };
        let read = Holder::read(hostile.text().as_bytes()).unwrap();
        assert!(clean::is_clean(&read.sentence()), "{}", read.sentence());
        assert_eq!(Holder::read(b"{}"), None);
        assert_eq!(Holder::read(b"\xff"), None);
    }
}
