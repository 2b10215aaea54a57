//! `--preset` with the real binary on a pseudo-terminal: past the start screen, and taken up again after a kill.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[allow(dead_code, reason = "shared with other test crates")]
#[path = "pty/process.rs"]
mod process;
#[allow(dead_code, reason = "shared with other test crates")]
#[path = "pty/steps.rs"]
mod steps;
#[allow(dead_code, reason = "shared with other test crates")]
#[path = "pty/terminal.rs"]
mod terminal;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value as Json;
use steps::{SIZE, SOON, folder, give_port, go_to_port};
use terminal::{DOWN, ENTER, PROGRAM, Terminal};

const END: &str = "\x1b[F";

const PRESET: &str = "format = 1\nname = \"eu\"\nschema = \"1.2.0\"\nprofile = \"enterprise\"\n\n\
    [answers]\n\"backend.workers\" = 7\n";

fn put(home: &Path, place: &str, text: &str) {
    let folder = home.join(place);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("eu.toml"), text).unwrap();
}

/// Waits until the draft is on disk; each look is a process of its own.
fn kept(home: &Path) {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let done = Command::new(PROGRAM)
            .args(["draft", "list", "--format", "json"])
            .current_dir(home)
            .env_clear()
            .env("HOME", home)
            .output()
            .unwrap();
        let json: Json = serde_json::from_slice(&done.stdout).unwrap();
        if json["drafts"][0]["answers"] == 1 {
            return;
        }
        assert!(Instant::now() < until, "{json}");
    }
}

const MINE: &str = ".config/vapora-tui/presets";

#[test]
fn a_draft_over_a_preset_resumes_over_it() {
    let home = folder();
    put(home.path(), MINE, PRESET);
    let mut terminal = Terminal::start(SIZE, home.path(), &["--preset", "eu"]);
    terminal.wait_for("preset eu is open: 1 setting.");
    terminal.wait_for("enterprise");
    go_to_port(&mut terminal);
    give_port(&mut terminal, "9001");
    terminal.wait_for("●1");
    kept(home.path());
    terminal.signal(Signal::KILL);
    terminal.end_within(SOON).unwrap();

    let mut terminal = Terminal::start::<&str>(SIZE, home.path(), &[]);
    terminal.wait_for("to continue with");
    terminal.press(END, "▸ enterprise, 1 answer");
    terminal.press(ENTER, "▸[ Resume ]");
    terminal.press(ENTER, "The draft of");
    terminal.wait_for("enterprise · eu");
    go_to_port(&mut terminal);
    terminal.press(DOWN, "from: preset eu");
    assert_eq!(
        fs::read_to_string(home.path().join(MINE).join("eu.toml")).unwrap(),
        PRESET
    );
}

#[test]
fn of_two_presets_mine_is_taken_and_the_other_is_told() {
    let home = folder();
    put(home.path(), MINE, PRESET);
    put(home.path(), "presets", &PRESET.replace('7', "6"));
    let mut terminal = Terminal::start(SIZE, home.path(), &["--preset", "eu"]);
    terminal.wait_for("preset eu is open");
    terminal.press("!", "There are two presets eu; yours is taken.");
    let mut terminal = Terminal::start(SIZE, home.path(), &["--preset", "shared/eu"]);
    terminal.wait_for("preset eu is open");
    go_to_port(&mut terminal);
    terminal.press(DOWN, " 6 ");
}

#[test]
fn a_preset_that_is_not_there_is_refused_before_the_first_screen() {
    let home = folder();
    put(home.path(), MINE, PRESET);
    let mut terminal = Terminal::start(SIZE, home.path(), &["--preset", "ue"]);
    terminal.wait_for("There is no preset ue. Did you mean eu?");
    assert_eq!(terminal.exit_code(), 2);
}
