//! The README shows the real program: its key table is the action table's, its screens are the snapshots.
//! `UPDATE_README=1 cargo test --test readme` writes what is missing.
#![cfg(feature = "tui")]

use std::fs;
use std::path::Path;

use vapora_tui::tui::keymap::Keymap;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const SNAPSHOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");

/// The README as it should be.
fn wanted(readme: &str) -> String {
    let readme = between(
        readme,
        "<!-- keys -->",
        "<!-- /keys -->",
        &Keymap::shipped().markdown(),
    );
    let mut out = String::new();
    let mut rest = readme.as_str();
    while let Some((before, after)) = rest.split_once("<!-- screen ") {
        let (name, after) = after
            .split_once(" -->\n```\n")
            .expect("a fenced block after the mark");
        let (_, after) = after.split_once("```").expect("the end of the block");
        out.extend([
            before,
            "<!-- screen ",
            name,
            " -->\n```\n",
            &screen(name),
            "```",
        ]);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn between(text: &str, from: &str, to: &str, inside: &str) -> String {
    let (before, rest) = text.split_once(from).expect("the first mark");
    let (_, after) = rest.split_once(to).expect("the second mark");
    format!("{before}{from}\n{inside}\n{to}{after}")
}

/// A snapshot without its head and the remark on the cursor.
fn screen(name: &str) -> String {
    let file = Path::new(SNAPSHOTS).join(format!("screens__{name}.snap"));
    let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let body = text.splitn(3, "---\n").nth(2).expect("a head");
    body.lines()
        .filter(|line| !line.starts_with("cursor at"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[test]
fn the_readme_shows_the_real_keys_and_screens() {
    let readme = fs::read_to_string(README).unwrap();
    let wanted = wanted(&readme);
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(README, &wanted).unwrap();
        return;
    }
    assert!(
        readme == wanted,
        "README.md is behind; UPDATE_README=1 cargo test --test readme writes it"
    );
}
