//! Two at one file: who else has it open, and a file that somebody else changed, brought together per setting.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "terminals/shared_file.rs"]
mod shared_file;
mod stage;

use std::fs;

use insta::assert_snapshot;
use shared_file::{FILE, changed, held, holder, opened, theirs};
use stage::{Setup, Stage};
use vapora_tui::caution::Caution;
use vapora_tui::tui::msg::Msg;
use vapora_tui::value::Value;

/// The header names the folder of the test.
fn below_the_header(screen: &str) -> &str {
    screen.split_once('\n').unwrap().1
}

fn text(stage: &Stage) -> String {
    fs::read_to_string(stage.root().join(FILE)).unwrap()
}

#[track_caller]
fn holds(stage: &Stage, lines: &[&str]) {
    let text = text(stage);
    for line in lines {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
}

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    let name = format!("{name}_{}x{}", size.width, size.height);
    assert_snapshot!(name, below_the_header(&stage.screen()));
}

#[test]
fn who_else_has_the_file_open_is_told_and_stays_in_sight() {
    for (width, height) in [(80, 24), (60, 16), (120, 36)] {
        let mut stage = held(width, height);
        assert_snapshot!(format!("held_{width}x{height}"), stage.screen());
        // A key takes the notice away; the header goes on saying it, the review too.
        stage.keys("Down Enter Down 9 2 0 0 Enter");
        stage.says("held by ops").does_not_say("another wizard");
        stage.keys("w").says("Held by").says("process 4711");
        assert_snapshot!(format!("held_review_{width}x{height}"), stage.screen());
    }
}

#[test]
fn it_is_asked_again_at_the_review_and_after_a_write_and_goes_when_the_other_ends() {
    let mut stage = held(80, 24);
    let asked = |stage: &Stage| {
        let claims = stage.effects.iter();
        claims.filter(|effect| effect.starts_with("Claim")).count()
    };
    assert_eq!(asked(&stage), 1, "at the start");
    stage.keys("Down Enter Down 9 2 0 0 Enter");
    assert_eq!(asked(&stage), 1, "and not with each key");
    stage.keys("w");
    assert_eq!(asked(&stage), 2, "at the review");
    let file = stage.root().join(FILE);
    stage.tell(Msg::Claimed(file, None));
    stage.does_not_say("held").does_not_say("Held by");
    stage.keys("Tab Enter").says("Written:");
    assert_eq!(asked(&stage), 3, "after the write: its folder may be new");
}

#[test]
fn another_output_file_is_claimed_instead() {
    let mut stage = held(80, 24);
    // A claim of the file that was left says nothing about this one.
    fs::remove_file(stage.root().join(FILE)).unwrap();
    stage.keys("w Left Enter").says("Save elsewhere");
    stage.keys("Ctrl+u").text("other.toml").keys("Enter");
    stage.says("+ other.toml").does_not_say("held by");
    let last = stage.effects.last().unwrap();
    assert!(last.contains("other.toml"), "{last}");
    let file = stage.root().join(FILE);
    stage.tell(Msg::Claimed(file, Some(holder())));
    stage.does_not_say("held by");
}

#[test]
fn the_start_screen_says_it_too() {
    let mut stage = Setup::new(80, 24).file(FILE, &theirs()).begin();
    let file = stage.root().join(FILE);
    stage.tell(Msg::Claimed(file, Some(holder())));
    assert_snapshot!("held_start", below_the_header(&stage.screen()));
    stage.says("held by ops");
}

#[test]
fn who_may_write_nothing_claims_nothing() {
    let caution = Caution {
        readonly: true,
        ..Caution::default()
    };
    let stage = Setup::new(80, 24).on_disk().caution(caution).begin();
    let claims = stage.effects.iter();
    assert_eq!(
        claims.filter(|effect| effect.starts_with("Claim")).count(),
        0
    );
}

#[test]
fn three_conflicts_are_chosen_one_by_one_and_the_rest_is_taken_over() {
    for (width, height) in [(80, 24), (60, 16), (120, 36)] {
        let mut stage = changed(width, height);
        stage.keys("w");
        snapshot(&stage, "changed");
        stage.keys("Left Left Enter").says("3 settings to choose");
        snapshot(&stage, "conflicts");
        stage.keys("Enter").says("3 settings still to choose");
        stage.keys("m t");
        stage.says("1 setting to choose").keys("m").says("goes on");
        snapshot(&stage, "chosen");
        stage
            .keys("Enter")
            .says("Brought together: 2 taken over, 3 chosen");
        snapshot(&stage, "review");
        assert_eq!(stage.app.unsaved_answers(), 3, "host, workers and pool");
        stage.keys("Tab Enter").says("Written:");
        holds(
            &stage,
            &[
                "# theirs, of today",
                "host = \"10.0.0.3\"",
                "keep_alive = 80",
                "max_connections = 50",
                "port = 9300",
                "workers = 5",
                "request_timeout = 90",
                "own = 1",
            ],
        );
        assert!(!stage.app.unsaved());
    }
}

