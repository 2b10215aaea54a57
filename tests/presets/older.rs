//! A preset of an older schema: what of it goes when it is saved over is said before it goes.

use super::{MINE, Room};

const OLDER: &str = "format = 1\nname = \"stale\"\nschema = \"1.1.0\"\nprofile = \"solo\"\n\n[answers]\n\"agents.gone\" = 1\n\"backend.gone\" = 3\n\"backend.port\" = 9001\n";

#[test]
fn saving_over_it_says_which_answers_go() {
    let room = Room::with(&[(&format!("{MINE}/stale.toml"), OLDER)]);
    let says = "Replacing it leaves out 2 answers that the schema does not know: agents.gone, backend.gone.";
    let save = "preset save stale --preset stale --set backend.workers=3";
    room.run(save)
        .ends(2)
        .tells("stale.toml:7: warning: agents.gone is no setting of schema")
        .tells(says);
    assert_eq!(room.text(&format!("{MINE}/stale.toml")), OLDER);
    let json = room.json(&format!("{save} --yes"));
    assert_eq!(json["unfit_left_out"][1], "backend.gone");
    let now = room.text(&format!("{MINE}/stale.toml"));
    assert!(
        now.contains("\"backend.workers\" = 3") && !now.contains("gone"),
        "{now}"
    );
    let again = room.run("preset save stale --preset stale --set backend.workers=4 --yes");
    again.ends(0);
    assert!(!again.err.contains("leaves out"), "{}", again.err);
}
