//! A terminal that is stopped, as by Ctrl+S on a line with flow control: nothing waits for it, nothing is lost.
//! Nothing in the program but the ten seconds of a shown secret depends on how long the stop lasts; the test of a
//! whole minute is the same as the short one.

use std::thread;
use std::time::Duration;

use rustix::termios::{Action, tcflow};

use crate::process::wake_ups;
use crate::steps::{SOON, enterprise, folder, go_to_port};
use crate::terminal::{CTRL_U, DOWN, ENTER, Terminal, row_with, shows};

/// Sends keys and waits until the program has woken up over them.
fn send_unseen(terminal: &mut Terminal, keys: &str) {
    let before = wake_ups(terminal.pid());
    let sent = terminal.send(keys);
    while wake_ups(terminal.pid()) == before {
        assert!(sent.elapsed() < SOON, "{keys:?} wakes nothing up");
        thread::yield_now();
    }
}

fn stopped_for(time: Duration) {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    go_to_port(&mut terminal);
    let tty = terminal.tty();
    tcflow(&tty, Action::OOff).unwrap();
    // Whatever was on its way is here; from now on a write by the program blocks.
    while terminal.listen(Duration::from_millis(1)) > 0 {}
    let before = terminal.rows();
    for key in [ENTER, CTRL_U, "9", "0", "0", "1", ENTER] {
        send_unseen(&mut terminal, key);
    }
    assert_eq!(terminal.listen(time), 0, "the terminal is stopped");
    for key in [DOWN, ENTER, CTRL_U, "7", ENTER, DOWN, DOWN] {
        send_unseen(&mut terminal, key);
    }
    assert_eq!(terminal.rows(), before, "the terminal is stopped");
    tcflow(&tty, Action::OOn).unwrap();
    terminal.wait("both answers and the row", |screen| {
        let holds = |row: &str, value: &str| {
            row_with(screen, row)
                .is_some_and(|row| row.split_whitespace().any(|word| word == value))
        };
        shows(screen, "●2")
            && holds("  Port ", "9001")
            && holds("  Worker threads", "7")
            && holds("▸ Keep-alive", "75")
    });
    terminal.press("q", "Leave?");
}

#[test]
fn keys_for_a_stopped_terminal_are_all_answered_when_it_goes_on() {
    stopped_for(Duration::from_millis(1));
}

/// `cargo test --test pty -- --ignored`
#[test]
#[ignore = "takes a minute"]
fn keys_for_a_terminal_stopped_for_a_minute_are_all_answered() {
    stopped_for(Duration::from_mins(1));
}
