//! The schemas: texts in place of shipped ones.

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

/// A whole schema of one setting under this contract, with these warnings.
fn schema(contract: &str, warnings: &str) -> String {
    format!(
        "let rec f = fun x => f x in {{ version = \"1\", renamed = {{}}, ranges = {{ port = {{ kind = \"integer\" }} }}, Config = {{ port | ({contract}) | default = 1 }}, errors = [], warnings = [{warnings}] }}"
    )
}

pub fn rows() -> Vec<Row> {
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
