//! What the system tells of processes: their children, their end, their memory, time and wake-ups.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::OwnedFd;
use rustix::process::{Pid, PidfdFlags, getsid, pidfd_open};
use vapora_tui::guard;
use vapora_tui::nickel::CHILD_VERB;

/// How long a process may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);

/// The processes that `parent` started and that still run.
pub fn children(parent: Pid) -> Vec<Pid> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(Pid::from_raw)
        .filter(|pid| self::parent(*pid) == Some(parent))
        .collect()
}

/// The process that this one's end is told to.
pub fn parent(pid: Pid) -> Option<Pid> {
    Pid::from_raw(stat(pid)?.parent)
}

/// The process that `parent` started with this hidden verb.
pub fn helper(parent: Pid, verb: &str) -> Option<Pid> {
    children(parent).into_iter().find(|pid| {
        let line = fs::read(format!("/proc/{}/cmdline", pid.as_raw_pid())).unwrap_or_default();
        line.split(|byte| *byte == 0).nth(1) == Some(verb.as_bytes())
    })
}

/// The process that judges for this wizard.
pub fn judge(wizard: Pid) -> Pid {
    helper(wizard, CHILD_VERB).unwrap()
}

/// The process that guards the terminal of this wizard. Blocks until it is on its post: in a session of its own.
pub fn guard(wizard: Pid) -> Pid {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(guard) = helper(wizard, guard::VERB)
            && getsid(Some(guard)) == Ok(guard)
        {
            return guard;
        }
        assert!(Instant::now() < deadline, "there is no guard");
        thread::yield_now();
    }
}

/// The wizard below a shell, however deep. Blocks until it runs.
pub fn wizard_below(shell: Pid, program: &str) -> Pid {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let mut below = children(shell);
        while let Some(pid) = below.pop() {
            let exe = fs::read_link(format!("/proc/{}/exe", pid.as_raw_pid()));
            if exe.is_ok_and(|exe| exe == Path::new(program)) {
                return pid;
            }
            below.extend(children(pid));
        }
        assert!(Instant::now() < deadline, "there is no wizard");
        thread::yield_now();
    }
}

/// The processes that work in this folder.
pub fn working_in(folder: &Path) -> Vec<Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten();
    entries
        .filter_map(|entry| Pid::from_raw(entry.ok()?.file_name().to_str()?.parse().ok()?))
        .filter(|pid| {
            let cwd = fs::read_link(format!("/proc/{}/cwd", pid.as_raw_pid()));
            cwd.is_ok_and(|cwd| cwd == folder)
        })
        .collect()
}

struct Stat {
    parent: i32,
    /// Clock ticks, user and system.
    ticks: u64,
}

fn stat(pid: Pid) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_pid())).ok()?;
    // The name may hold blanks and brackets; the last bracket ends it.
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |i: usize| fields.get(i)?.parse::<u64>().ok();
    Some(Stat {
        parent: i32::try_from(number(1)?).ok()?,
        ticks: number(11)? + number(12)?,
    })
}

/// Linux counts the time of processes in steps of this, whatever the kernel's own clock does.
const TICK: Duration = Duration::from_millis(10);

/// Processor time so far, in steps of 10 ms.
pub fn processor_time(pid: Pid) -> Duration {
    let ticks = stat(pid).map_or(0, |stat| stat.ticks);
    TICK * u32::try_from(ticks).unwrap_or(u32::MAX)
}

/// A handle on a process that tells its end, whoever its parent is.
pub struct Watch(OwnedFd);

impl Watch {
    pub fn new(pid: Pid) -> Self {
        Self(pidfd_open(pid, PidfdFlags::empty()).unwrap())
    }

    /// `None` when it is gone already.
    pub fn try_new(pid: Pid) -> Option<Self> {
        pidfd_open(pid, PidfdFlags::empty()).ok().map(Self)
    }

    /// Blocks until the process ended, at most `limit`; `false` when it is still there.
    pub fn ends_within(&self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let timeout = Timespec::try_from(left).unwrap();
            match poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(&timeout)) {
                Ok(ready) => return ready > 0,
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// More processor time than this to end is spinning: a debug build needs a fraction of it.
const SPINNING: Duration = Duration::from_millis(600);

/// Blocks until a process ended, at most until `deadline`, and sees that it does not spin on its way. `before` is its
/// processor time so far.
pub fn assert_ends(pid: Pid, watch: &Watch, before: Duration, deadline: Instant) {
    let mut used = before;
    while !watch.ends_within(Duration::from_millis(2)) {
        used = used.max(processor_time(pid));
        assert!(Instant::now() < deadline, "{pid:?} stays");
    }
    let work = used.saturating_sub(before);
    assert!(work < SPINNING, "{work:?} of work to end");
}

/// Memory in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// All pages in memory, those shared with other processes too.
    pub resident: u64,
    /// A page shared by n processes counts 1/n.
    pub proportional: u64,
    /// What no file stands behind: heap and stacks.
    pub anonymous: u64,
}

pub fn memory(pid: Pid) -> Memory {
    let path = format!("/proc/{}/smaps_rollup", pid.as_raw_pid());
    let text = fs::read_to_string(path).unwrap_or_default();
    let of = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        number.unwrap_or(0) * 1024
    };
    Memory {
        resident: of("Rss:"),
        proportional: of("Pss:"),
        anonymous: of("Anonymous:"),
    }
}

/// How often the threads of a process have gone to sleep by themselves, and so were woken.
pub fn wake_ups(pid: Pid) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", pid.as_raw_pid()));
    tasks
        .into_iter()
        .flatten()
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok())
        .filter_map(|status| {
            let line = status
                .lines()
                .find(|line| line.starts_with("voluntary_ctxt_switches:"))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .sum()
}
