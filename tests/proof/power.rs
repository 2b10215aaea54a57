//! Power cuts: the file system lies in an image of its own, and a cut is a copy of that image. What was said to be
//! written is there after the next start; at any other moment it is the old or the new file, never a part of one.
//!
//! The image is behind a loop device, so a copy holds what was sent to the disk and nothing of what the system still
//! kept in memory. A copy counts when two in a row are the same: the disk was at rest, as at a real cut's last moment.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vapora_tui::store::generations;

use crate::counts;

/// A machine without loop devices names this in `PROOF_SKIP`; nothing else skips it.
const NAME: &str = "power-cut";

const FULL: usize = 120;
const SAMPLE: usize = 12;

fn run(program: &str, arguments: &[&str]) {
    let done = Command::new(program).args(arguments).output();
    let done = done.unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "{program} {arguments:?}: {said}(PROOF_SKIP={NAME} leaves this proof out)"
    );
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A mounted image; unmounted at the end.
struct Mounted {
    place: PathBuf,
}

impl Mounted {
    fn new(image: &Path, place: PathBuf) -> Self {
        fs::create_dir_all(&place).unwrap();
        // Nothing reaches the disk by itself meanwhile: only what was synced is there.
        run(
            "mount",
            &["-o", "loop,commit=300", text(image), text(&place)],
        );
        Self { place }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.place).status();
    }
}

/// The machine whose power is cut: an image, mounted, and what may be in its file now.
struct Machine {
    disk: Mounted,
    root: TempDir,
    image: PathBuf,
    cuts: usize,
}

impl Machine {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        let image = root.path().join("disk");
        File::create(&image).unwrap().set_len(8 << 20).unwrap();
        run("mkfs.ext4", &["-q", "-F", text(&image)]);
        let disk = Mounted::new(&image, root.path().join("mounted"));
        Self {
            disk,
            root,
            image,
            cuts: 0,
        }
    }

    fn file(&self) -> PathBuf {
        self.disk.place.join("vapora.toml")
    }

    /// Begins a save; its messages come line by line.
    fn save(&self, port: u16) -> (Child, BufReader<std::process::ChildStderr>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
            .args(["render", "--profile", "solo", "--yes"])
            // No first write makes one: the file keeps its mode.
            .args(["--set", "security.jwt_secret=${SECRET:jwt-secret}"])
            .args(["--set", &format!("backend.port={port}")])
            .arg("--output")
            .arg(self.file())
            .current_dir(self.root.path())
            .env_clear()
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        (child, said)
    }

    /// From the plan to "Written".
    fn time_of_a_save(&self) -> Duration {
        let mut times: Vec<Duration> = (0..5)
            .map(|n| {
                let (mut child, mut said) = self.save(port(count() + 5 - n - 1));
                until_planned(&mut said);
                let from = Instant::now();
                assert!(child.wait().unwrap().success());
                from.elapsed()
            })
            .collect();
        times.sort();
        times[2]
    }

    /// The port in the file, and the problem of what is kept, after the power is cut now.
    fn cut(&mut self) -> Result<Option<String>, String> {
        self.cuts += 1;
        let copy = self.root.path().join("copy");
        let mut last = fs::read(&self.image).unwrap();
        loop {
            let again = fs::read(&self.image).unwrap();
            if again == last {
                break;
            }
            last = again;
        }
        fs::write(&copy, &last).unwrap();
        let disk = Mounted::new(&copy, self.root.path().join("after"));
        let file = disk.place.join("vapora.toml");
        let found = match fs::read_to_string(&file) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        let all = generations::list(&file);
        if let Some(problem) = all.problems.first() {
            return Err(problem.sentence());
        }
        for one in &all.kept {
            generations::read(&file, one.number).map_err(|problem| problem.sentence())?;
        }
        let torn = |why: &str| format!("torn, {why}: {} bytes", found.len());
        let table: toml::Table = found.parse().map_err(|_| torn("no TOML"))?;
        if table.len() < 10 {
            return Err(torn("sections are missing"));
        }
        Ok(Some(table["backend"]["port"].to_string()))
    }
}

/// Ports that no other service of the profile has.
fn port(n: usize) -> u16 {
    10_000 + u16::try_from(n).unwrap()
}

/// Reads what is said up to the plan's last line, behind which the save begins.
fn until_planned(said: &mut impl BufRead) {
    let mut lines = said.by_ref().lines();
    let planned = lines.any(|line| line.unwrap().starts_with("  ~ backend.port"));
    assert!(planned, "no plan");
}

fn left_out() -> bool {
    let left_out = std::env::var("PROOF_SKIP").is_ok_and(|names| {
        let mut names = names.split(',');
        names.any(|name| name == NAME)
    });
    if left_out {
        println!("power cuts: left out, as PROOF_SKIP says");
    }
    left_out
}

fn count() -> usize {
    if counts::full() { FULL } else { SAMPLE }
}

#[test]
#[ignore = "needs root, a loop device and ext4"]
fn what_was_said_to_be_written_outlives_a_power_cut() {
    if left_out() {
        return;
    }
    let mut machine = Machine::new();
    let mut wrong = Vec::new();
    for n in 0..count() {
        let (mut child, mut said) = machine.save(port(n));
        let written = said
            .by_ref()
            .lines()
            .any(|line| line.unwrap().starts_with("Written: "));
        // This instant.
        let after = machine.cut();
        assert!(written, "nothing was written");
        if after != Ok(Some(port(n).to_string())) {
            wrong.push(format!("cut {n}: {after:?} instead of {}", port(n)));
        }
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert!(child.wait().unwrap().success(), "{rest}");
    }
    println!(
        "power cuts behind Written: {}, {} lost",
        machine.cuts,
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs root, a loop device and ext4"]
fn a_power_cut_at_any_moment_leaves_the_old_or_the_new_file() {
    if left_out() {
        return;
    }
    let mut machine = Machine::new();
    let (mut wrong, mut seen) = (Vec::new(), [0; 2]);
    let long = machine.time_of_a_save();
    let mut old = Some(port(count()));
    for n in (0..count()).map(|n| if counts::full() { n } else { n * 30 / SAMPLE }) {
        let (mut child, mut said) = machine.save(port(n));
        until_planned(&mut said);
        // Each cut comes a little later in the save, the last ones behind it.
        thread::sleep(long * u32::try_from(n % 30).unwrap() / 25);
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
        let after = machine.cut();
        rustix::process::kill_process(pid, rustix::process::Signal::CONT).unwrap();
        let found = |port: Option<u16>| Ok(port.map(|port| port.to_string()));
        if after == found(Some(port(n))) {
            seen[1] += 1;
        } else if after == found(old) {
            seen[0] += 1;
        } else {
            wrong.push(format!(
                "cut {n}: {after:?}, neither {old:?} nor {}",
                port(n)
            ));
        }
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert!(child.wait().unwrap().success(), "{rest}");
        old = Some(port(n));
    }
    println!(
        "power cuts at any moment: {}, {} with the old file, {} with the new one, {} torn or lost",
        machine.cuts,
        seen[0],
        seen[1],
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
