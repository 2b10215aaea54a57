//! A preset that a verb deleted comes back by a verb, as it was, and never over another.

use crate::room::Room;
use crate::{CANARY, MINE, mode};
use std::fs;

const SET: &str = "--profile solo --set backend.port=9001";

#[test]
fn a_deleted_preset_comes_back_byte_for_byte_with_its_mode() {
    let room = Room::new();
    room.file("secret", CANARY);
    room.run(&format!(
        "preset save cm {SET} --set-file security.jwt_secret=secret --with-secrets"
    ))
    .ends(0);
    room.run(&format!("preset save cm --shared {SET}")).ends(0);
    let [mine, shared] = [format!("{MINE}/cm.toml"), "presets/cm.toml".to_owned()];
    let noted = room.text(&shared).replace("format", "# Ours.\nformat");
    room.file(&shared, &noted);
    let texts = [room.text(&mine), noted];
    for (named, back, file, text) in [
        ("cm", "mine/cm", &mine, &texts[0]),
        ("shared/cm", "shared/cm", &shared, &texts[1]),
    ] {
        let had = mode(&room.path(file));
        let command = format!("vapora-tui preset restore {back}");
        room.run(&format!("preset delete {named} --yes"))
            .ends(0)
            .prints(&format!("Deleted: {back}\n{command} brings it back.\n"));
        assert!(!room.path(file).exists());
        room.run(&format!("preset restore {named} --readonly"))
            .ends(1);
        assert!(!room.path(file).exists());
        let (_, args) = command.split_once(' ').unwrap();
        room.run(args)
            .ends(0)
            .prints(&format!("Restored: {back}\n{file}\n"));
        assert_eq!(room.text(file), *text);
        assert_eq!(mode(&room.path(file)), had);
    }
    let done = room.json("preset delete cm --yes");
    assert_eq!(done["restore"], "vapora-tui preset restore mine/cm");
    assert_eq!(room.json("preset restore cm")["restored"], "mine/cm");
    // Git never sees what was kept.
    assert_eq!(room.text("presets/.vapora-tui/.gitignore"), "*\n");
}

#[test]
fn what_is_kept_is_as_closed_as_it_was() {
    let room = Room::new();
    room.file("secret", CANARY);
    room.run(&format!(
        "preset save a {SET} --set-file security.jwt_secret=secret --with-secrets"
    ))
    .ends(0);
    room.run("preset delete a --yes").ends(0);
    let kept = room.path(&format!("{MINE}/.vapora-tui/generations/a.toml"));
    let texts: Vec<_> = fs::read_dir(&kept)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| fs::read_to_string(file).unwrap().contains(CANARY))
        .collect();
    assert_eq!(texts.len(), 1);
    assert_eq!(mode(&texts[0]), 0o600);
    assert_eq!(mode(&kept), 0o700);
}

#[test]
fn one_that_has_the_name_by_now_stays() {
    let room = Room::new();
    room.run(&format!("preset save a {SET}")).ends(0);
    room.run("preset delete a --yes").ends(0);
    room.run("preset save a --profile solo --set backend.port=9002")
        .ends(0);
    let file = format!("{MINE}/a.toml");
    let now = room.text(&file);
    room.run("preset restore a")
        .ends(1)
        .tells("There is a preset mine/a already.")
        .tells("It stays. Give it another name first");
    assert_eq!(room.text(&file), now);
    room.run("preset rename a b").ends(0);
    room.run("preset restore a").ends(0);
    assert!(room.text(&file).contains("9001"));
    // The newest of two that had the name.
    room.run("preset delete a --yes").ends(0);
    room.run("preset rename b a").ends(0);
    room.run("preset delete a --yes").ends(0);
    room.run("preset restore a").ends(0);
    assert_eq!(room.text(&file).replace("\"b\"", "\"a\""), now);
}

#[test]
fn a_name_of_which_nothing_is_kept_is_told_with_those_that_are() {
    let room = Room::new();
    room.run("preset restore night")
        .ends(2)
        .tells("No deleted preset night is kept.")
        .tells("None was deleted here yet.");
    for name in ["night", "day"] {
        room.run(&format!("preset save {name} --shared {SET}"))
            .ends(0);
        room.run(&format!("preset delete shared/{name} --yes"))
            .ends(0);
    }
    room.run("preset restore night")
        .ends(2)
        .tells("A shared one is: vapora-tui preset restore shared/night");
    room.run("preset restore shared/nigth")
        .ends(2)
        .tells("Did you mean shared/night?");
    room.run("preset restore winter")
        .ends(2)
        .tells("Kept are shared/day, shared/night.");
    room.run("preset restore shared/night").ends(0);
    room.run("preset restore winter")
        .ends(2)
        .tells("Kept are shared/day.");
}

#[test]
fn a_kept_text_that_was_changed_is_not_brought_back() {
    let room = Room::new();
    room.run(&format!("preset save a {SET}")).ends(0);
    room.run("preset delete a --yes").ends(0);
    room.file(
        &format!("{MINE}/.vapora-tui/generations/a.toml/000001.toml"),
        "format = 1\n",
    );
    room.run("preset restore a")
        .ends(2)
        .tells("is not what was kept");
    assert!(!room.path(&format!("{MINE}/a.toml")).exists());
}
