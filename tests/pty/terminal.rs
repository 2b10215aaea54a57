//! The real binary on a pseudo-terminal, and what a terminal would show of it. Waiting means blocking on output until
//! the screen is as wanted or the deadline is over; nothing sleeps. Leaves to others: what the processes use (`process`).

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{MouseProtocolMode, Parser, Screen};

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_vapora-tui");

/// How long a wait may take in all: a debug build on a busy machine needs seconds, a hang is for ever.
const PATIENCE: Duration = Duration::from_secs(30);

pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const TAB: &str = "\t";
pub const UP: &str = "\x1b[A";
pub const DOWN: &str = "\x1b[B";
pub const HOME: &str = "\x1b[H";
pub const CTRL_C: &str = "\x03";
pub const CTRL_L: &str = "\x0c";
pub const CTRL_U: &str = "\x15";
pub const CTRL_Z: &str = "\x1a";
pub const BACKSPACE: &str = "\x7f";

/// Bytes as they came from the program in one read.
struct Chunk {
    at: Instant,
    bytes: Vec<u8>,
}

/// A program on a pseudo-terminal of its own. Dropping it kills the program.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    chunks: Receiver<Chunk>,
    ended: Receiver<ExitStatus>,
    gate: Arc<Mutex<()>>,
    closing: Arc<AtomicBool>,
    parser: Parser,
    line_mode: String,
    pid: Pid,
    /// Just before the program was started.
    pub started: Instant,
    /// When the last byte processed so far arrived.
    pub seen: Instant,
    /// Everything the program wrote so far.
    pub written: Vec<u8>,
}

impl Terminal {
    /// Starts the program under test in `folder`, with nothing of this process's environment.
    pub fn start<S: AsRef<OsStr>>(size: (u16, u16), folder: &Path, args: &[S]) -> Self {
        Self::start_program(PROGRAM, size, folder, args)
    }

    pub fn start_program<S: AsRef<OsStr>>(
        program: &str,
        size: (u16, u16),
        folder: &Path,
        args: &[S],
    ) -> Self {
        Self::start_in(&[], program, size, folder, args)
    }

    /// With these variables over the usual few; an empty value takes one away.
    pub fn start_in<S: AsRef<OsStr>>(
        variables: &[(&str, &str)],
        program: &str,
        (columns, rows): (u16, u16),
        folder: &Path,
        args: &[S],
    ) -> Self {
        let pty = native_pty_system()
            .openpty(pty_size(columns, rows))
            .unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(folder);
        command.env_clear();
        for (name, value) in [
            ("PATH", "/usr/bin:/bin"),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("USER", "ops"),
            ("PS1", "shell> "),
        ] {
            command.env(name, value);
        }
        command.env("HOME", folder);
        for (name, value) in variables {
            match *value {
                "" => command.env_remove(name),
                value => command.env(name, value),
            }
        }
        let line_mode = line_mode(&*pty.master);
        let reader = pty.master.try_clone_reader().unwrap();
        let keys = pty.master.take_writer().unwrap();
        let started = Instant::now();
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        let (status, ended) = mpsc::channel();
        thread::spawn(move || drop(status.send(child.wait().unwrap())));
        let gate = Arc::new(Mutex::new(()));
        let closing = Arc::new(AtomicBool::new(false));
        let chunks = read_chunks(reader, Arc::clone(&gate), Arc::clone(&closing));
        Self {
            master: pty.master,
            keys,
            chunks,
            ended,
            gate,
            closing,
            parser: Parser::new(cells(rows), cells(columns), 0),
            line_mode,
            pid,
            started,
            seen: started,
            written: Vec::new(),
        }
    }

    pub fn pid(&self) -> Pid {
        self.pid
    }

    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The rows as text, blanks at their ends cut.
    pub fn rows(&self) -> Vec<String> {
        rows(self.screen())
    }

    /// Sends keys, and says when.
    pub fn send(&mut self, keys: &str) -> Instant {
        let at = Instant::now();
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        at
    }

