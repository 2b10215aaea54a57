//! Earlier versions with the real program: listed, shown, compared, restored with their modes, and as many as are
//! wanted.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod room;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use room::{Done, Room};
use serde_json::Value as Json;

const FILE: &str = "config/runtime/vapora.toml";

const KEPT: &str = "config/runtime/.vapora-tui/generations/vapora.toml";

/// Stands in every secret of these tests.
const CANARY: &str = "swordfish-swordfish-swordfish-swordfish";

/// No secret is made for the first write.
const REFERENCE: &str = "security.jwt_secret=${SECRET:jwt-secret}";

fn at_port(port: u16) -> String {
    format!("# by hand\ndeployment_mode = \"solo\"\n\n[backend]\nport = {port}\n")
}

fn with_secret() -> String {
    format!("deployment_mode = \"solo\"\n\n[security]\njwt_secret = \"{CANARY}\" # ours\n")
}

impl Room {
    fn run(&self, args: &[&str]) -> Done {
        self.run_with(args, &[])
    }

    fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Done {
        let mut command = self.command(args.iter().copied());
        Done::of(command.envs(variables.iter().copied()).output().unwrap())
    }

    /// The verb on the workspace's output file.
    fn generations(&self, args: &[&str]) -> Done {
        self.run(&[&["generations"], args].concat())
    }

    /// Writes the file anew with this port, and says why.
    fn write(&self, port: u16, note: &str) {
        let set = format!("backend.port={port}");
        let args = ["render", "--profile", "solo", "--set", &set];
        let more = [
            "--set", REFERENCE, "--output", FILE, "--yes", "--note", note,
        ];
        let done = self.run(&[args.as_slice(), &more].concat());
        assert_eq!(done.code, 0, "{}", done.err);
    }

    fn listed(&self) -> Json {
        let done = self.generations(&["list", "--format", "json"]);
        serde_json::from_str(&done.out).unwrap()
    }

    fn numbers(&self) -> Vec<u64> {
        let listed = self.listed();
        let all = listed["generations"].as_array().unwrap().iter();
        all.map(|one| one["number"].as_u64().unwrap()).collect()
    }

    fn mode(&self, name: &str) -> u32 {
        self.path(name).metadata().unwrap().mode() & 0o7777
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }
}

fn by_hand_then_twice() -> Room {
    let room = Room::with(&[(FILE, &at_port(9001))]);
    room.write(9002, "second");
    room.write(9003, "third");
    room
}

