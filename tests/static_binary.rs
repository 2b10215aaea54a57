//! The static binary in a root where nothing else is: no libc, no /proc, no /dev. `.ci/run` builds it and names it in
//! `STATIC_BINARY`; the figures are printed.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[allow(dead_code, reason = "shared with the other tests")]
#[path = "pty/terminal.rs"]
mod terminal;

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use terminal::{DOWN, ENTER, TAB, Terminal};

const PLACE: &str = "STATIC_BINARY";
/// Not on every search path.
const CHROOT: &str = "/usr/sbin/chroot";
const STARTS: usize = 20;

fn binary() -> PathBuf {
    std::env::var_os(PLACE)
        .unwrap_or_else(|| panic!("{PLACE} names no binary; .ci/run builds one"))
        .into()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[test]
#[ignore = "needs root for chroot, and the static binary that .ci/run builds"]
fn it_starts_judges_and_writes_in_an_empty_root() {
    let root = tempfile::tempdir().unwrap();
    fs::copy(binary(), root.path().join("vapora-tui")).unwrap();
    let folder = root.path().to_str().unwrap();
    let inside = |args: &[&str]| {
        let done = Command::new(CHROOT)
            .arg(folder)
            .arg("/vapora-tui")
            .args(args)
            .env_clear()
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        done.stdout
    };
    let outside = Command::new(terminal::PROGRAM)
        .args(["render", "--profile", "enterprise"])
        .env_clear()
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(outside.status.success());
    assert_eq!(
        inside(&["render", "--profile", "enterprise"]),
        outside.stdout
    );

    let args = [folder, "/vapora-tui"];
    let mut first = Vec::new();
    let mut judged = Vec::new();
    for _ in 0..STARTS {
        let mut wizard = Terminal::start_program(CHROOT, (80, 24), root.path(), &args);
        let at: Instant = wizard.wait_for("q leave");
        first.push(at - wizard.started);
        wizard.send(&format!("{DOWN}{DOWN}{ENTER}"));
        wizard.wait_for("✗0");
        wizard.send("q");
        assert_eq!(wizard.exit_code(), 0);
        let profile = [folder, "/vapora-tui", "--profile", "enterprise"];
        let mut wizard = Terminal::start_program(CHROOT, (80, 24), root.path(), &profile);
        let at = wizard.wait_for("✗0");
        judged.push(at - wizard.started);
        wizard.send("q");
        assert_eq!(wizard.exit_code(), 0);
    }
    let mut wizard = Terminal::start_program(
        CHROOT,
        (80, 24),
        root.path(),
        &[folder, "/vapora-tui", "--profile", "multiuser"],
    );
    wizard.wait_for("✗0");
    wizard.press("w", "Review");
    wizard.send(TAB);
    wizard.press(ENTER, "Written");
    wizard.send("q");
    assert_eq!(wizard.exit_code(), 0);
    let written = fs::read(root.path().join("config/runtime/vapora.toml")).unwrap();
    assert_eq!(written, inside(&["render", "--profile", "multiuser"]));

    let bytes = fs::metadata(root.path().join("vapora-tui")).unwrap().len();
    eprintln!(
        "static binary in an empty root: {:.1} MB, first frame {:.1} ms, first verdict {:.1} ms (medians of {STARTS})",
        f64::from(u32::try_from(bytes).unwrap()) / 1e6,
        median(first).as_secs_f64() * 1000.0,
        median(judged).as_secs_f64() * 1000.0
    );
}
