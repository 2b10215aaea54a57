//! Secrets that only the preset holds which would be replaced: they go only by a button that says so.

use super::stage::{Setup, Stage};
use super::{PORT, on, text};

const SECRET: &str = "swordfish-swordfish-swordfish-12";

const TYPED: &str = "Ctrl+u s w o r d f i s h - s w o r d f i s h - s w o r d f i s h - 1 2 Enter";

/// One of the operator's own, and one that comes from elsewhere.
fn with_secret() -> Setup {
    let preset = |answer: &str| {
        format!(
            "format = 1\nname = \"a\"\nschema = \"1.2.0\"\nprofile = \"enterprise\"\n\n[answers]\n{answer}\n"
        )
    };
    Setup::new(80, 24)
        .file(
            ".config/vapora-tui/presets/a.toml",
            &preset(&format!("\"security.jwt_secret\" = \"{SECRET}\"")),
        )
        .file("other.toml", &preset("\"backend.port\" = 9005"))
}

fn own(stage: &Stage) -> String {
    text(&stage.own().join("presets/a.toml"))
}

#[test]
fn what_would_be_lost_is_said_and_goes_by_a_button_of_its_own() {
    let mut stage = on(with_secret(), "enterprise");
    stage
        .keys(PORT)
        .keys("p s")
        .text("a")
        .keys("Tab Tab Tab Enter");
    insta::assert_snapshot!("replacing_loses_a_secret", stage.screen());
    // Back is the harmless answer.
    stage.keys("Enter").says("┌ Save as a preset");
    assert!(own(&stage).contains(SECRET));
    stage
        .keys("Tab Tab Tab Enter Tab Enter")
        .says("Saved: mine/a");
    assert!(!own(&stage).contains(SECRET));
}

#[test]
fn one_that_is_here_too_stays_by_the_tick() {
    let mut stage = on(with_secret(), "enterprise");
    stage.keys("/").text("jwt_secret").keys("Enter Enter");
    stage
        .keys(&TYPED.replace("1 2", "3 4"))
        .keys("Esc p s")
        .text("a");
    stage
        .keys("Tab Tab Tab Tab Enter")
        .says("holds 1 secret in clear that would be lost: security.jwt_secret.")
        .says("To keep it: Back, and tick Secrets.")
        .says("[ Replace it, lose 1 secret ]");
    stage.keys("Enter Tab Tab Tab Space Tab Enter");
    stage
        .says("[ Replace it ]")
        .does_not_say("would be lost")
        .keys("Tab Enter")
        .says("Saved: mine/a");
    assert!(own(&stage).contains("swordfish-34"));
}

#[test]
fn one_that_is_in_force_as_it_is_stays_without_being_asked_for() {
    let mut stage = on(with_secret(), "enterprise");
    stage.keys("p Enter").keys(PORT).keys("p s");
    // It is not to be chosen either.
    stage
        .does_not_say("Secrets ")
        .says("1 secret in clear among them");
    stage
        .keys("Tab Tab Tab Enter")
        .says("[ Replace it ]")
        .does_not_say("would be lost")
        .keys("Tab Enter")
        .says("Saved: mine/a")
        .says("enterprise · a  ");
    assert!(own(&stage).contains(SECRET) && own(&stage).contains("9002"));
}

#[test]
fn an_import_is_asked_about_alike() {
    let mut stage = on(with_secret(), "enterprise");
    stage.keys("p <").text("other.toml").keys("Enter");
    stage
        .keys("Tab Tab Tab Enter")
        .says("To keep it: Back, and give another name.")
        .says("[ Replace it, lose 1 secret ]");
    assert!(own(&stage).contains(SECRET));
}
