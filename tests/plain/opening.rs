//! Opening in plain mode: what is no configuration, whose profile, and where writing goes after undo.

use std::fs;

use crate::terminal::Terminal;
use crate::typed::{FILE, Room};

const FOREIGN: &str = "[workspace]\nname = \"vapora\"\n\n[servers]\ncount = 3\n";
const ENTERPRISE: &str = "deployment_mode = \"enterprise\"\n[backend]\nport = 9100\n";

#[test]
fn a_file_without_a_setting_is_not_opened() {
    let room = Room::new();
    room.file("workspace.toml", FOREIGN);
    for args in ["", "--profile solo"] {
        room.talk(args, "open workspace.toml\n")
            .says("workspace.toml: None of its 2 keys is a setting of VAPORA: workspace, servers.")
            .does_not_say("is open")
            .does_not_say("names no profile");
    }
    room.file(
        "loop.ncl",
        "let rec f = fun x => f x in { backend.port = f 1 }",
    );
    room.talk("", "open loop.ncl\n")
        .says("loop.ncl: It computes without end")
        .does_not_say("is open");
    room.talk("workspace.toml --profile solo", "write\nyes\n")
        .says("None of its 2 keys")
        .ends(2);
    assert_eq!(room.read("workspace.toml"), FOREIGN);
}

#[test]
fn somebody_elses_file_is_only_a_base() {
    let room = Room::new();
    let text = format!("deployment_mode = \"solo\"\n{FOREIGN}");
    room.file("theirs.toml", &text);
    for (args, lines) in [
        ("", "open theirs.toml\nwrite\nno\n"),
        ("theirs.toml", "write\nno\n"),
    ] {
        room.talk(args, lines)
            .says("! 2 of its 3 keys are no settings of VAPORA, so theirs.toml is only a base: write writes to")
            .says("+ config/runtime/vapora.toml");
    }
    assert_eq!(room.read("theirs.toml"), text);
}

#[test]
fn undo_of_open_gives_the_output_back() {
    let room = Room::new();
    room.file("sec.toml", ENTERPRISE);
    room.talk(
        "--profile enterprise",
        "open sec.toml\nundo\nwrite\nno\nredo\nwrite\nno\nundo\nquit\n",
    )
    .says("Undone: no file is open.")
    .says("+ config/runtime/vapora.toml")
    .says("~ sec.toml")
    .ends(0);
}

#[test]
fn another_profile_is_said_and_offered() {
    let room = Room::new();
    room.file("sec.toml", ENTERPRISE);
    let question =
        "The file names profile enterprise, multiuser is in force. Switch to enterprise?";
    room.talk("--profile multiuser", "open sec.toml\nyes\n")
        .says(question)
        .says("Profile enterprise, file sec.toml.");
    room.talk("--profile multiuser", "open sec.toml\n\n")
        .says(question)
        .says("Profile multiuser, file sec.toml.");
    room.talk("--profile multiuser --from sec.toml", "")
        .says("The file names profile enterprise, multiuser is in force. profile changes it.")
        .does_not_say("Switch to");
}

#[test]
fn an_output_that_is_gone_or_a_folder_is_named_so() {
    let room = Room::new();
    room.file(FILE, ENTERPRISE);
    let mut terminal = Terminal::start((80, 24), &room.root(), &["--plain"]);
    terminal.press("4\r", "Panel number:");
    terminal.press("2\r", "Backend, setting number:");
    terminal.press("2\r", "New value");
    terminal.press("9200\r", "Port is 9200 now.");
    fs::remove_file(room.path(FILE)).unwrap();
    fs::create_dir(room.path(FILE)).unwrap();
    terminal.press("write\r", "writes elsewhere.");
    fs::remove_dir(room.path(FILE)).unwrap();
    terminal.press("write\r", "was removed since it was read.");
    terminal.press("yes\r", "Write it?");
    terminal.press("yes\r", "Written: ");
    assert!(room.read(FILE).contains("9200"));
    terminal.send("quit\r");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn an_example_out_of_its_place_says_where_it_works() {
    let room = Room::new();
    let example = include_str!("../../assets/examples/custom.ncl");
    room.file("custom.ncl", example);
    let done = room.run("check custom.ncl", "", "");
    done.says("vapora-tui init DIR writes the schemas and profiles; put this file two folders below DIR, into")
        .ends(2);
    room.run("init ws --yes", "", "").ends(0);
    room.file("ws/assets/examples/custom.ncl", example);
    let done = room.run("check ws/assets/examples/custom.ncl", "", "");
    done.does_not_say("It imports");
}

#[test]
fn a_profile_that_is_no_file_is_told_as_what_it_is() {
    let room = Room::new();
    fs::create_dir_all(room.path("profiles")).unwrap();
    let pipe = room.path("profiles/evil.ncl");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from(0o600),
        0,
    )
    .unwrap();
    for verb in [
        "render --profile evil",
        "check --profile evil a.toml",
        "diff profile:evil solo",
    ] {
        room.file("a.toml", ENTERPRISE);
        let done = room.run(verb, "", "");
        let told = "profiles/evil.ncl is there and cannot be used: It is a named pipe";
        assert!(done.err.contains(told), "{verb}: {}", done.err);
        done.ends(2);
    }
}
