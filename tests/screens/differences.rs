//! The differences: folding, baselines, taking the left value, jumping, at three sizes.

use std::fs;

use super::snapshot;
use super::stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (60, 16)];

const FILE: &str = "config/runtime/vapora.toml";

const OURS: &str = "deployment_mode = \"multiuser\"
[backend]
port = 9100
prot = 1
[agents]
max_instances = 20
[frontend]
api_url = \"https://api.eu.example.com/vapora/v1\"
";

fn setup(width: u16, height: u16) -> Setup {
    Setup::new(width, height)
        .profile("enterprise")
        .file(FILE, OURS)
        .file("bare.toml", "[backend]\nport = 80\n")
        .file("broken.toml", "[backend\nport = 1\n")
}

/// Two answers, and the differences open on the first.
fn opened(width: u16, height: u16) -> Stage {
    let mut stage = setup(width, height).begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter Down 1 2 Enter d");
    stage
}

#[test]
fn unfolding_and_folding() {
    for (width, height) in SIZES {
        let mut stage = opened(width, height);
        snapshot(&stage, "60_diff");
        stage.keys("Up");
        snapshot(&stage, "61_diff_heading");
        stage.keys("Enter");
        snapshot(&stage, "62_diff_unfolded");
        stage.keys("Left a");
        snapshot(&stage, "63_diff_all");
    }
}

#[test]
fn compared_with_another_profile_and_files() {
    for (width, height) in SIZES {
        let mut stage = opened(width, height);
        stage.keys("c");
        snapshot(&stage, "64_diff_baselines");
        stage.keys("Down Enter");
        snapshot(&stage, "65_diff_other_profile");
        stage.keys("c End Up Enter");
        snapshot(&stage, "66_diff_written_file");
        stage.keys("c End Enter").text("broken.toml").keys("Enter");
        snapshot(&stage, "67_diff_file_refused");
        stage.keys("Ctrl+u").text("bare.toml").keys("Enter");
        snapshot(&stage, "68_diff_any_file");
    }
}

#[test]
fn the_left_value_is_taken_and_given_back() {
    let mut stage = opened(80, 24);
    stage
        .keys("r")
        .says("Port is what enterprise has again; u undoes.")
        .says("▸ port                              8001               8001")
        .says("1 changed, 109 the same");
    snapshot(&stage, "70_diff_left_taken");
    stage
        .keys("r")
        .says("Port is the same on both sides.")
        .keys("u")
        .says("▸ port                            ~ 8001               9001")
        .says("2 changed, 108 the same");
    // Of another profile and of a file it is an answer like any other.
    stage
        .keys("c Down Enter Down r")
        .says("is 2 now, as in solo; u undoes.")
        .says("▸ workers                           2                  2");
    stage
        .keys("c End Up Enter Up r")
        .says("Port is 9100 now, as in vapora.toml; u undoes.")
        .keys("Esc")
        .says("from: you");
    stage.keys("u u").says("9001").says("12");
    assert_eq!(stage.app.answers.said().answers.len(), 2);
}

#[test]
fn what_lies_under_the_answer_decides_how_the_left_value_is_taken() {
    let mut stage = Setup::new(80, 24)
        .file(FILE, OURS)
        .variable("VAPORA__BACKEND__WORKERS", "5")
        .begin();
    stage.keys("End Up Enter d");
    // The file and the environment lie over the profile: its value needs an answer.
    stage
        .says("▸ port                            ~ 8001               9100")
        .keys("r")
        .says("Port is 8001 now, as in multiuser");
    stage
        .keys("Down r")
        .says("workers")
        .says("now, as in multiuser");
    assert_eq!(stage.app.answers.said().answers.len(), 2);
    // Against the file itself the answer goes again.
    stage
        .keys("c End Up Enter")
        .keys("Home Down r")
        .says("Port is what vapora.toml has again");
    assert_eq!(stage.app.answers.said().answers.len(), 1);
}

#[test]
fn a_left_side_without_a_value_takes_the_answer_back() {
    let mut stage = Setup::new(80, 24)
        .profile("solo")
        .file(
            "profiles/open.ncl",
            "# asks for a secret\n{ deployment_mode = \"solo\" }\n",
        )
        .begin();
    stage.keys("d c End Up Up Enter");
    stage
        .says("open")
        .says("▸ host")
        .keys("End")
        .says("jwt_secret");
    stage.keys("Up Up Up").says("+ –").keys("r");
    stage.says("open has no value, and this one is from profile, not you.");
    assert!(stage.app.answers.said().answers.is_empty());
    stage
        .keys("Enter Enter Ctrl+u")
        .text("${ENV:JWT}")
        .keys("Enter d");
    stage.says("▸ jwt_secret").says("${ENV:JWT}").keys("r");
    stage.says("open has no value: your answer is taken back; u undoes.");
    assert!(stage.app.answers.said().answers.is_empty());
    stage.keys("u").says("▸ jwt_secret").says("${ENV:JWT}");
}

