//! Verbs that are asked about files with something wrong in them: they say what holds, do what they can, and no hint of
//! theirs fails when it is followed.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn room(files: &[(&str, &str)]) -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = room.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    room
}

/// Exit code, stdout, stderr.
fn run(room: &Path, args: &str) -> (i32, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
        .args(args.split(' '))
        .current_dir(room)
        .env_clear()
        .env("HOME", room)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn the_import_that_a_hint_names_works_where_it_is_named() {
    for name in ["solo.ncl", "deep/er/x.ncl", "profiles/mine.ncl"] {
        let room = room(&[
            ("profiles/other.ncl", "{}"),
            (name, "(import \"nothing.ncl\") & { backend.port = 9001 }\n"),
        ]);
        let (_, said, _) = run(room.path(), &format!("check {name}"));
        let example = said
            .split("for example ")
            .nth(1)
            .unwrap_or_else(|| panic!("{said}"));
        let example = example.lines().next().unwrap().trim_end_matches('.');
        let text = format!("({example}) & {{ backend.port = 9001 }}\n");
        fs::write(room.path().join(name), text).unwrap();
        let (code, said, _) = run(room.path(), &format!("check {name}"));
        assert_eq!(code, 0, "{example}: {said}");
    }
}

#[test]
fn what_is_said_of_an_unknown_key_of_nickel_is_what_happens() {
    let room = room(&[(
        "i.ncl",
        "{ deployment_mode = \"solo\", backend.prot = 9001 }\n",
    )]);
    let (code, said, _) = run(room.path(), "check i.ncl");
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("It has no place in what is written."),
        "{said}"
    );
    let (code, _, said) = run(room.path(), "render --from i.ncl --output i.ncl --yes");
    assert!(!said.contains("It is kept"), "{said}");
    assert!(
        said.contains("this Nickel was not written by vapora-tui."),
        "{said}"
    );
    assert_eq!(
        code, 1,
        "refused, and not a question without an answer: {said}"
    );
    let (code, _, said) = run(room.path(), "render --from i.ncl --output v.toml --yes");
    assert_eq!(code, 0, "{said}");
    let written = fs::read_to_string(room.path().join("v.toml")).unwrap();
    assert!(!written.contains("prot"), "{written}");
}

#[test]
fn what_can_be_compared_is_compared_and_the_rest_is_named() {
    let room = room(&[
        (
            "a.toml",
            "deployment_mode = \"solo\"\n[backend]\nport = 9001\n[nats]\nenabled = true\n",
        ),
        (
            "b.yaml",
            "deployment_mode: solo\nbackend:\n  port: 9002\nnats: [a]\n",
        ),
        (
            "same.yaml",
            "deployment_mode: solo\nbackend:\n  port: 9001\nnats: [a]\n",
        ),
    ]);
    let (code, out, said) = run(room.path(), "diff a.toml b.yaml");
    assert_eq!(
        (code, out.as_str()),
        (2, "backend\n  ~ port  9001 -> 9002\n"),
        "{said}"
    );
    assert!(said.contains("b.yaml:4: error: nats"), "{said}");
    assert!(
        said.contains("Not compared, for they could not be read: ")
            && said.contains(" settings: nats."),
        "{said}"
    );
    let (code, out, said) = run(room.path(), "diff a.toml same.yaml");
    assert_eq!(
        (code, out.as_str()),
        (2, ""),
        "not the same as far as is known: {said}"
    );
    let (code, out, _) = run(room.path(), "diff a.toml b.yaml --format json");
    assert_eq!(code, 2);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["changes"][0]["path"], "backend.port");
    let missing = json["not_compared"].as_array().unwrap();
    assert!(
        missing
            .iter()
            .all(|path| path.as_str().unwrap().starts_with("nats.")),
        "{missing:?}"
    );
    assert!(!missing.is_empty() && json["same"].is_null());
}

/// The schema is the only judge of values; `forms check` is the judge of forms.
#[test]
fn a_wrong_form_is_warned_of_without_a_screen_and_forbids_no_writing() {
    let form = "name = \"small\"\n\n[[elements]]\nname = \"port\"\nnickel_path = [\"backend\", \"port\"]\ntype = \"text\"\nprompt = \"Port\"\n\n\
                [[elements]]\nname = \"odd\"\ntype = \"no-such-type\"\nprompt = \"Odd\"\n";
    let room = room(&[
        ("forms/main.toml", form),
        (
            "a.toml",
            "profile = \"solo\"\n[answers]\n\"backend.port\" = 9001\n",
        ),
    ]);
    let (code, out, said) = run(
        room.path(),
        "--plain --answers a.toml --output v.toml --yes",
    );
    assert_eq!(code, 0, "{out}{said}");
    assert!(
        said.contains("\nforms/main.toml:11: warning: ")
            || said.starts_with("forms/main.toml:11: warning: "),
        "{said}"
    );
    assert!(room.path().join("v.toml").is_file());
    let (code, _, said) = run(
        room.path(),
        "render --profile solo --set backend.port=9001 --output w.toml --yes",
    );
    assert_eq!(code, 0, "{said}");
    let (code, out, _) = run(room.path(), "forms check");
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("error: "), "{out}");
}
