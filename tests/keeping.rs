//! What a write keeps: the version that it replaces, owner, attributes and lists; and who may write at the same time.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;
use vapora_tui::store::{self, Claimed, Failed, Note, Plan, generations};

struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes `n = …` into `vapora.toml`, with a note, keeping `most`.
    fn write(&self, n: usize, most: usize) -> store::Written {
        let file = self.path("vapora.toml");
        let found = store::read(&file).unwrap();
        let plan = Plan::new(&file, found.as_ref(), format!("n = {n}\n"), false).unwrap();
        let plan = plan.keeping(Some("solo"), most).unwrap();
        let note = Note::new(&format!("the {n}th")).unwrap();
        plan.write_noted(&note).unwrap()
    }
}

fn plan(file: &Path, text: &str) -> Plan {
    let found = store::read(file).unwrap();
    let plan = Plan::new(file, found.as_ref(), text.to_owned(), false).unwrap();
    plan.keeping(None, generations::KEPT).unwrap()
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().mode() & 0o7777
}

fn all_files(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                names.push(name.to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}

#[test]
fn each_write_keeps_what_it_replaces_with_its_note() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    for n in 1..=3 {
        let written = room.write(n, 20);
        assert_eq!(written.generation, Some(u32::try_from(n).unwrap()));
        assert_eq!(written.problems, []);
    }
    let all = generations::list(&file);
    assert_eq!(all.problems, []);
    assert_eq!(all.present, Some(3));
    let present = all.present_about.unwrap();
    assert_eq!((present.note.text(), present.found), ("the 3th", false));
    let kept: Vec<(u32, String)> = all
        .kept
        .iter()
        .map(|one| (one.number, one.about.as_ref().unwrap().note.to_string()))
        .collect();
    assert_eq!(kept, [(2, "the 2th".into()), (1, "the 1th".into())]);
    let about = all.kept[0].about.as_ref().unwrap();
    assert_eq!(about.profile.as_deref(), Some("solo"));
    assert!(
        about.who.contains('@') && about.when.ends_with(" UTC"),
        "{about:?}"
    );
    assert_eq!(generations::read(&file, 1).unwrap().bytes, b"n = 1\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), "n = 3\n");
    assert_eq!(
        all_files(room.folder.path()),
        [
            ".vapora-tui/.gitignore",
            ".vapora-tui/generations/vapora.toml/000001.about.json",
            ".vapora-tui/generations/vapora.toml/000001.toml",
            ".vapora-tui/generations/vapora.toml/000002.about.json",
            ".vapora-tui/generations/vapora.toml/000002.toml",
            ".vapora-tui/generations/vapora.toml/000003.about.json",
            ".vapora-tui/lock",
            "vapora.toml",
        ]
    );
}

#[test]
fn a_file_as_found_is_the_first_generation() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "by = \"hand\"\n").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    assert_eq!(generations::list(&file).present, Some(1));
    assert_eq!(room.write(1, 20).generation, Some(2));
    let all = generations::list(&file);
    let about = all.kept[0].about.as_ref().unwrap();
    assert!(about.found && about.note.text().is_empty(), "{about:?}");
    assert_eq!((about.mode, mode(&all.kept[0].file)), (0o640, 0o640));
    // Others wrote again: what was noted about our version is not said of theirs.
    fs::write(&file, "by = \"another hand\"\n").unwrap();
    assert_eq!(generations::list(&file).present_about, None);
    room.write(2, 20);
    let all = generations::list(&file);
    assert!(all.kept[0].about.as_ref().unwrap().found);
}

#[test]
fn only_the_newest_are_kept() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    for n in 1..=25 {
        room.write(n, generations::KEPT);
    }
    let numbers = |all: &generations::Generations| -> Vec<u32> {
        all.kept.iter().map(|one| one.number).collect()
    };
    assert_eq!(
        numbers(&generations::list(&file)),
        (5..=24).rev().collect::<Vec<_>>()
    );
    room.write(26, 3);
    assert_eq!(numbers(&generations::list(&file)), [25, 24, 23]);
    room.write(27, 0);
    let all = generations::list(&file);
    assert_eq!((numbers(&all), all.problems), (vec![], vec![]));
}

