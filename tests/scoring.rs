//! `scoring`: the program ranks agents as the screen does, and imports what they did.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod room;

use room::{Done, Room};
use serde_json::Value as Json;
use vapora_tui::budget::history_in_use::FILE;

const HISTORY: &str = "agent,task_type,when,success,seconds,in_flight\n\
                       ada,review,2026-11-20,true,12.5,4\n\
                       ada,review,2026-11-20,true,,\n\
                       bob,review,2026-11-20,false,,0\n\
                       bob,triage,2026-11-20,true,,\n";

fn run(room: &Room, args: &str) -> Done {
    let mut parts: Vec<&str> = args.split_whitespace().collect();
    parts.insert(0, "scoring");
    Done::of(room.command(parts).output().unwrap())
}

fn json(room: &Room, args: &str) -> Json {
    let done = run(room, &format!("{args} --format json"));
    assert_eq!(done.code, 0, "{args}: {}", done.err);
    serde_json::from_str(&done.out).unwrap()
}

fn near(found: &Json, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn a_ranking_is_the_formulas_by_hand() {
    let room = Room::with(&[("h.csv", HISTORY)]);
    // Enterprise holds 10 tasks an agent: ada's load is 0.4, so 1 / 1.4; 2 of 20 executions.
    let found = json(&room, "--profile enterprise --history h.csv --task review");
    let agents = found["tasks"][0]["agents"].as_array().unwrap();
    assert_eq!(found["tasks"].as_array().unwrap().len(), 1);
    let ada = &agents[0];
    assert_eq!(
        (&ada["agent"], &ada["rank"]),
        (&Json::from("ada"), &Json::from(1))
    );
    near(&ada["score"], 0.3 / 1.4 + 0.5 + 0.2 * 0.1);
    near(&ada["parts"]["load"], 0.3 / 1.4);
    near(&ada["parts"]["expertise"], 0.5);
    near(&ada["parts"]["confidence"], 0.02);
    near(&ada["success_rate"], 1.0);
    assert_eq!(ada["executions"], 2);
    near(&agents[1]["score"], 0.3 + 0.2 * 0.05);
    assert_eq!(found["history"]["sample"], false);
    assert_eq!(found["tasks"][0]["moved"], Json::Array(Vec::new()));
    // Who never did a kind of task counts by load alone.
    let found = json(&room, "--profile enterprise --history h.csv --task triage");
    let ada = &found["tasks"][0]["agents"][1];
    assert_eq!(ada["by"], "load, no history");
    near(&ada["score"], 0.3 / 1.4);
}

#[test]
fn who_moves_and_why_is_told_against_profile_file_and_preset() {
    let room = Room::with(&[("h.csv", HISTORY)]);
    let weights = "--set agents.scoring.load_weight=0.9 --set agents.scoring.expertise_weight=0.05 \
                   --set agents.scoring.confidence_weight=0.05";
    // ada: 0.9 / 1.4 + 0.05 + 0.005 = 0.697857; bob: 0.9 + 0 + 0.0025 = 0.9025.
    let args = format!("--profile enterprise --history h.csv --task review {weights}");
    let done = run(&room, &args);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out
            .contains("bob from 2 to 1: expertise counts less, past ada."),
        "{}",
        done.out
    );
    for says in ["▲1", "▼1", "0.902", "0.698"] {
        assert!(done.out.contains(says), "{says}: {}", done.out);
    }
    // The configuration itself, as a file, is what it is compared with: nobody moves.
    let written = Done::of(
        room.command(
            format!("render --profile enterprise {weights} --output c.toml --yes")
                .split_whitespace(),
        )
        .output()
        .unwrap(),
    );
    assert_eq!(written.code, 0, "{}", written.err);
    let done = run(&room, &format!("{args} --baseline c.toml"));
    assert!(
        done.out
            .contains("Nobody stands elsewhere than under c.toml"),
        "{}",
        done.out
    );
    let found = json(&room, &format!("{args} --baseline solo"));
    assert_eq!(found["against"], "profile solo");
    assert_eq!(found["tasks"][0]["moved"][0]["agent"], "bob");
    let done = run(&room, &format!("{args} --baseline nowhere.toml"));
    assert_eq!(done.code, 2);
    assert!(done.err.contains("nowhere.toml"), "{}", done.err);
}

