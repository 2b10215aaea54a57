//! Wrong presets: what is read of each, and what is said about the rest.
//!
//! Each file of `tests/fixtures/presets/` has its expected report beside it, as `NAME.expected`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use vapora_tui::preset::{self, Reading};
use vapora_tui::schema::{Field, Range, Schema};
use vapora_tui::value::{Kind, Value};

fn schema() -> Schema {
    let fields = [
        ("backend.host", Kind::Text, Value::Text("0.0.0.0".into())),
        ("backend.port", Kind::Integer, Value::Integer(8001)),
        ("backend.auth.enabled", Kind::Bool, Value::Bool(true)),
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
        (
            "security.jwt_secret",
            Kind::Secret,
            Value::Text("${SECRET:jwt-secret}".into()),
        ),
    ];
    let fields = fields.map(|(path, kind, example)| Field {
        path: path.into(),
        kind,
        doc: String::new(),
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

fn report(name: &str, bytes: &[u8]) -> String {
    let reading = if name.starts_with("shared") {
        Reading::SharedPreset
    } else {
        Reading::Preset
    };
    let read = preset::read(Path::new(name), bytes, &schema(), reading);
    let mut out = String::new();
    let shown = |text: &Option<String>| format!("{text:?}");
    writeln!(out, "name {}", shown(&read.name)).unwrap();
    writeln!(out, "description {:?}", read.description.as_str()).unwrap();
    writeln!(
        out,
        "schema {} profile {}",
        shown(&read.schema),
        shown(&read.profile)
    )
    .unwrap();
    for (path, value) in &read.answers {
        writeln!(out, "{}: {path} = {value:?}", read.lines[path]).unwrap();
    }
    for (mark, problems) in [("", &read.problems), ("unfit ", &read.unfit)] {
        for problem in problems {
            let place = problem.place.as_ref().unwrap();
            let path = problem.path.as_ref().map_or("", |path| path.as_str());
            let (word, sentence) = (problem.severity.word(), problem.sentence());
            writeln!(out, "{mark}{word} {place}: [{path}] {sentence}").unwrap();
        }
    }
    out
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/presets");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}

/// With `BLESS=1` the expected reports are written instead of compared; look at the difference before committing.
#[test]
fn every_wrong_preset_is_read_as_far_as_it_goes() {
    let mut wrong = Vec::new();
    let files = fixtures();
    assert!(files.len() >= 16, "{}", files.len());
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let found = report(name, &fs::read(&path).unwrap());
        assert!(!found.contains("swordfish"), "{name}\n{found}");
        let expected = path.with_extension("expected");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("--- {name}\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_sizes_are_refused_in_time() {
    let begun = std::time::Instant::now();
    let head = "format = 1\nprofile = \"solo\"\n[answers]\n";
    let mut many = String::new();
    for n in 0..40_000 {
        writeln!(many, "\"backend.prot{n}\" = 1").unwrap();
    }
    let large = "x".repeat(2 << 20);
    let deep = format!("{head}\"backend.host\" = {}", "[".repeat(100_000));
    let long = format!("{head}\"{}\" = 1\n", "a".repeat(500_000));
    for (text, first) in [
        (format!("{head}{many}"), "backend.prot0 is not a setting."),
        (
            large,
            "The file is 2097152 bytes long; at most 1 MiB is read.",
        ),
        (deep, ""),
        (long, "aaaa"),
    ] {
        let read = preset::read(
            Path::new("a.toml"),
            text.as_bytes(),
            &schema(),
            Reading::Preset,
        );
        assert!(
            (1..=51).contains(&read.problems.len()),
            "{}",
            read.problems.len()
        );
        assert!(
            read.problems[0].message.starts_with(first),
            "{:?}",
            read.problems[0]
        );
        assert!(
            read.problems
                .iter()
                .all(|problem| problem.message.len() < 1_000)
        );
    }
    // Comparing each of them with every name would take minutes.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}
