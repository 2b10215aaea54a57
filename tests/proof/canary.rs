//! A secret that is typed once is found only where it was asked to be: in the file that is written and its generations,
//! each its owner's alone, and on the screen while `s` shows it. Looked for in every file, in what the system tells of
//! the processes, in every byte sent to the terminal, in what verbs say, and in the report of a panic.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value as Json;
use tempfile::TempDir;
use vapora_tui::tui::terminal as product;

use crate::process::{Watch, children, guard, judge, wizard_below};
use crate::stage::Setup;
use crate::steps::{SIZE, SOON, give_port};
use crate::terminal::{CTRL_U, CTRL_Z, ENTER, ESC, PROGRAM, TAB, Terminal, shows};
use crate::traces::{Traces, Watcher};

/// Long enough for the schema, short enough for all its stars to show, no eight characters of it twice, and nothing in
/// it that any format writes otherwise.
const CANARY: &str = "Kq3vZ8nRt5XwB2yLc7JdF4hGs9PmT6aUe1VbNxQoWiEz";
/// Of it so much is typed when the wizard is killed.
const HALF: usize = 22;

const END: &str = "\x1b[F";
const PASTE: (&str, &str) = ("\x1b[200~", "\x1b[201~");

/// Home, workspace and folder for temporary files, side by side in one that is searched.
struct Place {
    root: TempDir,
    traces: Traces,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for name in ["home", "work", "tmp"] {
            fs::create_dir(root.path().join(name)).unwrap();
        }
        // Makes it the nearest workspace.
        fs::create_dir(root.path().join("work/.typedialog")).unwrap();
        Self {
            root,
            traces: Traces::of(CANARY),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn output(&self) -> PathBuf {
        self.path("work/config/runtime/vapora.toml")
    }

    /// A shell in the workspace.
    fn shell(&self) -> Terminal {
        let (home, tmp) = (self.path("home"), self.path("tmp"));
        let variables = [
            ("HOME", home.to_str().unwrap()),
            ("TMPDIR", tmp.to_str().unwrap()),
            ("RUST_BACKTRACE", "full"),
        ];
        let mut terminal = Terminal::start_in(&variables, "sh", SIZE, &self.path("work"), &["-i"]);
        terminal.wait_for("shell>");
        terminal
    }

    fn verb(&self, args: &[&str]) -> Output {
        Command::new(PROGRAM)
            .args(args)
            .current_dir(self.path("work"))
            .env_clear()
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("tmp"))
            .env("RUST_BACKTRACE", "full")
            .output()
            .unwrap()
    }

    fn draft(&self, args: &[&str]) -> Json {
        let done = self.verb(&[&["draft"], args, &["--format", "json"]].concat());
        assert_eq!(self.traces.within(&done.stdout), None, "draft {args:?}");
        assert_eq!(self.traces.within(&done.stderr), None, "draft {args:?}");
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// Waits until the draft says that this field is being typed.
    fn until_kept(&self, path: &str) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let listed = self.draft(&["list"]);
            if let Some(id) = listed["drafts"][0]["id"].as_str()
                && self.draft(&["show", id])["typing"]["path"] == path
            {
                return;
            }
            assert!(Instant::now() < deadline, "{listed}");
        }
    }

    /// Every file with a trace is one of those that were asked for, and its owner's alone.
    fn assert_files(&self, wanted: &[PathBuf], when: &str) {
        let found = self.traces.below(&[self.root.path()]);
        assert_eq!(found, wanted, "{when}");
        for file in wanted {
            let mode = file.metadata().unwrap().permissions().mode() & 0o7777;
            assert_eq!(mode, 0o600, "{}", file.display());
        }
    }
}

/// The wizard under a shell, and how much of what came from it may not hold a trace.
struct Scene<'p> {
    place: &'p Place,
    terminal: Terminal,
    wizard: Pid,
    /// The bytes before this were looked at.
    looked: usize,
}