#[test]
fn the_sample_is_marked_and_ascii_is_ascii() {
    let room = Room::with(&[]);
    let done = run(&room, "--profile solo --ascii");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.is_ascii());
    assert!(!done.out.contains("\\u"), "{}", done.out);
    let kinds = done.out.lines().filter(|line| line.ends_with(", sample"));
    assert!(kinds.count() >= 5, "{}", done.out);
    assert!(done.out.contains("load alone"));
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => false}, {
        let done = run(&room, "--profile enterprise --task code-review --set agents.scoring.load_weight=0.6");
        // Weights that sum to 1.3 are an error of the configuration: ranked, and no.
        assert_eq!(done.code, 1, "{}", done.err);
        insta::assert_snapshot!("scoring_verb", done.out);
    });
}

#[test]
fn what_cannot_be_ranked_says_why() {
    let room = Room::with(&[
        (
            "bad.csv",
            "agent,task_type,when,success\na,t,2026-11-20,true\na,t,soon,true\n",
        ),
        ("h.csv", HISTORY),
    ]);
    for (args, says) in [
        ("--profile solo --history bad.csv", "bad.csv:3"),
        ("--profile solo --history none.csv", "no such file"),
        (
            "--profile solo --history h.csv --task revew",
            "Did you mean review?",
        ),
        (
            "--profile solo --history h.csv --task xyzzy",
            "It knows review, triage.",
        ),
        ("--history h.csv", "No profile is given."),
        (
            "--profile solo --set agents.scoring.load_weight=much",
            "agents.scoring.load_weight",
        ),
        ("--profile solo import h.csv", "import"),
    ] {
        let done = run(&room, args);
        assert_eq!(
            (done.code, done.out.as_str()),
            (2, ""),
            "{args}: {}",
            done.err
        );
        assert!(done.err.contains(says), "{args}: {}", done.err);
    }
}

#[test]
fn an_imported_history_is_used_from_then_on() {
    let room = Room::with(&[("h.csv", HISTORY)]);
    let kept = room.path(FILE);
    let done = run(&room, "import h.csv --dry-run");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("new file"), "{}", done.err);
    assert!(
        done.err.contains("2 agents, 2 kinds of task, 4 executions"),
        "{}",
        done.err
    );
    assert!(!kept.exists());
    // Nobody can be asked here.
    assert_eq!(run(&room, "import h.csv").code, 2);
    assert!(!kept.exists());
    assert_eq!(run(&room, "import h.csv --yes --readonly").code, 1);
    assert!(!kept.exists());
    let done = run(&room, "import h.csv --yes");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err.contains("Written: assets/history/history.csv"),
        "{}",
        done.err
    );
    let done = run(&room, "--profile solo");
    assert!(done.out.contains("History history.csv"), "{}", done.out);
    assert!(!done.out.contains("sample"), "{}", done.out);
    let done = run(&room, "import h.csv --yes");
    assert!(done.err.contains("the same already"), "{}", done.err);
    // Another one: what it has and what it gets.
    room.file(
        "more.json",
        r#"{"executions":[{"agent":"c","task_type":"t","when":"2026-11-19","success":true}]}"#,
    );
    let done = run(&room, "import more.json --yes");
    assert_eq!(done.code, 0, "{}", done.err);
    for says in [
        "it has:  2 agents",
        "it gets: 1 agent, 1 kind of task, 1 execution",
    ] {
        assert!(done.err.contains(says), "{says}: {}", done.err);
    }
    // Nothing of a file with a wrong line.
    room.file(
        "bad.csv",
        "agent,task_type,when,success\na,t,2026-11-20,true\na,t,soon,true\n",
    );
    let before = std::fs::read(&kept).unwrap();
    let done = run(&room, "import bad.csv --yes");
    assert_eq!(done.code, 1);
    assert!(done.err.contains("bad.csv:3"), "{}", done.err);
    assert!(done.err.contains("Nothing was imported"), "{}", done.err);
    assert_eq!(std::fs::read(&kept).unwrap(), before);
}
