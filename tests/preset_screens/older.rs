//! What of an older preset goes when it is replaced, and whose sentence the new one gets.

use super::stage::Setup;
use super::{EU, PORT, on, text};

fn preset(name: &str, sentence: &str, schema: &str, answers: &str) -> String {
    format!(
        "format = 1\nname = \"{name}\"\ndescription = \"{sentence}\"\nschema = \"{schema}\"\nprofile = \"enterprise\"\n\n[answers]\n{answers}"
    )
}

#[test]
fn answers_that_the_schema_does_not_know_are_named_before_they_go() {
    let older = preset(
        "a",
        "",
        "1.1.0",
        "\"agents.gone\" = 1\n\"backend.gone\" = 3\n",
    );
    for (width, height) in [(80, 24), (60, 16)] {
        let setup = Setup::new(width, height).file("presets/a.toml", &older);
        let mut stage = on(setup, "enterprise");
        stage.keys("p Enter").keys(PORT);
        stage.keys("p s Tab Tab Tab Enter");
        insta::assert_snapshot!(format!("older_goes_{width}x{height}"), stage.screen());
    }
}

#[test]
fn the_sentence_is_that_of_the_preset_that_is_named() {
    let setup = Setup::new(80, 24)
        .file("presets/eu.toml", &EU.replace("staging-eu", "eu"))
        .file(
            "presets/other.toml",
            &preset("other", "The other one", "1.2.0", ""),
        );
    let mut stage = on(setup, "enterprise");
    stage.keys("p Enter").keys(PORT).keys("p s");
    stage.says("[EU staging, architect limit lowered");
    stage.keys("Ctrl+u").text("other").says("[The other one ");
    stage
        .keys("Backspace")
        .says("[EU staging, architect limit lowered");
    stage
        .text("r")
        .keys("Tab Tab Tab Enter")
        .says("its sentence stays");
    stage.keys("Tab Enter").says("Saved: shared/other");
    let file = stage.root().join("presets/other.toml");
    assert!(text(&file).contains("The other one"), "{}", text(&file));
    // One that was typed stays whatever name is given.
    stage
        .keys("p s Tab Ctrl+u")
        .text("Typed")
        .keys("Shift+Tab Ctrl+u")
        .text("eu");
    stage.says("[Typed ");
}
