//! Drafts as a whole: what is written comes back, and nothing that is damaged or hostile can do harm.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::answers::OfPreset;
use crate::schema::{Field, FieldPath, Schema};
use crate::secret::Secret;
use crate::store::Holder;
use crate::value::{Kind, Value};

const SOON: Duration = Duration::from_secs(20);

fn schema() -> Schema {
    let fields = vec![
        Field::example("backend.port", Kind::Integer),
        Field::example("backend.host", Kind::Text),
        Field::example("agents.factor", Kind::Decimal),
        Field::example("auth.jwt", Kind::Secret),
        Field::example("nats.subjects", Kind::List),
    ];
    let renamed = vec![
        ("server.port".into(), "backend.port".into()),
        ("swarm".into(), "agents".into()),
    ];
    Schema::new("1.2.0".into(), fields, renamed)
}

fn state(answers: &[(&str, Value)]) -> State {
    let schema = schema();
    let kept =
        |(path, value): &(&str, Value)| (FieldPath::new(path), Kept::of(value, schema.get(path)));
    State {
        schema: schema.version.clone(),
        profile: Some("solo".into()),
        answers: answers.iter().map(kept).collect(),
        output: "/srv/vapora.toml".into(),
        ..State::default()
    }
}

fn keeper(folder: &Path) -> Keeper {
    Keeper::start(folder.to_owned(), "/srv".into(), |_| {}).unwrap()
}

fn only(folder: &Path) -> Draft {
    let (mut drafts, problems) = all(folder);
    assert_eq!(problems, []);
    assert_eq!(drafts.len(), 1);
    drafts.remove(0)
}

fn bytes_of(folder: &Path) -> Vec<u8> {
    let files = store::files_ending(folder, "").unwrap();
    files
        .iter()
        .flat_map(|file| fs::read(file).unwrap())
        .collect()
}

#[test]
fn what_was_noted_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = keeper(folder.path());
    keeper.note(Some(state(&[("backend.port", Value::Integer(9001))])));
    assert!(keeper.flush(SOON));
    let mut last = state(&[
        ("backend.host", Value::Text("a \"b\"\n\u{1b}".into())),
        ("agents.factor", Value::Decimal(3.0)),
        ("auth.jwt", Value::Secret(Secret::new("hunter2hunter2"))),
        (
            "nats.subjects",
            Value::List(vec![Value::Text("a".into()), Value::Text("b,c".into())]),
        ),
    ]);
    last.open = Some(Open {
        path: "backend.port".into(),
        text: Some("90".into()),
    });
    last.base = Some(Arc::new(Base {
        file: "/srv/old.toml".into(),
        sha256: Some("00".into()),
        profile: None,
        values: BTreeMap::from([("backend.port".into(), Kept::Value(Value::Integer(1)))]),
        preset: Some(OfPreset {
            name: "old".into(),
            named: Some("shared/old".into()),
            workload: Some("team".into()),
        }),
    }));
    keeper.note(Some(last.clone()));
    drop(keeper);
    let draft = only(folder.path());
    assert_eq!(
        State {
            schema: last.schema.clone(),
            ..draft.state.clone()
        },
        last
    );
    assert_eq!(
        (draft.problems.as_slice(), draft.answers(), draft.runs),
        (&[][..], 5, true)
    );
    assert_eq!(draft.header.schema, "1.2.0");
    assert_eq!(draft.header.workspace, Path::new("/srv"));
    let fitted = Fitted::new(&draft.state, &schema(), &draft.file);
    assert_eq!(fitted.problems, []);
    assert_eq!(fitted.answers.len(), 3);
    assert_eq!(
        fitted.answers.get("agents.factor"),
        Some(&Value::Decimal(3.0))
    );
    assert!(
        fitted
            .secrets
            .iter()
            .map(FieldPath::as_str)
            .eq(["auth.jwt"])
    );
    assert_eq!(fitted.base.get("backend.port"), Some(&Value::Integer(1)));
    let text = String::from_utf8_lossy(&bytes_of(folder.path())).into_owned();
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn with_nothing_unsaved_there_is_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = keeper(folder.path());
    keeper.note(Some(state(&[("backend.port", Value::Integer(9001))])));
    assert!(keeper.flush(SOON));
    assert_eq!(all(folder.path()).0.len(), 1);
    keeper.note(None);
    assert!(keeper.flush(SOON));
    assert_eq!(all(folder.path()), (vec![], vec![]));
    assert_eq!(keeper.file(), None);
}

#[test]
fn what_turns_out_to_be_a_secret_leaves_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = keeper(folder.path());
    let schema = schema();
    // A number behind a colon may be a port, until an @ follows.
    for text in ["ws://root:1234", "ws://root:1234@"] {
        let mut now = state(&[("backend.port", Value::Integer(7))]);
        let text = typed(text, schema.get("backend.host"));
        now.open = Some(Open {
            path: "backend.host".into(),
            text,
        });
        keeper.note(Some(now));
        assert!(keeper.flush(SOON));
    }
    let text = String::from_utf8_lossy(&bytes_of(folder.path())).into_owned();
    assert!(!text.contains("1234"), "{text}");
    assert_eq!(only(folder.path()).state.open.unwrap().text, None);
}

