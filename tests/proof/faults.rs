//! A fault at every system call of a save: the file is the old or the new one, whole, and what is said of it is true.
//!
//! `strace` makes the N-th call fail, or kills the program at it. A run without faults tells which calls are of the
//! save: those on the output's folder. Each faulty run is checked to have met just such a call.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;

use tempfile::TempDir;
use vapora_tui::store::generations;

use crate::counts;

const CALLS: [&str; 14] = [
    "open",
    "openat",
    "read",
    "write",
    "fsync",
    "fchmod",
    "fchown",
    "mkdir",
    "rename",
    "renameat",
    "renameat2",
    "ftruncate",
    "flock",
    "close",
];

const ERRORS: [&str; 6] = ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EINTR"];

const KILL: &str = "KILL";

const FORMATS: [&str; 4] = ["toml", "json", "yaml", "ncl"];

/// Whose the file is, so that the owner has to be kept.
const OWNER: (u32, u32) = (1234, 5678);

const MODE: u32 = 0o640;

const SAMPLE: usize = 200;

/// What is there before the save.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    Nothing,
    File,
    /// A file that was written before, with a generation.
    Kept,
}

#[derive(Clone, Debug)]
struct Case {
    format: &'static str,
    before: Before,
    call: String,
    /// The how manieth of this call, from 1.
    nth: usize,
    fault: &'static str,
}

/// The program as it was when the proof began: a build meanwhile changes nothing of what is proved.
fn program() -> &'static Path {
    static COPY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let copy = || {
        let folder = TempDir::new().unwrap();
        let program = folder.path().join("vapora-tui");
        fs::copy(env!("CARGO_BIN_EXE_vapora-tui"), &program).unwrap();
        (folder, program)
    };
    &COPY.get_or_init(copy).1
}

/// What a run did.
struct Ran {
    code: Option<i32>,
    said: String,
    /// The calls as strace tells them.
    log: Vec<String>,
}

struct Place {
    _room: TempDir,
    /// Where the program is started; not the output's folder, so that only the save works there.
    here: PathBuf,
    folder: PathBuf,
    file: PathBuf,
}

impl Place {
    fn empty(format: &str) -> Self {
        let room = TempDir::new().unwrap();
        let around = room.path().canonicalize().unwrap();
        let (here, folder) = (around.join("here"), around.join("out"));
        fs::create_dir(&here).unwrap();
        fs::create_dir(&folder).unwrap();
        let file = folder.join(format!("vapora.{format}"));
        Self {
            _room: room,
            here,
            folder,
            file,
        }
    }

    fn new(format: &str, before: Before) -> Self {
        let place = Self::empty(format);
        let ports: &[u16] = match before {
            Before::Nothing => &[],
            Before::File => &[7102],
            Before::Kept => &[7103, 7102],
        };
        for port in ports {
            let done = place.command(None, *port).output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success(), "{said}");
            chown(&place.file, Some(OWNER.0), Some(OWNER.1)).unwrap();
            fs::set_permissions(&place.file, Permissions::from_mode(MODE)).unwrap();
        }
        if before == Before::File {
            fs::remove_dir_all(place.folder.join(".vapora-tui")).unwrap();
        }
        place
    }

    /// Another place with the same files.
    fn copy(&self, format: &str) -> Self {
        let place = Self::empty(format);
        let mut copy = Command::new("cp");
        copy.arg("-a").arg(self.folder.join(".")).arg(&place.folder);
        assert!(copy.status().unwrap().success());
        place
    }

    /// The save of another port, under strace when there are arguments for it.
    fn command(&self, strace: Option<&[String]>, port: u16) -> Command {
        let own = program();
        let mut command = Command::new(if strace.is_some() {
            "strace".as_ref()
        } else {
            own
        });
        if let Some(arguments) = strace {
            command.args(arguments).arg(own);
        }
        command
            .args(["render", "--profile", "solo", "--yes", "--note", "a fault"])
            // No first write makes one: what is written is known.
            .args(["--set", "security.jwt_secret=${SECRET:jwt-secret}"])
            .args(["--set", &format!("backend.port={port}")])
            .arg("--output")
            .arg(&self.file)
            .current_dir(&self.here)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    /// The save under strace, with a fault or without.
    fn save(&self, fault: Option<String>) -> Ran {
        let log = self.here.join("log");
        let mut arguments = vec![
            "-y".to_owned(),
            "-s".to_owned(),
            "16".to_owned(),
            "-o".to_owned(),
            log.to_str().unwrap().to_owned(),
            "-e".to_owned(),
            format!("trace={}", CALLS.join(",")),
        ];
        arguments.extend(fault.into_iter().flat_map(|fault| ["-e".to_owned(), fault]));
        let done = self.command(Some(&arguments), 9101).output();
        let done = done.unwrap_or_else(|error| panic!("strace: {error}"));
        let log = fs::read_to_string(&log).unwrap();
        Ran {
            code: done.status.code(),
            said: String::from_utf8_lossy(&done.stderr).into_owned(),
            log: log.lines().map(str::to_owned).collect(),
        }
    }

    /// Is this call on the output's folder?
    fn concerns(&self, line: &str) -> bool {
        let folder = self.folder.to_str().unwrap();
        let Some((call, rest)) = line.split_once('(') else {
            return false;
        };
        if ["open", "openat", "mkdir", "rename", "renameat", "renameat2"].contains(&call) {
            return rest.contains(&format!("\"{folder}"));
        }
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        number.starts_with(&format!("<{folder}"))
    }

    fn text(&self) -> Option<Vec<u8>> {
        fs::read(&self.file).ok()
    }

    /// Every path below the folder.
    fn paths(&self) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path.clone());
                }
                paths.push(path);
            }
        }
        paths.sort();
        paths
    }

    /// The texts that are kept, the newest first; they must be readable and say nothing wrong.
    fn kept(&self) -> Result<Vec<Vec<u8>>, String> {
        let all = generations::list(&self.file);
        if let Some(problem) = all.problems.first() {
            return Err(problem.sentence());
        }
        let read = |one: &generations::Generation| {
            let found = generations::read(&self.file, one.number).map_err(|p| p.sentence())?;
            let mode = one.file.metadata().unwrap().mode() & 0o7777;
            if mode & !one.about.as_ref().map_or(MODE, |about| about.mode) != 0 {
                return Err(format!("generation {} has mode {mode:04o}", one.number));
            }
            Ok(found.bytes)
        };
        all.kept.iter().map(read).collect()
    }
}