impl<'p> Scene<'p> {
    /// `first` is what shows when it is ready.
    fn start(place: &'p Place, args: &str, first: &str) -> Self {
        let mut terminal = place.shell();
        terminal.send(&format!(
            "clear; {PROGRAM} {args} 2>{}\n",
            place.path("tmp/said").display()
        ));
        terminal.wait_for(first);
        let wizard = wizard_below(terminal.pid(), PROGRAM);
        Self {
            place,
            terminal,
            wizard,
            looked: 0,
        }
    }

    fn press(&mut self, keys: &str, text: &str) {
        self.terminal.press(keys, text);
    }

    fn go_to_the_secret(&mut self) {
        self.press("/", "┌ Search");
        self.press("jwt secret", "jwt secret");
        self.press(ENTER, "▸ JWT secret");
    }

    fn paste(&mut self) {
        self.press(&format!("{}{CANARY}{}", PASTE.0, PASTE.1), "***");
        // What comes at once behind a paste still belongs to it.
        self.terminal.listen(Duration::from_millis(50));
    }

    /// Nothing of the secret is anywhere, but in these files.
    fn look(&mut self, wanted: &[PathBuf], when: &str) {
        println!("  {when}");
        self.place.assert_files(wanted, when);
        let told = self.place.traces.of_processes(self.terminal.pid());
        let told: Vec<_> = told
            .into_iter()
            .filter(|file| !fs::read_link(file).is_ok_and(|file| wanted.contains(&file)))
            .collect();
        assert_eq!(told, Vec::<PathBuf>::new(), "{when}");
        let sent = &self.terminal.written[self.looked..];
        assert_eq!(self.place.traces.within(sent), None, "{when}");
    }

    /// Every byte up to here was meant to show it.
    fn shown(&mut self) {
        self.looked = self.terminal.written.len();
    }

    fn kill(&mut self) {
        let all = [&[self.wizard][..], &children(self.wizard)].concat();
        let all: Vec<Watch> = all.into_iter().map(Watch::new).collect();
        kill_process(self.wizard, Signal::KILL).unwrap();
        // The guard drops what was typed up to its end.
        assert!(all.iter().all(|one| one.ends_within(SOON)));
        self.terminal.press("echo later-$((6*7))\n", "later-42");
    }
}

/// The screens that tell of answers, and the keys that send something somewhere.
fn walk(scene: &mut Scene, wanted: &[PathBuf]) {
    for (keys, shown, name) in [
        ("d", "┌ Diff", "diff"),
        ("o", "┌ Output", "output"),
        ("w", "┌ Review", "review"),
        ("!", "┌ Problems", "problems"),
        ("?", "┌ Help", "help"),
        (":", "┌ Actions", "actions"),
    ] {
        scene.press(keys, shown);
        if name != "actions" {
            // A second press gives the next that can be copied.
            scene.terminal.send("yy");
        }
        scene.look(wanted, name);
        scene.terminal.send(ESC);
        scene.terminal.wait_gone(shown);
    }
    scene.press("y", "not the secret");
    scene.look(wanted, "copied");
}

#[test]
fn a_secret_that_is_typed_is_found_only_where_it_was_asked_to_be() {
    let place = Place::new();
    let nowhere: &[PathBuf] = &[];
    let mut scene = Scene::start(&place, "--profile enterprise", "✗0");
    let watcher = Watcher::start(&place.traces, &[place.root.path()], scene.terminal.pid());
    no_core_dumps(scene.wizard);

    scene.go_to_the_secret();
    scene.press(ENTER, "[$");
    scene.terminal.send(CTRL_U);
    for (n, letter) in CANARY.char_indices() {
        scene.press(&letter.to_string(), &"*".repeat(n + 1));
    }
    scene.look(nowhere, "typed");
    scene.press(ENTER, "(secret)");
    scene.press("u", "${SECRET:");
    scene.press("U", "(secret)");
    scene.look(nowhere, "undone and redone");
    scene.press(ENTER, "[ ");
    scene.paste();
    // The earlier text is one redo away.
    scene.press(ESC, "(secret)");
    scene.terminal.send("U");
    scene.look(nowhere, "pasted and given up");
    scene.press(ENTER, "[ ");
    scene.paste();
    scene.press(ENTER, "(secret)");
    walk(&mut scene, nowhere);
    scene.terminal.send(CTRL_Z);
    scene.terminal.wait("the shell's screen", |screen| {
        !screen.alternate_screen() && shows(screen, "Stopped")
    });
    scene.look(nowhere, "suspended");
    scene.press("fg\n", "▸ JWT secret");
    scene.press(ENTER, "[ ");
    scene.press(&CANARY[..HALF], &"*".repeat(HALF));
    place.until_kept("security.jwt_secret");
    scene.look(nowhere, "half of it typed");
    scene.kill();
    scene.look(nowhere, "killed");
    let (rounds, found) = watcher.stop();
    assert_eq!(found, Vec::<PathBuf>::new(), "for a moment");
    println!("  {rounds} rounds of looking meanwhile");
    assert!(rounds > 10, "{rounds}");
    scene.press("exit\n", "exit");
    scene.terminal.exit_code();

    resume_and_write(&place);
}

