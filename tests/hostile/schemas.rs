//! The schemas: texts in place of shipped ones.

use std::os::unix::fs::symlink;
use std::process::Command;

use super::{Row, laid, put, row};

const ENTRY: &str = "assets/schemas/platform/configs/main.ncl";
const MAIN: &str = "assets/schemas/vapora/main.ncl";
const WARNINGS: &str = "assets/schemas/platform/constraints/warnings.ncl";

fn lost(name: &'static str, file: &'static str, text: impl Into<Vec<u8>>) -> Row {
    let says = [
        file,
        "computes without end, or needs more than 1 GiB of memory",
        "Mend it and start again, or move it away: the shipped one counts then",
    ];
    row(name, file, text, &says)
}

/// The main text is a link to this.
fn linked(name: &'static str, target: &'static str, says: &str) -> Row {
    laid(name, &[MAIN, says], move |root| {
        put(root, "assets/schemas/vapora/other.ncl", b"{}");
        symlink(target, root.join(MAIN)).unwrap();
    })
}

/// A whole schema of one setting under this contract, with these warnings.
fn schema(contract: &str, warnings: &str) -> String {
    format!(
        "let rec f = fun x => f x in {{ version = \"1\", renamed = {{}}, ranges = {{ port = {{ kind = \"integer\" }} }}, Config = {{ port | ({contract}) | default = 1 }}, errors = [], warnings = [{warnings}] }}"
    )
}

pub fn rows() -> Vec<Row> {
    let mut rows = broken();
    rows.extend(huge());
    rows
}

/// What computes or holds too much, and what is no file of the workspace.
fn huge() -> Vec<Row> {
    vec![
        lost(
            "10^9 elements",
            MAIN,
            "std.array.length (std.array.generate (fun i => i) 1000000000)",
        ),
        lost("10^(10^8)", MAIN, "std.number.pow 10 100000000"),
        lost(
            "lists that hold lists, ten to the tenth",
            MAIN,
            "let t = fun x => [x, x, x, x, x, x, x, x, x, x] in std.deep_seq (t (t (t (t (t (t (t (t (t (t \"lol\")))))))))) {}",
        ),
        lost(
            "records 20,000 deep",
            MAIN,
            format!("{}1{}", "{a=".repeat(20_000), "}".repeat(20_000)),
        ),
        row(
            "a limit of two hundred thousand digits",
            ENTRY,
            schema("Number", "").replace(
                "\"integer\"",
                &format!("\"integer\", max = {}", "9".repeat(200_000)),
            ),
            &["The max of port in ranges.ncl is no number that can be shown."],
        ),
        linked(
            "a link to /dev/zero",
            "/dev/zero",
            "not a file. Put a text file in its place",
        ),
        linked(
            "a link out of the workspace",
            "../../../../outside.ncl",
            "leads out of the workspace. Copy the file into the workspace",
        ),
    ]
}

fn broken() -> Vec<Row> {
    vec![
        lost(
            "a loop for a schema",
            ENTRY,
            "let rec f = fun x => f x in f 1",
        ),
        lost(
            "a loop for the configuration",
            MAIN,
            "let rec f = fun x => f x in f 1",
        ),
        lost(
            "growth",
            MAIN,
            "let rec f = fun x => f (x ++ x) in f \"ab\"",
        ),
        row(
            "[ 20,000 times",
            MAIN,
            "[".repeat(20_000),
            &[
                "vapora/main.ncl:1",
                "The [ of line 1 is never closed",
                "Write its ]",
            ],
        ),
        lost("a sum of 30,000", MAIN, vec!["1"; 30_000].join(" + ")),
        lost(
            "a type that has none",
            MAIN,
            "{ backend = (std.array.fold_left (fun acc it => acc it) : _) }",
        ),
        lost(
            "a loop for rules",
            WARNINGS,
            "let rec f = fun x => f x in f 1",
        ),
        row(
            "a loop in a contract",
            ENTRY,
            schema("std.contract.from_predicate f", ""),
            &[ENTRY, "look for a loop in"],
        ),
        row(
            "a loop in a rule",
            ENTRY,
            schema(
                "Number",
                "{ path = \"port\", reads = [\"port\"], holds = f, message = fun c => \"\", hint = fun c => \"\" }",
            ),
            &[ENTRY, "look for a loop in"],
        ),
        row(
            "a broken line",
            MAIN,
            "{\n  a = ,\n}",
            &["main.ncl:2", "A value is missing before `,`"],
        ),
        row(
            "an import from outside",
            MAIN,
            "import \"/etc/passwd\" as 'Text",
            &[
                "main.ncl:1",
                "/etc/passwd",
                "Import a Nickel text of the workspace",
            ],
        ),
        row("no schema", ENTRY, "{}", &["main.ncl"]),
        row("a number", ENTRY, "1", &["main.ncl"]),
        row(
            "rules that are none",
            ENTRY,
            schema("Number", "1, {}"),
            &["is no rule. Give it path, reads, holds, message and hint"],
        ),
        laid(
            "a pipe",
            &[
                MAIN,
                "It is a named pipe, not a file. Put a text file in its place",
            ],
            |root| {
                put(root, "assets/schemas/vapora/other.ncl", b"{}");
                let made = Command::new("mkfifo")
                    .arg(root.join(MAIN))
                    .status()
                    .unwrap();
                assert!(made.success());
            },
        ),
    ]
}
