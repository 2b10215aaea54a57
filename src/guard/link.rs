//! The wizard's side of the guard: starts it, tells it what becomes of the terminal, and starts another when it died.
//! Leaves to others: what the guard does, when the terminal is taken and given back (`tui`, `plain`).

use std::io::{self, PipeReader, PipeWriter, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::{State, VERB};
use crate::process;

/// So long the end of a dismissed guard is waited for; it needs a fraction of it.
const PATIENCE: Duration = Duration::from_millis(100);

/// One for the process, as the terminal is: a panic in any thread gives both back.
static LINK: Mutex<Link> = Mutex::new(Link {
    state: State::Free,
    pipe: None,
    runs: false,
    dismissed: false,
});
static ENDED: Condvar = Condvar::new();

struct Link {
    /// What a guard that starts now must know.
    state: State,
    pipe: Option<PipeWriter>,
    runs: bool,
    dismissed: bool,
}

impl Link {
    /// A guard that is gone hears nothing; its end is noticed elsewhere.
    fn say(&mut self) {
        if let Some(pipe) = &mut self.pipe {
            drop(pipe.write_all(self.state.line().as_bytes()));
        }
    }
}

fn link() -> MutexGuard<'static, Link> {
    LINK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What becomes of the terminal, said before it is touched, or after it is given back.
pub fn tell(state: State) {
    let mut link = link();
    link.state = state;
    link.say();
}

/// The terminal is about to be given back, if it is held.
pub fn tell_leaving() {
    let mut link = link();
    if let State::Held(found) = link.state {
        link.state = State::Leaving(found);
        link.say();
    }
}

/// The state stands in the pipe before there is a guard: it knows it from its first moment on, whatever ends the wizard.
fn open_pipe() -> io::Result<PipeReader> {
    let (stdin, pipe) = io::pipe()?;
    let mut link = link();
    if !link.dismissed {
        link.pipe = Some(pipe);
        link.say();
    }
    Ok(stdin)
}

/// Starts a guard on a thread that waits for its end; `lost` is called when it ends unasked.
pub fn start(lost: impl FnOnce() + Send + 'static) {
    let waiting = thread::Builder::new().spawn(move || {
        // Without a guard the wizard is no worse than others; the next one is not started over and over.
        let Ok(stdin) = open_pipe() else { return };
        let Ok(mut child) = process::start_beside(VERB, stdin) else {
            return;
        };
        link().runs = true;
        drop(child.wait());
        let mut link = link();
        link.runs = false;
        link.pipe = None;
        ENDED.notify_all();
        if !link.dismissed {
            drop(link);
            lost();
        }
    });
    drop(waiting);
}

/// Ends the guard, which gives the terminal back when the wizard could not, and waits for it a moment.
pub fn dismiss() {
    let mut link = link();
    link.dismissed = true;
    link.pipe = None;
    drop(ENDED.wait_timeout_while(link, PATIENCE, |link| link.runs));
}
