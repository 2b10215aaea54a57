//! What verbs and plain mode do when somebody else is at the same file: named, refused, brought together in lines.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[allow(dead_code, reason = "shared with other tests")]
mod room;
#[allow(dead_code, reason = "shared with the screens")]
#[path = "pty/terminal.rs"]
mod terminal;

use std::fs;
use std::path::PathBuf;

use room::{Done, Room};
use terminal::Terminal;
use vapora_tui::store::{self, Claimed};
use vt100::Screen;

const FILE: &str = "config/runtime/vapora.toml";
const OURS: &str = "# ours\ndeployment_mode = \"multiuser\"\n\n[backend]\nhost = \"10.0.0.1\"\nport = 9100\nworkers = 4\nkeep_alive = 75\n";

/// What is asked in the panel of the backend, and before anything is taken over.
const FIELD: &str = "Backend, setting number:";
const TAKE: &str = "Take that over and go on?";

fn render(room: &Room, args: &str) -> Done {
    Done::of(room.command(args.split(' ')).output().unwrap())
}

/// Plain mode with the file open and the port said. All of it stays in sight.
fn answered(room: &Room) -> Terminal {
    let mut terminal = Terminal::start((80, 200), &room.path(""), &["--plain"]);
    terminal.wait_for("Number:");
    say(&mut terminal, "4", "Panel number:");
    say(&mut terminal, "2", FIELD);
    say(&mut terminal, "2", "New value");
    say(&mut terminal, "9200", FIELD);
    terminal
}

/// Types a line, waits until the next question begins so, and gives what was said in between.
fn say(terminal: &mut Terminal, line: &str, question: &str) -> String {
    let asked = |screen: &Screen| {
        let rows = terminal::rows(screen);
        rows.iter().filter(|row| row.starts_with(question)).count()
    };
    let before = asked(terminal.screen());
    terminal.send(&format!("{line}\r"));
    terminal.wait(question, |screen| asked(screen) == before + 1);
    let rows = terminal::rows(terminal.screen());
    let last = |(_, row): &(usize, &String)| row.starts_with(question);
    let from = rows.iter().enumerate().filter(last).nth_back(1);
    rows[from.map_or(0, |(n, _)| n)..].join("\n")
}

