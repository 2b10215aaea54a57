//! Configuration files of every broken kind: what is read of each, and what is said about the rest.
//!
//! Each file of `tests/fixtures/config/` has its expected report beside it, as `NAME.expected`.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use vapora_tui::input::{self, Format, Opened};
use vapora_tui::schema::{Field, Range, Schema};
use vapora_tui::value::{Kind, Value};

fn schema() -> Schema {
    let fields = [
        ("deployment_mode", Kind::Text, Value::Text("solo".into())),
        ("backend.host", Kind::Text, Value::Text("0.0.0.0".into())),
        ("backend.port", Kind::Integer, Value::Integer(8001)),
        ("backend.auth.enabled", Kind::Bool, Value::Bool(true)),
        (
            "backend.auth.jwt_secret",
            Kind::Secret,
            Value::Text("${SECRET:jwt-secret}".into()),
        ),
        (
            "agents.learning.recency_multiplier",
            Kind::Decimal,
            Value::Decimal(3.0),
        ),
        (
            "llm_router.fallback_chain",
            Kind::List,
            Value::List(vec![Value::Text("claude".into())]),
        ),
    ];
    let fields = fields.map(|(path, kind, example)| Field {
        path: path.into(),
        kind,
        doc: format!("What {path} is."),
        default: None,
        range: Range {
            example: Some(example),
            ..Range::default()
        },
    });
    let renamed = vec![
        ("backend.listen_port".to_owned(), "backend.port".into()),
        ("router".to_owned(), "llm_router".into()),
    ];
    Schema::new("1.2.0".into(), fields.to_vec(), renamed)
}

/// Values, section lines and problems as text. Secrets show as such.
fn report(opened: &Opened) -> String {
    let mut out = format!("format {}\n", opened.format);
    if let Some(mode) = &opened.mode {
        writeln!(out, "mode {mode}").unwrap();
    }
    for (path, line) in &opened.lines {
        match opened.values.get(path) {
            Some(value) => writeln!(out, "{line}: {path} = {value:?}").unwrap(),
            None => writeln!(out, "{line}: {path}").unwrap(),
        }
    }
    for problem in &opened.problems {
        let place = problem.place.as_ref().unwrap().to_string();
        let value = problem.value.as_ref().map(|value| format!(" ({value})"));
        writeln!(
            out,
            "{} {place}: {}{}",
            problem.severity.word(),
            problem.sentence(),
            value.unwrap_or_default()
        )
        .unwrap();
    }
    out
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/config");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "expected"))
        .collect();
    files.sort();
    files
}

