//! `init` with the real program: what it writes, and what it says and does when it is run again after an upgrade.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;
use tempfile::TempDir;
use vapora_tui::stamp::{self, Stamp};
use vapora_tui::workspace::{Workspace, shipped};

const PROGRAM: &str = env!("CARGO_BIN_EXE_vapora-tui");
const PROFILE: &str = "profiles/solo.ncl";
const FORM: &str = "forms/fragments/nats.toml";

fn init(folder: &Path, more: &[&str]) -> Output {
    Command::new(PROGRAM)
        .arg("init")
        .arg(folder)
        .args(more)
        .env_clear()
        .current_dir(folder.parent().unwrap())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder that `init` has just filled.
fn filled() -> (TempDir, std::path::PathBuf) {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("vapora");
    let done = init(&folder, &["--yes"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    (room, folder)
}

/// The file as an earlier version shipped it, `edit` done by the operator since.
fn of_an_earlier_version(folder: &Path, name: &str, edit: &str) {
    let earlier = format!("# what 0.0.9 said\n{}", shipped()[name]);
    let stamp = Stamp {
        version: "0.0.9".to_owned(),
        ..Stamp::of(&earlier)
    };
    let text = stamp::put(name, &stamp, &format!("{earlier}{edit}"));
    fs::write(folder.join(name), text).unwrap();
}

fn states(output: &Output) -> Vec<(String, String)> {
    let report: Json = serde_json::from_slice(&output.stdout).unwrap();
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    report["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|file| file["state"] != "as shipped")
        .map(|file| (text(&file["file"]), text(&file["state"])))
        .collect()
}

#[test]
fn a_new_folder_holds_every_shipped_file_stamped_and_overrides_nothing() {
    let (_room, folder) = filled();
    for (name, text) in shipped() {
        let written = fs::read_to_string(folder.join(&name)).unwrap();
        let (stamp, body) = stamp::split(&written);
        assert_eq!(body, text, "{name}");
        assert_eq!(stamp, Some(Stamp::of(text)), "{name}");
    }
    assert_eq!(Workspace::at(&folder).overrides(), Vec::<String>::new());
    let again = init(&folder, &[]);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    let count = shipped().len();
    assert_eq!(out(&again), format!("{count} files: {count} as shipped.\n"));
}

/// The examples are documentation: written and renewed like the rest, and read by nothing.
#[test]
fn examples_are_written_and_stand_in_for_nothing() {
    let (_room, folder) = filled();
    let name = "assets/examples/custom.ncl";
    let example = folder.join(name);
    let text = fs::read_to_string(&example).unwrap();
    assert_eq!(stamp::split(&text).1, shipped()[name]);
    let own = folder.join("assets/examples/own.toml");
    fs::write(&own, "not even TOML").unwrap();
    fs::write(&example, text + "broken {\n").unwrap();
    let workspace = Workspace::at(&folder);
    assert_eq!(workspace.overrides(), Vec::<String>::new());
    assert!(!workspace.ships(name));
    let changed = init(&folder, &["--dry-run", "--format", "json"]);
    assert_eq!(
        states(&changed),
        [(name.to_owned(), "changed by you".to_owned())]
    );
    of_an_earlier_version(&folder, name, "");
    let renewed = init(&folder, &["--yes"]);
    assert_eq!(renewed.status.code(), Some(0), "{}", err(&renewed));
    let text = fs::read_to_string(&example).unwrap();
    assert_eq!(stamp::split(&text).1, shipped()[name]);
    assert_eq!(fs::read_to_string(own).unwrap(), "not even TOML");
}

#[test]
fn a_written_example_can_be_used_where_it_lies() {
    let (_room, folder) = filled();
    for name in [
        "custom.ncl",
        "vapora.solo.example.ncl",
        "vapora.solo.example.toml",
    ] {
        let done = Command::new(PROGRAM)
            .args(["check", &format!("assets/examples/{name}")])
            .env_clear()
            .current_dir(&folder)
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0), "{name}: {}", out(&done));
    }
}

#[test]
fn without_a_terminal_it_asks_for_yes_and_writes_nothing() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("vapora");
    let done = init(&folder, &[]);
    assert_eq!(done.status.code(), Some(2));
    assert!(err(&done).contains("Give --yes to write"), "{}", err(&done));
    assert!(!folder.exists());
    let shown = init(&folder, &["--dry-run"]);
    assert_eq!(shown.status.code(), Some(0));
    assert!(!folder.exists());
}

#[test]
fn a_file_the_operator_changed_stays_and_overrides() {
    let (_room, folder) = filled();
    let file = folder.join(PROFILE);
    let text = fs::read_to_string(&file).unwrap() + "# mine\n";
    fs::write(&file, &text).unwrap();
    let done = init(&folder, &["--yes", "--diff"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert!(
        out(&done).starts_with(&format!(
            "  {PROFILE}: changed by you (written by 0.1.0), kept"
        )),
        "{}",
        out(&done)
    );
    assert!(out(&done).contains("-# mine\n"), "{}", out(&done));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    assert_eq!(Workspace::at(&folder).overrides(), [PROFILE]);
}

#[test]
fn an_upgrade_renews_what_the_operator_left_alone() {
    let (_room, folder) = filled();
    of_an_earlier_version(&folder, FORM, "");
    let seen = init(&folder, &["--dry-run", "--format", "json"]);
    assert_eq!(
        states(&seen),
        [(FORM.to_owned(), "changed by the upgrade".to_owned())]
    );
    let done = init(&folder, &["--yes"]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert!(
        out(&done).contains("changed by the upgrade (written by 0.0.9), renewed"),
        "{}",
        out(&done)
    );
    let now = fs::read_to_string(folder.join(FORM)).unwrap();
    assert_eq!(stamp::split(&now).1, shipped()[FORM]);
}

#[test]
fn what_both_changed_waits_for_a_decision() {
    let (_room, folder) = filled();
    of_an_earlier_version(&folder, FORM, "# mine\n");
    fs::write(
        folder.join(PROFILE),
        "{ backend.port | priority -1 = 9999 }\n",
    )
    .unwrap();
    let before = fs::read_to_string(folder.join(FORM)).unwrap();
    let waits = init(&folder, &["--yes"]);
    assert_eq!(waits.status.code(), Some(1), "{}", out(&waits));
    assert!(
        out(&waits).contains(&format!(
            "! {FORM}: changed by both (written by 0.0.9), waits for --keep or --take"
        )),
        "{}",
        out(&waits)
    );
    assert_eq!(fs::read_to_string(folder.join(FORM)).unwrap(), before);

    let done = init(&folder, &["--yes", "--keep", FORM, "--take", PROFILE]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    let kept = fs::read_to_string(folder.join(FORM)).unwrap();
    assert!(kept.ends_with("# mine\n"));
    let taken = fs::read_to_string(folder.join(PROFILE)).unwrap();
    assert_eq!(stamp::split(&taken).1, shipped()[PROFILE]);
    assert_eq!(
        fs::read_to_string(folder.join(format!("{PROFILE}.yours"))).unwrap(),
        "{ backend.port | priority -1 = 9999 }\n"
    );
    // The kept file is the operator's now, and nothing waits.
    let again = init(&folder, &["--dry-run", "--format", "json"]);
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(
        states(&again),
        [(FORM.to_owned(), "changed by you".to_owned())]
    );
}

#[test]
fn a_file_that_is_shipped_no_more_is_named_and_left() {
    let (_room, folder) = filled();
    let name = "forms/fragments/old.toml";
    let text = stamp::put(name, &Stamp::of("a = 1\n"), "a = 1\n");
    fs::write(folder.join(name), &text).unwrap();
    fs::write(folder.join("forms/fragments/own.toml"), "a = 1\n").unwrap();
    let done = init(&folder, &["--yes"]);
    assert_eq!(done.status.code(), Some(0));
    assert!(
        out(&done).contains(&format!(
            "- {name}: no longer shipped (written by 0.1.0), left alone"
        )),
        "{}",
        out(&done)
    );
    assert!(!out(&done).contains("own.toml"), "{}", out(&done));
    assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), text);
}

#[test]
fn wrong_decisions_say_what_is_wrong() {
    let (_room, folder) = filled();
    of_an_earlier_version(&folder, FORM, "# mine\n");
    for (args, expected) in [
        (
            ["--keep", "forms/fragments/nat.toml"].as_slice(),
            "--keep forms/fragments/nat.toml: no such file is shipped.\n    The nearest is forms/fragments/nats.toml.",
        ),
        (
            &["--take", PROFILE],
            "--take profiles/solo.ncl: there is nothing to decide.\n    It is as shipped.",
        ),
        (
            &["--take", FORM, "--keep", FORM],
            "--keep and --take both name forms/fragments/nats.toml.",
        ),
        (
            &["--take", "all", "--keep", "all"],
            "--keep all and --take all exclude each other.",
        ),
    ] {
        let done = init(&folder, args);
        assert_eq!(done.status.code(), Some(2), "{args:?}");
        assert!(err(&done).contains(expected), "{}", err(&done));
    }
    // One file otherwise than all the others.
    let done = init(&folder, &["--yes", "--take", "all", "--keep", FORM]);
    assert_eq!(done.status.code(), Some(0), "{}", err(&done));
    assert!(
        out(&done).contains("kept, and noted as seen"),
        "{}",
        out(&done)
    );
}