#[test]
fn a_long_journal_is_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = keeper(folder.path());
    let long = "x".repeat(30_000);
    for n in 0..30 {
        let text = Value::Text(format!("{long}{n}"));
        keeper.note(Some(state(&[("backend.host", text)])));
        assert!(keeper.flush(SOON));
    }
    let draft = only(folder.path());
    assert!(draft.file.metadata().unwrap().len() < 400_000);
    let text = format!("{long}29");
    assert_eq!(
        draft.state,
        State {
            schema: String::new(),
            ..state(&[("backend.host", Value::Text(text))])
        }
    );
}

#[test]
fn a_journal_that_was_taken_is_written_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let (sender, news) = std::sync::mpsc::channel();
    let tell = move |told| drop(sender.send(told));
    let keeper = Keeper::start(folder.path().to_owned(), "/srv".into(), tell).unwrap();
    let first = state(&[("backend.port", Value::Integer(1))]);
    keeper.note(Some(first.clone()));
    assert!(keeper.flush(SOON));
    let file = keeper.file().unwrap();
    assert!(store::take_over(&file, &folder.path().join("other.draft")).unwrap());
    keeper.note(Some(state(&[("backend.port", Value::Integer(2))])));
    assert!(keeper.flush(SOON));
    assert_eq!(news.recv_timeout(SOON).unwrap(), News::Taken);
    keeper.note(Some(state(&[("backend.port", Value::Integer(3))])));
    drop(keeper);
    assert_eq!(only(folder.path()).state.answers, first.answers);
}

#[test]
fn a_refused_draft_is_told_once_and_tried_again() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("drafts");
    fs::write(&folder, "a file in the way").unwrap();
    let (sender, news) = std::sync::mpsc::channel();
    let tell = move |told| drop(sender.send(told));
    let keeper = Keeper::start(folder.clone(), "/srv".into(), tell).unwrap();
    for port in [1, 2] {
        keeper.note(Some(state(&[("backend.port", Value::Integer(port))])));
        keeper.flush(SOON);
    }
    assert!(matches!(news.recv_timeout(SOON).unwrap(), News::Refused(_)));
    fs::remove_file(&folder).unwrap();
    keeper.note(Some(state(&[("backend.port", Value::Integer(3))])));
    assert!(keeper.flush(SOON));
    assert_eq!(news.recv_timeout(SOON).unwrap(), News::Kept);
    assert_eq!(only(&folder).answers(), 1);
}

#[test]
fn a_taken_draft_is_carried_on_under_its_new_name() {
    let folder = tempfile::tempdir().unwrap();
    let first = keeper(folder.path());
    first.note(Some(state(&[("backend.port", Value::Integer(1))])));
    assert!(first.flush(SOON));
    let old = first.file().unwrap();
    // As of a process that is gone.
    let bytes = fs::read(&old).unwrap();
    drop(first);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let boot = Holder::this().boot;
    assert!(text.contains(&boot));
    fs::remove_file(&old).unwrap();
    let mut draft = Draft::of(&old, &bytes).unwrap();
    draft.header.holder.boot = "another".into();
    let header = journal::record(&json!(draft.header)).unwrap();
    let all = record::change(&State::default(), &draft.state, 5);
    fs::write(&old, [header, journal::record(&all).unwrap()].concat()).unwrap();

    let taken = take(&old).unwrap();
    assert!(!taken.unheard && taken.draft.file != old && !taken.draft.runs);
    assert_eq!(taken.draft.last_key, 5);
    assert!(take(&old).is_err(), "only one gets it");
    let second = keeper(folder.path());
    let now = state(&[("backend.port", Value::Integer(2))]);
    second.adopt(taken.draft.file.clone(), Some(now));
    assert!(second.flush(SOON));
    assert_eq!(second.file().as_ref(), Some(&taken.draft.file));
    assert!(only(folder.path()).runs);
    second.note(None);
    assert!(second.flush(SOON));
    assert_eq!(all_files(folder.path()), 0);
}

fn all_files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

fn journal_of(records: &[Json]) -> Vec<u8> {
    records
        .iter()
        .flat_map(|json| journal::record(json).unwrap())
        .collect()
}

use serde_json::Value as Json;

fn header() -> Json {
    json!(Header {
        format: 1,
        ..Header::default()
    })
}