/// The draft is taken up, the secret entered again, shown, written, and written once more.
fn resume_and_write(place: &Place) {
    let mut scene = Scene::start(place, "", "to continue with");
    scene.press(END, "▸ enterprise, 1 answer");
    scene.press(ENTER, "▸[ Resume ]");
    scene.look(&[], "offered");
    scene.press(ENTER, "goes on: 1 answer");
    scene.look(&[], "resumed");
    let mut written = Vec::new();
    scene.go_to_the_secret();
    scene.press(ENTER, "[");
    scene.terminal.send(CTRL_U);
    scene.paste();
    scene.press(ENTER, "(secret)");
    scene.look(&[], "entered again");
    // That nothing is found means something only when what is there is found.
    scene.press("s", CANARY);
    assert!(place.traces.within(&scene.terminal.written).is_some());
    place.assert_files(&[], "shown");
    scene.press("s", "(secret)");
    scene.shown();

    written.push(place.output());
    write(&mut scene);
    scene.look(&written, "written");
    go_to_port(&mut scene.terminal);
    give_port(&mut scene.terminal, "9001");
    write(&mut scene);
    let kept = place.path("work/config/runtime/.vapora-tui");
    let kept = place.traces.below(&[&kept]);
    assert_eq!(kept.len(), 1, "the earlier text is a generation: {kept:?}");
    written = [kept, written].concat();
    scene.look(&written, "written again");
    scene.press("q", "shell>");
    assert_eq!(fs::read_to_string(place.path("tmp/said")).unwrap(), "");
    scene.look(&written, "left");
}

fn write(scene: &mut Scene) {
    scene.press("w", "┌ Review");
    scene.terminal.send(TAB);
    scene.press(ENTER, "Written:");
}

fn go_to_port(terminal: &mut Terminal) {
    terminal.press("/", "┌ Search");
    terminal.press("backend.port", "backend.port");
    terminal.press(ENTER, "▸ Port");
}

/// Memory that holds secrets is not written to disk when a process dies of a fault.
fn no_core_dumps(wizard: Pid) {
    for (pid, who) in [
        (wizard, "wizard"),
        (judge(wizard), "judge"),
        (guard(wizard), "guard"),
    ] {
        let limits = fs::read_to_string(format!("/proc/{}/limits", pid.as_raw_pid())).unwrap();
        let line = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"))
            .unwrap();
        let limits: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(limits[4..6], ["0", "0"], "{who}");
    }
    assert_eq!(children(wizard).len(), 2);
}

