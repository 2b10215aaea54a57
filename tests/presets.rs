//! Presets by verbs: saved, listed, compared, changed, carried elsewhere, and used where a configuration is made.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "presets/carried.rs"]
mod carried;
#[path = "presets/changed.rs"]
mod changed;
#[path = "presets/closed.rs"]
mod closed;
#[path = "presets/files.rs"]
mod files;
#[path = "presets/older.rs"]
mod older;
#[path = "presets/restored.rs"]
mod restored;
mod room;
#[path = "presets/refused.rs"]
mod refused;
#[path = "presets/wizard.rs"]
mod wizard;
mod stage;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use room::{Done, Room};
use serde_json::Value as Json;

/// As long as the schema wants it.
const CANARY: &str = "swordfish-swordfish-swordfish-swordfish";

const MINE: &str = "own/vapora-tui/presets";

impl Room {
    fn new() -> Self {
        Self::with(&[])
    }

    /// Arguments are separated by blanks; `~` in one stands for a blank.
    fn run(&self, args: &str) -> Done {
        self.run_with(args, &[])
    }

    fn run_with(&self, args: &str, variables: &[(&str, &str)]) -> Done {
        let args: Vec<String> = args.split(' ').map(|arg| arg.replace('~', " ")).collect();
        let mut command = self.command(args.iter().map(String::as_str));
        command.env("XDG_CONFIG_HOME", self.path("own"));
        command.env("XDG_STATE_HOME", self.path("state"));
        command.envs(variables.iter().copied());
        Done::of(command.output().unwrap())
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn json(&self, args: &str) -> Json {
        let done = self.run(&format!("{args} --format json"));
        serde_json::from_str(&done.out).unwrap_or_else(|e| panic!("{e}: {}{}", done.out, done.err))
    }
}

impl Done {
    fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        assert!(
            !(self.out.clone() + &self.err).contains("swordfish"),
            "{}{}",
            self.out,
            self.err
        );
        self
    }

    fn tells(&self, words: &str) -> &Self {
        assert!(
            self.err.contains(words),
            "{words:?} is not in:\n{}",
            self.err
        );
        self
    }

    fn prints(&self, words: &str) -> &Self {
        assert!(
            self.out.contains(words),
            "{words:?} is not in:\n{}",
            self.out
        );
        self
    }
}

