//! Secrets in clear are carried on only when that is asked for: by a copy, out of the folder and into it.

use std::fs;

use super::{CANARY, MINE, Room, mode};

fn secret() -> String {
    format!(
        "format = 1\nname = \"a\"\nschema = \"1.2.0\"\nprofile = \"solo\"\n\n[answers]\n# Ours\n\"backend.port\" = 9001 # stays\n\"security.jwt_secret\" = \"{CANARY}\"\n"
    )
}

fn room() -> Room {
    let room = Room::with(&[(&format!("{MINE}/a.toml"), &secret())]);
    let file = room.path(&format!("{MINE}/a.toml"));
    let own = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(file, own).unwrap();
    room
}

const LEFT_OUT: &str = "1 secret in clear left out; --with-secrets takes it along.";

#[test]
fn a_copy_and_a_carried_file_leave_them_out_and_say_so() {
    let room = room();
    let without = |text: String| {
        assert!(
            !text.contains("swordfish") && !text.contains("jwt_secret"),
            "{text}"
        );
        assert!(
            text.contains("# Ours\n\"backend.port\" = 9001 # stays\n"),
            "{text}"
        );
    };
    room.run("preset export a out.toml").ends(0).tells(LEFT_OUT);
    without(room.text("out.toml"));
    let json = room.json("preset export a other.toml");
    assert_eq!(json["secrets_in_clear"], 0);
    assert_eq!(json["left_out"][0], "security.jwt_secret");
    room.run("preset duplicate a b").ends(0).tells(LEFT_OUT);
    without(room.text(&format!("{MINE}/b.toml")));
    room.run("preset duplicate a shared/c")
        .ends(0)
        .tells("1 secret in clear left out.\n");
    without(room.text("presets/c.toml"));
    room.file("in.toml", secret());
    room.run("preset import in.toml --name d")
        .ends(0)
        .tells("1 secret in clear is left out: security.jwt_secret.")
        .tells("--with-secrets");
    assert!(!room.text(&format!("{MINE}/d.toml")).contains("swordfish"));
}

#[test]
fn they_go_along_when_told_and_then_only_their_owner_reads_them() {
    let room = room();
    for (args, file) in [
        ("preset export a out.toml", "out.toml".to_owned()),
        ("preset duplicate a b", format!("{MINE}/b.toml")),
        ("preset import out.toml --name d", format!("{MINE}/d.toml")),
    ] {
        let done = room.run(&format!("{args} --with-secrets"));
        done.ends(0);
        assert!(!done.err.contains("left out"), "{}", done.err);
        assert!(room.text(&file).contains(CANARY), "{args}");
        assert_eq!(mode(&room.path(&file)), 0o600, "{args}");
    }
    room.run("preset import out.toml --name e --shared --with-secrets")
        .ends(1)
        .tells("A shared preset never holds a secret in clear.");
    // It is the same preset still.
    room.run("preset rename a z").ends(0);
    assert!(room.text(&format!("{MINE}/z.toml")).contains(CANARY));
}

#[test]
fn what_was_not_taken_is_not_carried_either() {
    // Under its section, twice, and in a shared preset.
    let text = format!("{}[answers.database]\npassword = \"{CANARY}\"\n", secret());
    let text = text.replace(
        "# stays\n",
        &format!("# stays\nsecurity.jwt_secret = \"{CANARY}\"\n"),
    );
    let room = Room::with(&[("presets/hand.toml", &text)]);
    room.run("preset export hand out.toml")
        .ends(0)
        .tells("3 secrets in clear left out");
    assert!(!room.text("out.toml").contains("swordfish"));
    room.file("presets/broken.toml", format!("{}\"broken\n", secret()));
    room.run("preset export broken no.toml")
        .ends(2)
        .tells("nobody knows which secrets it holds");
    assert!(!room.path("no.toml").exists());
}
