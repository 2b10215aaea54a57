//! What keys, pastes and the mouse become on their way through a real terminal line.

use rustix::process::{Signal, kill_process};
use vt100::MouseProtocolMode;

use crate::process::children;
use crate::steps::{SIZE, back_to_the_prompt, enterprise, folder, go_to_port};
use crate::terminal::{CTRL_U, CTRL_Z, DOWN, ENTER, ESC, PROGRAM, Terminal, row_with, rows, shows};

fn has_written(terminal: &Terminal, bytes: &[u8]) -> bool {
    terminal
        .written
        .windows(bytes.len())
        .any(|part| part == bytes)
}

/// The rest comes after the Esc was taken for one.
#[test]
fn an_arrow_that_comes_in_pieces_is_swallowed() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    terminal.press(ESC, "q leaves");
    terminal.send("[B");
    terminal.press(DOWN, "▸ Backend");
    assert!(
        !has_written(&terminal, b"does nothing"),
        "its rest ran as keys"
    );
}

#[test]
fn backspace_as_ctrl_h_erases() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    go_to_port(&mut terminal);
    terminal.press(ENTER, "[8001");
    terminal.send("\x08\x08");
    terminal.wait("two characters erased", |screen| {
        row_with(screen, "▸ Port").is_some_and(|row| row.contains("[80  "))
    });
}

/// Its end is in the text: what follows it would write a file if it ran as keys.
#[test]
fn a_paste_that_ends_early_is_text_to_its_real_end() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    terminal.press(DOWN, "▸ Backend");
    terminal.press(ENTER, "▸ Host");
    terminal.send("\x1b[200~one\x1b[201~w\t\rtwo\u{9b}A\x1b[201~");
    terminal.wait("all of the text in the edit", |screen| {
        row_with(screen, "▸ Host").is_some_and(|row| row.contains("[onew  twoA"))
    });
    assert!(!shows(terminal.screen(), "Review"));
    terminal.send(ENTER);
    terminal.wait_gone("[onew");
    assert!(!folder.path().join("config").exists());
}

#[test]
fn copying_goes_through_the_terminal_and_what_stands_between() {
    let plain = "\x1b]52;c;ODAwMQ==\x1b\\";
    for (variables, wanted) in [
        (&[][..], plain.to_owned()),
        (
            &[("TMUX", "/run/tmux,1,0")][..],
            format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        ),
        (
            &[("STY", "1.host")][..],
            "\x1bP\x1b]52;c;ODAwMQ==\x07\x1b\\".to_owned(),
        ),
    ] {
        let folder = folder();
        let args = ["--profile", "enterprise"];
        let mut terminal = Terminal::start_in(variables, PROGRAM, SIZE, folder.path(), &args);
        terminal.wait_for("✗0");
        go_to_port(&mut terminal);
        terminal.press("y", "Copied the value: 8001");
        // The next frame comes after it.
        terminal.press("y", "Copied the path: backend.port");
        assert!(has_written(&terminal, wanted.as_bytes()), "{variables:?}");
    }
}

#[test]
fn the_mouse_is_taken_by_a_key_only_and_given_back_at_the_end() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    let mode = |terminal: &Terminal| terminal.screen().mouse_protocol_mode();
    assert_eq!(mode(&terminal), MouseProtocolMode::None);
    terminal.press("M", "The mouse works here now");
    terminal.wait("the mouse taken", |screen| {
        screen.mouse_protocol_mode() == MouseProtocolMode::PressRelease
    });
    let row = rows(terminal.screen())
        .iter()
        .position(|row| row.contains("Agents"))
        .unwrap();
    // Columns and rows of the mouse count from 1.
    terminal.press(
        &format!("\x1b[<0;10;{}M\x1b[<0;10;{}m", row + 1, row + 1),
        "▸ Agents",
    );
    terminal.press(&format!("\x1b[<64;10;{}M", row + 1), "▸ Deployment");
    terminal.press("M", "The mouse is the terminal's again");
    terminal.wait("the mouse given back", |screen| {
        screen.mouse_protocol_mode() == MouseProtocolMode::None
    });
    terminal.press("M", "The mouse works here now");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
}

/// Stopped from outside, it has no chance to give the terminal back: the shell puts it in order, and so does `fg`.
#[test]
fn a_wizard_stopped_from_outside_takes_the_whole_terminal_again() {
    let folder = folder();
    let mut terminal = Terminal::start_program("sh", SIZE, folder.path(), &["-i"]);
    terminal.wait_for("shell>");
    terminal.send(&format!("{PROGRAM} --profile solo\n"));
    terminal.wait_for("✗0");
    let screen = terminal.rows();
    kill_process(children(terminal.pid())[0], Signal::STOP).unwrap();
    terminal.wait_for("Stopped");
    terminal.send("stty sane; printf '\\033[?1049l\\033[?2004l'\n");
    terminal.wait("the shell's screen", |screen| {
        !screen.alternate_screen() && !screen.bracketed_paste()
    });
    terminal.send("fg\n");
    terminal.wait("the wizard's screen", |now| {
        now.alternate_screen() && now.bracketed_paste() && crate::terminal::rows(now) == screen
    });
    // Without an end of line: nothing waits for one.
    terminal.press(DOWN, "▸ Backend");
    back_to_the_prompt(&mut terminal);
    terminal.send("exit\n");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_suspended_wizard_does_not_keep_the_mouse() {
    let folder = folder();
    let mut terminal = Terminal::start_program("sh", SIZE, folder.path(), &["-i"]);
    terminal.wait_for("shell>");
    terminal.send(&format!("{PROGRAM} --profile solo\n"));
    terminal.wait_for("✗0");
    terminal.press("M", "The mouse works here now");
    terminal.send(CTRL_Z);
    terminal.wait("the shell's screen without the mouse", |screen| {
        !screen.alternate_screen()
            && shows(screen, "Stopped")
            && screen.mouse_protocol_mode() == MouseProtocolMode::None
    });
    terminal.send("fg\n");
    terminal.wait("the wizard's screen with the mouse", |screen| {
        screen.alternate_screen()
            && shows(screen, "✗0")
            && screen.mouse_protocol_mode() == MouseProtocolMode::PressRelease
    });
    back_to_the_prompt(&mut terminal);
    terminal.send(&format!("{CTRL_U}exit\n"));
    assert_eq!(terminal.exit_code(), 0);
}