/// The cases of one format and what is there before: each call of the save with each fault.
fn cases(
    format: &'static str,
    before: Before,
    faults: &[&'static str],
    template: &Place,
) -> Vec<Case> {
    let place = template.copy(format);
    let ran = place.save(None);
    assert_eq!(ran.code, Some(0), "{}", ran.said);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for line in &ran.log {
        let Some((call, _)) = line.split_once('(') else {
            continue;
        };
        let nth = counts.entry(call.to_owned()).or_default();
        *nth += 1;
        if place.concerns(line) {
            cases.extend(faults.iter().map(|fault| Case {
                format,
                before,
                call: call.to_owned(),
                nth: *nth,
                fault,
            }));
        }
    }
    assert!(cases.len() > 20 * faults.len(), "{}", ran.log.join("\n"));
    cases
}

/// The call that the fault met.
fn met(ran: &Ran, killed: bool) -> Option<&String> {
    if killed {
        return ran.log.iter().rev().find(|line| !line.starts_with("+++"));
    }
    ran.log.iter().find(|line| line.contains("(INJECTED)"))
}

/// After a kill the next save does its work and leaves nothing of the killed one.
fn next_save(place: &Place) -> Result<(), String> {
    let done = place.command(None, 9102).output().unwrap();
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        return Err(format!("the next save fails: {said}"));
    }
    let text = place.text().unwrap_or_default();
    if !String::from_utf8_lossy(&text).contains("9102") {
        return Err("the next save is not there".to_owned());
    }
    if place.kept()?.windows(2).any(|two| two[0] == two[1]) {
        return Err("a text is kept twice".to_owned());
    }
    Ok(())
}

