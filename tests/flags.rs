//! `--readonly`, `--strict` and `--reveal`: what each refuses or shows, in the verbs, in plain mode and on the screens.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "room/fed.rs"]
mod fed;
mod room;
mod stage;
#[allow(dead_code, reason = "shared with the terminals")]
#[path = "pty/terminal.rs"]
mod terminal;

use fed::fed;
use room::{Done, Room};
use std::fs;
use std::path::PathBuf;

use serde_json::Value as Json;
use stage::{Setup, Stage};
use terminal::Terminal;
use vapora_tui::caution::Caution;

/// Stands in every secret of these tests; as long as the schema wants it.
const CANARY: &str = "swordfish-swordfish-swordfish-swordfish";
const FILE: &str = "config/runtime/vapora.toml";
/// A file with one warning and no error: the unknown key.
const WARNED: &str = "deployment_mode = \"solo\"\n[backend]\nprot = 1\n";

const READONLY: Caution = Caution {
    readonly: true,
    strict: false,
};
const STRICT: Caution = Caution {
    readonly: false,
    strict: true,
};

impl Room {
    /// Arguments are separated by blanks.
    fn run(&self, args: &str) -> Done {
        self.typed(args, "")
    }

    fn typed(&self, args: &str, lines: &str) -> Done {
        Done::of(fed(&mut self.command(args.split(' ')), lines))
    }

    /// Everything below the folder.
    fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.path("")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path.clone());
                }
                found.push(path);
            }
        }
        found.sort();
        found
    }
}

#[test]
fn strict_makes_warnings_a_no_and_nothing_else() {
    let room = Room::with(&[
        ("warned.toml", WARNED),
        ("clean.toml", "deployment_mode = \"solo\"\n"),
        (
            "wrong.toml",
            "deployment_mode = \"solo\"\n[backend]\nport = 80\n",
        ),
        (
            "answers.toml",
            "profile = \"solo\"\n[answers]\n\"security.tls_cert_path\" = \"/etc/tls.crt\"\n",
        ),
    ]);
    let unattended = "--plain --answers answers.toml --yes --output out.toml";
    for (args, code, said) in [
        ("check warned.toml", 0, "1 warning\n"),
        (
            "check warned.toml --strict",
            1,
            "1 warning; --strict lets no warning pass\n",
        ),
        ("check clean.toml --strict", 0, "no problems\n"),
        ("check wrong.toml --strict", 1, "1 error\n"),
        (
            "render --from warned.toml --strict",
            1,
            "Not rendered: 1 warning; --strict lets no warning pass.\n",
        ),
        (
            "render --from warned.toml --strict --output out.toml --yes",
            1,
            "Not rendered: 1 warning; --strict lets no warning pass.\n",
        ),
        (
            "--plain --strict --answers answers.toml --yes --output out.toml",
            1,
            "Not written: 1 warning; --strict lets no warning pass.\n",
        ),
    ] {
        let done = room.run(args);
        assert!(
            done.code == code && done.err.ends_with(said),
            "{args}: {}\n{}",
            done.code,
            done.err
        );
        let shows = args.starts_with("check");
        assert!(shows || done.out.is_empty(), "{args}: {}", done.out);
        assert!(!room.path("out.toml").exists(), "{args}");
    }
    assert_eq!(room.run("render --from clean.toml --strict").code, 0);
    assert_eq!(room.run("render --from warned.toml").code, 0);
    let written = room.run(unattended);
    assert!(
        written.code == 0 && room.path("out.toml").exists(),
        "{}",
        written.err
    );
    for (args, ok) in [("", true), (" --strict", false)] {
        let done = room.run(&format!("check warned.toml --format json{args}"));
        let json: Json = serde_json::from_str(&done.out).unwrap();
        assert_eq!((&json["ok"], done.code), (&ok.into(), i32::from(!ok)));
    }
}

