//! `diff A B` with the real program: what it compares, how it prints, how it ends, and that it tells no secret.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod room;

use room::{Done, Room};

use serde_json::{Value as Json, json};

/// Stands in every secret of these tests.
const CANARY: &str = "swordfish-swordfish-swordfish-swordfish";

impl Room {
    /// Arguments are separated by blanks.
    fn run(&self, args: &str) -> Done {
        let mut command = self.command(args.split(' '));
        Done::of(
            command
                .env("VAPORA__BACKEND__PORT", "9999")
                .output()
                .unwrap(),
        )
    }
}

const OURS: &str = "deployment_mode = \"multiuser\"
[backend]
port = 9100
[agents]
port = 8002
[llm_router.budget_enforcement.role_limits]
architect_cents = 123400
";

#[test]
fn text_is_grouped_aligned_and_signed() {
    let room = Room::with(&[("ours.toml", OURS)]);
    let done = room.run("diff multiuser ours.toml");
    assert_eq!(
        (done.code, done.out.as_str()),
        (
            1,
            "backend\n\
             \x20 ~ port             8001 -> 9100\n\
             llm_router.budget_enforcement.role_limits\n\
             \x20 ~ architect_cents  500000 -> 123400\n"
        ),
        "{}",
        done.err
    );
    assert_eq!(
        done.err,
        "- profile multiuser\n+ ours.toml, over profile multiuser, which deployment_mode names; 1 warning: check \
         ours.toml tells them\n2 changed, 108 the same.\n"
    );
    let back = room.run("diff ours.toml multiuser");
    assert!(
        back.out.contains("port             9100 -> 8001"),
        "{}",
        back.out
    );
}

#[test]
fn the_same_is_nothing_and_ends_with_zero() {
    let room = Room::with(&[
        ("a.toml", OURS),
        (
            "b.json",
            r#"{"deployment_mode":"multiuser","backend":{"port":9100},"llm_router":{"budget_enforcement":{"role_limits":{"architect_cents":123400}}}}"#,
        ),
        ("solo", "deployment_mode = \"solo\"\n"),
    ]);
    for args in [
        "diff a.toml b.json",
        "diff solo profile:solo",
        "diff ./solo profile:solo",
        "diff enterprise enterprise",
        "diff profile:enterprise enterprise --format human",
    ] {
        let done = room.run(args);
        assert_eq!(
            (done.code, done.out.as_str()),
            (0, ""),
            "{args}: {}",
            done.err
        );
        assert!(
            done.err.ends_with("0 changed, 110 the same.\n"),
            "{}",
            done.err
        );
    }
}

#[test]
fn every_format_is_compared_with_every_other() {
    let files = [
        (
            "a.toml",
            "deployment_mode = \"solo\"\n[backend]\nport = 9100\n",
        ),
        (
            "a.json",
            "{\"deployment_mode\": \"solo\", \"backend\": {\"port\": 9100}}",
        ),
        ("a.yaml", "deployment_mode: solo\nbackend:\n  port: 9100\n"),
        (
            "a.ncl",
            "let port = 9000 + 100 in { deployment_mode = \"solo\", backend.port = port }\n",
        ),
        (
            "a.env",
            "VAPORA__DEPLOYMENT_MODE=solo\nVAPORA__BACKEND__PORT=9100\n",
        ),
    ];
    let room = Room::with(&files);
    for (name, _) in files {
        let done = room.run(&format!("diff solo {name}"));
        assert_eq!(
            (done.code, done.out.as_str()),
            (1, "backend\n  ~ port  8001 -> 9100\n"),
            "{name}: {}",
            done.err
        );
        let done = room.run(&format!("diff {name} a.toml"));
        assert_eq!(
            (done.code, done.out.as_str()),
            (0, ""),
            "{name}: {}",
            done.err
        );
    }
}

#[test]
fn a_nickel_file_may_import_its_workspace_and_is_refused_with_its_line() {
    let room = Room::with(&[
        (
            "own.ncl",
            "(import \"profiles/site.ncl\") & { agents.port = 8012 }\n",
        ),
        (
            "profiles/site.ncl",
            "{ deployment_mode = \"solo\", backend.port = 9100 }\n",
        ),
        ("broken.ncl", "{\n  backend.port = \n}\n"),
        ("broken.yaml", "backend:\n  port: [1\n"),
    ]);
    let done = room.run("diff profile:solo own.ncl");
    assert_eq!(
        (done.code, done.out.as_str()),
        (
            1,
            "backend\n  ~ port  8001 -> 9100\nagents\n  ~ port  8002 -> 8012\n"
        ),
        "{}",
        done.err
    );
    for (name, place) in [
        ("broken.ncl", "broken.ncl:"),
        ("broken.yaml", "broken.yaml:"),
    ] {
        let done = room.run(&format!("diff solo {name}"));
        assert!(
            done.code == 2 && done.out.is_empty() && done.err.starts_with(place),
            "{name}: {}",
            done.err
        );
    }
}

#[test]
fn json_has_a_fixed_shape() {
    let room = Room::with(&[("ours.toml", OURS)]);
    let done = room.run("diff profile:multiuser ours.toml --format json");
    assert_eq!(
        serde_json::from_str::<Json>(&done.out).unwrap(),
        json!({
            "left": {"name": "multiuser", "kind": "profile", "profile": "multiuser"},
            "right": {"name": "ours.toml", "kind": "file", "profile": "multiuser"},
            "schema": "1.2.0",
            "same": false,
            "counts": {"changed": 2, "added": 0, "removed": 0, "same": 108},
            "not_compared": [],
            "changes": [
                {"path": "backend.port", "change": "changed", "left": 8001, "right": 9100},
                {
                    "path": "llm_router.budget_enforcement.role_limits.architect_cents",
                    "change": "changed", "left": 500_000, "right": 123_400,
                },
            ],
        })
    );
    assert_eq!(
        (done.code, done.err.as_str()),
        (
            1,
            "ours.toml, over profile multiuser, which deployment_mode names; 1 warning: check ours.toml tells them\n"
        )
    );
}

