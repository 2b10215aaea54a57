//! The last bytes to a terminal that may be stopped: its way is cleared when it does not take them in time.

use std::io;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::termios::{Action, QueueSelector, tcflow, tcflush};

/// How long a stopped terminal is waited for at the end, before its way is cleared and after: with the guard's share
/// together well below 2 s.
const BEFORE: Duration = Duration::from_millis(300);
const AFTER: Duration = Duration::from_millis(200);

/// Does what writes to the terminal, which may be stopped: after a while the way is cleared, then it is given up.
/// `false` when it is not done; it then goes on beside the caller.
pub fn in_time(work: impl FnOnce() + Send + 'static) -> bool {
    let (done, waiting) = mpsc::channel();
    let (hand_over, taken) = mpsc::channel();
    let helper = thread::Builder::new().spawn(move || {
        let Ok(work) = taken.recv() else { return };
        let work: Box<dyn FnOnce() + Send> = work;
        work();
        let _ = done.send(());
    });
    if helper.is_err() {
        // The system gives no thread, which may be why this ends.
        work();
        return true;
    }
    if hand_over.send(Box::new(work)).is_err() {
        return false;
    }
    if waiting.recv_timeout(BEFORE).is_ok() {
        return true;
    }
    clear_the_way();
    waiting.recv_timeout(AFTER).is_ok()
}

/// Whatever the terminal has not taken yet is dropped, and a stop is lifted: the last bytes are those that count.
fn clear_the_way() {
    let out = io::stdout();
    let _ = tcflush(&out, QueueSelector::OFlush);
    // Writers that wait are woken only by the change.
    for action in [Action::OOff, Action::OOn] {
        let _ = tcflow(&out, action);
    }
}
