//! Proofs that take time, tools or root. Here: other programs read what this one writes: the real Nickel, a YAML 1.1
//! reader, and sh. Each other proof has a file of its own; `PROOF_COUNTS=full` has them repeat as often as they should.
//!
//! The readers need Python 3.11 with `py-nickel` and `PyYAML`, so these tests are ignored but in CI, where a missing
//! one is a failure. `PROOF_PYTHON` names the interpreter: `PROOF_PYTHON=… cargo test --test proof -- --ignored`.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod canary;
mod counts;
mod endings;
#[path = "../pty/endings.rs"]
mod every_ending;
mod faults;
mod kills;
mod line;
mod power;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../pty/process.rs"]
mod process;
mod ssh;
#[path = "../stage/mod.rs"]
mod stage;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../pty/steps.rs"]
mod steps;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../pty/terminal.rs"]
mod terminal;
mod two_writers;
mod traces;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use tempfile::TempDir;
use vapora_tui::config::{Config, Overlay, Verdict};
use vapora_tui::input::Format;
use vapora_tui::output;
use vapora_tui::schema::{Field, Range, Schema};
use vapora_tui::value::{Kind, Value};

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What the Python beside this file says; nothing when both files hold the same.
fn compare(how: &str, file: &Path, other: &Path) {
    let python = std::env::var("PROOF_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let done = Command::new(&python)
        .arg(here().join("tests/proof/compare.py"))
        .arg(how)
        .args([file, other])
        .output()
        .unwrap_or_else(|error| panic!("{python}: {error}"));
    assert!(
        done.status.success(),
        "{}\n{}{}",
        file.display(),
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
}

/// Texts that a reader could take for something else, or stumble over.
const TEXTS: [&str; 56] = [
    "yes",
    "no",
    "on",
    "Off",
    "y",
    "N",
    "true",
    "True",
    "FALSE",
    "null",
    "Null",
    "~",
    "",
    " ",
    "1:30",
    "190:20:30",
    "2024-01-01",
    "2024-01-01T10:00:00Z",
    "=",
    "<<",
    "012",
    "0x1F",
    "0o17",
    "0b1",
    "1_000",
    "1,000",
    "1e3",
    "+.5",
    ".inf",
    "-.INF",
    ".NaN",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "- a",
    "-",
    "?",
    "trailing ",
    " leading",
    "tab\tinside",
    "*alias",
    "&anchor",
    "!tag",
    "%a",
    "@a",
    "`x`",
    "it's",
    "say \"it\"",
    "back\\slash",
    "$HOME ${SECRET:a}",
    "%{x} 100% %%{y}",
    "[\"a\",\"b\"]",
    "{a: b}",
    "ü ✗ 😀",
    "!history \\u0041",
];

/// Texts that no environment file can hold.
const LINES: [&str; 6] = [
    "two\nlines",
    "line\n",
    "\r\n",
    "\u{1b}[31m\u{7}\u{0}",
    "\u{85}\u{2028}\u{feff}",
    "m%\"\n\"%",
];

/// A configuration of one field for each value.
fn config(values: &[Value]) -> Config {
    let kind = |value: &Value| match value {
        Value::Bool(_) => Kind::Bool,
        Value::Integer(_) => Kind::Integer,
        Value::Decimal(_) => Kind::Decimal,
        Value::List(_) => Kind::List,
        _ => Kind::Text,
    };
    let fields = values.iter().enumerate().map(|(n, value)| Field {
        path: format!("section_{}.if.field_{n}", n % 3).as_str().into(),
        kind: kind(value),
        doc: format!("Field {n}: \"what\" it is, # and more."),
        default: None,
        range: Range::default(),
    });
    let schema = Schema::new("1.2.0".into(), fields.collect(), vec![]);
    let verdict = Verdict {
        leaves: values.iter().map(|v| (Some(v.clone()), None)).collect(),
        problems: vec![],
    };
    Config::new(&Arc::new(schema), &Overlay::new(), verdict, None)
}

fn texts(texts: &[&str]) -> Vec<Value> {
    let one = |text: &&str| Value::Text((*text).to_owned());
    let mut values: Vec<Value> = texts.iter().map(one).collect();
    values.push(Value::List(values.clone()));
    values
}

fn others() -> Vec<Value> {
    let mut values = vec![
        Value::Bool(true),
        Value::Bool(false),
        Value::List(vec![]),
        Value::Integer(i64::MAX),
        Value::Integer(i64::MIN),
        Value::Integer(12_345_678_901_234_567),
        Value::Integer(0),
    ];
    let decimals = [3.0, -0.5, 0.1, 1e300, 1e-300, 123_456_789.125, 1e16, 5e-324];
    values.extend(decimals.map(Value::Decimal));
    values
}

/// Renders in two formats, for one of which there is a reader here, and has both compared.
fn prove(how: &str, format: Format, config: &Config) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(format!("vapora.{}", format.ending()));
    let json = folder.path().join("vapora.json");
    fs::write(&file, output::render(config, format, None).unwrap()).unwrap();
    fs::write(&json, output::render(config, Format::Json, None).unwrap()).unwrap();
    compare(how, &file, &json);
}

#[test]
#[ignore = "needs py-nickel"]
fn the_real_nickel_reads_each_example_as_its_toml() {
    let examples = here().join("assets/examples");
    for profile in ["solo", "multiuser", "enterprise"] {
        let name = |ending: &str| examples.join(format!("vapora.{profile}.example.{ending}"));
        compare("nickel", &name("ncl"), &name("toml"));
    }
}

#[test]
#[ignore = "needs py-nickel"]
fn the_real_nickel_reads_the_custom_example_as_the_profile_with_its_own_values() {
    let done = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
        .args(["render", "--profile", "enterprise", "--format", "json"])
        .args(["--set", "backend.port=9001"])
        .args(["--set", "llm_router.providers.ollama_enabled=true"])
        .current_dir(here())
        .env_clear()
        .output()
        .unwrap();
    let folder = TempDir::new().unwrap();
    let json = folder.path().join("vapora.json");
    fs::write(&json, &done.stdout).unwrap();
    compare("nickel", &here().join("assets/examples/custom.ncl"), &json);
}

#[test]
#[ignore = "needs py-nickel"]
fn the_real_nickel_reads_every_value_as_it_was() {
    let mut values = texts(&TEXTS);
    values.extend(texts(&LINES));
    values.extend(others());
    prove("nickel", Format::Nickel, &config(&values));
}

#[test]
#[ignore = "needs PyYAML"]
fn a_yaml_1_1_reader_reads_every_value_as_it_was() {
    let mut values = texts(&TEXTS);
    values.extend(texts(&LINES));
    values.extend(others());
    prove("yaml", Format::Yaml, &config(&values));
}

#[test]
#[ignore = "needs Python"]
fn sh_reads_every_environment_line_as_it_was() {
    let mut values = texts(&TEXTS);
    values.extend(others());
    let config = config(&values);
    let wanted: BTreeMap<String, String> = config
        .iter()
        .map(|(field, leaf)| {
            let text = match leaf.value.as_ref().unwrap() {
                Value::Text(text) => text.clone(),
                Value::List(items) => {
                    let items: Vec<String> = items.iter().map(Value::editable).collect();
                    serde_json::to_string(&items).unwrap()
                }
                other => other.to_string(),
            };
            (field.path.environment_name(), text)
        })
        .collect();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("vapora.env");
    let json = folder.path().join("wanted.json");
    fs::write(&file, output::render(&config, Format::Env, None).unwrap()).unwrap();
    fs::write(&json, serde_json::to_string(&wanted).unwrap()).unwrap();
    compare("sh", &file, &json);
}