/// Configuration files that hold the secret, in each format, right ones and ones that are broken just there. `CANARY`
/// and `HALF` stand for it.
const FILES: [(&str, &str); 23] = [
    (
        "right.toml",
        "deployment_mode = 'solo'\n[security]\njwt_secret = 'CANARY'\n",
    ),
    (
        "too-short.toml",
        "deployment_mode = 'solo'\n[security]\njwt_secret = 'HALF'\n",
    ),
    (
        "no-end.toml",
        "deployment_mode = 'solo'\n[security]\njwt_secret = 'CANARY\n",
    ),
    (
        "bare.toml",
        "deployment_mode = 'solo'\n[security]\njwt_secret = CANARY\n",
    ),
    (
        "list.toml",
        "deployment_mode = 'solo'\n[security]\njwt_secret = ['CANARY']\n",
    ),
    (
        "twice.toml",
        "deployment_mode = 'solo'\n[security]\njwt_secret = 'CANARY'\njwt_secret = 'CANARY'\n",
    ),
    (
        "section.toml",
        "deployment_mode = 'solo'\n[security.jwt_secret]\nvalue = 'CANARY'\n",
    ),
    (
        "address.toml",
        "deployment_mode = 'multiuser'\n[database]\nurl = 'ws://root:CANARY@db:8000'\n",
    ),
    (
        "bad-address.toml",
        "deployment_mode = 'multiuser'\n[database]\nurl = 'http://root:CANARY@db:8000'\n",
    ),
    (
        "right.json",
        r#"{"deployment_mode": "solo", "security": {"jwt_secret": "CANARY"}}"#,
    ),
    (
        "no-end.json",
        r#"{"deployment_mode": "solo", "security": {"jwt_secret": "CANARY"#,
    ),
    (
        "bare.json",
        r#"{"deployment_mode": "solo", "security": {"jwt_secret": CANARY}}"#,
    ),
    (
        "right.yaml",
        "deployment_mode: solo\nsecurity:\n  jwt_secret: CANARY\n",
    ),
    (
        "no-end.yaml",
        "deployment_mode: solo\nsecurity:\n  jwt_secret: 'CANARY\n",
    ),
    (
        "tag.yaml",
        "deployment_mode: solo\nsecurity:\n  jwt_secret: !!int CANARY\n",
    ),
    (
        "alias.yaml",
        "deployment_mode: solo\nsecurity:\n  jwt_secret: *CANARY\n",
    ),
    (
        "right.env",
        "VAPORA__DEPLOYMENT_MODE=solo\nVAPORA__SECURITY__JWT_SECRET=CANARY\n",
    ),
    (
        "no-end.env",
        "VAPORA__DEPLOYMENT_MODE=solo\nVAPORA__SECURITY__JWT_SECRET='CANARY\n",
    ),
    (
        "right.ncl",
        r#"{ deployment_mode = "solo", security.jwt_secret = "CANARY" }"#,
    ),
    (
        "no-end.ncl",
        r#"{ deployment_mode = "solo", security.jwt_secret = "CANARY }"#,
    ),
    (
        "number.ncl",
        r#"{ deployment_mode = "solo", security.jwt_secret = "CANARY" + 1 }"#,
    ),
    (
        "contract.ncl",
        r#"{ deployment_mode = "solo", security.jwt_secret | Number = "CANARY" }"#,
    ),
    (
        "bare.ncl",
        r#"{ deployment_mode = "solo", security.jwt_secret = CANARY }"#,
    ),
];

fn files(place: &Place) -> Vec<PathBuf> {
    let write = |(name, text): (&str, &str)| {
        let path = place.path("tmp").join(name);
        let text = text
            .replace("CANARY", CANARY)
            .replace("HALF", &CANARY[..HALF]);
        fs::write(&path, text).unwrap();
        path
    };
    FILES.map(write).into()
}

/// None of these command lines says a part of the secret, whatever comes of it.
fn say_nothing(place: &Place, lines: &[Vec<String>]) {
    let mut said = Vec::new();
    for words in lines {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let done = place.verb(&words);
        assert!(done.status.code().is_some_and(|code| code < 3), "{words:?}");
        for bytes in [&done.stdout, &done.stderr] {
            if let Some(what) = place.traces.within(bytes) {
                let text = String::from_utf8_lossy(bytes);
                said.push(format!("{words:?}: {what}\n{text}"));
            }
        }
    }
    println!("  {} command lines", lines.len());
    assert!(
        said.is_empty(),
        "{} of {}:\n{}",
        said.len(),
        lines.len(),
        said.join("\n")
    );
}

#[test]
fn a_file_that_is_checked_has_no_secret_told_of_it() {
    let place = Place::new();
    let line = |file: PathBuf| vec!["check".to_owned(), file.to_str().unwrap().to_owned()];
    let lines: Vec<_> = files(&place).into_iter().map(line).collect();
    say_nothing(&place, &lines);
}