#[test]
fn strict_holds_for_forms_too() {
    let room = Room::with(&[(
        "lonely.toml",
        "name = \"lonely\"\n[[elements]]\nname = \"port\"\ntype = \"number\"\nprompt = \"Port\"\n\
         help = \"The port.\"\nnickel_path = [\"backend\", \"port\"]\n",
    )]);
    let args = "forms check lonely.toml --typedialog";
    let done = room.run(args);
    assert!(
        done.code == 0 && done.err.contains("warning"),
        "{}{}",
        done.out,
        done.err
    );
    let strict = room.run(&format!("{args} --strict"));
    assert_eq!((strict.code, &strict.out), (1, &done.out));
    assert!(
        strict.err.ends_with("; --strict lets no warning pass\n"),
        "{}",
        strict.err
    );
    let json = room.run(&format!("{args} --strict --format json"));
    assert_eq!(
        serde_json::from_str::<Json>(&json.out).unwrap()["ok"],
        false
    );
}

#[test]
fn readonly_shows_the_plan_and_writes_nothing() {
    let room = Room::with(&[
        ("v.toml", "deployment_mode = \"solo\"\n"),
        (
            "answers.toml",
            "profile = \"solo\"\n[answers]\n\"backend.port\" = 9001\n",
        ),
    ]);
    let before = room.files();
    for (args, plan) in [
        (
            "--readonly render --profile solo --output new.toml --yes",
            "+ new.toml   new file, ",
        ),
        (
            "render --profile solo --output new.toml --readonly",
            "+ new.toml   new file, ",
        ),
        ("init out --readonly --yes", "files to write in out.\n"),
        (
            "--plain --readonly --answers answers.toml --yes",
            "+ config/runtime/vapora.toml   new file, ",
        ),
    ] {
        let done = room.run(args);
        assert!(
            done.code == 1 && done.err.contains(plan),
            "{args}: {}\n{}",
            done.code,
            done.err
        );
        assert!(
            done.err.ends_with(
                "error: Nothing is written: it was started with --readonly.\n    \
                 Start it without that flag to write.\n"
            ),
            "{args}: {}",
            done.err
        );
        assert_eq!(room.files(), before, "{args}");
    }
    // What writes nothing anyway answers as ever.
    for (args, code) in [
        ("check v.toml --readonly", 0),
        ("--readonly diff solo multiuser", 1),
        ("render --profile solo --readonly", 0),
        (
            "render --profile solo --output new.toml --dry-run --readonly",
            0,
        ),
        ("init out --dry-run --readonly", 0),
    ] {
        let done = room.run(args);
        assert_eq!(done.code, code, "{args}: {}", done.err);
        assert!(!done.err.contains("--readonly"), "{args}: {}", done.err);
    }
    assert_eq!(room.files(), before);
}

#[test]
fn plain_mode_says_what_it_will_not_write() {
    let room = Room::with(&[("v.toml", WARNED)]);
    let done = room.typed(
        "--plain --readonly --profile solo",
        "write\nwrite other.toml\nquit\n",
    );
    let said = done.out.replace('\n', " ");
    let why =
        "Nothing is written: it was started with --readonly. Start it without that flag to write.";
    assert_eq!(said.matches(why).count(), 3, "{}", done.out);
    assert_eq!(
        said.matches(&format!("It cannot be written: {why}"))
            .count(),
        2,
        "{}",
        done.out
    );
    assert!(said.contains("+ other.toml   new file"), "{}", done.out);
    let strict = room.typed("--plain --strict --from v.toml", "write\nquit\n");
    let said = strict.out.replace('\n', " ");
    assert!(
        said.contains(
            "It cannot be written: 1 warning, and --strict lets none pass; problems tells it."
        ),
        "{}",
        strict.out
    );
    assert!(!room.path(FILE).exists() && !room.path("other.toml").exists());
}

#[test]
fn plain_help_names_the_type_of_a_custom_field() {
    let room = Room::with(&[
        (
            "forms/main.toml",
            "name = \"site\"\n[[elements]]\nname = \"site\"\ntype = \"group\"\ntitle = \"Site\"\n\
             includes = [\"fragments/site.toml\"]\n",
        ),
        (
            "forms/fragments/site.toml",
            "name = \"site\"\n[[elements]]\nname = \"host\"\ntype = \"custom\"\ncustom_type = \"HostName\"\n\
             prompt = \"Host\"\nhelp = \"The address.\"\nnickel_path = [\"backend\", \"host\"]\n",
        ),
    ]);
    let done = room.typed("--plain --profile solo", "1\n1\n?\nquit\n");
    assert!(
        done.out.contains("\nForm's type: HostName\n"),
        "{}{}",
        done.out,
        done.err
    );
    let checked = room.run("forms check forms/fragments/site.toml");
    assert_eq!((checked.code, checked.out.as_str()), (0, ""));
}