fn mode(file: &Path) -> u32 {
    file.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_saved_holds_only_what_differs_and_is_used_as_saved() {
    let room = Room::new();
    room.run("preset list").ends(0).prints("No preset is saved");
    room.run(
        "preset save staging-eu --profile enterprise --set backend.port=9001 --set backend.workers=8 --description EU~staging",
    )
    .ends(0)
    .prints("Saved: mine/staging-eu, profile enterprise, 1 answer; no secrets in clear.");
    assert_eq!(
        room.text("own/vapora-tui/presets/staging-eu.toml"),
        "format = 1\nname = \"staging-eu\"\ndescription = \"EU staging\"\nschema = \"1.2.0\"\n\
         profile = \"enterprise\"\n\n[answers]\n\"backend.port\" = 9001\n"
    );
    assert_eq!(mode(&room.path(MINE)), 0o700);
    room.run("preset list")
        .ends(0)
        .prints("staging-eu  mine  enterprise  1 answer  ")
        .prints("  EU staging\n");
    room.run("preset show staging-eu")
        .ends(0)
        .prints("mine/staging-eu  ")
        .prints("\nprofile enterprise, 1 answer, schema 1.2.0, changed 20")
        .prints("\nEU staging\n  backend.port = 9001\n");
    let shown = room.json("preset show staging-eu");
    assert_eq!(shown["answers"]["backend.port"], 9001);
    let by_preset = room.run("render --preset staging-eu");
    let by_hand = room.run("render --profile enterprise --set backend.port=9001");
    assert_eq!(by_preset.out, by_hand.out);
    by_preset.ends(0);
    // It follows another profile with what it says.
    let solo = room.run("render --preset staging-eu --profile solo");
    solo.ends(0)
        .prints("port = 9001")
        .prints("deployment_mode = \"solo\"");
}

#[test]
fn every_layer_of_render_is_saved() {
    let room = Room::with(&[(
        "base.toml",
        "deployment_mode = \"solo\"\n[backend]\nport = 9001\nworkers = 2\n",
    )]);
    room.run_with(
        "preset save a --from base.toml --set llm_router.port=9004",
        &[("VAPORA__FRONTEND__PORT", "3001")],
    )
    .ends(0)
    .prints("profile solo, 3 answers");
    let text = room.text(&format!("{MINE}/a.toml"));
    for line in [
        "\"backend.port\" = 9001",
        "\"frontend.port\" = 3001",
        "\"llm_router.port\" = 9004",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("workers"), "it is the profile's");
    room.run("preset save b --preset a --set backend.port=9002")
        .ends(0)
        .prints("3 answers");
    room.run("preset save c --preset a --from base.toml")
        .ends(2)
        .tells("A file and a preset are both named, and only one can lie under the answers.");
    room.run("render --preset a --from base.toml").ends(2);
    room.run("--preset a --from base.toml")
        .ends(2)
        .tells("both named");
    room.run("--preset a base.toml").ends(2).tells("both named");
    room.run("preset save c")
        .ends(2)
        .tells("No profile is given.");
    // Wrong values are saved: a preset may be unfinished.
    room.run("preset save c --profile solo --set backend.port=80")
        .ends(0)
        .tells("80 is below 1024");
    room.run("check preset:c")
        .ends(1)
        .prints("c.toml:8: error: backend.port: 80 is below 1024");
}

#[test]
fn a_preset_is_replaced_only_when_told() {
    let room = Room::new();
    room.run("preset save eu --profile solo --set backend.port=9001 --description Ours")
        .ends(0);
    let file = format!("{MINE}/eu.toml");
    let before = room.text(&file);
    let args = "preset save eu --profile solo --set backend.port=9002";
    room.run(args)
        .ends(2)
        .tells("~ mine/eu  ")
        .tells("it has:  profile solo, 1 answer, Ours, changed ")
        .tells(
            "Nothing was saved: nobody can be asked without a terminal.\n    Give --yes to do it.",
        );
    assert_eq!(room.text(&file), before);
    room.run(&format!("{args} --yes --readonly"))
        .ends(1)
        .tells("--readonly");
    assert_eq!(room.text(&file), before);
    let json = room.json(&format!("{args} --yes"));
    assert_eq!(
        (&json["replaced"], &json["answers"]),
        (&true.into(), &1.into())
    );
    // What was not said anew stays.
    assert_eq!(room.text(&file), before.replace("9001", "9002"));
}

#[test]
fn secrets_are_left_out_unless_asked_for_and_never_shared() {
    let room = Room::with(&[("s.txt", CANARY)]);
    let args =
        "--profile solo --set-file security.jwt_secret=s.txt --set database.password=${ENV:DB}";
    room.run(&format!("preset save a {args}"))
        .ends(0)
        .tells("1 secret in clear is left out: security.jwt_secret.")
        .tells("--with-secrets to keep it in a file of mode 0600.")
        .prints("profile solo, 1 answer; 1 secret in clear left out.");
    assert!(
        room.text(&format!("{MINE}/a.toml"))
            .contains("\"database.password\" = \"${ENV:DB}\"")
    );
    room.run(&format!("preset save b {args} --with-secrets"))
        .ends(0)
        .prints("mode 0600");
    let file = room.path(&format!("{MINE}/b.toml"));
    assert_eq!(mode(&file), 0o600);
    assert!(room.text(&format!("{MINE}/b.toml")).contains(CANARY));
    room.run("preset show b")
        .ends(0)
        .prints("security.jwt_secret = (secret)");
    assert_eq!(
        room.json("preset show b")["answers"]["security.jwt_secret"],
        "(secret)"
    );
    room.run("preset diff b").ends(1).prints("(secret)");
    room.run(&format!("preset save c --shared {args} --with-secrets"))
        .ends(1)
        .tells("A shared preset never holds a secret in clear.")
        .tells("security.jwt_secret=${FILE:/run/secrets/name}");
    room.run(&format!("preset save c --shared {args}")).ends(0);
    room.run("preset duplicate b shared/d --with-secrets")
        .ends(1)
        .tells("never holds a secret");
    room.run("preset export b b.toml --with-secrets").ends(0);
    assert_eq!(mode(&room.path("b.toml")), 0o600);
    room.run("preset import b.toml --shared --name e")
        .ends(0)
        .tells("1 secret in clear is left out");
    for file in fs::read_dir(room.path("presets")).unwrap() {
        let file = file.unwrap().path();
        assert!(
            !fs::read_to_string(&file).unwrap().contains("swordfish"),
            "{file:?}"
        );
    }
    room.run("preset import b.toml --name e --with-secrets")
        .ends(0);
    assert_eq!(mode(&room.path(&format!("{MINE}/e.toml"))), 0o600);
}

#[test]
fn of_two_with_one_name_mine_is_taken_and_each_can_be_named() {
    let room = Room::new();
    room.run("preset save eu --profile solo --set backend.port=9001")
        .ends(0);
    room.run("preset save eu --shared --profile solo --set backend.port=9002")
        .ends(0);
    room.run("preset save shared/two --profile solo")
        .ends(0)
        .prints("Saved: shared/two");
    room.run("preset save mine/two --shared --profile solo")
        .ends(2)
        .tells("Leave one of them out.");
    let note = "There are two presets eu; yours is taken. shared/eu names the other.";
    for (name, port, noted) in [
        ("eu", 9001, true),
        ("mine/eu", 9001, false),
        ("shared/eu", 9002, false),
    ] {
        let done = room.run(&format!("render --preset {name}"));
        done.ends(0).prints(&format!("port = {port}"));
        assert_eq!(done.err.contains(note), noted, "{}", done.err);
    }
    let listed = room.json("preset list");
    let named = |preset: &Json| {
        format!(
            "{}/{}",
            preset["place"].as_str().unwrap(),
            preset["name"].as_str().unwrap()
        )
    };
    let named: Vec<String> = listed["presets"]
        .as_array()
        .unwrap()
        .iter()
        .map(named)
        .collect();
    assert_eq!(named, ["mine/eu", "shared/eu", "shared/two"]);
    room.run("render --preset ue")
        .ends(2)
        .tells("There is no preset ue.\n    Did you mean eu?");
    room.run("render --preset E~U")
        .ends(2)
        .tells("E U is no name for a preset.");
}

#[test]
fn presets_are_compared_with_anything() {
    let room = Room::new();
    room.run("preset save a --profile solo --set backend.port=9001")
        .ends(0);
    room.run("preset save b --profile solo --set backend.port=9001 --set backend.workers=3")
        .ends(0);
    room.run("preset diff a")
        .ends(1)
        .tells("- profile solo\n+ preset:a")
        .prints("  ~ port  8001 -> 9001");
    room.run("preset diff a a").ends(0);
    room.run("preset diff a b")
        .ends(1)
        .prints("  ~ workers  2 -> 3");
    room.run("preset diff a --profile multiuser")
        .ends(1)
        .tells("- profile multiuser\n+ preset:a, over profile solo");
    room.run(
        "render --preset a --set security.jwt_secret=${SECRET:jwt-secret} --output v.toml --yes",
    )
    .ends(0);
    room.run("preset diff a v.toml")
        .ends(0)
        .tells("0 changed, 110 the same.");
    room.run("diff v.toml preset:b").ends(1).prints("workers");
    let json = room.json("preset diff a b");
    assert_eq!(
        (&json["left"]["kind"], &json["right"]["name"]),
        (&"preset".into(), &"preset:b".into())
    );
    room.run("preset diff a nothing")
        .ends(2)
        .tells("There is no preset nothing.");
    room.run("preset diff a ./nothing")
        .ends(2)
        .tells("There is no such file");
    room.run("preset diff nothing")
        .ends(2)
        .tells("There is no preset nothing.");
}

#[test]
fn presets_are_renamed_copied_described_and_deleted() {
    let room = Room::new();
    room.run("preset save a --profile solo --set backend.port=9001")
        .ends(0);
    room.run("preset save b --profile solo").ends(0);
    room.run("preset rename a b")
        .ends(1)
        .tells("There is a preset mine/b already.");
    room.run("preset rename a shared/c")
        .ends(2)
        .tells("Renaming leaves a preset in its folder.");
    room.run("preset rename a A")
        .ends(2)
        .tells("A is no name for a preset.")
        .tells("for example a.");
    room.run("preset rename a c --readonly")
        .ends(1)
        .tells("--readonly");
    room.run("preset rename a c")
        .ends(0)
        .prints("Renamed: mine/c");
    room.run("preset show a")
        .ends(2)
        .tells("There is no preset a.");
    room.run("preset duplicate c shared/c")
        .ends(0)
        .prints("Saved: shared/c\npresets/c.toml\n");
    let why = "preset describe mine/c What~for";
    room.run(why).ends(0).prints("Described: mine/c");
    room.run("preset describe mine/c two\nlines")
        .ends(2)
        .tells("one line");
    let text = room.text(&format!("{MINE}/c.toml"));
    assert_eq!(
        text.replace("What for", "").replace("mine", ""),
        room.text("presets/c.toml")
    );
    room.run("preset delete shared/c")
        .ends(2)
        .tells("- shared/c  presets/c.toml\n  profile solo, 1 answer, changed ")
        .tells("Nothing was deleted: nobody can be asked");
    room.run("preset delete shared/c --yes --readonly").ends(1);
    assert!(room.path("presets/c.toml").exists());
    room.run("preset delete shared/c --yes")
        .ends(0)
        .prints("Deleted: shared/c");
    assert!(!room.path("presets/c.toml").exists());
    assert_eq!(room.json("preset delete b --yes")["deleted"], "mine/b");
}

#[test]
fn one_file_carries_a_preset_to_another_home() {
    let room = Room::new();
    room.run("preset save a --profile solo --set backend.port=9001 --description Ours")
        .ends(0);
    room.run("preset export a a.toml")
        .ends(0)
        .tells("+ a.toml   new file, 8 lines")
        .prints("Written: a.toml");
    room.run("preset export a a.toml")
        .ends(0)
        .tells("nothing to do");
    room.file("other.toml", "[backend]\nport = 1\n");
    room.run("preset export a other.toml --yes")
        .ends(2)
        .tells("it is no preset");
    room.run("preset import other.toml")
        .ends(2)
        .tells("It is no preset.");
    room.run("preset import none.toml")
        .ends(2)
        .tells("There is no such file.");
    room.run("preset import a.toml")
        .ends(2)
        .tells("it has:")
        .tells("it gets:");
    room.run("preset import a.toml --shared")
        .ends(0)
        .prints("Saved: shared/a, profile solo, 1 answer");
    assert_eq!(room.text("presets/a.toml"), room.text("a.toml"));
    room.run("preset import a.toml --name b")
        .ends(0)
        .prints("Saved: mine/b");
    // A file of a preset is one wherever a file is named.
    room.run("render --from a.toml")
        .ends(0)
        .prints("port = 9001");
    room.run("check a.toml")
        .ends(0)
        .tells("Over profile solo, which the preset names");
    room.run("diff solo a.toml").ends(1).prints("8001 -> 9001");
    let wrong = room.text("a.toml").replace("backend.port", "backend.prot");
    room.file("wrong.toml", wrong);
    room.run("preset import wrong.toml --name w")
        .ends(1)
        .tells("wrong.toml:8: error: backend.prot is not a setting.")
        .tells("Nothing was imported");
    room.run("render --from wrong.toml")
        .ends(1)
        .tells("backend.prot is not a setting.");
}

#[test]
fn the_plain_wizard_begins_with_a_preset() {
    let room = Room::new();
    room.run("preset save a --profile solo --set backend.port=9001")
        .ends(0);
    room.file("answers.toml", "[answers]\n\"backend.workers\" = 3\n");
    let args = "--plain --answers answers.toml --preset a --output v.toml --yes";
    room.run(args).ends(0);
    let text = room.text("v.toml");
    assert!(
        text.contains("port = 9001") && text.contains("workers = 3"),
        "{text}"
    );
    assert!(
        !room.text(&format!("{MINE}/a.toml")).contains("workers"),
        "it is only read"
    );
    room.run("--plain --preset b")
        .ends(2)
        .tells("There is no preset b.");
    // Presets are files of answers as well.
    room.run("preset export a p.toml").ends(0);
    room.run("--plain --answers p.toml --output w.toml --yes")
        .ends(0);
    assert!(room.text("w.toml").contains("port = 9001"));
}

#[test]
fn what_is_wrong_with_a_preset_is_listed_and_shown() {
    let room = Room::with(&[
        ("presets/Bad Name.toml", "format = 1\n"),
        ("presets/newer.toml", "format = 2\nprofile = \"solo\"\n"),
        (
            "presets/secret.toml",
            &format!(
                "format = 1\nprofile = \"solo\"\n[answers]\n\"security.jwt_secret\" = \"{CANARY}\"\n"
            ),
        ),
    ]);
    room.run("preset list")
        .ends(1)
        .prints("newer   shared  solo  0 answers")
        .tells("presets/Bad Name.toml: error: Bad Name is no name for a preset.\n    It is not listed. Rename the file.")
        .tells("presets/newer.toml:1: error: It is a preset of format 2; this version reads format 1.")
        .tells("presets/secret.toml:4: error: security.jwt_secret: It is a secret in clear, and everybody who has this workspace has it.");
    room.run("preset show newer").ends(1).tells("format 2");
    room.run("render --preset newer").ends(2).tells("format 2");
    let done = room.run("render --preset secret");
    done.ends(1).tells("It is a secret in clear");
    assert!(
        !room.json("preset list")["problems"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}
