//! The store on real files: what is planned, what is written, and that every failure leaves the old file alone.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use vapora_tui::store::{self, Failed, Outcome, Plan};

const OLD: &str = "port = 8001\n";
const NEW: &str = "port = 9001\nhost = \"0.0.0.0\"\n";

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

    fn file(&self, name: &str, mode: u32) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, OLD).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    }

    fn names(&self) -> Vec<String> {
        names_in(self.folder.path())
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn plan(file: &Path, text: &str, clear_secrets: bool) -> Plan {
    let found = store::read(file).unwrap();
    Plan::new(file, found.as_ref(), text.to_owned(), clear_secrets).unwrap()
}

fn refusal(file: &Path) -> String {
    Plan::new(file, None, NEW.to_owned(), false)
        .unwrap_err()
        .sentence()
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().mode() & 0o7777
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_new_file_is_planned_then_written() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    assert_eq!(store::read(&file).unwrap(), None);
    let plan = plan(&file, NEW, false);
    assert_eq!((plan.outcome, plan.lines), (Outcome::New, 2));
    assert_eq!((plan.mode, plan.mode_before), (0o644, None));
    assert_eq!(plan.folders, Vec::<PathBuf>::new());
    assert!(plan.owner.contains(':'), "{}", plan.owner);
    assert_eq!(room.names(), Vec::<String>::new());
    let written = plan.write().unwrap();
    assert_eq!((written.path.as_path(), written.lines), (file.as_path(), 2));
    assert_eq!(written.problems, []);
    assert_eq!((text(&file).as_str(), mode(&file)), (NEW, 0o644));
    assert_eq!(room.names(), ["vapora.toml"]);
}

#[test]
fn a_changed_file_keeps_its_mode() {
    for before in [0o600, 0o640, 0o644, 0o664, 0o444] {
        let room = Room::new();
        let file = room.file("vapora.toml", before);
        let plan = plan(&file, NEW, false);
        assert_eq!(plan.outcome, Outcome::Changed);
        assert!(!plan.mode_changes());
        plan.write().unwrap();
        assert_eq!((text(&file).as_str(), mode(&file)), (NEW, before));
        assert_eq!(room.names(), ["vapora.toml"]);
    }
}

#[test]
fn a_secret_in_clear_is_kept_from_group_and_others() {
    for (before, after) in [(None, 0o600), (Some(0o644), 0o600), (Some(0o750), 0o700)] {
        let room = Room::new();
        let file = match before {
            Some(before) => room.file("vapora.toml", before),
            None => room.path("vapora.toml"),
        };
        let plan = plan(&file, NEW, true);
        assert_eq!(plan.mode, after);
        assert_eq!(plan.mode_changes(), before.is_some());
        assert!(!format!("{plan:?}").contains("9001"));
        plan.write().unwrap();
        assert_eq!(mode(&file), after);
    }
}

#[test]
fn the_same_again_is_nothing_to_do() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    plan(&file, NEW, false).write().unwrap();
    let inode = file.metadata().unwrap().ino();
    let again = plan(&file, NEW, false);
    assert_eq!(again.outcome, Outcome::Same);
    again.write().unwrap();
    assert_eq!(file.metadata().unwrap().ino(), inode);
    // The same text with a secret in it still needs another mode.
    assert_eq!(plan(&file, NEW, true).outcome, Outcome::Changed);
}

#[test]
fn links_stay_and_what_they_lead_to_is_written() {
    let room = Room::new();
    fs::create_dir(room.path("real")).unwrap();
    let real = room.file("real/vapora.toml", 0o640);
    symlink("real/vapora.toml", room.path("relative")).unwrap();
    symlink(room.path("relative"), room.path("chain")).unwrap();
    let plan = plan(&room.path("chain"), NEW, false);
    assert_eq!(plan.target, real);
    plan.write().unwrap();
    assert_eq!((text(&real).as_str(), mode(&real)), (NEW, 0o640));
    assert!(room.path("chain").is_symlink() && room.path("relative").is_symlink());
    assert_eq!(names_in(&room.path("real")), ["vapora.toml"]);
}

#[test]
fn a_dangling_link_makes_the_file_it_names() {
    let room = Room::new();
    symlink("etc/vapora.toml", room.path("link")).unwrap();
    let plan = plan(&room.path("link"), NEW, false);
    assert_eq!(plan.outcome, Outcome::New);
    assert_eq!(plan.folders, [room.path("etc")]);
    plan.write().unwrap();
    assert_eq!(text(&room.path("etc/vapora.toml")), NEW);
    assert!(room.path("link").is_symlink());
}

