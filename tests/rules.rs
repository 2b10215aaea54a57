//! The table of what breaks each rule and what is said then. One evaluator for all of it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::collections::BTreeMap;

use serde_json::Value as Json;
use support::{Judge, nothing, table};
use vapora_tui::problem::{Problem, Severity};
use vapora_tui::value::Kind;

/// Message and hint must fit two lines of 78 columns.
const COLUMNS: usize = 156;

fn said(problems: &[&Problem]) -> String {
    if problems.is_empty() {
        return "nothing".to_owned();
    }
    let said: Vec<_> = problems
        .iter()
        .map(|p| format!("{} {:?}", p.severity.word(), p.message))
        .collect();
    said.join(", ")
}

fn severity(word: &str) -> Option<Severity> {
    match word {
        "error" => Some(Severity::Error),
        "open" => Some(Severity::Open),
        "warning" => Some(Severity::Warning),
        "none" => None,
        other => panic!("{other} is no severity"),
    }
}

struct Row {
    path: String,
    profile: String,
    overlay: Json,
    severity: Option<Severity>,
    message: String,
}

fn rows() -> Vec<Row> {
    let rows: Vec<_> = table("rules.tsv")
        .into_iter()
        .map(|row: BTreeMap<String, String>| Row {
            path: row["path"].clone(),
            profile: row["profile"].clone(),
            overlay: serde_json::from_str(&row["overlay"]).unwrap(),
            severity: severity(&row["severity"]),
            message: row["message"].clone(),
        })
        .collect();
    assert!(rows.len() > 150, "the table is missing");
    rows
}

#[test]
fn every_rule_says_what_the_table_says() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for row in rows() {
        let (config, _) = judge.judge_json(&row.profile, &row.overlay);
        let problems = config.problems_at(&row.path);
        let right = match row.severity {
            None => problems.is_empty(),
            Some(severity) => problems
                .iter()
                .any(|p| p.severity == severity && p.message == row.message),
        };
        if !right {
            found.push(format!(
                "{} under {} with {}: {}; the table says {:?} {:?}",
                row.path,
                row.profile,
                row.overlay,
                said(&problems),
                row.severity,
                row.message
            ));
        }
    }
    nothing(&found, "Rules and table differ");
}

#[test]
fn what_is_said_fits_two_lines() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for row in rows() {
        let (config, _) = judge.judge_json(&row.profile, &row.overlay);
        for problem in config.problems_at(&row.path) {
            let sentence = problem.sentence();
            let columns = sentence.chars().count();
            if columns > COLUMNS {
                found.push(format!("{} has {columns} columns: {sentence}", row.path));
            }
        }
    }
    nothing(&found, "Sentences longer than 156 columns");
}

/// What a hint might offer: its words, and what it lists.
fn offers(hint: &str) -> Vec<String> {
    let trimmed = |text: &str| text.trim_matches([',', ';', '.', ':', '"']).to_owned();
    let mut offers: Vec<String> = hint.split_whitespace().map(trimmed).collect();
    if let Some((_, examples)) = hint.split_once("for example ") {
        offers.insert(0, trimmed(examples));
    }
    offers
}

#[test]
fn every_error_and_question_offers_a_value_that_mends_it() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for row in rows() {
        let field = judge.schema.get(&row.path).unwrap();
        let (config, _) = judge.judge_json(&row.profile, &row.overlay);
        for problem in config.problems_at(&row.path) {
            if problem.severity == Severity::Warning {
                continue;
            }
            let hint = problem.hint.clone().unwrap_or_default();
            let mends = offers(&hint).iter().any(|offer| {
                let value = field.kind.read(offer);
                let mut overlay = judge.overlay_of(&row.overlay);
                overlay.insert(field.path.clone(), (value, vapora_tui::config::Origin::You));
                let (config, _) = judge.judge(&row.profile, &overlay);
                let left = config.problems_at(&row.path);
                left.iter()
                    .all(|problem| problem.severity == Severity::Warning)
            });
            // The hint of a list may say what to write inside it.
            let inside = field.kind == Kind::List && hint.contains("for example");
            if !mends && !inside {
                found.push(format!("{}: {} Hint: {hint:?}", row.path, problem.message));
            }
        }
    }
    nothing(&found, "Hints without a value that works");
}

#[test]
fn a_secret_is_never_repeated() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for row in rows() {
        let (_, problems) = judge.judge_json(&row.profile, &row.overlay);
        for problem in problems {
            let text = format!("{} {:?}", problem.sentence(), problem.value);
            if text.contains("hunter2") || text.contains("AbCdEf") {
                found.push(format!("{}: {text}", row.path));
            }
        }
    }
    nothing(&found, "Secrets repeated in messages");
}
