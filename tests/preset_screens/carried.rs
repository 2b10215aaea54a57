//! What leaves the folder of presets, and a copy, carries no secret in clear that nobody asked for.

use super::stage::Setup;
use super::{on, text};

const SECRET: &str = "swordfish-swordfish-swordfish-12";

fn with_secret() -> Setup {
    let preset = format!(
        "format = 1\nname = \"a\"\nschema = \"1.2.0\"\nprofile = \"enterprise\"\n\n[answers]\n\"backend.port\" = 9005\n\"security.jwt_secret\" = \"{SECRET}\"\n"
    );
    Setup::new(80, 24)
        .on_disk()
        .file(".config/vapora-tui/presets/a.toml", &preset)
        .file("in.toml", &preset)
}

#[test]
fn an_export_leaves_secrets_out_and_says_so() {
    let mut stage = on(with_secret(), "enterprise");
    stage.keys("p > Ctrl+u").text("out.toml").keys("Enter");
    stage.says("1 secret in clear left out; vapora-tui preset export --with-secrets");
    stage
        .keys("Tab Enter")
        .says("Exported: out.toml, 1 secret in clear left out.");
    let out = text(&stage.root().join("out.toml"));
    assert!(!out.contains("swordfish") && out.contains("9005"), "{out}");
}

#[test]
fn a_copy_and_an_import_take_them_only_by_the_tick() {
    let mut stage = on(with_secret(), "enterprise");
    stage.keys("p s Shift+Tab Space");
    stage
        .says("a copy of mine/a")
        .says("1 answer; 1 secret in clear left out")
        .says("[ ] with the 1 in clear");
    insta::assert_snapshot!("copy_without_secrets", stage.screen());
    stage.keys("End Up Enter").says("Copied: mine/a-copy");
    let copy = text(&stage.own().join("presets/a-copy.toml"));
    assert!(
        !copy.contains("swordfish") && copy.contains("9005"),
        "{copy}"
    );
    stage.keys("<").text("in.toml").keys("Enter");
    stage
        .says("secrets in clear left out")
        .says("[ ] with the 1 in clear");
}

#[test]
fn what_it_holds_is_whole_on_the_smallest_screen() {
    let setup = Setup::new(60, 16);
    let mut stage = on(setup.on_disk(), "enterprise");
    stage
        .keys("/")
        .text("jwt_secret")
        .keys("Enter Enter Ctrl+u");
    stage.text(SECRET).keys("Enter Esc p s Tab Tab Tab Space");
    stage.says("1 answer; 1 secret in clear, mode 0600");
}