/// With `BLESS=1` the expected reports are written instead of compared; look at the difference before committing.
#[test]
fn every_broken_file_is_read_as_far_as_it_goes() {
    let schema = schema();
    let mut wrong = Vec::new();
    let files = fixtures();
    assert!(files.len() >= 25, "{}", files.len());
    for path in files {
        let name = path.file_name().unwrap();
        let opened = input::read(Path::new(name), &fs::read(&path).unwrap(), &schema);
        let found = report(&opened);
        let mut expected = path.clone().into_os_string();
        expected.push(".expected");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("--- {}\n{found}", name.to_string_lossy()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn problems(name: &str, bytes: &[u8]) -> Vec<String> {
    input::read(Path::new(name), bytes, &schema())
        .problems
        .iter()
        .map(|problem| {
            let line = problem.place.as_ref().and_then(|place| place.line);
            format!("{}: {}", line.unwrap_or(0), problem.message)
        })
        .collect()
}

#[test]
fn nesting_without_end_does_not_overflow_the_stack() {
    let many = 200_000;
    let lists = format!("{}{}", "[".repeat(many), "]".repeat(many));
    let tables = format!("{}1{}", "{a=".repeat(many), "}".repeat(many));
    let objects = format!("{}1{}", "{\"a\":".repeat(many), "}".repeat(many));
    let header = format!("[{}]\n", vec!["a"; 20_000].join("."));
    for (name, text) in [
        ("a.toml", format!("ok = 1\nx = {lists}\n")),
        ("a.toml", format!("ok = 1\nx = {tables}\n")),
        ("a.toml", format!("ok = 1\n{header}x = 1\n")),
        ("a.toml", format!("ok = 1\nx = {}\n", "[".repeat(many))),
        ("a.json", objects),
        ("a.json", lists.clone()),
        ("a.json", "[".repeat(many)),
        ("a.yaml", format!("ok: 1\nx: {lists}\n")),
        ("a.yaml", format!("ok: 1\nx: {}\n", "[".repeat(many))),
        (
            "a.yaml",
            format!("x: {}1{}", "{a: ".repeat(many), "}".repeat(many)),
        ),
        ("a.yaml", format!("ok: 1\nx:\n  {}1\n", "- ".repeat(many))),
        ("a.yaml", "? ".repeat(many)),
        ("a.yaml", steps(300)),
    ] {
        let said = problems(name, text.as_bytes());
        assert!(
            said.iter()
                .any(|said| said.contains("nested deeper than 64 levels")),
            "{} {said:?}",
            &text[..20]
        );
    }
}

/// Sections in sections, each indented by one blank more.
fn steps(many: usize) -> String {
    (0..many).fold(String::new(), |mut text, depth| {
        writeln!(text, "{}a:", " ".repeat(depth)).unwrap();
        text
    })
}

#[test]
fn nesting_is_refused_from_the_sixty_fifth_level() {
    for (depth, refused) in [(60, false), (70, true)] {
        let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let toml = format!("[llm_router]\nfallback_chain = {lists}\n");
        let json = format!("{{\"llm_router\": {{\n\"fallback_chain\": {lists}}}}}");
        let yaml = format!("llm_router:\n  fallback_chain: {lists}\n");
        for (name, text) in [("a.toml", toml), ("a.json", json), ("a.yaml", yaml)] {
            let said = problems(name, text.as_bytes());
            let expected = if refused {
                vec!["2: Values are nested deeper than 64 levels here.".to_owned()]
            } else {
                vec![]
            };
            assert_eq!(said, expected, "{name} {depth}");
        }
    }
}

#[test]
fn large_files_are_refused_whole() {
    let bytes = vec![b'#'; input::MAX_BYTES + 1];
    assert_eq!(
        problems("a.toml", &bytes),
        ["0: The file is 4194305 bytes long; at most 4 MiB are read."]
    );
    assert_eq!(problems("a.toml", &bytes[1..]), Vec::<String>::new());
}

#[test]
fn an_unknown_ending_is_tried_as_toml() {
    let opened = input::read(
        Path::new("vapora.conf"),
        b"deployment_mode = \"solo\"",
        &schema(),
    );
    assert_eq!((opened.format, opened.problems.len()), (Format::Toml, 0));
    let opened = input::read(Path::new("vapora.ini"), b"backend:\n  port: 1\n", &schema());
    let sentence = opened.problems[0].sentence();
    assert!(sentence.ends_with("so it was read as TOML."), "{sentence}");
}

/// Every prefix of a file, and the file with any one byte lost, is read without a panic and with what stands
/// before the damage.
#[test]
fn damage_anywhere_is_survived() {
    let toml = "deployment_mode = \"solo\"\n[backend]\nport = 8001 # ü\nauth = { enabled = true, jwt_secret = 'x' }\n[llm_router]\nfallback_chain = [\"a\",\n \"b\"]\n";
    let json = "{\"deployment_mode\": \"solo\",\n\"backend\": {\"port\": 8001,\n\"auth\": {\"enabled\": true, \"jwt_secret\": \"ü\\n\"}},\n\"llm_router\": {\"fallback_chain\": [\"a\", \"b\"]}}\n";
    let yaml = "deployment_mode: solo\nbackend:\n  port: 8001 # ü\n  auth: {enabled: true, jwt_secret: 'x'}\nllm_router:\n  fallback_chain: [&a a,\n *a, \"b\\n\"]\nx: |\n  text\n";
    for (name, text) in [("a.toml", toml), ("a.json", json), ("a.yaml", yaml)] {
        let bytes = text.as_bytes();
        for cut in 0..bytes.len() {
            let opened = input::read(Path::new(name), &bytes[..cut], &schema());
            // From the third line on the port has been read, whatever follows.
            let lines = bytes[..cut].split(|byte| *byte == b'\n').count();
            if lines > 3 + usize::from(name == "a.yaml") {
                assert_eq!(
                    opened.values.get("backend.port"),
                    Some(&Value::Integer(8001)),
                    "{name} {cut}"
                );
            }
            let mut lost = bytes.to_vec();
            lost.remove(cut);
            let _ = input::read(Path::new(name), &lost, &schema());
            lost.insert(cut, 0xff);
            let opened = input::read(Path::new(name), &lost, &schema());
            assert!(!opened.problems.is_empty());
        }
    }
}
