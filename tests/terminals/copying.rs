//! `y`: what is sent to the clipboard from where, and what is said about it. A secret's value never is.

use crate::stage::{Setup, Stage};

/// What was asked to be copied so far.
fn copied(stage: &Stage) -> Vec<String> {
    let copies = stage.effects.iter().filter_map(|effect| {
        let text = effect.strip_prefix("Copy(\"")?.strip_suffix("\")")?;
        Some(text.to_owned())
    });
    copies.collect()
}

#[test]
fn on_a_field_value_path_and_problem_come_in_turn() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down Enter Ctrl+u 8 0 Enter y");
    stage.says("Copied the value: 80   y: the path");
    stage
        .keys("y")
        .says("Copied the path: backend.port   y: the problem");
    stage.keys("y").says("Copied the problem: 80 is below 1024");
    stage.keys("y").says("Copied the value: 80");
    let all = copied(&stage);
    assert_eq!(all.len(), 4);
    assert_eq!((all[0].as_str(), all[1].as_str()), ("80", "backend.port"));
    assert!(
        all[2].starts_with("80 is ") && all[2].contains("1024"),
        "{}",
        all[2]
    );
    assert_eq!(all[3], "80");
}

#[test]
fn another_key_begins_anew() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down y Down Up y");
    assert_eq!(copied(&stage), ["8001", "8001"]);
    stage.keys("y Down y");
    assert_eq!(copied(&stage)[2], "backend.port");
    assert_ne!(copied(&stage)[3], "backend.workers");
}

/// Money is copied as it is typed, so that it can be pasted into the field again.
#[test]
fn a_value_is_copied_as_it_would_be_typed() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Down Down Down Down Down Down Enter Down Down Down Down y");
    stage.says("Copied the value: 5000.00   y: the path");
    assert_eq!(copied(&stage), ["5000.00"]);
}

#[test]
fn a_secret_is_never_copied() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("Down Down Enter Down Enter Down Space Down Down Down Enter")
        .text("swordfish-swordfish")
        .keys("Enter y");
    stage.says("Copied the path, not the secret: ");
    stage.keys("y s y y d y y y Esc w y");
    let all = copied(&stage);
    assert!(all.len() >= 6, "{all:?}");
    assert!(
        all.iter().all(|text| !text.contains("swordfish")),
        "{all:?}"
    );
    assert!(!all[0].is_empty() && all[0].contains('.'), "{all:?}");
}

#[test]
fn a_password_in_an_address_is_never_copied() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("n Enter Ctrl+u")
        .paste("wss://vapora:swordfish@db.acme:8000");
    stage.keys("Enter y y y d y y y");
    stage.does_not_say("swordfish");
    let all = copied(&stage);
    assert!(all.len() >= 5, "{all:?}");
    assert!(
        all.iter().all(|text| !text.contains("swordfish")),
        "{all:?}"
    );
}

#[test]
fn in_the_differences_the_row_is_copied() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter d y");
    stage.says("Copied the row: backend.port: 8001 -> 9001   y: the value");
    stage.keys("y y");
    assert_eq!(
        copied(&stage),
        ["backend.port: 8001 -> 9001", "9001", "backend.port"]
    );
}

#[test]
fn in_a_choice_the_pointed_value_is_copied() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("m y");
    assert_eq!(copied(&stage), ["enterprise"]);
}

#[test]
fn where_nothing_is_to_copy_that_is_said() {
    let mut stage = Setup::new(80, 24).begin();
    stage.keys("y").says("There is nothing to copy here.");
    assert_eq!(copied(&stage), Vec::<String>::new());
}

/// In an edit it is a letter.
#[test]
fn in_an_edit_it_is_typed() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Enter Ctrl+u y").says("[y");
    assert_eq!(copied(&stage), Vec::<String>::new());
}
