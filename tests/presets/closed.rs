//! In a folder where this user may not write nothing of a preset changes, and what can be done instead is said.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;

use crate::MINE;
use crate::room::{Done, Room};

/// No user of this machine.
const NOBODY: u32 = 65_534;

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

impl Room {
    /// As a user who is not root; by root as nobody.
    fn run_as_other(&self, args: &str) -> Done {
        let mut command = self.command(args.split(' '));
        command.env("XDG_CONFIG_HOME", self.path("own"));
        command.env("XDG_STATE_HOME", self.path("state"));
        if rustix::process::geteuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        Done::of(command.output().unwrap())
    }

    /// Everybody's to look into; the operator's own folder is the other user's.
    fn open_to_other(&self) {
        set_mode(&self.path("."), 0o755);
        for folder in ["own/vapora-tui", MINE, "state"] {
            fs::create_dir_all(self.path(folder)).unwrap();
        }
        if rustix::process::geteuid().is_root() {
            for folder in ["own", "own/vapora-tui", MINE, "state"] {
                chown(self.path(folder), Some(NOBODY), Some(NOBODY)).unwrap();
            }
        }
    }
}

fn shared() -> Room {
    let room = Room::new();
    room.run("preset save eu --shared --profile solo --set backend.port=9001")
        .ends(0);
    room.open_to_other();
    set_mode(&room.path("presets"), 0o555);
    room
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

#[test]
fn what_is_said_of_a_shared_preset_can_be_done() {
    let room = shared();
    let before = room.text("presets/eu.toml");
    let is_root = rustix::process::geteuid().is_root();
    for (verb, instead) in [
        (
            "rename shared/eu us",
            "Save a copy as your own: vapora-tui preset duplicate shared/eu mine/eu",
        ),
        (
            "describe shared/eu Ours",
            "Save a copy as your own: vapora-tui preset duplicate shared/eu mine/eu",
        ),
        (
            "duplicate shared/eu us",
            "Save a copy as your own: vapora-tui preset duplicate shared/eu mine/us",
        ),
        (
            "delete shared/eu --yes",
            "Ask root to delete it: vapora-tui preset delete shared/eu",
        ),
        (
            "save eu --shared --profile solo --set backend.port=9002 --yes",
            "Save it as your own instead, as mine/eu.",
        ),
        (
            "save us --shared --profile solo --set backend.port=9002",
            "Save it as your own instead, as mine/us.",
        ),
    ] {
        let done = room.run_as_other(&format!("preset {verb}"));
        done.ends(2).tells("This user may not write in ");
        // Whoever owns the folder can open it.
        let instead = if is_root { instead } else { "chmod u+wx " };
        done.tells(instead);
        assert!(!done.err.contains("sudo install"), "{verb}: {}", done.err);
        assert_eq!(room.text("presets/eu.toml"), before, "{verb}");
        assert_eq!(files(&room.path("presets")), ["eu.toml"], "{verb}");
    }
    for done in [
        "preset duplicate shared/eu mine/eu",
        "preset save mine/us --profile solo --set backend.port=9002",
    ] {
        room.run_as_other(done).ends(0);
    }
    // The name is taken now: another one is proposed.
    if is_root {
        room.run_as_other("preset rename shared/eu us")
            .ends(2)
            .tells("preset duplicate shared/eu mine/eu-2");
    }
    set_mode(&room.path("presets"), 0o755);
}

#[test]
fn an_own_folder_that_is_closed_is_opened_by_the_command_that_is_said() {
    let room = shared();
    room.run_as_other("preset duplicate shared/eu mine/eu")
        .ends(0);
    set_mode(&room.path(MINE), 0o555);
    let done = room.run_as_other("preset delete eu --yes");
    let folder = room.path(MINE);
    let command = format!("chmod u+wx {}", folder.display());
    done.ends(2)
        .tells(&format!("Open it, then do this again: {command}"));
    let chmod = std::process::Command::new("chmod")
        .args(["u+wx".as_ref(), folder.as_os_str()])
        .status();
    assert!(chmod.unwrap().success());
    room.run_as_other("preset delete eu --yes").ends(0);
    set_mode(&room.path("presets"), 0o755);
}

#[test]
fn bringing_back_a_shared_preset_is_asked_of_who_may() {
    let room = Room::new();
    room.run("preset save eu --shared --profile solo").ends(0);
    room.run("preset delete shared/eu --yes").ends(0);
    room.open_to_other();
    set_mode(&room.path("presets"), 0o555);
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let done = room.run_as_other("preset restore shared/eu");
    assert!(
        done.err
            .contains("Ask root: vapora-tui preset restore shared/eu"),
        "{}",
        done.err
    );
}

#[test]
fn a_folder_that_may_not_be_read_is_not_called_empty() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let room = shared();
    set_mode(&room.path("presets"), 0o000);
    let done = room.run_as_other("preset list");
    assert_eq!(done.code, 1, "{}{}", done.out, done.err);
    assert!(done.err.contains("presets"), "{}", done.err);
    assert!(!done.out.contains("No preset is saved"), "{}", done.out);
}
