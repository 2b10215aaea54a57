//! Drafts on the screens: offered, looked at, discarded, taken up, and brought together with a file that changed.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "terminals/merging.rs"]
mod merging;
mod stage;

use std::fs;

use insta::assert_snapshot;
use merging::{FILE, THEIRS, merging, offered, on_file, on_profile, take};
use stage::Setup;
use vapora_tui::draft::News;
use vapora_tui::problem::Problem;
use vapora_tui::tui::msg::{Effect, Msg};
use vapora_tui::value::Value;

/// The header names the folder of the test.
fn below_the_header(screen: &str) -> &str {
    screen.split_once('\n').unwrap().1
}

#[test]
fn drafts_stand_on_the_start_screen() {
    let mut held = on_profile();
    held.runs = true;
    held.header.holder.pid = 1;
    let mut stage = offered(80, 24, vec![held, on_profile()]);
    assert_snapshot!("start", stage.screen());
    stage.keys("End");
    assert_snapshot!("start_chosen", stage.screen());
    for (width, height) in [(60, 16), (120, 40)] {
        stage.resize(width, height).says("Continue");
        stage.says("▸ enterprise, 4 answers");
    }
}

#[test]
fn without_one_the_start_screen_says_so() {
    let mut stage = offered(80, 24, Vec::new());
    stage.says("no draft on this host");
    stage.app.drafts.offers.elsewhere = 2;
    stage.app.drafts.offers.unreadable = 1;
    stage.says("2 drafts of other workspaces: vapora-tui draft list");
    stage.says("1 draft not readable: vapora-tui draft list says why");
}

#[test]
fn many_drafts_keep_the_chosen_one_in_view() {
    let drafts = (0..20).map(|n| {
        let mut draft = on_profile();
        draft.state.profile = Some(format!("own-{n}"));
        draft
    });
    let mut stage = offered(80, 24, drafts.collect());
    stage.keys("End").says("▸ own-19");
    stage.keys("Up Up Up").says("▸ own-16");
}

#[test]
fn a_draft_is_looked_at_before_anything_is_done() {
    let mut stage = offered(80, 24, vec![on_profile()]);
    stage.keys("End Enter");
    assert_snapshot!("draft", stage.screen());
    stage.keys("d").says("The table here is the difference");
    stage.keys("Tab Enter");
    assert_snapshot!("discard", stage.screen());
    // Esc is the harmless answer, and then the way back.
    stage.keys("Esc").says("▸[ Discard ]");
    stage.keys("Esc").says("New, from a profile");
    assert_eq!(stage.app.drafts.offers.drafts.len(), 1);
    let mut effects = stage.unanswered("End Enter Tab Enter Tab Enter");
    assert!(
        matches!(effects.pop(), Some(Effect::DropDraft(file)) if file.ends_with("a1b2c3.draft"))
    );
    let file = on_profile().file;
    stage.tell(Msg::DraftDropped(Ok(file)));
    stage
        .says("The draft is discarded.")
        .says("no draft on this host");
}

#[test]
fn one_that_is_held_says_by_whom() {
    let mut draft = on_profile();
    draft.runs = true;
    for (width, height) in [(80, 24), (60, 16)] {
        let mut stage = offered(width, height, vec![draft.clone()]);
        stage.keys("End Enter");
        assert_snapshot!(format!("held_{width}x{height}"), stage.screen());
        stage
            .keys("d")
            .says("The table here is the difference. Esc closes it.");
    }
}

#[test]
fn a_resumed_draft_goes_on_where_it_ended() {
    let mut stage = offered(80, 24, vec![on_profile()]);
    take(&mut stage, on_profile());
    assert_snapshot!("resumed", stage.screen());
    let kept = stage.app.draft_state().unwrap();
    assert_eq!(kept.answers, on_profile().state.answers);
    assert_eq!(kept.open, on_profile().state.open);
    // The secret is asked for, and stops writing until it is given or done without.
    stage.keys("Esc n n").says("drafts hold no secrets");
    assert_snapshot!("enter_again", stage.screen());
    stage.keys("r").says("what lies under it holds");
    assert_eq!(stage.app.again().count(), 0);
    stage.keys("u").says("Nothing to undo");
}

