//! `check FILE` against the real `nickel export` of the same configuration, in turns. The Nickel is the shipped
//! schema with its enterprise profile; the file is the TOML of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use crate::Counts;
use crate::figure::{Figure, Number};
use crate::terminal::PROGRAM;

const WHAT: &str = "check / nickel export, each pair";
const CONFIGURATION: &str = "assets/schemas/platform/configs/vapora-enterprise.ncl";

pub fn check(counts: &Counts, folder: &Path) -> Vec<Figure> {
    match pairs(counts, folder) {
        Ok(figures) => figures,
        Err(why) => vec![Figure::not_measured(WHAT, why)],
    }
}

fn pairs(counts: &Counts, folder: &Path) -> Result<Vec<Figure>, String> {
    let nickel = std::env::var_os("NICKEL").map_or_else(|| PathBuf::from("nickel"), PathBuf::from);
    if run(Command::new(&nickel).arg("--version"), folder).is_err() {
        return Err("no nickel on PATH; the environment variable NICKEL may name it".to_owned());
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(CONFIGURATION);
    let export = |format: &str| {
        let mut command = Command::new(&nickel);
        command.args(["export", "--format", format]).arg(&source);
        command
    };
    let rendered = run(
        Command::new(PROGRAM).args(["render", "--profile", "enterprise", "--format", "toml"]),
        folder,
    );
    let text = match rendered {
        Ok(output) if !output.stdout.is_empty() => output.stdout,
        _ => run(&mut export("toml"), folder)?.stdout,
    };
    let file = folder.join("enterprise.toml");
    std::fs::write(&file, text).map_err(|error| error.to_string())?;
    let check = || {
        let mut command = Command::new(PROGRAM);
        command.arg("check").arg(&file);
        command
    };
    run(&mut check(), folder)?;
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..counts.pairs {
        // Who is first changes, so that neither always finds the other's warm caches.
        let (our, their) = if i % 2 == 0 {
            let our = milliseconds(&mut check(), folder)?;
            (our, milliseconds(&mut export("json"), folder)?)
        } else {
            let their = milliseconds(&mut export("json"), folder)?;
            (milliseconds(&mut check(), folder)?, their)
        };
        ours.push(our);
        theirs.push(their);
        ratios.push(our / their);
    }
    Ok(vec![
        Figure::new("check of a file", "ms", ours),
        Figure::new("nickel export of the same", "ms", theirs),
        Figure::new(WHAT, "", ratios).at_most(Number::Median, 1.0),
    ])
}

fn milliseconds(command: &mut Command, folder: &Path) -> Result<f64, String> {
    let begun = Instant::now();
    run(command, folder)?;
    Ok(begun.elapsed().as_secs_f64() * 1000.0)
}

/// Runs to the end; what went wrong in words when it did not exit with 0.
fn run(command: &mut Command, folder: &Path) -> Result<Output, String> {
    let name = format!(
        "{} {}",
        command.get_program().display(),
        command
            .get_args()
            .next()
            .map_or_else(String::new, |argument| argument.display().to_string())
    );
    let output = command
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default();
    Err(format!("{name} ended with {}: {said}", output.status))
}
