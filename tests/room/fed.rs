//! A program that gets all its lines at once and whose end is waited for.

use std::io::Write;
use std::process::{Command, Output, Stdio};

pub fn fed(command: &mut Command, lines: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ended early reads no more; what it said is judged.
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    child.wait_with_output().unwrap()
}
