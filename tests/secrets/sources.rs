//! Space on a secret: where it comes from, and what becomes of each way.

use vapora_tui::caution::Caution;
use vapora_tui::draft::Kept;
use vapora_tui::made;
use vapora_tui::tui::making::{Made, Wanted};
use vapora_tui::tui::msg::{Effect, Msg};
use vapora_tui::value::Value;

use crate::stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 16), (120, 36)];
const PATH: &str = "security.jwt_secret";

/// On the secret of the log-in tokens.
fn at_secret(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height).profile("solo").on_disk().begin();
    stage.keys("/").text("jwt secret").keys("Enter Esc");
    stage.says("▸ JWT secret");
    stage
}

fn in_force(stage: &Stage) -> String {
    match stage.app.in_force(&PATH.into()) {
        Some(value @ Value::Secret(secret)) => match secret.reference() {
            Some(reference) => reference.to_owned(),
            None => value.to_string(),
        },
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

#[test]
fn the_ways_are_listed_with_what_the_file_would_hold() {
    for (width, height) in SIZES {
        let mut stage = at_secret(width, height);
        stage.says("Space pick");
        stage.keys("Space");
        stage.says("${ENV:VAPORA__SECURITY__JWT_SECRET}");
        stage.says("▸ Secret store");
        insta::assert_snapshot!(format!("sources_{width}x{height}"), stage.screen());
        stage.keys("Up Up Enter Ctrl+u").text("9 no");
        insta::assert_snapshot!(format!("reference_wrong_{width}x{height}"), stage.screen());
    }
}

#[test]
fn a_reference_is_checked_at_each_key_and_kept() {
    for (row, typed, kept) in [
        ("Home", "JWT_KEY", "${ENV:JWT_KEY}"),
        ("Home Down", "/srv/jwt", "${FILE:/srv/jwt}"),
        ("Home Down Down", "eu/jwt", "${SECRET:eu/jwt}"),
        ("Home Down Down", "${SECRET:whole}", "${SECRET:whole}"),
    ] {
        let mut stage = at_secret(80, 24);
        stage.keys("Space").keys(row).keys("Enter Ctrl+u");
        stage.says("✗ That is no").text("}");
        stage.keys("Enter").says("Not kept.").says("✗ That is no");
        stage.keys("Ctrl+u").text(typed);
        stage.says(&format!("The file will hold {kept}"));
        stage
            .keys("Enter")
            .says(&format!("Kept: {kept}; u undoes."));
        assert_eq!(in_force(&stage), kept);
        assert!(stage.app.windows.is_empty());
        stage.keys("u");
        assert_eq!(in_force(&stage), "${SECRET:jwt-secret}");
        assert!(!stage.app.unsaved());
    }
}

#[test]
fn the_proposed_reference_is_one_enter_away() {
    let mut stage = at_secret(80, 24);
    stage
        .keys("Space Home Enter")
        .says("[VAPORA__SECURITY__JWT_SECRET");
    stage.keys("Enter");
    assert_eq!(in_force(&stage), "${ENV:VAPORA__SECURITY__JWT_SECRET}");
    // The list begins on what holds, and taking that again is no answer more.
    stage.keys("Space").says("▸ Environment ");
    stage.keys("Enter Enter").says("already");
    stage.keys("u");
    assert!(!stage.app.unsaved());
}

#[test]
fn esc_goes_back_step_by_step_and_changes_nothing() {
    let mut stage = at_secret(80, 24);
    stage.keys("Ctrl+l");
    let before = stage.screen();
    stage.keys("Space Enter x Esc").says("from where?");
    stage.keys("Esc");
    assert_eq!(stage.screen(), before);
    assert!(!stage.app.unsaved());
    // What is chosen from is no place to type or paste into.
    stage
        .keys("Space")
        .paste("swordfish")
        .does_not_say("swordfish");
}

#[test]
fn typing_begins_the_hidden_edit() {
    let mut stage = at_secret(80, 24);
    stage.keys("Space End Up Enter").text("swordfish");
    stage.says("*********").does_not_say("swordfish");
    stage
        .keys("Enter")
        .says("Kept in clear, so the file gets mode 0600");
}

#[test]
fn one_is_made_and_shown_only_when_asked() {
    for (width, height) in SIZES {
        let mut stage = at_secret(width, height);
        stage
            .keys("Space End")
            .says("48 random bytes")
            .keys("Enter");
        insta::assert_snapshot!(format!("made_{width}x{height}"), stage.screen());
    }
    let mut stage = at_secret(80, 24);
    stage.keys("Space End Enter");
    stage
        .says("so the file gets mode 0600")
        .says("s shows it")
        .says("(secret)");
    let Some(Value::Secret(made)) = stage.app.in_force(&PATH.into()).cloned() else {
        panic!("a secret");
    };
    let text = made.expose();
    assert_eq!(text.len(), made::CHARACTERS);
    stage
        .does_not_say(&text[..8])
        .keys("s")
        .says(&text[..8])
        .keys("s");
    stage.does_not_say(&text[..8]);
    // It is in no draft; the next session asks for it again.
    stage.app.drafts.kept = true;
    let draft = stage.app.draft_state().unwrap();
    assert_eq!(draft.answers.get(PATH), Some(&Kept::Secret));
    assert!(!format!("{draft:?}").contains(&text[..8]));
    assert!(!format!("{:?}", stage.app.answers.said()).contains(&text[..8]));
    // Each is another; undo goes back one by one.
    stage.keys("Space End Enter");
    assert_ne!(
        stage.app.in_force(&PATH.into()),
        Some(&Value::Secret(made.clone()))
    );
    stage.keys("u");
    assert_eq!(stage.app.in_force(&PATH.into()), Some(&Value::Secret(made)));
    stage.keys("u");
    assert_eq!(in_force(&stage), "${SECRET:jwt-secret}");
}

#[test]
fn what_is_asked_and_answered_prints_no_secret() {
    let secret = made::jwt_secret().unwrap();
    let start = secret.expose()[..8].to_owned();
    let msg = Msg::Made(Made::Secret(PATH.into(), Ok(secret)));
    assert!(!format!("{msg:?}").contains(&start));
    let effect = Effect::Make(Wanted::Secret(PATH.into()));
    assert!(format!("{effect:?}").contains(PATH));
}

#[test]
fn other_secrets_are_given_by_others_and_not_made() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("/")
        .text("database.password")
        .keys("Enter Space");
    stage
        .says("${SECRET:database-password}")
        .does_not_say("Make one");
    assert_eq!(made::JWT_SECRET, PATH);
}

#[test]
fn an_answer_may_be_made_where_nothing_may_be_written() {
    let caution = Caution {
        readonly: true,
        ..Caution::default()
    };
    let mut stage = Setup::new(80, 24).profile("solo").caution(caution).begin();
    stage
        .keys("/")
        .text("jwt secret")
        .keys("Enter Esc Space End Enter");
    stage.says("(secret)");
}