/// `Err` says what is wrong after this fault.
fn prove(case: &Case, template: &Place) -> Result<(), String> {
    let place = template.copy(case.format);
    let (old, paths, kept) = (place.text(), place.paths(), place.kept()?);
    let fault = if case.fault == KILL {
        "signal=KILL".to_owned()
    } else {
        format!("error={}", case.fault)
    };
    let ran = place.save(Some(format!(
        "inject={}:{fault}:when={}",
        case.call, case.nth
    )));
    let killed = case.fault == KILL;
    let met = met(&ran, killed)
        .ok_or_else(|| format!("no call was met\nexit: {:?}\nsaid: {}", ran.code, ran.said))?;
    if !place.concerns(met) {
        return Err(format!("another call was met: {met}"));
    }
    let is = |wanted: bool, what: &str| {
        if wanted {
            return Ok(());
        }
        let kept: Vec<usize> = place
            .kept()
            .unwrap_or_default()
            .iter()
            .map(Vec::len)
            .collect();
        Err(format!(
            "{what}\nmet: {met}\nexit: {:?}\nsaid: {}\nkept: {kept:?}\nfiles: {:#?}",
            ran.code,
            ran.said,
            place.paths()
        ))
    };
    let now = place.text();
    let new = now.as_deref().is_some_and(|text| {
        let text = String::from_utf8_lossy(text);
        text.contains("9101") && !text.contains("7102") && is_whole(case.format, &text)
    });
    is(
        new || now == old,
        "the file is neither the old nor the new one",
    )?;
    let written = ran.said.lines().any(|line| line.starts_with("Written"));
    is(!written || new, "it says written and it is not")?;
    if let Ok(found) = place.file.metadata() {
        let mode = found.mode() & 0o7777;
        let (right, owner) = match case.before {
            Before::Nothing => (0o644, (0, 0)),
            _ => (MODE, OWNER),
        };
        is(mode == right, "the mode is another")?;
        let refused = case.call == "fchown" && case.fault == "EACCES";
        is(
            refused || (found.uid(), found.gid()) == owner,
            "the owner is another",
        )?;
    }
    let kept_now = place.kept();
    is(kept_now.is_ok(), "what is kept cannot be read")?;
    let kept_now = kept_now?;
    if new {
        let keeps = old.iter().chain(&kept).eq(&kept_now);
        is(keeps, "the old text is not kept")?;
    } else if killed {
        let again = old.iter().chain(&kept).eq(&kept_now);
        is(again || kept_now == kept, "something else is kept")?;
    } else {
        is(
            kept_now == kept,
            "a generation stayed of a write that failed",
        )?;
        is(place.paths() == paths, "something is left")?;
    }
    if killed {
        is(ran.code.is_none(), "it was not killed")?;
        let next = next_save(&place);
        is(next.is_ok(), next.as_ref().err().map_or("", |why| why))?;
    } else {
        is(
            written == (ran.code == Some(0)),
            "the exit status says otherwise",
        )?;
        is(
            written == new,
            "the new text is there and it does not say so",
        )?;
        let remedy = written || ran.said.contains(": error: ");
        is(remedy, "it does not say what is wrong")?;
        if case.fault == "EINTR"
            && ["write", "fsync", "fchmod", "fchown", "close"].contains(&&*case.call)
        {
            is(new, "an interruption stops it")?;
        }
    }
    let stale = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "tmp");
    is(!place.paths().iter().any(stale), "a temporary file is left")
}

/// The last line of each format stands there.
fn is_whole(format: &str, text: &str) -> bool {
    match format {
        "json" => serde_json::from_str::<serde_json::Value>(text).is_ok(),
        "toml" => text.parse::<toml::Table>().is_ok(),
        "ncl" => text.trim_end().ends_with('}') || text.trim_end().ends_with(')'),
        _ => text.ends_with('\n'),
    }
}

#[test]
#[ignore = "needs root and strace"]
fn a_fault_at_every_call_of_a_save_leaves_the_old_or_the_new_file() {
    let mut all = Vec::new();
    let faults: Vec<&str> = ERRORS.into_iter().chain([KILL]).collect();
    let mut places = Vec::new();
    for format in FORMATS {
        for (before, faults) in [
            (Before::File, &faults[..]),
            (Before::Nothing, &["ENOSPC", KILL]),
            (Before::Kept, &["EIO", KILL]),
        ] {
            let place = Place::new(format, before);
            all.extend(cases(format, before, faults, &place));
            places.push((format, before, place));
        }
    }
    let template = |case: &Case| {
        let of =
            |(format, before, _): &&(_, _, _)| (*format, *before) == (case.format, case.before);
        &places.iter().find(of).unwrap().2
    };
    let of = all.len();
    assert!(of >= 600, "only {of} cases");
    if !counts::full() {
        all = counts::spread(all, SAMPLE);
    }
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(case) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = prove(case, template(case)) {
                        wrong.lock().unwrap().push(format!("{case:?}: {why}"));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    println!("faults: {} of {of} cases, {} wrong", all.len(), wrong.len());
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// A file that cannot be read for its parts still tells the whole tree it lies in.
#[test]
fn calls_on_the_folder_are_told_from_others() {
    let place = Place {
        _room: TempDir::new().unwrap(),
        here: PathBuf::from("/r/here"),
        folder: PathBuf::from("/r/out"),
        file: Path::new("/r/out/v.toml").to_owned(),
    };
    for (line, expected) in [
        (
            "write(2</dev/pts/3>, \"Written: /r/out/v.toml\"..., 55) = 55",
            false,
        ),
        ("write(3</r/out/.v.toml.tmp>, \"# x\"..., 55) = 55", true),
        (
            "openat(AT_FDCWD</r/here>, \"/r/out/v.toml\", O_RDONLY) = 3",
            true,
        ),
        (
            "openat(AT_FDCWD</r/here>, \"/etc/passwd\", O_RDONLY) = 3",
            false,
        ),
        ("close(3</r/here/log>) = 0", false),
        ("close(13</r/out/v.toml>(deleted)) = 0", true),
        ("--- SIGCHLD {si_signo=SIGCHLD} ---", false),
    ] {
        assert_eq!(place.concerns(line), expected, "{line}");
    }
}
