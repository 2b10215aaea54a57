//! Drafts with the real binary on a pseudo-terminal: what was typed survives every end, and is offered again.
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
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;
use serde_json::Value as Json;
use steps::{SIZE, SOON, answered, enterprise, folder, give_port, go_to_port};
use terminal::{CTRL_U, DOWN, ENTER, PROGRAM, TAB, Terminal, row_with};

const END: &str = "\x1b[F";

fn drafts(home: &Path) -> PathBuf {
    home.join(".local/state/vapora-tui/drafts")
}

fn verb(home: &Path, args: &[&str]) -> (i32, String) {
    let done = Command::new(PROGRAM)
        .arg("draft")
        .args(args)
        .current_dir(home)
        .env_clear()
        .env("HOME", home)
        .output()
        .unwrap();
    let text = [done.stdout, done.stderr].concat();
    (
        done.status.code().unwrap(),
        String::from_utf8(text).unwrap(),
    )
}

fn list(home: &Path) -> Vec<Json> {
    let (_, text) = verb(home, &["list", "--format", "json"]);
    let json: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(json["problems"], Json::Array(vec![]));
    json["drafts"].as_array().unwrap().clone()
}

fn show(home: &Path, draft: &Json) -> Json {
    let (code, text) = verb(
        home,
        &["show", draft["id"].as_str().unwrap(), "--format", "json"],
    );
    assert_eq!(code, 0, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// Waits until the draft on disk is as wanted; each look is a process of its own.
fn kept(home: &Path, is_so: impl Fn(&Json) -> bool) {
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let found: Vec<Json> = list(home).iter().map(|draft| show(home, draft)).collect();
        if found.iter().any(&is_so) {
            return;
        }
        assert!(std::time::Instant::now() < until, "{found:?}");
    }
}

fn port_answered(draft: &Json) -> bool {
    draft["answers"]["backend.port"] == "9001"
}

fn start(home: &Path) -> Terminal {
    let mut terminal = Terminal::start::<&str>(SIZE, home, &[]);
    terminal.wait_for("to continue with");
    terminal
}

/// The start screen, the one draft, Resume.
fn resumed(home: &Path) -> Terminal {
    let mut terminal = start(home);
    terminal.press(END, "▸ enterprise, 1 answer");
    terminal.press(ENTER, "▸[ Resume ]");
    // The window says of itself that Resume goes on.
    terminal.press(ENTER, "goes on: ");
    terminal
}

#[test]
fn what_was_typed_survives_a_kill_and_is_resumed() {
    let home = folder();
    let mut terminal = answered(home.path(), &[]);
    // A field left open, with half a number in it.
    terminal.press(DOWN, "▸ Worker threads");
    terminal.press(ENTER, "[");
    terminal.send(&format!("{CTRL_U}1"));
    kept(home.path(), |draft| {
        port_answered(draft) && draft["typing"]["text"] == "1"
    });
    let file = fs::read_dir(drafts(home.path()))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(&drafts(home.path()))), (0o600, 0o700));
    terminal.signal(Signal::KILL);
    terminal.end_within(SOON).unwrap();

    let mut terminal = start(home.path());
    terminal.press(END, "▸ enterprise, 2 answers");
    terminal.press(ENTER, "(being typed)");
    terminal.wait_for("backend.port");
    terminal.press(ENTER, "goes on: 2 answers");
    terminal.wait("the open field", |screen| {
        row_with(screen, "▸ Worker threads").is_some_and(|row| row.contains("[1 "))
    });
    terminal.send(&format!("2{ENTER}"));
    terminal.wait_for("●2");
    assert_eq!(list(home.path()).len(), 1, "it goes on under its own name");
    kept(home.path(), |draft| {
        draft["answers"]["backend.workers"] == "12" && draft["typing"].is_null()
    });
}

#[test]
fn signals_and_a_closed_terminal_leave_the_last_key_on_disk() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let home = folder();
        let mut terminal = enterprise(home.path(), &[]);
        go_to_port(&mut terminal);
        terminal.press(ENTER, "[");
        terminal.send(&format!("{CTRL_U}9001"));
        terminal.wait_for("[9001");
        terminal.signal(signal);
        terminal.end_within(SOON).unwrap();
        let draft = show(home.path(), &list(home.path())[0]);
        assert_eq!(draft["typing"]["text"], "9001", "{signal:?}");
    }
    let home = folder();
    let terminal = answered(home.path(), &[]);
    assert!(terminal.close().recv_timeout(SOON).is_ok());
    assert!(port_answered(&show(home.path(), &list(home.path())[0])));
}

#[test]
fn leaving_keeps_discards_or_stays() {
    let home = folder();
    let mut terminal = answered(home.path(), &[]);
    terminal.press("q", "A draft keeps it");
    terminal.press(ENTER, "▸ Port");
    terminal.press("q", "▸[ Stay ]");
    terminal.press(TAB, "▸[ Leave, keep draft ]");
    terminal.send(ENTER);
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
    assert_eq!(list(home.path()).len(), 1);

    let mut terminal = resumed(home.path());
    terminal.wait_for("●1");
    terminal.press("q", "▸[ Stay ]");
    terminal.press(TAB, "▸[ Leave, keep draft ]");
    terminal.press(TAB, "▸[ Discard ]");
    terminal.send(ENTER);
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(list(home.path()), Vec::<Json>::new());
    assert_eq!(fs::read_dir(drafts(home.path())).unwrap().count(), 0);
}