#[test]
#[ignore = "runs hundreds of verbs"]
fn verbs_never_say_a_secret_that_they_were_given() {
    let place = Place::new();
    let secret = place.path("tmp/jwt");
    fs::write(&secret, format!("{CANARY}\n")).unwrap();
    let secret = secret.to_str().unwrap();
    let given = format!("security.jwt_secret={secret}");
    let address = format!("database.url=ws://root:{CANARY}@db:8000");
    let typed = format!("security.jwt_secret={CANARY}");
    let output = place.output();
    let output = output.to_str().unwrap();
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut line = |words: &[&str]| lines.push(words.iter().map(|&word| word.to_owned()).collect());
    for profile in ["solo", "enterprise"] {
        for set in [
            ["--set-file", &*given],
            ["--set", &*typed],
            ["--set", &*address],
        ] {
            for more in [
                &[][..],
                &["--format", "json"],
                &["--format", "yaml"],
                &["--format", "nickel"],
                &["--format", "env"],
                &["--output", output, "--dry-run"],
                &["--output", output],
            ] {
                line(&[&["render", "--profile", profile], &set[..], more].concat());
            }
        }
    }
    for file in files(&place) {
        let file = file.to_str().unwrap();
        for format in ["human", "json"] {
            line(&["check", file, "--format", format]);
            line(&["diff", "solo", file, "--format", format]);
            line(&["diff", file, "profile:enterprise", "--format", format]);
        }
        line(&["render", "--from", file]);
        line(&["render", "--from", file, "--output", output, "--dry-run"]);
    }
    line(&["draft", "list"]);
    let before = place.traces.below(&[place.root.path()]);
    say_nothing(&place, &lines);
    assert_eq!(place.traces.below(&[place.root.path()]), before);
    // And where it was asked for.
    let shown = place.verb(&[
        "render",
        "--profile",
        "solo",
        "--set-file",
        &given,
        "--reveal",
    ]);
    assert!(place.traces.within(&shown.stdout).is_some());
}

/// Set where the test below is to panic.
const PANICS: &str = "PANICS_WITH_A_SECRET";

/// A report that prints all that the wizard holds: what is kept, what is being typed, what undo would bring back.
#[test]
fn the_report_of_a_panic_holds_no_secret() {
    let place = Place::new();
    let program = std::env::current_exe().unwrap();
    let name = format!("{}::panics_with_a_secret", module_path!());
    let (_, name) = name.split_once("::").unwrap();
    let args = ["--exact", name, "--nocapture", "--ignored"];
    let variables = [(PANICS, "1"), ("RUST_BACKTRACE", "full")];
    let tmp = place.path("tmp");
    let mut terminal = Terminal::start_in(&variables, program.to_str().unwrap(), SIZE, &tmp, &args);
    assert_eq!(terminal.exit_code(), 101);
    let written = String::from_utf8_lossy(&terminal.written);
    let state = ["on purpose", "App {", "(secret)", "Edit {", "Review {"];
    assert!(state.iter().all(|part| written.contains(part)), "{written}");
    assert_eq!(place.traces.within(&terminal.written), None, "{written}");
    place.assert_files(&[], "after a panic");
}

#[test]
#[ignore = "started by the proof of the report, on a terminal of its own"]
fn panics_with_a_secret() {
    if std::env::var_os(PANICS).is_none() {
        return;
    }
    product::restore_on_panic().unwrap();
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("/")
        .text("jwt secret")
        .keys("Enter Enter Ctrl+u");
    stage.paste(CANARY).keys("Enter u U Enter Ctrl+u");
    stage.paste(CANARY).keys("Enter d");
    let windows = format!("{:?}", stage.app.windows);
    stage.keys("Esc w");
    let review = format!("{:?}", stage.app.windows);
    stage.keys("Esc Enter").text(&CANARY[..HALF]);
    let app = &stage.app;
    let (answers, config, edit) = (&app.answers, &app.config, &app.edit);
    let (composition, message) = (&app.composition, &app.message);
    panic!(
        "on purpose: {app:?} {answers:?} {config:?} {composition:?} {edit:?} {message:?} {windows} {review}"
    );
}
