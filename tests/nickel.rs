//! The client and its child: who wins, what is lost and started again, wrong profiles file by file, memory, and
//! properties of what was said and written.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, PipeReader, PipeWriter, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::{Judge, PROFILES, nothing, shipped};
use vapora_tui::answers::{Answers, Base, Said};
use vapora_tui::config::{Config, Origin, Overlay};
use vapora_tui::diff::diff;
use vapora_tui::input::{self, Format};
use vapora_tui::nickel::protocol::{
    Confinement, DescribedField, Description, JudgedLeaf, Request, Response, SourceText, receive,
    send,
};
use vapora_tui::nickel::{CHILD_VERB, Client, Reply, Slot, Texts};
use vapora_tui::output;
use vapora_tui::problem::{Problem, Severity};
use vapora_tui::process::Link;
use vapora_tui::schema::FieldPath;
use vapora_tui::secret::Secret;
use vapora_tui::value::{Kind, Value};

/// The far ends of a link: a child whose words the test speaks.
struct Puppet {
    asked: PipeReader,
    says: PipeWriter,
}

impl Puppet {
    fn hears(&mut self) -> Option<Request> {
        receive(&mut self.asked).unwrap()
    }

    fn says(&mut self, response: &Response) {
        send(&mut self.says, response).unwrap();
    }

    /// Answers load; the texts are the same, so that nobody asks what they describe.
    fn loads_again(&mut self) {
        assert!(matches!(self.hears(), Some(Request::Load { .. })));
        self.says(&Response::Loaded {
            findings: vec![],
            confined: Confinement::Whole,
        });
    }

    /// Answers load and describe with a schema of one field.
    fn loads(&mut self) {
        self.loads_again();
        assert!(matches!(self.hears(), Some(Request::Describe)));
        self.says(&Response::Described(Description {
            version: "1".into(),
            fields: vec![DescribedField {
                path: "backend.port".into(),
                doc: "Port.".into(),
                default: None,
                range: Some(json!({"kind": "integer"})),
            }],
            ..Description::default()
        }));
    }

    fn hears_ticket(&mut self) -> u64 {
        match self.hears() {
            Some(Request::Evaluate { ticket, .. }) => ticket,
            other => panic!("{other:?}"),
        }
    }

    fn answers(&mut self, ticket: u64) {
        self.says(&Response::Evaluated {
            ticket,
            leaves: vec![JudgedLeaf::default()],
            findings: vec![],
        });
    }
}

/// A client whose children are puppets, one for each start.
fn puppets() -> (Client, Receiver<Puppet>, Receiver<Reply>) {
    let (born, puppets) = mpsc::channel();
    let (said, replies) = mpsc::channel();
    let starter = move || {
        let (asked, asking) = io::pipe()?;
        let (answers, says) = io::pipe()?;
        born.send(Puppet { asked, says }).unwrap();
        Ok(Link::to_thread(Box::new(answers), Box::new(asking)))
    };
    let client = Client::start(Box::new(starter), Texts::default(), sender(said));
    (client, puppets, replies)
}

fn sender(said: Sender<Reply>) -> impl FnMut(Reply) + Send + 'static {
    move |reply| drop(said.send(reply))
}

fn brief(reply: &Reply) -> String {
    match reply {
        Reply::Schema { schema, .. } => format!("schema of {}", schema.len()),
        Reply::Verdict { slot, ticket, .. } => format!("{slot:?} {ticket}"),
        Reply::Lost {
            slot,
            ticket,
            problem,
        } => format!("lost {slot:?} {ticket}: {}", problem.message),
    }
}

#[test]
fn the_newest_question_of_a_slot_wins() {
    let (client, puppets, replies) = puppets();
    let mut child = puppets.recv().unwrap();
    child.loads();
    assert_eq!(brief(&replies.recv().unwrap()), "schema of 1");
    let nothing = Overlay::new();
    client.evaluate(Slot::InForce, 1, None, &nothing);
    assert_eq!(child.hears_ticket(), 1);
    // While it thinks, more is asked.
    client.evaluate(Slot::InForce, 2, None, &nothing);
    client.evaluate(Slot::Baseline, 3, None, &nothing);
    client.evaluate(Slot::InForce, 4, None, &nothing);
    child.answers(1);
    assert_eq!(brief(&replies.recv().unwrap()), "InForce 1");
    for _ in 0..2 {
        let ticket = child.hears_ticket();
        child.answers(ticket);
    }
    let mut said: Vec<_> = (0..2).map(|_| brief(&replies.recv().unwrap())).collect();
    said.sort();
    assert_eq!(said, ["Baseline 3", "InForce 4"]);
}

