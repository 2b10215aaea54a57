//! The benchmark: what an operator waits for and what goes over the line, measured on the real binary in a terminal
//! of 120x36, against the limits the project promises. Nothing here fails a build; the table says `ok` or `OVER`.
#![allow(clippy::unwrap_used, reason = "a benchmark may fail")]
#![allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]

mod budget;
mod check;
mod cost;
mod figure;
mod line;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../pty/process.rs"]
mod process;
mod scale;
mod speed;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../pty/terminal.rs"]
mod terminal;
mod typing;

use std::fs;
use std::path::Path;
use std::time::Instant;

use terminal::{DOWN, ENTER, Terminal, rows};
use vt100::Screen;

const SIZE: (u16, u16) = (120, 36);

/// How many samples are taken.
struct Counts {
    starts: usize,
    keys: usize,
    edits: usize,
    pairs: usize,
}

const FULL: Counts = Counts {
    starts: 100,
    keys: 1000,
    edits: 10_000,
    pairs: 25,
};

const QUICK: Counts = Counts {
    starts: 20,
    keys: 100,
    edits: 1000,
    pairs: 5,
};

fn main() {
    // `cargo bench` adds --bench of its own.
    let mut counts = &FULL;
    let mut only = None;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--quick" => counts = &QUICK,
            "--bench" => {}
            word if MEASURES.iter().any(|(what, _)| what.starts_with(word)) => {
                only = Some(argument);
            }
            other => {
                let names: Vec<&str> = MEASURES.iter().map(|(what, _)| *what).collect();
                eprintln!(
                    "{other} is no option; there is --quick: a tenth of the samples, a rough answer. One measure \
                     alone by the beginning of its name: {}.",
                    names.join(", ")
                );
                std::process::exit(2);
            }
        }
    }
    let begun = Instant::now();
    println!("{}\n", machine());
    let mut figures = Vec::new();
    let wanted = |what: &str| only.as_ref().is_none_or(|only| what.starts_with(only));
    for (what, measure) in MEASURES.into_iter().filter(|(what, _)| wanted(what)) {
        eprintln!("{what}…");
        // One of its own: a wizard that is killed leaves a draft that the next one would be asked about.
        let folder = tempfile::tempdir().unwrap();
        figures.extend(measure(counts, folder.path()));
    }
    println!("{}", figure::table(&figures));
    println!("{:.0} s in all.", begun.elapsed().as_secs_f64());
}

type Measure = fn(&Counts, &Path) -> Vec<figure::Figure>;

const MEASURES: [(&str, Measure); 8] = [
    ("starts", speed::starts),
    ("keys", speed::keys),
    ("bytes of typed characters", line::typing),
    ("bytes of moves", line::moves),
    ("memory, time and rest", cost::edits),
    ("check against nickel export", check::check),
    ("scale", scale::scale),
    ("budget", budget::budget),
];

/// What the figures were measured on, and how busy that was.
fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    format!(
        "vapora-tui {} at 120x36, {model}, {cores} cores, load {load}",
        env!("CARGO_PKG_VERSION")
    )
}

/// The wizard on a profile, judged and at rest.
fn wizard(folder: &Path, profile: &str) -> Terminal {
    let mut terminal = Terminal::start(SIZE, folder, &["--profile", profile]);
    terminal.wait_for("✗0");
    terminal
}

/// From the panels to the field Port of Backend.
fn go_to_port(terminal: &mut Terminal) {
    terminal.press(DOWN, "▸ Backend");
    terminal.press(ENTER, "▸ Host");
    terminal.press(DOWN, "▸ Port");
}

/// The row of the focused field, cut out of the pane in the middle.
fn focused_row(screen: &Screen) -> String {
    let rows = rows(screen);
    let panes = rows.iter().filter_map(|row| row.split("││").nth(1));
    panes
        .into_iter()
        .find(|row| row.contains('▸'))
        .unwrap_or_default()
        .to_owned()
}