#[test]
fn the_list_says_what_is_known_of_each() {
    let room = by_hand_then_twice();
    let done = room.generations(&["list"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(lines.len(), 3, "{}", done.out);
    assert!(lines[0].starts_with("* 3  20") && lines[0].ends_with("0644  third"));
    assert!(lines[1].starts_with("  2  20") && lines[1].ends_with("0644  second"));
    assert!(
        lines[2].ends_with("not written by vapora-tui"),
        "{}",
        lines[2]
    );
    assert_eq!(
        done.err,
        "* is what config/runtime/vapora.toml holds now; 2 earlier versions kept, at most 20 \
         (VAPORA_TUI_GENERATIONS says how many).\n"
    );
    let listed = room.listed();
    let all = &listed["generations"];
    assert_eq!(all[0]["present"], true);
    assert_eq!(
        (&all[0]["changed_after"], &all[1]["changed_after"]),
        (&Json::Null, &1.into())
    );
    assert_eq!(all[1]["profile"], "solo");
    assert_eq!(all[2]["by_other_means"], true);
    assert_eq!(all[2]["lines"], 5);
    assert_eq!(listed["problems"], Json::Array(Vec::new()));
}

#[test]
fn without_any_it_says_when_the_first_will_be_there() {
    let room = Room::with(&[]);
    let done = room.generations(&["list"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""));
    assert!(
        done.err
            .contains("is not there; no earlier version is kept: a write over a file keeps it."),
        "{}",
        done.err
    );
    let room = Room::with(&[(FILE, &at_port(9001))]);
    assert_eq!(room.numbers(), [1]);
    let done = room.generations(&["restore", "1", "--yes"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("It is what the file holds now."),
        "{}",
        done.err
    );
    let done = room.generations(&["show", "7"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("Nothing is kept yet"), "{}", done.err);
}

#[test]
fn one_is_shown_as_it_was_written_but_for_its_secrets() {
    let room = Room::with(&[(FILE, &with_secret())]);
    room.write(9002, "");
    let done = room.generations(&["show", "1"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(done.out, with_secret().replace(CANARY, "(secret)"));
    let done = room.generations(&["show", "1", "--reveal"]);
    assert_eq!(done.out, with_secret());
    for args in [
        vec!["list"],
        vec!["list", "--format", "json"],
        vec!["show", "1", "--format", "json"],
        vec!["diff", "1"],
        vec!["diff", "1", "--format", "json"],
        vec!["restore", "1", "--dry-run"],
        vec!["restore", "1", "--yes", "--format", "json"],
    ] {
        let done = room.generations(&args);
        assert!(!(done.out + &done.err).contains(CANARY), "{args:?}");
    }
}

#[test]
fn what_cannot_be_masked_is_not_printed_without_reveal() {
    let broken = format!("[security\njwt_secret = \"{CANARY}\"\n");
    let room = Room::with(&[(FILE, &at_port(9001)), ("broken.toml", &broken)]);
    room.write(9002, "");
    fs::copy(room.path("broken.toml"), room.path(FILE)).unwrap();
    assert_eq!(room.generations(&["restore", "1", "--yes"]).code, 0);
    let done = room.generations(&["show", "2"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""), "{}", done.err);
    assert!(
        done.err.contains("Give --reveal to print it as it is"),
        "{}",
        done.err
    );
    assert!(!done.err.contains(CANARY));
    assert_eq!(room.generations(&["show", "2", "--reveal"]).out, broken);
}

#[test]
fn two_are_compared_or_one_with_the_file_as_it_is() {
    let room = by_hand_then_twice();
    for (args, code, out) in [
        (
            vec!["generations", "diff", "2"],
            1,
            "  ~ port  9002 -> 9003\n",
        ),
        (
            vec!["generations", "diff", "1", "2"],
            1,
            "  ~ port  9001 -> 9002\n",
        ),
        (
            vec!["generations", "diff", "3", "1"],
            1,
            "  ~ port  9003 -> 9001\n",
        ),
        (vec!["generations", "diff", "2", "2"], 0, ""),
        (vec!["generations", "diff", "3"], 0, ""),
        (
            vec!["diff", "generation:1", FILE],
            1,
            "  ~ port  9001 -> 9003\n",
        ),
        (
            vec!["diff", "solo", "generation:2"],
            1,
            "  ~ port  8001 -> 9002\n",
        ),
    ] {
        let done = room.run(&args);
        let expected = if code == 0 {
            String::new()
        } else {
            format!("backend\n{out}")
        };
        assert_eq!(
            (done.code, done.out),
            (code, expected),
            "{args:?} {}",
            done.err
        );
    }
    let other = format!("generation:1:{FILE}");
    let done = room.run(&["diff", &other, "solo", "--format", "json"]);
    let json: Json = serde_json::from_str(&done.out).unwrap();
    assert_eq!(json["left"]["kind"], "generation");
    assert_eq!(
        json["left"]["name"],
        "generation 1 of config/runtime/vapora.toml"
    );
    let done = room.run(&["diff", "generation:x", "solo"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err
            .contains("Write generation:3, or generation:3:FILE"),
        "{}",
        done.err
    );
    let done = room.run(&["diff", "generation:9", "solo"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("Kept are 2, 1."), "{}", done.err);
}

#[test]
fn restoring_shows_its_plan_and_asks() {
    let room = by_hand_then_twice();
    let before = room.text(FILE);
    let done = room.generations(&["restore", "1", "--dry-run"]);
    assert_eq!((done.code, done.out.as_str()), (0, ""), "{}", done.err);
    assert!(
        done.err
            .contains("~ config/runtime/vapora.toml   changed, 5 lines, mode 0644")
    );
    assert!(
        done.err.contains("  ~ backend.port: 9003 -> 9001\n"),
        "{}",
        done.err
    );
    let done = room.generations(&["restore", "1"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("Give --yes to write"), "{}", done.err);
    let done = room.run(&["--readonly", "generations", "restore", "1", "--yes"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("--readonly"), "{}", done.err);
    assert_eq!((room.text(FILE), room.numbers()), (before, vec![3, 2, 1]));
}

#[test]
fn what_is_restored_is_the_old_file_and_a_generation_itself() {
    let room = Room::with(&[(FILE, &at_port(9001))]);
    fs::set_permissions(room.path(FILE), Permissions::from_mode(0o640)).unwrap();
    room.write(9002, "second");
    fs::set_permissions(room.path(FILE), Permissions::from_mode(0o600)).unwrap();
    let done = room.generations(&["restore", "1", "--yes", "--note", "9002 is taken"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("mode 0640, was 0600"), "{}", done.err);
    assert!(
        done.err
            .ends_with("Written: config/runtime/vapora.toml, 5 lines, generation 3, mode 0640.\n")
    );
    assert_eq!((room.text(FILE), room.mode(FILE)), (at_port(9001), 0o640));
    let listed = room.listed();
    let all = &listed["generations"];
    assert_eq!(all[0]["note"], "restored 1: 9002 is taken");
    assert_eq!(
        (&all[1]["mode"], &all[2]["mode"]),
        (&"0600".into(), &"0640".into())
    );
    // Again: nothing to do, and nothing is kept for it.
    let done = room.generations(&["restore", "1", "--yes"]);
    assert!(
        done.err.contains("the same already, nothing to do"),
        "{}",
        done.err
    );
    assert_eq!((done.code, room.numbers()), (0, vec![3, 2, 1]));
    // What was restored is undone the same way.
    assert_eq!(room.generations(&["restore", "2", "--yes"]).code, 0);
    assert!(room.text(FILE).contains("port = 9002"));
    assert_eq!(room.mode(FILE), 0o600);
}

#[test]
fn a_clear_secret_comes_back_for_its_owner_alone() {
    let room = Room::with(&[(FILE, &with_secret())]);
    fs::set_permissions(room.path(FILE), Permissions::from_mode(0o644)).unwrap();
    room.write(9002, "");
    let done = room.generations(&["restore", "1", "--yes"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("mode 0600"), "{}", done.err);
    assert!(
        done.err.contains("only the owner may read the file"),
        "{}",
        done.err
    );
    assert_eq!((room.text(FILE), room.mode(FILE)), (with_secret(), 0o600));
}

#[test]
fn what_the_schema_finds_wrong_is_told_and_comes_back_all_the_same() {
    for wrong in [
        at_port(99),
        "[backend\nport = 1\n".into(),
        "\u{fffd}".repeat(3),
    ] {
        let room = Room::with(&[(FILE, &at_port(9001))]);
        room.write(9002, "");
        room.file(FILE, &wrong);
        room.generations(&["restore", "1", "--yes"]);
        let done = room.generations(&["restore", "2", "--yes"]);
        assert_eq!(done.code, 0, "{}", done.err);
        assert!(done.err.contains("error"), "{}", done.err);
        assert!(
            done.err.contains("it can be restored all the same.\n"),
            "{}",
            done.err
        );
        assert_eq!(room.text(FILE), wrong);
    }
}

#[test]
fn bytes_that_are_no_text_come_back_too() {
    let room = Room::with(&[(FILE, &at_port(9001))]);
    room.write(9002, "");
    room.file(FILE, b"\xff\xfe\x00broken");
    assert_eq!(room.generations(&["restore", "1", "--yes"]).code, 0);
    assert_eq!(room.text(FILE), at_port(9001));
    assert_eq!(room.generations(&["restore", "2", "--yes"]).code, 0);
    assert_eq!(fs::read(room.path(FILE)).unwrap(), b"\xff\xfe\x00broken");
}

#[test]
fn a_file_that_is_gone_is_made_again() {
    let room = by_hand_then_twice();
    fs::remove_file(room.path(FILE)).unwrap();
    assert_eq!(room.numbers(), [2, 1]);
    let done = room.generations(&["restore", "2", "--yes"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err.contains("this makes it again, with"),
        "{}",
        done.err
    );
    assert!(room.text(FILE).contains("port = 9002"));
    assert_eq!(room.listed()["generations"][0]["note"], "restored 2");
}

#[test]
fn versions_of_a_link_are_those_of_what_it_leads_to() {
    let room = by_hand_then_twice();
    symlink(room.path(FILE), room.path("link.toml")).unwrap();
    let done = room.generations(&["list", "--output", "link.toml"]);
    assert_eq!(done.out.lines().count(), 3, "{}", done.err);
    let done = room.generations(&["restore", "1", "--output", "link.toml", "--yes"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        room.path("link.toml")
            .symlink_metadata()
            .unwrap()
            .is_symlink()
    );
    assert_eq!(room.text(FILE), at_port(9001));
    assert_eq!(room.numbers(), [4, 3, 2, 1]);
}

#[test]
fn what_was_damaged_or_removed_by_hand_is_said() {
    let room = by_hand_then_twice();
    let damaged = format!("{KEPT}/000001.toml");
    room.file(&damaged, "port = 1\n");
    let done = room.generations(&["list"]);
    assert_eq!(done.code, 1);
    assert!(done.out.contains("unreadable"), "{}", done.out);
    assert!(
        done.err
            .contains("Generation 1 is not what was kept: its text was changed since."),
        "{}",
        done.err
    );
    for verb in ["show", "diff", "restore"] {
        let done = room.generations(&[verb, "1"]);
        assert_eq!(done.code, 2, "{verb} {}", done.err);
        assert!(
            done.err.contains("is not what was kept"),
            "{verb} {}",
            done.err
        );
    }
    fs::remove_file(room.path(&format!("{KEPT}/000002.toml"))).unwrap();
    let done = room.generations(&["restore", "2", "--yes"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("There is no generation 2"),
        "{}",
        done.err
    );
    // What was noted is lost, the text is not.
    let room = by_hand_then_twice();
    fs::remove_file(room.path(&format!("{KEPT}/000002.about.json"))).unwrap();
    let done = room.generations(&["list"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out.contains("what was noted of it is lost"),
        "{}",
        done.out
    );
    assert_eq!(room.generations(&["restore", "2", "--yes"]).code, 0);
    assert!(room.text(FILE).contains("port = 9002"));
}

#[test]
fn twenty_are_kept_or_as_many_as_are_wanted() {
    let room = Room::with(&[(FILE, &at_port(9000))]);
    for n in 0..22 {
        room.file(FILE, at_port(9001 + n));
        let port = if n % 2 == 0 { 8101 } else { 8102 };
        room.write(port, "");
    }
    let kept = room.numbers();
    assert_eq!(kept.len(), 21, "{kept:?}");
    for (few, expected) in [("3", 0), ("0", 2), ("-1", 2), ("twenty", 2), ("1001", 2)] {
        let port = format!("backend.port={}", 8200 + few.len());
        let render = [
            "render",
            "--profile",
            "solo",
            "--set",
            &port,
            "--output",
            FILE,
            "--yes",
        ];
        let variables = [("VAPORA_TUI_GENERATIONS", few)];
        let done = room.run_with(&render, &variables);
        assert_eq!(done.code, expected, "{few} {}", done.err);
        if expected == 2 {
            assert!(
                done.err.contains("Give 1 to 1000, for example 50"),
                "{}",
                done.err
            );
            let done = room.run_with(&["generations", "list"], &variables);
            assert_eq!(done.code, 2);
            let done = room.run_with(&["generations", "restore", "2", "--yes"], &variables);
            assert_ne!(done.code, 0);
            // The wizard, in lines here, says so before anything is typed.
            let done = room.run_with(&["--plain"], &variables);
            assert_eq!(done.code, 2);
            assert!(done.err.contains("Give 1 to 1000"), "{}", done.err);
        }
    }
    assert_eq!(room.numbers().len(), 4);
}

#[test]
fn the_note_is_one_line() {
    let room = by_hand_then_twice();
    let done = room.generations(&["restore", "1", "--yes", "--note", "two\nlines"]);
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("A note is one line of plain text."),
        "{}",
        done.err
    );
    assert_eq!(room.numbers(), [3, 2, 1]);
}
