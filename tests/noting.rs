//! Why something was written: one line in the review, a word in plain mode, a flag; kept with the generation.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "stage/mod.rs"]
mod stage;

use std::path::Path;
use std::process::{Command, Output};

use stage::{Setup, Stage};
use vapora_tui::store::generations;

fn in_review() -> Stage {
    let mut stage = Setup::new(80, 24).profile("enterprise").on_disk().begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter w");
    stage
}

/// The note of what the file holds now.
fn noted(file: &Path) -> String {
    let about = generations::list(file).present_about.unwrap();
    about.note.to_string()
}

#[test]
fn a_note_is_typed_in_the_review_and_kept() {
    let mut stage = in_review();
    stage.keys("Tab").says("Tab to Note");
    stage.keys("Tab").says("▸[").says("Enter keep, to Write");
    // Letters are typed, and no commands.
    stage.text("q for Monday").keys("Enter");
    stage
        .says("Note       [q for Monday")
        .says("--note 'q for Monday'");
    insta::assert_snapshot!("noted_80x24", stage.screen());
    stage.keys("Enter").says("generation 1.");
    let file = stage.root().join("config/runtime/vapora.toml");
    assert_eq!(noted(&file), "q for Monday");
    assert!(!stage.quit);
}

#[test]
fn the_note_can_be_left_as_it_was() {
    let mut stage = in_review();
    stage.keys("Tab Tab").text("first").keys("Tab");
    stage.says("Note       [first ").says("▸[ Back ]");
    stage.keys("Tab Tab").text(" and second").keys("Esc");
    stage.says("Note       [first  ").does_not_say("second");
    stage
        .keys("Tab Tab")
        .paste(&"long ".repeat(60))
        .keys("Enter");
    stage.says("at most 200 are kept").says("Review");
    stage.keys("Esc Esc").does_not_say("Review");
}

#[test]
fn where_nothing_may_be_written_there_is_no_note() {
    let mut stage = Setup::new(80, 24).profile("enterprise").on_disk().begin();
    stage.keys("Down Enter Down 8 0 Enter w").says("Review");
    stage.does_not_say("Note   ");
    stage.keys("Tab Tab").says("▸[ Back ]");
}

fn render(folder: &Path, port: u16, note: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
        .args([
            "render",
            "--profile",
            "solo",
            "--output",
            "vapora.toml",
            "--yes",
        ])
        .args(["--set", &format!("backend.port={port}"), "--note", note])
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap()
}

#[test]
fn the_verb_keeps_a_note_and_refuses_one_of_two_lines() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vapora.toml");
    for (n, note) in ["the first", "the second"].into_iter().enumerate() {
        let done = render(folder.path(), 9101 + u16::try_from(n).unwrap(), note);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(0), "{said}");
        assert!(said.contains(&format!("generation {}", n + 1)), "{said}");
        assert_eq!(noted(&file), note);
    }
    let kept = generations::list(&file).kept;
    assert_eq!(kept[0].about.as_ref().unwrap().note.text(), "the first");
    let done = render(folder.path(), 9103, "two\nlines");
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("one line"), "{said}");
    assert_eq!(noted(&file), "the second");
}
