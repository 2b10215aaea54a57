//! What verbs tell beside their result: names that do not fit, pipes that nobody writes to, forms that contradict
//! themselves.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use crate::{Done, Room};

#[test]
fn a_name_that_says_nothing_of_the_format_is_told() {
    let room = Room::with(&[("key", "0123456789abcdef0123456789abcdef")]);
    let args = "render --profile solo --set-file security.jwt_secret=key --dry-run --output";
    let said = "a.ini: warning: The name does not end in .toml, .json, .yaml, .yml, .ncl or .env, so it is written as TOML.";
    let done = room.run(&format!("{args} a.ini"), "");
    assert_eq!(done.code, 0);
    assert!(done.err.contains(said), "{}", done.err);
    for args in [
        format!("{args} a.ini --format toml"),
        format!("{args} a.toml"),
    ] {
        let done = room.run(&args, "");
        assert!(
            !done.err.contains("does not end in"),
            "{args}: {}",
            done.err
        );
    }
}

#[test]
fn a_pipe_that_nobody_writes_to_is_named() {
    let room = Room::with(&[]);
    let made = Command::new("mkfifo").arg(room.path("pipe")).status();
    assert!(made.unwrap().success());
    let mut child = room
        .command([
            "render",
            "--profile",
            "solo",
            "--set-file",
            "security.jwt_secret=pipe",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert_eq!(line, "Waiting for pipe: nobody has written to it yet.\n");
    // Written to now, it is read as any other.
    std::fs::write(room.path("pipe"), "0123456789abcdef0123456789abcdef\n").unwrap();
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(
        rest.contains("Not printed: it holds 1 secret in clear:"),
        "{rest}"
    );
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_form_that_hides_and_shows_in_turn_names_the_setting() {
    let room = Room::with(&[
        (
            "profiles/mine.ncl",
            "(import \"solo.ncl\") & { backend = { port, workers = if port == 9000 then 8 else 4 } }",
        ),
        (
            "forms/fragments/backend/server.toml",
            "name = \"Backend\"\n[[elements]]\nname = \"workers\"\ntype = \"number\"\nprompt = \"Workers\"\n\
             nickel_path = [\"backend\", \"workers\"]\n[[elements]]\nname = \"port\"\ntype = \"number\"\n\
             prompt = \"Port\"\nwhen = \"workers == 4\"\nnickel_path = [\"backend\", \"port\"]\n",
        ),
    ]);
    let done: Done = room.run("render --profile mine --set backend.port=9000", "");
    let said = "error: backend.port: The form hides and shows backend.port in turn, because each depends on the other.";
    assert!(done.err.contains(said), "{}{}", done.err, done.out);
    assert!(
        done.err.contains("Take one of these answers back"),
        "{}",
        done.err
    );
    assert_eq!(done.code, 1);
    // Without the answer nothing turns.
    let done = room.run("render --profile mine", "");
    assert!(!done.err.contains("in turn"), "{}", done.err);
}

#[test]
fn an_unknown_key_of_nickel_is_not_said_to_be_kept() {
    let room = Room::with(&[
        ("i.ncl", "{ deployment_mode = \"solo\", backend.prot = 1 }"),
        (
            "i.toml",
            "deployment_mode = \"solo\"\n[backend]\nprot = 1\n",
        ),
    ]);
    for (file, says) in [
        ("i.ncl", "It has no place in what is written."),
        ("i.toml", "It is kept as it is when the file is written."),
    ] {
        let done = room.run(&format!("check {file}"), "");
        assert!(done.out.contains(says), "{}", done.out);
    }
}
