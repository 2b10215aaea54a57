//! Files that are no configuration: they are not opened, never written into, and what is wrong is said first.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::{Setup, Stage};
use vapora_tui::tui::msg::Msg;

const FOREIGN: &str = "[workspace]\nname = \"vapora\"\n\n[servers]\ncount = 3\n";
const FILE: &str = "config/runtime/vapora.toml";

/// The screen in each size; it is 80x24 again afterwards.
fn in_all_sizes(stage: &mut Stage, name: &str) {
    for (width, height) in [(60, 16), (120, 36), (80, 24)] {
        stage.resize(width, height);
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), stage.screen());
    }
}

fn type_path(setup: Setup, name: &str) -> Stage {
    let mut stage = setup.begin();
    stage.keys("End Enter").text(name).keys("Enter");
    stage
}

/// Opens a file while another thing is open.
fn open(stage: &mut Stage, name: &str) {
    let schema = stage.app.schema.clone().unwrap();
    let file = stage.root().join(name);
    stage.tell(Msg::opening(&file, &schema));
}

#[test]
fn a_profile_named_with_the_file_stays_and_the_difference_is_said() {
    let text = "deployment_mode = \"enterprise\"\n[backend]\nport = 9001\n";
    let mut stage = Setup::new(80, 24)
        .file("sec.toml", text)
        .open("sec.toml")
        .profile("multiuser")
        .begin();
    stage
        .says("multiuser · sec.toml")
        .says("sec.toml names profile enterprise, multiuser is in force: m changes it.");
}

#[test]
fn a_file_without_a_setting_is_not_opened_and_says_why() {
    for (name, text, why) in [
        (
            "workspace.toml",
            FOREIGN,
            "None of its 2 keys is a setting of VAPORA",
        ),
        (
            "one.toml",
            "[workspace]\n",
            "Its only key is no setting of VAPORA: workspace.",
        ),
        ("empty.toml", "", "It is empty: there is no setting in it."),
        (
            "broken.toml",
            "[backend\nport = 1\n",
            "broken.toml:1: A section's name is not closed.",
        ),
        ("binary.toml", "\u{0}\u{1}", "binary.toml:1: "),
        ("list.json", "[1, 2]", "list.json:1: "),
    ] {
        for width in [60, 80] {
            let setup = Setup::new(width, 24).file(name, text);
            let mut stage = type_path(setup, name);
            let shown = stage.screen().replace('\n', " ");
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                shown.contains("✗ Not opened: ") && shown.contains(why),
                "{shown}"
            );
            stage
                .does_not_say("names no profile")
                .does_not_say("is open");
            assert!(!stage.app.started && stage.app.answers.said().base.is_none());
        }
    }
}

#[test]
fn what_was_open_before_stays() {
    let mut stage = Setup::new(80, 24)
        .file(FILE, "deployment_mode = \"solo\"\n[backend]\nport = 9100\n")
        .file("workspace.toml", FOREIGN)
        .begin();
    stage.keys("End Up Enter").says("solo · vapora.toml");
    open(&mut stage, "workspace.toml");
    stage.says("Not opened");
    in_all_sizes(&mut stage, "not_opened");
    stage
        .keys("Esc")
        .says("solo · vapora.toml")
        .keys("Down Enter Down")
        .says("9100");
    assert!(stage.app.facts.output.ends_with(FILE));
}

#[test]
fn a_foreign_file_named_on_the_command_line_is_never_written_into() {
    let mut setup = Setup::new(80, 24)
        .file("workspace.toml", FOREIGN)
        .open("workspace.toml");
    for profile in [false, true] {
        if profile {
            setup = Setup::new(80, 24)
                .file("workspace.toml", FOREIGN)
                .open("workspace.toml")
                .profile("solo");
        }
        let mut stage = setup.begin_writing("workspace.toml");
        stage.says("Not opened: workspace.toml: None of its 2 keys");
        if !profile {
            stage.keys("Enter");
        }
        stage
            .keys("w")
            .says("+ config/runtime/vapora.toml")
            .keys("Tab Enter")
            .says("Written");
        let text = fs::read_to_string(stage.root().join("workspace.toml")).unwrap();
        assert_eq!(text, FOREIGN);
        setup = Setup::new(80, 24);
    }
}