#[test]
fn questions_before_the_schema_wait_for_it() {
    let (client, puppets, replies) = puppets();
    for ticket in 1..=3 {
        client.evaluate(Slot::InForce, ticket, Some("solo"), &Overlay::new());
    }
    let mut child = puppets.recv().unwrap();
    child.loads();
    assert_eq!(brief(&replies.recv().unwrap()), "schema of 1");
    let ticket = child.hears_ticket();
    child.answers(ticket);
    let said = brief(&replies.recv().unwrap());
    assert_eq!(said, format!("InForce {ticket}"));
}

#[test]
fn an_answer_to_another_question_is_not_taken() {
    let (client, puppets, replies) = puppets();
    let mut child = puppets.recv().unwrap();
    child.loads();
    replies.recv().unwrap();
    client.evaluate(Slot::InForce, 7, None, &Overlay::new());
    assert_eq!(child.hears_ticket(), 7);
    child.answers(6);
    let said = brief(&replies.recv().unwrap());
    assert_eq!(
        said,
        "lost Some(InForce) 7: The schema's process answered what was not asked."
    );
}

#[test]
fn a_child_that_dies_loses_its_question_and_the_next_one_starts_another() {
    let (client, puppets, replies) = puppets();
    let mut child = puppets.recv().unwrap();
    child.loads();
    replies.recv().unwrap();
    client.evaluate(Slot::Baseline, 5, None, &Overlay::new());
    assert_eq!(child.hears_ticket(), 5);
    drop(child);
    let lost = replies.recv().unwrap();
    assert_eq!(
        brief(&lost),
        "lost Some(Baseline) 5: The schema's process ended."
    );
    let Reply::Lost { problem, .. } = lost else {
        unreachable!()
    };
    assert!(problem.hint.is_some());
    // No retry by itself, nor of the same question.
    client.evaluate(Slot::Baseline, 55, None, &Overlay::new());
    assert_eq!(
        brief(&replies.recv().unwrap()),
        "lost Some(Baseline) 55: The schema's process ended."
    );
    assert!(puppets.try_recv().is_err());
    client.evaluate(Slot::InForce, 6, None, &Overlay::new());
    let mut child = puppets.recv().unwrap();
    child.loads_again();
    assert_eq!(child.hears_ticket(), 6);
    child.answers(6);
    assert_eq!(brief(&replies.recv().unwrap()), "InForce 6");
}

#[test]
fn a_child_that_talks_nonsense_is_ended() {
    let (_client, puppets, replies) = puppets();
    let mut child = puppets.recv().unwrap();
    assert!(matches!(child.hears(), Some(Request::Load { .. })));
    child.says.write_all(b"\0\0\0\x04nope").unwrap();
    let said = brief(&replies.recv().unwrap());
    assert_eq!(said, "lost None 0: The schema's process ended.");
    // Its pipes are closed.
    assert!(child.hears().is_none());
}

#[test]
fn a_child_that_is_silent_is_given_up() {
    let (client, puppets, replies) = puppets();
    let mut child = puppets.recv().unwrap();
    child.loads();
    replies.recv().unwrap();
    client.evaluate(Slot::InForce, 1, None, &Overlay::new());
    assert_eq!(child.hears_ticket(), 1);
    let said = brief(&replies.recv_timeout(Duration::from_secs(30)).unwrap());
    assert_eq!(
        said,
        "lost Some(InForce) 1: The schema did not answer in time."
    );
    assert!(child.hears().is_none());
}

#[test]
fn a_child_that_cannot_be_started_is_a_problem() {
    let (said, replies) = mpsc::channel();
    let starter = || Err(io::Error::other("no processes left"));
    let client = Client::start(Box::new(starter), Texts::default(), sender(said));
    let expected = "The schema's process cannot be started: no processes left.";
    assert_eq!(
        brief(&replies.recv().unwrap()),
        format!("lost None 0: {expected}")
    );
    client.evaluate(Slot::InForce, 3, None, &Overlay::new());
    assert!(brief(&replies.recv().unwrap()).ends_with(expected));
}

