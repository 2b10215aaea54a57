//! Earlier versions on the screens: listed, compared with what is in force, restored, and what the screen shows then.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;
#[path = "terminals/versions.rs"]
mod versions;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use stage::{Setup, Stage};
use vapora_tui::caution::Caution;
use vapora_tui::store::generations;
use vapora_tui::tui::msg::Effect;
use vapora_tui::value::Value;
use versions::{CANARY, FILE, KEPT, NOW, listed, opened, secret, setup};

fn file(stage: &Stage) -> String {
    fs::read_to_string(stage.root().join(FILE)).unwrap()
}

fn numbers(stage: &Stage) -> Vec<u32> {
    let all = generations::list(&stage.root().join(FILE));
    all.kept.iter().map(|one| one.number).collect()
}

/// The header may name the folder of the test.
fn screen(stage: &Stage) -> String {
    stage.screen()
}

#[test]
fn the_list_says_which_when_and_why() {
    let mut stage = listed(80, 24);
    assert_snapshot!("list", screen(&stage));
    stage.keys("Down");
    assert_snapshot!("list_second", screen(&stage));
    stage
        .keys("End")
        .says("▸   1")
        .says("not written by vapora-tui");
    stage.keys("E").does_not_say("Earlier versions of");
    assert_snapshot!("list_60", screen(&listed(60, 16)));
    assert_snapshot!("list_120", screen(&listed(120, 36)));
}

#[test]
fn without_any_it_says_when_the_first_will_be_there() {
    let mut stage = Setup::new(80, 24).on_disk().profile("solo").begin();
    stage.keys("E");
    assert_snapshot!("none", screen(&stage));
    stage
        .keys("Enter")
        .says("There is no version here; Esc goes back.");
    stage.keys("w").says("There is no version here");
    let mut stage = Setup::new(80, 24)
        .file(FILE, NOW)
        .open(FILE)
        .begin_writing(FILE);
    stage
        .keys("E")
        .says("0 kept")
        .says("No earlier version is kept yet: the next write keeps this one.");
}

#[test]
fn one_is_looked_at_beside_what_is_in_force() {
    let mut stage = listed(80, 24);
    stage.keys("Down Enter");
    assert_snapshot!("diff", screen(&stage));
    // Esc comes back to the list, on the same row.
    stage.keys("Esc").says("▸   3");
    stage.keys("d").says("generation 3");
    // The left value of the version can be taken.
    stage.keys("Down Down r").says("as in generation 3");
    let port = stage.app.answers.get("backend.port").cloned();
    let host = stage.app.answers.get("backend.host").cloned();
    assert_eq!((port.is_some(), host.is_some()), (true, false));
    // What the file holds now is compared as the file.
    stage.keys("Esc Home Enter").says("vapora.toml");
}

#[test]
fn versions_are_baselines_of_the_differences() {
    let mut stage = opened(80, 24);
    stage.keys("d c");
    assert_snapshot!("baselines", screen(&stage));
    stage.keys("End Enter").says("generation 1");
    stage
        .says("Diff with generation 1")
        .says("Left: generation 1 (1 problem), over its profile enterprise.");
    stage
        .resize(120, 36)
        .says("Left: generation 1 of config/runtime/vapora.toml");
    stage.resize(80, 24);
    // Opened again it is read again; the list starts on it.
    stage.keys("Esc d").says("generation 1");
    stage.keys("c").says("▸ generation 1");
    // Removed meanwhile: what was read stays, and it is said.
    stage.keys("Esc Esc");
    fs::remove_file(stage.root().join(format!("{KEPT}/000001.toml"))).unwrap();
    stage
        .keys("d")
        .says("There is no generation 1")
        .says("generation 1 ");
}

#[test]
fn restoring_shows_the_plan_and_what_is_wrong_first() {
    let mut stage = listed(80, 24);
    stage.keys("Down w");
    assert_snapshot!("restore", screen(&stage));
    assert_eq!(file(&stage), NOW);
    // Esc and Back leave everything as it is.
    stage.keys("Esc").says("▸   3");
    stage.keys("w Tab Tab Tab Enter").says("▸   3");
    assert_eq!(
        (file(&stage), numbers(&stage)),
        (NOW.to_owned(), vec![3, 2, 1])
    );
    for (width, height) in [(60, 16), (120, 36)] {
        let mut stage = listed(width, height);
        stage
            .keys("Down w Tab")
            .says("▸[ Restore it ]")
            .says("Restore generation 3");
    }
}

#[test]
fn a_restored_version_is_the_old_file_and_the_screen_follows_when_nothing_is_unsaved() {
    let mut stage = listed(80, 24);
    let path = stage.root().join(FILE);
    stage.keys("Down w Tab Enter");
    stage
        .says("Restored: config/runtime/vapora.toml holds generation 3 again, kept as")
        .says("generation 5.")
        .says("The screen shows what it holds.")
        .says("▸   5")
        .says("restored 3");
    assert!(file(&stage).ends_with("[backend]\nport = 9200\n"));
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(numbers(&stage), [4, 3, 2, 1]);
    let all = generations::list(&path);
    assert_eq!(all.present_about.unwrap().note.text(), "restored 3");
    let in_force = |stage: &Stage, path: &str| {
        let config = stage.app.config.as_ref().unwrap();
        config.value(path).cloned()
    };
    assert_eq!(in_force(&stage, "backend.port"), Some(Value::Integer(9200)));
    assert!(!stage.app.unsaved());
    // And back again, with a note.
    stage
        .keys("Down w Tab Tab")
        .text("9200 was wrong too")
        .keys("Enter Enter");
    assert_eq!(file(&stage), NOW);
    assert_eq!(in_force(&stage, "backend.port"), Some(Value::Integer(9300)));
    stage.says("restored 4: 9200");
}

