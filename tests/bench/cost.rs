//! What the program takes: memory, processor time, and what it does while nobody does anything.

use std::path::Path;
use std::time::Duration;

use rustix::process::Pid;

use crate::figure::{Figure, Number};
use crate::process::{Memory, judge, memory, processor_time, wake_ups};
use crate::terminal::{BACKSPACE, ENTER, Terminal};
use crate::{Counts, focused_row, go_to_port, wizard};

/// So long the idle program is listened to.
const IDLE: Duration = Duration::from_secs(5);
/// Edits before the memory is taken as the one to grow from.
const WARM_UP: usize = 500;
/// Every so many edits the value is kept.
const KEPT_EVERY: usize = 20;

const MEGABYTE: f64 = 1e6;

pub fn edits(counts: &Counts, folder: &Path) -> Vec<Figure> {
    let mut terminal = wizard(folder, "enterprise");
    terminal.drain(Duration::from_millis(200));
    let ui = terminal.pid();
    let child = judge(ui);
    let mut figures = at_rest(&mut terminal, ui, child);
    let at_start = [memory(ui), memory(child)];
    go_to_port(&mut terminal);
    terminal.press(ENTER, "[8001");
    edit(&mut terminal, WARM_UP);
    let before = [memory(ui), memory(child)];
    let time_before = [processor_time(ui), processor_time(child)];
    edit(&mut terminal, counts.edits);
    let after = [memory(ui), memory(child)];
    let time_after = [processor_time(ui), processor_time(child)];
    for (i, (who, limit)) in [("interface", 12.0), ("schema process", 25.0)]
        .into_iter()
        .enumerate()
    {
        let mut add = |what: &str, value: f64, limit: Option<f64>| {
            let figure = Figure::new(format!("{who}: {what}"), "MB", vec![value]);
            figures.push(match limit {
                Some(limit) => figure.at_most(Number::Median, limit),
                None => figure,
            });
        };
        let megabytes = |bytes: u64| bytes as f64 / MEGABYTE;
        let Memory {
            resident,
            proportional,
            anonymous,
        } = at_start[i];
        add("memory", megabytes(resident), Some(limit));
        add(
            "of it counted once where shared",
            megabytes(proportional),
            None,
        );
        add("of it heap and stacks", megabytes(anonymous), None);
        let edits = counts.edits;
        add(
            &format!("memory after {edits} edits"),
            megabytes(after[i].resident),
            Some(limit),
        );
        let growth = megabytes(after[i].resident) - megabytes(before[i].resident);
        add(&format!("growth over {edits} edits"), growth, Some(1.0));
        let time = time_after[i].saturating_sub(time_before[i]).as_secs_f64() * 1000.0;
        let each = time / counts.edits as f64;
        figures.push(Figure::new(
            format!("{who}: processor time of a key"),
            "ms",
            vec![each],
        ));
    }
    figures
}

/// Each edit is a key that changes the value; every second is awaited to its verdict, the others to their frame.
fn edit(terminal: &mut Terminal, count: usize) {
    for i in 0..count / 2 {
        terminal.press("5", "not yet");
        terminal.send(BACKSPACE);
        terminal.wait_gone("not yet");
        if i % KEPT_EVERY == 0 {
            let kept = if i % (2 * KEPT_EVERY) == 0 { "2" } else { "1" };
            let value = format!("800{kept}");
            terminal.send(&format!("{BACKSPACE}{kept}{ENTER}"));
            terminal.wait("the kept value in force", |screen| {
                focused_row(screen)
                    .split_whitespace()
                    .any(|word| word == value)
            });
            terminal.press(ENTER, &format!("[{value}"));
        }
    }
}

fn at_rest(terminal: &mut Terminal, ui: Pid, child: Pid) -> Vec<Figure> {
    let before = [wake_ups(ui), wake_ups(child)];
    let bytes = terminal.listen(IDLE);
    let after = [wake_ups(ui), wake_ups(child)];
    let mut figures = vec![
        Figure::new("idle for 5 s, written", "bytes", vec![bytes as f64])
            .at_most(Number::Median, 0.0),
    ];
    for (i, who) in ["interface", "schema process"].into_iter().enumerate() {
        let a_second = (after[i] - before[i]) as f64 / IDLE.as_secs_f64();
        let figure = Figure::new(
            format!("{who}: wake-ups a second when idle"),
            "",
            vec![a_second],
        );
        figures.push(figure.at_most(Number::Median, 0.0));
    }
    figures
}
