//! Things that break while the wizard runs, or that the command line got wrong.

use std::time::Instant;

use rustix::process::{Signal, kill_process};

use crate::process::{children, judge};
use crate::steps::{SIZE, SOON, enterprise, folder, go_to_port};
use crate::terminal::{DOWN, ENTER, ESC, HOME, Terminal, UP, row_with, shows};

/// Nothing that was judged is lost with it.
#[test]
fn a_child_killed_at_rest_is_replaced_at_the_next_input() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    go_to_port(&mut terminal);
    let child = judge(terminal.pid());
    kill_process(child, Signal::KILL).unwrap();
    // At rest: a question that meets the dying child is lost with it.
    let until = Instant::now() + SOON;
    while children(terminal.pid()).contains(&child) {
        assert!(Instant::now() < until, "nobody takes leave of the child");
        std::thread::yield_now();
    }
    terminal.press(ENTER, "[8001");
    terminal.send("1");
    terminal.wait_for("not yet");
    assert!(!shows(terminal.screen(), "? not judged"));
    assert_ne!(judge(terminal.pid()), child);
}

#[test]
fn an_unknown_profile_is_refused_before_the_screen_opens() {
    let folder = folder();
    let mut terminal = Terminal::start(SIZE, folder.path(), &["--profile", "enterprize"]);
    assert_eq!(terminal.exit_code(), 2);
    assert!(!terminal.written.contains(&0x1b), "no escape sequence");
    for name in ["enterprize", "enterprise"] {
        assert!(shows(terminal.screen(), name), "{:?}", terminal.rows());
    }
}

/// More keys at once than are read at once: the rest must not wait for the next key.
#[test]
fn a_long_burst_of_keys_is_taken_whole() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    terminal.send(&format!("{}?", DOWN.repeat(1000)));
    terminal.wait_for("┌ Help");
}

#[test]
fn a_torn_escape_sequence_holds_nothing_up() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    terminal.send("\x1b[");
    terminal.resize(120, 36);
    terminal.wait_for("→ yours");
}

/// Faster than the schema answers: each key counts.
#[test]
fn a_switch_pressed_twice_at_once_is_where_it_was() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    go_to_port(&mut terminal);
    terminal.press(&DOWN.repeat(5), "▸ Cache  ");
    terminal.send("  ");
    terminal.press(UP, "▸ Connections");
    terminal.send(&format!("5{ENTER}"));
    // Its verdict is also that of the switch.
    terminal.wait("5 connections in force", |screen| {
        row_with(screen, "▸ Connections").is_some_and(|row| row.contains(" 5 "))
    });
    let cache = row_with(terminal.screen(), "Cache  ").unwrap();
    assert!(cache.contains("[x]"), "{cache}");
}

/// The schema's process may take its time over a profile; keys do not wait for it.
#[test]
fn keys_are_answered_while_a_profile_loops() {
    let folder = folder();
    std::fs::create_dir(folder.path().join("profiles")).unwrap();
    std::fs::write(
        folder.path().join("profiles/mine.ncl"),
        "{ backend.port = let rec f = fun x => f x in f 1 }",
    )
    .unwrap();
    let mut terminal = Terminal::start(SIZE, folder.path(), &["--profile", "mine"]);
    terminal.wait_for("▸ Deployment");
    terminal.press(DOWN, "▸ Backend");
    terminal.press(ENTER, "▸ Host");
    terminal.press(DOWN, "▸ Port");
    terminal.press(ESC, "▸ Backend");
    // None of them waited for the answer.
    assert!(!shows(terminal.screen(), "computes without end"));
    terminal.wait_for("computes without end");
    // Another profile is judged as ever.
    terminal.press("m", "multiuser");
    terminal.send(&format!("{HOME}{ENTER}"));
    terminal.wait_for("✗0");
    assert!(shows(terminal.screen(), "solo"));
    assert!(!shows(terminal.screen(), "computes without end"));
}
