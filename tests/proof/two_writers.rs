//! Two writers at one file, each of a setting of its own: verbs that race in processes, two wizards, and a wizard against
//! an editor that knows of no lock. After each round both changes stand in the file, or one was told and brought them
//! together. Same size and same second included. `PROOF_COUNTS=full` has 200 rounds of verbs and of wizards.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rustix::process::Signal;
use tempfile::TempDir;

use crate::counts;
use crate::steps::{SIZE, SOON, give_port, go_to_port};
use crate::terminal::{CTRL_U, DOWN, ENTER, PROGRAM, TAB, Terminal, row_with, shows};

const TEXT: &str =
    "# kept\ndeployment_mode = \"enterprise\"\n\n[backend]\nport = 9100\nworkers = 10\n";

/// The second in which every version of the file was written, as far as its times tell.
fn moment() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_255_203)
}

fn set_back(file: &Path) {
    let open = File::options().read(true).open(file).unwrap();
    open.set_modified(moment()).unwrap();
}

fn begun(folder: &TempDir) -> PathBuf {
    let file = folder.path().join("vapora.toml");
    fs::write(&file, TEXT).unwrap();
    set_back(&file);
    file
}

/// Port and worker threads as the file has them.
fn both(file: &Path) -> (i64, i64) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.starts_with("# kept\n"), "{text}");
    let read: toml::Table = text.parse().unwrap();
    let number = |name: &str| read["backend"][name].as_integer().unwrap();
    (number("port"), number("workers"))
}

/// Replaces a text of the same length in place: no other inode, no other size, no other time.
fn edit(file: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from} is not in {text}");
    let mut open = File::options().write(true).open(file).unwrap();
    open.write_all(text.replacen(from, to, 1).as_bytes())
        .unwrap();
    open.set_modified(moment()).unwrap();
}

/// A verb that changes one setting of the file.
fn verb(file: &Path, setting: &str) -> Child {
    Command::new(PROGRAM)
        .args(["render", "--yes", "--from"])
        .arg(file)
        .arg("--output")
        .arg(file)
        .args(["--set", setting])
        .current_dir(file.parent().unwrap())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits for a verb, and has it run again while it is told that the file changed; how often it was.
fn until_written(mut running: Child, file: &Path, setting: &str) -> usize {
    for told in 0..100 {
        let done = running.wait_with_output().unwrap();
        if done.status.success() {
            return told;
        }
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{said}");
        assert!(said.contains("Run this again"), "{said}");
        running = verb(file, setting);
    }
    panic!("{setting} was never written");
}

#[test]
#[ignore = "many rounds, which takes minutes"]
fn verbs_that_race_lose_no_update() {
    let folder = TempDir::new().unwrap();
    let file = begun(&folder);
    let rounds = counts::of(12, 200);
    let mut told = 0;
    for round in 0..rounds {
        let (port, workers) = (9_100 + round % 800, 10 + round % 22);
        let settings = [
            format!("backend.port={port}"),
            format!("backend.workers={workers}"),
        ];
        let over = AtomicBool::new(false);
        told += thread::scope(|scope| {
            // In every other round all versions are of the same second, to the nanosecond.
            if round % 2 == 1 {
                scope.spawn(|| {
                    while !over.load(Ordering::SeqCst) {
                        set_back(&file);
                        thread::yield_now();
                    }
                });
            }
            let running = settings
                .each_ref()
                .map(|setting| (verb(&file, setting), setting));
            let ends = running
                .map(|(running, setting)| scope.spawn(|| until_written(running, &file, setting)));
            let told: usize = ends.into_iter().map(|end| end.join().unwrap()).sum();
            over.store(true, Ordering::SeqCst);
            told
        });
        let wanted = (
            i64::try_from(port).unwrap(),
            i64::try_from(workers).unwrap(),
        );
        assert_eq!(both(&file), wanted, "round {round}");
    }
    println!("{rounds} rounds of two racing verbs: told {told} times, 0 lost updates");
}

/// A wizard at home in a folder of its own, with the file open.
fn wizard(home: &Path, file: &Path) -> Terminal {
    let file = file.to_str().unwrap();
    let args = ["--from", file, "--output", file];
    let mut terminal = Terminal::start(SIZE, home, &args);
    terminal.wait_for("✗0");
    go_to_port(&mut terminal);
    terminal
}

/// Types a value into the row that is pointed at.
fn give(terminal: &mut Terminal, row: &str, value: &str) {
    terminal.press(ENTER, "[");
    terminal.send(&format!("{CTRL_U}{value}{ENTER}"));
    terminal.wait("the value in force", |screen| {
        row_with(screen, row).is_some_and(|row| row.split_whitespace().any(|word| word == value))
    });
}

/// Writes what is said, and brings together what others changed; how often that was.
fn write(terminal: &mut Terminal) -> usize {
    let mut told = 0;
    terminal.send("w");
    loop {
        let text = "the review or the question";
        terminal.wait(text, |screen| {
            shows(screen, "┌ Review") || shows(screen, "The file changed")
        });
        if shows(terminal.screen(), "The file changed") {
            told += 1;
            terminal.press(TAB, "▸[ Bring together ]");
            terminal.press(ENTER, "nothing to choose");
            terminal.send(ENTER);
            terminal.wait_for("┌ Review");
        }
        terminal.press(TAB, "▸[ Write 1 file ]");
        terminal.send(ENTER);
        terminal.wait("the outcome", |screen| {
            shows(screen, "Written:") || shows(screen, "The file changed")
        });
        if shows(terminal.screen(), "Written:") {
            return told;
        }
    }
}

#[test]
#[ignore = "many rounds, which takes minutes"]
fn two_wizards_lose_no_update() {
    let folder = TempDir::new().unwrap();
    let file = begun(&folder);
    let homes = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let mut first = wizard(homes[0].path(), &file);
    let mut second = wizard(homes[1].path(), &file);
    let holder = format!("process {}", first.pid().as_raw_pid());
    second.press(DOWN, "▸ Worker threads");
    second.wait_for("held by");
    second.press("w", &holder);
    second.press("\x1b", "▸ Worker threads");
    let rounds = counts::of(5, 200);
    let mut told = 0;
    for round in 0..rounds {
        let (port, workers) = (9_101 + round % 800, 11 + round % 20);
        // Both have said it before either writes.
        give_port(&mut first, &port.to_string());
        give(&mut second, "▸ Worker threads", &workers.to_string());
        let mut at_once = write(&mut first);
        set_back(&file);
        at_once += write(&mut second);
        set_back(&file);
        assert!(at_once > 0, "round {round}: nobody was told");
        told += at_once;
        let wanted = (
            i64::try_from(port).unwrap(),
            i64::try_from(workers).unwrap(),
        );
        assert_eq!(both(&file), wanted, "round {round}");
    }
    println!("{rounds} rounds of two wizards: told {told} times, 0 lost updates");
}

/// Waits until the wizard's draft is on disk.
fn kept(home: &Path) {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let done = Command::new(PROGRAM)
            .args(["draft", "list", "--format", "json"])
            .current_dir(home)
            .env_clear()
            .env("HOME", home)
            .output()
            .unwrap();
        let list: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        if list["drafts"][0]["answers"] == 1 {
            return;
        }
        assert!(Instant::now() < until, "{list}");
    }
}

