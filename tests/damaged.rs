//! Files that are damaged, cut short or hostile, at random: every reader gives a problem and what stood before the
//! damage, and never a panic. What is found by following the program's branches instead: `tests/fuzz`.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value as Json, json};
use vapora_tui::clean;
use vapora_tui::draft::{Draft, Fitted, Kept};
use vapora_tui::input::{self, Opened};
use vapora_tui::nickel::CHILD_VERB;
use vapora_tui::problem::Problem;
use vapora_tui::process;
use vapora_tui::schema::{Field, Range, Schema};
use vapora_tui::value::{Kind, Value};

const FIELDS: [(&str, Kind); 6] = [
    ("deployment_mode", Kind::Text),
    ("backend.port", Kind::Integer),
    ("backend.auth.enabled", Kind::Bool),
    ("backend.auth.jwt_secret", Kind::Secret),
    ("agents.factor", Kind::Decimal),
    ("router.chain", Kind::List),
];

fn schema() -> Schema {
    let fields = FIELDS.map(|(path, kind)| Field {
        path: path.into(),
        kind,
        doc: String::new(),
        default: None,
        range: Range::default(),
    });
    let renamed = vec![("server.port".to_owned(), "backend.port".into())];
    Schema::new("1.2.0".into(), fields.to_vec(), renamed)
}

/// The same configuration in each format.
const WHOLE: [(&str, &str); 4] = [
    (
        "a.toml",
        "deployment_mode = \"solo\"\n[backend]\nport = 8001 # ü\nauth = { enabled = true, jwt_secret = 'x' }\n\
         [agents]\nfactor = 3.0\n[router]\nchain = [\"a\",\n \"b\"]\n",
    ),
    (
        "a.json",
        "{\"deployment_mode\": \"solo\",\n\"backend\": {\"port\": 8001,\n\"auth\": {\"enabled\": true, \
         \"jwt_secret\": \"ü\\n\"}},\n\"agents\": {\"factor\": 3e0},\n\"router\": {\"chain\": [\"a\", \"b\"]}}\n",
    ),
    (
        "a.yaml",
        "deployment_mode: solo\nbackend:\n  port: 8001 # ü\n  auth: {enabled: true, jwt_secret: 'x'}\n\
         agents:\n  factor: 3.0\nrouter:\n  chain: [&a a,\n   *a, \"b\\n\"]\nx: |\n  text\n",
    ),
    (
        "a.env",
        "# comment\nVAPORA__DEPLOYMENT_MODE=solo\nexport VAPORA__BACKEND__PORT='8001'\n\
         VAPORA__BACKEND__AUTH__ENABLED=\"true\"\nVAPORA__ROUTER__CHAIN='[\"a\",\"b\"]'\n",
    ),
];

