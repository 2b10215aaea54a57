//! The house: reads the sources and fails when a room uses what stands after it, or names what only another may.
//! Tests inside the sources may use anything: what stands behind `#[cfg(test)]` is not looked at.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "layers/source.rs"]
mod source;

use source::Source;

/// Where a secret may be read in clear, with how many places each file has.
const EXPOSED: &[(&str, usize)] = &[
    // The schema judges its length.
    ("nickel/protocol.rs", 1),
    // TOML and JSON.
    ("output/value.rs", 2),
    // A secret made here becomes the text of a file of its own, mode 0600.
    ("made/files.rs", 1),
    // `secret jwt` prints one, in words and as JSON: it was asked for.
    ("cli/secret.rs", 1),
    // The ten seconds for which `s` shows one.
    ("tui/draw/fields.rs", 1),
];

const LONGEST_FILE: usize = 500;
const LONG_FILE: usize = 300;

/// The rooms at the top, of which none may use another.
const SIDE_BY_SIDE: [&str; 3] = ["cli", "plain", "tui"];

/// The rooms in the order of `src/lib.rs`, the deepest first.
fn order(sources: &[Source]) -> Vec<String> {
    let lib = sources
        .iter()
        .find(|source| source.name == "lib.rs")
        .unwrap();
    lib.declared_modules()
}

fn fail_on(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

/// The places where `is_wrong` holds for a path, as `file:line path`.
fn places(sources: &[Source], is_wrong: impl Fn(&Source, &[&str]) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for named in source.paths() {
            let parts: Vec<&str> = named.parts.iter().map(String::as_str).collect();
            if is_wrong(source, &parts) {
                found.push(format!(
                    "src/{}:{} {}",
                    source.name,
                    named.line,
                    parts.join("::")
                ));
            }
        }
    }
    found
}

/// The room that a path of this file leads to, when it leads to one.
fn leads_to<'p>(source: &Source, parts: &[&'p str]) -> Option<&'p str> {
    let supers = parts.iter().take_while(|part| **part == "super").count();
    let (first, rest) = parts.split_first()?;
    match *first {
        "crate" | "vapora_tui" => rest.first().copied(),
        "super" if supers >= source.modules.len() => parts.get(supers).copied(),
        _ => None,
    }
}

#[test]
fn a_room_uses_only_what_stands_before_it() {
    let sources = source::all();
    let order = order(&sources);
    let place = |room: &str| order.iter().position(|known| known == room);
    for source in &sources {
        if !source.modules.is_empty() {
            let room = source.room();
            assert!(place(room).is_some(), "src/lib.rs does not list {room}");
        }
    }
    let mut found = places(&sources, |source, parts| {
        let Some(target) = leads_to(source, parts) else {
            return false;
        };
        match (place(source.room()), place(target)) {
            (Some(own), Some(other)) => own < other,
            (Some(_), None) => parts[0] != "super" && target == "*",
            _ => false,
        }
    });
    found.sort();
    found.dedup();
    fail_on(&found, "A room uses one that stands after it in src/lib.rs");
}

#[test]
fn cli_plain_and_tui_stand_side_by_side() {
    let sources = source::all();
    let found = places(&sources, |source, parts| {
        let target = leads_to(source, parts);
        SIDE_BY_SIDE.contains(&source.room())
            && target
                .is_some_and(|target| target != source.room() && SIDE_BY_SIDE.contains(&target))
    });
    fail_on(&found, "cli, plain and tui may not use each other");
}

#[test]
fn nothing_in_the_library_uses_main() {
    let sources = source::all();
    let found = places(&sources, |source, parts| {
        parts[0] == "vapora_tui" && source.name != "main.rs"
    });
    fail_on(&found, "Only main.rs sees the library from outside");
}

#[test]
fn invariant_1_the_core_never_names_the_terminal_crates() {
    let crates = ["ratatui", "crossterm", "tui_textarea", "signal_hook"];
    let sources = source::all();
    let found = places(&sources, |source, parts| {
        // These only watch signals.
        let watches = ["plain", "guard"].contains(&source.room()) && parts[0] == "signal_hook";
        source.room() != "tui" && !watches && crates.contains(&parts[0])
    });
    fail_on(&found, "Only tui names the crates of the terminal");
}

#[test]
fn invariant_2_only_nickel_names_nickel() {
    let sources = source::all();
    let found = places(&sources, |source, parts| {
        source.room() != "nickel" && parts.iter().any(|part| part.starts_with("nickel_lang"))
    });
    fail_on(&found, "Only nickel names Nickel's crates");
}

#[test]
fn invariant_2_only_process_starts_programs() {
    let sources = source::all();
    let found = places(&sources, |source, parts| {
        source.room() != "process"
            && (parts.ends_with(&["process", "Command"])
                || parts
                    .windows(3)
                    .any(|part| part == ["process", "Command", "new"])
                || matches!(parts, ["rustix", .., "fork" | "execve" | "execveat"]))
    });
    fail_on(&found, "Only process.rs starts programs");
}

#[test]
fn invariant_2_only_store_changes_files() {
    const CHANGING: [&str; 12] = [
        "rename",
        "renameat",
        "write",
        "copy",
        "remove_file",
        "remove_dir",
        "remove_dir_all",
        "create_dir",
        "create_dir_all",
        "hard_link",
        "set_permissions",
        "symlink",
    ];
    let sources = source::all();
    let found = places(&sources, |source, parts| {
        let changes = match parts {
            [.., "fs", name] => CHANGING.contains(name),
            [.., "File", name] => matches!(*name, "create" | "create_new" | "options"),
            _ => false,
        };
        source.room() != "store"
            && (changes || parts.contains(&"OpenOptions") || parts[0] == "tempfile")
    });
    fail_on(&found, "Only store changes files");
}