#[test]
fn what_is_written_leaves_no_draft() {
    let home = folder();
    let mut terminal = answered(home.path(), &[]);
    kept(home.path(), port_answered);
    terminal.press("w", "Write 1 file");
    terminal.press(TAB, "▸[ Write 1 file ]");
    terminal.press(ENTER, "Written:");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(list(home.path()), Vec::<Json>::new());
}

#[test]
fn a_named_start_offers_its_draft_too() {
    let home = folder();
    let mut terminal = answered(home.path(), &[]);
    terminal.signal(Signal::HUP);
    terminal.end_within(SOON).unwrap();
    let mut terminal = Terminal::start(SIZE, home.path(), &["--profile", "enterprise"]);
    // It comes by itself, so nothing but looking and going on stands under the keys.
    terminal.wait_for("▸[ Later ]");
    terminal.press(ENTER, "▸ Deployment");
    assert_eq!(list(home.path()).len(), 1, "later keeps it");
}

#[test]
fn a_draft_is_discarded_only_when_asked_twice() {
    let home = folder();
    let mut terminal = answered(home.path(), &[]);
    terminal.signal(Signal::HUP);
    terminal.end_within(SOON).unwrap();
    let mut terminal = start(home.path());
    terminal.press(END, "▸ enterprise, 1 answer");
    terminal.press(ENTER, "▸[ Resume ]");
    terminal.press(TAB, "▸[ Discard ]");
    terminal.press(ENTER, "▸[ Back ]");
    terminal.press(ENTER, "▸[ Discard ]");
    terminal.press(ENTER, "▸[ Back ]");
    terminal.press(TAB, "▸[ Discard it ]");
    terminal.press(ENTER, "no draft on this host");
    assert_eq!(list(home.path()), Vec::<Json>::new());
}

#[test]
fn a_wizard_that_still_runs_is_named_and_taken_over() {
    let home = folder();
    let mut first = answered(home.path(), &[]);
    kept(home.path(), port_answered);
    let id = list(home.path())[0]["id"].as_str().unwrap().to_owned();
    let (code, said) = verb(home.path(), &["discard", &id]);
    assert_eq!(code, 1, "{said}");
    let pid = first.pid().as_raw_pid();
    assert!(
        said.contains(&format!("(process {pid}) works on it now.")),
        "{said}"
    );

    let mut second = start(home.path());
    second.press(END, "in use");
    second.press(ENTER, &format!("(process {pid}), since "));
    second.wait_for("▸[ Take over ]");
    second.press(ENTER, "goes on: 1 answer");
    assert_eq!(first.exit_code(), 143);
    first.assert_given_back();
    let said = first.rows().join("\n");
    let own = second.pid().as_raw_pid();
    assert!(
        said.contains(&format!("(process {own}) took this session over")),
        "{said}"
    );
    second.wait_for("●1");
    assert_eq!(list(home.path()).len(), 1);
}

#[test]
fn a_stopped_wizard_loses_its_draft_and_writes_no_more() {
    let home = folder();
    let mut first = answered(home.path(), &[]);
    kept(home.path(), port_answered);
    first.signal(Signal::STOP);
    let mut second = start(home.path());
    second.press(END, "in use");
    second.press(ENTER, "▸[ Take over ]");
    second.press(ENTER, "did not react");
    go_to_port(&mut second);
    give_port(&mut second, "9002");
    first.signal(Signal::CONT);
    assert_eq!(
        first.exit_code(),
        143,
        "what it was asked holds when it wakes up"
    );
    kept(home.path(), |draft| {
        draft["answers"]["backend.port"] == "9002"
    });
    assert_eq!(list(home.path()).len(), 1);
}

#[test]
fn no_secret_is_in_a_draft_and_it_is_asked_for_again() {
    let home = folder();
    let mut terminal = enterprise(home.path(), &[]);
    terminal.press("/", "Search");
    terminal.send("jwt_secret");
    terminal.wait_for("▸ JWT secret");
    terminal.press(ENTER, "Token lifetime");
    terminal.press(ENTER, "[${SECRET");
    terminal.send(&format!("{CTRL_U}canary-canary-canary-canary-canary"));
    terminal.wait_for("*****");
    terminal.press(ENTER, "●1");
    kept(home.path(), |draft| {
        draft["answers"]["security.jwt_secret"] == "(secret)"
    });
    terminal.signal(Signal::HUP);
    terminal.end_within(SOON).unwrap();
    for entry in fs::read_dir(drafts(home.path())).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("canary"));
    }
    let mut terminal = resumed(home.path());
    terminal.wait_for("○1");
    terminal.press("n", "drafts hold no secrets");
}