#[test]
fn a_file_stands_over_its_own_profile_the_other_sides_or_the_one_that_is_given() {
    let room = Room::with(&[
        ("bare.toml", "[backend]\nport = 9100\n"),
        ("bare2.toml", "[backend]\nport = 9100\n"),
        ("ours.toml", OURS),
    ]);
    for (args, said, differing) in [
        ("diff solo bare.toml", "+ bare.toml, over profile solo", 1),
        (
            "diff bare.toml enterprise",
            "- bare.toml, over profile enterprise",
            1,
        ),
        (
            "diff bare.toml ours.toml",
            "- bare.toml, over profile multiuser",
            1,
        ),
        (
            "diff bare.toml bare2.toml",
            "- bare.toml, over the schema alone",
            0,
        ),
        (
            "diff bare.toml bare2.toml --profile solo",
            "+ bare2.toml, over profile solo",
            0,
        ),
    ] {
        let done = room.run(args);
        assert!(done.err.contains(said), "{args}: {}", done.err);
        let changes = done.out.lines().filter(|line| line.contains(" ~ ")).count();
        assert_eq!(
            (changes, done.code),
            (differing, i32::from(differing > 0)),
            "{args}: {}",
            done.out
        );
    }
}

#[test]
fn what_has_no_value_on_one_side_is_added_or_removed() {
    let room = Room::with(&[(
        "profiles/open.ncl",
        "# asks for a secret\n{ deployment_mode = \"solo\" }\n",
    )]);
    let done = room.run("diff open solo");
    assert!(
        done.out.contains("security\n") && done.out.contains("+ jwt_secret"),
        "{}{}",
        done.out,
        done.err
    );
    assert!(done.err.contains(" added, "), "{}", done.err);
    let done = room.run("diff solo open");
    assert!(done.out.contains("- jwt_secret"), "{}", done.out);
    assert!(done.err.contains(" removed, "), "{}", done.err);
}

#[test]
fn no_secret_is_told() {
    let with = |secret: &str| {
        format!(
            "deployment_mode = \"multiuser\"\n[security]\njwt_secret = \"{secret}\"\n\
             [database]\nurl = \"wss://root:{secret}@db:8000\"\n"
        )
    };
    let room = Room::with(&[
        ("a.toml", &with(&format!("{CANARY}-one"))),
        ("b.toml", &with(&format!("{CANARY}-two"))),
    ]);
    for (args, said) in [
        ("diff a.toml b.toml", "(secret) -> (secret, changed)"),
        ("diff a.toml b.toml --format json", "\"secret\": true"),
        ("diff multiuser b.toml", "-> (secret)\n"),
        (
            "diff b.toml multiuser --format json",
            "\"left\": \"(secret)\"",
        ),
    ] {
        let done = room.run(args);
        assert_eq!(done.code, 1, "{}", done.err);
        assert!(done.out.contains(said), "{args}: {}", done.out);
        assert!(!(done.out + &done.err).contains("swordfish"), "{args}");
    }
}

#[test]
fn what_cannot_be_compared_ends_with_two() {
    let room = Room::with(&[
        ("ours.toml", OURS),
        ("broken.toml", "[backend\nport = 1\n"),
        ("profiles/lab.ncl", "{ backend = "),
    ]);
    for (args, said) in [
        (
            "diff none.toml solo",
            "none.toml: error: There is no such file, and no such profile.\n    Give the path of a configuration file, or one of solo, multiuser, enterprise",
        ),
        (
            "diff solo profile:sollo",
            "error: There is no profile sollo.\n    Did you mean solo?",
        ),
        ("diff solo broken.toml", "broken.toml:1: error: "),
        ("diff solo .", "error: It is a folder"),
        ("diff solo lab", "profiles/lab.ncl:1: error: "),
        (
            "diff solo ours.toml --profile sollo",
            "error: There is no profile sollo.",
        ),
        (
            "diff solo",
            "error: the following required arguments were not provided",
        ),
        (
            "--profile solo diff solo ours.toml",
            "error: --profile before a verb belongs to the wizard.",
        ),
    ] {
        let done = room.run(args);
        assert!(
            done.err.contains(said) && done.code == 2 && done.out.is_empty(),
            "{args}: {}\n{}{}",
            done.code,
            done.out,
            done.err
        );
    }
}

#[test]
fn a_file_with_wrong_values_is_compared_and_said_to_be_wrong() {
    let room = Room::with(&[(
        "ours.toml",
        "deployment_mode = \"solo\"\n[backend]\nport = 80\nprot = 1\n",
    )]);
    let done = room.run("diff solo ours.toml");
    assert_eq!(
        (done.code, done.out.as_str()),
        (1, "backend\n  ~ port  8001 -> 80\n")
    );
    assert!(
        done.err
            .contains("ours.toml:4: warning: backend.prot is not a setting."),
        "{}",
        done.err
    );
    assert!(
        done.err
            .contains("over profile solo, which deployment_mode names; 1 error, 1 warning: check ours.toml tells them"),
        "{}",
        done.err
    );
}
