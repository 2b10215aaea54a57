//! From the start screen to a file, and what happens when the file cannot be, or is no longer as it was read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::steps::{SIZE, answered, enterprise, folder, give_port, go_to_port};
use crate::terminal::{DOWN, ENTER, ESC, TAB, Terminal, rows, shows};

const OUTPUT: &str = "config/runtime/vapora.toml";

fn setting(file: &Path, section: &str, name: &str) -> toml::Value {
    let text = fs::read_to_string(file).unwrap();
    toml::from_str::<toml::Table>(&text).unwrap()[section][name].clone()
}

#[test]
fn from_the_start_screen_to_a_written_file() {
    let folder = folder();
    let mut terminal = Terminal::start::<&str>(SIZE, folder.path(), &[]);
    terminal.wait_for("▸ solo");
    terminal.press(DOWN, "▸ multiuser");
    terminal.press(DOWN, "▸ enterprise");
    terminal.press(ENTER, "✗0");
    go_to_port(&mut terminal);
    give_port(&mut terminal, "9001");
    terminal.press("w", "Review: nothing is written yet");
    let file = folder.path().join(OUTPUT);
    assert!(!file.exists(), "written before it was said so");
    terminal.send(TAB);
    terminal.press(ENTER, "Written:");
    assert_eq!(setting(&file, "backend", "port").as_integer(), Some(9001));
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o7777,
        0o644
    );
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_wrong_value_keeps_the_write_button_off() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    go_to_port(&mut terminal);
    give_port(&mut terminal, "80");
    terminal.wait_for("✗1");
    terminal.press("w", "Review");
    terminal.send(TAB);
    terminal.send(ENTER);
    terminal.wait("the refusal twice, above and as answer", |screen| {
        let said = rows(screen)
            .iter()
            .filter(|row| row.contains("1 setting is wrong"))
            .count();
        said == 2
    });
    assert!(!folder.path().join("config").exists());
}

/// Reviews and presses Write; gives the screen with the refusal.
fn write(terminal: &mut Terminal, refusal: &str) {
    terminal.press("w", "Review");
    terminal.send(TAB);
    terminal.send(ENTER);
    terminal.wait_for(refusal);
    terminal.send(ESC);
    terminal.wait_gone("Review");
    assert!(shows(terminal.screen(), "●1"), "the answer is kept");
    assert!(shows(terminal.screen(), "9001"), "the answer is kept");
}

#[test]
fn a_folder_as_output_file_is_refused_in_words() {
    let folder = folder();
    let mut terminal = answered(folder.path(), &["--output", "."]);
    terminal.press("w", "It is a folder");
}

#[test]
fn a_file_where_a_folder_should_be_is_refused_in_words() {
    let folder = folder();
    fs::write(folder.path().join("config"), "a file").unwrap();
    let mut terminal = answered(folder.path(), &[]);
    terminal.press("w", "a file, not a folder");
}

#[test]
fn a_folder_this_user_may_not_write_is_refused_in_words() {
    let folder = folder();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    // root may write there; nobody may make files in sysfs.
    let mine = rustix::process::geteuid().is_root();
    let output = if mine {
        Path::new("/sys").to_owned()
    } else {
        closed
    };
    let output = output.join("vapora.toml");
    let mut terminal = answered(folder.path(), &["--output", output.to_str().unwrap()]);
    let refusal = if mine {
        "belongs to the kernel"
    } else {
        "may not"
    };
    write(&mut terminal, refusal);
}

/// An opened file that somebody else changes while it is open, and the question about it.
fn changed_under_way(folder: &Path) -> Terminal {
    let file = folder.join("vapora.toml");
    fs::write(
        &file,
        "deployment_mode = \"enterprise\"\n[backend]\nworkers = 5\n",
    )
    .unwrap();
    let mut terminal = answered(
        folder,
        &["--from", "vapora.toml", "--output", "vapora.toml"],
    );
    assert!(shows(terminal.screen(), " 5 "));
    fs::write(
        &file,
        "deployment_mode = \"enterprise\"\n[backend]\nworkers = 6\n",
    )
    .unwrap();
    terminal.press("w", "The file changed");
    for button in ["Bring together", "Save elsewhere", "Cancel"] {
        assert!(shows(terminal.screen(), button), "{button}");
    }
    terminal
}

#[test]
fn a_file_changed_by_others_is_brought_together_with_the_answers() {
    let folder = folder();
    let mut terminal = changed_under_way(folder.path());
    terminal.send(TAB);
    terminal.press(ENTER, "taken over");
    terminal.wait_for("backend.workers");
    terminal.press(ENTER, "Review");
    terminal.send(TAB);
    terminal.press(ENTER, "Written:");
    let file = folder.path().join("vapora.toml");
    assert_eq!(setting(&file, "backend", "port").as_integer(), Some(9001));
    assert_eq!(setting(&file, "backend", "workers").as_integer(), Some(6));
}

#[test]
fn a_file_changed_by_others_can_be_left_alone() {
    let folder = folder();
    let mut terminal = changed_under_way(folder.path());
    terminal.send(ENTER);
    terminal.wait_gone("The file changed");
    assert!(shows(terminal.screen(), "9001"), "the answer is kept");
    let file = folder.path().join("vapora.toml");
    assert_eq!(setting(&file, "backend", "workers").as_integer(), Some(6));
}

#[test]
fn a_file_changed_by_others_can_be_saved_elsewhere() {
    let folder = folder();
    let mut terminal = changed_under_way(folder.path());
    terminal.send(TAB);
    terminal.send(TAB);
    terminal.press(ENTER, "A new file");
    terminal.send("\x15other.toml");
    terminal.press(ENTER, "Review");
    terminal.send(TAB);
    terminal.press(ENTER, "Written:");
    let other = folder.path().join("other.toml");
    assert_eq!(setting(&other, "backend", "port").as_integer(), Some(9001));
    assert_eq!(setting(&other, "backend", "workers").as_integer(), Some(5));
    let file = folder.path().join("vapora.toml");
    assert_eq!(setting(&file, "backend", "workers").as_integer(), Some(6));
}