#[test]
fn dropping_the_client_ends_the_child() {
    let (client, puppets, replies) = puppets();
    let mut child = puppets.recv().unwrap();
    child.loads();
    replies.recv().unwrap();
    drop(client);
    assert!(child.hears().is_none());
}

/// One line a problem that forbids writing, then one a value that the profile or the overlay gives.
fn outline(config: &Config) -> String {
    let mut text = String::new();
    let warning = |problem: &&Problem| problem.severity == Severity::Warning;
    for problem in config.problems().iter().filter(|problem| !warning(problem)) {
        let path = problem.path.as_ref().map_or("-", FieldPath::as_str);
        let place = problem.place.as_ref().map(ToString::to_string);
        let place = place.unwrap_or_else(|| "-".to_owned());
        let word = problem.severity.word();
        writeln!(text, "{word} | {path} | {place} | {}", problem.sentence()).unwrap();
    }
    for (field, leaf) in config
        .iter()
        .filter(|(_, leaf)| leaf.origin != Origin::Schema)
    {
        let value = leaf
            .value
            .as_ref()
            .map_or("nothing".to_owned(), ToString::to_string);
        let held = if leaf.held { ", held" } else { "" };
        writeln!(text, "{} = {value} ({}{held})", field.path, leaf.origin).unwrap();
    }
    text
}

#[test]
fn wrong_profiles_are_told_what_is_wrong_and_the_rest_is_in_force() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/profiles");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| {
            entry
                .unwrap()
                .file_name()
                .to_str()?
                .strip_suffix(".ncl")
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    assert!(names.len() >= 20, "the fixtures are missing");
    let mut texts = shipped();
    for name in &names {
        texts.sources.push(SourceText {
            name: format!("profiles/{name}.ncl"),
            text: fs::read_to_string(folder.join(format!("{name}.ncl"))).unwrap(),
            shipped: false,
        });
    }
    let judge = Judge::of(texts);
    let overlay =
        judge.overlay_of(&json!({"backend.port": 9001, "database.url": "file://./vapora.db"}));
    nothing(
        &said(&judge.problems),
        "A wrong profile is nobody's problem until it is chosen",
    );
    let mut found = Vec::new();
    for name in &names {
        let (config, _) = judge.judge(name, &overlay);
        let said = outline(&config);
        assert!(
            !said.contains('\u{1b}') && !said.contains("hunter"),
            "{name}"
        );
        let expected =
            fs::read_to_string(folder.join(format!("{name}.expected"))).unwrap_or_default();
        if said != expected {
            found.push(format!("{name}:\n{said}  expected:\n{expected}"));
        }
    }
    nothing(
        &found,
        "Profiles that are judged otherwise than their .expected says",
    );
}

#[test]
fn a_profile_that_is_not_there_is_a_problem() {
    let judge = Judge::shipped();
    let (config, problems) =
        judge.judge("nosuch", &judge.overlay_of(&json!({"backend.port": 9001})));
    assert!(
        problems[0].message.contains("profiles/nosuch.ncl"),
        "{problems:?}"
    );
    assert_eq!(config.value("backend.port"), Some(&Value::Integer(9001)));
}

/// The child as the program starts it, spoken to without the client.
struct Evaluator {
    child: Child,
    ticket: u64,
    confined: Confinement,
}