#[test]
fn undo_brings_the_state_before_back_and_the_file_is_still_not_overwritten() {
    let mut stage = changed(80, 24);
    let before = stage.app.answers.said().clone();
    stage.keys("w Left Left Enter T Enter Esc");
    let after = stage.app.answers.said().clone();
    assert_ne!(after, before);
    stage
        .keys("u")
        .says("as it was before the file was brought together");
    assert_eq!(stage.app.answers.said(), &before);
    stage.keys("w").says("The file changed").keys("Esc");
    stage.keys("U").says("in here again");
    assert_eq!(stage.app.answers.said(), &after);
    stage.keys("w").says("Review: nothing is written yet");
}

#[test]
fn what_was_written_after_it_is_not_asked_about_when_it_is_undone() {
    let mut stage = changed(80, 24);
    stage
        .keys("w Left Left Enter T Enter Tab Enter")
        .says("Written:");
    stage.keys("u w").says("Review: nothing is written yet");
    stage.says("9200");
}

#[test]
fn giving_up_changes_nothing() {
    let mut stage = changed(80, 24);
    let (said, on_disk) = (stage.app.answers.said().clone(), text(&stage));
    stage.keys("w Left Left Enter m m Esc");
    stage.says("your answers are still here");
    assert_eq!(stage.app.answers.said(), &said);
    assert_eq!(text(&stage), on_disk);
    stage.keys("w").says("The file changed");
}

#[test]
fn the_race_between_review_and_write_ends_in_the_same_choice() {
    let mut stage = opened(80, 24);
    stage.keys("w Tab");
    fs::write(stage.root().join(FILE), theirs()).unwrap();
    stage.keys("Enter").says("The file changed");
    assert_eq!(text(&stage), theirs());
    stage
        .keys("Left Left Enter M Enter")
        .says("Brought together");
    stage.keys("Tab Enter").says("Written:");
    holds(&stage, &["port = 9200", "keep_alive = 80", "# theirs"]);
}

#[test]
fn only_comments_changed_is_no_question() {
    let mut stage = opened(80, 24);
    let file = stage.root().join(FILE);
    let commented = format!("# a word more\n{}", text(&stage));
    fs::write(&file, commented).unwrap();
    stage
        .keys("w")
        .says("Review: nothing is written yet")
        .says("written anew by somebody else, without another value");
    stage.keys("Tab Enter").says("Written:");
    holds(&stage, &["# a word more", "port = 9200"]);
}

#[test]
fn after_a_write_the_file_as_it_was_written_is_what_both_began_with() {
    let mut stage = opened(80, 24);
    stage.keys("w Tab Enter").says("Written:");
    let written = text(&stage);
    let file = stage.root().join(FILE);
    fs::write(&file, written.replace("keep_alive = 75", "keep_alive = 80")).unwrap();
    // Only what was said since the write is ours: the port is theirs as well by now.
    stage.keys("Down Down 7 Enter w").says("by you.");
    stage.keys("Left Left Enter Enter").says("1 taken over");
    stage.keys("Tab Enter").says("Written:");
    holds(&stage, &["port = 9200", "keep_alive = 80", "workers = 7"]);
}

#[test]
fn what_was_taken_back_since_the_write_is_ours_too() {
    let mut stage = opened(80, 24);
    stage.keys("w Tab Enter").says("Written:");
    let file = stage.root().join(FILE);
    let written = text(&stage);
    fs::write(&file, written.replace("keep_alive = 75", "keep_alive = 80")).unwrap();
    // The file that was opened first had 9100.
    stage.keys("Home Down r w Left Left Enter Enter");
    stage.keys("Tab Enter").says("Written:");
    holds(&stage, &["port = 9100", "keep_alive = 80"]);
}

#[test]
fn a_file_that_was_not_there_at_first_is_brought_together_with_the_profile_as_base() {
    let mut stage = Setup::new(80, 24).profile("multiuser").on_disk().begin();
    stage.keys("Down Enter Down 9 2 0 0 Enter");
    let file = stage.root().join(FILE);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, theirs()).unwrap();
    stage.keys("w").says("was made by somebody else meanwhile");
    stage.keys("Left Left Enter");
    snapshot(&stage, "made_meanwhile");
    stage.keys("M Enter Tab Enter").says("Written:");
    holds(&stage, &["port = 9200", "workers = 6", "# theirs"]);
}

#[test]
fn another_profile_of_theirs_is_taken_over_with_its_file() {
    let mut stage = opened(80, 24);
    let file = stage.root().join(FILE);
    let enterprise = text(&stage).replace("multiuser", "enterprise");
    fs::write(&file, enterprise).unwrap();
    stage.keys("w Left Left Enter Enter");
    stage
        .says("The profile is enterprise")
        .says("as the file has it");
    assert_eq!(stage.app.profile(), Some("enterprise"));
    stage.keys("Tab Enter").says("Written:");
    holds(&stage, &["deployment_mode = \"enterprise\"", "port = 9200"]);
}

