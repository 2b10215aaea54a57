//! The profiles: each is `profiles/mine.ncl` of a workspace, or a file beside it.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{CANARY, Row, laid, put, row};

const MINE: &str = "profiles/mine.ncl";

/// What is said of a text over which the child was lost.
const ENDLESS: [&str; 3] = [
    "profiles/mine.ncl",
    "computes without end, or needs more than 1 GiB of memory",
    "Mend its loop or growth and start again, or choose another profile",
];

/// Under the limits of the program.
fn endless_in_full(name: &'static str, text: impl Into<Vec<u8>>) -> Row {
    row(name, MINE, text, &ENDLESS)
}

/// Given up sooner, so that the table does not take long; `PROOF_COUNTS=full` has them all under the program's limits.
fn endless(name: &'static str, text: impl Into<Vec<u8>>) -> Row {
    let mut row = endless_in_full(name, text);
    if std::env::var_os("PROOF_COUNTS").is_some_and(|counts| counts == "full") {
        return row;
    }
    row.limits.first = Duration::from_millis(500);
    row.limits.without = Duration::from_millis(1_700);
    row
}

fn says(name: &'static str, text: impl Into<Vec<u8>>, says: &[&str]) -> Row {
    row(name, MINE, text, says)
}

/// A profile whose port is this expression.
fn port(expression: &str) -> String {
    format!("{{ backend.port = {expression} }}")
}

pub fn rows() -> Vec<Row> {
    let mut rows = endless_ones();
    rows.extend(reaching_out());
    rows.extend(no_files());
    rows.extend(wrong_texts());
    rows.extend(wrong_values());
    rows.extend(wrong_shapes());
    rows
}

fn endless_ones() -> Vec<Row> {
    vec![
        endless(
            "a loop in place of the record",
            "let rec f = fun x => f x in f 1",
        ),
        endless_in_full("a loop in a value", port("let rec f = fun x => f x in f 1")),
        endless(
            "a loop that keeps its stack",
            port("let rec f = fun x => 1 + f x in f 1"),
        ),
        endless(
            "a loop in a contract of its own",
            "let rec f = fun x => f x in { backend.port | std.contract.from_predicate f = 1 }",
        ),
        endless(
            "a loop of two",
            "let rec f = fun x => g x, g = fun x => f x in { backend.port = f 1 }",
        ),
        says(
            "data without end",
            "let rec f = fun x => { backend = f x } in f 1",
            &["backend.backend is not a setting"],
        ),
        endless_in_full(
            "a text that doubles",
            "let rec f = fun x => f (x ++ x) in { backend.host = f \"ab\" }",
        ),
        endless_in_full(
            "10^9 elements",
            port("std.array.length (std.array.generate (fun i => i) 1000000000)"),
        ),
        endless(
            "a sorted list of 10^7",
            port(
                "std.array.first (std.array.sort (fun a b => 'Lesser) (std.array.generate (fun i => i) 10000000))",
            ),
        ),
        endless_in_full("10^(10^8)", port("std.number.pow 10 100000000")),
        endless("a number of 4 * 10^8 digits", port("1e400000000")),
        endless(
            "lists that hold lists, ten to the tenth",
            "let t = fun x => [x, x, x, x, x, x, x, x, x, x] in { nats.cluster = t (t (t (t (t (t (t (t (t (t \"lol\"))))))))) }",
        ),
        says(
            "[ 20,000 times",
            "[".repeat(20_000),
            &[
                "profiles/mine.ncl:1",
                "The [ of line 1 is never closed",
                "Write its ]",
            ],
        ),
        endless_in_full(
            "lists 20,000 deep",
            port(&format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000))),
        ),
        endless(
            "records 20,000 deep",
            format!("{}1{}", "{a=".repeat(20_000), "}".repeat(20_000)),
        ),
        endless("a sum of 30,000", port(&vec!["1"; 30_000].join(" + "))),
        endless("a merge of 30,000", vec!["{}"; 30_000].join(" & ")),
        says(
            "lets 20,000 deep",
            format!("{} {{ oops = 1 }}", "let x = 1 in ".repeat(20_000)),
            &["profiles/mine.ncl"],
        ),
        endless(
            "a type that has none",
            "{ backend.port = (std.array.fold_left (fun acc it => acc it) : _) }",
        ),
        endless(
            "a text with itself inside, 40 times",
            format!(
                "{} {{ backend.host = x40 }}",
                (0..40)
                    .map(|i| format!("let x{} = \"%{{x{i}}}%{{x{i}}}\" in ", i + 1))
                    .fold("let x0 = \"lol\" in ".to_owned(), |all, one| all + &one)
            ),
        ),
        endless(
            "a name without end",
            "let rec f = fun x => f (x ++ x) in { backend.\"%{f \"ab\"}\" = 1 }",
        ),
        endless(
            "traces without end",
            port("let rec f = fun x => std.trace \"x\" (f x) in f 1"),
        ),
        says(
            "a recursion through the record",
            "{ backend.port = 1 + (import \"mine.ncl\").backend.port }",
            &[
                "profiles/mine.ncl:1",
                "computed from itself",
                "does not lead back",
            ],
        ),
    ]
}

