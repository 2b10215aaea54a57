//! Every question shows which button Enter presses, and that Esc goes back.

use std::fs;

use crate::stage::{Setup, Stage};
use crate::{SIZES, snapshot};

const FILE: &str = "config/runtime/vapora.toml";

fn begun(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height)
        .profile("enterprise")
        .file(FILE, "deployment_mode = \"enterprise\"\n")
        .begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter");
    stage
}

/// A name, how the question comes, and the button it starts on.
type Asked = (&'static str, fn(&mut Stage), &'static str);

const QUESTIONS: [Asked; 6] = [
    (
        "leave",
        |stage| {
            stage.keys("q");
        },
        "▸[ Back ]",
    ),
    (
        "reset",
        |stage| {
            stage.keys(":").text("reset all").keys("Enter");
        },
        "▸[ Back ]",
    ),
    (
        "changed",
        |stage| {
            stage.keys("w Tab Enter");
            let file = stage.root().join(FILE);
            let text = fs::read_to_string(&file).unwrap();
            let theirs = text.replace("port = 9001", "port = 9300");
            fs::write(
                &file,
                theirs.replace("host = \"0.0.0.0\"", "host = \"10.0.0.1\""),
            )
            .unwrap();
            stage.keys("9 0 0 2 Enter w");
        },
        "▸[ Cancel ]",
    ),
    (
        "unusable",
        |stage| {
            stage.keys("w Tab Enter");
            fs::write(stage.root().join(FILE), "[backend\nport = 1\n").unwrap();
            stage.keys("Down 1 2 Enter w");
        },
        "▸[ Cancel ]",
    ),
    (
        "gone",
        |stage| {
            stage.keys("w Tab Enter");
            fs::remove_file(stage.root().join(FILE)).unwrap();
            stage.keys("Down 1 2 Enter w");
        },
        "▸[ Cancel ]",
    ),
    (
        "blocked",
        |stage| {
            fs::remove_file(stage.root().join(FILE)).unwrap();
            fs::create_dir(stage.root().join(FILE)).unwrap();
            stage.keys("w");
        },
        "▸[ Cancel ]",
    ),
];

#[test]
fn the_harmless_button_is_pointed_at_and_esc_goes_back() {
    for (width, height) in SIZES {
        for (name, ask, button) in QUESTIONS {
            let mut stage = begun(width, height);
            ask(&mut stage);
            stage.says(button).says("Esc back").says("Esc goes back");
            snapshot(&stage, &format!("question_{name}"));
            let answers = stage.app.unsaved_answers();
            stage.keys("Esc").does_not_say(button);
            assert_eq!(stage.app.unsaved_answers(), answers);
            assert!(!stage.quit);
        }
    }
}
