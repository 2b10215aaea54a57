//! What can be looked at while nothing changes: the output, the pane beside the fields, a profile before it starts.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];
const FILE: &str = "config/runtime/vapora.toml";

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

#[test]
fn a_profile_is_looked_at_before_it_starts() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height).begin();
        stage.keys("Down Down v");
        snapshot(&stage, "look_first");
        stage.keys("End").says("storage.");
        stage.keys("? ").says("What it is").keys("Esc");
        stage.keys("v").says("New, from a profile");
        assert!(!stage.app.started);
        stage.keys("v Enter").says("enterprise · new");
        assert!(stage.app.started && !stage.app.unsaved());
    }
}

#[test]
fn looking_first_needs_a_profile_and_esc_goes_back() {
    let mut stage = Setup::new(80, 24).begin();
    stage
        .keys("End v")
        .says("Only a profile can be looked at first");
    stage.keys("Home v").says("solo, not started yet");
    stage.keys("q").says("New, from a profile");
    assert!(!stage.quit);
    stage.keys("v Esc").says("New, from a profile");
}

#[test]
fn the_output_is_the_text_that_would_be_written() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .profile("enterprise")
            .on_disk()
            .begin();
        stage.keys("Down Enter Down 8 0 Enter o");
        snapshot(&stage, "output");
        stage.says("▸✗ port = 80").says("is below 1024");
        stage.keys("u").does_not_say("▸✗").says("port = 8001");
        let shown: Vec<String> = stage
            .app
            .output_text
            .lines
            .iter()
            .map(|line| line.text.clone())
            .collect();
        stage.keys("Esc w Tab Enter").says("Written");
        let text = fs::read_to_string(stage.root().join(FILE)).unwrap();
        assert_eq!(text.lines().collect::<Vec<_>>(), shown);
    }
}

#[test]
fn a_line_of_the_output_leads_to_its_setting() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter o Down Down Down Down Enter");
    stage.says("2 of 16").says("backend.workers");
    stage
        .keys("o Home Enter")
        .says("No setting begins on this line.");
    stage.keys("Right").does_not_say("# VAPORA configuration");
    stage.keys("Left").says("# VAPORA configuration");
    stage.keys("Left").says("2 of 16");
    stage.keys("o o").says("2 of 16");
}

#[test]
fn an_output_file_that_was_not_opened_is_said_to_be_there() {
    let mut stage = Setup::new(60, 16)
        .file(FILE, "# ours\n")
        .profile("solo")
        .begin();
    stage
        .keys("o")
        .says("vapora.toml is there already: written into it");
}

#[test]
fn the_output_masks_secrets_and_keeps_what_a_file_holds_beside() {
    let file = "# ours\ndeployment_mode = \"enterprise\"\n[backend.auth]\nmethod = \"oauth2\" # by contract\noauth_enabled = true\n\
                oauth_client_secret = \"swordfish-swordfish\"\nprot = 1\n\
                [database]\nurl = \"wss://root:swordfish@db:8000\"\n";
    let mut stage = Setup::new(80, 24).file(FILE, file).begin();
    stage.keys("End Up Enter");
    stage.keys("o").does_not_say("swordfish");
    for shown in [
        "# ours",
        "method = \"oauth2\" # by contract",
        "oauth_client_secret = \"(secret)\"",
        "prot = 1",
        "url = \"(secret)\"",
    ] {
        let lines = &stage.app.output_text.lines;
        assert!(
            lines.iter().any(|line| line.text == shown),
            "{shown}: {lines:#?}"
        );
    }
    assert_eq!(fs::read_to_string(stage.root().join(FILE)).unwrap(), file);
}

#[test]
fn the_side_pane_cycles_and_follows_the_focused_setting() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    stage.keys("v").says("Budget against enterprise").keys("v");
    snapshot(&stage, "side_output_of_panels");
    stage.keys("Down Enter Down 8 0").says("▸  port = 80");
    snapshot(&stage, "side_output_while_typing");
    stage.keys("Enter").says("▸✗ port = 80").keys("v");
    snapshot(&stage, "side_help");
    stage.keys("Left").says("address, port, workers,");
    snapshot(&stage, "side_help_of_a_panel");
    stage.keys("v").says("enterprise → yours");
}

#[test]
fn a_narrow_screen_says_why_there_is_no_side_pane() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("v")
        .says("The side pane needs 110 columns; d, b, o and ? show the same.");
}

#[test]
fn what_is_ticked_shows_in_the_side_pane_at_once() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    stage.keys("v v End Up Up Up Up Up Up Enter Down Enter Down Space");
    snapshot(&stage, "side_output_while_ticking");
    stage.keys("Enter v v Enter Space");
    snapshot(&stage, "side_diff_while_ticking");
}

/// Every size can be drawn with each of these in front.
#[test]
fn no_size_panics() {
    let mut stage = Setup::new(80, 24).begin();
    for script in [
        "v",
        "Enter",
        "o Right",
        "Esc End Up Up Up Up Up Up Enter Down Enter",
        "Esc Esc Up Up Enter End Enter a Enter",
        "Esc",
    ] {
        stage.resize(120, 36).keys(script);
        for (width, height) in [
            (1, 1),
            (2, 3),
            (59, 16),
            (60, 15),
            (60, 16),
            (80, 24),
            (110, 16),
            (110, 20),
            (300, 100),
        ] {
            stage.resize(width, height).screen();
        }
    }
}
