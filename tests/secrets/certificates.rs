//! A self-signed certificate: typed, planned, written, named by both settings.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use vapora_tui::caution::Caution;
use vapora_tui::made;
use vapora_tui::value::Value;

use crate::stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 16), (120, 36)];

fn open(setup: Setup) -> Stage {
    let mut stage = setup.profile("enterprise").on_disk().begin();
    stage.keys("/").text("tls certificate").keys("Enter Esc");
    stage.says("▸ TLS certificate").says("Space make");
    stage.keys("Space").says("Self-signed certificate");
    stage
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o7777
}

fn answer(stage: &Stage, path: &str) -> Option<String> {
    match stage.app.answers.get(path) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

/// What stands on the screen, with the folder of this run named otherwise.
fn screen(stage: &Stage) -> String {
    let root = stage.root().to_string_lossy().into_owned();
    stage.screen().replace(&root, "/srv/vapora")
}

#[test]
fn it_is_asked_planned_and_written() {
    for (width, height) in SIZES {
        let mut stage = open(Setup::new(width, height));
        insta::assert_snapshot!(
            format!("certificate_asked_{width}x{height}"),
            screen(&stage)
        );
        stage.keys("Tab Tab Tab Tab Enter").says("▸[ Back ]");
        stage.says("+ config/runtime/tls/tls.key");
        insta::assert_snapshot!(format!("certificate_plan_{width}x{height}"), screen(&stage));
        let tls = stage.root().join("config/runtime/tls");
        assert!(!tls.exists(), "a plan writes nothing");
        stage.keys("Shift+Tab Enter");
        let (crt, key) = (tls.join("tls.crt"), tls.join("tls.key"));
        assert_eq!((mode(&crt), mode(&key)), (0o644, 0o600));
        assert!(stage.app.windows.is_empty());
        assert_eq!(answer(&stage, made::CERTIFICATE).as_deref(), crt.to_str());
        assert_eq!(answer(&stage, made::KEY).as_deref(), key.to_str());
        if width == 80 {
            stage.says("Written: config/runtime/tls/tls.crt, mode 0644;");
            stage.says("Both settings name them; u takes that back, not the files.");
            stage.keys("u").says("Undone: 2 answers taken back.");
            assert!(!stage.app.unsaved(), "both in one step");
            stage.keys("U").says("Done again: 2 answers here again.");
            assert!(crt.exists());
        }
        let text = fs::read_to_string(&key).unwrap();
        let inside = text.lines().nth(1).unwrap();
        assert!(!stage.screen().contains(inside));
        assert!(!format!("{:?}", stage.effects).contains("PRIVATE"));
    }
}

#[test]
fn names_come_from_the_configuration() {
    let mut stage = open(Setup::new(80, 24).variable(
        "VAPORA__FRONTEND__API_URL",
        "https://vapora.eu.acme:443/api",
    ));
    stage.says("[vapora.eu.acme ");
}

#[test]
fn what_is_wrong_is_said_at_each_key_and_stops_the_plan() {
    for (keys, text, said) in [
        (
            "Ctrl+u",
            "a_b",
            "✗ a_b is neither a host name nor an IP address.",
        ),
        ("Ctrl+u", "", "✗ It is for no name."),
        (
            "Tab Ctrl+u",
            "900",
            "✗ 900 is no number of days it may hold. Give 1 to 825",
        ),
        ("Tab Tab Ctrl+u", "", "✗ It has no file."),
        ("Tab Tab Tab Ctrl+u", " ", "✗ It has no file."),
    ] {
        let mut stage = open(Setup::new(80, 24));
        stage.keys(keys).text(text).says(said);
        let back = stage.screen();
        // To the button by way of the others: the line that is wrong gets the keys again.
        while !stage.screen().contains("▸[ Show plan ]") {
            stage.keys("Tab");
        }
        stage.keys("Enter").says(said);
        assert!(back.contains("Self-signed"));
        assert!(!stage.root().join("config").exists());
    }
    let mut stage = open(Setup::new(80, 24));
    stage.keys("Ctrl+u").text("a_b");
    insta::assert_snapshot!("certificate_wrong_80x24", screen(&stage));
}

#[test]
fn files_that_are_there_are_replaced_only_after_a_question() {
    let mut stage = open(
        Setup::new(80, 24)
            .file("config/runtime/tls/tls.crt", "theirs")
            .file("config/runtime/tls/tls.key", "theirs"),
    );
    stage
        .keys("Tab Tab Tab Tab Enter")
        .says("~ config/runtime/tls/tls.key");
    stage
        .says("[ Replace 2 files ]")
        .says("What a replaced file holds is gone");
    stage.says("mode 0600 for the secret").says("was 0644");
    insta::assert_snapshot!("certificate_replaces_80x24", screen(&stage));
    let key = stage.root().join("config/runtime/tls/tls.key");
    // Back and Esc lead to what was typed, and then away.
    stage.keys("Enter").says("[ Show plan ]");
    stage.keys("Enter Esc").says("[ Show plan ]").keys("Esc");
    assert!(stage.app.windows.is_empty());
    assert_eq!(fs::read_to_string(&key).unwrap(), "theirs");
    assert!(!stage.app.unsaved());
    stage
        .keys("Space Tab Tab Tab Tab Enter Tab Enter")
        .says("Written: ");
    assert!(fs::read_to_string(&key).unwrap().contains("PRIVATE KEY"));
    assert_eq!(mode(&key), 0o600);
}

#[test]
fn what_appears_meanwhile_is_not_replaced() {
    let mut stage = open(Setup::new(80, 24));
    stage.keys("Tab Tab Tab Tab Enter");
    let tls = stage.root().join("config/runtime/tls");
    fs::create_dir_all(&tls).unwrap();
    fs::write(tls.join("tls.crt"), "somebody else's").unwrap();
    stage
        .keys("Tab Enter")
        .says("made by somebody else meanwhile");
    stage.says("The key was not kept");
    assert!(!tls.join("tls.key").exists());
    assert!(!stage.app.unsaved());
}

#[test]
fn a_place_that_takes_no_file_is_told_before() {
    let mut stage = open(Setup::new(80, 24).file("config/runtime/tls", "no folder"));
    stage.keys("Tab Tab Tab Tab Enter").says("✗ ");
    stage.says("▸[ Show plan ]");
    assert!(!stage.app.unsaved());
}

#[test]
fn it_is_found_by_its_name_where_tls_is_off() {
    let mut stage = Setup::new(80, 24).profile("solo").on_disk().begin();
    stage
        .keys(":")
        .text("certificate")
        .keys("Enter")
        .says("Self-signed certificate");
    stage
        .keys("Tab Tab Tab Tab Enter Tab Enter")
        .says("TLS is still off.");
}

#[test]
fn readonly_refuses() {
    let caution = Caution {
        readonly: true,
        ..Caution::default()
    };
    let mut stage = Setup::new(80, 24).profile("solo").caution(caution).begin();
    stage.keys(":").text("certificate").keys("Enter");
    stage
        .says("started with --readonly")
        .does_not_say("Show plan");
}
