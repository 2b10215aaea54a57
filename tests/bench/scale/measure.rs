//! What an operator waits for when there are a thousand or six thousand fields in place of 110.

use std::path::Path;
use std::time::Duration;

use super::workspace;
use crate::figure::{Figure, Number};
use crate::process::{children, memory};
use crate::terminal::{DOWN, ENTER, ESC, Terminal, rows};
use crate::typing::{self, milliseconds};
use crate::{Counts, SIZE};

/// Between two keys; nobody types faster, and the verdict of the one before is in.
const BETWEEN_KEYS: Duration = Duration::from_millis(35);

/// The number of fields, and the limits that hold for it.
struct Scale {
    fields: usize,
    first_frame: f64,
    verdict: f64,
}

const SCALES: [Scale; 2] = [
    Scale {
        fields: 1_000,
        first_frame: 20.0,
        verdict: 15.0,
    },
    Scale {
        fields: 6_000,
        first_frame: 40.0,
        verdict: 30.0,
    },
];

pub fn scale(counts: &Counts, folder: &Path) -> Vec<Figure> {
    SCALES
        .iter()
        .flat_map(|scale| {
            let folder = folder.join(scale.fields.to_string());
            workspace::make(&folder, scale.fields);
            let mut figures = starts(scale, counts, &folder);
            figures.extend(keys(scale, counts, &folder));
            figures
        })
        .collect()
}

fn starts(scale: &Scale, counts: &Counts, folder: &Path) -> Vec<Figure> {
    let mut first = Vec::new();
    let mut judged = Vec::new();
    for _ in 0..counts.starts / 5 {
        let mut terminal = Terminal::start::<&str>(SIZE, folder, &[]);
        let at = terminal.wait_for("q leave");
        first.push(milliseconds(terminal.started, at));
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
        let mut terminal = Terminal::start(SIZE, folder, &["--profile", "enterprise"]);
        let at = terminal.wait_for("✗0");
        judged.push(milliseconds(terminal.started, at));
        terminal.send("q");
        assert_eq!(terminal.exit_code(), 0);
    }
    let what = |figure: &str| format!("{} fields: {figure}", scale.fields);
    vec![
        Figure::new(what("start to first full frame"), "ms", first)
            .at_most(Number::Median, scale.first_frame),
        Figure::new(what("start to first verdict"), "ms", judged),
    ]
}

fn keys(scale: &Scale, counts: &Counts, folder: &Path) -> Vec<Figure> {
    let mut terminal = Terminal::start(SIZE, folder, &["--profile", "solo"]);
    terminal.wait_for("✗0");
    let child = children(terminal.pid())[0];
    // The last panel: whatever looks through fields in order has looked through all of them.
    terminal.send("G");
    let last = (scale.fields - 1) / workspace::SECTION;
    terminal.wait_for(&format!("▸ Section {last:03}"));
    terminal.press(ENTER, "▸ Setting");
    for _ in 0..5 {
        terminal.send(DOWN);
    }
    let field = last * workspace::SECTION + 5;
    terminal.wait_for(&format!("▸ Setting {field}"));
    terminal.press(ENTER, "[8001");
    let (frames, verdicts) = typing::on_port(
        &mut terminal,
        BETWEEN_KEYS,
        counts.keys / 4,
        counts.keys / 20,
    );
    terminal.send(ESC);
    let searched = search(&mut terminal, counts, scale.fields);
    let memory = [memory(terminal.pid()), memory(child)];
    let what = |figure: &str| format!("{} fields: {figure}", scale.fields);
    #[allow(clippy::cast_precision_loss, reason = "memory is far below 2^52")]
    let megabytes = |bytes: u64| vec![bytes as f64 / 1e6];
    vec![
        Figure::new(what("key to frame"), "ms", frames).at_most(Number::P99, 5.0),
        Figure::new(what("key to verdict on the screen"), "ms", verdicts)
            .at_most(Number::P95, scale.verdict),
        Figure::new(what("search, a key to its hits"), "ms", searched).at_most(Number::P95, 10.0),
        Figure::new(
            what("interface: memory"),
            "MB",
            megabytes(memory[0].resident),
        )
        .at_most(Number::Median, in_proportion(scale.fields, 10.0)),
        Figure::new(
            what("schema process: memory"),
            "MB",
            megabytes(memory[1].resident),
        )
        .at_most(Number::Median, in_proportion(scale.fields, 20.0)),
    ]
}

/// Megabytes: so much to begin with, and a thousandth of it for each field.
fn in_proportion(fields: usize, begin: f64) -> f64 {
    let fields = u32::try_from(fields).unwrap_or(u32::MAX);
    begin * (1.0 + f64::from(fields) / 1_000.0)
}

/// Opens the search, which lists all settings, and types the prompt of one, key by key; each key finds other settings.
fn search(terminal: &mut Terminal, counts: &Counts, fields: usize) -> Vec<f64> {
    let wanted = format!("setting {}", fields - 3);
    let mut times = Vec::new();
    for _ in 0..counts.keys / 50 {
        terminal.drain(BETWEEN_KEYS);
        let sent = terminal.send("/");
        times.push(milliseconds(sent, terminal.wait_for("Search")));
        for (i, letter) in wanted.char_indices() {
            terminal.drain(BETWEEN_KEYS);
            let typed = wanted[..=i].trim_end();
            let before = terminal.rows();
            let sent = terminal.send(&letter.to_string());
            if letter == ' ' {
                // Only the cursor moves.
                continue;
            }
            let at = terminal.wait("the hits of this line", |screen| {
                let now = rows(screen);
                now.iter().any(|row| row.contains(typed)) && now != before
            });
            times.push(milliseconds(sent, at));
        }
        terminal.send(ESC);
        terminal.wait_gone("Search");
    }
    times
}
