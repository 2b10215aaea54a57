//! `man` and `completions` with the real program: the verbs, options and keys that there are, in a syntax that others read.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use clap::CommandFactory;
use vapora_tui::cli::args::CommandLine;
use vapora_tui::tui::action::Action;

const PROGRAM: &str = env!("CARGO_BIN_EXE_vapora-tui");

fn run(args: &[&str]) -> (i32, String, String) {
    let done = Command::new(PROGRAM)
        .args(args)
        .env_clear()
        .output()
        .unwrap();
    (
        done.status.code().unwrap(),
        String::from_utf8(done.stdout).unwrap(),
        String::from_utf8(done.stderr).unwrap(),
    )
}

#[test]
fn the_manual_names_every_verb_and_every_key() {
    let (code, page, _) = run(&["man"]);
    assert_eq!(code, 0);
    for verb in CommandLine::command().get_subcommands() {
        let entry = format!("vapora\\-tui\\-{}(1)", verb.get_name());
        assert!(page.contains(&entry), "{entry}");
    }
    for action in Action::ALL {
        // `-` and a leading `.` are written otherwise there.
        let words = action.sentence().split(['-', '\'']).next().unwrap();
        assert!(page.contains(words), "{}", action.sentence());
    }
    assert!(page.contains(".SH \"KEYS OF THE WIZARD\""));
}

#[test]
fn every_verb_has_a_page_of_its_own_with_its_options() {
    for verb in CommandLine::command().get_subcommands() {
        let (code, page, _) = run(&["man", verb.get_name()]);
        assert_eq!(code, 0);
        for option in verb
            .get_arguments()
            .filter_map(|argument| argument.get_long())
        {
            let option = option.replace('-', "\\-");
            assert!(
                page.contains(&format!("\\-\\-{option}")),
                "{} {option}",
                verb.get_name()
            );
        }
    }
}

#[test]
fn a_verb_of_two_words_has_a_page() {
    let (code, page, _) = run(&["man", "forms", "check"]);
    assert_eq!(code, 0);
    assert!(page.contains("\\-\\-typedialog"), "{page}");
}

#[test]
fn an_unknown_verb_is_named() {
    let (code, page, message) = run(&["man", "chekc"]);
    assert_eq!((code, page.as_str()), (2, ""));
    assert_eq!(
        message,
        "error: chekc is no verb.\n    The nearest is check.\n"
    );
}

#[test]
fn shells_take_the_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, script, _) = run(&["completions", shell]);
        assert_eq!(code, 0);
        assert!(script.contains("vapora-tui"), "{shell}");
    }
    // The one shell that is everywhere says whether it can read its script.
    let (_, script, _) = run(&["completions", "bash"]);
    let mut bash = Command::new("bash")
        .arg("-n")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    bash.stdin
        .take()
        .unwrap()
        .write_all(script.as_bytes())
        .unwrap();
    let read = bash.wait_with_output().unwrap();
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
}
