//! Where nothing can be written the plan says so; what was written is said in one way.

use crate::fed::fed;
use crate::{Done, Room};

#[test]
fn a_plan_says_why_nothing_can_be_written_there() {
    let room = Room::with(&[("file", ""), ("answers.toml", "profile = \"solo\"\n")]);
    for (file, why, remedy) in [
        (
            "/proc/x/y.toml",
            "/proc belongs to the kernel and holds no files",
            "Write to another folder",
        ),
        (
            "/proc/y.toml",
            "/proc belongs to the kernel and holds no files",
            "Write to another folder",
        ),
        (
            "/dev/pts/y.toml",
            "/dev/pts belongs to the kernel",
            "Write to another folder",
        ),
        ("file/y.toml", "is a file, not a folder", "Choose another"),
    ] {
        for args in [
            format!("render --profile solo --output {file} --dry-run"),
            format!("--plain --answers answers.toml --output {file} --yes"),
        ] {
            let done = room.run(&args, "");
            assert_eq!(done.code, 2, "{args}: {}", done.err);
            for part in [why, remedy] {
                assert!(done.err.contains(part), "{args}: {part}\n{}", done.err);
            }
            assert!(!done.err.contains("new file"), "{args}: {}", done.err);
        }
        let done = talk(&room, &format!("--output {file}"), "write\nquit\n");
        assert!(done.out.contains("It cannot be written: "), "{}", done.out);
        assert!(done.out.replace('\n', " ").contains(why), "{}", done.out);
    }
}

/// Plain mode over solo, with lines as typed.
fn talk(room: &Room, args: &str, lines: &str) -> Done {
    let args = format!("--plain --profile solo {args}");
    Done::of(fed(&mut room.command(args.split(' ')), lines))
}

#[test]
fn written_is_said_once_and_with_the_path_of_the_plan() {
    let said = |text: &str| {
        let text = text.replace('\n', " ");
        let from = text.find("Written: ").unwrap_or_else(|| panic!("{text}"));
        let sentence = &text[from..];
        sentence[..sentence.find(". ").unwrap_or(sentence.len())].to_owned()
    };
    let mut all = Vec::new();
    for way in 0..3 {
        let room = Room::with(&[("answers.toml", "profile = \"solo\"\n")]);
        std::fs::create_dir(room.path("real")).unwrap();
        std::os::unix::fs::symlink("real", room.path("out")).unwrap();
        let done = match way {
            0 => room.run("render --profile solo --output out/v.toml --yes", ""),
            1 => room.run(
                "--plain --answers answers.toml --output out/v.toml --yes",
                "",
            ),
            _ => talk(&room, "--output out/v.toml", "write\nyes\nquit\n"),
        };
        all.push(said(&(done.out + &done.err)));
    }
    assert!(all[0].starts_with("Written: out/v.toml, "), "{all:?}");
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
}

#[test]
fn plain_lines_are_as_wide_as_the_terminal() {
    let room = Room::with(&[]);
    let longest = |columns: &str| {
        let mut command = room.command(["--plain", "--profile", "solo"]);
        let done = Done::of(command.env("COLUMNS", columns).output().unwrap());
        done.out.lines().map(str::len).max().unwrap()
    };
    let (narrow, usual, wide) = (longest("60"), longest("80"), longest("300"));
    assert!(narrow <= 58 && usual <= 78 && wide <= 120);
    assert!(narrow < usual && usual < wide, "{narrow} {usual} {wide}");
}
