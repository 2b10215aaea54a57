//! What takes long in the real program: a profile or a schema that computes without end, and a secret that is shown.

use std::fs;
use std::time::Duration;

use crate::steps::{SIZE, enterprise, folder};
use crate::terminal::{CTRL_U, DOWN, ENTER, ESC, Terminal, UP, rows, shows};

/// In place of a record.
const ENDLESS: &str = "let rec f = fun x => f x in f 1";

fn workspace(file: &str, text: &str) -> tempfile::TempDir {
    let folder = folder();
    let file = folder.path().join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
    folder
}

/// The screen as one text, blanks folded: what is told over several lines is found in it.
fn told(terminal: &Terminal) -> String {
    let lines = rows(terminal.screen()).join(" ");
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn keys_are_answered_while_a_profile_computes_without_end_and_another_one_holds() {
    let folder = workspace("profiles/mine.ncl", ENDLESS);
    let mut terminal = Terminal::start(SIZE, folder.path(), &[] as &[&str]);
    terminal.wait_for("solo: 110 settings");
    terminal.press(&DOWN.repeat(3), "▸ mine");
    terminal.press("?", "┌ Help");
    terminal.press(ESC, "▸ mine");
    terminal.press(UP, "▸ enterprise");
    assert!(
        !shows(terminal.screen(), "cannot be used"),
        "nothing is known of it yet"
    );
    terminal.press(DOWN, "▸ mine");
    terminal.wait_for("cannot be used");
    let sentence = "profiles/mine.ncl: It computes without end, or needs more than 1 GiB of memory. \
                    Mend its loop or growth and start again, or choose another profile.";
    assert!(told(&terminal).contains(sentence), "{}", told(&terminal));
    terminal.press(ENTER, "┌ Panels");
    terminal.wait("the whole sentence on the panels", |screen| {
        let lines = rows(screen).join(" ");
        let told = lines.split_whitespace().collect::<Vec<_>>().join(" ");
        told.contains(sentence)
    });
    terminal.press("m", "┌ Profile");
    terminal.send(&format!("{}{ENTER}", UP.repeat(3)));
    terminal.wait_for(" solo · new*  ✗0");
    terminal.send("q");
}

#[test]
fn a_schema_that_computes_without_end_is_named_with_what_to_do() {
    let folder = workspace("assets/schemas/vapora/main.ncl", ENDLESS);
    let sentence = "assets/schemas/vapora/main.ncl: The schema computes without end, or needs more than 1 GiB of \
                    memory. Mend it and start again, or move it away: the shipped one counts then.";
    let mut terminal = Terminal::start(SIZE, folder.path(), &[] as &[&str]);
    terminal.wait_for("main.ncl: The schema");
    assert!(told(&terminal).contains(sentence), "{}", told(&terminal));
    terminal.press(ENTER, "┌ Panels");
    assert!(told(&terminal).contains(sentence), "{}", told(&terminal));
    terminal.press("d", "Not judged: ");
    assert!(told(&terminal).contains(sentence), "{}", told(&terminal));
}

#[test]
fn a_secret_shows_for_ten_seconds() {
    let folder = folder();
    let mut terminal = enterprise(folder.path(), &[]);
    terminal.press("/", "┌ Search");
    terminal.press("jwt secret", "jwt secret");
    terminal.press(ENTER, "┌ Security");
    terminal.press(ENTER, "[$");
    terminal.send(&format!("{CTRL_U}swordfish-swordfish-swordfish-swordfish"));
    terminal.wait_for(&"*".repeat(39));
    terminal.press(ENTER, "(secret)");
    terminal.press("s", "swordfish");
    let shown = terminal.seen;
    terminal.wait("the secret is hidden", |screen| !shows(screen, "swordfish"));
    // From the frame that showed it, so a little less than from the key.
    assert!(terminal.seen.duration_since(shown) > Duration::from_secs(9));
}
