//! Starts child processes and ends them. Nothing else in the program does either.
//! Leaves to others: what is said to a child (`nickel`).

use std::fmt;
use std::fs;
use std::io::{self, PipeReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The running program itself, also after its file was replaced by an upgrade.
const SELF: &str = "/proc/self/exe";

/// Two pipes to something that answers, and the means to end it.
pub struct Link {
    pub reader: Box<dyn Read + Send>,
    pub writer: Box<dyn Write + Send>,
    end: Option<Child>,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("child", &self.end)
            .finish_non_exhaustive()
    }
}

impl Link {
    /// A link to something that is no process (a thread of a test); ending it means closing the pipes.
    #[must_use]
    pub fn to_thread(reader: Box<dyn Read + Send>, writer: Box<dyn Write + Send>) -> Self {
        Self {
            reader,
            writer,
            end: None,
        }
    }

    /// Memory in use by the process at the other end, in bytes; `None` when it is none, or is gone.
    #[must_use]
    pub fn resident(&self) -> Option<u64> {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.end.as_ref()?.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kilobytes << 10)
    }

    /// Takes the reading half, to be read by a thread of its own.
    #[must_use]
    pub fn take_reader(&mut self) -> Box<dyn Read + Send> {
        std::mem::replace(&mut self.reader, Box::new(io::empty()))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(child) = &mut self.end {
            // Either may fail only because the child is gone already.
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// Starts this program again with a hidden verb, linked by its stdin and stdout; what it says on stderr is dropped.
///
/// # Errors
/// When the system refuses a new process or a pipe.
pub fn start_self(verb: &str) -> io::Result<Link> {
    start(&this_program()?, verb)
}

fn this_program() -> io::Result<PathBuf> {
    if Path::new(SELF).exists() {
        return Ok(PathBuf::from(SELF));
    }
    // A root without /proc: the name it was called by.
    std::env::args_os()
        .next()
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::other("the program does not know its own name"))
}

/// As [`start_self`], for a program that is not the running one (a test is not).
///
/// # Errors
/// When the system refuses a new process or a pipe.
pub fn start(program: &Path, verb: &str) -> io::Result<Link> {
    let mut child = Command::new(program)
        .arg(verb)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Not /dev/null: an empty root has none.
        .stderr(Stdio::piped())
        // Ctrl+C in line mode is meant for this program alone.
        .process_group(0)
        .spawn()?;
    drop(child.stderr.take());
    let pipes = child.stdin.take().zip(child.stdout.take());
    let (writer, reader) = pipes.ok_or_else(|| io::Error::other("the child has no pipes"))?;
    Ok(Link {
        reader: Box::new(reader),
        writer: Box::new(writer),
        end: Some(child),
    })
}

/// Starts this program again with a hidden verb, beside this one on its terminal: stdout is shared, stdin is the end of
/// a pipe. It is no part of the wizard's work and may outlive it; whoever starts it waits for its end.
///
/// # Errors
/// When the system refuses a new process or a pipe.
pub fn start_beside(verb: &str, stdin: PipeReader) -> io::Result<Child> {
    let mut child = Command::new(this_program()?)
        .arg(verb)
        .env_clear()
        .stdin(stdin)
        .stdout(Stdio::inherit())
        .stderr(Stdio::piped())
        .spawn()?;
    drop(child.stderr.take());
    Ok(child)
}
