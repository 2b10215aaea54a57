//! Files on the screens: opening, keeping what is not ours, writing back, and files that others change meanwhile.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::{Setup, Stage};

const FILE: &str = "config/runtime/vapora.toml";

const HAND_WRITTEN: &str = r#"# ours since 2025
deployment_mode = "multiuser"

[backend] # behind the proxy
port = 9100     # agreed with the network team
prot = 1
[extra]
kept = "yes"
"#;

fn text(stage: &Stage) -> String {
    fs::read_to_string(stage.root().join(FILE)).unwrap()
}

fn open_output() -> Stage {
    let mut stage = Setup::new(80, 24).file(FILE, HAND_WRITTEN).begin();
    stage.keys("End Up Enter");
    stage
}

#[test]
fn an_opened_file_brings_its_profile_its_values_and_its_warnings() {
    let mut stage = open_output();
    stage
        .says("multiuser · vapora.toml ")
        .says("vapora.toml is open: 2 settings.");
    stage.keys("Up").says("backend.prot is not a setting.");
    stage
        .keys("Down Enter Down")
        .says("9100")
        .says("from: vapora.toml   multiuser has 8001");
    assert!(!stage.app.unsaved());
}

#[test]
fn writing_back_keeps_comments_order_and_unknown_keys() {
    let mut stage = open_output();
    stage
        .keys("Down Enter Down Enter Ctrl+u 9 2 0 0 Enter w")
        .says("~ config/runtime/vapora.toml");
    stage
        .keys("Tab Enter")
        .says("Written: config/runtime/vapora.toml");
    let text = text(&stage);
    for kept in [
        "# ours since 2025\n",
        "[backend] # behind the proxy\n",
        "port = 9200     # agreed with the network team\n",
        "prot = 1\n",
        "[extra]\nkept = \"yes\"\n",
    ] {
        assert!(text.contains(kept), "{kept:?} is gone:\n{text}");
    }
}

#[test]
fn a_file_changed_by_somebody_else_is_never_overwritten_unasked() {
    let mut stage = open_output();
    stage.keys("Down Enter Down Enter Ctrl+u 9 2 0 0 Enter");
    let file = stage.root().join(FILE);
    let theirs = HAND_WRITTEN.replace("port = 9100", "port = 9300\nworkers = 7");
    fs::write(&file, &theirs).unwrap();
    stage
        .keys("w")
        .says("The file changed")
        .says("your answers are still here");
    stage.keys("Esc w Enter").does_not_say("The file changed");
    assert_eq!(text(&stage), theirs);
    stage
        .keys("w Left Left Enter")
        .says("changed since it was read")
        .says("9300")
        .says("7 ");
    stage.keys("m Enter").says("Brought together: 1 taken over");
    stage.keys("Tab Enter").says("Written");
    assert!(
        text(&stage).contains("port = 9200\nworkers = 7"),
        "{}",
        text(&stage)
    );
}

#[test]
fn a_file_changed_between_review_and_write_is_not_overwritten_either() {
    let mut stage = open_output();
    stage.keys("Down Enter Down Enter Ctrl+u 9 2 0 0 Enter w Tab");
    let theirs = HAND_WRITTEN.replace("9100", "9300");
    fs::write(stage.root().join(FILE), &theirs).unwrap();
    stage
        .keys("Enter")
        .says("The file changed")
        .says("changed since it was read");
    assert_eq!(text(&stage), theirs);
    stage.keys("Left Enter").says("Save elsewhere");
    stage
        .keys("Ctrl+u")
        .text("elsewhere.toml")
        .keys("Enter")
        .says("+ elsewhere.toml");
    stage.keys("Tab Enter").says("Written: elsewhere.toml");
    assert_eq!(text(&stage), theirs);
    let elsewhere = fs::read_to_string(stage.root().join("elsewhere.toml")).unwrap();
    assert!(elsewhere.contains("port = 9200"), "{elsewhere}");
}

#[test]
fn a_file_named_on_the_command_line_is_a_base_and_the_output_stays() {
    let mut stage = Setup::new(80, 24)
        .file("example.toml", HAND_WRITTEN)
        .open("example.toml")
        .begin();
    stage
        .says("multiuser · example.toml ")
        .keys("w")
        .says("+ config/runtime/vapora.toml");
}

