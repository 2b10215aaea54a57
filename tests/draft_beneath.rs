//! A draft whose file is another by now: what its window shows under the answers, and what was being typed in the choice.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "terminals/merging.rs"]
#[allow(dead_code, reason = "the other drafts are of other tests")]
mod merging;
mod stage;

use std::fs;
use std::sync::Arc;

use insta::assert_snapshot;
use merging::{FILE, THEIRS, on_file, take};
use stage::{Setup, Stage};
use vapora_tui::draft::{Draft, Kept, Open};
use vapora_tui::resume::Resumed;
use vapora_tui::tui::draft_offers::Offers;
use vapora_tui::tui::msg::{Effect, Msg};
use vapora_tui::value::Value;

/// As it was when the draft was kept.
const THEN: &str = r#"deployment_mode = "multiuser"

[backend]
host = "10.0.0.1"
port = 9100
workers = 4
"#;

/// The start screen with a draft over a file that reads `now`.
fn offered(setup: Setup, now: &str, change: impl FnOnce(&mut Draft)) -> Stage {
    let mut stage = setup.file(FILE, now).begin();
    let mut draft = on_file(stage.root());
    change(&mut draft);
    stage.app.drafts.kept = true;
    stage.tell(Msg::Drafts(Box::new(Offers {
        drafts: vec![draft],
        ..Offers::default()
    })));
    stage
}

fn window(width: u16, height: u16, now: &str) -> Stage {
    let mut stage = offered(Setup::new(width, height), now, |_| {});
    stage.keys("End Enter");
    stage
}

/// The header names the folder of the test.
fn below_the_header(stage: &Stage) -> String {
    stage.screen().split_once('\n').unwrap().1.to_owned()
}

#[track_caller]
fn row<'a>(screen: &'a str, setting: &str) -> &'a str {
    let mut rows = screen.lines().filter(|line| line.contains(setting));
    rows.next()
        .unwrap_or_else(|| panic!("{setting} is not in:\n{screen}"))
}

#[test]
fn what_lies_under_an_answer_is_the_file_as_it_is_now() {
    for (width, height) in [(80, 24), (60, 16), (120, 36)] {
        let mut stage = window(width, height, THEIRS);
        let name = format!("changed_{width}x{height}");
        assert_snapshot!(name, below_the_header(&stage));
        stage.says("10.0.0.2 now, 10.0.0.1 when the draft was");
        stage.keys("Down").says("max_connections");
        stage.does_not_say("when the draft was kept");
        stage.keys("Down").says("9300 now, 9100 when the draft was");
    }
}

#[test]
fn the_window_and_the_choice_that_follows_say_the_same() {
    let mut stage = window(80, 24, THEIRS);
    stage.says("it changed: 2 to choose, 2 taken over");
    let draft = on_file(stage.root());
    take(&mut stage, draft);
    stage.says("2 settings to choose");
    stage.says("backend.keep_alive").says("backend.workers");
}

#[test]
fn a_file_as_it_was_says_nothing_of_a_change() {
    let mut stage = offered(Setup::new(80, 24), THEN, |_| {});
    let bytes = fs::read(stage.root().join(FILE)).unwrap();
    let draft = &mut stage.app.drafts.offers.drafts[0];
    let mut base = (**draft.state.base.as_ref().unwrap()).clone();
    base.sha256 = Some(sha256(&bytes));
    draft.state.base = Some(Arc::new(base));
    stage.keys("End Enter").says("10.0.0.1");
    stage.does_not_say("was").does_not_say("Since then");
    stage.says("Resume goes on where it ended");
    // Other bytes with the same values are no change of a setting.
    let mut stage = window(80, 24, &format!("# touched\n{THEN}"));
    stage.says("it was written anew, with the same values");
    stage.does_not_say("(was");
}

fn sha256(bytes: &[u8]) -> String {
    let room = tempfile::tempdir().unwrap();
    let file = room.path().join("v.toml");
    fs::write(&file, bytes).unwrap();
    let found = vapora_tui::store::read(&file).unwrap().unwrap();
    vapora_tui::draft::hex(&found.fingerprint.sha256)
}

#[test]
fn a_file_that_is_gone_leaves_what_it_said() {
    let mut stage = offered(Setup::new(80, 24), THEIRS, |_| {});
    fs::remove_file(stage.root().join(FILE)).unwrap();
    stage.keys("End Enter");
    stage.says("There is no such file. Its values of then hold.");
    let screen = stage.screen();
    assert!(
        row(&screen, "backend.host").contains("10.0.0.1 "),
        "{screen}"
    );
    assert!(!screen.contains("(was"), "{screen}");
}

#[test]
fn until_the_file_is_read_nothing_is_said_of_it() {
    let mut stage = offered(Setup::new(80, 24), THEIRS, |_| {});
    let effects = stage.unanswered("End Enter");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::LookUnder(_)))
    );
    let screen = stage.screen();
    assert!(row(&screen, "backend.host").contains('…'), "{screen}");
    stage.carry_out(effects).says("10.0.0.2");
    // Once is enough.
    let more = stage.unanswered("Down Tab Tab");
    assert!(more.is_empty(), "{more:?}");
}

