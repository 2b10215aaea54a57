//! Files in plain mode: opening, folders, whose profile, secrets, and files that others change meanwhile.

use std::fs;

use crate::terminal::Terminal;
use crate::typed::{FILE, Room};

const HAND_WRITTEN: &str = "# ours\ndeployment_mode = \"multiuser\"\n\n[backend] # behind the proxy\nport = 9100\nprot = 1\n";
const CANARY: &str = "canary-canary-canary-canary-canary-1";

#[test]
fn a_file_is_opened_told_and_written_back() {
    let room = Room::new();
    room.file(FILE, HAND_WRITTEN);
    let done = room.talk("", "4\n2\n2\n9200\nwrite\nlines\nyes\nquit\n");
    done.ends(0)
        .says("  4 open config/runtime/vapora.toml, the configuration written last")
        .says("vapora.toml is open: 2 settings.")
        .says("backend.prot is not a setting.")
        .says("Profile multiuser, file vapora.toml.")
        .says("Now: 9100, from: vapora.toml; multiuser has 8001.")
        .says("- 5: port = 9100\n")
        .says("+ 5: port = 9200\n");
    let text = room.read(FILE);
    assert!(
        text.starts_with("# ours\ndeployment_mode") && text.contains("prot = 1\n"),
        "{text}"
    );
    room.talk("", "4\nwrite\nquit\n")
        .says("Nothing to write: the file says the same already.")
        .ends(0);
}

#[test]
fn a_file_that_names_no_profile_is_told_how_far_it_is_from_each() {
    let room = Room::new();
    room.file(
        "a.toml",
        "[backend]\nhost = \"0.0.0.0\"\n[nats]\nenabled = true\n",
    );
    let done = room.talk("", "open a.toml\nnone such\n\nlist\n");
    done.says("The file names no profile. 0 settings differ from multiuser, 0 from enterprise, 2 from solo.")
        .says("Number (Enter takes multiuser):")
        .says("There is no such profile")
        .says("Profile multiuser, file a.toml.")
        .is_plain();
    room.file("b.toml", "deployment_mode = \"lab\"\n");
    room.talk("--from b.toml", "solo\n")
        .says("The file's profile lab is not here.")
        .says("Profile solo, file b.toml.");
}

#[test]
fn a_folder_asks_which_of_its_files() {
    let room = Room::new();
    room.file(
        "vapora/provisioning/config/runtime/vapora.toml",
        HAND_WRITTEN,
    );
    room.file(
        "vapora/provisioning/vapora-wrksp/config.toml",
        "deployment_mode = \"solo\"\n",
    );
    room.file("vapora/provisioning/profiles/lab.ncl", "# the lab\n{}\n");
    for args in [
        "vapora",
        "--from vapora/provisioning",
        "vapora/provisioning/vapora-wrksp",
    ] {
        let done = room.talk(args, "2\n");
        done.says("vapora/provisioning holds 2 configurations:")
            .says("It brings its own profiles/lab.ncl in place of the shipped one.")
            .says("  1 config/runtime/vapora.toml: read by the services")
            .says("  2 vapora-wrksp/config.toml: provisioning reads it, not vapora.toml")
            .says("config.toml is open: 1 setting.")
            .says("Profile solo");
    }
    room.talk("vapora", "\n")
        .says("  4 lab: the lab")
        .says("Where does it start?");
    room.talk("", "open .\n")
        .says("There is no configuration in this folder.");
}

#[test]
fn a_named_file_is_written_back_and_a_base_is_not() {
    let room = Room::new();
    room.file("a.toml", HAND_WRITTEN);
    room.talk("a.toml", "2\n2\n9200\nwrite\nyes\nquit\n")
        .ends(0);
    assert!(room.read("a.toml").contains("9200"));
    room.talk("--from a.toml", "write\nyes\nquit\n").ends(0);
    assert!(room.read(FILE).contains("9200"));
    room.talk(
        "--from a.toml --output b.json",
        "write\nno\nwrite c.json\nyes\nquit\n",
    )
    .ends(0);
    assert!(!room.path("b.json").exists());
    assert!(room.read("c.json").starts_with('{'));
}

#[test]
fn a_secret_is_shown_nowhere_and_written_for_its_owner_only() {
    let room = Room::new();
    let lines = format!(
        "search jwt secret\n1\n{CANARY}\n1\n?\n\ndiff\nproblems\nwrite\ntext\nlines\nyes\n\
         search jwt secret\n1\n{CANARY}-2\nwrite\nlines\ntext\nyes\nquit\n"
    );
    let done = room.talk("--profile solo", &lines);
    done.ends(0)
        .does_not_say("canary")
        .says("Kept in clear, so the file gets mode 0600")
        .says("1 secret value is written in clear")
        .says("jwt_secret = \"(secret)\"")
        .says("security.jwt_secret: (secret) -> (secret, changed)");
    assert!(done.err.is_empty(), "{}", done.err);
    assert!(room.read(FILE).contains(&format!("{CANARY}-2")));
    assert_eq!(room.mode(FILE), 0o600);
}

#[test]
fn a_file_changed_by_somebody_else_is_never_overwritten() {
    let room = Room::new();
    room.file(FILE, HAND_WRITTEN);
    let mut terminal = Terminal::start((80, 24), &room.root(), &["--plain"]);
    terminal.press("4\r", "Panel number:");
    terminal.press("2\r", "Backend, setting number:");
    terminal.press("2\r", "New value");
    terminal.press("9200\r", "Port is 9200 now.");
    let theirs = HAND_WRITTEN.replace("9100", "9300");
    fs::write(room.path(FILE), &theirs).unwrap();
    terminal.press("write\r", "vapora.toml changed since it was read.");
    terminal.wait_for("1 backend.port: base 9100, theirs 9300, ours 9200");
    terminal.press("1 ours\r", "Write it?");
    fs::write(room.path(FILE), theirs.replace("9300", "9400")).unwrap();
    terminal.press("yes\r", "theirs 9400, ours 9200");
    assert!(room.read(FILE).contains("9400"));
    terminal.press("\r", "over; write asks again");
    terminal.press("quit\r", "Leave and lose it?");
    terminal.send("yes\r");
    assert_eq!(terminal.exit_code(), 0);
}
