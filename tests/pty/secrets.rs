//! Secrets made by the real program: where they are found afterwards, and where not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::steps::SIZE;
use crate::steps::folder;
use crate::terminal::{ENTER, ESC, TAB, Terminal};

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn a_made_secret_stands_in_the_written_file_only() {
    let folder = folder();
    let mut terminal = Terminal::start(SIZE, folder.path(), &["--profile", "solo"]);
    terminal.wait_for("✗0");
    terminal.press("/", "Search");
    terminal.press("jwt secret", "▸ JWT secret");
    terminal.press(ENTER, "Space pick");
    terminal.press(" ", "from where?");
    terminal.press("G", "▸ Make one");
    terminal.press(ENTER, "Made. It is in clear");
    terminal.wait_for("✗0 ○0 ●1");
    terminal.press("w", "mode 0600 for the secret in it");
    terminal.send(TAB);
    terminal.press(ENTER, "Written:");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
    let output = folder.path().join("config/runtime/vapora.toml");
    let text: toml::Table = fs::read_to_string(&output).unwrap().parse().unwrap();
    let secret = text["security"]["jwt_secret"].as_str().unwrap();
    assert_eq!(secret.len(), 64);
    assert_eq!(
        output.metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );
    for part in [&secret[..16], &secret[48..]] {
        let shown = String::from_utf8_lossy(&terminal.written).contains(part);
        assert!(!shown, "it was on the screen");
        let own = output.parent().unwrap().join(".vapora-tui");
        for file in files(folder.path()) {
            let bytes = fs::read(&file).unwrap();
            let holds = bytes.windows(16).any(|window| window == part.as_bytes());
            let may = file == output || file.starts_with(&own);
            assert!(!holds || may, "{} holds it", file.display());
            if holds {
                let mode = file.metadata().unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{}", file.display());
            }
        }
    }
}

#[test]
fn a_certificate_is_made_beside_the_loop() {
    let folder = folder();
    let mut terminal = Terminal::start(SIZE, folder.path(), &["--profile", "solo"]);
    terminal.wait_for("✗0");
    terminal.press(":", "Actions");
    terminal.press("certificate", "▸ certificate");
    terminal.press(ENTER, "Self-signed certificate");
    terminal.press(ESC, "16 panels");
    terminal.press(":", "Actions");
    terminal.press("certificate", "▸ certificate");
    terminal.press(ENTER, "Self-signed certificate");
    terminal.send(&TAB.repeat(4));
    terminal.press(ENTER, "▸[ Back ]");
    terminal.press(TAB, "▸[ Write 2 files ]");
    terminal.press(ENTER, "Written: config/runtime/tls/tls.crt, mode 0644;");
    let key = folder.path().join("config/runtime/tls/tls.key");
    let text = fs::read_to_string(&key).unwrap();
    let inside = text.lines().nth(1).unwrap();
    assert!(!String::from_utf8_lossy(&terminal.written).contains(&inside[..16]));
    for file in files(folder.path()).iter().filter(|file| **file != key) {
        let bytes = fs::read(file).unwrap();
        let holds = bytes
            .windows(16)
            .any(|window| window == &inside.as_bytes()[20..36]);
        assert!(!holds, "{} holds the key", file.display());
    }
}