fn reaching_out() -> Vec<Row> {
    let outside = "which is no Nickel text of the workspace. Import a Nickel text of the workspace";
    let mut rows: Vec<Row> = [
        ("/etc/passwd as text", "import \"/etc/passwd\" as 'Text"),
        ("/etc/passwd as Nickel", "import \"/etc/passwd\""),
        ("/dev/zero", "import \"/dev/zero\" as 'Text"),
        (
            "its own environment",
            "import \"/proc/self/environ\" as 'Text",
        ),
        ("above the workspace", "import \"../../outside.ncl\""),
        (
            "far above the workspace",
            "import \"../../../../../../../../etc/passwd\" as 'Text",
        ),
        ("a package", "import outside"),
    ]
    .into_iter()
    .map(|(name, import)| {
        says(
            name,
            format!("{{\n  backend.host = {import}\n}}"),
            &["profiles/mine.ncl:2", "It imports", outside],
        )
    })
    .collect();
    rows.extend([
        says(
            "an import deep inside",
            "{ backend.host = (fun x => [{ y = import \"/etc/hostname\" as 'Text }]) 1 }",
            &["profiles/mine.ncl:1", "/etc/hostname", outside],
        ),
        says(
            "a text that is not there",
            "import \"nothing.ncl\"",
            &["profiles/mine.ncl:1", "there is no such text"],
        ),
        laid(
            "an import that imports outside",
            &["profiles/mine.ncl:1", "lib.ncl, which cannot be loaded"],
            |root| {
                put(root, MINE, b"import \"../assets/schemas/lib.ncl\"");
                put(
                    root,
                    "assets/schemas/lib.ncl",
                    b"import \"../../../outside.ncl\"",
                );
            },
        ),
        laid(
            "imports in a circle",
            &["profiles/mine.ncl", "computed from itself"],
            |root| {
                put(root, MINE, b"import \"../assets/schemas/lib.ncl\"");
                put(
                    root,
                    "assets/schemas/lib.ncl",
                    b"import \"../../profiles/mine.ncl\"",
                );
            },
        ),
        laid(
            "a link out of the workspace",
            &[
                "profiles/mine.ncl",
                "leads out of the workspace. Copy the file into the workspace",
            ],
            |root| {
                put(root, "profiles/other.ncl", b"{}");
                symlink(root.join("../outside.ncl"), root.join(MINE)).unwrap();
            },
        ),
        laid(
            "an import of a link out of the workspace",
            &["profiles/mine.ncl:1", "there is no such text"],
            |root| {
                put(root, MINE, b"{ backend.host = import \"linked.ncl\" }");
                symlink(
                    root.join("../outside.ncl"),
                    root.join("profiles/linked.ncl"),
                )
                .unwrap();
            },
        ),
        says(
            "the canary in an error",
            format!("{{ backend.host = \"x\", # {CANARY}\n  oops = }}"),
            &["profiles/mine.ncl:2", "A value is missing before `}`"],
        ),
    ]);
    rows
}

