//! A field of a workspace's form whose path the schema does not know.

use crate::stage::{Setup, Stage};
use crate::{SIZES, snapshot};

const FORM: &str = "[[elements]]
type = \"text\"
name = \"port\"
prompt = \"Port\"
nickel_path = [\"backend\", \"prot\"]
help = \"Where the backend listens.\"

[[elements]]
type = \"text\"
name = \"host\"
prompt = \"Host\"
nickel_path = [\"backend\", \"host\"]
help = \"The address the backend listens on.\"
";

fn begun(width: u16, height: u16) -> Stage {
    Setup::new(width, height)
        .profile("enterprise")
        .file("forms/fragments/backend/server.toml", FORM)
        .begin()
}

#[test]
fn it_is_marked_and_said_before_anything_is_pressed() {
    for (width, height) in SIZES {
        let mut stage = begun(width, height);
        stage.keys("Down Enter Home");
        snapshot(&stage, "no_setting");
        stage.says("✗").says("backend.prot").says("backend.port");
        stage.keys("Down").does_not_say("asks for it at");
    }
}

#[test]
fn pressing_says_the_same() {
    let mut stage = begun(80, 24);
    stage.keys("Down Enter Home");
    let before = stage.screen();
    stage.keys("Enter");
    assert_eq!(before, stage.screen());
    stage.keys("?").says("backend.prot");
}