#[test]
#[ignore = "many wizards, which takes minutes"]
fn an_editor_at_any_stage_loses_no_update() {
    let rounds = counts::of(2, 20);
    for round in 0..rounds {
        for stage in [
            "before the review",
            "between review and write",
            "after resume",
        ] {
            let (folder, home) = (TempDir::new().unwrap(), TempDir::new().unwrap());
            let file = begun(&folder);
            let mut terminal = wizard(home.path(), &file);
            give_port(&mut terminal, "9001");
            let workers = 11 + i64::try_from(round % 20).unwrap();
            let change = || edit(&file, "workers = 10", &format!("workers = {workers}"));
            match stage {
                "before the review" => {
                    change();
                    assert_eq!(write(&mut terminal), 1, "{stage}");
                }
                "between review and write" => {
                    terminal.press("w", "┌ Review");
                    change();
                    terminal.press(TAB, "▸[ Write 1 file ]");
                    terminal.press(ENTER, "The file changed");
                    terminal.press(TAB, "▸[ Bring together ]");
                    terminal.press(ENTER, "nothing to choose");
                    terminal.press(ENTER, "┌ Review");
                    terminal.press("\x1b", "▸ Port");
                    assert_eq!(write(&mut terminal), 0, "{stage}");
                }
                _ => {
                    kept(home.path());
                    terminal.signal(Signal::KILL);
                    terminal.end_within(SOON).expect("killed");
                    change();
                    let file = file.to_str().unwrap();
                    let args = ["--from", file, "--output", file];
                    terminal = Terminal::start(SIZE, home.path(), &args);
                    terminal.wait_for("▸[ Later ]");
                    terminal.press(TAB, "▸[ Resume ]");
                    terminal.press(ENTER, "all chosen");
                    terminal.press(ENTER, "The draft of");
                    terminal.wait_for("○0 ●1");
                    // It was brought together already.
                    assert_eq!(write(&mut terminal), 0, "{stage}");
                }
            }
            assert_eq!(both(&file), (9_001, workers), "{stage}, round {round}");
        }
    }
    println!("{rounds} rounds of a wizard against an editor, 3 stages each: 0 lost updates");
}
