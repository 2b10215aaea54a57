//! What is no preset, or names none, is refused in the words of presets; and what is said of one that was deleted.

use super::{CANARY, MINE, Room, mode};

const SAVED: &str = "format = 1\nschema = \"1.2.0\"\nprofile = \"PROFILE\"\n\n[answers]\n";

#[test]
fn what_is_no_regular_file_is_no_preset_file() {
    let room = Room::with(&[(&format!("{MINE}/a.toml"), &SAVED.replace("PROFILE", "solo"))]);
    std::fs::create_dir_all(room.path("folder")).unwrap();
    for (args, words) in [
        ("export a -", "- is no file"),
        ("import -", "- is no file"),
        (
            "export a /dev/full --yes",
            "device or pipe, not a preset file.",
        ),
        ("import /dev/zero", "device or pipe, not a preset file."),
        (
            "export a folder --yes",
            "It is a folder, not a preset file.",
        ),
        ("import folder", "It is a folder, not a preset file."),
    ] {
        let done = room.run(&format!("preset {args}"));
        done.ends(2)
            .tells(words)
            .tells("for example staging-eu.toml.");
        assert!(!done.err.contains("configuration"), "{}", done.err);
    }
    assert!(!room.path("-").exists());
}

#[test]
fn one_on_a_profile_that_is_not_there_is_not_imported() {
    let room = Room::with(&[("in.toml", &SAVED.replace("PROFILE", "nowhere"))]);
    room.run("preset import in.toml --name a")
        .ends(1)
        .tells("nowhere")
        .tells("Nothing was imported");
    assert!(!room.path(&format!("{MINE}/a.toml")).exists());
}

#[test]
fn a_profile_is_no_preset_to_compare_with() {
    let room = Room::with(&[(&format!("{MINE}/a.toml"), &SAVED.replace("PROFILE", "solo"))]);
    room.run("preset diff a multiuser")
        .ends(2)
        .tells("A profile is named with --profile multiuser");
}

#[test]
fn a_line_that_is_no_toml_is_told_and_no_empty_key() {
    let room = Room::with(&[("presets/a.toml", "[[[\n")]);
    let done = room.run("preset list");
    done.ends(1).tells("a.toml:1: error: ");
    assert!(!done.err.contains("means nothing"), "{}", done.err);
}

#[test]
fn a_secret_that_deleting_keeps_is_told() {
    let text =
        SAVED.replace("PROFILE", "solo") + &format!("\"security.jwt_secret\" = \"{CANARY}\"\n");
    let room = Room::with(&[
        (&format!("{MINE}/a.toml"), &text),
        (&format!("{MINE}/b.toml"), &SAVED.replace("PROFILE", "solo")),
    ]);
    let own = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(room.path(&format!("{MINE}/a.toml")), own).unwrap();
    room.run("preset delete a --yes").ends(0).tells(
        "1 secret in clear is kept in own/vapora-tui/presets/.vapora-tui/generations/ (mode 0600).",
    );
    let kept = room.path(&format!("{MINE}/.vapora-tui/generations"));
    let holds = |file: &std::path::Path| {
        file.is_file() && std::fs::read_to_string(file).is_ok_and(|text| text.contains(CANARY))
    };
    let mut files: Vec<_> = walk(&kept);
    files.retain(|file| holds(file));
    assert_eq!(files.len(), 1);
    assert_eq!(mode(&files[0]), 0o600);
    let done = room.run("preset delete b --yes");
    assert!(!done.err.contains("is kept"), "{}", done.err);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
