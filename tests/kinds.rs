//! Each way of asking for a field, driven by keys to the file that is written, over a small form and schema of its own.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];
const FILE: &str = "config/runtime/vapora.toml";

/// The small form, at one of its fields.
fn at(field: usize, width: u16, height: u16) -> Stage {
    team(width, height).begin_at(field)
}

fn team(width: u16, height: u16) -> Setup {
    Setup::new(width, height)
        .file(
            "assets/schemas/platform/configs/main.ncl",
            include_str!("fixtures/kinds/assets/schemas/platform/configs/main.ncl"),
        )
        .file(
            "forms/main.toml",
            include_str!("fixtures/kinds/forms/main.toml"),
        )
        .file(
            "forms/fragments/team.toml",
            include_str!("fixtures/kinds/forms/fragments/team.toml"),
        )
        .file(
            "profiles/team.ncl",
            include_str!("fixtures/kinds/profiles/team.ncl"),
        )
        .profile("team")
}

trait BeginAt {
    fn begin_at(self, field: usize) -> Stage;
}

impl BeginAt for Setup {
    fn begin_at(self, field: usize) -> Stage {
        let mut stage = self.begin();
        stage.keys("Enter");
        for _ in 0..field {
            stage.keys("Down");
        }
        stage
    }
}

const REGIONS: usize = 0;
const HOME: usize = 1;
const NOTICE: usize = 2;
const SINCE: usize = 3;
const CONTACT: usize = 4;
const HOSTS: usize = 5;
const STEPS: usize = 6;

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

/// Writes, and gives the file's text.
fn written(stage: &mut Stage) -> String {
    stage.keys("w Tab Enter").says("Written");
    fs::read_to_string(stage.root().join(FILE)).unwrap()
}

#[track_caller]
fn writes(stage: &mut Stage, line: &str) {
    let text = written(stage);
    assert!(text.contains(line), "{line:?} is not in:\n{text}");
}

#[test]
fn the_small_form_has_every_kind_and_no_problem() {
    for (width, height) in SIZES {
        let stage = at(REGIONS, width, height);
        assert_eq!(stage.app.problems, []);
        snapshot(&stage, "every_kind");
    }
}

#[test]
fn several_are_ticked_and_written_in_their_order() {
    for (width, height) in SIZES {
        let mut stage = at(STEPS, width, height);
        stage.keys("Enter");
        snapshot(&stage, "steps");
        stage.keys("Down Down Space").says("4 of 4 ticked");
        stage
            .keys("K K")
            .says("build, sign, test, ship")
            .keys("Up J");
        snapshot(&stage, "steps_moved");
        stage.keys("Enter").says("sign, build, test, ship");
        writes(
            &mut stage,
            "steps = [\"sign\", \"build\", \"test\", \"ship\"]",
        );
    }
}
