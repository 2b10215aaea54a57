//! Takes hold of the terminal and gives it back, on every ordinary end, panic and signal.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;

use crate::guard::found::Found;
use crate::guard::in_time::in_time;
use crate::guard::{LEAVE_PASTE, LEAVE_SCREEN, State, link};

/// Alternate screen, bracketed paste; the cursor hides with the first frame.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
/// For a terminal that others may have used: the other screen again, without saving the cursor a second time.
const ENTER_AGAIN: &[u8] = b"\x1b[?47h\x1b[?2004h";

/// Clicks and the wheel, in the coordinates that reach beyond column 223; no moves, which would cost a slow line.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// How long a stopped terminal is waited for.
pub const PATIENCE: Duration = Duration::from_millis(500);

static HELD: AtomicBool = AtomicBool::new(false);

/// Is it the wizard's? Asked with stdout locked: what is then written comes before the bytes that give it back.
#[must_use]
pub fn is_held() -> bool {
    HELD.load(Ordering::SeqCst)
}

/// The bytes that take the mouse, or give it back.
#[must_use]
pub fn mouse(on: bool) -> &'static [u8] {
    if on { MOUSE_ON } else { MOUSE_OFF }
}

/// Raw mode; the bytes that bring the rest, for the writer, because a stopped terminal does not take them.
///
/// # Errors
/// When the terminal is gone.
pub fn enter() -> io::Result<&'static [u8]> {
    link::tell(State::Held(Found::of(io::stdin())?));
    HELD.store(true, Ordering::SeqCst);
    match enable_raw_mode() {
        Ok(()) => Ok(ENTER),
        Err(error) => {
            abandon();
            Err(error)
        }
    }
}

/// Raw mode once more, whatever others made of it while the program was stopped; the bytes that bring back the rest.
///
/// # Errors
/// When the terminal is gone.
pub fn enter_again() -> io::Result<&'static [u8]> {
    // It remembers the mode it found first, and would take it as set.
    disable_raw_mode()?;
    enable_raw_mode()?;
    Ok(ENTER_AGAIN)
}

/// Gives the terminal back; does nothing when it is not held. Errors are dropped: the terminal may be gone.
fn leave() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    link::tell_leaving();
    let bytes = [LEAVE_PASTE, LEAVE_SCREEN].concat();
    let mut out = io::stdout().lock();
    drop(out.write_all(&bytes).and_then(|()| out.flush()));
    drop(disable_raw_mode());
    link::tell(State::Free);
}

/// Gives the terminal back, also a stopped one. What one does not take even then is left to the guard; the line mode is
/// put back in any case.
pub fn leave_in_time() {
    if !in_time(leave) {
        drop(disable_raw_mode());
    }
}

/// Gives back the line mode of a terminal that is gone; if it is not, the guard does the rest.
pub fn abandon() {
    if HELD.swap(false, Ordering::SeqCst) {
        link::tell_leaving();
        drop(disable_raw_mode());
    }
}

/// The size, or 80x24 when the terminal does not tell.
#[must_use]
pub fn size() -> Size {
    match crossterm::terminal::size() {
        Ok((width, height)) if width > 0 && height > 0 => Size::new(width, height),
        _ => Size::new(80, 24),
    }
}

/// A panic anywhere gives the terminal back, prints its report and ends the program.
///
/// # Errors
/// When another hook was installed already.
pub fn restore_on_panic() -> color_eyre::Result<()> {
    let (panic, report) = color_eyre::config::HookBuilder::default().into_hooks();
    report.install()?;
    std::panic::set_hook(Box::new(move |info| {
        let report = panic.panic_report(info).to_string();
        in_time(move || {
            leave();
            eprintln!("{report}");
        });
        // In a thread as in the loop: without it the screen would stand still.
        std::process::exit(101);
    }));
    Ok(())
}
