//! Which profile judges a file, what is said of values that the file does not state, and that verbs agree.

use serde_json::Value as Json;

use crate::Room;

const PORT: &str = "[llm_router]\nport = 9003\n";

#[test]
fn what_cannot_be_read_is_no_answer_for_any_verb() {
    for text in ["[llm_router\nport = 9003\n", "deployment_mode = \n"] {
        let room = Room::with(&[("broken.toml", text)]);
        for args in [
            "check broken.toml",
            "check broken.toml --format json",
            "check broken.toml --profile solo",
            "diff broken.toml solo",
            "diff solo broken.toml",
            "render --from broken.toml",
            "render --from broken.toml --profile solo",
        ] {
            let done = room.run(args, "");
            let said = done.out + &done.err;
            assert_eq!(done.code, 2, "{args}: {said}");
            let why = ["A section's name is not closed", "A value is missing here"];
            assert!(why.iter().any(|why| said.contains(why)), "{args}: {said}");
        }
    }
    // Something of it was read, so the question is answered.
    let room = Room::with(&[("half.toml", "[backend]\nport = 9001\n[agents\n")]);
    assert_eq!(room.run("check half.toml", "").code, 1);
}

#[test]
fn a_file_without_a_profile_is_told_nothing_of_values_it_does_not_state() {
    let room = Room::with(&[("port.toml", PORT)]);
    let done = room.run("check port.toml", "");
    assert!(!done.out.contains("0.0.0.0"), "{}", done.out);
    assert_eq!(
        done.err,
        "5 warnings about values that the file does not state are left out.\n\
         Over the schema alone: 2 to answer, 1 warning\n"
    );
    // The same value stated is the file's own.
    room.file("host.toml", "[backend]\nhost = \"0.0.0.0\"\n");
    let done = room.run("check host.toml --profile solo", "");
    assert!(
        done.out.starts_with("host.toml:2: warning: backend.host: "),
        "{}",
        done.out
    );
}

#[test]
fn the_profile_is_named_and_how_it_was_found() {
    let room = Room::with(&[
        ("port.toml", PORT),
        ("mode.toml", "deployment_mode = \"multiuser\"\n"),
    ]);
    let enterprise = room.run("render --profile enterprise", "").out;
    let without: Vec<&str> = enterprise
        .lines()
        .filter(|line| !line.starts_with("deployment_mode"))
        .collect();
    room.file("near.toml", without.join("\n") + "\n");
    for (args, words, by) in [
        ("port.toml", "the schema alone", "none"),
        (
            "port.toml --profile solo",
            "profile solo, as --profile says",
            "asked",
        ),
        (
            "mode.toml",
            "profile multiuser, which deployment_mode names",
            "named",
        ),
        (
            "near.toml",
            "profile enterprise, the nearest (none of 109 settings differs)",
            "nearest",
        ),
    ] {
        let done = room.run(&format!("check {args}"), "");
        let over = format!("Over {words}: ");
        assert!(done.err.contains(&over), "{args}: {}", done.err);
        let json = room.run(&format!("check {args} --format json"), "").out;
        let json: Json = serde_json::from_str(&json).unwrap();
        assert_eq!(json["profile_by"], by, "{args}");
        assert_eq!(json["profile"].is_null(), by == "none", "{args}");
    }
    let done = room.run("check near.toml", "");
    assert!(
        done.out.contains(
            "It names no profile that is here, so the nearest judged the file: enterprise, "
        ),
        "{}",
        done.out
    );
}

#[test]
fn diff_counts_what_check_counts() {
    let room = Room::with(&[
        ("port.toml", PORT),
        (
            "ours.toml",
            "deployment_mode = \"solo\"\n[backend]\nport = 80\nprot = 1\n[agents]\nhost = \"0.0.0.0\"\n",
        ),
        ("odd.toml", "deployment_mode = \"enterprise\"\nodd = 1\n"),
    ]);
    for args in [
        "diff solo ours.toml",
        "diff ours.toml odd.toml",
        "diff enterprise port.toml",
        "diff port.toml port.toml",
        "diff ours.toml multiuser --profile multiuser",
    ] {
        let done = room.run(args, "");
        let titles = done.err.lines().filter_map(|line| line.split_once("; "));
        let mut found = 0;
        for (_, said) in titles {
            let (counts, check) = said.split_once(": ").unwrap();
            let check = check.strip_suffix(" tells them").unwrap();
            let summary = room.run(check, "").err;
            assert!(
                summary.ends_with(&format!(": {counts}\n")),
                "{args}: {said}\n{summary}"
            );
            found += 1;
        }
        assert!(
            found > 0 || args.contains("enterprise port"),
            "{args}: {}",
            done.err
        );
    }
}
