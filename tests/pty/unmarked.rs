//! Pastes that the terminal does not mark, as consoles, serial lines and `tmux paste-buffer` send them: their lines
//! arrive as keys at once and must not run as keys, wherever they land.

use crate::steps::{answered, enterprise, folder, go_to_port};
use crate::terminal::{CTRL_U, DOWN, ENTER, ESC, Terminal, UP, row_with, shows};

/// Each of them did something as keys: left, kept a value, opened panels and windows, undid, wrote.
const PASTES: [&str; 5] = [
    "hello world\rquit\rq\r:q\r",
    "VAPORA__LLM_ROUTER__PORT=9003\rDATABASE_URL=ws://x\r",
    "apiVersion: v1\rkind: ConfigMap\r",
    "e 1\rf 2\ru 3\rw\r",
    "db.example:8000\rw\t\ry\r",
];

const REFUSED: &str = "Pasted text has no place here";
const REFUSED_BY_CHOICE: &str = "Choose one of these; pasted text has no place here.";

/// How it ends in a line, where line breaks and tabs are blanks; the row shows no more of it.
fn end_in_a_line(paste: &str) -> String {
    let line = paste.trim_end().replace(['\r', '\n', '\t'], " ");
    line[line.len().saturating_sub(12)..].to_owned()
}

/// Until the focused row is edited and shows this.
fn wait_for_edit(terminal: &mut Terminal, prompt: &str, text: &str) {
    terminal.wait(&format!("{text} in the edit of {prompt}"), |screen| {
        row_with(screen, &format!("▸ {prompt}"))
            .and_then(|row| row.split_once('[').map(|(_, edit)| edit.contains(text)))
            .unwrap_or(false)
    });
}

/// Not even for one frame since it was started.
fn assert_never_drew(terminal: &Terminal, words: &[&str], paste: &str) {
    let written = String::from_utf8_lossy(&terminal.written);
    for word in words {
        assert!(!written.contains(word), "{word} after {paste:?}");
    }
}

#[test]
fn on_the_panels_it_is_refused_whole() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    for paste in PASTES {
        terminal.press(paste, REFUSED);
        assert_never_drew(&terminal, &["Leave", "Review", "▸ Host"], paste);
        terminal.press(DOWN, "▸ Backend");
        terminal.wait_gone(REFUSED);
        terminal.press(UP, "▸ Deployment");
    }
}

#[test]
fn on_a_field_it_is_offered_whole_and_not_kept() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    go_to_port(&mut terminal);
    // With line feeds as well: `tmux paste-buffer -r`.
    let with_line_feeds = PASTES.map(|paste| paste.replace('\r', "\n"));
    let pastes = PASTES.into_iter();
    for paste in pastes.chain(with_line_feeds.iter().map(String::as_str)) {
        terminal.send(paste);
        wait_for_edit(&mut terminal, "Port", &end_in_a_line(paste));
        terminal.send(ESC);
        terminal.wait("the value as it was", |screen| {
            row_with(screen, "▸ Port").is_some_and(|row| row.contains(" 8001 "))
        });
        terminal.wait_for("●0");
        assert_never_drew(&terminal, &["Leave", "Review"], paste);
    }
}

#[test]
fn in_an_edit_its_line_breaks_neither_keep_nor_leave() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    terminal.press(DOWN, "▸ Backend");
    terminal.press(ENTER, "▸ Host");
    terminal.press(ENTER, "[0.0.0.0");
    for paste in PASTES {
        terminal.send(CTRL_U);
        wait_for_edit(&mut terminal, "Host", "      ");
        terminal.send(paste);
        wait_for_edit(&mut terminal, "Host", &end_in_a_line(paste));
        assert_never_drew(&terminal, &["Leave", "Review"], paste);
    }
}

/// A choice, a review and a question: each would have been answered.
#[test]
fn in_a_window_it_is_refused_whole() {
    for (key, title) in [("m", "┌ Profile"), ("w", "┌ Review"), ("q", "┌ Leave")] {
        let folder = folder();
        let mut terminal = answered(folder.path(), &[]);
        terminal.press(key, title);
        for paste in PASTES {
            terminal.press(paste, REFUSED);
            assert!(shows(terminal.screen(), title), "{:?}", terminal.rows());
            // F9 does nothing anywhere, and takes the message away.
            terminal.send("\x1b[20~");
            terminal.wait_gone(REFUSED);
        }
        assert!(!folder.path().join("config").exists());
    }
}

/// Its options open, and none is taken.
#[test]
fn on_a_choice_it_is_refused_whole() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    terminal.press("/log level\r", "▸ Log level");
    for paste in PASTES {
        terminal.press(paste, REFUSED_BY_CHOICE);
        terminal.send(ESC);
        terminal.wait_gone(REFUSED_BY_CHOICE);
    }
    terminal.wait_for("●0");
}

/// Several keys in one read, as a slow line brings them, are keys as long as no text looks like them.
#[test]
fn what_is_typed_ahead_is_keys() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    go_to_port(&mut terminal);
    terminal.send(&format!("\r{CTRL_U}9001\rn"));
    terminal.wait("the next problem, behind the port kept", |screen| {
        shows(screen, "▸ API address") && shows(screen, "●1")
    });
}
