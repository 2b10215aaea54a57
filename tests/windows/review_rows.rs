//! The review: one pointer, Enter acts on what it points at, and warnings have names.

use crate::stage::{Setup, Stage};
use crate::{SIZES, snapshot};

const FILE: &str = "config/runtime/vapora.toml";

fn reviewed(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height)
        .profile("enterprise")
        .file(FILE, "deployment_mode = \"enterprise\"\n")
        .begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter Down 1 2 Enter w");
    stage
}

#[track_caller]
fn one_pointer(stage: &Stage) {
    let pointers = stage.screen().matches('▸').count();
    assert_eq!(pointers, 1, "{}", stage.screen());
}

#[test]
fn one_thing_is_pointed_at_at_a_time() {
    for (width, height) in SIZES {
        let mut stage = reviewed(width, height);
        one_pointer(&stage);
        snapshot(&stage, "review_rows");
        for key in ["Tab", "Tab", "Tab", "Shift+Tab", "Tab", "Up", "Down", "End"] {
            stage.keys(key);
            one_pointer(&stage);
        }
        stage.keys("Tab");
        snapshot(&stage, "review_write");
    }
}

#[test]
fn enter_on_a_row_goes_to_its_setting_and_never_presses_a_button() {
    let mut stage = reviewed(80, 24);
    let at = |stage: &Stage| stage.app.input().map(|input| input.path.to_string());
    stage.keys("Home");
    while !stage.screen().contains("▸ backend.workers") {
        let before = stage.screen();
        stage.keys("Down");
        assert_ne!(before, stage.screen());
    }
    stage
        .says("backend.workers:")
        .keys("Enter")
        .says("w comes back to the review.");
    assert_eq!(at(&stage).as_deref(), Some("backend.workers"));
    stage.keys("w End Enter").says("y copies this command");
    stage.says("Review: nothing is written yet");
}

#[test]
fn each_button_is_pressed_only_while_it_is_pointed_at() {
    let mut stage = reviewed(80, 24);
    stage.keys("Tab").says("▸[ Write 1 file ]");
    stage.keys("Tab").says("Note      ▸[");
    stage.keys("Tab").says("▸[ Back ]");
    stage.keys("Enter").does_not_say("Review:");
    stage.keys("w Tab Enter").says("Written");
}

#[test]
fn a_review_that_is_off_starts_on_back_and_says_why() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down 8 0 Enter w");
    one_pointer(&stage);
    stage.says("▸[ Back ]").says("1 setting is wrong");
    stage.keys("Tab").says("▸[ Write 1 file ]").keys("Enter");
    stage.says("Review: nothing is written yet");
}

#[test]
fn warnings_are_named_with_their_paths_and_all_are_one_key_away() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .profile("enterprise")
            .file(
                "many.toml",
                &"abcdef"
                    .chars()
                    .fold("deployment_mode = \"enterprise\"\n[backend]\nport = 9001\nworkers = 12\nhost = \"::1\"\n".to_owned(), |text, c| text + &format!("own_{c} = 1\n")),
            )
            .open("many.toml")
            .begin();
        stage.keys("Esc w");
        snapshot(&stage, "review_warnings");
        stage.says("warnings; ! lists all");
        stage.keys("!").says("┌ Problems").says("own_c");
        stage.keys("Esc").says("Review: nothing is written yet");
    }
}