    /// Blocks until the screen is as wanted, and says when the byte that made it so arrived.
    pub fn wait(&mut self, wanted: &str, is_so: impl Fn(&Screen) -> bool) -> Instant {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self.screen()) {
            if let Err(why) = self.take(deadline) {
                panic!(
                    "{why} while waiting for: {wanted}\n{}",
                    picture(self.screen())
                );
            }
        }
        self.seen
    }

    /// Blocks until a text shows anywhere.
    pub fn wait_for(&mut self, text: &str) -> Instant {
        self.wait(text, |screen| shows(screen, text))
    }

    /// Blocks until a text shows nowhere.
    pub fn wait_gone(&mut self, text: &str) -> Instant {
        self.wait(&format!("no {text}"), |screen| !shows(screen, text))
    }

    /// Sends keys and waits for a text that they bring.
    pub fn press(&mut self, keys: &str, text: &str) {
        self.send(keys);
        self.wait_for(text);
    }

    /// Takes what comes until nothing came for `quiet`; how many bytes that was.
    pub fn drain(&mut self, quiet: Duration) -> usize {
        let before = self.written.len();
        while self.take(Instant::now() + quiet).is_ok() {}
        self.written.len() - before
    }

    /// Takes what comes in so long a time; how many bytes that was.
    pub fn listen(&mut self, time: Duration) -> usize {
        let before = self.written.len();
        let deadline = Instant::now() + time;
        while self.take(deadline).is_ok() {}
        self.written.len() - before
    }

    fn take(&mut self, deadline: Instant) -> Result<(), &'static str> {
        let left = deadline.saturating_duration_since(Instant::now());
        let chunk = self
            .chunks
            .recv_timeout(left)
            .map_err(|error| match error {
                RecvTimeoutError::Timeout => "the deadline was over",
                RecvTimeoutError::Disconnected => "the program ended",
            })?;
        self.parser.process(&chunk.bytes);
        self.written.extend_from_slice(&chunk.bytes);
        self.seen = chunk.at;
        Ok(())
    }

    /// The window gets another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.set_size(cells(rows), cells(columns));
        self.master.resize(pty_size(columns, rows)).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Blocks until the program ended, at most `limit`; takes what it wrote last. `None` when it is still there.
    pub fn end_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let deadline = Instant::now() + limit;
        let status = self.ended.recv_timeout(limit).ok()?;
        while self.take(deadline).is_ok() {}
        Some(status)
    }

    /// Blocks until the program ended; its exit status.
    pub fn exit_code(&mut self) -> u32 {
        match self.end_within(PATIENCE) {
            Some(status) => status.exit_code(),
            None => panic!("the program did not end\n{}", picture(self.screen())),
        }
    }

    /// The terminal as the program has it.
    pub fn tty(&self) -> File {
        File::open(self.master.tty_name().unwrap()).unwrap()
    }

    /// Is the terminal as a shell expects it: line mode as before, own screen, cursor, no bracketed paste?
    pub fn assert_given_back(&self) {
        assert_eq!(line_mode(&*self.master), self.line_mode, "line mode");
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "alternate screen left");
        assert!(!screen.hide_cursor(), "cursor shown");
        assert!(!screen.bracketed_paste(), "bracketed paste off");
        assert_eq!(
            screen.mouse_protocol_mode(),
            MouseProtocolMode::None,
            "mouse"
        );
        let pen = (screen.fgcolor(), screen.bold(), screen.inverse());
        assert_eq!(pen, (vt100::Color::Default, false, false), "pen");
    }

    /// While this is locked nothing more is read from the program than one chunk.
    pub fn gate(&self) -> Arc<Mutex<()>> {
        Arc::clone(&self.gate)
    }

    /// The window is closed: the terminal goes away under the program. Gives what tells its end.
    pub fn close(mut self) -> Receiver<ExitStatus> {
        // The reader holds the terminal open until its read ends, and the repaint ends it.
        self.closing.store(true, Ordering::SeqCst);
        self.send(CTRL_L);
        let deadline = Instant::now() + PATIENCE;
        while self.take(deadline).is_ok() {}
        let (_, nothing) = mpsc::channel();
        std::mem::replace(&mut self.ended, nothing)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Err(mpsc::TryRecvError::Empty) = self.ended.try_recv() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

fn read_chunks(
    mut reader: Box<dyn Read + Send>,
    gate: Arc<Mutex<()>>,
    closing: Arc<AtomicBool>,
) -> Receiver<Chunk> {
    let (sender, chunks) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while !closing.load(Ordering::SeqCst) {
            drop(gate.lock());
            let read = reader.read(&mut buffer).unwrap_or(0);
            let chunk = Chunk {
                at: Instant::now(),
                bytes: buffer[..read].to_vec(),
            };
            if read == 0 || sender.send(chunk).is_err() {
                return;
            }
        }
    });
    chunks
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn line_mode(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

pub fn rows(screen: &Screen) -> Vec<String> {
    let (_, columns) = screen.size();
    screen
        .rows(0, columns.get())
        .map(|row| row.trim_end().to_owned())
        .collect()
}

pub fn shows(screen: &Screen, text: &str) -> bool {
    rows(screen).iter().any(|row| row.contains(text))
}

/// The first row that holds the text.
pub fn row_with(screen: &Screen, text: &str) -> Option<String> {
    rows(screen).into_iter().find(|row| row.contains(text))
}

fn picture(screen: &Screen) -> String {
    let mut picture = String::new();
    for row in rows(screen) {
        let _ = writeln!(picture, "|{row}");
    }
    picture
}
