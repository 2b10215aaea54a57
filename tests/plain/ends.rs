//! How a conversation ends, when it begins by itself, and that the terminal echoes again after every end.

use rustix::process::Signal;

use crate::terminal::{CTRL_C, PROGRAM, Terminal};
use crate::typed::{FILE, Room};

#[test]
fn the_end_of_the_input_writes_nothing() {
    let room = Room::new();
    for (lines, code, said) in [
        ("", 0, "Number:"),
        ("solo\n", 0, "Panel number:"),
        (
            "solo\n2\n2\n9001\n",
            1,
            "The input ended: nothing was written, 1 answer is lost.",
        ),
        ("solo\n2\n2\n9001\nwrite\n", 1, "Write it?"),
        ("solo\nquit\n", 0, "Panel number:"),
        ("quit\n", 0, "Number:"),
        ("solo\n2\n2\n9001\nquit\nno\n", 1, "Still here"),
    ] {
        room.talk("", lines).ends(code).says(said);
    }
    assert!(!room.path(FILE).exists());
}

#[test]
fn what_cannot_begin_says_why() {
    let room = Room::new();
    room.file("a.toml", "");
    for (args, said) in [
        (
            "--profile sollo",
            "There is no profile sollo. Did you mean solo?",
        ),
        ("--from none.toml", "There is no such file."),
        ("--workspace none", "There is no such folder."),
        (
            "none.toml",
            "none.toml is no verb, and there is no such file or folder.",
        ),
        (
            "a.toml --from a.toml",
            "Only one file or folder can be opened.",
        ),
    ] {
        let done = room.talk(args, "");
        done.ends(2);
        let all = format!("{}{}", done.out, done.err);
        assert!(all.contains(said), "{args}: {all}");
    }
}

#[test]
fn a_dumb_terminal_gets_plain_lines_by_itself() {
    let room = Room::new();
    let args = ["TERM=dumb", PROGRAM, "--profile", "solo"];
    let mut terminal = Terminal::start_program("/usr/bin/env", (80, 24), &room.root(), &args);
    terminal.wait_for("Panel number:");
    terminal.press("2\r", "Backend, setting number:");
    terminal.send("quit\r");
    assert_eq!(terminal.exit_code(), 0);
    let plain = |byte: &u8| matches!(byte, b'\r' | b'\n' | b' '..=b'~');
    assert!(terminal.written.iter().all(plain));
    terminal.assert_given_back();
}

/// At the question for a secret, on a terminal.
fn at_a_secret(room: &Room) -> Terminal {
    let mut terminal = Terminal::start((80, 24), &room.root(), &["--plain", "--profile", "solo"]);
    terminal.wait_for("Panel number:");
    terminal.press("search jwt secret\r", "Setting number:");
    terminal.press("1\r", "not shown while typed");
    terminal
}

#[test]
fn a_secret_is_typed_unseen_and_then_the_terminal_echoes_again() {
    let room = Room::new();
    let mut terminal = at_a_secret(&room);
    terminal.press("canary-canary-canary-canary-canary-1\r", "setting number:");
    terminal.press("=seen again\r", "=seen again");
    terminal.assert_given_back();
    terminal.press("quit\r", "Leave and lose it?");
    terminal.send("yes\r");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!String::from_utf8_lossy(&terminal.written).contains("canary"));
}

#[test]
fn the_second_ctrl_c_leaves_and_the_terminal_echoes() {
    let room = Room::new();
    let mut terminal = at_a_secret(&room);
    terminal.press(CTRL_C, "Ctrl+C once more leaves without writing.");
    terminal.send(CTRL_C);
    assert_eq!(terminal.exit_code(), 130);
    terminal.assert_given_back();
}

#[test]
fn after_one_ctrl_c_everything_goes_on() {
    let room = Room::new();
    let mut terminal = Terminal::start((80, 24), &room.root(), &["--plain", "--profile", "solo"]);
    terminal.wait_for("Panel number:");
    terminal.press(CTRL_C, "Ctrl+C once more leaves without writing.");
    terminal.press("2\r", "Backend, setting number:");
    terminal.press("2\r", "New value");
    // The schema's process got the key as well.
    terminal.press("80\r", "80 is below 1024");
    // Typed before the prompt is there its echo moves the question, which may be folded then.
    terminal.press("quit\r", "1 answer is not written");
    terminal.send("yes\r");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_signal_at_a_secret_gives_the_echo_back() {
    let room = Room::new();
    let terminal = at_a_secret(&room);
    let mut terminal = terminal;
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.exit_code(), 143);
    terminal.assert_given_back();
}