#[test]
fn invariant_2_only_form_reads_form_files() {
    let sources = source::all();
    let found: Vec<String> = sources
        .iter()
        .filter(|source| !["form", "workspace"].contains(&source.room()))
        .filter(|source| source.text.contains("\"forms/main.toml\""))
        .map(|source| format!("src/{}", source.name))
        .collect();
    fail_on(&found, "Only form names the form files");
}

#[test]
fn invariant_2_only_the_top_talks_on_the_streams() {
    let sources = source::all();
    let allowed = ["cli", "guard", "plain", "tui", "main.rs"];
    let own = |source: &Source| {
        // The child answers on them.
        allowed.contains(&source.room()) || source.name == "nickel/serve.rs"
    };
    let mut found = places(&sources, |source, parts| {
        let stream = matches!(parts, ["std" | "io", .., "stdin" | "stdout" | "stderr"]);
        !own(source) && stream
    });
    for source in sources
        .iter()
        .filter(|source| !own(source) && source.name != "build.rs")
    {
        for print in ["print", "println", "eprint", "eprintln", "dbg"] {
            for line in source.lines_of(&[print, "!"]) {
                found.push(format!("src/{}:{line} {print}!", source.name));
            }
        }
    }
    fail_on(
        &found,
        "Only cli, plain, tui, their guard and main write to the terminal",
    );
}

#[test]
fn invariant_4_update_has_no_clock_and_draw_changes_nothing() {
    let sources = source::all();
    let mut found = places(&sources, |source, parts| {
        let pure = source.name == "tui/update.rs" || source.name.starts_with("tui/draw");
        pure && matches!(parts, [.., "Instant" | "SystemTime", "now"])
    });
    for source in sources
        .iter()
        .filter(|source| source.name.starts_with("tui/draw"))
    {
        for line in source.lines_of(&["&", "mut", "App"]) {
            found.push(format!("src/{}:{line} &mut App", source.name));
        }
    }
    fail_on(&found, "update has no clock, and draw only looks");
}

#[test]
fn invariant_8_secrets_are_exposed_only_where_listed() {
    let sources = source::all();
    let mut found = Vec::new();
    for source in &sources {
        let lines = source.lines_of(&[".", "expose", "(", ")"]);
        let listed = EXPOSED.iter().find(|(name, _)| *name == source.name);
        let expected = listed.map_or(0, |(_, count)| *count);
        if lines.len() != expected {
            found.push(format!(
                "src/{} exposes at {lines:?}, listed {expected} times",
                source.name
            ));
        }
    }
    found.extend(places(&sources, |source, parts| {
        source.name != "secret.rs" && parts.ends_with(&["Secret", "expose"])
    }));
    found.extend(places(&sources, |source, parts| {
        source.name == "secret.rs" && parts.iter().any(|part| part.contains("Serialize"))
    }));
    fail_on(
        &found,
        "A secret is exposed only where tests/layers.rs lists it",
    );
}

#[test]
fn only_cli_names_clap() {
    let sources = source::all();
    let found = places(&sources, |source, parts| {
        // `main` calls the parser that `cli` describes.
        !["cli", "main.rs"].contains(&source.room()) && parts[0] == "clap"
    });
    fail_on(&found, "Only cli names clap");
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut found = Vec::new();
    for source in source::all()
        .iter()
        .filter(|source| source.name != "build.rs")
    {
        for row in [
            &[".", "unwrap", "("][..],
            &[".", "expect", "("],
            &["panic", "!"],
            &["todo", "!"],
            &["unimplemented", "!"],
            &["dbg", "!"],
        ] {
            for line in source.lines_of(row) {
                found.push(format!("src/{}:{line} {}", source.name, row.concat()));
            }
        }
    }
    fail_on(&found, "Nothing may panic on purpose outside tests");
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut found = Vec::new();
    for source in source::all() {
        if !source.text.starts_with("//! ") {
            found.push(format!("src/{}", source.name));
        }
    }
    fail_on(&found, "A file does not start with //!");
}

#[test]
fn no_file_is_a_drawer() {
    let drawers = [
        "util", "utils", "utility", "helper", "helpers", "common", "manager", "misc", "types",
        "stuff", "shared",
    ];
    let mut found = Vec::new();
    for source in source::all() {
        if source
            .modules
            .iter()
            .any(|module| drawers.contains(&module.as_str()))
        {
            found.push(format!("src/{}", source.name));
        }
    }
    fail_on(&found, "Name a file for what is in it");
}

#[test]
fn files_are_short() {
    let sources = source::all();
    let lines = |source: &Source| source.text.lines().count();
    let found = sources
        .iter()
        .filter(|source| lines(source) > LONGEST_FILE)
        .map(|source| format!("src/{} has {} lines", source.name, lines(source)))
        .collect::<Vec<_>>();
    fail_on(&found, "A file is longer than 500 lines");
    let long = sources
        .iter()
        .filter(|source| lines(source) > LONG_FILE)
        .count();
    assert!(
        long * 4 <= sources.len(),
        "{long} of {} files have over 300 lines",
        sources.len()
    );
}
