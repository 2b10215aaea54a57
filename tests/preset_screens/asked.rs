//! What is asked before anything gives way to a preset.

use super::{PORT, on, some};

#[test]
fn unsaved_answers_give_way_only_when_asked() {
    let mut stage = on(some(80, 24), "multiuser");
    stage.app.drafts.kept = true;
    stage.keys(PORT).keys("p Down Down Enter");
    insta::assert_snapshot!("load_over_answers", stage.screen());
    // Esc and the first Enter are harmless: answers and draft are still there.
    for key in ["Esc", "Enter Enter", "Enter Esc"] {
        stage.keys(key).says("┌ Presets");
        assert!(stage.app.draft_state().is_some());
    }
    stage
        .keys("Enter Tab Enter")
        .says("enterprise · staging-eu ");
    stage.keys("u").says("multiuser · new*").says("●1");
    assert!(stage.app.draft_state().is_some());
}

#[test]
fn an_export_shows_its_plan_before_anything_is_written() {
    let mut stage = on(some(80, 24), "enterprise");
    stage.keys("p Down Down > Ctrl+u").text("out/eu/a.toml");
    stage.keys("Enter").says("2 folders would be made for it.");
    stage
        .says("+ out/eu/a.toml new file, new folder out/eu, 10 lines")
        .says("▸[ Back ]");
    let folder = stage.root().join("out");
    stage.keys("Enter").says("[out/eu/a.toml");
    assert!(!folder.exists(), "Back is the harmless answer");
    stage
        .keys("Enter Tab Enter")
        .says("Exported: out/eu/a.toml.");
    assert!(folder.join("eu/a.toml").exists());
    // A file that others make while it is asked is not written over.
    stage.keys("> Ctrl+u").text("b.toml").keys("Enter");
    let file = stage.root().join("b.toml");
    std::fs::write(&file, "theirs").unwrap();
    stage.keys("Tab Enter").does_not_say("Exported");
    assert_eq!(super::text(&file), "theirs");
}