#[test]
fn a_flag_of_the_wizard_before_a_verb_is_named() {
    let room = Room::with(&[("v.toml", WARNED)]);
    let done = room.run("--strict check v.toml");
    assert!(
        done.code == 2
            && done
                .err
                .starts_with("error: --strict before a verb belongs to the wizard."),
        "{}",
        done.err
    );
}

fn with_secret(secret: &str) -> String {
    format!(
        "deployment_mode = \"multiuser\"\n[security]\njwt_secret = \"{secret}\"\n\
         [database]\nurl = \"wss://root:{secret}@db:8000\"\n"
    )
}

#[test]
fn a_secret_in_clear_is_printed_only_when_asked_for() {
    let clear = with_secret(CANARY);
    let refers = with_secret("${ENV:JWT}");
    let room = Room::with(&[("clear.toml", &clear), ("refers.toml", &refers)]);
    for format in ["toml", "json", "yaml", "nickel", "env"] {
        let args = format!("render --from clear.toml --format {format}");
        let refused = room.run(&args);
        assert!(
            refused.err.ends_with(
                "error: Not printed: it holds 2 secrets in clear:\n    database.url\n    security.jwt_secret\n    \
                 Write it with --output FILE, which only its owner can read; refer to secrets kept elsewhere, \
                 for example ${FILE:/run/secrets/name}; or give --reveal to print them.\n"
            ),
            "{format}: {}",
            refused.err
        );
        assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{format}");
        let shown = room.run(&format!("{args} --reveal"));
        assert_eq!(shown.code, 0, "{format}: {}", shown.err);
        assert_eq!(shown.out.matches(CANARY).count(), 2, "{format}");
        assert!(!shown.err.contains("swordfish"), "{}", shown.err);
    }
    let refers = room.run("render --from refers.toml");
    assert!(
        refers.code == 0 && refers.out.contains("jwt_secret = \"${ENV:JWT}\"\n"),
        "{}",
        refers.err
    );
    // A plan never shows one, so both together are refused.
    let both = room.run("render --from clear.toml --output new.toml --reveal --dry-run");
    assert!(
        both.code == 2 && both.err.contains("cannot be used with '--reveal'"),
        "{}",
        both.err
    );
    let written = room.run("render --from clear.toml --output new.toml --yes");
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(!(written.out + &written.err).contains("swordfish"));
}

#[test]
fn diff_shows_both_secrets_when_asked_for() {
    let one = with_secret(&format!("{CANARY}-one"));
    let two = with_secret(&format!("{CANARY}-two"));
    let room = Room::with(&[("a.toml", &one), ("b.toml", &two)]);
    let shown = room.run("diff a.toml b.toml --reveal");
    assert_eq!(
        shown.out,
        format!(
            "database\n  ~ url         wss://root:{CANARY}-one@db:8000 -> wss://root:{CANARY}-two@db:8000\n\
             security\n  ~ jwt_secret  {CANARY}-one -> {CANARY}-two\n"
        )
    );
    assert!(shown.code == 1 && !shown.err.contains("swordfish"));
    let json = room.run("diff a.toml b.toml --reveal --format json");
    let json: Json = serde_json::from_str(&json.out).unwrap();
    let secret = &json["changes"][1];
    assert_eq!(secret["left"], format!("{CANARY}-one"));
    assert_eq!(secret["right"], format!("{CANARY}-two"));
    assert_eq!(secret["secret"], true);
    // What is no secret reads as without it.
    let plain = "diff solo enterprise";
    for format in ["", " --format json"] {
        assert_eq!(
            room.run(&format!("{plain}{format} --reveal")).out,
            room.run(&format!("{plain}{format}")).out
        );
    }
}

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (60, 16)];

