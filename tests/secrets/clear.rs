//! A secret in clear makes the file its owner's alone, and every plan says so: screen, lines and verb.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::stage::{Setup, Stage};

const FILE: &str = "config/runtime/vapora.toml";
const MODE: &str = "mode 0600 for the secret in it";

fn made(stage: &mut Stage) {
    stage
        .keys("/")
        .text("jwt secret")
        .keys("Enter Esc Space End Enter");
}

#[test]
fn the_review_says_it_of_a_new_file() {
    let mut stage = Setup::new(80, 24).profile("solo").on_disk().begin();
    made(&mut stage);
    stage.keys("w").says(MODE).says("1 in clear");
    stage.says("its owner only; services of another user cannot read it");
    insta::assert_snapshot!("review_clear_80x24", stage.screen());
    stage.keys("Tab Enter").says("Written");
    let file = stage.root().join(FILE);
    assert_eq!(
        fs::metadata(file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn the_review_says_it_of_a_file_that_others_could_read() {
    let mut stage = Setup::new(80, 24)
        .file(FILE, "deployment_mode = \"solo\"\n")
        .open(FILE)
        .begin();
    let file = stage.root().join(FILE);
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o644
    );
    made(&mut stage);
    stage
        .keys("w")
        .says("mode 0600 for the secret in")
        .says("was 0644");
    insta::assert_snapshot!("review_clear_was_0644_80x24", stage.screen());
    stage.keys("Tab Enter").says("Written");
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn references_leave_the_mode_as_it_is() {
    let mut stage = Setup::new(80, 24).profile("solo").on_disk().begin();
    stage
        .keys("/")
        .text("jwt secret")
        .keys("Enter Esc Space Home Enter Enter w");
    stage
        .says("mode 0644")
        .does_not_say("for the secret")
        .says("0 in clear");
}

#[test]
fn the_verb_says_it_before_it_writes() {
    let room = tempfile::tempdir().unwrap();
    fs::write(
        room.path().join("jwt"),
        "swordfish-swordfish-swordfish-swordfish\n",
    )
    .unwrap();
    fs::write(room.path().join("v.toml"), "deployment_mode = \"solo\"\n").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
        .current_dir(room.path())
        .args(
            "render --from v.toml --set-file security.jwt_secret=jwt --output v.toml --dry-run"
                .split(' '),
        )
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains(&format!("{MODE}, was 0644")), "{said}");
    assert!(
        said.contains("1 secret value is written in clear, so only the owner may read the file.")
    );
    assert!(!said.contains("swordfish"));
}

/// Plain mode with these lines as its input; what it said.
fn plain(lines: &str) -> String {
    let room = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
        .current_dir(room.path())
        .env("HOME", room.path())
        .args(["--plain", "--profile", "solo"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    let done = child.wait_with_output().unwrap();
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn plain_mode_offers_the_same_ways_in_lines() {
    let said = plain("search jwt secret\n1\nmake\nwrite\nno\nquit\n");
    assert!(
        said.contains("Type make for a new one: 48 random bytes"),
        "{said}"
    );
    assert!(said.contains("JWT secret is (secret) now."), "{said}");
    assert!(said.contains(MODE), "{said}");
}

#[test]
fn plain_mode_asks_for_a_reference_visibly() {
    let said = plain("search jwt secret\n1\nrefer\nfile\nno/where\n\nquit\n");
    assert!(said.contains("env, file or store"), "{said}");
    assert!(said.contains("That is no whole path of a file."), "{said}");
    assert!(
        said.contains("JWT secret is ${FILE:/run/secrets/jwt-secret} now."),
        "{said}"
    );
}
