//! What a secret would leave behind: any part of it, in clear or as programs encode texts, and where such a part is
//! found: in bytes, in files, in what the system tells of processes. Leaves to others: where it may be (`canary`).

use std::fmt::Write as _;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rustix::process::Pid;

use crate::process::children;

/// So many characters of the secret in a row are a trace of it. Fewer could stand anywhere by chance.
const PIECE: usize = 8;

/// The traces of one secret.
#[derive(Clone)]
pub struct Traces(Vec<(String, Vec<u8>)>);

impl Traces {
    /// `secret` is ASCII, and at no two places the same.
    pub fn of(secret: &str) -> Self {
        assert!(secret.is_ascii());
        let mut traces = Vec::new();
        for start in 0..=secret.len() - PIECE {
            let piece = &secret[start..start + PIECE];
            let mut trace = |how: &str, bytes: Vec<u8>| {
                traces.push((format!("{how} of characters {start} and on"), bytes));
            };
            let hex = |upper| {
                piece.bytes().fold(String::new(), |mut text, byte| {
                    if upper {
                        write!(text, "{byte:02X}").unwrap();
                    } else {
                        write!(text, "{byte:02x}").unwrap();
                    }
                    text
                })
            };
            trace("the text", piece.as_bytes().to_vec());
            trace("the reverse", piece.bytes().rev().collect());
            trace("hex", hex(false).into_bytes());
            trace("capital hex", hex(true).into_bytes());
            trace("UTF-16", piece.bytes().flat_map(|byte| [byte, 0]).collect());
            // Where a piece begins within a group of three bytes, its base64 is another.
            for before in 0..3 {
                let padded = [&vec![0; before][..], piece.as_bytes()].concat();
                let text = STANDARD_NO_PAD.encode(&padded);
                // The first and last digits hold bits of what stands around.
                let first = (before * 8).div_ceil(6);
                let last = padded.len() * 8 / 6;
                trace("base64", text.as_bytes()[first..last].to_vec());
            }
        }
        Self(traces)
    }

    /// What of the secret is in these bytes.
    pub fn within(&self, bytes: &[u8]) -> Option<&str> {
        self.0
            .iter()
            .find(|(_, trace)| contains(bytes, trace))
            .map(|(what, _)| what.as_str())
    }

    /// Where below these folders it is found: in names, in texts, in what links lead to.
    pub fn below(&self, folders: &[&Path]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut left: Vec<PathBuf> = folders.iter().map(|folder| (*folder).to_owned()).collect();
        while let Some(path) = left.pop() {
            let name = path.file_name().unwrap_or_default().as_bytes();
            // Files come and go meanwhile; what is gone holds nothing.
            let Ok(kind) = path.symlink_metadata() else {
                continue;
            };
            let text = if kind.is_file() {
                fs::read(&path).unwrap_or_default()
            } else if kind.is_symlink() {
                let target = fs::read_link(&path).unwrap_or_default();
                target.as_os_str().as_bytes().to_vec()
            } else {
                let entries = fs::read_dir(&path).into_iter().flatten();
                left.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
                Vec::new()
            };
            if self.within(name).or_else(|| self.within(&text)).is_some() {
                found.push(path);
            }
        }
        found.sort();
        found
    }

    /// What the system tells of a process and all below it: arguments, environment, and files that are open, those
    /// without a name too.
    pub fn of_processes(&self, first: Pid) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut left = vec![first];
        while let Some(pid) = left.pop() {
            left.extend(children(pid));
            let about = PathBuf::from(format!("/proc/{}", pid.as_raw_pid()));
            let told = ["cmdline", "environ", "comm"].map(|name| about.join(name));
            let open = fs::read_dir(about.join("fd")).into_iter().flatten();
            let open = open
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|file| {
                    // Not the program itself, and nothing that blocks.
                    let kind = fs::metadata(file);
                    kind.is_ok_and(|kind| kind.is_file() && kind.len() < 1 << 20)
                });
            for file in told.into_iter().chain(open) {
                if self.within(&fs::read(&file).unwrap_or_default()).is_some() {
                    found.push(file);
                }
            }
        }
        found
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    let first = part[0];
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        if rest[at..].starts_with(part) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Looks for traces again and again while the program works, so that a file that is there for a moment is seen too.
pub struct Watcher {
    stop: Sender<()>,
    works: JoinHandle<(usize, Vec<PathBuf>)>,
}

impl Watcher {
    /// Below these folders, and of the processes below `first`.
    pub fn start(traces: &Traces, folders: &[&Path], first: Pid) -> Self {
        const PAUSE: Duration = Duration::from_millis(5);
        let (stop, stopped) = mpsc::channel();
        let traces = traces.clone();
        let folders: Vec<PathBuf> = folders.iter().map(|folder| (*folder).to_owned()).collect();
        let works = thread::spawn(move || {
            let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
            let mut rounds = 0;
            let mut found = Vec::new();
            while stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                found.extend(traces.below(&folders));
                found.extend(traces.of_processes(first));
                rounds += 1;
            }
            found.sort();
            found.dedup();
            (rounds, found)
        });
        Self { stop, works }
    }

    /// How often it looked, and where it found something.
    pub fn stop(self) -> (usize, Vec<PathBuf>) {
        drop(self.stop);
        self.works.join().unwrap()
    }
}

#[test]
fn a_trace_is_found_however_it_is_written() {
    let secret = "q7Zk2mXw9RtB";
    let traces = Traces::of(secret);
    for text in [
        "jwt = \"q7Zk2mXw9RtB\"",
        "jwt = \"q7Zk2mXw\"",
        "mXw9RtB, and k2mXw9RtB",
        "BtR9wXm2kZ7q",
        "71375a6b326d587739527442",
        "71375A6B326D587739527442",
        "cTdaazJtWHc5UnRC",
        // Of `xq7Zk2mXw9RtB` and `xyq7Zk2mXw9RtB`.
        "eHE3WmsybVh3OVJ0Qg==",
        "eHlxN1prMm1YdzlSdEI=",
        "q\u{0}7\u{0}Z\u{0}k\u{0}2\u{0}m\u{0}X\u{0}w\u{0}",
    ] {
        assert!(traces.within(text.as_bytes()).is_some(), "{text}");
    }
    for text in ["q7Zk2mX, w9RtB", "", "Q7ZK2MXW9RTB"] {
        assert_eq!(traces.within(text.as_bytes()), None, "{text}");
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::write(folder.path().join("a"), "nothing").unwrap();
    fs::write(folder.path().join("deep/b"), secret).unwrap();
    std::os::unix::fs::symlink(secret, folder.path().join("deep/c")).unwrap();
    fs::write(folder.path().join(secret), "").unwrap();
    let found = traces.below(&[folder.path()]);
    let wanted = ["deep/b", "deep/c", secret].map(|name| folder.path().join(name));
    assert_eq!(found, wanted);
}