#[test]
fn a_variable_lies_over_the_file_then_and_now() {
    let setup = Setup::new(80, 24).variable("VAPORA__BACKEND__PORT", "9400");
    let mut stage = offered(setup, THEIRS, |_| {});
    stage.keys("End Enter");
    let screen = stage.screen();
    let port = row(&screen, "backend.port");
    assert!(port.contains("9400") && !port.contains("was"), "{screen}");
}

#[test]
fn a_secret_of_the_file_shows_neither_state() {
    let now =
        format!("{THEIRS}\n[security]\njwt_secret = \"other-other-other-other-other-canary\"\n");
    let mut stage = offered(Setup::new(80, 24), &now, |draft| {
        let mut base = (**draft.state.base.as_ref().unwrap()).clone();
        base.values
            .insert("security.jwt_secret".into(), Kept::Secret);
        draft.state.base = Some(Arc::new(base));
        draft
            .state
            .answers
            .insert("security.jwt_secret".into(), Kept::Secret);
    });
    stage.keys("End Enter").does_not_say("canary");
    let screen = stage.screen();
    let secret = row(&screen, "security.jwt_secret");
    assert!(
        secret.contains("(secret)") && !secret.contains("was"),
        "{screen}"
    );
}

fn typing(path: &str, text: &str) -> impl Fn(&mut Draft) {
    let (path, text) = (path.into(), text.to_owned());
    move |draft| {
        draft.state.open = Some(Open {
            path: vapora_tui::schema::FieldPath::clone(&path),
            text: Some(text.clone()),
        });
    }
}

/// The choice about a draft in which this was being typed.
fn choosing(path: &str, text: &str) -> Stage {
    let mut stage = Setup::new(80, 24).file(FILE, THEIRS).begin();
    let mut draft = on_file(stage.root());
    typing(path, text)(&mut draft);
    take(&mut stage, draft);
    stage
}

#[test]
fn what_was_being_typed_counts_in_the_choice_by_what_it_says() {
    // Its kept answer is 9200.
    let mut stage = choosing("backend.port", "9250");
    assert_snapshot!("typed", below_the_header(&stage));
    stage.keys("m m Enter").says("goes on");
    let typed = stage.app.edit.as_ref().map(|edit| edit.text().to_owned());
    assert_eq!(typed.as_deref(), Some("9250"), "and it is typed on");
    stage.keys("Esc");
    let kept = stage.app.answers.get("backend.port").cloned();
    assert_eq!(kept, Some(Value::Integer(9200)), "Esc: what was kept");
}

#[test]
fn theirs_or_base_ends_what_was_being_typed() {
    for (key, port) in [("T", None), ("b b", Some(Value::Integer(9100)))] {
        let mut stage = choosing("backend.port", "9250");
        stage.keys(key).keys("Enter").says("goes on");
        assert!(stage.app.edit.is_none(), "{key}");
        assert_eq!(
            stage.app.answers.get("backend.port").cloned(),
            port,
            "{key}"
        );
    }
}

#[test]
fn a_field_that_was_only_being_typed_is_asked_about_too() {
    let mut stage = choosing("backend.workers", "5");
    stage.says("3 settings to choose").keys("M Enter");
    let typed = stage.app.edit.as_ref().map(|edit| edit.text().to_owned());
    assert_eq!(typed.as_deref(), Some("5"));
    // In the unit that is shown.
    let mut stage = choosing("backend.keep_alive", "2 min");
    stage.says("3 settings to choose").says("120 s");
    // The window before says so as well.
    let workers = typing("backend.workers", "5");
    let mut stage = offered(Setup::new(80, 24), THEIRS, workers);
    stage.keys("End Enter").says("it changed: 3 to choose");
}

#[test]
fn a_text_in_dollars_that_finds_no_place_is_kept_as_dollars() {
    const LIMIT: &str = "llm_router.budget_enforcement.role_limits.architect_cents";
    let mut stage = Setup::new(80, 24).file(FILE, THEN).begin();
    let mut draft = on_file(stage.root());
    draft.state.base = None;
    typing(LIMIT, "40.00")(&mut draft);
    stage.app.drafts.kept = true;
    let schema = stage.app.schema.clone().unwrap();
    let resumed = Resumed::of(draft, &schema);
    let mut effects = stage.app.handle(Msg::DraftTaken(Ok(Box::new(resumed))));
    // A window is in front before the first verdict.
    effects.extend(stage.unanswered("?"));
    stage.carry_out(effects);
    assert!(stage.app.edit.is_none());
    let kept = stage.app.answers.get(LIMIT).cloned();
    assert_eq!(kept, Some(Value::Integer(4_000)));
}