#[test]
fn answers_that_were_written_give_way_to_what_is_restored() {
    let mut stage = opened(80, 24);
    stage.keys("Down Enter Down").says("▸ Port");
    stage.keys("9 4 0 0 Enter w Tab Enter").says("generation 5");
    assert_eq!(stage.app.answers.said().answers.len(), 1);
    stage
        .keys("E Down w Tab Enter")
        .says("The screen shows what it holds.");
    assert_eq!(file(&stage), NOW);
    assert_eq!(stage.app.answers.said().answers.len(), 0);
    assert!(!stage.app.unsaved());
    // Undo reaches the answer again, which is unsaved then.
    stage.keys("Esc u");
    assert_eq!(stage.app.answers.said().answers.len(), 1);
    assert!(stage.app.unsaved());
}

#[test]
fn unsaved_answers_stay_and_writing_asks_first() {
    let mut stage = opened(80, 24);
    stage.keys("Down Enter Down 9 4 0 0 Enter E Down w Tab Enter");
    stage.says("Your answers stay as they are; writing them asks first");
    let answer = stage.app.answers.get("backend.port").cloned();
    assert_eq!(answer, Some(Value::Integer(9400)));
    stage
        .keys("Esc w")
        .says("The file changed")
        .says("[ Bring together ]");
    stage.keys("Home Enter").says("Both changed: choose one");
    stage.keys("m Enter").says("Review: nothing is written yet");
    assert_eq!(stage.app.answers.get("backend.port"), answer.as_ref());
}

#[test]
fn before_anything_is_opened_it_lists_and_restores() {
    let mut stage = setup(80, 24).begin();
    stage.keys("E").says("▸   4");
    stage
        .keys("Down Enter")
        .says("Nothing is in force yet to compare with");
    stage.keys("w").says("Restore generation 3");
    stage.keys("Enter").says("There are no panels yet to go to");
    stage
        .keys("Tab Enter")
        .says("Restored:")
        .says("opened from the start screen");
    assert!(file(&stage).contains("9200"));
    stage.keys("Esc").says("New, from a profile");
}

#[test]
fn readonly_shows_the_plan_and_writes_nothing() {
    let caution = Caution {
        readonly: true,
        ..Caution::default()
    };
    let mut stage = setup(80, 24)
        .caution(caution)
        .open(FILE)
        .begin_writing(FILE);
    stage.keys("E Down w").says("--readonly");
    stage
        .keys("Tab Enter")
        .says("Nothing is written: it was started with --readonly.");
    assert_eq!(file(&stage), NOW);
}

#[test]
fn a_secret_of_a_version_shows_nowhere() {
    let mut stage = listed(80, 24);
    for keys in [
        "Down Down",
        "Enter",
        "y",
        "Esc w",
        "Down",
        "y y",
        "Tab Enter",
        "Esc d",
    ] {
        stage.keys(keys).does_not_say(CANARY);
        assert!(!stage.effects.iter().any(|effect| effect.contains(CANARY)));
    }
    assert_eq!(file(&stage), secret());
    let mode = fs::metadata(stage.root().join(FILE)).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600, "the plan said so");
}

#[test]
fn what_the_schema_finds_wrong_is_told_and_restored_all_the_same() {
    let mut stage = setup(80, 24)
        .file(&format!("{KEPT}/000003.toml"), "[backend]\nport = 99\n")
        .file(&format!("{KEPT}/000003.about.json"), "")
        .open(FILE)
        .begin_writing(FILE);
    stage.keys("E Down w");
    assert_snapshot!("wrong", screen(&stage));
    stage.keys("Tab").says("It can be restored all the same.");
    stage.keys("Enter");
    assert_eq!(file(&stage), "[backend]\nport = 99\n");
}

#[test]
fn damaged_or_removed_while_the_list_is_open() {
    let mut stage = listed(80, 24);
    fs::write(
        stage.root().join(format!("{KEPT}/000003.toml")),
        "port = 1\n",
    )
    .unwrap();
    stage.keys("Down w").says("is not what was kept");
    stage.says("unreadable");
    stage.keys("Enter").says("Not compared:");
    fs::remove_file(stage.root().join(format!("{KEPT}/000002.toml"))).unwrap();
    stage
        .keys("Down w")
        .says("There is no generation 2")
        .says("are 3, 1.");
    stage.says("2 kept").does_not_say("  2  2026");
    // Somebody writes the file between plan and yes.
    stage.keys("End w").says("Restore generation 1");
    fs::write(stage.root().join(FILE), "theirs = true\n").unwrap();
    stage
        .keys("Tab Enter")
        .says("Nothing was written. It was changed since it was read");
    assert_eq!(file(&stage), "theirs = true\n");
}

#[test]
fn a_folder_that_refuses_is_said_in_the_plan() {
    if rustix::process::geteuid().is_root() {
        // Root may write everywhere.
        return;
    }
    let mut stage = listed(80, 24);
    let folder = stage.root().join("config/runtime");
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    stage.keys("Down w").says("may not write");
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn many_versions_scroll() {
    let mut setup = setup(60, 16);
    for number in 5..=30 {
        setup = setup.file(&format!("{KEPT}/{number:06}.toml"), "a = 1\n");
    }
    let mut stage = setup.open(FILE).begin_writing(FILE);
    stage.keys("E").says("29 kept").says("more below");
    stage.keys("End").says("▸   1").says("more above");
}

#[test]
fn the_list_is_read_beside_the_loop() {
    let mut stage = opened(80, 24);
    let effects = stage.unanswered("E");
    assert!(matches!(effects.as_slice(), [Effect::Generations(_)]));
    stage.says("The versions are being read…");
    stage.keys("Esc");
    stage.carry_out(effects).does_not_say("Earlier versions of");
}
