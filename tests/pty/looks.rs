//! The real program on terminals that show less: no colours, no UTF-8, the console, nothing at all; and own files.

use std::fs;

use crate::steps::{SIZE, folder, go_to_port};
use crate::terminal::{DOWN, ENTER, PROGRAM, Terminal, shows};

const PROFILE: [&str; 2] = ["--profile", "enterprise"];

/// The codes of every `ESC [ … m` written.
fn graphics(written: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(written).into_owned();
    let codes = text.split("\x1b[").skip(1).filter_map(|part| {
        let end = part.find(|c: char| c.is_ascii_alphabetic())?;
        part[end..].starts_with('m').then(|| part[..end].to_owned())
    });
    codes
        .flat_map(|codes| codes.split(';').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn is_colour(code: &str) -> bool {
    let number = code.parse::<u16>().unwrap_or(0);
    matches!(number, 30..=49 | 90..=107)
}

#[test]
fn no_color_and_the_flag_leave_no_colour() {
    for (variables, args, coloured) in [
        (&[][..], &[][..], true),
        (&[("NO_COLOR", "1")], &[], false),
        (&[("NO_COLOR", "1")], &["--color", "always"], true),
        (&[], &["--color", "never"], false),
        (&[("TERM", "vt220")], &[], false),
    ] {
        let folder = folder();
        let args = [&PROFILE[..], args].concat();
        let mut terminal = Terminal::start_in(variables, PROGRAM, SIZE, folder.path(), &args);
        terminal.wait_for("✗0");
        go_to_port(&mut terminal);
        let codes = graphics(&terminal.written);
        assert_eq!(
            codes.iter().any(|code| is_colour(code)),
            coloured,
            "{variables:?} {args:?}"
        );
        assert!(codes.contains(&"7".to_owned()), "the selection is reversed");
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn a_locale_without_utf_8_and_the_flag_leave_ascii() {
    for (variables, args) in [
        (&[("LC_ALL", "C")][..], &[][..]),
        (&[("LANG", "")], &[]),
        (&[], &["--ascii"]),
    ] {
        let folder = folder();
        let args = [&PROFILE[..], args].concat();
        let mut terminal = Terminal::start_in(variables, PROGRAM, SIZE, folder.path(), &args);
        terminal.wait_for("x0");
        terminal.press(DOWN, "> Backend");
        terminal.press(ENTER, "> Host");
        terminal.press("?", "+ Help");
        terminal.press("q", "> Host");
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
        terminal.assert_given_back();
        assert!(terminal.written.is_ascii(), "{variables:?} {args:?}");
    }
}

#[test]
fn the_console_keeps_its_boxes() {
    let folder = folder();
    let variables = [("TERM", "linux")];
    let mut terminal = Terminal::start_in(&variables, PROGRAM, SIZE, folder.path(), &PROFILE);
    terminal.wait_for("x0");
    terminal.press(DOWN, "> Backend");
    assert!(shows(terminal.screen(), "┌ Panels"));
}

#[test]
fn a_terminal_that_understands_nothing_gets_no_escape_sequence() {
    for term in ["dumb", "unknown", ""] {
        let folder = folder();
        let mut terminal =
            Terminal::start_in::<&str>(&[("TERM", term)], PROGRAM, SIZE, folder.path(), &[]);
        terminal.press("quit\n", "quit");
        assert_eq!(terminal.exit_code(), 0, "{term}");
        assert!(!terminal.written.contains(&0x1b), "{term}");
        assert!(terminal.written.is_ascii(), "{term}");
    }
}

#[test]
fn own_keys_and_an_own_theme_hold_and_their_mistakes_are_told() {
    let folder = folder();
    let own = folder.path().join(".config/vapora-tui");
    fs::create_dir_all(&own).unwrap();
    fs::write(
        own.join("keymap.toml"),
        "[everywhere]\nleave = [\"X\"]\nlaeve = [\"Y\"]\n",
    )
    .unwrap();
    fs::write(
        own.join("theme.toml"),
        "quiet = \"light-blue\"\nstrong = \"blau\"\n",
    )
    .unwrap();
    let mut terminal = Terminal::start::<&str>(SIZE, folder.path(), &[]);
    terminal.wait_for("2 problems, listed by !; first …/keymap.toml:3: laeve is no action of");
    terminal.press("?", "Your own files");
    assert!(shows(terminal.screen(), "theme.toml:2: blau is no colour"));
    terminal.press("q", "q does nothing here");
    terminal.press("?", "X leave");
    terminal.press(ENTER, "┌ Panels");
    terminal.wait_for("✗0");
    go_to_port(&mut terminal);
    assert!(
        graphics(&terminal.written).contains(&"94".to_owned()),
        "light blue"
    );
    terminal.send("X");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_given_back();
}