impl Evaluator {
    fn start() -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
            .arg(CHILD_VERB)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut evaluator = Self {
            child,
            ticket: 0,
            confined: Confinement::No,
        };
        let texts = shipped().sources;
        match evaluator.ask(&Request::Load { texts }) {
            Response::Loaded { confined, .. } => evaluator.confined = confined,
            other => panic!("{other:?}"),
        }
        evaluator
    }

    fn ask(&mut self, request: &Request) -> Response {
        send(self.child.stdin.as_mut().unwrap(), request).unwrap();
        receive(self.child.stdout.as_mut().unwrap())
            .unwrap()
            .unwrap()
    }

    fn evaluate(&mut self, profile: &str, overlay: &[(String, Json)]) {
        self.ticket += 1;
        let request = Request::Evaluate {
            ticket: self.ticket,
            profile: Some(format!("profiles/{profile}.ncl")),
            overlay: overlay.to_vec(),
        };
        assert!(
            matches!(self.ask(&request), Response::Evaluated { ticket, .. } if ticket == self.ticket)
        );
    }

    /// Kilobytes of memory in use.
    fn resident(&self) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Evaluator {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

#[test]
fn the_child_can_open_nothing_and_grow_to_a_gigabyte() {
    let evaluator = Evaluator::start();
    // It says so of itself, and each of its threads may do nothing more than the kernel allows it.
    assert!(
        evaluator.confined == Confinement::Whole || std::env::var_os("CI").is_none(),
        "{:?}",
        evaluator.confined
    );
    let process = format!("/proc/{}", evaluator.child.id());
    let tasks: Vec<_> = fs::read_dir(format!("{process}/task")).unwrap().collect();
    for task in tasks {
        let status = fs::read_to_string(task.unwrap().path().join("status")).unwrap();
        assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    }
    let limits = fs::read_to_string(format!("{process}/limits")).unwrap();
    for (name, most) in [
        ("Max open files", "3"),
        ("Max address space", "1073741824"),
        ("Max core file size", "0"),
    ] {
        let line = limits
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap();
        let words: Vec<_> = line.split_whitespace().take(2).collect();
        assert_eq!(words, [most, most], "{name}");
    }
}

/// Right and wrong, rules and contracts, texts, lists and secrets: whatever an operator may type.
fn overlays() -> Vec<(&'static str, Vec<(String, Json)>)> {
    let values = [
        ("solo", json!({})),
        (
            "enterprise",
            json!({"backend.port": 9001, "llm_router.routing.strategy": "performance"}),
        ),
        (
            "multiuser",
            json!({"backend.port": 80, "backend.host": "not a host", "backend.cache.enabled": "maybe"}),
        ),
        (
            "enterprise",
            json!({"llm_router.routing.fallback_chain": ["claude", "gpt-5", 4], "nats.cluster": ["ws://x"]}),
        ),
        (
            "solo",
            json!({"agents.scoring.load_weight": 0.4, "security.jwt_secret": "hunter2", "backend.workers": null}),
        ),
        (
            "enterprise",
            json!({"database.url": "ws://db.acme.eu:8000", "security.tls_enabled": false, "agents.port": 8001}),
        ),
        (
            "multiuser",
            json!({"backend.prot": 1, "bakend.port": 1, "nats.timeout": {"a": 1}}),
        ),
    ];
    values
        .into_iter()
        .map(|(profile, values)| {
            let values = values.as_object().unwrap().clone();
            (profile, values.into_iter().collect())
        })
        .collect()
}

#[test]
fn three_thousand_evaluations_leak_nothing() {
    let mut evaluator = Evaluator::start();
    let overlays = overlays();
    let mut round = |times: usize| {
        for (profile, overlay) in overlays.iter().cycle().take(times) {
            evaluator.evaluate(profile, overlay);
        }
        evaluator.resident()
    };
    let before = round(300);
    let after = round(3_000);
    let grown = after.saturating_sub(before);
    assert!(
        grown < 1024,
        "3,000 evaluations grew the child by {grown} KB, from {before} KB"
    );
}

/// A value of any kind, near to what fields hold.
fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[ -~]{0,12}",
        any::<String>(),
        Just("${SECRET:some-name}".to_owned()),
        Just("wss://root:hunter2@db:8000".to_owned()),
        Just("claude".to_owned()),
        Just("monthly".to_owned()),
    ];
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        (-10_i64..100_000).prop_map(Value::Integer),
        any::<i64>().prop_map(Value::Integer),
        (0.0..1.0).prop_map(Value::Decimal),
        any::<f64>()
            .prop_filter("a number", |n| n.is_finite())
            .prop_map(Value::Decimal),
        text.clone().prop_map(Value::Text),
        prop::collection::vec(text.prop_map(Value::Text), 0..3).prop_map(Value::List),
        prop::collection::vec((0_i64..9).prop_map(Value::Integer), 1..3).prop_map(Value::List),
    ]
}

