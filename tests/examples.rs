//! The examples of `assets/examples/`: rendered anew by the commands of their README they are the same byte for byte,
//! and each Nickel file evaluates to what its TOML says. `tests/proof/` has the real Nickel say so too.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Judge, PROFILES, evaluator};
use vapora_tui::input::{self, Opened};
use vapora_tui::problem::Problem;
use vapora_tui::schema::{FieldPath, Schema};
use vapora_tui::value::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/examples")
}

/// The lines of the README's block of commands: the arguments of the program, and the file they are for.
fn commands() -> Vec<(Vec<String>, String)> {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let (_, block) = readme.split_once("<!-- commands -->\n```sh\n").unwrap();
    let (block, _) = block.split_once("\n```").unwrap();
    block
        .lines()
        .map(|line| {
            let (command, file) = line.split_once(" > ").unwrap();
            let mut words = words(command);
            assert_eq!(words.remove(0), "vapora-tui");
            (words, file.to_owned())
        })
        .collect()
}

/// Words as sh splits them, where quotes are single ones.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    assert!(!quoted, "{command}");
    words
}

/// With `BLESS=1` the files are written instead of compared; look at the difference before committing.
#[test]
fn the_six_examples_are_what_the_program_renders() {
    let commands = commands();
    let mut made: Vec<&str> = commands.iter().map(|(_, file)| file.as_str()).collect();
    made.sort_unstable();
    let mut wanted: Vec<String> = PROFILES
        .iter()
        .flat_map(|profile| ["ncl", "toml"].map(|e| format!("vapora.{profile}.example.{e}")))
        .collect();
    wanted.sort();
    assert_eq!(made, wanted);
    for (arguments, file) in commands {
        let done = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
            .args(arguments)
            .current_dir(folder())
            .env_clear()
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.is_empty(), "{file}: {said}");
        let path = folder().join(&file);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &done.stdout).unwrap();
        }
        let there = fs::read(&path).unwrap_or_default();
        assert_eq!(
            String::from_utf8_lossy(&done.stdout),
            String::from_utf8_lossy(&there),
            "{file} is out of date: run BLESS=1 cargo test --test examples"
        );
    }
}

fn opened(name: &str, schema: &Schema) -> Opened {
    let file = folder().join(name);
    let bytes = fs::read(&file).unwrap();
    let opened = input::open_by(&file, &bytes, schema, evaluator);
    let said: Vec<String> = opened.problems.iter().map(Problem::sentence).collect();
    assert!(said.is_empty(), "{name}: {said:?}");
    opened
}

fn values(name: &str, schema: &Schema) -> BTreeMap<FieldPath, Value> {
    opened(name, schema).values
}

#[test]
fn each_nickel_example_says_what_its_toml_says() {
    let judge = Judge::shipped();
    for profile in PROFILES {
        let name = |ending: &str| format!("vapora.{profile}.example.{ending}");
        let (nickel, toml) = (
            opened(&name("ncl"), &judge.schema),
            opened(&name("toml"), &judge.schema),
        );
        assert_eq!(nickel.values, toml.values, "{profile}");
        assert_eq!(toml.values.len(), judge.schema.len());
        assert_eq!(nickel.mode.as_deref(), Some(profile));
    }
}

#[test]
fn the_schema_has_nothing_against_an_example() {
    let judge = Judge::shipped();
    for profile in PROFILES {
        let values = values(&format!("vapora.{profile}.example.toml"), &judge.schema);
        let (_, problems) = judge.judge(profile, &support::overlay(values));
        assert!(problems.is_empty(), "{profile}: {problems:?}");
    }
}

#[test]
fn the_custom_example_is_the_profile_with_its_own_values() {
    let judge = Judge::shipped();
    let (enterprise, _) = judge.judge("enterprise", &BTreeMap::new());
    let mut wanted: BTreeMap<FieldPath, Value> = enterprise
        .iter()
        .filter_map(|(field, leaf)| Some((field.path.clone(), leaf.value.clone()?)))
        .collect();
    wanted.insert("backend.port".into(), Value::Integer(9001));
    wanted.insert(
        "llm_router.providers.ollama_enabled".into(),
        Value::Bool(true),
    );
    assert_eq!(values("custom.ncl", &judge.schema), wanted);
}
