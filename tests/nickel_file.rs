//! One Nickel file evaluated without the schema: its values with lines, its imports, and what it is told when wrong.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use support::Judge;
use vapora_tui::nickel::data::{Entry, Node, Shape};
use vapora_tui::nickel::{CHILD_VERB, file};
use vapora_tui::process;
use vapora_tui::schema::Schema;
use vapora_tui::workspace::Workspace;

/// Evaluates a file that lies at `name` in a workspace of these files.
fn read(files: &[(&str, &str)], name: &str) -> (Vec<Entry>, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let workspace = Workspace::at(folder.path());
    let (_, text) = files.iter().find(|(file, _)| *file == name).unwrap();
    let (entries, problems) = file::read(
        &folder.path().join(name),
        text,
        &workspace,
        &Schema::default(),
        || process::start(Path::new(env!("CARGO_BIN_EXE_vapora-tui")), CHILD_VERB),
    );
    let mut said = String::new();
    flat(&entries, "", &mut said);
    for problem in problems {
        let place = problem.place.as_ref().unwrap().to_string();
        let root = format!("{}/", folder.path().display());
        let path = problem.path.as_ref().map_or("-", |path| path.as_str());
        writeln!(
            said,
            "{} | {path} | {}",
            place.replace(&root, ""),
            problem.sentence()
        )
        .unwrap();
    }
    (entries, said)
}

/// `path = value (line)`, one a line.
fn flat(entries: &[Entry], above: &str, said: &mut String) {
    for entry in entries {
        let path = format!("{above}{}", entry.name);
        match &entry.node.shape {
            Shape::Section(below) => flat(below, &format!("{path}."), said),
            shape => writeln!(said, "{path} = {} ({})", shown(shape), entry.line).unwrap(),
        }
    }
}

fn shown(shape: &Shape) -> String {
    match shape {
        Shape::Number(number) => number.to_string(),
        Shape::Text(text) => format!("{text:?}"),
        Shape::Bool(b) => b.to_string(),
        Shape::List(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|Node { line, shape }| format!("{}@{line}", shown(shape)))
                .collect();
            format!("[{}]", items.join(" "))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn values_come_with_their_lines() {
    let text = "# ours\n{\n  backend.port = 9000 + 1,\n  backend = {\n    host | String = \"10.0.0.1\",\n    \"a b\" = 'Tag,\n  },\n  nats.cluster = [\n    \"a\",\n    \"b\",\n  ],\n  on = true, nothing = null, half = 0.5,\n  big = 18446744073709551616,\n  later | optional,\n}\n";
    let (_, said) = read(&[("mine.ncl", text)], "mine.ncl");
    assert_eq!(
        said,
        "backend.port = 9001 (3)\nbackend.host = \"10.0.0.1\" (5)\nbackend.a b = \"Tag\" (6)\nnats.cluster = [\"a\"@9 \"b\"@10] (8)\non = true (12)\nnothing = Null (12)\nhalf = 0.5 (12)\nbig = TooLarge(\"1.844674407370955e19\") (13)\n"
    );
}

/// The `custom.ncl` of VAPORA's provisioning summary, written with `&` (there is no `std.record.merge`).
const CUSTOM: &str = r#"let defaults = import "../../schemas/vapora/main.ncl" in
let mode = import "../../schemas/platform/defaults/deployment/enterprise.ncl" in
defaults & mode & {
  backend.port = 9001,
  llm_router.providers.ollama_enabled = true,
}
"#;

#[test]
fn the_custom_file_of_the_provisioning_folder_evaluates() {
    let (entries, said) = read(
        &[("config/runtime/custom.ncl", CUSTOM)],
        "config/runtime/custom.ncl",
    );
    for line in [
        "backend.port = 9001 (4)",
        "llm_router.providers.ollama_enabled = true (5)",
        "deployment_mode = \"enterprise\" (3)",
    ] {
        assert!(
            said.lines().any(|said| said == line),
            "{line} is not in\n{said}"
        );
    }
    assert!(!said.contains(" | "), "{said}");
    let schema = Judge::shipped().schema;
    assert!(entries.iter().all(|entry| {
        schema
            .fields()
            .iter()
            .any(|field| field.path.as_str().split('.').next() == Some(&entry.name))
    }));
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_the_rest_counts() {
    let rows: [(&[(&str, &str)], &str); 12] = [
        (
            &[("a.ncl", "{ port = 1,\n  f = fun x => x }")],
            "port = 1 (1)\nf = Broken (2)\na.ncl:2 | f | It is no plain value; a function, for example, cannot be written. Write a text, a number, true, false, a list or a record.\n",
        ),
        (
            &[("a.ncl", "{ port | Number = \"x\" }")],
            "port = \"x\" (1)\na.ncl:1 | port | It is not a number, as Number asks for. Write it without quotes, for example 8001.\n",
        ),
        (
            &[("a.ncl", "{\n  port = ,\n}")],
            "a.ncl:2 | - | A value is missing before `,`. Write it behind the =, for example port = 8001.\n",
        ),
        (
            &[("a.ncl", "[1]")],
            "a.ncl:1 | - | The file is no record of settings. Write for example { backend.port = 8001 }.\n",
        ),
        (
            &[("a.ncl", "")],
            "a.ncl:1 | - | There is nothing in the file. Write for example { backend.port = 8001 }.\n",
        ),
        (
            &[("a.ncl", "{ a = 1 } & { b = nope }")],
            "a.ncl:1 | - | `nope` is a name that nothing has here. Check its spelling. A text stands in quotes, \"nope\"; a value of another field by its whole path.\n",
        ),
        (
            &[("a.ncl", "std.record.merge {} {}")],
            "a.ncl:1 | - | There is no field `merge` where it is asked for. Check its spelling, or write that field.\n",
        ),
        (
            &[("a.ncl", "{ x = import \"../outside.ncl\" }")],
            "a.ncl:1 | - | It imports ../outside.ncl, which is no Nickel text of the workspace. Import a Nickel text of the workspace or a shipped one, for example import \"profiles/solo.ncl\".\n",
        ),
        (
            &[("a.ncl", "{ x = import \"/etc/passwd\" as 'Text }")],
            "a.ncl:1 | - | It imports /etc/passwd, which is no Nickel text of the workspace. Import a Nickel text of the workspace or a shipped one, for example import \"profiles/solo.ncl\".\n",
        ),
        (
            &[
                ("a.ncl", "import \"lib/b.ncl\""),
                ("lib/b.ncl", "{ x = 1,\n y = import \"c.ncl\" }"),
                ("lib/c.ncl", "2"),
            ],
            "x = 1 (1)\ny = 2 (1)\n",
        ),
        (
            &[("a.ncl", "let rec f = fun x => f x in { x = f 1 }")],
            "a.ncl | - | It computes without end, or needs more than 1 GiB of memory. Look in it, and in what it imports, for a loop, for what grows without end, or for very deep nesting.\n",
        ),
        (
            &[(
                "a.ncl",
                "{ x = std.array.generate (fun i => i) 1000000000 }",
            )],
            "a.ncl | - | It computes without end, or needs more than 1 GiB of memory. Look in it, and in what it imports, for a loop, for what grows without end, or for very deep nesting.\n",
        ),
    ];
    let mut found = Vec::new();
    for (files, expected) in rows {
        let (_, said) = read(files, "a.ncl");
        if said != expected {
            found.push(format!(
                "{:?}\n  said     {said:?}\n  expected {expected:?}",
                files[0].1
            ));
        }
    }
    support::nothing(&found, "Files that are told otherwise");
}
