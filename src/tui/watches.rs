//! The threads beside the loop that know nothing of the wizard: frames to the terminal, its end, and signals.

use std::io::{self, Write};
use std::sync::mpsc::{self, Sender};
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::inbox::Event;
use super::terminal;

/// Whole frames go out on a thread of their own, so that a stopped terminal stops nothing else.
pub(super) fn writer(events: &Sender<Event>) -> Sender<Vec<u8>> {
    let (frames, waiting) = mpsc::channel::<Vec<u8>>();
    let events = events.clone();
    thread::spawn(move || {
        for frame in waiting {
            let mut out = io::stdout().lock();
            // Once it is given back, a frame that comes late would be painted over the shell's screen.
            let sent = if terminal::is_held() {
                out.write_all(&frame).and_then(|()| out.flush())
            } else {
                Ok(())
            };
            drop(out);
            let event = if sent.is_ok() {
                Event::FrameSent
            } else {
                Event::HungUp
            };
            if events.send(event).is_err() {
                return;
            }
        }
    });
    frames
}

/// crossterm spins when the terminal goes away; the kernel tells it here without waking anybody before.
pub(super) fn hang_up(events: &Sender<Event>) {
    let events = events.clone();
    thread::spawn(move || {
        let stdin = io::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
        loop {
            match poll(&mut fds, None) {
                Ok(_) => break,
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return,
            }
        }
        drop(events.send(Event::HungUp));
    });
}

pub(super) fn signals(events: &Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT, SIGTSTP, SIGWINCH])?;
    let events = events.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            if events.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    });
    Ok(())
}