fn no_files() -> Vec<Row> {
    let no_file = [
        "profiles/mine.ncl",
        "not a file. Put a text file in its place",
    ];
    let nowhere = ["profiles/mine.ncl", "Put a text file in its place"];
    vec![
        laid("a pipe", &no_file, |root| pipe(root, MINE)),
        laid(
            "an import of a pipe",
            &["profiles/mine.ncl:1", "there is no such text"],
            |root| {
                put(root, MINE, b"import \"pipe.ncl\"");
                pipe(root, "profiles/pipe.ncl");
            },
        ),
        laid("a link to /dev/zero", &no_file, |root| {
            link(root, "/dev/zero");
        }),
        laid("a link to a folder", &no_file, |root| link(root, "/etc")),
        laid("a link round in circles", &nowhere, |root| {
            link(root, "mine.ncl");
        }),
        laid("a link to nothing", &nowhere, |root| {
            link(root, "nothing.ncl");
        }),
        says(
            "10 MB",
            vec![b' '; 10 << 20],
            &[
                "profiles/mine.ncl",
                "10 MiB long; at most 4 MiB are read",
                "Take it away",
            ],
        ),
        says(
            "no text",
            b"{ a = \"\xff\" }".to_vec(),
            &[
                "profiles/mine.ncl:1",
                "It is not UTF-8 text. Save it as UTF-8",
            ],
        ),
        says(
            "a program",
            b"\x7fELF\x02\x01\x01\0\0".to_vec(),
            &["profiles/mine.ncl:1", "Something else is expected here"],
        ),
        says(
            "nothing at all",
            "",
            &[
                "profiles/mine.ncl:1",
                "There is nothing in the file",
                "Write for example",
            ],
        ),
    ]
}

fn wrong_texts() -> Vec<Row> {
    vec![
        says(
            "a broken line",
            "{\n  backend = {\n    port = ,\n  }\n}",
            &["mine.ncl:3", "A value is missing before `,`"],
        ),
        says(
            "a text without end",
            "{\n  backend.host = \"x\n}",
            &[
                "mine.ncl:3",
                "The text that begins on line 2 is never ended",
            ],
        ),
        says(
            "a bracket too few",
            "{ backend = { port = 1 }",
            &["mine.ncl:1", "The { of line 1 is never closed"],
        ),
        says(
            "an unknown name",
            "{\n  backend.port = nothing\n}",
            &["mine.ncl:2", "`nothing` is a name that nothing has here"],
        ),
        says(
            "a static type",
            "{ backend.port : String = 1 }",
            &["mine.ncl:1"],
        ),
        says(
            "a key twice",
            "{ backend.port = 1025,\n backend.port = 1026 }",
            &["mine.ncl", "Give one of them another priority"],
        ),
        says("infinity", port("inf"), &["mine.ncl:1", "`inf` is a name"]),
        says("no number", port("nan"), &["mine.ncl:1", "`nan` is a name"]),
        says(
            "0 divided",
            port("1 / 0"),
            &["mine.ncl:1", "It divides by zero. Divide"],
        ),
        says(
            "a number as key",
            "{ 1 = 2 }",
            &["mine.ncl:1", "The name of a setting is expected"],
        ),
        says(
            "the engine's own contract, misused",
            "{ backend.port | %contract/custom% 1 = 1025 }",
            &["mine.ncl"],
        ),
        says(
            "an engine's word that is none",
            "{ backend.port = %nothing/at/all% 1 }",
            &["mine.ncl:1", "What stands behind the = is no value"],
        ),
    ]
}