#[test]
fn our_own_change_of_profile_stands_beside_their_changes() {
    let mut stage = opened(80, 24);
    stage.keys("m").says("enterprise");
    stage.keys("End Enter").says("The profile is enterprise");
    let file = stage.root().join(FILE);
    let theirs = text(&stage).replace("keep_alive = 75", "keep_alive = 80");
    fs::write(&file, theirs).unwrap();
    stage.keys("w Left Left Enter Enter").says("1 taken over");
    assert_eq!(stage.app.profile(), Some("enterprise"));
    stage.keys("Tab Enter").says("Written:");
    let lines = [
        "deployment_mode = \"enterprise\"",
        "port = 9200",
        "keep_alive = 80",
    ];
    holds(&stage, &lines);
}

#[test]
fn a_variable_of_this_process_does_not_hide_what_they_changed() {
    let mut stage = Setup::new(80, 24)
        .file(FILE, shared_file::OURS)
        .variable("VAPORA__BACKEND__WORKERS", "12")
        .begin_writing(FILE);
    stage.keys("End Up Enter");
    stage.says("multiuser");
    let file = stage.root().join(FILE);
    fs::write(
        &file,
        shared_file::OURS.replace("workers = 4", "workers = 6"),
    )
    .unwrap();
    stage.keys("w Left Left Enter").says("backend.workers");
    stage.keys("t Enter Tab Enter").says("Written:");
    holds(&stage, &["workers = 6"]);
}

#[test]
fn a_broken_or_vanished_file_says_what_can_be_done() {
    let mut stage = opened(80, 24);
    let file = stage.root().join(FILE);
    fs::write(&file, "[backend\nport = 1\n").unwrap();
    stage
        .keys("w")
        .says("now: line 1: A section's name is not closed.")
        .says("Mend it, or move it away");
    stage.keys("Esc");
    fs::write(&file, theirs()).unwrap();
    stage.keys("w").says("since it was read: 5 settings");
    // Gone while it is asked about: what was read of it is brought together, and the review finds it gone.
    fs::remove_file(&file).unwrap();
    stage
        .keys("Left Left Enter M Enter")
        .says("The file is gone");
    stage
        .keys("Left Left Enter")
        .says("+ config/runtime/vapora.toml");
    // And made once more by others before it is written.
    fs::write(&file, theirs().replace("= 90", "= 91")).unwrap();
    stage
        .keys("Tab Enter")
        .says("was made by somebody else meanwhile");
    stage
        .keys("Esc w")
        .says("was made by somebody else meanwhile");
}

#[test]
fn secrets_are_compared_and_not_shown() {
    let secret = |word: &str| {
        format!(
            "deployment_mode = \"multiuser\"\n\n[security]\njwt_secret = \"{word}-{word}-{word}-{word}-canary\"\n"
        )
    };
    let mut stage = Setup::new(80, 24)
        .file(FILE, &secret("first12"))
        .begin_writing(FILE);
    stage.keys("End Up Enter");
    stage
        .keys("/")
        .text("jwt_secret")
        .keys("Enter Enter Ctrl+u");
    stage
        .text("own-own-own-own-own-own-own-own-own-canary")
        .keys("Enter");
    fs::write(stage.root().join(FILE), secret("other12")).unwrap();
    stage.keys("w Left Left Enter");
    snapshot(&stage, "secrets");
    stage.does_not_say("canary").says("(changed)");
    let mut screen = stage.resize(120, 36).screen();
    assert_eq!(screen.matches("(secret, changed)").count(), 2, "{screen}");
    screen = stage.resize(60, 16).screen();
    assert_eq!(screen.matches(" changed ").count(), 3, "{screen}");
    stage.resize(80, 24);
    stage.keys("t Enter Tab Enter").says("Written:");
    holds(&stage, &["other12-other12"]);
}

#[test]
fn a_resumed_draft_that_was_brought_together_is_not_asked_about_again() {
    let mut stage = shared_file::resumed(80, 24);
    stage.keys("M Enter").says("goes on");
    stage.keys("Esc w").says("Review: nothing is written yet");
    let port = stage.app.answers.get("backend.port").cloned();
    assert_eq!(port, Some(Value::Integer(9200)));
    // But what changes from now on is.
    stage.keys("Esc");
    let again = theirs().replace("keep_alive = 80", "keep_alive = 90");
    fs::write(stage.root().join(FILE), again).unwrap();
    stage.keys("w").says("by you.");
}

#[test]
fn a_resumed_draft_knows_that_there_was_no_file() {
    let mut stage = shared_file::resumed_on_profile(80, 24);
    stage
        .keys("Esc w")
        .says("Review: nothing is written yet")
        .keys("Esc");
    let file = stage.root().join(FILE);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, theirs()).unwrap();
    stage.keys("w").says("was made by somebody else meanwhile");
}

#[test]
fn a_draft_of_the_named_file_is_offered_whichever_is_read_first() {
    let mut stage = shared_file::offered_with_file(80, 24);
    stage.says("▸[ Later ]").says("Resume");
    stage.keys("Enter").says("Panels");
}