#[test]
fn a_file_of_something_else_with_a_few_settings_is_only_a_base() {
    let text = format!("deployment_mode = \"solo\"\n{FOREIGN}");
    let mut stage = type_path(Setup::new(80, 24).file("theirs.toml", &text), "theirs.toml");
    stage
        .says("theirs.toml is open: 1 setting. It has 2 warnings.")
        .says("2 of its 3 keys are no settings of VAPORA");
    in_all_sizes(&mut stage, "only_a_base");
    stage.keys("w").says("+ config/runtime/vapora.toml");
    stage.keys("Tab Enter").says("Written");
    assert_eq!(
        fs::read_to_string(stage.root().join("theirs.toml")).unwrap(),
        text
    );
    let mut stage = Setup::new(80, 24)
        .file("theirs.toml", &text)
        .open("theirs.toml")
        .begin_writing("theirs.toml");
    stage
        .says("writes to config/runtime/vapora.toml.")
        .keys("w")
        .says("+ config/runtime/vapora.toml");
}

#[test]
fn a_file_with_errors_and_warnings_names_an_error_first() {
    let text = "deployment_mode = \"solo\"\nbogus = 1\n[backend]\nport = 80\nworkers = 4\n";
    let mut stage = type_path(Setup::new(80, 24).file("sec.toml", text), "sec.toml");
    stage
        .says("sec.toml is open: 3 settings. It has 1 error, 1 warning.")
        .says("✗ backend.port: 80 is below 1024")
        .says("! lists");
    in_all_sizes(&mut stage, "errors_first");
    stage.keys("!").says("sec.toml:2 ");
}

#[test]
fn a_place_is_shortened_by_whole_folders() {
    let name = "a-rather-long-folder-name/with-another/b/sec.toml";
    let text = "deployment_mode = \"solo\"\nbogus = 1\n[backend]\nport = 9001\n";
    let mut stage = type_path(Setup::new(80, 24).file(name, text), name);
    stage
        .says("! …/with-another/b/sec.toml:2: bogus is not a setting.")
        .keys("!")
        .says("! …/b/sec.toml:2 ");
}

#[test]
fn a_file_of_another_profile_asks_which_one() {
    let text = "deployment_mode = \"enterprise\"\n[backend]\nport = 9001\n";
    for (keys, header) in [
        ("Enter", "enterprise · sec.toml"),
        ("Esc", "multiuser · sec.toml"),
    ] {
        let mut stage = Setup::new(80, 24)
            .file("sec.toml", text)
            .profile("multiuser")
            .begin();
        open(&mut stage, "sec.toml");
        stage.says("sec.toml names enterprise, multiuser is in force: which one?");
        if keys == "Enter" {
            in_all_sizes(&mut stage, "another_profile");
        }
        stage.keys(keys).says(header).keys("w").says("~ sec.toml");
    }
}

#[test]
fn undo_of_open_gives_the_output_back() {
    let text = "deployment_mode = \"enterprise\"\n[backend]\nport = 9001\n";
    let mut stage = Setup::new(80, 24)
        .file("sec.toml", text)
        .profile("enterprise")
        .begin();
    open(&mut stage, "sec.toml");
    stage.keys("w").says("~ sec.toml");
    stage
        .keys("Esc u")
        .says("no file is open")
        .keys("w")
        .says("+ config/runtime/vapora.toml");
    stage.keys("Esc U w").says("~ sec.toml").keys("Esc u q");
    assert!(stage.quit, "{}", stage.screen());
}

