//! Keeps what is typed from being shown, and gives the terminal back on every end: return, panic and signal. For what
//! the program cannot see to, a kill, the guard does.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::guard::found::{Found, Made};
use crate::guard::{State, link};

/// The terminal as it was, while it does not echo.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);
/// Ctrl+C was pressed since the last line.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// While it lives, the terminal echoes only line feeds.
#[derive(Debug)]
pub struct Hidden(());

impl Hidden {
    /// `None` when stdin is no terminal: then nothing is echoed anyway.
    #[must_use]
    pub fn begin() -> Option<Self> {
        static GUARD: Once = Once::new();
        let before = tcgetattr(io::stdin()).ok()?;
        *held() = Some(before);
        let silent = silence();
        // Most conversations have no secret, and need none. When it ends before them they go on without.
        GUARD.call_once(|| link::start(|| {}));
        silent.then_some(Self(()))
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        restore();
        held().take();
    }
}

fn held() -> std::sync::MutexGuard<'static, Option<Termios>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn silence() -> bool {
    let Some(mut now) = held().clone() else {
        return false;
    };
    link::tell(State::Silent(Found::from(&now)));
    Made::Silent.of(&mut now);
    tcsetattr(io::stdin(), OptionalActions::Now, &now).is_ok()
}

fn restore() {
    if let Some(before) = &*held() {
        // A terminal that is gone needs nothing back.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        link::tell(State::Free);
    }
}

/// A line was read: an earlier Ctrl+C is forgotten.
pub fn line_read() {
    INTERRUPTED.store(false, Ordering::SeqCst);
}

/// Takes the signals that would end or stop the program with the terminal silenced. The first Ctrl+C of a line only
/// says what a second one does: answers are not lost by one key.
///
/// # Errors
/// When signals cannot be watched.
pub fn watch_signals(say: fn(&str)) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGTSTP])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGINT if !INTERRUPTED.swap(true, Ordering::SeqCst) => {
                    say("\nCtrl+C once more leaves without writing. Go on typing to stay.\n");
                }
                SIGTSTP => {
                    restore();
                    // Stopped here until fg.
                    drop(emulate_default_handler(SIGTSTP));
                    silence();
                }
                signal => {
                    restore();
                    // As a shell counts a process that a signal ended.
                    std::process::exit(128 + signal);
                }
            }
        }
    });
    Ok(())
}