/// What the formats are made of, whole and broken.
const PARTS: [&str; 60] = [
    "\n",
    "\n",
    "\n",
    " ",
    "  ",
    "\t",
    "\r\n",
    "=",
    ":",
    ": ",
    ",",
    "- ",
    "#",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "\\",
    "\\u0000",
    "\\u{1F600}",
    "\\x1b",
    "$",
    "${",
    "|\n",
    ">-\n",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "!!str ",
    "? ",
    "---\n",
    "...\n",
    "%YAML 9.9\n",
    "null",
    "true",
    "-0",
    "9e999",
    "0x1F",
    "1979-05-27T07:32:00Z",
    "18446744073709551616",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[31m",
    "export ",
    "VAPORA__BACKEND__PORT",
    "VAPORA__",
    "backend",
    ".port",
    "port",
    "deployment_mode",
    "backend.auth.jwt_secret",
    "server",
    "router",
];

/// One way to damage bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Lose(Index, Index),
    Insert(Index, &'static str),
    Repeat(Index, Index),
}

impl Damage {
    fn on(&self, bytes: &mut Vec<u8>) {
        let (from, to) = match self {
            Self::Lose(a, b) | Self::Repeat(a, b) => {
                let ends = [a, b].map(|end| end.index(bytes.len() + 1));
                (ends[0].min(ends[1]), ends[0].max(ends[1]))
            }
            Self::Flip(at, _) | Self::Cut(at) | Self::Insert(at, _) => {
                (at.index(bytes.len() + 1), 0)
            }
        };
        match self {
            Self::Flip(_, bits) => {
                if let Some(byte) = bytes.get_mut(from) {
                    *byte ^= bits;
                }
            }
            Self::Cut(_) => bytes.truncate(from),
            Self::Lose(..) => drop(bytes.drain(from..to)),
            Self::Insert(_, part) => drop(bytes.splice(from..from, part.bytes())),
            Self::Repeat(..) => {
                let part = bytes[from..to].to_vec();
                drop(bytes.splice(from..from, part));
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let index = any::<Index>;
    let part = prop::sample::select(&PARTS[..]);
    let one = prop_oneof![
        (index(), 1..=255_u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        index().prop_map(Damage::Cut),
        (index(), index()).prop_map(|(a, b)| Damage::Lose(a, b)),
        (index(), part).prop_map(|(at, part)| Damage::Insert(at, part)),
        (index(), index()).prop_map(|(a, b)| Damage::Repeat(a, b)),
    ];
    prop::collection::vec(one, 1..6)
}

fn damaged(text: &str, damage: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for damage in damage {
        damage.on(&mut bytes);
    }
    bytes
}

fn can_be_shown(problems: &[Problem]) -> Result<(), TestCaseError> {
    for problem in problems {
        let sentence = problem.sentence();
        prop_assert!(!sentence.trim().is_empty(), "{problem:?}");
        prop_assert!(
            clean::is_clean(&sentence) && !sentence.contains('\n'),
            "{problem:?}"
        );
    }
    Ok(())
}

fn holds(opened: &Opened, bytes: &[u8]) -> Result<(), TestCaseError> {
    can_be_shown(&opened.problems)?;
    let schema = schema();
    for path in opened.values.keys() {
        prop_assert!(schema.get(path.as_str()).is_some(), "{path}");
    }
    let last = bytes.split(|byte| *byte == b'\n').count();
    for line in opened.lines.values() {
        prop_assert!((1..=last).contains(line), "line {line} of {last}");
    }
    Ok(())
}

fn frame(record: &Json) -> Vec<u8> {
    let text = record.to_string();
    let mut bytes = u32::try_from(text.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(crc32fast::hash(text.as_bytes()).to_le_bytes());
    bytes.extend(text.bytes());
    bytes
}

fn header() -> Json {
    json!({
        "format": 1, "schema": "1.2.0", "workspace": "/srv", "output": "/srv/vapora.toml", "output_sha256": null,
        "profile": "solo", "user": "ops", "host": "bastion1", "tty": "pts/3", "pid": 1, "started": 1, "boot": "b",
        "since": 1_795_255_323_000_u64,
    })
}

type Answers = BTreeMap<String, i64>;

/// A draft whose records each give one more answer, the answers behind each record, and where each ends.
fn journal(ports: &[i64]) -> (Vec<u8>, Vec<Answers>, Vec<usize>) {
    let mut bytes = frame(&header());
    let mut states = vec![Answers::new()];
    let mut ends = vec![bytes.len()];
    for (n, port) in ports.iter().enumerate() {
        let path = format!("setting.{n}");
        bytes.extend(frame(
            &json!({"at": 5 + n, "answers": {&path: {"value": port}}}),
        ));
        let mut answers = states[n].clone();
        answers.insert(path, *port);
        states.push(answers);
        ends.push(bytes.len());
    }
    (bytes, states, ends)
}

fn answers(draft: &Draft) -> Answers {
    let number = |kept: &Kept| match kept {
        Kept::Value(Value::Integer(n)) => *n,
        other => panic!("{other:?}"),
    };
    let answers = draft.state.answers.iter();
    answers
        .map(|(path, kept)| (path.to_string(), number(kept)))
        .collect()
}

fn read_draft(bytes: &[u8]) -> Result<Result<Draft, Problem>, TestCaseError> {
    let file = Path::new("/home/ops/a1b2c3.draft");
    let read = Draft::of(file, bytes);
    match &read {
        Ok(draft) => {
            can_be_shown(&draft.problems)?;
            can_be_shown(&Fitted::new(&draft.state, &schema(), file).problems)?;
        }
        Err(problem) => can_be_shown(std::slice::from_ref(problem))?,
    }
    Ok(read)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_damaged_configuration_is_read_as_far_as_it_goes(which in 0..WHOLE.len(), damage in damage()) {
        let (name, text) = WHOLE[which];
        let bytes = damaged(text, &damage);
        holds(&input::read(Path::new(name), &bytes, &schema()), &bytes)?;
    }

    #[test]
    fn parts_of_any_format_in_any_order_are_read(
        which in 0..WHOLE.len(),
        parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..40),
    ) {
        let text = parts.concat();
        holds(&input::read(Path::new(WHOLE[which].0), text.as_bytes(), &schema()), text.as_bytes())?;
    }

    #[test]
    fn any_bytes_are_read_as_any_format(which in 0..WHOLE.len(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        holds(&input::read(Path::new(WHOLE[which].0), &bytes, &schema()), &bytes)?;
    }

    /// A cut leaves the changes before it, and the last one that is torn is told.
    #[test]
    fn a_draft_that_was_cut_short_holds_what_was_written_before(
        ports in prop::collection::vec(any::<i64>(), 1..12),
        cut in any::<Index>(),
    ) {
        let (bytes, states, ends) = journal(&ports);
        let cut = cut.index(bytes.len() + 1);
        let whole = ends.iter().filter(|end| **end <= cut).count();
        let read = read_draft(&bytes[..cut])?;
        if whole == 0 {
            prop_assert!(read.is_err());
        } else {
            let draft = read.unwrap();
            prop_assert_eq!(answers(&draft), states[whole - 1].clone());
            prop_assert_eq!(draft.problems.is_empty(), ends.contains(&cut), "{:?}", draft.problems);
        }
    }

    /// Whatever happens to one byte: what is read is what stood before the record that it is in, and the damage is told.
    #[test]
    fn a_flipped_byte_in_a_draft_is_never_taken_for_an_answer(
        ports in prop::collection::vec(any::<i64>(), 1..12),
        at in any::<Index>(),
        bits in 1..=255_u8,
    ) {
        let (mut bytes, states, ends) = journal(&ports);
        let at = at.index(bytes.len());
        bytes[at] ^= bits;
        let before = ends.iter().filter(|end| **end <= at).count();
        let read = read_draft(&bytes)?;
        if before == 0 {
            prop_assert!(read.is_err());
        } else {
            let draft = read.unwrap();
            prop_assert_eq!(answers(&draft), states[before - 1].clone());
            prop_assert!(!draft.problems.is_empty());
        }
    }

    #[test]
    fn a_draft_damaged_in_any_way_is_read(ports in prop::collection::vec(any::<i64>(), 1..6), damage in damage()) {
        let (mut bytes, states, _) = journal(&ports);
        for damage in damage {
            damage.on(&mut bytes);
        }
        // A part that is lost or repeated in whole records leaves others, but never an answer that nobody gave.
        if let Ok(draft) = read_draft(&bytes)? {
            let last = &states[ports.len()];
            prop_assert!(answers(&draft).iter().all(|(path, n)| last.get(path) == Some(n)));
        }
    }
}

proptest! {
    // Each asks a process of its own.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_damaged_nickel_file_is_evaluated_as_far_as_it_goes(damage in damage()) {
        let text = "# A comment\nlet port = 8001 in\n{ deployment_mode = \"solo\", backend.port = port,\n  \
                    backend.auth | { enabled | Bool, .. } = { enabled = true, jwt_secret = \"x\" },\n  \
                    router.chain = [\"a\", m%\"b\"%] } & { agents.factor | default = 3.5 }\n";
        let bytes = damaged(text, &damage);
        let start = || process::start(Path::new(env!("CARGO_BIN_EXE_vapora-tui")), CHILD_VERB);
        let opened = input::open_by(Path::new("/nowhere/a.ncl"), &bytes, &schema(), start);
        holds(&opened, &bytes)?;
    }
}

/// Found by `tests/fuzz`: YAML takes a carriage return alone for the end of a line.
#[test]
fn a_line_is_one_that_the_file_has() {
    let bytes = b"backend:\r\r\r\n  port: 8001\r\r\r  other: 1\nport: [\n";
    let opened = input::read(Path::new("a.yaml"), bytes, &schema());
    assert_eq!(opened.lines.get("backend.port"), Some(&2), "{opened:?}");
    holds(&opened, bytes).unwrap();
}

#[test]
fn the_undamaged_files_are_read_without_a_problem() {
    for (name, text) in WHOLE {
        let opened = input::read(Path::new(name), text.as_bytes(), &schema());
        let unknown = usize::from(name == "a.yaml");
        assert_eq!(
            opened.problems.len(),
            unknown,
            "{name}: {:?}",
            opened.problems
        );
        assert!(opened.values.len() >= 4, "{name}: {:?}", opened.values);
    }
}
