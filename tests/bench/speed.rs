//! How long an operator waits: for the first frame, for the first verdict, for each key. From the moment before the
//! program is started, or the key written, to the arrival of the byte that completes the screen.

use std::path::Path;
use std::time::Duration;

use vt100::Screen;

use crate::figure::{Figure, Number};
use crate::process::{Watch, children};
use crate::terminal::{ENTER, Terminal, rows};
use crate::typing::{self, milliseconds};
use crate::{Counts, SIZE, go_to_port, wizard};

/// Between two keys; nobody types faster, and the verdict of the one before is in.
const BETWEEN_KEYS: Duration = Duration::from_millis(6);
/// After this long without a byte a screen is taken for finished.
const AT_REST: Duration = Duration::from_millis(500);

pub fn starts(counts: &Counts, folder: &Path) -> Vec<Figure> {
    let mut first_bytes = Vec::new();
    let mut first = Vec::new();
    let footer = footer(folder);
    let is_full = |screen: &Screen| rows(screen).last() == Some(&footer);
    for _ in 0..counts.starts {
        let mut terminal = Terminal::start::<&str>(SIZE, folder, &[]);
        let at = terminal.wait("the first full frame", is_full);
        first.push(milliseconds(terminal.started, at));
        first_bytes.push(terminal.written.len() as f64);
        leave(terminal);
    }
    let mut judged = Vec::new();
    for _ in 0..counts.starts {
        let mut terminal = Terminal::start(SIZE, folder, &["--profile", "enterprise"]);
        let at = terminal.wait_for("✗0");
        judged.push(milliseconds(terminal.started, at));
        leave(terminal);
    }
    vec![
        Figure::new("start to first full frame", "ms", first).at_most(Number::Median, 12.0),
        Figure::new("start to first verdict", "ms", judged).at_most(Number::Median, 50.0),
        Figure::new("first full frame", "bytes", first_bytes),
    ]
}

/// The last row of the start screen: it is written last.
fn footer(folder: &Path) -> String {
    let mut terminal = Terminal::start::<&str>(SIZE, folder, &[]);
    terminal.wait_for("▸ solo");
    terminal.drain(AT_REST);
    let footer = terminal.rows().pop().unwrap();
    assert!(!footer.is_empty());
    leave(terminal);
    footer
}

/// Ends the program, and waits for its child, so that the next start has the machine for itself.
fn leave(mut terminal: Terminal) {
    let children: Vec<Watch> = children(terminal.pid())
        .into_iter()
        .map(Watch::new)
        .collect();
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    for child in children {
        child.ends_within(Duration::from_secs(2));
    }
}

pub fn keys(counts: &Counts, folder: &Path) -> Vec<Figure> {
    let mut terminal = wizard(folder, "enterprise");
    go_to_port(&mut terminal);
    terminal.press(ENTER, "[8001");
    let (frames, verdicts) = typing::on_port(
        &mut terminal,
        BETWEEN_KEYS,
        counts.keys / 2,
        counts.keys / 10,
    );
    vec![
        Figure::new("key to frame", "ms", frames).at_most(Number::P99, 3.0),
        Figure::new("key to verdict on the screen", "ms", verdicts).at_most(Number::P95, 8.0),
        Figure::new(
            "for comparison: a line through cat",
            "ms",
            echoes(counts, folder),
        ),
    ]
}

/// What the machine itself needs for a way through a terminal and one process: how noisy it is just now.
fn echoes(counts: &Counts, folder: &Path) -> Vec<f64> {
    let mut terminal = Terminal::start_program::<&str>("cat", SIZE, folder, &[]);
    // The kernel echoes the line; cat's copy is the second.
    let copies =
        |screen: &Screen, line: &str| rows(screen).iter().filter(|row| *row == line).count();
    (0..counts.keys / 10)
        .map(|i| {
            terminal.drain(BETWEEN_KEYS);
            let line = format!("line {i}");
            let sent = terminal.send(&format!("{line}\n"));
            milliseconds(
                sent,
                terminal.wait("the copy", |screen| copies(screen, &line) == 2),
            )
        })
        .collect()
}