#[test]
fn a_readonly_wizard_shows_the_review_with_its_button_off() {
    for (width, height) in SIZES {
        let mut start = Setup::new(width, height).caution(READONLY).begin();
        start.says(" readonly ");
        snapshot(&start, "readonly_start");
        let mut stage = Setup::new(width, height)
            .on_disk()
            .caution(READONLY)
            .begin();
        stage.keys("Enter Down Enter Down 9 0 0 1 Enter w");
        stage
            .says("started with --readonly")
            .says("8001")
            .says("Write 1 file");
        snapshot(&stage, "readonly_review");
        stage.keys("Tab Enter").says("Nothing is written");
        assert!(!stage.root().join(FILE).exists());
        stage.keys("Esc : w Enter").says("started with --readonly");
        stage.keys("Tab Enter");
        assert!(!stage.root().join(FILE).exists());
        let command = stage.app.review_command().unwrap();
        assert!(command.contains("--set backend.port=9001"), "{command}");
    }
}

#[test]
fn a_strict_wizard_writes_only_without_warnings() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("v.toml", WARNED)
            .open("v.toml")
            .caution(STRICT)
            .begin();
        stage
            .keys("w")
            .says("1 warning, and --strict lets none pass");
        snapshot(&stage, "strict_review");
        stage
            .keys("Tab Enter")
            .says("1 warning, and --strict lets none pass");
        assert!(!stage.root().join(FILE).exists());
        assert_eq!(stage.app.review_command(), None);
        stage.keys("Esc !").says("backend.prot is not a setting");
    }
    let mut stage = Setup::new(80, 24)
        .on_disk()
        .profile("solo")
        .caution(STRICT)
        .begin();
    stage.keys("w Tab Enter").says("Written: ");
    assert!(stage.root().join(FILE).exists());
}

#[test]
fn the_wizard_compares_with_every_format() {
    let same = "[backend]\nport = 9100\n";
    let setup = || {
        Setup::new(80, 24)
            .profile("solo")
            .file("a.toml", same)
            .file("a.json", "{\"backend\": {\"port\": 9100}}")
            .file("a.yaml", "backend:\n  port: 9100\n")
            .file("a.env", "VAPORA__BACKEND__PORT=9100\n")
    };
    for name in ["a.toml", "a.json", "a.yaml", "a.env"] {
        let mut stage = setup().begin();
        stage.keys("d c End Enter");
        stage.says("TOML, JSON, YAML, Nickel or env lines");
        stage.text(name).keys("Enter");
        stage
            .says(name)
            .says("~ 9100               8001")
            .says("1 changed, 109 the same");
    }
}

/// Nickel is evaluated by the program itself, so this is the real one on a terminal.
#[test]
fn the_wizard_compares_with_a_nickel_file() {
    let room = Room::with(&[(
        "a.ncl",
        "let port = 9000 + 100 in { backend.port = port }\n",
    )]);
    let mut terminal = Terminal::start::<&str>((80, 24), &room.path(""), &[]);
    // Then there is something to compare with.
    terminal.wait_for("solo: 110 settings");
    terminal.press("\r", "●0");
    terminal.press("d", "Nothing differs");
    terminal.press("c", "a file…");
    terminal.press("G", "▸ a file…");
    terminal.press("\r", "Compare with a file");
    terminal.press("a.ncl", "a.ncl");
    terminal.press("\r", "1 changed, 109 the same");
    assert!(terminal::shows(terminal.screen(), "~ 9100"));
}

#[test]
fn the_open_prompt_takes_a_folder_and_says_so() {
    for (width, height) in SIZES {
        let mut prompt = Setup::new(width, height).begin();
        prompt.says("a file or folder…").keys("End Enter");
        snapshot(&prompt, "open_prompt");
    }
    let mut stage = Setup::new(80, 24)
        .file("site/config/runtime/eu.toml", WARNED)
        .begin();
    stage
        .keys("End Enter")
        .says("or a folder to choose")
        .text("site")
        .keys("Enter")
        .says("eu.toml");
}
