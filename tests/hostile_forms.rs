//! Forms that no careful person would write: too long, too deep, pipes, devices, loops. Each is a problem that says
//! what to do, in a time and a memory that do not depend on how bad it is.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vapora_tui::form::Form;
use vapora_tui::form::load::load_within;
use vapora_tui::form::surroundings::Surroundings;
use vapora_tui::problem::Problem;
use vapora_tui::workspace::Workspace;

/// Slow machines and debug builds are allowed for; what grows without end is not.
const LONGEST: Duration = Duration::from_secs(20);

const INPUT: &str = "[[elements]]\nname = \"good\"\ntype = \"text\"\nprompt = \"P\"\n\
                     nickel_path = [\"t\", \"good\"]\n\n";

struct Room(TempDir);

impl Room {
    fn new() -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(room.path("forms/fragments")).unwrap();
        room
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    /// A main form with one right input that includes these files.
    fn including(&self, includes: &[&str]) {
        let text = format!(
            "{INPUT}[[elements]]\nname = \"g\"\ntype = \"group\"\nincludes = {includes:?}\n"
        );
        self.write("forms/main.toml", text);
    }

    fn load(&self) -> (Form, Vec<Problem>) {
        self.load_in(&Surroundings::none())
    }

    fn load_in(&self, surroundings: &Surroundings) -> (Form, Vec<Problem>) {
        let begun = Instant::now();
        let loaded = load_within(&Workspace::at(self.0.path()), surroundings);
        assert!(begun.elapsed() < LONGEST, "it took {:?}", begun.elapsed());
        loaded
    }

    fn said(&self, problems: &[Problem]) -> Vec<String> {
        let root = format!("{}/", self.0.path().display());
        problems
            .iter()
            .map(|problem| {
                let place = problem.place.as_ref().map(ToString::to_string);
                let said = format!("{} {}", place.unwrap_or_default(), problem.sentence());
                said.replace(&root, "")
            })
            .collect()
    }
}

/// What a link out of the workspace is told.
const OUT: &str = "It is a link that leads out of the workspace. Copy the file into the workspace, or take the link away.";

