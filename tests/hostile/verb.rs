//! The same on the command line: a profile that never ends is told, by name and in time, and the others are judged.

use std::process::Command;
use std::time::Instant;

use super::{DEADLINE, alone, put};

#[test]
fn check_names_the_profile_that_does_not_end() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let looping = b"# ours\nlet rec f = fun x => f x in { backend.workers = f 1 }";
    put(folder.path(), "profiles/mine.ncl", looping);
    put(folder.path(), "a.toml", b"[backend]\nport = 9001\n");
    let check = |profile: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
            .args(["check", "a.toml", "--profile", profile])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let begun = Instant::now();
    let (code, said) = check("mine");
    let took = begun.elapsed();
    assert_eq!(code, Some(2), "{said}");
    for part in [
        "profiles/mine.ncl",
        "computes without end",
        "or choose another profile",
    ] {
        assert!(said.contains(part), "{said}");
    }
    assert!(took < DEADLINE, "{took:?}");
    let (code, said) = check("solo");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1 warning"), "{said}");
}