#[test]
fn a_generation_is_never_more_open_than_the_file() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    let old = "password = \"swordfish\"\n";
    for (n, mode_before) in [0o600, 0o640, 0o644, 0o400].into_iter().enumerate() {
        fs::write(&file, format!("{old}# {n}\n")).unwrap();
        fs::set_permissions(&file, Permissions::from_mode(mode_before)).unwrap();
        room.write(n, 20);
        let kept = &generations::list(&file).kept[0];
        assert_eq!(mode(&kept.file), mode_before);
        fs::remove_file(&file).unwrap();
    }
}

#[test]
fn a_damaged_generation_is_told_and_the_others_are_read() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    for n in 1..=4 {
        room.write(n, 20);
    }
    let all = generations::list(&file);
    let folder = all.kept[0].file.parent().unwrap();
    fs::write(folder.join("000001.about.json"), "{\"format\": 1").unwrap();
    fs::write(folder.join("000002.toml"), "n = 22\n").unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    fs::write(folder.join("7.toml"), "mine").unwrap();
    let all = generations::list(&file);
    assert_eq!(all.kept.len(), 3);
    assert_eq!(all.problems.len(), 1, "{:?}", all.problems);
    assert_eq!(generations::read(&file, 1).unwrap().bytes, b"n = 1\n");
    let said = generations::read(&file, 2).unwrap_err().sentence();
    assert!(said.contains("is not what was kept"), "{said}");
    let said = generations::read(&file, 9).unwrap_err().sentence();
    assert!(said.contains("Kept are 3, 2, 1."), "{said}");
    let said = generations::read(&room.path("none.toml"), 1).unwrap_err();
    assert!(said.sentence().contains("Nothing is kept yet"), "{said:?}");
    room.write(5, 1);
    assert!(folder.join("notes.txt").exists() && folder.join("7.toml").exists());
}

#[test]
fn through_a_link_it_lies_beside_the_file_itself() {
    let room = Room::new();
    fs::create_dir(room.path("real")).unwrap();
    let file = room.path("real/vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    symlink("real/vapora.toml", room.path("link.toml")).unwrap();
    symlink("link.toml", room.path("chain.toml")).unwrap();
    let link = room.path("chain.toml");
    plan(&link, "a = 2\n").write().unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), "a = 2\n");
    assert!(!room.path(".vapora-tui").exists());
    assert_eq!(generations::list(&link).kept.len(), 1);
    assert_eq!(generations::list(&file).kept.len(), 1);
}

#[test]
fn other_names_keep_the_old_text_and_the_plan_says_so() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    assert_eq!(plan(&file, "a = 2\n").remarks(), Vec::<String>::new());
    fs::hard_link(&file, room.path("other.toml")).unwrap();
    let plan = plan(&file, "a = 2\n");
    assert_eq!(
        plan.remarks(),
        ["It has another name (a hard link), which keeps the old text."]
    );
    plan.write().unwrap();
    assert_eq!(
        fs::read_to_string(room.path("other.toml")).unwrap(),
        "a = 1\n"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "a = 2\n");
}

#[test]
fn a_failed_write_leaves_nothing_of_what_it_kept() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    let plan = plan(&file, "a = 2\n").checked(Box::new(|bytes| {
        assert_eq!(bytes, b"a = 2\n");
        Err("a would be read as b".into())
    }));
    let failed = plan.write().unwrap_err();
    let said = failed.to_string();
    assert!(
        said.contains("is unchanged.") && said.contains("a would be read as b"),
        "{said}"
    );
    assert_eq!(all_files(room.folder.path()), ["vapora.toml"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "a = 1\n");
}

#[test]
fn a_folder_that_is_a_link_is_not_written_through() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    fs::create_dir(room.path("trap")).unwrap();
    symlink("trap", room.path(".vapora-tui")).unwrap();
    let failed = plan(&file, "a = 2\n").write().unwrap_err().to_string();
    assert!(failed.contains("is a link or a file"), "{failed}");
    assert_eq!(all_files(&room.path("trap")), Vec::<String>::new());
    assert_eq!(fs::read_to_string(&file).unwrap(), "a = 1\n");
}

