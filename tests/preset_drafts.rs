//! Drafts of a session that stands on a preset: they keep it, and are taken up over it as it is then.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[allow(dead_code, reason = "shared with other test crates")]
#[path = "terminals/merging.rs"]
mod merging;
#[allow(dead_code, reason = "shared with other test crates")]
#[path = "terminals/presets.rs"]
mod presets;
mod stage;

use std::fs;

use insta::assert_snapshot;
use merging::{on_profile, take};
use presets::{EU, begun};
use stage::{Setup, Stage};
use vapora_tui::draft::Draft;

const PRESET: &str = "presets/staging-eu.toml";

/// What is kept of a session over the shared preset with one answer, and where that preset lies.
fn kept() -> (Stage, Draft) {
    let mut stage = begun(80, 24);
    stage.app.drafts.kept = true;
    stage.keys("p Down Down Enter").says("staging-eu is open");
    assert_eq!(stage.app.draft_state(), None, "nothing would be lost yet");
    stage.keys("Down Enter Down 9 0 0 2 Enter");
    let kept = stage.app.draft_state().unwrap();
    let base = kept.base.as_ref().unwrap();
    assert_eq!(base.file, stage.root().join(PRESET));
    let preset = base.preset.as_ref().unwrap();
    assert_eq!(preset.name, "staging-eu");
    assert_eq!(preset.named.as_deref(), Some("shared/staging-eu"));
    let draft = Draft {
        state: kept,
        ..on_profile()
    };
    (stage, draft)
}

fn later(of: &Stage) -> Stage {
    Setup::new(80, 24).within(of.root()).begin()
}

#[test]
fn it_goes_on_over_the_same_preset() {
    let (first, draft) = kept();
    let mut stage = later(&first);
    take(&mut stage, draft);
    stage.says("enterprise · staging-eu*  ").says("●1");
    stage.keys("Down Enter Down").says("9002").says("from: you");
    stage
        .keys("r Ctrl+l")
        .says("9001")
        .says("from: preset staging-eu");
    // It is the preset that is proposed for saving, too.
    stage.keys("Esc p s").says("[staging-eu").says("(x) shared");
}

#[test]
fn what_others_changed_in_the_preset_is_asked_about() {
    let (first, draft) = kept();
    let theirs = EU.replace("9001", "9777").replace("400000", "300000");
    fs::write(first.root().join(PRESET), theirs).unwrap();
    let mut stage = later(&first);
    take(&mut stage, draft.clone());
    let screen = stage.screen();
    assert_snapshot!("changed", screen.split_once('\n').unwrap().1);
    stage
        .keys("t Enter")
        .says("enterprise · staging-eu ")
        .says("●0");
    stage
        .keys("Down Enter Down")
        .says("9777")
        .says("from: preset staging-eu");
    let mut stage = later(&first);
    take(&mut stage, draft);
    stage.keys("m Enter").says("enterprise · staging-eu*");
    stage.keys("Down Enter Down").says("9002").says("from: you");
}

#[test]
fn a_preset_that_is_gone_is_still_what_it_stands_on() {
    let (first, draft) = kept();
    fs::remove_file(first.root().join(PRESET)).unwrap();
    let mut stage = later(&first);
    take(&mut stage, draft);
    stage
        .says("There is no such file.")
        .says("enterprise · staging-eu*");
    stage.keys("Down Enter Down").says("9002");
    stage
        .keys("r Ctrl+l")
        .says("9001")
        .says("from: preset staging-eu");
}
