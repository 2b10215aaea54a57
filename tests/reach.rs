//! At a keystroke only what it can reach is evaluated again. Here the same questions are asked of an evaluator that
//! goes from edit to edit and of one that was made to forget: they must say the same.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use vapora_tui::nickel::Texts;
use vapora_tui::nickel::protocol::{Request, Response, SourceText, receive, send};
use vapora_tui::nickel::serve::{STACK_BYTES, serve};
use vapora_tui::nickel::texts::ENTRY;
use vapora_tui::workspace::Workspace;

const PROFILE: &str = "profiles/one.ncl";
const OTHER: &str = "profiles/other.ncl";

/// Sections that read each other: by contracts of the schema, and by values of the profile.
const SCHEMA: &str = r#"
let contract = fun check => %contract/custom% (fun _label value =>
  let said = check value in if said == "" then 'Ok value else 'Error { message = said }) in
{
  version = "1", renamed = {},
  ranges = { "a.x" = { kind = "integer" }, "a.y" = { kind = "integer" }, "b.x" = { kind = "integer" },
    "c.x" = { kind = "integer" }, "d.x" = { kind = "integer" }, "e.x" = { kind = "integer" }, "e.inner.y" = { kind = "integer" }, "top" = { kind = "integer" } },
  Config = {
    top | Number | default = 1,
    a | { x | Number | default = 1, y | Number | default = 2 } | default = {},
    b | { x | Number | contract (fun v => if v < a.x then "b.x is below a.x" else "") | default = 5 } | default = {},
    c | { x | Number | default = 3 } | default = {},
    e | { x | Number | default = 1,
      inner | { y | Number | contract (fun v => if v < x then "e.y is below e.x" else "") | default = 3 } | default = {} } | default = {},
    d | { x | Number | contract (fun v => if v == top then "d.x is top" else "") | default = 9 } | default = {},
  },
  errors = [{ path = "c.x", reads = ["c.x", "a.y"], holds = fun c => c.c.x != c.a.y,
    message = fun c => "the same", hint = fun c => "" }],
  warnings = [],
}"#;
/// `c.x` follows `b.x`, which is another section.
const FOLLOWS: &str = "{ b.x | priority -1 = 6, c.x | priority -1 = b.x + 1 }";

/// Answers of one evaluator to all questions, in order.
fn ask(texts: Vec<SourceText>, questions: Vec<(&'static str, Json)>) -> Vec<String> {
    let mut wire = Vec::new();
    send(&mut wire, &Request::Load { texts }).unwrap();
    for (i, (profile, overlay)) in questions.into_iter().enumerate() {
        let overlay = overlay.as_object().unwrap();
        let request = Request::Evaluate {
            ticket: i as u64,
            profile: Some(profile.to_owned()),
            overlay: overlay
                .iter()
                .map(|(path, value)| (path.clone(), value.clone()))
                .collect(),
        };
        send(&mut wire, &request).unwrap();
    }
    std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let mut out = Vec::new();
            serve(&mut wire.as_slice(), &mut out).unwrap();
            let mut out = out.as_slice();
            std::iter::from_fn(|| receive::<Response>(&mut out).unwrap())
                .filter_map(|response| match response {
                    Response::Evaluated {
                        leaves, findings, ..
                    } => Some(format!("{leaves:?} {findings:?}")),
                    _ => None,
                })
                .collect()
        })
        .unwrap()
        .join()
        .unwrap()
}

/// Each overlay is asked twice: on the way from the one before, and after another profile made everything forgotten.
fn agree(texts: Vec<SourceText>, profile: &'static str, other: &'static str, overlays: &[Json]) {
    let mut questions: Vec<_> = overlays
        .iter()
        .map(|overlay| (profile, overlay.clone()))
        .collect();
    for overlay in overlays {
        questions.push((other, json!({})));
        questions.push((profile, overlay.clone()));
    }
    let answers = ask(texts, questions);
    for (i, overlay) in overlays.iter().enumerate() {
        let anew = &answers[overlays.len() + 2 * i + 1];
        assert_eq!(&answers[i], anew, "step {i}: {overlay}");
    }
}

/// Overlays of which each is the one before with one field said, changed or taken back.
fn steps(
    fields: &'static [(&'static str, &'static [&'static str])],
) -> impl Strategy<Value = Vec<Json>> {
    let edit = (0..fields.len(), 0..4_usize);
    proptest::collection::vec(edit, 1..12).prop_map(move |edits| {
        let mut overlay = serde_json::Map::new();
        let mut overlays = Vec::new();
        for (field, value) in edits {
            let (path, values) = fields[field];
            match values.get(value) {
                Some(text) => {
                    overlay.insert(path.to_owned(), serde_json::from_str(text).unwrap());
                }
                None => drop(overlay.shift_remove(path)),
            }
            overlays.push(Json::Object(overlay.clone()));
        }
        overlays
    })
}

const SMALL: &[(&str, &[&str])] = &[
    ("a.x", &["1", "7", "\"x\""]),
    ("a.y", &["3", "7"]),
    ("b.x", &["2", "8", "null"]),
    ("c.x", &["3", "7"]),
    ("d.x", &["1", "4", "[]"]),
    ("e.x", &["1", "4", "9"]),
    ("e.inner.y", &["2", "5", "true"]),
    ("top", &["1", "4", "9"]),
    ("unknown.x", &["1"]),
];

const SHIPPED: &[(&str, &[&str])] = &[
    ("backend.port", &["8001", "80", "\"x\""]),
    ("backend.auth.oauth_enabled", &["true", "false"]),
    ("agents.port", &["8001", "9002"]),
    ("security.tls_enabled", &["true", "false"]),
    (
        "llm_router.budget_enforcement.role_limits.architect_cents",
        &["0", "400000"],
    ),
    ("frontend.api_url", &["\"http://a\"", "\"\""]),
    ("nats.enabled", &["true", "false"]),
    ("deployment_mode", &["\"solo\"", "\"none\""]),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn edits_of_sections_that_read_each_other(overlays in steps(SMALL)) {
        let text = |name: &str, text: &str| SourceText { name: name.into(), text: text.into(), shipped: true };
        let texts = vec![text(ENTRY, SCHEMA), text(PROFILE, FOLLOWS), text(OTHER, "{}")];
        agree(texts, PROFILE, OTHER, &overlays);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn edits_of_the_shipped_configuration(overlays in steps(SHIPPED)) {
        let texts = Texts::read(&Workspace::at("/nowhere")).sources;
        agree(texts, "profiles/enterprise.ncl", "profiles/solo.ncl", &overlays);
    }
}

#[test]
fn a_change_reaches_the_section_that_reads_it() {
    let text = |name: &str, text: &str| SourceText {
        name: name.into(),
        text: text.into(),
        shipped: true,
    };
    let texts = vec![text(ENTRY, SCHEMA), text(PROFILE, FOLLOWS)];
    let answers = ask(
        texts,
        vec![
            (PROFILE, json!({})),
            (PROFILE, json!({"b.x": 10})),
            (PROFILE, json!({"b.x": 10, "a.x": 11})),
        ],
    );
    assert!(!answers[0].contains("Number(11)"), "{}", answers[0]);
    // The profile's c.x is b.x + 1.
    assert!(answers[1].contains("Number(11)"), "{}", answers[1]);
    assert!(answers[2].contains("B.x is below a.x"), "{}", answers[2]);
}