#[test]
fn links_in_a_circle_are_refused() {
    let room = Room::new();
    symlink("b", room.path("a")).unwrap();
    symlink("a", room.path("b")).unwrap();
    let read = store::read(&room.path("a")).unwrap_err().sentence();
    assert!(read.contains("Its links lead on and on"), "{read}");
    assert_eq!(refusal(&room.path("a")), read);
}

#[test]
fn what_is_no_file_is_refused_by_name() {
    let room = Room::new();
    fs::create_dir(room.path("folder")).unwrap();
    let status = Command::new("mkfifo").arg(room.path("pipe")).status();
    assert!(status.unwrap().success());
    for (path, expected) in [
        (
            room.path("folder"),
            "It is a folder, not a configuration file.",
        ),
        (
            room.path("pipe"),
            "It is a named pipe, not a configuration file.",
        ),
        (
            "/dev/null".into(),
            "It is a device, not a configuration file.",
        ),
        (
            "/dev/full".into(),
            "It is a device, not a configuration file.",
        ),
        ("/".into(), "It names a folder, not a file."),
    ] {
        let said = refusal(&path);
        assert!(said.starts_with(expected), "{said}");
        let said = store::read(&path).unwrap_err().sentence();
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn missing_folders_are_planned_and_made() {
    let room = Room::new();
    let file = room.path("config/runtime/vapora.toml");
    let plan = plan(&file, NEW, false);
    assert_eq!(
        plan.folders,
        [room.path("config"), room.path("config/runtime")]
    );
    plan.write().unwrap();
    assert_eq!(mode(&room.path("config/runtime")), 0o755);
    assert_eq!(text(&file), NEW);
}

#[test]
fn a_file_where_a_folder_should_be_is_refused() {
    let room = Room::new();
    room.file("config", 0o644);
    let said = refusal(&room.path("config/vapora.toml"));
    assert!(said.contains("is a file, not a folder"), "{said}");
    symlink("nowhere", room.path("gone")).unwrap();
    let said = refusal(&room.path("gone/vapora.toml"));
    assert!(said.contains("a link that leads nowhere"), "{said}");
}

#[test]
fn a_folder_this_user_may_not_write_is_refused_with_the_line_that_helps() {
    if rustix::process::geteuid().is_root() {
        // Root may write everywhere, but nobody can make a file in /proc.
        let said = refusal(Path::new("/proc/vapora.toml"));
        assert!(said.contains("/proc belongs to the kernel"), "{said}");
        return;
    }
    let said = refusal(Path::new("/etc/vapora.toml"));
    assert!(
        said.contains("sudo install -m 0644 -o root -g root vapora.toml /etc/vapora.toml"),
        "{said}"
    );
}

#[test]
fn a_folder_that_went_since_it_was_planned_is_told_and_nothing_is_left() {
    let room = Room::new();
    let folder = room.path("gone");
    fs::create_dir(&folder).unwrap();
    let planned = plan(&folder.join("vapora.toml"), NEW, false);
    fs::remove_dir(&folder).unwrap();
    let failed = planned.write().unwrap_err();
    assert!(matches!(failed, Failed::Unchanged { .. }), "{failed}");
    assert!(failed.to_string().contains("is unchanged."), "{failed}");
    assert!(!folder.exists());
}

#[test]
fn a_file_changed_meanwhile_is_not_replaced() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 6] = [
        ("was changed since", |file| {
            fs::write(file, "longer than before\n").unwrap();
        }),
        ("was changed since", |file| {
            // Same size, same time: only the text tells.
            let before = file.metadata().unwrap().modified().unwrap();
            let mut open = File::options().write(true).open(file).unwrap();
            open.write_all(b"port = 8002\n").unwrap();
            open.set_modified(before).unwrap();
        }),
        ("was changed since", |file| {
            // Same text, another file.
            let before = file.metadata().unwrap().modified().unwrap();
            let other = file.with_extension("other");
            fs::write(&other, OLD).unwrap();
            File::options()
                .write(true)
                .open(&other)
                .unwrap()
                .set_modified(before)
                .unwrap();
            fs::rename(&other, file).unwrap();
        }),
        ("was changed since", |file| {
            let open = File::options().write(true).open(file).unwrap();
            open.set_modified(SystemTime::now() - Duration::from_secs(7))
                .unwrap();
        }),
        ("was removed since", |file| fs::remove_file(file).unwrap()),
        ("was changed since", |file| {
            fs::remove_file(file).unwrap();
            symlink("elsewhere", file).unwrap();
        }),
    ];
    for (n, (expected, change)) in changes.into_iter().enumerate() {
        let room = Room::new();
        let file = room.file("vapora.toml", 0o644);
        let plan = plan(&file, NEW, false);
        change(&file);
        let before = fs::read_to_string(&file).ok();
        let failed = plan.write().unwrap_err();
        let said = failed.to_string();
        assert!(
            said.contains(expected) && said.contains("Nothing was written."),
            "{n}: {said}"
        );
        assert!(
            matches!(failed, Failed::ChangedOnDisk { read: true, .. }),
            "{n}"
        );
        assert_eq!(fs::read_to_string(&file).ok(), before, "{n}");
        assert_eq!(
            room.names().len(),
            usize::from(before.is_some() || n == 5),
            "{n}"
        );
    }
}

