//! The preset under the answers gets another name or sentence while it is loaded: everything says the new one at once.

use std::fs;

use super::stage::Setup;
use super::{EU, PORT, begun};

#[test]
fn origins_undo_and_commands_say_the_new_name_at_once() {
    let mut stage = begun(80, 24);
    stage.keys("p Down Down Enter").keys("Down Enter Down");
    stage.says("from: preset staging-eu");
    stage.keys("9 0 0 2 Enter Esc p e Ctrl+u").text("prod-eu");
    stage.keys("Tab Tab Enter").says("Changed: shared/prod-eu.");
    stage.keys("Esc w").says("--preset shared/prod-eu");
    // What was answered is taken back: what the preset says shows.
    stage.keys("Esc u Up Down").says("from: preset prod-eu");
    stage
        .keys("u")
        .says("before preset prod-eu was loaded.")
        .keys("U")
        .says("preset prod-eu is loaded again.");
}

#[test]
fn nothing_becomes_unsaved_by_another_name_or_sentence() {
    let mut stage = begun(80, 24);
    stage
        .keys("p Down Down Enter")
        .keys("p e Ctrl+u")
        .text("prod-eu");
    stage.keys("Tab Tab Enter Esc").says("· prod-eu  ");
    assert!(!stage.app.unsaved());
    stage
        .keys("p e Tab Ctrl+u")
        .text("Ours")
        .keys("Tab Enter Esc");
    assert!(!stage.app.unsaved());
    stage.keys("Down Enter Down").says("from: preset prod-eu");
    // Its own answers are not asked about, and the output stays where it was.
    stage.keys("Esc w").says("+ config/runtime/vapora.toml");
}

#[test]
fn what_is_wrong_with_it_names_the_file_that_is_there() {
    let mut stage = Setup::new(80, 24)
        .file(
            "presets/a.toml",
            &EU.replace("backend.port", "backend.prot"),
        )
        .open("presets/a.toml")
        .begin();
    stage.keys("!").says("presets/a.toml:8").keys("Esc");
    stage.keys("p e Ctrl+u").text("b").keys("Tab Tab Enter Esc");
    stage
        .keys("!")
        .says("presets/b.toml:8")
        .does_not_say("a.toml");
}

#[test]
fn the_draft_names_the_file_that_is_there() {
    let mut stage = begun(80, 24);
    stage.app.drafts.kept = true;
    stage.keys("p Down Down Enter").keys(PORT);
    stage
        .keys("p e Ctrl+u")
        .text("prod-eu")
        .keys("Tab Tab Enter Esc");
    let kept = stage.app.draft_state().unwrap();
    let base = kept.base.unwrap();
    assert!(
        base.file.ends_with("presets/prod-eu.toml"),
        "{:?}",
        base.file
    );
    let now = fs::read(&base.file).unwrap();
    let now = vapora_tui::store::read(&base.file).unwrap().map(|found| {
        assert_eq!(found.bytes, now);
        vapora_tui::draft::hex(&found.fingerprint.sha256)
    });
    assert_eq!(base.sha256, now);
}
