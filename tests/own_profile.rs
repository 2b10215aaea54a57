//! A file that stands on the operator's own profile: written, then opened again by every way in.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "room/fed.rs"]
mod fed;
mod room;
mod stage;

use std::fs;

use fed::fed;
use room::{Done, Room};
use stage::Setup;

const OURS: &str = "# ours\n(import \"enterprise.ncl\") & {\n  backend.port | force = 9100,\n  agents.max_instances = 7,\n}\n";
const FILE: &str = "config/runtime/vapora.toml";

impl Room {
    fn run(&self, args: &str, lines: &str) -> Done {
        Done::of(fed(&mut self.command(args.split_whitespace()), lines))
    }
}

/// A workspace with the profile ours, and the file that it makes.
fn written(ending: &str) -> (Room, String) {
    let room = Room::with(&[("profiles/ours.ncl", OURS)]);
    let file = format!("config/runtime/vapora.{ending}");
    let done = room.run(
        &format!("render --profile ours --set backend.workers=5 --output {file} --yes"),
        "",
    );
    assert_eq!(done.code, 0, "{}", done.err);
    (room, file)
}

#[test]
fn verbs_take_the_profile_of_the_first_line() {
    for ending in ["toml", "yaml", "env", "ncl"] {
        let (room, file) = written(ending);
        let text = fs::read_to_string(room.path(&file)).unwrap();
        assert!(text.starts_with("# VAPORA configuration, profile ours, schema "));
        assert!(ending != "toml" || text.contains("deployment_mode = \"enterprise\""));
        let done = room.run(&format!("check {file}"), "");
        assert!(
            done.err
                .contains("Over profile ours, which its first line names: "),
            "{file}: {}{}",
            done.out,
            done.err
        );
        let done = room.run(&format!("diff profile:ours {file} --format json"), "");
        let found: serde_json::Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!(found["counts"]["changed"], 1, "{file}: {}", done.out);
        let done = room.run(
            &format!("render --from {file} --output {file} --dry-run"),
            "",
        );
        assert!(done.err.contains("nothing to do"), "{file}: {}", done.err);
    }
}

#[test]
fn what_the_profile_holds_is_told_when_the_file_says_otherwise() {
    let (room, file) = written("toml");
    let text = fs::read_to_string(room.path(&file)).unwrap();
    room.file(&file, text.replace("port = 9100", "port = 9200"));
    let done = room.run(&format!("check {file}"), "");
    assert_eq!(done.code, 1);
    for said in [
        "backend.port: Profile ours holds another value.",
        "Set it to 9100",
    ] {
        assert!(done.out.contains(said), "{}", done.out);
    }
}

#[test]
fn a_profile_that_is_not_here_is_not_replaced_by_the_mode() {
    let (room, file) = written("toml");
    fs::remove_file(room.path("profiles/ours.ncl")).unwrap();
    let done = room.run(&format!("render --from {file}"), "");
    assert_eq!(done.code, 2);
    assert!(
        done.err
            .contains("The file's first line names no profile that is here."),
        "{}",
        done.err
    );
    let done = room.run(&format!("check {file}"), "");
    assert!(
        done.out.contains(
            "It names no profile that is here, so the nearest judged the file: enterprise"
        ),
        "{}",
        done.out
    );
}

#[test]
fn the_wizard_and_plain_lines_stand_on_it() {
    let (room, file) = written("toml");
    let text = fs::read_to_string(room.path(&file)).unwrap();
    let mut stage = Setup::new(80, 24)
        .file("profiles/ours.ncl", OURS)
        .file(FILE, &text)
        .open(FILE)
        .begin();
    stage.says("ours · vapora.toml").keys("Down Enter Down");
    stage.says("held by ours");
    assert!(!stage.app.unsaved());
    let done = room.run(&format!("--plain {file}"), "quit\n");
    assert!(done.out.contains("ours"), "{}", done.out);
    assert!(
        !done.out.contains("Which one does it stand on"),
        "{}",
        done.out
    );
    assert!(done.out.contains("Profile ours"), "{}", done.out);
}
