//! The operator's own keymap and theme: what is wrong in them is told, and keeps nothing from working.

use std::path::Path;

use vapora_tui::tui::app::App;
use vapora_tui::tui::keymap_file;

use crate::stage::{Setup, Stage};

const KEYMAP: &str =
    "[main]\nwrite = [\"W\"]\ndiff = [\"m\"]\n[everywhere]\nleave = [\"Ctrl+q\"]\n";

/// As the program begins with this file in the operator's own folder.
pub fn with_keymap(setup: Setup) -> Stage {
    let (keymap, problems) =
        keymap_file::own(Path::new("~/.config/vapora-tui/keymap.toml"), KEYMAP);
    let mut stage = setup.begin();
    stage.app.keymap = keymap;
    stage.app.own_problems = problems;
    stage
}

#[test]
fn own_keys_work_and_are_shown() {
    let mut stage = with_keymap(Setup::new(120, 36).profile("enterprise"));
    stage.says("W write").says("d diff");
    stage
        .keys("W")
        .says("Review")
        .keys("Esc w")
        .says("restore version works in the list");
}

#[test]
fn mistakes_are_told_at_the_start_and_in_the_help() {
    let mut stage = with_keymap(Setup::new(80, 24));
    stage
        .says("2 problems, listed by !; first")
        .says("keymap.toml:3: m is bound to both profile");
    insta::assert_snapshot!("own_problems_at_start", stage.screen());
    stage
        .keys("?")
        .says("Your own files")
        .says("docker attach takes it.");
    insta::assert_snapshot!("own_problems_in_help", stage.screen());
}

/// They are no problems of the configuration: nothing counts them, nothing is kept from being written.
#[test]
fn mistakes_in_own_files_do_not_count() {
    let stage = with_keymap(Setup::new(80, 24).profile("solo"));
    let app: &App = &stage.app;
    assert_eq!(app.own_problems.len(), 2);
    assert_eq!(app.counted().count(), 0);
    assert_eq!(app.write_refusal(), None);
}
