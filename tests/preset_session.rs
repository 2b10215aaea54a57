//! Presets with the real binary on a pseudo-terminal: saved by one wizard, found by the next, loaded, and resumed over.
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
use std::os::unix::fs::PermissionsExt;

use steps::{SIZE, answered, folder};
use terminal::{ENTER, ESC, TAB, Terminal};

const DELETE: &str = "\x1b[3~";

#[test]
fn what_one_wizard_saves_the_next_one_loads() {
    let home = folder();
    let mut terminal = answered(home.path(), &[]);
    terminal.press(ESC, "16 panels");
    terminal.press("p", "None is saved yet.");
    terminal.press("s", "Save as a preset");
    terminal.press("night", "[night");
    terminal.press(TAB, "▸ [");
    terminal.press(TAB, "▸ (x) mine");
    terminal.press(TAB, "▸[ Save preset ]");
    terminal.press(ENTER, "Saved: mine/night, profile enterprise, 1 answer");
    terminal.wait_for("enterprise · night ");
    // Nothing is unsaved, so nothing is asked.
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    let folder = home.path().join(".config/vapora-tui/presets");
    let mode = folder.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let text = fs::read_to_string(folder.join("night.toml")).unwrap();
    assert!(
        text.ends_with("[answers]\n\"backend.port\" = 9001\n"),
        "{text}"
    );
    assert!(!home.path().join("config").exists());

    let mut terminal = Terminal::start::<&str>(SIZE, home.path(), &[]);
    terminal.wait_for("1 saved");
    terminal.press("p", "▸   night");
    terminal.press(ENTER, "preset night is open: 1 setting.");
    terminal.press("p", "▸   night");
    terminal.press(DELETE, "mine/night is deleted");
    assert!(!folder.join("night.toml").exists());
    terminal.press("u", "mine/night is back.");
    assert_eq!(fs::read_to_string(folder.join("night.toml")).unwrap(), text);
}
