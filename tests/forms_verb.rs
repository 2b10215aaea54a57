//! `forms check` with the real program: how it ends, what it prints, as text and as JSON.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod room;

use room::{Done, Room};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value as Json, json};

impl Room {
    fn check(&self, args: &str) -> Done {
        self.check_with(args, &[])
    }

    fn check_with(&self, args: &str, variables: &[(&str, &str)]) -> Done {
        let mut command = self.command(["forms", "check"]);
        command
            .args(args.split_whitespace())
            .envs(variables.iter().copied());
        Done::of(command.output().unwrap())
    }
}

fn input(name: &str, kind: &str, path: &str, more: &str) -> String {
    let path: Vec<&str> = path.split('.').collect();
    format!(
        "[[elements]]\nname = \"{name}\"\ntype = \"{kind}\"\nprompt = \"P\"\n\
         nickel_path = {path:?}\n{more}\n"
    )
}

/// A shipped fragment, to be changed in one place.
fn shipped(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("forms/fragments");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn the_shipped_forms_are_fine() {
    let room = Room::with(&[]);
    let done = room.check("");
    assert_eq!(
        (done.code, done.out.as_str(), done.err.as_str()),
        (0, "", "16 panels, 110 inputs: no problems\n")
    );
    let done = room.check("--format json");
    assert_eq!(done.code, 0);
    assert_eq!(
        serde_json::from_str::<Json>(&done.out).unwrap(),
        json!({
            "file": null,
            "schema": "1.2.0",
            "ok": true,
            "panels": 16,
            "inputs": 110,
            "own_files": [],
            "not_asked": [],
            "problems": [],
        })
    );
}

#[test]
fn typedialog_would_not_read_what_is_ours() {
    let room = Room::with(&[]);
    let done = room.check("--typedialog");
    // A warning: this program reads it.
    assert_eq!(done.code, 0);
    for expected in [
        "(shipped) forms/fragments/deployment.toml",
        "warning: TypeDialog does not read takes_effect.\n    It does not say what picks a change up.\n    The same at 109 more places.\n",
        "warning: TypeDialog does not read unit.\n    It asks in the schema's own unit, for example in cents.\n",
        "warning: TypeDialog names no type \"number\".\n    For TypeDialog it is type = \"text\".\n",
    ] {
        assert!(done.out.contains(expected), "{expected}\n{}", done.out);
    }
    assert!(!done.out.contains("error"), "{}", done.out);

    let text = input("a", "confirm", "backend.cache.enabled", "")
        + &input(
            "b",
            "boolean",
            "monitoring.tracing_enabled",
            "when = \"a == true\"\n",
        )
        + &input(
            "c",
            "text",
            "backend.host",
            "when = \"a == true and b == true\"\n",
        )
        + &input("d", "text", "frontend.host", "when = \"(a == true)\"\n")
        + &input("e", "text", "agents.host", "when = \"!file_exists(/x)\"\n");
    let room = Room::with(&[("own.toml", &text)]);
    let done = room.check("own.toml --typedialog");
    let single = "warning: TypeDialog reads a single comparison, without and, or, not or \
                  parentheses.\n    For TypeDialog, put one comparison here and the other on a \
                  group around it.\n";
    assert_eq!(
        done.out,
        format!(
            "own.toml:9: warning: TypeDialog names no type \"boolean\".\n    \
             For TypeDialog it is type = \"confirm\".\n\
             own.toml:19: {single}own.toml:26: {single}"
        )
    );
    assert_eq!(room.check("own.toml").out, "");
}

#[test]
fn every_difference_from_the_schema_is_told_with_its_line() {
    let text = String::new()
        + &input("port", "text", "backend.prot", "")
        + &input("cache", "number", "backend.cache.enabled", "")
        + &input(
            "router",
            "number",
            "llm_router.port",
            "min = 80\nmax = 65535\n",
        )
        + &input(
            "window",
            "select",
            "llm_router.budget_enforcement.window",
            "options = [\"daily\", \"yearly\"]\n",
        )
        + &input("strategy", "select", "llm_router.routing.strategy", "")
        + &input("secret", "text", "security.jwt_secret", "")
        + &input("later", "text", "backend.host", "when = \"last == 1\"\n")
        + &input("unknown", "text", "agents.host", "when = \"routr == 1\"\n")
        + &input("last", "number", "agents.port", "required = true\n");
    let room = Room::with(&[("own.toml", &text)]);
    let done = room.check("own.toml");
    assert_eq!(done.code, 1);
    assert_eq!(done.err, "1 panel, 9 inputs: 8 errors, 1 warning\n");
    assert_eq!(
        done.out.replace("\n    ", " "),
        include_str!("fixtures/forms_verb/differences.txt")
    );
}

#[test]
fn settings_in_no_panel_are_all_listed() {
    let main =
        "[[elements]]\nname = \"g\"\ntype = \"group\"\nincludes = [\"fragments/nats.toml\"]\n";
    let room = Room::with(&[("forms/main.toml", main)]);
    let done = room.check("");
    assert_eq!(done.code, 0);
    assert_eq!(done.err, "1 panel, 5 inputs: 1 warning\n");
    let mut lines = done.out.lines();
    assert_eq!(
        lines.next(),
        Some("forms/main.toml: note: it stands in for the shipped one.")
    );
    assert_eq!(
        lines.next(),
        Some("warning: 105 settings of the schema are in no panel:")
    );
    let listed: Vec<&str> = lines.collect();
    assert_eq!(listed.len(), 106);
    assert_eq!(listed[0], "    deployment_mode");
    assert!(!done.out.contains("nats.url"));
    let json: Json = serde_json::from_str(&room.check("--format json").out).unwrap();
    assert_eq!(json["not_asked"].as_array().unwrap().len(), 105);
    assert_eq!(
        json["own_files"],
        json!([{"file": "forms/main.toml", "replaces_shipped": true, "used": true}])
    );
    assert_eq!(json["problems"][0]["line"], Json::Null);
}

#[test]
fn own_files_say_what_they_replace() {
    let nats = shipped("nats.toml").replace("[\"nats\", \"url\"]", "[\"nats\", \"urll\"]");
    let room = Room::with(&[
        ("forms/fragments/nats.toml", &nats),
        ("forms/fragments/unused.toml", "name = \"U\"\n"),
        // As shipped, so it replaces nothing.
        ("forms/fragments/storage.toml", &shipped("storage.toml")),
    ]);
    let done = room.check("");
    assert_eq!(done.code, 1);
    let head = "forms/fragments/nats.toml: note: it stands in for the shipped one.\n\
                forms/fragments/unused.toml: note: no form includes it.\n\
                forms/fragments/nats.toml:";
    assert!(done.out.starts_with(head), "{}", done.out);
    assert!(
        done.out
            .contains("error: nats.urll is not a setting.\n    Did you mean nats.url?\n")
    );
    assert!(
        done.out
            .contains("warning: 1 setting of the schema is in no panel:\n    nats.url\n")
    );
    assert_eq!(done.err, "16 panels, 110 inputs: 1 error, 1 warning\n");

    // A fragment of the workspace's form is judged as a part of it, its conditions too.
    let done = room.check("forms/fragments/nats.toml");
    assert_eq!(
        (done.code, done.err.as_str()),
        (1, "16 panels, 110 inputs: 1 error\n")
    );
    assert_eq!(done.out.lines().count(), 2);
    // One that nothing includes is a form of its own.
    let done = room.check("forms/fragments/unused.toml --format json");
    let json: Json = serde_json::from_str(&done.out).unwrap();
    assert_eq!(done.code, 1);
    assert_eq!(
        json,
        json!({
            "file": "forms/fragments/unused.toml",
            "schema": "1.2.0",
            "ok": false,
            "panels": 0,
            "inputs": 0,
            "own_files": [],
            "not_asked": null,
            "problems": [{
                "severity": "error",
                "path": null,
                "line": null,
                "message": "The form has no inputs.",
                "hint": "Add [[elements]] with type = \"group\" and includes.",
                "value": null,
                "file": "forms/fragments/unused.toml",
            }],
        })
    );
}

#[test]
fn the_search_path_and_constraints_of_a_form_elsewhere_are_used() {
    let main = "[[elements]]\nname = \"g\"\ntype = \"group\"\nincludes = [\"part.toml\", \"other.toml\"]\n";
    let part = input(
        "p",
        "number",
        "backend.port",
        "max = \"${constraint.port.max}\"\n",
    );
    let room = Room::with(&[
        ("else/form.toml", main),
        ("else/part.toml", &part),
        ("else/constraints.toml", "port.max = 65535\n"),
        ("shared/other.toml", &input("o", "text", "backend.host", "")),
    ]);
    let done = room.check("else/form.toml");
    assert_eq!(done.code, 1);
    assert_eq!(
        done.out,
        "else/form.toml:4: error: other.toml is not there.\n    \
         Write that file, or take it out of includes.\n"
    );
    let done = room.check_with(
        "else/form.toml",
        &[("TYPEDIALOG_FRAGMENT_PATH", "nowhere:shared")],
    );
    assert_eq!(done.code, 0, "{}", done.out);
    assert_eq!(done.err, "2 panels, 2 inputs: 1 warning\n");
}

#[test]
fn what_cannot_be_answered_ends_with_two_and_prints_nothing() {
    let room = Room::with(&[
        ("forms/main.ncl", "{}"),
        ("assets/schemas/vapora/main.ncl", "{ broken"),
    ]);
    fs::create_dir(room.path("folder.toml")).unwrap();
    for (args, expected) in [
        ("none.toml", "There is no such file."),
        ("folder.toml", "It is a folder, not a file."),
        ("/dev/zero", "It is a device, not a file."),
        ("/proc/self/maps", "which belongs to the system."),
        ("a.toml b.toml", "unexpected argument"),
        ("--format yaml", "invalid value"),
        // The schema of this workspace is broken.
        ("", "main.ncl"),
    ] {
        let done = room.check(args);
        assert_eq!(done.code, 2, "{args}: {}", done.err);
        assert_eq!(done.out, "", "{args}");
        assert!(done.err.contains(expected), "{args}: {}", done.err);
    }
}

#[test]
fn a_form_in_nickel_is_refused_with_what_to_do() {
    let room = Room::with(&[("own.ncl", "{}")]);
    let done = room.check("own.ncl");
    assert_eq!(done.code, 1);
    assert_eq!(
        done.out,
        "own.ncl: error: Forms written in Nickel are not read by this version.\n    \
         Write it as TOML: the keys are the same, and an import becomes a group with includes.\n"
    );
}

/// A hidden field's own default counts over the profile, and under the file and the environment.
#[test]
fn a_hidden_field_keeps_the_default_that_when_false_asks_for() {
    let text = input("on", "confirm", "backend.cache.enabled", "")
        + &input(
            "ttl",
            "number",
            "backend.cache.ttl",
            "when = \"on == true\"\nwhen_false = \"default\"\ndefault = \"77\"\n",
        )
        + &input(
            "entries",
            "number",
            "backend.cache.max_entries",
            "when = \"on == true\"\ndefault = 78\n",
        );
    let room = Room::with(&[("forms/main.toml", &text)]);
    let ttl = |args: &str, variables: &[(&str, &str)]| {
        let done = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
            .args(["render", "--profile", "enterprise", "--format", "json"])
            .args(args.split_whitespace())
            .env_clear()
            .envs(variables.iter().copied())
            .current_dir(room.path(""))
            .output()
            .unwrap();
        let json: Json = serde_json::from_slice(&done.stdout).unwrap();
        let cache = &json["backend"]["cache"];
        (cache["ttl"].clone(), cache["max_entries"].clone())
    };
    let (profile, entries) = ttl("", &[]);
    assert_ne!(profile, json!(77));
    assert_ne!(entries, json!(78));
    let off = "--set backend.cache.enabled=false";
    assert_eq!(ttl(off, &[]), (json!(77), entries.clone()));
    // The answer is hidden, and the default stands in its place.
    let answered = format!("{off} --set backend.cache.ttl=99");
    assert_eq!(ttl(&answered, &[]), (json!(77), entries.clone()));
    let variable = [("VAPORA__BACKEND__CACHE__TTL", "55")];
    assert_eq!(ttl(off, &variable), (json!(55), entries.clone()));
    // Shown, it is an example and nothing else.
    assert_eq!(
        ttl("--set backend.cache.enabled=true", &[]),
        (profile, entries)
    );
    // Also when nothing is answered.
    let off = [("VAPORA__BACKEND__CACHE__ENABLED", "false")];
    assert_eq!(ttl("", &off).0, json!(77));
}
