//! A preset in which something is wrong: it is said where that is mended, and the wizard can leave it out.

use super::stage::{Setup, Stage};
use super::{EU, settle, text};

fn with(preset: &str) -> Stage {
    let setup = Setup::new(80, 24).file("presets/a.toml", preset);
    let stage = setup.profile("enterprise").begin();
    settle(&stage);
    stage
}

fn misspelt() -> String {
    EU.replace("staging-eu", "a").replace(
        "\"backend.port\" = 9001",
        "\"backend.prot\" = 9001\n\"backend.workers\" = \"many\"",
    )
}

#[test]
fn a_key_that_is_no_setting_is_left_out_by_saving_over_it() {
    let mut stage = with(&misspelt());
    let file = stage.root().join("presets/a.toml");
    stage
        .keys("p ! Enter")
        .says("It stands in presets/a.toml:8: mend it there. Or load the preset, then save")
        .says("over it (p s): what does not fit is left out.");
    stage.keys("Esc Enter ! Down Enter");
    insta::assert_snapshot!("where_it_is_mended", stage.screen());
    // The value of another kind is mended at its setting.
    stage.keys("Esc n Enter Ctrl+u 4 Enter").says("✗1");
    stage
        .keys("w")
        .says("1 problem of the opened file")
        .keys("Esc");
    stage.keys("p s Tab Tab Tab Enter");
    insta::assert_snapshot!("what_does_not_fit_goes", stage.screen());
    assert!(text(&file).contains("prot"));
    stage.keys("Tab Enter").says("Saved: shared/a").says("✗0");
    let now = text(&file);
    assert!(
        !now.contains("prot") && now.contains("\"backend.workers\" = 4"),
        "{now}"
    );
    stage
        .keys("w Tab Enter")
        .says("Written: config/runtime/vapora.toml");
}

#[test]
fn a_text_that_cannot_be_read_is_mended_in_its_file_and_loaded_again() {
    let whole = EU.replace("staging-eu", "a");
    let mut stage = with(&format!("{whole}\"broken\n"));
    let file = stage.root().join("presets/a.toml");
    stage
        .keys("p ! Enter")
        .says("mend it there, then load it.")
        .does_not_say("left out")
        .keys("Esc Enter");
    std::fs::write(&file, whole).unwrap();
    stage
        .keys("p Enter")
        .says("✗0")
        .says("preset a is open: 3 settings.")
        .keys("w")
        .says("--preset shared/a");
}

#[test]
fn saving_under_another_name_mends_nothing_in_the_file() {
    let mut stage = with(&misspelt());
    stage
        .keys("p Enter p s Ctrl+u")
        .text("b")
        .keys("Tab Tab Tab Enter");
    stage.says("Saved: shared/b").says("✗2");
    // That one holds what fits: it can be loaded.
    stage.keys("p").says("▸ ✗ b").keys("Enter").says("✗1");
}
