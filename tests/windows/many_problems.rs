//! A file with thousands of unknown keys: what goes on is said, and reading it takes time in proportion.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use vapora_tui::input;

use crate::stage::{Setup, Stage};

const FILE: &str = "config/runtime/vapora.toml";

fn unknown_keys(count: usize) -> String {
    let mut text = "deployment_mode = \"enterprise\"\n[backend]\nport = 9001\n".to_owned();
    for i in 0..count {
        let _ = writeln!(text, "own_{i} = {i}");
    }
    text
}

fn begun(count: usize) -> Stage {
    let setup = Setup::new(80, 24).profile("enterprise");
    setup.file(FILE, &unknown_keys(count)).begin()
}

#[test]
fn what_goes_on_is_said_until_it_is_done() {
    let text = unknown_keys(6_000);
    let mut stage = Setup::new(80, 24).file(FILE, &text).begin();
    let reading = stage.unanswered("Home Down Down Down Down Enter");
    stage.says("Reading config/runtime/vapora.toml…");
    stage.carry_out(reading);
    stage.does_not_say("Reading").keys("Esc Ctrl+l");
    let planning = stage.unanswered("w");
    stage.says("Preparing the review of config/runtime/vapora.toml…");
    stage.carry_out(planning).does_not_say("Preparing");
}

#[test]
fn a_file_to_compare_with_is_said_too() {
    let mut stage = begun(10);
    stage.keys("d c End Up");
    let reading = stage.unanswered("Enter");
    stage.says("to compare with it…");
    stage.carry_out(reading).does_not_say("to compare with it…");
}

/// The least of three runs: what else the machine does only adds.
fn least(work: impl Fn()) -> Duration {
    let time = || {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    (0..3).map(|_| time()).min().unwrap()
}

/// Looking for what was meant once made its lists of names anew for each key.
#[test]
fn a_key_costs_no_more_than_a_few_comparisons() {
    let stage = begun(1);
    let schema = stage.app.schema.clone().unwrap();
    let file = stage.root().join(FILE);
    let read = |text: &str| input::read(&file, text.as_bytes(), &schema);
    let text = unknown_keys(6_000);
    assert_eq!(read(&text).problems.len(), 6_000);
    let parsing = least(|| drop(text.parse::<toml::Table>()));
    let reading = least(|| drop(read(&text)));
    assert!(reading < parsing * 60, "{parsing:?}, {reading:?}");
}
