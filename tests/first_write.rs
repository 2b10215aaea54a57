//! The first write of solo makes the secret that signs its tokens: in the wizard, in lines, without anybody, by the verb.
#![cfg(all(feature = "tui", feature = "cli"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "room/fed.rs"]
mod fed;
mod room;
mod stage;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use fed::fed;
use room::{Done, Room};
use stage::{Setup, Stage};
use vapora_tui::caution::Caution;
use vapora_tui::schema::FieldPath;
use vapora_tui::value::Value;

const FILE: &str = "config/runtime/vapora.toml";
const JWT: &str = "security.jwt_secret";
const REFERENCE: &str = "${SECRET:jwt-secret}";
const MADE: &str = "This first write makes a JWT secret: solo has no place that keeps one.";
const KEPT: &str = "This write keeps the JWT secret that the file holds.";
const CLEAR: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

fn solo() -> Stage {
    Setup::new(80, 24).profile("solo").on_disk().begin()
}

fn answer(stage: &Stage) -> Option<Value> {
    stage.app.answers.get(JWT).cloned()
}

/// The 64 characters that were made, as any of the formats has them.
fn secret_in(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut made = text
        .split(|c| !is_part(c))
        .filter(|word| word.len() == 64 && !word.starts_with("VAPORA__"));
    let secret = made.next().unwrap_or_else(|| panic!("{text}")).to_owned();
    assert_eq!(made.next(), None, "{text}");
    secret
}

fn mode(file: &Path) -> u32 {
    file.metadata().unwrap().permissions().mode() & 0o777
}

impl Room {
    fn run(&self, args: &str) -> Done {
        Done::of(self.command(args.split_whitespace()).output().unwrap())
    }
}

#[test]
fn the_review_shows_it_and_undo_takes_it_back() {
    let mut stage = solo();
    stage.keys("w");
    insta::assert_snapshot!("review_80x24", stage.screen());
    let first = answer(&stage).unwrap();
    assert!(first.is_clear_secret());
    // The command makes one by itself.
    stage.says("1 in clear").does_not_say("--set-file");
    stage.keys("Esc u").does_not_say("Review");
    assert_eq!(answer(&stage), None);
    stage.keys("w").says("1 in clear");
    let second = answer(&stage).unwrap();
    assert_ne!(first, second);
    stage.keys("Tab Enter").says("Written");
    let file = stage.root().join(FILE);
    assert_eq!(mode(&file), 0o600);
    let written = fs::read_to_string(&file).unwrap();
    let secret = secret_in(&file);
    assert!(written.contains(&format!("jwt_secret = \"{secret}\"")));
    // From now on it stays.
    stage.keys("w").says("the same already");
    assert_eq!(answer(&stage), Some(second));
}

/// Nobody typed it, and the next write gives it again: a lost line never asks for it.
#[test]
fn no_draft_and_no_question_is_about_it() {
    let mut stage = solo();
    stage.app.drafts.kept = true;
    stage.keys("w Esc").says("●1");
    assert!(!stage.app.unsaved());
    assert_eq!(stage.app.draft_state(), None);
    stage.keys("w Tab Enter").says("Written");
    assert_eq!(stage.app.draft_state(), None);
    stage.keys("Down Enter Down 9 0 1 1 Enter");
    let kept = stage.app.draft_state().unwrap();
    let kept: Vec<&str> = kept.answers.keys().map(FieldPath::as_str).collect();
    assert_eq!(kept, ["backend.port"]);
    assert_eq!(stage.app.unsaved_answers(), 1);
}

#[test]
fn the_review_says_it_in_every_room() {
    for (width, height) in [(60, 16), (120, 36)] {
        let mut stage = solo();
        stage.resize(width, height).keys("w");
        insta::assert_snapshot!(format!("review_{width}x{height}"), stage.screen());
    }
}

#[test]
fn a_reference_of_the_operator_stays() {
    let mut chosen = solo();
    chosen.keys("/").text("jwt secret").keys("Enter Esc Space");
    chosen.says(REFERENCE).keys("Enter Enter").says("Kept: ");
    let mut typed = solo();
    typed
        .keys("/")
        .text("jwt secret")
        .keys("Enter Enter Ctrl+u");
    typed.text(REFERENCE).keys("Enter Esc");
    for stage in [&mut chosen, &mut typed] {
        let said = answer(stage).unwrap();
        assert_eq!(said.to_string(), REFERENCE);
        stage.keys("w").says("1 reference, 0 in clear");
        stage.says("mode 0644").does_not_say("JWT secret");
        assert_eq!(answer(stage), Some(said));
    }
    // Who only looks at it says nothing.
    let mut seen = solo();
    seen.keys("/").text("jwt secret").keys("Enter Enter Enter");
    assert_eq!(answer(&seen), None);
}

#[test]
fn none_is_made_where_nothing_would_be_written_or_something_keeps_it() {
    let mut wrong = solo();
    wrong
        .keys("/")
        .text("backend.port")
        .keys("Enter Enter Ctrl+u");
    wrong.text("80").keys("Enter Esc w").says("Review");
    let readonly = Caution {
        readonly: true,
        ..Caution::default()
    };
    let readonly = Setup::new(80, 24).profile("solo").caution(readonly);
    let mut readonly = readonly.on_disk().begin();
    readonly
        .keys("w")
        .says("Review")
        .says("started with --readonly. The first write would")
        .says("make a JWT secret");
    let mut kept = Setup::new(80, 24).profile("multiuser").on_disk().begin();
    kept.keys("w").says("Review");
    for stage in [&mut wrong, &mut readonly, &mut kept] {
        stage.says("0 in clear");
        assert_eq!(answer(stage), None);
    }
}

