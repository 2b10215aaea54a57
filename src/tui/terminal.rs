//! Takes hold of the terminal and gives it back, on every ordinary end, panic and signal.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;

/// Alternate screen, bracketed paste; the cursor hides with the first frame.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
/// For a terminal that others may have used: the other screen again, without saving the cursor a second time.
const ENTER_AGAIN: &[u8] = b"\x1b[?47h\x1b[?2004h";
/// All of it back, in the order that leaves the shell's screen as it was.
const LEAVE: &[u8] = b"\x1b[m\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Clicks and the wheel, in the coordinates that reach beyond column 223; no moves, which would cost a slow line.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// How long a stopped terminal is waited for at the end.
pub const PATIENCE: Duration = Duration::from_millis(500);

static HELD: AtomicBool = AtomicBool::new(false);

/// The bytes that take the mouse, or give it back.
#[must_use]
pub fn mouse(on: bool) -> &'static [u8] {
    if on { MOUSE_ON } else { MOUSE_OFF }
}

/// Raw mode and the alternate screen.
///
/// # Errors
/// When the terminal is gone.
pub fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    HELD.store(true, Ordering::SeqCst);
    let mut out = io::stdout().lock();
    out.write_all(ENTER)?;
    out.flush()
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
pub fn leave() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout().lock();
    drop(out.write_all(LEAVE).and_then(|()| out.flush()));
    drop(disable_raw_mode());
}

/// As [`leave`], for a terminal that may be stopped: after [`PATIENCE`] only the line mode is put back.
pub fn leave_in_time() {
    let (done, left) = mpsc::channel();
    thread::spawn(move || {
        leave();
        let _ = done.send(());
    });
    if left.recv_timeout(PATIENCE).is_err() {
        drop(disable_raw_mode());
    }
}

/// As [`leave`], for a terminal that is gone: only the line mode is put back.
pub fn abandon() {
    if HELD.swap(false, Ordering::SeqCst) {
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
        leave();
        eprintln!("{}", panic.panic_report(info));
        // In a thread as in the loop: without it the screen would stand still.
        std::process::exit(101);
    }));
    Ok(())
}
