//! The verbs with the real program: what they print, how they end, what they write, and that they tell no secret.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod room;

use room::{Done, Room};
use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::{Value as Json, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_vapora-tui");
const PROFILES: [&str; 3] = ["solo", "multiuser", "enterprise"];
/// Stands in every secret of these tests.
const CANARY: &str = "swordfish";

impl Room {
    fn new() -> Self {
        Self::with(&[])
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// Arguments are separated by blanks.
    fn run(&self, args: &str) -> Done {
        self.run_with(args, &[])
    }

    fn run_with(&self, args: &str, variables: &[(&str, &str)]) -> Done {
        done(
            self.command(args.split(' '))
                .envs(variables.iter().copied()),
        )
    }
}

fn done(command: &mut Command) -> Done {
    Done::of(command.output().unwrap())
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cli")
}

/// `severity: path: message` of each line that tells a problem, without where it stands.
fn told(text: &str) -> BTreeSet<String> {
    let severities = ["error: ", "to answer: ", "warning: "];
    text.lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| {
            let at = severities.iter().filter_map(|word| line.find(word)).min()?;
            Some(line[at..].to_owned())
        })
        .collect()
}

#[test]
fn check_tells_every_problem_of_a_file() {
    let mut names: Vec<_> = fs::read_dir(fixtures())
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    names.retain(|file| file.extension().is_some_and(|ending| ending != "expected"));
    assert!(names.len() > 20, "{names:?}");
    names.sort();
    let room = Room::new();
    for source in names {
        let name = source.file_name().unwrap().to_str().unwrap();
        room.file(name, fs::read(&source).unwrap());
        let Done { code, out, err } = room.run(&format!("check {name}"));
        let expected = fs::read_to_string(source.with_extension("expected")).unwrap();
        assert_eq!(format!("{out}exit {code}, {err}"), expected, "{name}");

        let Done {
            code: same,
            out,
            err,
        } = room.run(&format!("check {name} --format json"));
        let json: Json = serde_json::from_str(&out).unwrap();
        let lines = expected
            .lines()
            .filter(|line| line.starts_with(name))
            .count();
        assert_eq!((same, err.as_str()), (code, ""), "{name}");
        assert_eq!(json["problems"].as_array().unwrap().len(), lines, "{name}");
        assert_eq!(json["ok"], json!(code == 0), "{name}");
    }
}

#[test]
fn check_prints_json_of_a_fixed_shape() {
    let room = Room::new();
    room.file(
        "v.toml",
        "deployment_mode = \"solo\"\n[backend]\nport = 80\nprot = 1\n",
    );
    let done = room.run("check v.toml --format json");
    assert_eq!(
        serde_json::from_str::<Json>(&done.out).unwrap(),
        json!({
            "file": "v.toml", "profile": "solo", "profile_by": "named", "schema": "1.2.0",
            "ok": false, "left_out": 0,
            "problems": [
                {
                    "severity": "error", "path": "backend.port", "line": 3, "value": 80,
                    "message": "80 is below 1024, which the system keeps for itself.",
                    "hint": "Use 1024 to 65535, for example 8001, the number VAPORA documents.",
                },
                {
                    "severity": "warning", "path": "backend.prot", "line": 4, "value": null,
                    "message": "backend.prot is not a setting.",
                    "hint": "Did you mean backend.port? It is kept as it is when the file is written.",
                },
            ],
        })
    );
}

/// Arguments that leave the question unanswered, and what is said then.
const CANNOT: &[(&str, &str)] = &[
    (
        "check none.toml",
        "none.toml: error: There is no such file.",
    ),
    (
        "check .",
        "error: It is a folder, not a configuration file.",
    ),
    (
        "check v.toml --profile sollo",
        "error: There is no profile sollo.\n    Did you mean solo? Profiles are solo, multiuser, enterprise, broken, section.\n",
    ),
    (
        "check v.toml --profile broken",
        "profiles/broken.ncl:1: error: ",
    ),
    (
        "check v.toml --profile section",
        "profiles/section.ncl:1: error: backend: The profile gives the whole section backend a priority.",
    ),
    (
        "--workspace none check v.toml",
        "none: error: There is no such folder.",
    ),
    (
        "--profile solo check v.toml",
        "error: --profile before a verb belongs to the wizard.",
    ),
    (
        "check",
        "error: the following required arguments were not provided",
    ),
    (
        "chekc v.toml",
        "error: chekc is no verb, and there is no such file or folder. Did you mean check?",
    ),
    (
        "v.toml odd.toml",
        "error: Only one file or folder can be opened.",
    ),
    (
        "render",
        "error: No profile is given.\n    Give --profile with one of solo, multiuser, enterprise, broken, section.\n",
    ),
    ("render --from v.toml", "error: No profile is given."),
    (
        "render --from odd.toml",
        "error: The file's deployment_mode is no profile. There is no profile sollo.",
    ),
    (
        "render --from none.toml",
        "none.toml: error: There is no such file.",
    ),
    ("render --profile broken", "profiles/broken.ncl:1: error: "),
    (
        "render --profile solo --set backend.prot=1",
        "error: backend.prot is not a setting.\n    Did you mean backend.port?\n",
    ),
    (
        "render --profile solo --set database.password=x",
        "error: database.password is a secret",
    ),
    (
        "render --profile solo --set database.url=ws://root:swordfish@db",
        "error: database.url: The address holds a password",
    ),
    (
        "render --profile solo --set backend.port",
        "error: --set backend.port gives no value.",
    ),
    (
        "render --profile solo --set-file security.jwt_secret",
        "error: --set-file security.jwt_secret names no file.",
    ),
    (
        "render --profile solo --set-file security.jwt_secret=none",
        "none: error: security.jwt_secret: It cannot be read: No such file",
    ),
    (
        "render --profile solo --set-file security.jwt_secret=.",
        ".: error: security.jwt_secret: It cannot be read: Is a directory",
    ),
    (
        "render --profile solo --set-file security.jwt_secret=latin",
        "latin: error: security.jwt_secret: It is not UTF-8 text.",
    ),
    (
        "render --profile solo --set-file security.jwt_secret=long",
        "long: error: security.jwt_secret: It is longer than 64 KiB.",
    ),
    (
        "render --profile solo --set backend.host=a --set-file backend.host=latin",
        "latin: error: ",
    ),
    (
        "render --profile solo --set backend.host=a --set-file backend.host=v.toml",
        "error: backend.host: --set and --set-file both give it.",
    ),
    (
        "render --profile solo --output v.json --format toml",
        "v.json: error: --format toml does not fit the name of this file.",
    ),
    ("render --profile solo --output .", "error: It is a folder"),
    (
        "render --profile solo --yes",
        "error: the following required arguments were not provided",
    ),
    (
        "render --profile solo --output a.toml --yes --dry-run",
        "error: the argument '--",
    ),
    (
        "render --profile solo --format xml",
        "error: invalid value 'xml'",
    ),
];

#[test]
fn what_cannot_be_answered_ends_with_two_and_prints_nothing() {
    let room = Room::new();
    room.file("v.toml", "[backend]\nport = 9001\n");
    room.file("odd.toml", "deployment_mode = \"sollo\"\n");
    room.file("latin", b"\xff");
    room.file("long", "x".repeat((64 << 10) + 1));
    room.file("profiles/broken.ncl", "{ backend = ");
    room.file(
        "profiles/section.ncl",
        "{ backend | priority -1 = { port = 9001 } }",
    );
    for (args, said) in CANNOT {
        let Done { code, out, err } = room.run(args);
        let err = err.replace(&room.path("").display().to_string(), "");
        assert!(
            err.contains(said) && code == 2 && out.is_empty(),
            "{args}: {code}\n{out}{err}"
        );
    }
}

#[test]
fn what_render_prints_check_finds_right() {
    let room = Room::new();
    for profile in PROFILES {
        for format in ["toml", "json"] {
            let rendered = room.run(&format!("render --profile {profile} --format {format}"));
            assert_eq!(rendered.code, 0, "{}", rendered.err);
            room.file(&format!("v.{format}"), &rendered.out);
            let checked = room.run(&format!("check v.{format}"));
            assert_eq!(checked.code, 0, "{}", checked.out);
            assert_eq!(told(&checked.out), told(&rendered.err));
            let again = room.run(&format!("render --from v.{format} --format {format}"));
            assert_eq!(again.out, rendered.out);
        }
    }
}

#[test]
fn each_layer_counts_over_the_one_before() {
    let room = Room::new();
    room.file("v.toml", "deployment_mode = \"solo\"\n[agents]\nport = 9102\n[llm_router]\nport = 9103\n[frontend]\nport = 9104\n");
    room.file("port", "9404\n");
    let variables = [
        ("VAPORA__LLM_ROUTER__PORT", "9203"),
        ("VAPORA__FRONTEND__PORT", "9204"),
        ("OTHER", "1"),
    ];
    let done = room.run_with(
        "render --from v.toml --set backend.port=1 --set frontend.host=localhost --set backend.port=8001 \
         --set-file frontend.port=port --format json"
            .replace("         ", "")
            .as_str(),
        &variables,
    );
    let json: Json = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    let ports: Vec<_> = ["backend", "agents", "llm_router", "frontend"]
        .map(|s| json[s]["port"].clone())
        .into();
    assert_eq!(ports, [8001, 9102, 9203, 9404]);
    assert_eq!(json["frontend"]["host"], "localhost");
}

#[test]
fn what_is_refused_is_told_by_its_source() {
    let room = Room::new();
    room.file("v.toml", "deployment_mode = \"solo\"\n[agents]\nport = 2\n");
    room.file("short", format!("{CANARY}\n"));
    room.file(
        "profiles/holding.ncl",
        "{ deployment_mode = \"solo\", backend.port | force = 9001 }",
    );
    for (args, variables, said) in [
        (
            "render --from v.toml",
            &[][..],
            "v.toml:3: error: agents.port: 2 is below 1024",
        ),
        (
            "render --profile solo --set backend.port=80",
            &[],
            "--set: error: backend.port: 80 is below 1024",
        ),
        (
            "render --profile solo --set-file security.jwt_secret=short",
            &[],
            "--set-file: error: security.jwt_secret: ",
        ),
        (
            "render --profile solo",
            &[("VAPORA__AGENTS__PORT", "3")],
            "VAPORA__AGENTS__PORT: error: agents.port: 3 is below",
        ),
        (
            "render --profile solo",
            &[("VAPORA__AGENTS__PROT", "3")],
            "error: The environment variable VAPORA__AGENTS__PROT sets no setting.\n    Did you mean VAPORA__AGENTS__PORT?\n",
        ),
        (
            "render --profile solo --set security.tls_enabled=true",
            &[],
            "profile solo: to answer: security.tls_cert_path: ",
        ),
        (
            "render --profile holding --set backend.port=9002",
            &[],
            "--set: error: backend.port: Profile holding holds it at 9001.",
        ),
        (
            "render --from v.toml --profile enterprise --output new.toml --yes",
            &[],
            "\nNot rendered: 1 error, ",
        ),
    ] {
        let Done { code, out, err } = room.run_with(args, variables);
        assert!(
            err.contains(said) && code == 1 && out.is_empty(),
            "{args}: {code}\n{out}{err}"
        );
    }
    assert!(!room.path("new.toml").exists());
    let held = "deployment_mode = \"solo\"\n[backend]\nport = 9002\n";
    room.file("held.toml", held);
    let done = room.run("check held.toml --profile holding");
    assert!(
        done.out
            .contains("held.toml:3: error: backend.port: Profile holding holds another value."),
        "{}",
        done.out
    );
}

#[test]
fn an_answer_that_the_form_hides_is_left_out_with_a_word() {
    let room = Room::new();
    let done = room.run("render --profile solo --set backend.cache.ttl=7 --format json");
    let json: Json = serde_json::from_str(&done.out).unwrap();
    assert_eq!(json["backend"]["cache"]["ttl"], 300);
    let said = "--set: warning: backend.cache.ttl: It is left out: with these settings the form does not ask for it.\n    \
                backend.cache.enabled decides whether it counts.\n";
    assert!(done.err.contains(said), "{}", done.err);
    let done = room.run("render --profile solo --set backend.cache.ttl=7 --set backend.cache.enabled=on --format json");
    let json: Json = serde_json::from_str(&done.out).unwrap();
    assert_eq!(
        (&json["backend"]["cache"]["ttl"], done.err.as_str()),
        (&json!(7), "")
    );
}

/// A value as `--set` takes it, when reading that text gives the value back.
fn typed(value: &Json) -> Option<String> {
    match value {
        Json::String(text) if text.parse::<f64>().is_err() => Some(text.clone()),
        Json::Number(n) => Some(n.to_string()),
        Json::Array(items) if items.iter().all(Json::is_string) => Some(value.to_string()),
        _ => None,
    }
}

#[test]
fn render_refuses_what_check_finds_wrong() {
    let room = Room::new();
    let table = include_str!("reference/rules.tsv");
    let mut compared = 0;
    // Every third row: each takes two starts of the program.
    for row in table.lines().skip(1).step_by(3) {
        let columns: Vec<&str> = row.split('\t').collect();
        let (profile, overlay) = (
            columns[1],
            serde_json::from_str::<Json>(columns[2]).unwrap(),
        );
        let overlay = overlay.as_object().unwrap();
        let mut file = json!({});
        let mut args = vec![
            "render".to_owned(),
            "--profile".to_owned(),
            profile.to_owned(),
        ];
        let mut can_be_typed = true;
        for (path, value) in overlay {
            let place = path
                .split('.')
                .fold(&mut file, |place, name| &mut place[name]);
            *place = value.clone();
            match typed(value) {
                Some(text) => args.push(format!("--set={path}={text}")),
                None => can_be_typed = false,
            }
        }
        if !can_be_typed {
            continue;
        }
        let rendered = done(&mut room.command(args.iter().map(String::as_str)));
        if rendered.code == 2 || rendered.err.contains("It is left out") {
            // A secret, or a field that the form hides: there is nothing to compare.
            continue;
        }
        room.file("v.json", file.to_string());
        let checked = room.run(&format!("check v.json --profile {profile}"));
        let said: BTreeSet<_> = told(&checked.out);
        // The kind of a typed text is the field's, so only the sentence may differ.
        let brief = |all: &BTreeSet<String>| -> BTreeSet<String> {
            all.iter()
                .map(|line| line.splitn(3, ": ").take(2).collect::<Vec<_>>().join(" "))
                .collect()
        };
        assert_eq!(
            brief(&told(&rendered.err)),
            brief(&said),
            "{row}\n{}",
            rendered.err
        );
        assert_eq!(rendered.code, checked.code, "{row}");
        assert_eq!(rendered.out.is_empty(), rendered.code == 1, "{row}");
        compared += 1;
    }
    assert!(compared >= 25, "only {compared} rows were compared");
}

#[test]
fn output_is_planned_then_written() {
    let room = Room::new();
    let shown = room.run("render --profile multiuser --set backend.port=9001 --set frontend.api_url=http://127.0.0.1:9001 --output a/b/v.toml --dry-run");
    assert!(
        shown
            .err
            .starts_with("+ a/b/v.toml   new file, new folder a"),
        "{}",
        shown.err
    );
    assert!(
        shown.err.contains(
            "2 settings differ from profile multiuser:\n  ~ backend.port: 8001 -> 9001\n"
        ),
        "{}",
        shown.err
    );
    assert_eq!((shown.code, room.path("a").exists()), (0, false));

    let refused = room.run("render --profile multiuser --output a/b/v.toml");
    assert!(
        refused
            .err
            .contains("Give --yes to write, or --dry-run to see only this plan."),
        "{}",
        refused.err
    );
    assert_eq!((refused.code, room.path("a").exists()), (2, false));

    let written = room.run("render --profile multiuser --output a/b/v.toml --yes");
    assert!(
        written.err.contains("\nWritten: ") && written.out.is_empty(),
        "{}",
        written.err
    );
    assert_eq!((written.code, room.mode("a/b/v.toml")), (0, 0o644));
    assert_eq!(
        room.read("a/b/v.toml"),
        room.run("render --profile multiuser").out
    );

    let same = room.run("render --profile multiuser --output a/b/v.toml");
    assert!(
        same.err
            .contains("= a/b/v.toml   the same already, nothing to do"),
        "{}",
        same.err
    );
    assert_eq!(same.code, 0);

    let json = room.run("render --profile multiuser --output v.json --yes");
    assert_eq!(json.code, 0, "{}", json.err);
    assert!(
        serde_json::from_str::<Json>(&room.read("v.json"))
            .unwrap()
            .is_object()
    );
}

#[test]
fn an_existing_file_keeps_what_is_not_ours() {
    let room = Room::new();
    let text = "# Ours, do not touch.\ndeployment_mode = \"solo\"\ncolour = \"green\"\n\n[backend]\nport = 9001 # behind the proxy\n";
    room.file("v.toml", text);
    let done = room.run("render --from v.toml --set backend.port=9002 --output v.toml --yes");
    assert!(
        done.err.contains("  ~ backend.port: 9001 -> 9002\n"),
        "{}",
        done.err
    );
    let now = room.read("v.toml");
    assert!(
        now.starts_with("# Ours, do not touch.\ndeployment_mode = \"solo\"\ncolour = \"green\"\n"),
        "{now}"
    );
    assert!(now.contains("port = 9002 # behind the proxy\n"), "{now}");
}

#[test]
fn a_file_with_a_secret_is_its_owners_alone() {
    let room = Room::new();
    let secret = format!("{CANARY}-{CANARY}-{CANARY}-{CANARY}");
    for (n, ending) in ["", "\n", "\r\n"].iter().enumerate() {
        room.file("jwt", format!("{secret}{ending}"));
        let name = format!("v{n}.toml");
        let done = room.run(&format!(
            "render --profile solo --set-file security.jwt_secret=jwt --output {name} --yes"
        ));
        assert!(
            done.err
                .contains("security.jwt_secret: ${SECRET:jwt-secret} -> (secret)\n"),
            "{}",
            done.err
        );
        assert!(!done.err.contains(CANARY), "{}", done.err);
        assert_eq!(room.mode(&name), 0o600);
        assert!(
            room.read(&name)
                .contains(&format!("jwt_secret = \"{secret}\"\n")),
            "{ending:?}"
        );
    }
    room.file("jwt", format!("{secret}-new"));
    let done = room
        .run("render --profile solo --set-file security.jwt_secret=jwt --output v0.toml --dry-run");
    assert!(
        done.err
            .contains("security.jwt_secret: (secret) -> (secret, changed)\n"),
        "{}",
        done.err
    );
}

#[test]
fn no_verb_tells_a_secret() {
    let room = Room::new();
    room.file(
        "secrets.toml",
        fs::read(fixtures().join("secrets.toml")).unwrap(),
    );
    room.file("broken.toml", format!("[database]\npassword = \"{CANARY}\njwt = {CANARY}\n[security]\njwt_secret = {{ a = \"{CANARY}\" }}\n"));
    room.file(
        "broken.json",
        format!("{{\"database\": {{\"password\": \"{CANARY}\", \"url\": [\"{CANARY}\"], }}"),
    );
    room.file("short", CANARY);
    room.file("address", format!("http://root:{CANARY}@db:8000"));
    let long = CANARY.repeat(6);
    let mut secret = vec![("VAPORA__DATABASE__PASSWORD", long.as_str())];
    secret.push(("VAPORA__SECURITY__JWT_SECRET", CANARY));
    secret.push(("VAPORA__BACKEND__AUTH__OAUTH_CLIENT_SECRET", CANARY));
    let address = format!("ftp://root:{CANARY}@db");
    secret.push(("VAPORA__NATS__URL", &address));
    for args in [
        "check secrets.toml",
        "check broken.toml --profile solo",
        "check broken.json --profile solo",
        "render --from secrets.toml",
        "render --from broken.toml --profile enterprise",
        "render --profile solo --set-file security.jwt_secret=short",
        "render --profile solo --set-file database.url=address",
        "render --profile solo --set-file backend.port=address",
        "render --profile solo --set-file llm_router.providers.claude_api_key_env=short",
        "render --profile enterprise --set-file nats.cluster=address",
        "render --profile enterprise --set-file security.jwt_secret=short --output new.toml --dry-run",
    ] {
        for (format, variables) in [("", &secret[..]), ("", &[]), (" --format json", &[])] {
            if !args.starts_with("check") && !format.is_empty() {
                continue;
            }
            let Done { code, out, err } = room.run_with(&format!("{args}{format}"), variables);
            assert!(!err.contains(CANARY), "{args}\n{err}");
            // The name of a variable is no secret, whatever it is.
            let may_print = args.contains("_env=");
            assert!(may_print || !out.contains(CANARY), "{args}: {code}\n{out}");
        }
    }
}

#[test]
fn a_reader_that_leaves_is_no_fault() {
    let room = Room::new();
    for args in [&["render", "--profile", "solo"][..], &["check", "v.toml"]] {
        room.file(
            "v.toml",
            "deployment_mode = \"solo\"\n[backend]\nport = 80\n",
        );
        let mut child = room
            .command(args.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        let code = child.wait().unwrap().code();
        let expected = if args[0] == "check" {
            (
                Some(1),
                "Over profile solo, which deployment_mode names: 1 error\n",
            )
        } else {
            (Some(0), "")
        };
        assert_eq!((code, err.as_str()), expected);
    }
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let done = done_into(&mut room.command(["render", "--profile", "solo"]), full);
    assert!(
        done.1
            .starts_with("error: The result cannot be printed: No space left"),
        "{}",
        done.1
    );
    assert_eq!(done.0, 2);
}

fn done_into(command: &mut Command, out: fs::File) -> (i32, String) {
    let output = command
        .stdout(out)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn on_a_terminal_it_asks() {
    for (typed, code, written) in [
        ("y\n", 0, true),
        ("n\n", 1, false),
        ("\n", 1, false),
        ("\x04", 1, false),
    ] {
        let room = Room::new();
        let terminal = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(["render", "--profile", "solo", "--output", "v.toml"]);
        command.env_clear();
        command.cwd(room.path(""));
        let mut child = terminal.slave.spawn_command(command).unwrap();
        drop(terminal.slave);
        let mut reader = terminal.master.try_clone_reader().unwrap();
        let mut shown = Vec::new();
        let mut bytes = [0; 1024];
        while !String::from_utf8_lossy(&shown).contains("Write it? [y/N] ") {
            let n = reader.read(&mut bytes).unwrap();
            assert!(n > 0, "{}", String::from_utf8_lossy(&shown));
            shown.extend_from_slice(&bytes[..n]);
        }
        let mut writer = terminal.master.take_writer().unwrap();
        writer.write_all(typed.as_bytes()).unwrap();
        writer.flush().unwrap();
        // Whatever is still printed is read, so that the program never waits for this side.
        while reader.read(&mut bytes).is_ok_and(|n| n > 0) {}
        assert_eq!(child.wait().unwrap().exit_code(), code, "{typed:?}");
        assert_eq!(room.path("v.toml").exists(), written, "{typed:?}");
    }
}