#[test]
fn a_mode_keeps_and_the_folder_is_in_no_repository() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o664)).unwrap();
    plan(&file, "a = 2\n").write().unwrap();
    assert_eq!(mode(&file), 0o664);
    let ignore = fs::read_to_string(room.path(".vapora-tui/.gitignore")).unwrap();
    assert_eq!(ignore, "*\n");
}

/// This test again as a process of its own, which runs `inside` instead and says a line when it is there.
fn other_process(inside: &str, file: &Path) -> Other {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", inside, "--nocapture"])
        .env("KEEPING_FILE", file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let there = said
        .by_ref()
        .lines()
        .any(|line| line.unwrap().contains("-- it is there"));
    assert!(there, "{inside} ended before");
    Other { child, _said: said }
}

/// What it says is read to the end, so that it never writes into nothing.
struct Other {
    child: Child,
    _said: BufReader<ChildStdout>,
}

impl Other {
    fn end(mut self) {
        let mut input = self.child.stdin.take().unwrap();
        input.write_all(b"end\n").unwrap();
        self.child.wait().unwrap();
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Says that it is there, then waits to be told to end.
fn there_until_told() {
    println!("-- it is there");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

fn asked_file() -> Option<PathBuf> {
    std::env::var_os("KEEPING_FILE").map(PathBuf::from)
}

#[test]
#[ignore = "started as another process"]
fn inside_lock() {
    let Some(file) = asked_file() else { return };
    // The check runs in the middle of a write, under the lock.
    let plan = plan(&file, "theirs = 1\n").checked(Box::new(|_| {
        there_until_told();
        Ok(())
    }));
    plan.write().unwrap();
}

#[test]
#[ignore = "started as another process"]
fn inside_claim() {
    let Some(file) = asked_file() else { return };
    let claim = store::claim(&file).unwrap();
    assert!(matches!(claim, Claimed::Ours(_)), "{claim:?}");
    there_until_told();
}

#[test]
fn another_process_that_writes_excludes_this_one() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    let ours = plan(&file, "ours = 1\n");
    let other = other_process("inside_lock", &file);
    let pid = other.child.id();
    let failed = ours.write().unwrap_err();
    match &failed {
        Failed::Locked { by: Some(by), .. } => assert_eq!(by.pid, pid),
        _ => panic!("{failed}"),
    }
    let said = failed.to_string();
    assert!(said.contains(&format!("(process {pid}), since ")), "{said}");
    assert!(said.contains("Wait until it is done"), "{said}");
    other.end();
    // Now it may, and sees that the other one made the file.
    let failed = ours.write().unwrap_err();
    assert!(matches!(failed, Failed::ChangedOnDisk { .. }), "{failed}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "theirs = 1\n");
    plan(&file, "ours = 1\n").write().unwrap();
}

#[test]
fn a_killed_writer_holds_nobody_up_and_its_leavings_go() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    let ours = plan(&file, "ours = 1\n");
    let mut other = other_process("inside_lock", &file);
    other.kill();
    let left = |ending: &str| -> usize {
        let names = all_files(room.folder.path());
        names.iter().filter(|name| name.ends_with(ending)).count()
    };
    assert_eq!(left(".tmp"), 1, "it was killed in the middle");
    store::clean_stale(&file);
    assert_eq!(left(".tmp"), 0);
    assert_eq!(ours.write().unwrap().generation, Some(2));
    assert_eq!(fs::read_to_string(&file).unwrap(), "ours = 1\n");
}

#[test]
fn a_claim_tells_who_and_ends_with_its_process() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    let mut other = other_process("inside_claim", &file);
    let holder = store::claimed_by(&file).unwrap();
    assert_eq!(holder.pid, other.child.id());
    assert!(holder.runs());
    match store::claim(&file).unwrap() {
        Claimed::Held(Some(by)) => assert_eq!(by, holder),
        other => panic!("{other:?}"),
    }
    // It keeps nobody from writing.
    plan(&file, "a = 1\n").write().unwrap();
    other.kill();
    assert!(!holder.runs());
    assert_eq!(store::claimed_by(&file), None);
    assert!(matches!(store::claim(&file).unwrap(), Claimed::Ours(_)));
}

fn run(program: &str, arguments: &[&str], on: &Path) -> String {
    let done = Command::new(program).args(arguments).arg(on).output();
    let done = done.unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

#[test]
#[ignore = "needs root to give files away"]
fn the_owner_stays_and_so_does_that_of_the_generation() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    run("chown", &["1234:5678"], &file);
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    let plan = plan(&file, "a = 2\n");
    assert_eq!(
        (plan.owner.as_str(), &plan.owner_before),
        ("1234:5678", &None)
    );
    assert_eq!(plan.write().unwrap().problems, []);
    for path in [&file, &generations::list(&file).kept[0].file] {
        let found = path.metadata().unwrap();
        assert_eq!((found.uid(), found.gid(), mode(path)), (1234, 5678, 0o640));
    }
}

#[test]
#[ignore = "needs root to give a folder away"]
fn what_root_makes_in_another_user_s_folder_is_that_user_s() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    run("chown", &["1234:5678"], room.folder.path());
    plan(&file, "a = 1\n").write().unwrap();
    for name in [
        ".vapora-tui",
        ".vapora-tui/lock",
        ".vapora-tui/generations/vapora.toml",
    ] {
        let found = room.path(name).metadata().unwrap();
        assert_eq!((found.uid(), found.gid()), (1234, 5678), "{name}");
    }
}

#[test]
#[ignore = "needs root to mark a file immutable, on a file system that knows it"]
fn an_immutable_file_is_told_with_its_remedy() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    let plan = plan(&file, "a = 2\n");
    run("chattr", &["+i"], &file);
    let failed = plan.write().map_err(|failed| failed.to_string());
    run("chattr", &["-i"], &file);
    let said = failed.unwrap_err();
    assert!(
        said.contains("is unchanged.") && said.contains("lsattr"),
        "{said}"
    );
    assert_eq!(all_files(room.folder.path()), ["vapora.toml"]);
}

