//! Schemas, profiles and opened files that import data beside them: a limit is written once, for forms and schema.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod room;
mod support;

use room::{Done, Room};
use support::Judge;
use vapora_tui::nickel::Texts;
use vapora_tui::workspace::Workspace;

const RANGES: &str = "assets/schemas/platform/values/ranges.ncl";
const CONSTRAINTS: &str = "[limits]\nmost_workers = 12\n";

/// The shipped limits, with one of them imported.
fn ranges() -> String {
    let shipped = Workspace::at("/nowhere/at/all").source(RANGES).unwrap();
    let text = shipped.unwrap().text.into_owned();
    let own = "let limits = (import \"../../../../forms/constraints.toml\").limits in\nlet switch";
    let changed = text.replacen("let switch", own, 1).replace(
        "count & { max = 32, example = 4 }",
        "count & { max = limits.most_workers, example = 4 }",
    );
    assert_ne!(changed, text);
    changed
}

#[test]
fn a_schema_imports_the_limits_of_the_forms() {
    let room = Room::with(&[("forms/constraints.toml", CONSTRAINTS), (RANGES, &ranges())]);
    let judge = Judge::of(Texts::read(&Workspace::at(room.path(""))));
    assert_eq!(judge.problems, []);
    let field = judge.schema.get("backend.workers").unwrap();
    assert_eq!(field.range.max, Some(12.0));
    let done = run(&room, "render --profile solo --set backend.workers=13");
    assert_eq!(done.code, 1);
    assert!(done.err.contains("1 to 12"), "{}", done.err);
}

#[test]
fn profiles_and_opened_files_import_data_beside_them() {
    for (name, text) in [
        ("sizes.json", "{ \"workers\": 3 }"),
        ("sizes.toml", "workers = 3\n"),
        ("sizes.yaml", "workers: 3\n"),
        ("sizes.yml", "workers: 3\n"),
    ] {
        let nickel = format!("{{ backend.workers = (import \"{name}\").workers }}");
        let room = Room::with(&[
            (&format!("profiles/{name}"), text),
            (
                "profiles/mine.ncl",
                &format!("(import \"solo.ncl\") & {nickel}"),
            ),
            (&format!("sub/{name}"), text),
            ("sub/x.ncl", &nickel),
        ]);
        for args in [
            "render --profile mine --set-file security.jwt_secret=key --format json --reveal",
            "render --profile solo --from sub/x.ncl --set-file security.jwt_secret=key --format json --reveal",
        ] {
            room.file("key", "0123456789abcdef0123456789abcdef");
            let done = run(&room, args);
            let found: serde_json::Value =
                serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{name}: {}", done.err));
            assert_eq!(found["backend"]["workers"], 3, "{name}: {args}");
        }
    }
}

#[test]
fn data_that_is_broken_or_not_there_is_told_with_its_file() {
    let room = Room::with(&[
        ("a.ncl", "import \"b.json\""),
        ("b.json", "{ \"backend\": "),
        ("c.ncl", "import \"d.toml\""),
        ("e.ncl", "import \"/etc/passwd\" as 'Json"),
    ]);
    for (file, says) in [
        ("a.ncl", "b.json"),
        ("c.ncl", "It imports d.toml, and there is no such text."),
        ("e.ncl", "which is no Nickel text of the workspace."),
    ] {
        let done = run(&room, &format!("check {file}"));
        assert_eq!(done.code, 2, "{file}: {}{}", done.out, done.err);
        assert!(done.out.contains(says), "{file}: {}", done.out);
    }
}

/// What is given as example can be followed.
#[test]
fn the_example_of_an_import_works_where_it_is_told() {
    let room = Room::with(&[
        ("FILE.ncl", "(import \"solo.ncl\") & {}"),
        ("profiles/mine.ncl", "(import \"sol.ncl\") & {}"),
    ]);
    let done = run(&room, "check FILE.ncl");
    let example = "import \"profiles/solo.ncl\"";
    assert!(done.out.contains(example), "{}", done.out);
    room.file("FILE.ncl", format!("({example}) & {{}}"));
    assert!(!run(&room, "check FILE.ncl").out.contains("no such text"));
    let done = run(&room, "render --profile mine");
    assert!(done.err.contains("import \"solo.ncl\""), "{}", done.err);
}

fn run(room: &Room, args: &str) -> Done {
    Done::of(room.command(args.split_whitespace()).output().unwrap())
}
