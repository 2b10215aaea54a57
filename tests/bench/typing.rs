//! Keys typed into a port field that holds 8001, and how long each takes: to its frame, and to the verdict.

use std::time::{Duration, Instant};

use vt100::Screen;

use crate::terminal::{BACKSPACE, CTRL_U, ENTER, Terminal, rows};

pub fn milliseconds(from: Instant, to: Instant) -> f64 {
    to.duration_since(from).as_secs_f64() * 1000.0
}

/// Milliseconds from keys to frames, and from keys to verdicts: a wrong digit and its removal `digits` times in the
/// open edit, then a wrong value taken back and given again `undos` times. `pause` lies between two keys.
pub fn on_port(
    terminal: &mut Terminal,
    pause: Duration,
    digits: usize,
    undos: usize,
) -> (Vec<f64>, Vec<f64>) {
    let mut frames = Vec::new();
    let mut verdicts = Vec::new();
    for _ in 0..digits {
        terminal.drain(pause);
        let sent = terminal.send("5");
        frames.push(milliseconds(sent, terminal.wait_for("[80015")));
        verdicts.push(milliseconds(sent, terminal.wait_for("not yet")));
        terminal.drain(pause);
        let sent = terminal.send(BACKSPACE);
        frames.push(milliseconds(sent, terminal.wait_for("[8001 ")));
        terminal.wait_gone("not yet");
    }
    terminal.send(&format!("{CTRL_U}80{ENTER}"));
    terminal.wait_for("✗1");
    for _ in 0..undos {
        for (key, count) in [("u", "✗0"), ("U", "✗1")] {
            terminal.drain(pause);
            let sent = terminal.send(key);
            let in_header = |screen: &Screen| rows(screen)[0].contains(count);
            verdicts.push(milliseconds(sent, terminal.wait(count, in_header)));
        }
    }
    (frames, verdicts)
}