#[test]
fn a_field_that_the_form_hides_is_not_answered_from_here() {
    let mut stage = Setup::new(80, 24)
        .profile("enterprise")
        .file(
            "b.toml",
            "deployment_mode = \"enterprise\"\n[backend.auth]\noauth_client_id = \"vapora\"\n",
        )
        .begin();
    stage.keys("d c End Enter").text("b.toml").keys("Enter");
    stage.says("oauth_client_id").keys("Home Down r");
    stage.says("An answer would not count: backend.auth.oauth_client_id is hidden");
    stage
        .keys("Enter")
        .says("backend.auth.oauth_enabled decides.")
        .says("Diff");
    assert!(stage.app.answers.said().answers.is_empty());
}

#[test]
fn a_secret_is_taken_without_being_shown() {
    let secret = "swordfish-swordfish-swordfish-swordfish";
    let file = format!("deployment_mode = \"solo\"\n[security]\njwt_secret = \"{secret}\"\n");
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .profile("solo")
            .file("b.toml", &file)
            .begin();
        stage.keys("d c End Enter").text("b.toml").keys("Enter");
        stage
            .keys("End")
            .says("jwt_secret")
            .does_not_say("swordfish");
        snapshot(&stage, "71_diff_secret");
        stage
            .keys("r")
            .says("is the secret of b.toml now")
            .does_not_say("swordfish");
        stage.keys("w").does_not_say("swordfish").keys("Esc");
        assert!(stage.app.answers.get("security.jwt_secret").is_some());
    }
}

#[test]
fn the_mode_of_the_left_side_is_chosen_as_the_profile() {
    let mut stage = opened(80, 24);
    stage.keys("c Down Enter Home").says("▸ deployment_mode");
    stage
        .keys("r")
        .says("The profile is solo now, your answers are kept; u undoes.")
        .says("solo · new*");
    stage.keys("u").says("enterprise · new*").says("Diff");
}

#[test]
fn the_cursor_keeps_its_row_and_the_window_its_state() {
    let mut stage = opened(80, 24);
    stage.keys("Down a").says("▸ workers");
    stage
        .keys("a")
        .says("▸ workers")
        .keys("Left")
        .says("▸backend");
    stage.keys("Space").says("max_connections");
    stage.keys("Down Down Enter").says("from: you");
    // Opened again it is as it was left.
    stage.keys("d").says("max_connections").says("▸ port");
    stage.keys("Left Left Left").does_not_say("Diff ─");
}

#[test]
fn a_written_file_is_read_again_when_the_window_opens() {
    let mut stage = opened(80, 24);
    stage.keys("c End Up Enter").says("~ 9100");
    stage.keys("Esc");
    let file = stage.root().join(FILE);
    fs::write(file, OURS.replace("9100", "9200")).unwrap();
    stage.keys("d").says("~ 9200").does_not_say("9100");
    // Gone: what was read before stays.
    fs::remove_file(stage.root().join(FILE)).unwrap();
    stage
        .keys("Esc d")
        .says("Not compared: config/runtime/vapora.toml")
        .says("~ 9200");
}

#[test]
fn a_profile_under_a_file_is_judged_also_when_another_was_chosen() {
    let mut stage = Setup::new(80, 24)
        .profile("solo")
        .file(
            "full.toml",
            "deployment_mode = \"multiuser\"\n[backend]\nport = 9100\nhost = \"0.0.0.0\"\n",
        )
        .open("full.toml")
        .begin();
    stage.says("solo · full.toml").keys("d");
    stage.says("1 changed, 109 the same").says("9100");
}

#[test]
fn the_review_shows_the_command_that_does_the_same() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .profile("enterprise")
            .variable("VAPORA__BACKEND__KEEP_ALIVE", "90")
            .variable(
                "VAPORA__SECURITY__JWT_SECRET",
                "swordfish-swordfish-swordfish-swordfish",
            )
            .on_disk()
            .begin();
        stage.keys("Down Enter Down 9 0 0 1 Enter w");
        snapshot(&stage, "72_review_command");
        stage.keys("End");
        snapshot(&stage, "73_review_command_end");
        let command = stage.app.review_command().unwrap();
        assert!(!command.contains("swordfish"), "{command}");
        stage.keys("Esc m Up Up Enter w");
        stage.keys("Esc m Down Down Enter").keys("m Up Enter w");
    }
}

#[test]
fn a_long_review_scrolls_to_its_command() {
    for (width, height) in SIZES {
        let mut stage = setup(width, height).begin();
        stage.keys("w");
        snapshot(&stage, "74_review_long");
        stage.keys("End");
        snapshot(&stage, "75_review_long_end");
    }
}

#[test]
fn what_may_not_be_written_has_no_command() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down 8 0 Enter w");
    stage.does_not_say("Same as");
    assert_eq!(stage.app.review_command(), None);
}
