//! Steps that most tests take: a folder, the wizard on a profile, the field Port of Backend.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::terminal::{CTRL_U, DOWN, ENTER, Terminal, row_with};

pub const SIZE: (u16, u16) = (80, 24);

/// Within this everything must be over that the operator or the system ended.
pub const SOON: Duration = Duration::from_secs(2);

/// An empty folder: no workspace, no configuration.
pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The wizard on enterprise, judged.
pub fn enterprise(folder: &Path, more: &[&str]) -> Terminal {
    let args = [&["--profile", "enterprise"], more].concat();
    let mut terminal = Terminal::start(SIZE, folder, &args);
    terminal.wait_for("✗0");
    terminal
}

/// From the panels to the field Port of Backend.
pub fn go_to_port(terminal: &mut Terminal) {
    terminal.press(DOWN, "▸ Backend");
    terminal.press(ENTER, "▸ Host");
    terminal.press(DOWN, "▸ Port");
}

/// Types a port, keeps it and waits for the verdict.
pub fn give_port(terminal: &mut Terminal, port: &str) {
    terminal.press(ENTER, "[");
    terminal.send(&format!("{CTRL_U}{port}{ENTER}"));
    terminal.wait("the port in force", |screen| {
        row_with(screen, "▸ Port").is_some_and(|row| has_word(&row, port))
    });
}

fn has_word(row: &str, word: &str) -> bool {
    row.split_whitespace().any(|found| found == word)
}

/// The wizard on enterprise with the port answered as 9001.
pub fn answered(folder: &Path, more: &[&str]) -> Terminal {
    let mut terminal = enterprise(folder, more);
    go_to_port(&mut terminal);
    give_port(&mut terminal, "9001");
    terminal.wait_for("✗0 !1 ○0 ●1");
    terminal
}

/// Ends the wizard that a shell started, and waits for the shell's prompt: what is typed before the wizard's process is
/// gone is still read by it.
pub fn back_to_the_prompt(terminal: &mut Terminal) {
    terminal.send("q");
    terminal.wait("the shell's prompt", |screen| {
        let (row, column) = screen.cursor_position();
        let before: String = crate::terminal::rows(screen)[usize::from(row)]
            .chars()
            .take(usize::from(column))
            .collect();
        !screen.alternate_screen() && before.trim_end() == "shell>"
    });
}
