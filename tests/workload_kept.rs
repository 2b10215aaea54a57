//! The workload that the wizard forecasts with: that of the preset that is loaded, that of the draft that goes on, and what
//! is saved of it.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[allow(dead_code, reason = "shared with other test crates")]
#[path = "terminals/merging.rs"]
mod merging;
mod stage;

use std::fs;

use merging::{on_profile, take};
use stage::{Setup, Stage};
use vapora_tui::draft::Draft;

const TEAM: &str = "format = 1\n[roles.testing]\ncalls_a_day = 1000\ninput_tokens = 4000\noutput_tokens = 500\n\
                    provider = \"claude\"\nmodel = \"claude-haiku-4-5\"\n";

fn preset(workload: &str) -> String {
    format!(
        "format = 1\nname = \"eu\"\ndescription = \"\"\nschema = \"1.2.0\"\nprofile = \"enterprise\"\n\
         workload = \"{workload}\"\n\n[answers]\n\"backend.port\" = 9001\n"
    )
}

fn begun(workload: &str) -> Stage {
    Setup::new(120, 36)
        .profile("enterprise")
        .file("assets/workloads/team.toml", TEAM)
        .file("presets/eu.toml", &preset(workload))
        .begin()
}

#[test]
fn a_preset_brings_its_workload() {
    let mut stage = begun("team");
    stage.says("est $6,578 of $11,000/mo sample");
    stage
        .keys("p Down Enter")
        .says("eu is open")
        .says("est $195 of $11,000/mo");
    assert_eq!(stage.app.workload_name(), Some("team"));
    stage.does_not_say("sample");
    // Undo takes it back with the preset.
    stage.keys("u").says("est $6,578 of $11,000/mo sample");
    stage.keys("U").says("est $195 of $11,000/mo");
    assert_eq!(stage.app.named_workload(), Some("team"));
    // The profile's own, chosen by its name, is what is in use and nothing to keep.
    stage.app.use_workload(Some("enterprise"));
    assert_eq!(stage.app.named_workload(), None);
    // Loading a preset again takes its own.
    stage.app.use_workload(Some("solo"));
    stage.keys("p Enter").says("est $195 of $11,000/mo");
}

#[test]
fn what_is_saved_as_a_preset_names_it() {
    let mut stage = begun("team");
    stage.app.use_workload(Some("team"));
    stage
        .keys("p s n e w Tab Tab Tab")
        .says("Holds        profile enterprise, 0 answers; no secrets in clear; workload team");
    stage.keys("Enter").says("Saved: mine/new");
    let text = fs::read_to_string(stage.own().join("presets/new.toml")).unwrap();
    assert!(text.contains("\nworkload = \"team\"\n"), "{text}");
}

#[test]
fn one_that_is_not_there_is_warned_of_and_the_profiles_counts() {
    let mut stage = begun("nowhere");
    stage
        .keys("p Down Enter")
        .says("No workload is called nowhere")
        .says("est $6,578 of $11,000/mo sample");
    // It is kept: it may come back.
    assert_eq!(stage.app.named_workload(), Some("nowhere"));
}

#[test]
fn a_draft_goes_on_with_the_workload_that_was_chosen() {
    let mut stage = begun("team");
    stage.app.drafts.kept = true;
    stage.app.use_workload(Some("team"));
    stage.keys("Down Enter Down 9 0 0 2 Enter");
    let kept = stage.app.draft_state().unwrap();
    assert_eq!(kept.workload.as_deref(), Some("team"));
    let draft = Draft {
        state: kept,
        ..on_profile()
    };
    let mut later = Setup::new(120, 36).within(stage.root()).begin();
    take(&mut later, draft.clone());
    later.says("●1").says("est $195 of $11,000/mo");
    // Where it is gone, the profile's counts, and that is said.
    fs::remove_file(stage.root().join("assets/workloads/team.toml")).unwrap();
    let mut later = Setup::new(120, 36).within(stage.root()).begin();
    take(&mut later, draft);
    later
        .says("No workload is called team")
        .says("est $6,578 of $11,000/mo sample");
}
