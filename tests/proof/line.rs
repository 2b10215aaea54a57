//! A line between two ends that can break in two ways: it closes, or it goes on existing and carries nothing.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Copies,
    Silent,
    Closed,
}

#[derive(Default)]
struct Shared {
    state: Mutex<Option<State>>,
    changed: Condvar,
    ends: Mutex<Vec<TcpStream>>,
}

impl Shared {
    /// Blocks while the line is silent; `false` when it is closed.
    fn may_copy(&self) -> bool {
        let state = self.state.lock().unwrap();
        let state = self
            .changed
            .wait_while(state, |state| *state == Some(State::Silent))
            .unwrap();
        *state != Some(State::Closed)
    }

    fn turn(&self, next: State) {
        *self.state.lock().unwrap() = Some(next);
        self.changed.notify_all();
    }
}

/// A port of its own that leads to another one. Dropping it closes it.
pub struct Line {
    port: u16,
    shared: Arc<Shared>,
}

impl Line {
    /// Takes one connection.
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let own = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared::default());
        shared.turn(State::Copies);
        let here = Arc::clone(&shared);
        thread::spawn(move || {
            let (near, _) = listener.accept().unwrap();
            let far = TcpStream::connect(("127.0.0.1", port)).unwrap();
            let mut ends = here.ends.lock().unwrap();
            for (from, to) in [(&near, &far), (&far, &near)] {
                let (from, to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                let shared = Arc::clone(&here);
                thread::spawn(move || drop(copy(from, to, &shared)));
            }
            ends.extend([near, far]);
        });
        Self { port: own, shared }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Nothing is copied any more, and neither end is told.
    pub fn fall_silent(&self) {
        self.shared.turn(State::Silent);
    }

    /// Both ends are told.
    pub fn close(&self) {
        self.shared.turn(State::Closed);
        for end in self.shared.ends.lock().unwrap().iter() {
            let _ = end.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.close();
    }
}

fn copy(mut from: TcpStream, mut to: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 14];
    loop {
        let read = from.read(&mut buffer)?;
        if !shared.may_copy() {
            return Ok(());
        }
        if read == 0 {
            return to.shutdown(Shutdown::Write);
        }
        to.write_all(&buffer[..read])?;
    }
}