#[test]
fn a_file_without_a_profile_asks_for_one() {
    let mut stage = Setup::new(80, 24)
        .file("a.json", r#"{"backend":{"port":9100}}"#)
        .begin();
    stage
        .keys("End Enter")
        .text("a.json")
        .keys("Enter")
        .says("names no profile")
        .keys("Down Enter");
    stage
        .says("multiuser · a.json")
        .keys("Down Enter Down")
        .says("9100");
    stage
        .keys("Enter Ctrl+u 9 2 0 0 Enter w Tab Enter")
        .says("Written: a.json");
    let json = fs::read_to_string(stage.root().join("a.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["backend"]["port"], 9200);
}

#[test]
fn what_cannot_be_opened_says_so_and_the_path_can_be_mended() {
    let mut stage = Setup::new(80, 24)
        .file("broken.toml", "[backend\nport = 1\n")
        .begin();
    stage
        .keys("End Enter")
        .text("nothing.toml")
        .keys("Enter")
        .says("There is no such file.");
    stage
        .says("[nothing.toml")
        .keys("Ctrl+u")
        .text("config")
        .keys("Enter")
        .says("Open a file");
    stage.keys("Ctrl+u").text("broken.toml").keys("Enter");
    stage.says("✗ Not opened: broken.toml:1: A section");
}

#[test]
fn the_environment_lies_over_the_file_and_under_the_answers() {
    let mut stage = Setup::new(80, 24)
        .file(FILE, HAND_WRITTEN)
        .variable("VAPORA__BACKEND__PORT", "9555")
        .variable("VAPORA__BACKEND__PROT", "1")
        .begin();
    stage.says("VAPORA__BACKEND__PROT");
    stage
        .keys("End Up Enter Down Enter Down")
        .says("9555")
        .says("from: VAPORA__BACKEND__PORT");
    stage
        .keys("9 6 0 0 Enter")
        .says("9600")
        .says("from: you")
        .keys("r")
        .says("9555");
}

#[test]
fn a_secret_typed_is_written_for_its_owner_only_and_shows_nowhere() {
    use std::os::unix::fs::PermissionsExt;
    let mut stage = Setup::new(120, 36).profile("solo").on_disk().begin();
    let canary = "canary-canary-canary-canary-canary-1";
    stage.keys("End Up Enter").does_not_say("canary");
    stage
        .keys("Home Down Enter Ctrl+u")
        .text(canary)
        .does_not_say("canary")
        .keys("Enter");
    for key in ["d", "Esc", "?", "Esc", "u", "U", "w"] {
        stage.keys(key).does_not_say("canary");
    }
    stage
        .says("1 in clear")
        .says("services of another user cannot read it")
        .says("mode 0600")
        .keys("Tab Enter")
        .says("Written");
    let file = stage.root().join(FILE);
    assert!(text(&stage).contains(canary));
    assert_eq!(
        fs::metadata(file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn a_workspace_that_brings_its_own_profile_offers_it() {
    let mut stage = Setup::new(80, 24)
        .file("profiles/lab.ncl", "# the lab under the roof\n{ backend.port | force = 8111, security.jwt_secret = \"${ENV:JWT}\" }\n")
        .begin();
    stage
        .says("lab         the lab under the roof")
        .says("This workspace brings its own profiles/lab.ncl.");
    stage.keys("Down Down Down Enter").says("lab · new");
    stage
        .keys("Down Enter Down 9")
        .says("backend.port is held by lab");
}

#[test]
fn a_profile_that_is_wrong_says_where_and_nothing_can_be_written() {
    let mut stage = Setup::new(80, 24)
        .file(
            "profiles/lab.ncl",
            "# broken\n{ backend = \n { port = } }\n",
        )
        .begin();
    stage
        .keys("Down Down Down Enter")
        .says("profiles/lab.ncl:3");
    stage.keys("w").says("And 1 problem of");
}

#[test]
fn what_a_file_shares_with_its_profile_follows_the_profile() {
    let mut stage = Setup::new(80, 24).profile("enterprise").on_disk().begin();
    stage
        .keys("Down Enter Down 9 0 0 1 Enter w Tab Enter")
        .says("Written");
    let written = text(&stage);
    let mut stage = Setup::new(80, 24).file(FILE, &written).begin();
    stage.keys("End Up Enter").says("enterprise · vapora.toml ");
    stage.keys("m Up Up Enter").says("solo · vapora.toml*");
    stage
        .keys("Enter")
        .says("solo ▾")
        .keys("Esc Down Enter")
        .says("127.0.0.1")
        .says("9001");
    stage.keys("w Tab Enter").says("Written");
    let text = text(&stage);
    assert!(
        text.contains("deployment_mode = \"solo\"") && text.contains("port = 9001"),
        "{text}"
    );
}

#[test]
fn a_file_that_could_not_be_read_whole_cannot_be_written_back() {
    let broken = "deployment_mode = \"solo\"\n[backend]\nport = 9001\n[database\nurl = \"x\"\n";
    let mut stage = Setup::new(80, 24)
        .file("bad.toml", broken)
        .open("bad.toml")
        .begin();
    stage
        .says("✗1")
        .keys("w Tab Enter")
        .says("Review: nothing is written yet");
    assert!(!stage.root().join(FILE).exists());
}

#[test]
fn an_address_with_a_password_is_edited_blind() {
    let file =
        "deployment_mode = \"multiuser\"\n[database]\nurl = \"wss://root:hunter2@db:8000\"\n";
    let mut stage = Setup::new(80, 24).file(FILE, file).begin();
    stage.keys("End Up Enter Down Down Down Down Down Down Down Down Down Down Enter");
    stage
        .says("Database")
        .says("(secret)")
        .keys("Enter")
        .does_not_say("hunter2");
    stage.keys("Enter").says("(secret)").does_not_say("hunter2");
    assert!(!stage.app.unsaved());
    assert!(!format!("{:?}", stage.app.config).contains("hunter2"));
}

#[test]
fn what_is_reviewed_is_what_is_written() {
    let mut stage = Setup::new(80, 24).profile("enterprise").on_disk().begin();
    stage
        .keys("m Up Up Enter w u")
        .says("Against solo")
        .says("Esc first");
    stage.keys("Tab Enter").says("Written");
    assert!(text(&stage).contains("profile solo"));
    // First the secret of that write.
    stage.keys("u u").says("enterprise · vapora.toml*");
}

#[test]
fn the_mode_is_chosen_as_the_profile() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("Enter Enter")
        .says("Profile: answers are kept")
        .keys("Up Up Enter")
        .says("solo · new*");
}

#[test]
fn keys_on_a_screen_too_small_change_nothing() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("Down Enter Down Enter")
        .resize(40, 10)
        .keys("1 2 3 Enter w")
        .resize(80, 24);
    stage.says("[8001 ");
}