/// What opening the field for input would make of the value.
fn said_for(kind: Kind, value: Value) -> Value {
    match (kind, kind.adopt(value)) {
        // A secret field is never given anything but text.
        (Kind::Secret, Value::Secret(secret)) => Value::Secret(secret),
        (Kind::Secret, other) => Value::Secret(Secret::new(other.to_string())),
        (_, other) => other,
    }
}

fn said(problems: &[Problem]) -> Vec<String> {
    named(problems).into_iter().collect()
}

fn named(problems: &[Problem]) -> BTreeSet<String> {
    problems
        .iter()
        .map(|problem| {
            let path = problem.path.as_ref().map_or("-", FieldPath::as_str);
            format!("{} {path} {}", problem.severity.word(), problem.sentence())
        })
        .collect()
}

fn values_of(config: &Config) -> Vec<(String, Option<Value>)> {
    config
        .iter()
        .map(|(field, leaf)| (field.path.to_string(), leaf.value.clone()))
        .collect()
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

#[test]
fn what_is_written_reads_back_to_the_same_values_and_problems() {
    let judge = Judge::shipped();
    let answers = prop::collection::vec((0..judge.schema.len(), any_value()), 0..8);
    let mut runner = proptest::test_runner::TestRunner::new(cases(100));
    let result = runner.run(&(0..PROFILES.len(), answers), |(profile, answers)| {
        let profile = PROFILES[profile];
        let overlay = support::overlay(answers.into_iter().map(|(field, value)| {
            let field = &judge.schema.fields()[field];
            (field.path.clone(), said_for(field.kind, value))
        }));
        let (config, problems) = judge.judge(profile, &overlay);
        for format in [Format::Toml, Format::Json, Format::Yaml] {
            let text = output::render(&config, format, Some(profile)).unwrap();
            let name = format!("vapora.{}", format.ending());
            let opened = input::read(Path::new(&name), text.as_bytes(), &judge.schema);
            prop_assert!(
                opened.problems.is_empty(),
                "{:?}\n{text}",
                named(&opened.problems)
            );
            let (again, found) = judge.judge(profile, &support::overlay(opened.values));
            prop_assert_eq!(values_of(&again), values_of(&config), "{}", text);
            prop_assert_eq!(named(&found), named(&problems), "{}", text);
        }
        prop_assert!(diff(&config, &config).is_empty());
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[derive(Clone, Debug)]
enum Step {
    Say(u8, Option<i64>),
    Profile(u8),
    Open(Option<u8>),
    Offer(u8, i64),
    Undo,
    Redo,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_u8..4, prop::option::weighted(0.8, 0_i64..5)).prop_map(|(field, n)| Step::Say(field, n)),
        1 => (0_u8..3).prop_map(Step::Profile),
        1 => prop::option::of(0_u8..2).prop_map(Step::Open),
        1 => (0_u8..4, 0_i64..5).prop_map(|(field, n)| Step::Offer(field, n)),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn undo_of_all_is_the_start_and_redo_of_all_the_end(steps in prop::collection::vec(any_step(), 0..60)) {
        let path = |field: u8| FieldPath::new(&format!("backend.f{field}"));
        let mut answers = Answers::default();
        for step in steps {
            match step {
                Step::Say(field, n) => answers.say(&path(field), n.map(Value::Integer)),
                Step::Profile(n) => answers.choose_profile(PROFILES[usize::from(n)]),
                Step::Open(n) => answers.open(n.map(|n| Base {
                    file: format!("{n}.toml").into(),
                    profile: None,
                    values: [(path(n), Value::Integer(1))].into(),
                    preset: None,
                }.into())),
                Step::Offer(field, n) => answers.offer_redo(&path(field), Value::Integer(n)),
                Step::Undo => drop(answers.undo()),
                Step::Redo => drop(answers.redo()),
            }
        }
        while answers.redo().is_some() {}
        let end = answers.said().clone();
        while answers.undo().is_some() {}
        prop_assert_eq!(answers.said(), &Said::default());
        while answers.redo().is_some() {}
        prop_assert_eq!(answers.said(), &end);
    }
}