#[test]
fn the_secret_of_the_file_is_kept_and_a_reference_in_it_left() {
    let file = |secret: &str| {
        format!("deployment_mode = \"solo\"\n[security]\njwt_secret = \"{secret}\"\n")
    };
    let mut stage = Setup::new(80, 24).file(FILE, &file(CLEAR));
    stage = stage.profile("solo");
    let mut stage = stage.begin();
    stage.keys("w").says(KEPT);
    let said = answer(&stage).unwrap();
    assert_eq!(said, vapora_tui::value::Kind::Secret.read(CLEAR));
    // One that was opened says it itself.
    let opened = Setup::new(80, 24).file(FILE, &file(CLEAR)).open(FILE);
    let mut opened = opened.begin();
    opened.keys("w").says("1 in clear").does_not_say(KEPT);
    assert_eq!(answer(&opened), None);
    let refers = Setup::new(80, 24).file(FILE, &file(REFERENCE)).open(FILE);
    let mut refers = refers.begin();
    refers.keys("w").says("1 reference, 0 in clear");
    assert_eq!(answer(&refers), None);
}

#[test]
fn the_verb_makes_it_once() {
    for name in ["v.toml", "v.json", "v.yaml", "v.ncl", "v.env"] {
        let room = Room::with(&[]);
        let file = room.path(name);
        let render = format!("render --profile solo --output {name}");
        let args = format!("{render} --yes");
        let planned = room.run(&format!("{render} --dry-run"));
        assert_eq!(planned.code, 0, "{}", planned.err);
        for said in [MADE, "mode 0600 for the secret in it", "-> (secret)"] {
            assert!(planned.err.contains(said), "{name} {said}\n{}", planned.err);
        }
        assert!(!file.exists());
        let done = room.run(&args);
        assert_eq!(done.code, 0, "{name} {}", done.err);
        let change = format!("{JWT}: {REFERENCE} -> (secret)");
        for said in [MADE, &change, "Written"] {
            assert!(done.err.contains(said), "{name} {said}\n{}", done.err);
        }
        assert_eq!(mode(&file), 0o600);
        let (text, secret) = (fs::read(&file).unwrap(), secret_in(&file));
        let again = room.run(&args);
        assert_eq!(again.code, 0, "{name} {}", again.err);
        for said in [KEPT, "the same already"] {
            assert!(again.err.contains(said), "{name} {said}\n{}", again.err);
        }
        assert_eq!(fs::read(&file).unwrap(), text);
        for said in [planned, done, again] {
            assert!(!(said.out + &said.err).contains(&secret), "{name}");
        }
    }
}

#[test]
fn the_verb_leaves_what_was_said_and_what_is_printed() {
    let room = Room::with(&[]);
    let said = room.run(&format!(
        "render --profile solo --set {JWT}={REFERENCE} --output v.toml --yes"
    ));
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!said.err.contains("JWT secret"), "{}", said.err);
    let text = fs::read_to_string(room.path("v.toml")).unwrap();
    assert!(text.contains(REFERENCE));
    assert_eq!(mode(&room.path("v.toml")), 0o644);
    // A file that refers is left so, without being told again.
    let again = room.run("render --profile solo --output v.toml --yes");
    assert!(again.err.contains("the same already"), "{}", again.err);
    let printed = room.run("render --profile solo");
    assert!(printed.out.contains(REFERENCE), "{}", printed.err);
    let readonly = room.run("--readonly render --profile solo --output w.toml --yes");
    assert_eq!(readonly.code, 1, "{}", readonly.err);
    assert!(readonly.err.contains(MADE), "{}", readonly.err);
    assert!(readonly.err.contains("mode 0600"), "{}", readonly.err);
    assert!(!room.path("w.toml").exists());
}

#[test]
fn lines_and_answers_make_it_as_the_verb_does() {
    let lines = |room: &Room, lines: &str| {
        let args = ["--plain", "--profile", "solo", "--output", "v.toml"];
        let done = Done::of(fed(&mut room.command(args), lines));
        (done.out + &done.err).replace('\n', " ")
    };
    let room = Room::with(&[]);
    let said = lines(&room, "write\nno\nundo\nwrite\nyes\nquit\n");
    assert_eq!(said.matches(MADE).count(), 2, "{said}");
    assert!(said.contains("undo takes it back."), "{said}");
    assert!(said.contains("1 in clear"), "{said}");
    let secret = secret_in(&room.path("v.toml"));
    assert!(!said.contains(&secret));
    assert_eq!(mode(&room.path("v.toml")), 0o600);

    let room = Room::with(&[]);
    let script = "search jwt_secret\n1\nrefer\nstore\n\nback\nwrite\nyes\nquit\n";
    let said = lines(&room, script);
    assert!(!said.contains(MADE), "{said}");
    let text = fs::read_to_string(room.path("v.toml")).unwrap();
    assert!(text.contains(REFERENCE), "{said}");

    let room = Room::with(&[("a.toml", "profile = \"solo\"\n")]);
    let args = "--plain --answers a.toml --output v.toml --yes";
    let first = room.run(args);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.err.contains(MADE), "{}", first.err);
    let secret = secret_in(&room.path("v.toml"));
    let second = room.run(args);
    assert!(second.err.contains(KEPT), "{}", second.err);
    assert!(second.err.contains("the same already"), "{}", second.err);
    assert_eq!(secret_in(&room.path("v.toml")), secret);
}