#[test]
fn a_file_that_changed_asks_for_each_setting_that_both_changed() {
    let mut stage = merging(80, 24);
    assert_snapshot!("merge", below_the_header(&stage.screen()));
    stage.keys("Enter").says("2 settings still to choose");
    stage
        .keys("m")
        .says("backend.port")
        .says("1 setting to choose");
    stage.keys("t").says("Enter goes on.");
    assert_snapshot!("merge_chosen", below_the_header(&stage.screen()));
    stage.keys("Enter").says("goes on: 3 answers");
    let answer = |path| stage.app.answers.get(path).cloned();
    assert_eq!(answer("backend.host"), Some(Value::Text("10.0.0.3".into())));
    assert_eq!(answer("backend.port"), None, "theirs was taken");
    assert_eq!(answer("backend.max_connections"), Some(Value::Integer(50)));
    let base = stage.app.answers.said().base.clone().unwrap();
    assert_eq!(base.values.get("backend.port"), Some(&Value::Integer(9300)));
    assert!(
        stage
            .effects
            .iter()
            .any(|effect| effect.starts_with("AdoptDraft"))
    );
    // What is written now is the file as it is, with the answers in it.
    stage.keys("w Tab Enter").says("Written:");
    let text = fs::read_to_string(stage.root().join(FILE)).unwrap();
    for line in [
        "host = \"10.0.0.3\"",
        "port = 9300",
        "workers = 6",
        "max_connections = 50",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert_eq!(stage.app.draft_state(), None);
}

#[test]
fn all_of_one_side_is_one_key_and_esc_takes_nothing_up() {
    for (key, host) in [
        ("T", None),
        ("M", Some("10.0.0.3")),
        ("b b", Some("10.0.0.1")),
    ] {
        let mut stage = merging(80, 24);
        stage.keys(key).keys("Enter").says("goes on");
        let found = stage.app.answers.get("backend.host").cloned();
        assert_eq!(found, host.map(|host| Value::Text(host.into())), "{key}");
    }
    let mut stage = merging(80, 24);
    stage
        .keys("m Esc")
        .says("Nothing is taken up")
        .says("New, from a profile");
    assert!(!stage.app.started);
    for (width, height) in [(60, 16), (120, 40)] {
        merging(width, height).says("▸ backend.host").says("9300");
    }
}

#[test]
fn a_file_that_is_gone_leaves_its_values() {
    let mut stage = Setup::new(80, 24).file("other", THEIRS).begin();
    let draft = on_file(stage.root());
    take(&mut stage, draft);
    stage
        .says("There is no such file.")
        .says("goes on: 3 answers");
    let base = stage.app.answers.said().base.clone().unwrap();
    assert_eq!(base.values.get("backend.workers"), Some(&Value::Integer(4)));
}

#[test]
fn a_draft_of_a_profile_that_is_not_here_is_not_taken() {
    let mut draft = on_profile();
    draft.state.profile = Some("ours".into());
    let mut stage = offered(80, 24, vec![draft]);
    let effects = stage.unanswered("End Enter Enter");
    assert!(
        effects
            .iter()
            .all(|effect| !matches!(effect, Effect::TakeDraft(_)))
    );
    stage.says("Its profile ours is not here");
}

#[test]
fn a_disk_that_refuses_is_told_once_and_leaving_asks_as_it_is() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.app.drafts.kept = true;
    stage.keys("Down Enter Down 9 0 0 1 Enter");
    stage.keys("q");
    assert_snapshot!("leave", stage.screen());
    stage.keys("Esc");
    let problem =
        Problem::error("The disk at /home is full.").hint("Free space on /home, then write again.");
    stage.tell(Msg::DraftNews(News::Refused(problem)));
    assert_snapshot!("refused", stage.screen());
    stage.keys("q").says("Leaving now loses it").keys("Esc");
    stage.tell(Msg::DraftNews(News::Kept));
    stage
        .says("kept in a draft again")
        .keys("q")
        .says("Leave, keep draft");
    stage.keys("Tab Tab Enter");
    assert!(stage.quit);
    assert!(stage.effects.iter().any(|effect| effect == "ForgetDraft"));
}

#[test]
fn a_named_start_offers_its_own_draft_only() {
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    let mut draft = on_profile();
    let offers = |draft| {
        Msg::Drafts(Box::new(vapora_tui::tui::draft_offers::Offers {
            drafts: vec![draft],
            ..Default::default()
        }))
    };
    stage.tell(offers(draft.clone()));
    stage.does_not_say("Resume");
    draft.state.profile = Some("solo".into());
    stage.tell(offers(draft));
    stage
        .says("▸[ Later ]")
        .keys("Enter")
        .does_not_say("Resume");
}