#[test]
fn long_and_deep_files_are_one_problem_each() {
    let deep_array = format!("x = {}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let deep_table = format!("x = {}1{}\n", "{a = ".repeat(10_000), "}".repeat(10_000));
    let too_deep = "It nests more than 80 deep here.";
    for (name, text, expected) in [
        (
            "10 MiB",
            " ".repeat(10 << 20),
            "It is 10 MiB long; at most 4 MiB are read.",
        ),
        ("arrays", deep_array, too_deep),
        ("tables", deep_table, too_deep),
        ("open arrays", format!("x = {}", "[".repeat(2 << 20)), ""),
        (
            "dotted key",
            format!("x{} = 1\n", ".a".repeat(10_000)),
            too_deep,
        ),
        (
            "dotted header",
            format!("[x{}]\n", ".a".repeat(10_000)),
            too_deep,
        ),
        (
            "long dotted key",
            format!("x{} = 1\n", ".a".repeat(1_000_000)),
            too_deep,
        ),
        ("only signs", "=".repeat(3 << 20), "It is not TOML"),
        ("only lines", "=\n".repeat(1 << 20), "It is not TOML"),
        (
            "unclosed text",
            format!("a = \"{}", "x".repeat(3 << 20)),
            "It is not TOML",
        ),
        ("NUL", "a = 1\n\0".to_owned(), "It is not TOML"),
        (
            "binary",
            "\u{1}\u{2}\u{7f}".repeat(1 << 19),
            "It is not TOML",
        ),
    ] {
        let room = Room::new();
        room.including(&["fragments/bad.toml"]);
        room.write("forms/fragments/bad.toml", text);
        let (form, problems) = room.load();
        let said = room.said(&problems);
        assert_eq!(said.len(), 1, "{name}: {said:?}");
        assert!(said[0].contains(expected), "{name}: {said:?}");
        assert!(
            said[0].starts_with("forms/fragments/bad.toml"),
            "{name}: {said:?}"
        );
        assert!(said[0].len() < 300, "{name}: {said:?}");
        assert_eq!(form.inputs().count(), 1, "{name}: the rest loads");
    }
}

#[test]
fn a_file_full_of_mistakes_tells_the_first_hundred() {
    let input = |i: usize, more: &str| {
        format!(
            "[[elements]]\nname = \"n{i}\"\ntype = \"text\"\nprompt = \"P\"\n\
             nickel_path = [\"t\", \"n{i}\"]\n{more}\n"
        )
    };
    let many = |n: usize, more: &str| (0..n).map(|i| input(i, more)).collect::<Vec<_>>().concat();
    let lines = |line: fn(usize) -> String| (0..200_000).map(line).collect::<Vec<_>>().concat();
    let options = lines(|i| format!("\"{}\", ", i / 2));
    let keys = lines(|i| format!("k{i} = 1\n"));
    let nothing = lines(|i| format!("\"f{i}.toml\", "));
    for (name, text) in [
        ("elements", "[[elements]]\n".repeat(250_000)),
        ("unknown keys", keys),
        ("unknown types", many(20_000, "zzzzz = 1\n")),
        ("unknown names", many(20_000, "when = \"nobody == 1\"\n")),
        (
            "constraints",
            many(20_000, "help = \"${constraint.a.b}\"\n"),
        ),
        (
            "options",
            input(0, &format!("options = [{options}]\n")).replace("\"text\"", "\"select\""),
        ),
        (
            "includes",
            format!("[[elements]]\ntype = \"group\"\nincludes = [{nothing}]\n"),
        ),
    ] {
        let room = Room::new();
        room.including(&["fragments/bad.toml"]);
        room.write("forms/fragments/bad.toml", text);
        let (_, problems) = room.load();
        assert!(problems.len() >= 100, "{name}: {}", problems.len());
        assert!(problems.len() <= 1_001, "{name}: {}", problems.len());
    }
}

#[test]
fn what_is_no_file_is_told_and_never_waited_for() {
    let room = Room::new();
    mkfifo(&room.path("forms/fragments/pipe.toml"));
    fs::create_dir(room.path("forms/fragments/folder.toml")).unwrap();
    let socket = UnixListener::bind(room.path("forms/fragments/socket.toml")).unwrap();
    let link = |to: &str, name: &str| symlink(to, room.path("forms/fragments").join(name)).unwrap();
    link("/dev/zero", "device.toml");
    link("/dev/tty", "terminal.toml");
    link("/proc/self/environ", "environ.toml");
    link("/proc/self/pagemap", "endless.toml");
    link("/sys/kernel/uevent_seqnum", "sys.toml");
    link("/etc/passwd", "passwd.toml");
    link("loop.toml", "loop.toml");
    link("b.toml", "a.toml");
    link("a.toml", "b.toml");
    link("nowhere.toml", "dangling.toml");
    room.write("forms/fragments/latin.toml", b"name = \"\xe9\"\n");
    room.write("forms/fragments/file.toml", INPUT.replace("good", "file"));
    let names = [
        "pipe",
        "folder",
        "socket",
        "device",
        "terminal",
        "environ",
        "endless",
        "sys",
        "passwd",
        "loop",
        "a",
        "dangling",
        "latin",
        "file.toml/inner",
    ];
    let includes: Vec<String> = names
        .iter()
        .map(|n| format!("fragments/{n}.toml"))
        .collect();
    let includes: Vec<&str> = includes.iter().map(String::as_str).collect();
    room.including(&includes);
    let (form, problems) = room.load();
    drop(socket);
    assert_eq!(form.inputs().count(), 1);
    let put = "Put a text file in its place.";
    let at = "forms/fragments";
    let mut said = room.said(&problems);
    // Its number is that of this process.
    for line in &mut said {
        *line = line.replace(&format!("/proc/{}/", std::process::id()), "/proc/PID/");
    }
    said.sort();
    let mut expected = vec![
        format!("{at}/a.toml It is a link that leads back to itself. {put}"),
        format!(
            "{at}/dangling.toml It is a link that leads nowhere. Put a text file in its place, or remove it."
        ),
        format!("{at}/device.toml It is a device, not a file. {put}"),
        format!(
            "{at}/endless.toml It leads to /proc/PID/pagemap, which belongs to the system. {put}"
        ),
        format!(
            "{at}/environ.toml It leads to /proc/PID/environ, which belongs to the system. {put}"
        ),
        format!("{at}/folder.toml It is a folder, not a file. {put}"),
        format!("{at}/latin.toml:1 It is not UTF-8 text. Save it as UTF-8."),
        format!("{at}/loop.toml It is a link that leads back to itself. {put}"),
        format!("{at}/passwd.toml {OUT}"),
        format!("{at}/pipe.toml It is a named pipe, not a file. {put}"),
        format!("{at}/socket.toml It is a socket, not a file. {put}"),
        format!(
            "{at}/sys.toml It leads to /sys/kernel/uevent_seqnum, which belongs to the system. {put}"
        ),
        format!("{at}/terminal.toml It is a device, not a file. {put}"),
        "forms/main.toml:10 forms/fragments/file.toml/inner.toml is not there. Did you mean \
         fragments/agents/server.toml?"
            .to_owned(),
    ];
    expected.sort();
    assert_eq!(said, expected);
}

/// Made by the command of that name, as operators would.
fn mkfifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_main_form_that_is_no_file_does_not_fall_back_to_the_shipped_one() {
    let room = Room::new();
    fs::create_dir(room.path("forms/main.toml")).unwrap();
    let (form, problems) = room.load();
    assert!(form.panels.is_empty());
    assert_eq!(
        room.said(&problems),
        ["forms/main.toml It is a folder, not a file. Put a text file in its place."]
    );
}

#[test]
fn absolute_paths_and_the_search_path_lead_to_regular_files_only() {
    let room = Room::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let text = format!("name = \"Elsewhere\"\n\n{}", INPUT.replace("good", "else"));
    fs::write(elsewhere.path().join("else.toml"), &text).unwrap();
    mkfifo(&elsewhere.path().join("pipe.toml"));
    let absolute = |name: &str| elsewhere.path().join(name).display().to_string();
    let link = room.path("forms/fragments/link.toml");
    symlink(absolute("else.toml"), link).unwrap();
    room.including(&[
        &absolute("else.toml"),
        // The same file by another name.
        "fragments/link.toml",
        "else.toml",
        &absolute("pipe.toml"),
        &absolute("none.toml"),
        "pipe.toml",
        "/proc/self/environ",
        "/dev/stdin",
    ]);
    let surroundings = Surroundings {
        search: vec![room.path("nowhere"), elsewhere.path().to_owned()],
        ..Surroundings::none()
    };
    let (form, problems) = room.load_in(&surroundings);
    let titles: Vec<_> = form.panels.iter().map(|panel| &panel.title).collect();
    assert_eq!(titles, ["Settings", "Elsewhere"]);
    let folder = format!("{}/", elsewhere.path().display());
    let said: Vec<_> = room
        .said(&problems)
        .iter()
        .map(|said| said.replace(&folder, "E/"))
        .collect();
    let again = "Take one of them out.";
    let path = "Name a form, whose name ends in .toml, for example \"fragments/backend.toml\".";
    assert_eq!(
        said,
        [
            format!("forms/main.toml:10 else.toml is included twice: here and at forms/main.toml:10. {again}"),
            "forms/main.toml:10 E/none.toml is not there. Write that file, or take it out of includes.".to_owned(),
            format!("forms/main.toml:10 /proc/self/environ is not a .toml file. {path}"),
            format!("forms/main.toml:10 /dev/stdin is not a .toml file. {path}"),
            format!("forms/fragments/link.toml {OUT}"),
            "E/pipe.toml It is a named pipe, not a file. Put a text file in its place.".to_owned(),
            "E/pipe.toml It is a named pipe, not a file. Put a text file in its place.".to_owned(),
        ]
    );
}

#[test]
fn a_form_of_more_bytes_than_any_form_has_stops_being_read() {
    let room = Room::new();
    let filler = format!("#{}\n", "x".repeat((4 << 20) - 200));
    let names: Vec<String> = (0..10).map(|i| format!("fragments/f{i}.toml")).collect();
    for (i, name) in names.iter().enumerate() {
        let text = INPUT.replace("good", &format!("f{i}")) + &filler;
        room.write(&format!("forms/{name}"), text);
    }
    room.including(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let (form, problems) = room.load();
    assert_eq!(form.inputs().count(), 9);
    assert_eq!(
        room.said(&problems),
        [8, 9].map(|i| format!(
            "forms/main.toml:10 With fragments/f{i}.toml the form is longer than 32 MiB. \
             Take files out, or make them shorter."
        ))
    );
}