#[test]
fn a_file_that_appeared_meanwhile_is_not_replaced() {
    let room = Room::new();
    let file = room.path("vapora.toml");
    let plan = plan(&file, NEW, false);
    fs::write(&file, OLD).unwrap();
    let failed = plan.write().unwrap_err();
    let Failed::ChangedOnDisk {
        read: false,
        now: Some(now),
        ..
    } = &failed
    else {
        panic!("{failed}");
    };
    assert_eq!(now.size, OLD.len() as u64);
    assert!(now.modified.ends_with(" UTC"), "{}", now.modified);
    assert!(
        failed.problem().message.contains("made by somebody else"),
        "{failed}"
    );
    assert_eq!(text(&file), OLD);
}

#[test]
fn large_files_are_refused_and_long_names_written() {
    let room = Room::new();
    let large = room.path("large.toml");
    File::create(&large).unwrap().set_len(5 << 20).unwrap();
    let said = store::read(&large).unwrap_err().sentence();
    assert!(said.contains("at most 4 MiB"), "{said}");
    let longest = room.path(&format!("{}.toml", "x".repeat(250)));
    plan(&longest, NEW, false).write().unwrap();
    assert_eq!(text(&longest), NEW);
    let said = refusal(&room.path(&"x".repeat(256)));
    assert!(said.contains("too long"), "{said}");
}

/// A tmpfs of its own, unmounted at the end.
struct Mounted {
    room: Room,
}

impl Mounted {
    fn new(options: &str) -> Self {
        let room = Room::new();
        mount(&["-t", "tmpfs", "-o", options, "none"], room.folder.path());
        Self { room }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.room.folder.path()).status();
    }
}

fn mount(arguments: &[&str], on: &Path) {
    let status = Command::new("mount").args(arguments).arg(on).status();
    assert!(status.unwrap().success(), "mount {arguments:?}");
}

#[test]
#[ignore = "needs root to mount a full tmpfs"]
fn a_full_disk_leaves_the_old_file() {
    let mounted = Mounted::new("size=64k");
    let file = mounted.room.file("vapora.toml", 0o644);
    let plan = plan(&file, NEW, false);
    let mut filler = File::create(mounted.room.path("filler")).unwrap();
    while filler.write_all(&[0; 4096]).is_ok() {}
    let said = plan.write().unwrap_err().to_string();
    assert!(said.contains("is unchanged. The disk at "), "{said}");
    assert!(said.contains("Free space on "), "{said}");
    assert_eq!(text(&file), OLD);
    assert_eq!(mounted.room.names(), ["filler", "vapora.toml"]);
}

#[test]
#[ignore = "needs root to mount a tmpfs read-only"]
fn a_read_only_file_system_is_refused() {
    let mounted = Mounted::new("size=64k");
    let file = mounted.room.file("vapora.toml", 0o644);
    let early = plan(&file, NEW, false);
    mount(&["-o", "remount,ro"], mounted.room.folder.path());
    let said = early.write().unwrap_err().to_string();
    assert!(
        said.contains("is unchanged.") && said.contains("read-only"),
        "{said}"
    );
    let said = refusal(&file);
    assert!(said.contains("mounted read-only"), "{said}");
    assert_eq!(text(&file), OLD);
}

#[test]
#[ignore = "needs root to mount a single file"]
fn a_mounted_single_file_is_refused_by_its_cause() {
    let room = Room::new();
    let file = room.file("vapora.toml", 0o644);
    let other = room.file("other.toml", 0o644);
    mount(&["--bind", other.to_str().unwrap()], &file);
    let failed = plan(&file, NEW, false).write();
    let _ = Command::new("umount").arg(&file).status();
    let said = failed.unwrap_err().to_string();
    assert!(
        said.contains("is unchanged.") && said.contains("mount of its own"),
        "{said}"
    );
    assert_eq!((text(&file).as_str(), text(&other).as_str()), (OLD, OLD));
    assert_eq!(room.names(), ["other.toml", "vapora.toml"]);
}
