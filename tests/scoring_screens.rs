//! How agents are ranked, on the screen: the pane that follows every key, the side pane, the full screen.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use stage::{Setup, Stage};
use vapora_tui::budget::history_in_use::FILE;
use vapora_tui::tui::keymap::SHIPPED;
use vapora_tui::tui::signs::Signs;

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];

fn snapshot_text(name: &str, stage: &Stage, text: &str) {
    let size = stage.app.size;
    insta::with_settings!({snapshot_path => "snapshots/scoring_screens", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("{name}_{}x{}", size.width, size.height), text);
    });
}

fn snapshot(stage: &Stage, name: &str) {
    snapshot_text(name, stage, &stage.screen());
}

fn enterprise(width: u16, height: u16) -> Stage {
    Setup::new(width, height).profile("enterprise").begin()
}

/// A field by its path.
fn go_to(stage: &mut Stage, what: &str) {
    stage.keys("/").text(what).keys("Enter");
}

/// At the weight of load, the ranking open.
fn at_the_weights(width: u16, height: u16) -> Stage {
    let mut stage = enterprise(width, height);
    go_to(&mut stage, "load_weight");
    stage
        .keys("a Tab Right Right Shift+Tab")
        .says("code-review");
    stage
}

/// The agents in the order of their rows.
fn order(stage: &Stage) -> Vec<String> {
    let shown = stage.app.scoring.shown().unwrap();
    let agents = shown.task.ranking.agents.iter();
    agents.map(|agent| agent.name.clone()).collect()
}

#[test]
fn the_ranking_reorders_while_a_weight_is_typed() {
    for (width, height) in SIZES {
        let mut stage = at_the_weights(width, height);
        stage.says("sample");
        snapshot(&stage, "10_pane");
        let before = order(&stage);
        stage.keys("Enter Ctrl+u");
        stage.says("last that held");
        snapshot(&stage, "11_nothing_typed");
        assert_eq!(order(&stage), before);
        stage.text("0.9");
        stage.says("▲");
        let shown = stage.app.scoring.shown().unwrap();
        let sentence = shown.sentence(&shown.moved[0]);
        assert_eq!(
            sentence,
            "security-1 from 3 to 1: load counts more, 0.27 to 0.82, past architect-1 and reviewer-2."
        );
        assert_ne!(order(&stage), before);
        snapshot(&stage, "12_typed");
        stage.keys("Enter");
        // 0.9 + 0.5 + 0.2.
        stage.says("1.6");
        snapshot(&stage, "13_weights_off");
        stage.keys("Tab");
        snapshot(&stage, "14_pane_has_the_keys");
        stage.keys("Right Enter");
        snapshot(&stage, "15_full_screen");
        stage.keys("=");
        stage.does_not_say("not 1");
        snapshot(&stage, "16_scaled");
    }
}

#[test]
fn one_step_of_undo_takes_the_scaled_weights_back() {
    let mut stage = at_the_weights(80, 24);
    stage.keys("=").says("weigh 1 together already");
    stage.keys("Enter Ctrl+u").text("0.4").keys("Enter");
    stage.keys("=");
    let weights = |stage: &Stage| {
        let shown = stage.app.scoring.shown().unwrap();
        shown.settings.weights.to_string()
    };
    // 0.4, 0.5 and 0.2 in shares of 1.1.
    assert_eq!(weights(&stage), "0.364, 0.454 and 0.182");
    assert_eq!(stage.app.answers.said().answers.len(), 3);
    stage.says("0.364, 0.454 and 0.182 now");
    stage.keys("u");
    assert_eq!(weights(&stage), "0.4, 0.5 and 0.2");
    stage.keys("u");
    assert_eq!(weights(&stage), "0.3, 0.5 and 0.2");
}

#[test]
fn weights_that_cannot_be_scaled_say_why() {
    let mut stage = at_the_weights(80, 24);
    stage.keys("Enter Ctrl+u").text("x").keys("Enter");
    stage.keys("=").says("correct it first");
    stage.keys("u");
    for field in ["load_weight", "expertise_weight", "confidence_weight"] {
        go_to(&mut stage, field);
        stage.keys("Enter Ctrl+u").text("0").keys("Enter");
    }
    stage.keys("=").says("have no weight at all");
    assert_eq!(stage.app.answers.said().answers.len(), 3);
}

#[test]
fn weights_that_do_not_count_are_not_scaled() {
    let mut stage = Setup::new(80, 24)
        .file(
            "profiles/held.ncl",
            "(import \"enterprise.ncl\") & { agents.scoring.load_weight | force = 0.9 }",
        )
        .profile("held")
        .begin();
    go_to(&mut stage, "expertise_weight");
    stage.keys("=").says("held by held");
    assert!(stage.app.answers.said().answers.is_empty());
}

#[test]
fn agents_without_history_and_learning_switched_off_are_said() {
    for (width, height) in SIZES {
        let mut stage = enterprise(width, height);
        stage.keys("a");
        snapshot(&stage, "20_full_screen");
        let kinds = stage.app.scoring.place().1;
        for _ in 1..kinds {
            stage.keys("Right");
        }
        snapshot(&stage, "21_last_kind_of_task");
        stage.keys("Tab").keys("Shift+Tab");
        stage.keys("End");
        snapshot(&stage, "22_last_agent");
        stage.keys("Esc");
        go_to(&mut stage, "learning.enabled");
        stage.keys("Space");
        stage.keys("a");
        stage.says("load");
        snapshot(&stage, "23_learning_off");
    }
}

