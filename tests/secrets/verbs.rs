//! `secret jwt` and `secret certificate` with the real program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;
use vapora_tui::made;

/// Exit status, stdout, stderr.
type Said = (i32, String, String);

fn run(room: &Path, args: &str) -> Said {
    let done = Command::new(env!("CARGO_BIN_EXE_vapora-tui"))
        .current_dir(room)
        .args(args.split(' '))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (
        done.status.code().unwrap(),
        String::from_utf8(done.stdout).unwrap(),
        String::from_utf8(done.stderr).unwrap(),
    )
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_secret_is_printed_when_asked_for() {
    let room = tempfile::tempdir().unwrap();
    let (code, first, told) = run(room.path(), "secret jwt");
    assert_eq!((code, first.len(), told.as_str()), (0, 65, ""));
    let (_, second, _) = run(room.path(), "secret jwt --format json");
    let second: Json = serde_json::from_str(&second).unwrap();
    let second = second["secret"].as_str().unwrap();
    assert_eq!(second.len(), 64);
    assert_ne!(first.trim(), second);
    assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0);
}

#[test]
fn a_secret_goes_into_a_file_of_its_owner_that_render_takes() {
    let room = tempfile::tempdir().unwrap();
    let file = room.path().join("jwt");
    let (code, out, plan) = run(room.path(), "secret jwt --output jwt");
    assert_eq!((code, out.as_str()), (0, "Written: jwt, mode 0600.\n"));
    assert!(
        plan.starts_with("+ jwt   new file, 1 line, mode 0600 for the secret in it, "),
        "{plan}"
    );
    assert_eq!(mode(&file), 0o600);
    let secret = fs::read_to_string(&file).unwrap();
    assert!(!plan.contains(secret.trim()));
    let (code, out, told) = run(
        room.path(),
        "render --profile solo --set-file security.jwt_secret=jwt --output v.toml --yes",
    );
    assert_eq!((code, out.as_str()), (0, ""), "{told}");
    let text = fs::read_to_string(room.path().join("v.toml")).unwrap();
    assert!(text.contains(&format!("jwt_secret = \"{}\"", secret.trim())));
    assert_eq!(mode(&room.path().join("v.toml")), 0o600);
}

#[test]
fn nothing_is_replaced_without_a_yes() {
    let room = tempfile::tempdir().unwrap();
    let file = room.path().join("jwt");
    fs::write(&file, "mine\n").unwrap();
    let (code, out, told) = run(room.path(), "secret jwt --output jwt");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(told.contains("~ jwt   changed"), "{told}");
    assert!(
        told.contains("What a replaced file holds is gone"),
        "{told}"
    );
    assert!(told.contains("Give --yes"), "{told}");
    let (code, _, told) = run(room.path(), "secret jwt --output jwt --dry-run");
    assert_eq!(code, 0);
    assert!(
        told.contains("mode 0600 for the secret in it, was 0644"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine\n");
    let (code, out, _) = run(room.path(), "secret jwt --output jwt --yes --format json");
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["mode"].as_str()), (0, Some("0600")));
    assert_eq!(fs::read_to_string(&file).unwrap().len(), 65);
}

#[test]
fn a_certificate_and_its_key_are_written() {
    let room = tempfile::tempdir().unwrap();
    let (crt, key) = (room.path().join("tls/a.crt"), room.path().join("tls/a.key"));
    let args = "secret certificate --name vapora.local --name 127.0.0.1 --days 30 --certificate tls/a.crt --key tls/a.key";
    let (code, out, told) = run(room.path(), &format!("{args} --dry-run"));
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(told.contains("new folder tls"), "{told}");
    assert!(!crt.exists());
    let (code, out, _) = run(room.path(), args);
    assert_eq!(code, 0);
    assert!(out.starts_with("Written: tls/a.crt, mode 0644.\nWritten: tls/a.key, mode 0600.\nSelf-signed for vapora.local, 127.0.0.1, until 20"), "{out}");
    assert_eq!((mode(&crt), mode(&key)), (0o644, 0o600));
    assert!(
        fs::read_to_string(&crt)
            .unwrap()
            .starts_with("-----BEGIN CERTIFICATE-----")
    );
    let old = fs::read_to_string(&key).unwrap();
    assert!(old.starts_with("-----BEGIN PRIVATE KEY-----"));
    let (code, _, told) = run(room.path(), args);
    assert_eq!(code, 2, "{told}");
    assert_eq!(fs::read_to_string(&key).unwrap(), old);
    let (code, out, _) = run(room.path(), &format!("{args} --yes --format json"));
    let json: Json = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 0);
    assert_eq!(json["names"][1], "127.0.0.1");
    assert_eq!(json["days"], 30);
    assert_eq!(json["key"]["mode"], "0600");
    assert!(!out.contains("PRIVATE"));
    assert_ne!(fs::read_to_string(&key).unwrap(), old);
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let room = tempfile::tempdir().unwrap();
    for (args, code, said) in [
        (
            "secret certificate --name a_b --days 0 --certificate c --key k",
            2,
            "a_b is neither a host name nor an IP address.",
        ),
        (
            "secret certificate --name a_b --days 0 --certificate c --key k",
            2,
            "0 is no number of days it may hold.",
        ),
        (
            "secret certificate --name a --certificate c --key c",
            2,
            "Certificate and key would be one file.",
        ),
        ("secret certificate --name a --certificate c", 2, "--key"),
        ("secret jwt --yes", 2, "--output"),
        (
            "--readonly secret jwt --output k",
            1,
            "started with --readonly",
        ),
        (
            "--readonly secret certificate --name a --certificate c --key k --yes",
            1,
            "started with --readonly",
        ),
    ] {
        let (found, out, told) = run(room.path(), args);
        assert_eq!((found, out.as_str()), (code, ""), "{args}: {told}");
        assert!(told.contains(said), "{args}: {told}");
    }
    assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0);
}

#[test]
fn the_help_says_the_numbers_that_hold() {
    let room = tempfile::tempdir().unwrap();
    let (_, help, _) = run(room.path(), "secret certificate --help");
    assert!(
        help.contains(&format!("at most {}", made::DAYS.end())),
        "{help}"
    );
    let (_, help, _) = run(room.path(), "secret jwt --help");
    let said = format!(
        "{} random bytes of the system, {} characters",
        made::BYTES,
        made::CHARACTERS
    );
    assert!(help.contains(&said), "{help}");
}

#[test]
fn a_reference_needs_no_file() {
    let room = tempfile::tempdir().unwrap();
    let (code, out, _) = run(
        room.path(),
        "render --profile solo --set security.jwt_secret=${ENV:JWT_KEY}",
    );
    assert_eq!(code, 0);
    assert!(out.contains("jwt_secret = \"${ENV:JWT_KEY}\""));
}
