//! The workload that a preset names: kept by every verb, used by the forecast, warned of where it is not there.

use std::fs;

use crate::Room;

const TEAM: &str = "format = 1\n[roles.testing]\ncalls_a_day = 1000\ninput_tokens = 4000\noutput_tokens = 500\n\
                    provider = \"claude\"\nmodel = \"claude-haiku-4-5\"\n";

fn room() -> Room {
    let room = Room::with(&[("assets/workloads/team.toml", TEAM)]);
    let done = room.run(
        "preset save eu --profile enterprise --set backend.port=9001 --workload team --shared",
    );
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    room
}

fn text(room: &Room, name: &str) -> String {
    fs::read_to_string(room.path(&format!("presets/{name}.toml"))).unwrap()
}

#[test]
fn every_verb_keeps_it() {
    let room = room();
    let line = "profile = \"enterprise\"\nworkload = \"team\"\n\n[answers]\n";
    assert!(text(&room, "eu").contains(line), "{}", text(&room, "eu"));
    for args in [
        "preset duplicate eu us",
        "preset rename shared/us uk",
        "preset export uk carried.toml",
        "preset import carried.toml --name nl --shared",
        "preset save de --preset nl --set backend.port=9002 --shared",
        // Saving over one keeps it where nothing else is said.
        "preset save de --profile enterprise --set backend.port=9003 --shared --yes",
    ] {
        let done = room.run(args);
        assert_eq!(done.code, 0, "{args}: {}", done.err);
    }
    for name in ["uk", "nl", "de"] {
        assert!(
            text(&room, name).contains("workload = \"team\"\n"),
            "{name}"
        );
    }
    let shown = room.run("preset show eu");
    assert!(
        shown
            .out
            .contains("profile enterprise, workload team, 1 answer"),
        "{}",
        shown.out
    );
    let json = room.run("preset show eu --format json");
    assert!(json.out.contains("\"workload\": \"team\""), "{}", json.out);
    // That of its own profile is not written.
    let done = room.run("preset save de --profile enterprise --workload enterprise --shared --yes");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        !text(&room, "de").contains("workload"),
        "{}",
        text(&room, "de")
    );
    let done = room.run("preset diff eu de");
    assert!(
        done.err.contains("workload: team -> enterprise\n"),
        "{}",
        done.err
    );
    // It is no setting, so the configuration knows nothing of it.
    let rendered = room.run("render --preset eu");
    assert!(
        rendered.code == 0 && !rendered.out.contains("workload"),
        "{}",
        rendered.err
    );
}

#[test]
fn the_forecast_uses_it() {
    let room = room();
    for args in ["--preset eu", "presets/eu.toml"] {
        let done = room.budget(args);
        assert_eq!(done.code, 0, "{}", done.err);
        assert!(
            done.out.contains(", load team\n") && done.out.contains("$195.00"),
            "{}",
            done.out
        );
    }
    let done = room.budget("--preset eu --workload enterprise");
    assert!(done.out.contains(", sample load\n"), "{}", done.out);
}

#[test]
fn one_that_is_not_there_is_a_warning() {
    let room = room();
    fs::rename(
        room.path("assets/workloads/team.toml"),
        room.path("assets/workloads/teams.toml"),
    )
    .unwrap();
    let warning = "warning: No workload is called team, so that of the profile is used.";
    let done = room.budget("--preset eu");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err.contains(warning) && done.err.contains("Did you mean teams?"),
        "{}",
        done.err
    );
    assert!(done.out.contains(", sample load\n"), "{}", done.out);
    let done = room.run("preset list");
    assert!(done.code == 0 && done.err.contains(warning), "{}", done.err);
    let done = room.run("render --preset eu");
    assert_eq!(done.code, 0, "{}", done.err);
    let done = room.run("preset save new --profile solo --workload x/y");
    assert!(
        done.code == 2 && done.err.contains("x/y is no name of a workload."),
        "{}",
        done.err
    );
}