#[test]
fn the_chosen_agent_stays_chosen_where_it_moves_and_enter_goes_to_its_weight() {
    let mut stage = at_the_weights(80, 24);
    stage.keys("Enter Ctrl+u").text("0.9").keys("Enter Tab");
    let chosen = stage.app.told_agent().unwrap().0.name.clone();
    stage.keys("Enter u");
    assert_eq!(stage.app.told_agent().unwrap().0.name, chosen);
    stage.keys("U Enter");
    assert_eq!(
        stage.app.input().unwrap().path.as_str(),
        "agents.scoring.load_weight"
    );
}

#[test]
fn the_workspaces_own_history_is_used_and_its_mistakes_are_told() {
    let own = "agent,task_type,when,success,seconds,in_flight\n\
               ada,review,2026-11-20,true,12.5,1\n\
               bob,review,2026-11-20,false,,0\n\
               bob,\"a kind of task with a name\",2026-11-21,true,,\n";
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file(FILE, own)
            .profile("enterprise")
            .begin();
        stage.keys("a").says("bob").does_not_say(", sample");
        snapshot(&stage, "30_own_history");
        stage.keys("Right").says("review");
        snapshot(&stage, "31_own_history_review");
    }
    let broken = own.replace("false", "perhaps");
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file(FILE, &broken)
            .profile("enterprise")
            .begin();
        stage.keys("a").says("sample").says("line 3");
        snapshot(&stage, "32_broken_history");
    }
}

#[test]
fn a_history_imported_meanwhile_shows_when_the_ranking_opens_again() {
    let mut stage = Setup::new(80, 24).on_disk().profile("enterprise").begin();
    stage.keys("a").says("sample").keys("Esc");
    let file = stage.root().join(FILE);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(
        &file,
        "agent,task_type,when,success\nada,t,2026-11-20,true\n",
    )
    .unwrap();
    stage.keys("a").says("ada").does_not_say(", sample");
}

#[test]
fn it_compares_with_another_profile() {
    for (width, height) in SIZES {
        let mut stage = enterprise(width, height);
        stage.keys("a c");
        stage.says("solo");
        stage.keys("Home");
        for _ in 0..4 {
            if stage
                .screen()
                .lines()
                .any(|l| l.contains('▸') && l.contains("solo"))
            {
                break;
            }
            stage.keys("Down");
        }
        stage.keys("Enter").says("solo");
        snapshot(&stage, "40_against_solo");
    }
}

#[test]
fn the_key_opens_and_closes_the_pane_and_the_budget_takes_its_place() {
    for (width, height) in SIZES {
        let mut stage = at_the_weights(width, height);
        stage.says("Agents for").keys("Esc");
        stage.does_not_say("Agents for");
        stage.keys("a").says("Agents for").keys("a");
        stage.does_not_say("Agents for");
        stage.keys("a b").does_not_say("Agents for").says("Budget");
        stage.keys("a").says("Agents for").does_not_say("Budget:");
    }
    // Nothing shows before there is a verdict, and no wizard changes for looking.
    let stage = at_the_weights(80, 24);
    assert!(!stage.app.unsaved());
}

#[test]
fn every_sign_has_an_ascii_one() {
    for (width, height) in SIZES {
        let mut stage = at_the_weights(width, height);
        stage.keys("Enter Ctrl+u").text("0.9").keys("Enter");
        for (name, keys) in [("50_ascii_pane", ""), ("51_ascii_full", "Tab Enter")] {
            stage.keys(keys);
            let (mut buffer, _) = stage.buffer();
            Signs::Ascii.dress(&mut buffer);
            let mut text = String::new();
            for y in 0..buffer.area.height {
                let row: String = (0..buffer.area.width)
                    .map(|x| buffer[(x, y)].symbol())
                    .collect();
                let _ = writeln!(text, "{}", row.trim_end());
            }
            let unknown = text.replace("? keys", "").contains('?');
            assert!(text.is_ascii() && !unknown, "{text}");
            snapshot_text(name, &stage, &text);
        }
    }
}

/// Every key of the shipped keymap, once.
fn keys() -> Vec<String> {
    let table: toml::Table = SHIPPED.parse().unwrap();
    let places = table
        .values()
        .flat_map(|place| place.as_table().unwrap().values());
    let keys = places.flat_map(|keys| keys.as_array().unwrap());
    let keys: BTreeSet<&str> = keys.map(|key| key.as_str().unwrap()).collect();
    keys.into_iter().map(str::to_owned).collect()
}

#[test]
fn no_key_is_silent_in_the_ranking() {
    type Way = (fn(u16, u16) -> Stage, &'static str);
    let ways: [Way; 2] = [(enterprise, "a Down"), (at_the_weights, "Tab Down")];
    for (begin, way) in ways {
        let opened = || {
            let mut stage = begin(80, 24);
            stage.keys(way).says("Agents for").keys("Ctrl+l");
            stage
        };
        for key in keys() {
            let mut stage = opened();
            let before = (stage.screen(), stage.effects.len(), stage.quit);
            stage.keys(&key);
            let after = (stage.screen(), stage.effects.len(), stage.quit);
            assert_ne!(before, after, "{key} does nothing after {way}");
            stage.does_not_say("does nothing here");
        }
    }
}
