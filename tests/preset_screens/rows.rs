//! What the list says of the folders, and of its keys where room is short.

use std::fs;

use super::stage::{Setup, Stage};
use super::{EU, begun, settle, some};

/// Beside two shared presets lie two things that are none; the first stage keeps the folders.
fn with_others() -> Stage {
    let stage = some(80, 24).file("presets/Big Name.toml", EU).begin();
    settle(&stage);
    fs::create_dir(stage.root().join("presets/folder.toml")).unwrap();
    stage
}

#[test]
fn a_row_tells_its_own_problems_only() {
    let folders = with_others();
    let setup = Setup::new(80, 24).within(folders.root());
    let mut stage = setup.profile("enterprise").begin();
    stage.keys("p Down").says("staging-eu: EU staging");
    insta::assert_snapshot!("folders_with_others", stage.screen());
    stage
        .keys("Up")
        .says("first presets/old-lab.toml:10")
        .does_not_say("Big Name");
    // All are in the list of problems, those of the preset first.
    stage.keys("!");
    insta::assert_snapshot!("problems_of_preset_and_folders", stage.screen());
    stage.keys("Esc").says("┌ Presets");
}

#[test]
fn start_and_list_count_the_same() {
    let folders = with_others();
    let mut stage = Setup::new(80, 24).within(folders.root()).begin();
    let count = "2 saved";
    stage.says(count).keys("p").says(count);
}

#[test]
fn comparing_and_deleting_stay_where_room_is_short() {
    let keys = |width, height| {
        let mut stage = begun(width, height);
        stage.keys("p");
        let screen = stage.screen();
        screen.lines().last().unwrap().to_owned()
    };
    let all = [keys(60, 16), keys(80, 24), keys(120, 36)];
    insta::assert_snapshot!("keys_of_the_list", all.join("\n"));
    for line in &all {
        for key in ["Enter load", "d diff", "delete", "Esc back", "? "] {
            assert!(line.contains(key), "{key}: {line}");
        }
    }
}

#[test]
fn when_one_was_changed_stands_in_its_row_on_the_smallest_screen() {
    let mut stage = begun(60, 16);
    // Below the list stands what is wrong with this one.
    stage
        .keys("p Down")
        .says("first presets/old-lab.toml:10")
        .says("✗ old-lab     shared  multiuser     2     2026-11-22 ")
        .says("answers  changed ");
}

#[test]
fn numbers_in_names_are_sorted_by_value() {
    let mut setup = Setup::new(80, 24);
    for name in ["p30", "p4", "p100", "p"] {
        setup = setup.file(
            &format!("presets/{name}.toml"),
            &EU.replace("staging-eu", name),
        );
    }
    let mut stage = setup.profile("enterprise").begin();
    stage.keys("p");
    let screen = stage.screen();
    let at = |name: &str| screen.find(&format!(" {name} ")).unwrap();
    let rows = ["p", "p4", "p30", "p100"].map(|name| at(&format!("{name:4} shared")));
    assert!(rows.is_sorted(), "{screen}");
}
