//! What is said and kept when a preset is saved over another.

use std::fs;

use super::{EU, PORT, begun, settle, text};

#[test]
fn its_sentence_stays_where_none_was_typed() {
    let mut stage = begun(80, 24);
    let file = stage.root().join("presets/staging-eu.toml");
    stage.keys(PORT).keys("p s").text("staging-eu");
    settle(&stage);
    stage.keys("Tab Tab Space Tab Enter");
    stage.says("its sentence stays");
    // Others are faster; nobody loaded it here.
    fs::write(&file, EU.replace("9001", "9778")).unwrap();
    stage
        .keys("Tab Enter")
        .says("Somebody changed it since it was asked about.")
        .does_not_say("you loaded it");
    stage.keys("Tab Enter").says("Saved: shared/staging-eu");
    assert!(text(&file).contains("EU staging, architect limit lowered"));
    assert!(text(&file).contains("9002"));
    // One that was taken away is not wanted.
    stage
        .keys("p s Tab Ctrl+u Tab Tab Enter")
        .does_not_say("its sentence stays");
    stage.keys("Tab Enter").says("Saved: shared/staging-eu");
    assert!(!text(&file).contains("EU staging"));
}

#[test]
fn what_is_said_beside_a_name_is_not_cut() {
    for (width, height) in [(60, 16), (80, 24)] {
        let mut stage = begun(width, height);
        stage.keys(PORT).keys("p s").text("night-shift");
        stage.says("is there: asks first");
        stage.keys("Esc p Down Down e Ctrl+u").text("old-lab");
        stage.says("✗ is there already");
    }
}