#[test]
fn an_output_that_became_a_folder_is_named_as_one() {
    let text = "deployment_mode = \"solo\"\n[backend]\nport = 9100\n";
    for opened in [true, false] {
        let mut stage = Setup::new(80, 24).file(FILE, text).begin();
        if opened {
            stage.keys("End Up Enter");
        } else {
            stage.keys("Enter");
        }
        let file = stage.root().join(FILE);
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        stage
            .keys("w")
            .says("It cannot be written there")
            .says("config/runtime/vapora.toml: It is a folder, not a configuration file.")
            .says("Save elsewhere");
        if opened {
            in_all_sizes(&mut stage, "became_a_folder");
        }
        stage
            .keys("Left Enter Ctrl+u")
            .text("b.toml")
            .keys("Enter")
            .says("+ b.toml")
            .keys("Tab Enter")
            .says("Written: b.toml");
    }
}

#[test]
fn an_output_that_is_gone_can_be_made_anew() {
    // It refers to its secret, so that no first write makes one.
    let text = "deployment_mode = \"solo\"\n[backend]\nport = 9100\n[security]\njwt_secret = \"${SECRET:jwt-secret}\"\n";
    for at in ["", "w Tab"] {
        let mut stage = Setup::new(80, 24).file(FILE, text).begin();
        stage
            .keys("End Up Enter Down Enter Down Enter Ctrl+u 9 2 0 0 Enter")
            .keys(at);
        let file = stage.root().join(FILE);
        fs::remove_file(&file).unwrap();
        stage.keys(if at.is_empty() { "w" } else { "Enter" });
        stage
            .says("The file is gone")
            .says("config/runtime/vapora.toml was removed since it was read.")
            .does_not_say("Reload");
        in_all_sizes(&mut stage, "gone");
        stage
            .keys("Left Left Enter")
            .says("+ config/runtime/vapora.toml")
            .keys("Tab Enter")
            .says("Written: config/runtime/vapora.toml");
        assert!(fs::read_to_string(&file).unwrap().contains("port = 9200"));
    }
}

#[test]
fn the_review_says_where_problems_of_the_file_are_listed() {
    let text =
        "deployment_mode = \"solo\"\n[backend]\nport = 80\nworkers = 8\nworkers = 9\n[database\n";
    let mut stage = type_path(Setup::new(80, 24).file("bad.toml", text), "bad.toml");
    stage
        .keys("w")
        .says("✗ 1 setting is wrong; n goes there. And ")
        .says("And 2 problems of the opened");
    in_all_sizes(&mut stage, "review_of_a_bad_file");
    stage.keys("Esc n").says("Backend");
    stage.keys("!").says("bad.toml:");
}

#[test]
fn a_folder_offers_what_lies_beside_the_place_of_the_services() {
    let mut stage = Setup::new(80, 24)
        .file("p/vapora.toml", "deployment_mode = \"solo\"\n")
        .file("p/config/vapora.yaml", "deployment_mode: solo\n")
        .file("p/config/own.toml", "[backend]\nport = 9001\n")
        .file("p/config/other.toml", FOREIGN)
        .file("p/vapora-wrksp/workspace.toml", FOREIGN)
        .begin();
    stage
        .keys("End Enter")
        .text("p")
        .keys("Enter")
        .says("Open a file of p");
    stage
        .does_not_say("other.toml")
        .does_not_say("workspace.toml");
    // The first line names the folder of this run.
    let screen = stage.screen();
    let (_, below) = screen.split_once('\n').unwrap();
    insta::assert_snapshot!("beside_80x24", below);
    stage.keys("Enter").says("vapora.toml is open: 1 setting.");
}

#[test]
fn a_folder_without_a_configuration_says_so_in_two_lines() {
    for width in [60, 80] {
        let mut stage = type_path(Setup::new(width, 16).file("empty/notes.txt", ""), "empty");
        stage
            .says("✗ empty: There is no configuration in this folder.")
            .says("name a file.");
    }
}
