//! Windows too small for anything, and windows that will not keep still.

use crate::steps::{SIZE, answered, folder};
use crate::terminal::{CTRL_L, Terminal, rows};

const SMALL: [(u16, u16); 4] = [(1, 1), (10, 5), (60, 15), (59, 16)];

/// The sentence about the size, long or short, or of one cell the sign that there is more.
fn says_something(screen: &vt100::Screen) -> bool {
    rows(screen)[0].starts_with(['v', 'N', '›'])
}

#[test]
fn a_window_too_small_says_so_and_comes_back_with_the_answers() {
    let folder = folder();
    let mut terminal = answered(folder.path(), &[]);
    let before = terminal.rows();
    for (columns, lines) in SMALL {
        terminal.resize(columns, lines);
        terminal.wait("the size that is needed", says_something);
        terminal.resize(SIZE.0, SIZE.1);
        terminal.wait("the screen as before", |screen| rows(screen) == before);
    }
}

#[test]
fn a_start_in_a_window_too_small_is_a_start() {
    let folder = folder();
    for (columns, lines) in SMALL {
        let mut terminal = Terminal::start((columns, lines), folder.path(), &["--profile", "solo"]);
        terminal.wait("the size that is needed", says_something);
        terminal.resize(SIZE.0, SIZE.1);
        terminal.wait_for("✗0");
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn a_storm_of_sizes_ends_with_the_screen_of_the_last_one() {
    let folder = folder();
    let mut terminal = answered(folder.path(), &[]);
    let before = terminal.rows();
    for i in 0..200 {
        terminal.resize(1 + i * 37 % 200, 1 + i * 11 % 70);
    }
    terminal.resize(SIZE.0, SIZE.1);
    terminal.wait("the screen as before", |screen| rows(screen) == before);
    let drawn = terminal.written.len();
    terminal.send(CTRL_L);
    terminal.wait("the screen painted again", |screen| rows(screen) == before);
    assert!(terminal.written.len() >= drawn);
}