#[test]
fn hostile_records_give_what_could_be_read() {
    let file = Path::new("/x/a.draft");
    for (records, answers, told) in [
        (
            vec![
                json!({"answers": {"backend.port": {"value": 1}, "nowhere.to.be": {"value": "x"}}}),
            ],
            2,
            false,
        ),
        (
            vec![json!({"answers": {"backend.port": {"value": null}}})],
            0,
            true,
        ),
        (vec![json!({"answers": {"backend.port": 1}})], 0, true),
        (
            vec![
                json!({"answers": [1]}),
                json!({"answers": {"backend.port": {"value": [1, {"a": []}]}}}),
            ],
            1,
            true,
        ),
        (
            vec![json!({"at": "x", "profile": 1, "base": 2, "open": 3, "output": 4})],
            0,
            true,
        ),
        (
            vec![json!({"base": {"file": "a", "values": 7}, "open": {"text": "a"}})],
            0,
            true,
        ),
        (vec![json!([]), json!("x"), json!({"later": {}})], 0, true),
        (vec![json!({"answers": {"\u{1b}[31m": 1}})], 0, true),
    ] {
        let bytes = journal_of(&[vec![header()], records].concat());
        let draft = Draft::of(file, &bytes).unwrap();
        assert_eq!(draft.state.answers.len(), answers);
        assert_eq!(!draft.problems.is_empty(), told, "{:?}", draft.problems);
        for problem in &draft.problems {
            assert!(clean::is_clean(&problem.sentence()), "{problem:?}");
        }
        let fitted = Fitted::new(&draft.state, &schema(), file);
        assert!(
            fitted
                .answers
                .keys()
                .all(|path| schema().get(path.as_str()).is_some())
        );
    }
}

#[test]
fn what_is_no_draft_is_refused_with_a_reason() {
    let file = Path::new("/x/a.draft");
    for bytes in [
        vec![],
        b"hello".to_vec(),
        vec![0; 100],
        journal_of(&[json!([1])]),
        journal_of(&[json!({"format": "1"})]),
        journal_of(&[json!({"format": 1, "pid": -1})]),
    ] {
        let refused = Draft::of(file, &bytes).unwrap_err();
        assert!(refused.message.starts_with("It is no draft"), "{refused:?}");
    }
    let later = Draft::of(file, &journal_of(&[json!({"format": 2})])).unwrap_err();
    assert!(later.sentence().contains("format 2"), "{later:?}");
}

#[test]
fn renamed_fields_are_found_and_unknown_ones_told() {
    let mut old = state(&[]);
    let kept = |n| Kept::Value(Value::Integer(n));
    old.answers.insert("server.port".into(), kept(1));
    old.answers.insert("backend.prot".into(), kept(2));
    old.answers.insert("swarm.factor".into(), kept(3));
    let fitted = Fitted::new(&old, &schema(), Path::new("a.draft"));
    assert_eq!(fitted.answers.get("backend.port"), Some(&Value::Integer(1)));
    assert!(fitted.answers.contains_key("agents.factor"), "of a section");
    assert_eq!(fitted.problems.len(), 1);
    let said = fitted.problems[0].sentence();
    assert!(
        said.contains("backend.prot in the draft is not a setting.")
            && said.contains("backend.port"),
        "{said}"
    );
}

#[test]
fn moments_are_short() {
    assert_eq!(moment(1_795_255_323_000), "2026-11-21 10:02 UTC");
    assert!(moment(u64::MAX).ends_with(" UTC"));
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        "[a-z.]{0,8}".prop_map(Json::from),
    ];
    let name = prop_oneof![
        Just("answers"),
        Just("value"),
        Just("secret"),
        Just("base"),
        Just("values"),
        Just("open"),
        Just("text"),
        Just("path"),
        Just("file"),
        Just("output"),
        Just("at"),
        Just("profile"),
        Just("backend.port"),
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::hash_map(name.clone().prop_map(str::to_owned), inner, 0..4)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_records_are_read_without_a_panic(
        records in prop::collection::vec(any_json(), 0..6),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = journal_of(&[vec![header()], records].concat());
        for (at, bits) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= bits;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        if let Ok(draft) = Draft::of(Path::new("a.draft"), &bytes) {
            let fitted = Fitted::new(&draft.state, &schema(), Path::new("a.draft"));
            prop_assert!(fitted.answers.len() <= draft.state.answers.len());
        }
    }

    /// Applying what changed brings one state to the other, whatever they are.
    #[test]
    fn a_change_leads_from_one_state_to_the_next(
        before in prop::collection::btree_map("[a-c]", any::<i64>(), 0..3),
        now in prop::collection::btree_map("[a-c]", any::<i64>(), 0..3),
        open in prop::option::of("[0-9]{0,3}"),
    ) {
        let of = |answers: BTreeMap<String, i64>, open: Option<String>| State {
            answers: answers.into_iter().map(|(path, n)| (FieldPath::new(&path), Kept::Value(Value::Integer(n)))).collect(),
            open: open.map(|text| Open { path: "a".into(), text: Some(text) }),
            ..State::default()
        };
        let (mut state, now) = (of(before, Some("1".into())), of(now, open));
        let change = record::change(&state, &now, 1);
        let mut wrong = Vec::new();
        record::apply(&mut state, change, &mut wrong);
        prop_assert_eq!((state, wrong), (now, vec![]));
    }
}