fn held(room: &Room) -> (PathBuf, store::Claim) {
    let file = room.path(FILE);
    match store::claim(&file).unwrap() {
        Claimed::Ours(claim) => (file, claim),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_verb_that_writes_says_who_has_the_file_open() {
    let room = Room::with(&[(FILE, OURS)]);
    let args = format!("render --profile solo --output {FILE} --yes");
    let (_, claim) = held(&room);
    let done = render(&room, &args);
    assert_eq!(done.code, 0, "{}", done.err);
    let own = format!("process {}", std::process::id());
    assert!(
        done.err.contains("It is open in a wizard: "),
        "{}",
        done.err
    );
    assert!(done.err.contains(&own), "{}", done.err);
    drop(claim);
    let done = render(&room, &format!("{args} --set backend.port=9001"));
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(!done.err.contains("wizard"), "{}", done.err);
}

#[test]
fn plain_mode_says_it_at_the_start_and_before_it_writes() {
    let room = Room::with(&[(FILE, OURS)]);
    let (_, claim) = held(&room);
    let mut terminal = Terminal::start::<&str>((80, 24), &room.path(""), &["--plain"]);
    terminal.wait_for("is open in another wizard");
    drop(claim);
    terminal.press("1\r", "Panel number:");
    // It asked again: the file is its own now, and a verb is told so.
    terminal.press("write\r", "Write it?");
    let done = render(
        &room,
        &format!("render --profile solo --output {FILE} --dry-run"),
    );
    let own = format!("process {}", terminal.pid().as_raw_pid());
    assert!(done.err.contains(&own), "{}", done.err);
    terminal.press("no\r", "Nothing was written.");
    // The secret of the first write.
    terminal.press("undo\r", "Undone");
    terminal.send("quit\r");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(
        fs::read_dir(room.path("config/runtime")).unwrap().count(),
        1
    );
}

#[test]
fn each_line_chooses_and_all_is_written_together() {
    let room = Room::with(&[(FILE, OURS)]);
    let mut terminal = answered(&room);
    say(&mut terminal, "1", "New value");
    say(&mut terminal, "10.0.0.3", FIELD);
    let theirs = OURS
        .replace("9100", "9300")
        .replace("10.0.0.1", "10.0.0.2")
        .replace("keep_alive = 75", "keep_alive = 80");
    fs::write(room.path(FILE), format!("# theirs\n{theirs}")).unwrap();
    let said = say(&mut terminal, "write", "2 settings to choose");
    for line in [
        "changed since it was read",
        "    backend.keep_alive: 75 s -> 80 s",
        "  1 backend.host: base 10.0.0.1, theirs 10.0.0.2, ours 10.0.0.3",
        "  2 backend.port: base 9100, theirs 9300, ours 9200",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    for (line, answer, next) in [
        ("3 ours", "There is no such number", "2 settings to choose"),
        (
            "1 mine",
            "theirs, ours or base, please.",
            "2 settings to choose",
        ),
        ("what", "A number and theirs, ours", "2 settings to choose"),
        ("1 ours", "", "1 setting to choose"),
        ("list", "ours 10.0.0.3 = ours", "1 setting to choose"),
        (
            "2 base",
            "Brought together: 1 taken over, 2 chosen.",
            "Write it?",
        ),
        ("yes", "Written:", FIELD),
    ] {
        let said = say(&mut terminal, line, next);
        assert!(said.contains(answer), "{answer}\n{said}");
    }
    let text = fs::read_to_string(room.path(FILE)).unwrap();
    for line in [
        "# theirs\n# ours\n",
        "host = \"10.0.0.3\"",
        "port = 9100",
        "keep_alive = 80",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    terminal.send("quit\r");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn what_only_they_changed_is_asked_for_once_and_undo_brings_it_back() {
    let room = Room::with(&[(FILE, OURS)]);
    let mut terminal = answered(&room);
    fs::write(room.path(FILE), OURS.replace("workers = 4", "workers = 6")).unwrap();
    for (line, answer, next) in [
        ("write", "backend.workers: 4 -> 6", TAKE),
        ("no", "Nothing was taken over", FIELD),
        ("write", "", TAKE),
        ("yes", "1 taken over, 1 of yours kept.", "Write it?"),
        ("no", "Nothing was written.", FIELD),
        (
            "undo",
            "as it was before the file was brought together",
            FIELD,
        ),
        ("write", "", TAKE),
        ("yes", "1 taken over", "Write it?"),
        ("yes", "Written:", FIELD),
    ] {
        let said = say(&mut terminal, line, next);
        assert!(said.contains(answer), "{answer}\n{said}");
    }
    let text = fs::read_to_string(room.path(FILE)).unwrap();
    assert!(
        text.contains("port = 9200") && text.contains("workers = 6"),
        "{text}"
    );
    terminal.send("quit\r");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_broken_file_says_what_can_be_done_in_plain_mode_too() {
    let room = Room::with(&[(FILE, OURS)]);
    let mut terminal = answered(&room);
    fs::write(room.path(FILE), "[backend\n").unwrap();
    let said = say(&mut terminal, "write", FIELD);
    assert!(said.contains("cannot be used now:\nline 1:"), "{said}");
    assert!(said.contains("Mend it, or move it away"), "{said}");
    assert_eq!(fs::read_to_string(room.path(FILE)).unwrap(), "[backend\n");
    terminal.press("quit\r", "Leave and lose it?");
    terminal.send("yes\r");
    assert_eq!(terminal.exit_code(), 0);
}
