//! The wizard killed at random moments while an operator types: how much typing is lost, and whether every draft that
//! is offered afterwards is whole. `PROOF_COUNTS=full` kills 200 times, else 15 times.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::counts;
use crate::steps::{SIZE, SOON};
use crate::terminal::{CTRL_U, DOWN, ENTER, PROGRAM, Terminal};

/// As fast as a quick typist.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);

/// What may be lost at most.
const LOST: Duration = Duration::from_secs(1);

/// The longest that is typed before a kill.
const LONGEST: u64 = 1_500;

/// The first setting of the first panel that takes any text.
const FIELD: &str = "backend.host";

/// Numbers that look random and are the same in each run.
struct Moments(u64);

impl Moments {
    fn next(&mut self) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        Duration::from_millis(self.0 % LONGEST)
    }
}

fn draft(home: &Path, args: &[&str]) -> Json {
    let done = Command::new(PROGRAM)
        .arg("draft")
        .args(args)
        .args(["--format", "json"])
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .output()
        .unwrap();
    serde_json::from_slice(&done.stdout).unwrap_or_else(|error| panic!("{error}: {done:?}"))
}

/// What one kill left.
struct Left {
    /// From the oldest key that is not in the draft to the kill.
    lost: Duration,
    damaged: bool,
}

/// Types into a field, kills at the moment given, and looks at the draft.
fn kill(after: Duration) -> Left {
    let home = TempDir::new().unwrap();
    let mut terminal = Terminal::start(SIZE, home.path(), &["--profile", "enterprise"]);
    terminal.wait_for("✗0");
    terminal.press(DOWN, "▸ Backend");
    terminal.press(ENTER, "▸ Host");
    terminal.press(ENTER, "[0.0.0.0");
    terminal.send(CTRL_U);
    let began = Instant::now();
    let mut keys = Vec::new();
    // The pace of the operator, not a wait for the program.
    while began.elapsed() < after {
        let letter = char::from(b'a' + u8::try_from(keys.len() % 26).unwrap());
        keys.push((terminal.send(&letter.to_string()), letter));
        let left = after.saturating_sub(began.elapsed());
        thread::sleep(BETWEEN_KEYS.min(left));
    }
    terminal.signal(Signal::KILL);
    let killed = Instant::now();
    terminal.end_within(SOON).expect("killed");

    let found = draft(home.path(), &["list"]);
    let mut damaged = found["problems"] != Json::Array(vec![]);
    let offered = found["drafts"].as_array().unwrap();
    assert!(offered.len() <= 1, "{found}");
    let mut text = String::new();
    if let Some(summary) = offered.first() {
        damaged |= summary["problems"] != Json::Array(vec![]);
        let shown = draft(home.path(), &["show", summary["id"].as_str().unwrap()]);
        assert_eq!(shown["typing"]["path"], FIELD, "{shown}");
        text.push_str(shown["typing"]["text"].as_str().unwrap_or_default());
    }
    let typed: String = keys.iter().map(|(_, letter)| letter).collect();
    assert!(
        typed.starts_with(&text),
        "{text} is not the beginning of {typed}"
    );
    let first_lost = keys.get(text.len()).map(|(at, _)| *at);
    Left {
        lost: first_lost.map_or(Duration::ZERO, |at| killed.duration_since(at)),
        damaged,
    }
}

#[test]
#[ignore = "kills many wizards, which takes minutes"]
fn killed_while_typing_at_most_a_second_is_lost_and_no_draft_is_damaged() {
    let mut moments = Moments(0x5eed_0fd1_a575);
    let left: Vec<Left> = (0..counts::of(15, 200))
        .map(|_| kill(moments.next()))
        .collect();
    let damaged = left.iter().filter(|left| left.damaged).count();
    let most = left.iter().map(|left| left.lost).max().unwrap();
    println!(
        "{} kills while typing: {damaged} damaged drafts, at most {} ms of typing lost",
        left.len(),
        most.as_millis()
    );
    assert_eq!(damaged, 0);
    assert!(most <= LOST, "{most:?}");
}