#[test]
#[ignore = "needs a file system with attributes and access lists"]
fn attributes_and_lists_are_kept() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    fs::write(&file, "a = 1\n").unwrap();
    let set = |name: &str, value: &[u8]| {
        let open = File::open(&file).unwrap();
        rustix::fs::fsetxattr(&open, name, value, rustix::fs::XattrFlags::empty()).unwrap();
    };
    // Version 2, then entries of tag, bits and number: owner rw, user 1234 r, group r, mask r, others none.
    let list: Vec<u8> = [
        (0x01, 6, u32::MAX),
        (0x02, 4, 1234),
        (0x04, 4, u32::MAX),
        (0x10, 4, u32::MAX),
        (0x20, 0, u32::MAX),
    ]
    .iter()
    .flat_map(|(tag, bits, id): &(u16, u16, u32)| {
        [
            &tag.to_le_bytes()[..],
            &bits.to_le_bytes(),
            &id.to_le_bytes(),
        ]
        .concat()
    })
    .collect();
    let list = [&2u32.to_le_bytes()[..], &list].concat();
    let names = ["user.origin", "system.posix_acl_access"];
    set(names[0], b"ansible");
    set(names[1], &list);
    assert_eq!(plan(&file, "a = 2\n").write().unwrap().problems, []);
    for path in [&file, &generations::list(&file).kept[0].file] {
        assert_eq!(mode(path), 0o640);
        let open = File::open(path).unwrap();
        for (name, expected) in names.iter().zip([&b"ansible"[..], &list]) {
            let mut value = vec![0; 256];
            let length = rustix::fs::fgetxattr(&open, *name, value.as_mut_slice()).unwrap();
            assert_eq!(&value[..length], expected, "{name} of {}", path.display());
        }
    }
}
