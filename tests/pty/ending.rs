//! Leaving, by key, by signal and by a terminal that goes away: nothing is lost unasked, the terminal is given back,
//! no process stays.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;

use crate::endings;
use crate::process::{Watch, children, guard, judge, wake_ups};
use crate::steps::{SIZE, SOON, answered, back_to_the_prompt, enterprise, folder};
use crate::terminal::{CTRL_C, CTRL_L, CTRL_Z, ENTER, ESC, PROGRAM, TAB, Terminal, shows};

#[test]
fn leaving_with_answers_asks() {
    let folder = folder();
    let mut terminal = answered(folder.path(), &[]);
    terminal.press("q", "Leave?");
    terminal.send(ESC);
    terminal.wait_gone("Leave?");
    assert!(shows(terminal.screen(), "●1"), "the answer is kept");
    terminal.press("q", "Leave?");
    terminal.send(TAB);
    terminal.send(ENTER);
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
}

#[test]
fn ctrl_c_twice_leaves() {
    let folder = folder();
    let mut terminal = answered(folder.path(), &[]);
    terminal.press(CTRL_C, "Leave?");
    terminal.send(CTRL_C);
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
}

#[test]
fn without_a_terminal_one_sentence_and_no_escape() {
    for (stdin, stdout) in [
        (Stdio::null(), Stdio::piped()),
        (Stdio::piped(), Stdio::piped()),
    ] {
        let output = Command::new(PROGRAM)
            .stdin(stdin)
            .stdout(stdout)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(output.stdout, b"");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("needs a terminal"), "{said}");
        assert!(!said.contains('\x1b'), "{said:?}");
    }
}

#[test]
fn signals_end_it_and_everything_it_started() {
    let folder = folder();
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let mut terminal = enterprise(folder.path(), &[]);
        let children = both(&terminal);
        terminal.signal(signal);
        let status = terminal
            .end_within(SOON)
            .unwrap_or_else(|| panic!("{signal:?} is not heard"));
        assert_eq!(status.exit_code(), code, "{signal:?}");
        terminal.assert_given_back();
        assert_gone(&children);
    }
}

/// The processes that it started.
fn both(terminal: &Terminal) -> [Watch; 2] {
    let wizard = terminal.pid();
    let both = [judge(wizard), guard(wizard)];
    assert_eq!(children(wizard).len(), both.len());
    both.map(Watch::new)
}

fn assert_gone(children: &[Watch]) {
    for (child, what) in children.iter().zip(["judge", "guard"]) {
        assert!(child.ends_within(SOON), "the {what} stays");
    }
}

#[test]
fn a_closed_terminal_ends_it_and_everything_it_started() {
    let folder = folder();
    let terminal = answered(folder.path(), &[]);
    let children = both(&terminal);
    let ended = terminal.close();
    assert!(ended.recv_timeout(SOON).is_ok(), "the program stays");
    assert_gone(&children);
}

/// As after Ctrl+S, or behind a line that went dead: what is written is not taken any more.
#[test]
fn a_signal_ends_it_also_when_the_terminal_takes_nothing() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    let children = both(&terminal);
    let gate = terminal.gate();
    let closed = gate.lock().unwrap();
    // More frames than a terminal's buffers hold, one by one so that they are not drawn as one.
    for _ in 0..100 {
        let before = wake_ups(terminal.pid());
        let sent = terminal.send(CTRL_L);
        while wake_ups(terminal.pid()) == before && sent.elapsed() < SOON {
            thread::yield_now();
        }
    }
    let watch = Watch::new(terminal.pid());
    terminal.signal(Signal::TERM);
    let ended = watch.ends_within(SOON);
    drop(closed);
    assert!(ended, "the program waits for the terminal");
    assert_gone(&children);
}

#[test]
fn under_a_shell_ctrl_z_stops_it_and_fg_brings_it_back() {
    let folder = folder();
    let mut terminal = Terminal::start_program("sh", SIZE, folder.path(), &["-i"]);
    terminal.wait_for("shell>");
    terminal.send(&format!("{PROGRAM} --profile solo\n"));
    terminal.wait_for("✗0");
    let screen = terminal.rows();
    terminal.send(CTRL_Z);
    // What is typed before the shell is back would still be the wizard's.
    terminal.wait("the shell's screen", |screen| {
        !screen.alternate_screen() && shows(screen, "Stopped")
    });
    assert!(!terminal.screen().hide_cursor() && !terminal.screen().bracketed_paste());
    terminal.send("fg\n");
    terminal.wait("the wizard's screen", |now| {
        now.alternate_screen() && crate::terminal::rows(now) == screen
    });
    back_to_the_prompt(&mut terminal);
    terminal.send("exit\n");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn at_rest_nothing_wakes_up() {
    let folder = folder();
    let mut terminal = answered(folder.path(), &[]);
    let wizard = terminal.pid();
    let all = [wizard, judge(wizard), guard(wizard)];
    terminal.drain(Duration::from_millis(300));
    let before = all.map(wake_ups);
    assert_eq!(terminal.listen(Duration::from_millis(500)), 0);
    assert_eq!(all.map(wake_ups), before);
}

/// The others are in the proof, where all are played many times.
#[test]
fn the_fast_endings_give_the_terminal_back_and_leave_nobody() {
    for (name, ending) in endings::FAST {
        println!("{name}");
        ending();
    }
}