fn wrong_values() -> Vec<Row> {
    let digits = "9".repeat(2_000_000);
    let long = "x".repeat(300_000);
    vec![
        says(
            "a number of two million digits",
            port(&digits),
            &["profiles/mine.ncl"],
        ),
        says(
            "a text of 300,000 letters",
            format!("{{ backend.host = \"{long}\" }}"),
            &[
                "profiles/mine.ncl:1",
                "xxx…",
                "Use an address or a name without port",
            ],
        ),
        says(
            "a list for a profile",
            "[1, 2]",
            &["The profile is no record of settings. Write for example"],
        ),
        says(
            "a function for a profile",
            "fun x => x",
            &["The profile is no record of settings"],
        ),
        says("a function for a value", port("fun x => x"), &["mine.ncl"]),
        says("a variant for a value", port("'A 1"), &["mine.ncl"]),
        says("null", port("null"), &["mine.ncl"]),
    ]
}

fn wrong_shapes() -> Vec<Row> {
    vec![
        says(
            "a priority on a section",
            "{ backend | priority -1 = { port = 9000 } }",
            &["profiles/mine.ncl:1", "Write priorities on single values"],
        ),
        says(
            "force on a section",
            "{ backend | force = { port = 9000 } }",
            &["profiles/mine.ncl:1", "Write priorities on single values"],
        ),
        says(
            "a forced wrong value",
            "{ backend.port | force = 80 }",
            &["80", "1024"],
        ),
        says(
            "a default beside the schema's",
            "{ backend.port | default = 9000 }",
            &["Give one of them another priority"],
        ),
        says(
            "a contract that always blames",
            "{ backend.port | std.contract.from_predicate (fun x => false) = 9000 }",
            &["mine.ncl"],
        ),
        says(
            "a contract that aborts",
            "{ backend.port | (fun label x => std.fail_with \"boo\") = 9000 }",
            &["mine.ncl"],
        ),
        says(
            "failing on purpose",
            port("std.fail_with \"\\u{1b}[31mboo\""),
            &["mine.ncl"],
        ),
        says(
            "control characters in a key",
            "{ \"a\\u{1b}[31m\\nb\" = 1 }",
            &["is not a setting"],
        ),
        says(
            "dots in a key",
            "{ \"backend.port\" = 9000 }",
            &["profiles/mine.ncl:1", "Write it without quotes"],
        ),
        says(
            "__proto__",
            "{ __proto__ = { port = 1 } }",
            &["__proto__ is not a setting. Take it out"],
        ),
        says(
            "a key of a million letters",
            format!("{{ \"{}\" = 1 }}", "k".repeat(1_000_000)),
            &["is not a setting"],
        ),
        says(
            "a regex of nested stars",
            format!(
                "{{ backend.host = if std.string.is_match \"^(a+)+$\" \"{}b\" then \"x\" else 1 }}",
                "a".repeat(5_000)
            ),
            &["profiles/mine.ncl:1", "1 is not a text. Use an address"],
        ),
        says(
            "a regex that is none",
            "{ backend.host = std.string.is_match \"(\" \"x\" }",
            &["mine.ncl"],
        ),
        says(
            "a regex of huge repetition",
            "{ backend.host = std.string.is_match \"((a{1000}){1000}){1000}\" \"x\" }",
            &["mine.ncl"],
        ),
        says(
            "a thousand wrong elements",
            "{ nats.cluster = std.array.generate (fun i => i) 1000 }",
            &["profiles/mine.ncl:1", "0 is not a text. Use nats://"],
        ),
        says(
            "a section that is a text",
            "{ backend = \"x\" }",
            &["backend is a section, not a setting. Name one of its settings"],
        ),
    ]
}

fn pipe(root: &Path, name: &str) {
    put(root, "profiles/other.ncl", b"{}");
    let made = Command::new("mkfifo")
        .arg(root.join(name))
        .status()
        .unwrap();
    assert!(made.success());
}

fn link(root: &Path, target: &str) {
    put(root, "profiles/other.ncl", b"{}");
    symlink(target, root.join(MINE)).unwrap();
}
