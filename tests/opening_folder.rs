//! Folders and files without a profile: which file of a workspace is meant, and which profile a file stands on.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use stage::{Setup, Stage};
use vapora_tui::nickel::Slot;
use vapora_tui::tui::msg::Effect;

const MULTIUSER: &str = r#"[backend]
host = "0.0.0.0"
port = 9100
prot = 1
[nats]
enabled = true
[storage]
base_path = "/srv/own"
"#;

/// A VAPORA repository with its `provisioning/`.
fn workspace() -> Setup {
    Setup::new(80, 24)
        .file("vapora/provisioning/config/runtime/vapora.toml", MULTIUSER)
        .file(
            "vapora/provisioning/config/runtime/vapora.custom.toml",
            "deployment_mode = \"solo\"\n",
        )
        .file("vapora/provisioning/config/runtime/notes.txt", "")
        .file("vapora/provisioning/vapora-wrksp/workspace.toml", "")
        .file(
            "vapora/provisioning/vapora-wrksp/config.toml",
            "deployment_mode = \"enterprise\"\n",
        )
        .file("vapora/provisioning/profiles/lab.ncl", "# the lab\n{}\n")
}

fn type_folder(name: &str) -> Stage {
    let mut stage = workspace().begin();
    stage.keys("End Enter").text(name).keys("Enter");
    stage
}

#[test]
fn a_folder_offers_its_configurations_and_says_which_one_counts() {
    let mut stage = type_folder("vapora/provisioning");
    stage
        .says("Open a file of vapora/provisioning")
        .says("It brings its own profiles/lab.ncl in place of the shipped one.")
        .says("provisioning reads it, not vapora.toml");
    stage.app.facts.workspace = "/srv/vapora".into();
    insta::assert_snapshot!(stage.screen());
    stage
        .keys("Down Enter")
        .says("vapora.custom.toml is open: 1 setting.")
        .says("solo");
    assert!(stage.app.facts.output.ends_with("vapora.custom.toml"));
}

#[test]
fn every_folder_of_the_workspace_leads_there() {
    for name in [
        "vapora",
        "vapora/provisioning/vapora-wrksp",
        "vapora/provisioning/config/runtime",
    ] {
        type_folder(name).says("Open a file of vapora/provisioning");
    }
}

#[test]
fn esc_opens_nothing() {
    let mut stage = type_folder("vapora");
    stage.keys("Esc").says("New, from a profile");
    assert!(!stage.app.started);
}

#[test]
fn a_folder_without_a_configuration_says_so_and_the_path_can_be_mended() {
    let mut stage = Setup::new(80, 24).file("empty/notes.txt", "").begin();
    stage
        .keys("End Enter")
        .text("empty")
        .keys("Enter")
        .says("There is no configuration in this folder.")
        .says("[empty");
}

#[test]
fn a_folder_on_the_command_line_asks_at_once_and_its_file_is_written_back() {
    let mut stage = workspace().open("vapora/provisioning").begin();
    stage
        .says("Open a file of vapora/provisioning")
        .keys("End Enter")
        .says("config.toml is open: 1 setting.")
        .says("enterprise · config.toml ");
    assert!(stage.app.facts.output.ends_with("vapora-wrksp/config.toml"));
}

#[test]
fn a_file_that_names_no_profile_is_offered_the_nearest_first() {
    let mut stage = type_folder("vapora");
    stage
        .keys("Enter")
        .says("The file names no profile: choose the one it stands on");
    insta::assert_snapshot!(stage.screen());
    stage
        .keys("Enter")
        .says("multiuser · vapora.toml")
        .keys("Up")
        .says("vapora.toml:4: backend.prot is not a");
}

#[test]
fn a_mode_that_is_no_profile_is_named_and_the_nearest_is_offered() {
    let file = format!("deployment_mode = \"lab\"\n{MULTIUSER}");
    let mut stage = Setup::new(80, 24)
        .file("a.toml", &file)
        .open("a.toml")
        .begin();
    stage
        .says("The file's profile lab is not here: choose one")
        .keys("Enter")
        .says("multiuser · a.toml");
}

#[test]
fn without_the_schemas_process_the_profiles_are_offered_uncounted() {
    let mut stage = Setup::new(80, 24).file("a.toml", MULTIUSER).begin();
    let schema = stage.app.schema.clone().unwrap();
    let file = stage.root().join("a.toml");
    let effects = stage
        .app
        .handle(vapora_tui::tui::msg::Msg::opening(&file, &schema));
    let asks = |effect: &Effect| {
        matches!(
            effect,
            Effect::Evaluate {
                slot: Slot::Baseline,
                ..
            }
        )
    };
    assert!(effects.iter().any(asks));
    stage.does_not_say("names no profile");
    stage.app.handle(vapora_tui::tui::msg::Msg::Reply(
        vapora_tui::nickel::Reply::Lost {
            slot: None,
            ticket: 0,
            problem: vapora_tui::problem::Problem::error("The schema's process ended."),
        },
    ));
    stage.says("names no profile").says("enterprise");
}
