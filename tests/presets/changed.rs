//! Presets that are replaced, changed or deleted by verbs: what is lost is said first, and what stays is kept.

use crate::room::Room;
use crate::{CANARY, MINE};
use std::fs;

#[test]
fn a_name_alone_never_changes_a_shared_preset() {
    let room = Room::new();
    let set = "--profile solo --set backend.port=9001";
    room.run(&format!("preset save cm {set}")).ends(0);
    room.run(&format!("preset save cm --shared {set}")).ends(0);
    let shared = room.text("presets/cm.toml");
    room.run("preset delete cm --yes").ends(0).prints("mine/cm");
    for verb in ["delete cm --yes", "rename cm other", "describe cm Mine"] {
        room.run(&format!("preset {verb}"))
            .ends(2)
            .tells("cm is shared: a change is one for everybody.")
            .tells("name it shared/cm.");
        assert_eq!(room.text("presets/cm.toml"), shared, "{verb}");
    }
    // What only reads it takes it as before.
    room.run("preset show cm").ends(0).prints("shared/cm");
    room.run("preset rename none other")
        .ends(2)
        .tells("There is no preset none.");
    room.run("preset delete shared/cm --yes").ends(0);
}

#[test]
fn saving_over_a_preset_keeps_its_comments() {
    let room = Room::new();
    room.run("preset save cm --profile solo --set backend.port=9001")
        .ends(0);
    let file = format!("{MINE}/cm.toml");
    let noted = room
        .text(&file)
        .replace("format", "# Ours.\nformat")
        .replace("9001", "9001 # proxy");
    room.file(&file, noted.clone());
    room.run("preset save cm --preset cm --set backend.port=9002 --yes")
        .ends(0);
    assert_eq!(room.text(&file), noted.replace("9001", "9002"));
}

#[test]
fn secrets_that_a_preset_holds_are_not_lost_in_silence() {
    let room = Room::with(&[("s.txt", CANARY), ("t.txt", &CANARY.to_uppercase())]);
    let secret = "--set-file security.jwt_secret=s.txt";
    room.run(&format!(
        "preset save a --profile solo {secret} --with-secrets"
    ))
    .ends(0);
    let file = format!("{MINE}/a.toml");
    let before = room.text(&file);
    // Over itself it keeps them.
    room.run("preset save a --preset a --set backend.port=9001 --yes")
        .ends(0)
        .tells("it has:  profile solo, 1 answer with 1 secret in clear, changed")
        .prints("2 answers; 1 secret in clear among them, mode 0600.");
    let kept = room.text(&file);
    assert_eq!(
        kept,
        before.replace("[answers]\n", "[answers]\n\"backend.port\" = 9001\n")
    );
    for other in [
        "--profile solo",
        "--preset a --set-file security.jwt_secret=t.txt",
    ] {
        room.run(&format!("preset save a {other} --yes"))
            .ends(1)
            .tells("mine/a holds 1 secret in clear that would be lost: security.jwt_secret.")
            .tells("--with-secrets");
        assert_eq!(room.text(&file), kept, "{other}");
    }
    room.run("preset save a --profile solo --set security.jwt_secret=${ENV:JWT} --yes")
        .ends(0);
    assert!(room.text(&file).contains("${ENV:JWT}"));
}

#[test]
fn a_profile_that_is_not_there_is_told_where_the_preset_is() {
    let room = Room::with(&[
        (
            "presets/odd.toml",
            "format = 1\nprofile = \"sollo\"\n[answers]\n",
        ),
        ("presets/bare.toml", "format = 1\n[answers]\n"),
    ]);
    let told = "presets/odd.toml: error: There is no profile sollo.\n    Did you mean solo?";
    room.run("preset list").ends(1).tells(told);
    room.run("preset show odd").ends(1).tells(told);
    room.run("render --preset odd --profile solo").ends(0);
    room.run("preset show bare")
        .ends(1)
        .prints("\nno profile, 0 answers, changed 20");
    room.run("preset delete shared/bare")
        .tells("\n  no profile, 0 answers");
}

#[test]
fn a_link_that_leads_nowhere_is_told() {
    let room = Room::new();
    fs::create_dir_all(room.path("presets")).unwrap();
    std::os::unix::fs::symlink("gone.toml", room.path("presets/dangling.toml")).unwrap();
    let told = "presets/dangling.toml: error: It is a link to gone.toml, which is not there.";
    let hint = "Remove the link, or bring that file back.";
    room.run("preset list").ends(1).tells(told).tells(hint);
    room.run("preset show dangling")
        .ends(2)
        .tells("It is a link to gone.toml, which is not there.")
        .tells(hint);
}

#[test]
fn a_folder_among_the_presets_is_told_in_the_words_of_presets() {
    let room = Room::new();
    fs::create_dir_all(room.path("presets/dir.toml")).unwrap();
    for (args, code) in [
        ("list", 1),
        ("show dir", 2),
        ("save dir --shared --profile solo", 2),
    ] {
        room.run(&format!("preset {args}"))
            .ends(code)
            .tells("It is a folder, so it is no preset.")
            .tells("Move it out of the folder of presets.");
    }
}

#[test]
fn what_never_replaces_does_not_offer_it() {
    let room = Room::new();
    room.run("preset save a --profile solo").ends(0);
    room.run("preset save b --profile solo").ends(0);
    for verb in ["rename", "duplicate"] {
        room.run(&format!("preset {verb} a b"))
            .ends(1)
            .tells("There is a preset mine/b already.\n    Choose another name.");
    }
}

#[test]
fn a_secret_into_a_shared_preset_is_refused_alike() {
    let text = format!(
        "format = 1\nprofile = \"solo\"\n[answers]\n\"security.jwt_secret\" = \"{CANARY}\"\n"
    );
    let room = Room::with(&[("presets/hand.toml", &text)]);
    for args in [
        "rename shared/hand new",
        "duplicate hand shared/new --with-secrets",
    ] {
        room.run(&format!("preset {args}"))
            .ends(1)
            .tells("hand.toml: error: A shared preset never holds a secret in clear.");
    }
    assert_eq!(room.text("presets/hand.toml"), text);
}

#[test]
fn under_readonly_nothing_is_planned() {
    let room = Room::new();
    room.run("preset save a --profile solo").ends(0);
    let done = room.run("preset delete a --readonly");
    done.ends(1).tells("--readonly");
    assert!(!done.err.contains("mine/a"), "{}", done.err);
}
