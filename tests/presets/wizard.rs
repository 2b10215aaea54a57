//! A preset under the wizard: opened past the start screen, told as origin, only ever a base.

use crate::stage::{Setup, Stage};
use std::fs;

const PRESET: &str = "format = 1\nname = \"staging-eu\"\ndescription = \"EU\"\nschema = \"1.2.0\"\n\
    profile = \"enterprise\"\n\n[answers]\n\"backend.port\" = 9001\n\"backend.workers\" = 7\n";

fn begun() -> Stage {
    Setup::new(80, 24)
        .file("presets/staging-eu.toml", PRESET)
        .open("presets/staging-eu.toml")
        .begin()
}

#[test]
fn a_preset_opens_over_its_profile_past_the_start_screen() {
    let mut stage = begun();
    stage
        .says("enterprise")
        .says("preset staging-eu is open: 2 settings.");
    assert!(!stage.app.unsaved(), "nothing was answered yet");
    stage
        .keys("Down Enter Down")
        .says("9001")
        .says("from: preset staging-eu")
        .says("enterprise has 8001");
    insta::assert_snapshot!("a_preset_as_origin", stage.screen());
}

#[test]
fn what_is_written_goes_to_the_output_and_the_command_names_the_preset() {
    let mut stage = begun();
    stage
        .keys("w")
        .says("+ config/runtime/vapora.toml")
        .says("--preset shared/staging-eu");
    stage
        .keys("Tab Enter")
        .says("Written: config/runtime/vapora.toml");
    let read = |name: &str| fs::read_to_string(stage.root().join(name)).unwrap();
    assert!(read("config/runtime/vapora.toml").contains("port = 9001"));
    assert_eq!(read("presets/staging-eu.toml"), PRESET);
}

#[test]
fn a_preset_opened_as_a_file_is_never_written_over() {
    let mut stage = Setup::new(80, 24)
        .file("presets/staging-eu.toml", PRESET)
        .open("presets/staging-eu.toml")
        .begin_writing("presets/staging-eu.toml");
    stage
        .keys("w")
        .says("config/runtime/vapora.toml")
        .does_not_say("~ presets");
}

#[test]
fn what_does_not_fit_is_told_with_its_line() {
    let text = PRESET.replace("backend.workers", "backend.wrokers");
    let mut stage = Setup::new(80, 24)
        .file("presets/a.toml", &text)
        .open("presets/a.toml")
        .begin();
    stage
        .says("It has 1 error")
        .says("presets/a.toml:9")
        .says("backend.wrokers is not a setting.");
    stage.keys("w").says("problem of the opened file");
}
