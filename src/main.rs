//! The program: the hidden processes, the verbs, or the wizard.

use std::process::ExitCode;

use clap::Parser;
use vapora_tui::caution::Caution;
use vapora_tui::cli;
use vapora_tui::cli::args::{CommandLine, When};
use vapora_tui::guard;
use vapora_tui::nickel::{CHILD_VERB, serve};
use vapora_tui::plain;
use vapora_tui::secret;
use vapora_tui::store;
use vapora_tui::tui;
use vapora_tui::tui::look::{Colours, Wanted};
use vapora_tui::tui::way::Way;

/// The question could not be answered.
const CANNOT: u8 = 2;

fn main() -> color_eyre::Result<ExitCode> {
    secret::never_dump_memory()?;
    let hidden = std::env::args_os().nth(1);
    if hidden.as_ref().is_some_and(|verb| verb == CHILD_VERB) {
        serve::serve_stdio()?;
        return Ok(ExitCode::SUCCESS);
    }
    if hidden.is_some_and(|verb| verb == guard::VERB) {
        guard::serve();
        return Ok(ExitCode::SUCCESS);
    }
    let mut line = CommandLine::parse();
    if let Err(problem) = line.open_named() {
        eprintln!("error: {}", problem.sentence());
        return Ok(ExitCode::from(CANNOT));
    }
    match &line.verb {
        Some(verb) => {
            let keys = || tui::keymap::Keymap::shipped().rows();
            Ok(cli::run(verb, &line, &keys))
        }
        // Told before anything is typed, not when it is written.
        None if let Err(problem) = store::most_kept() => Ok(refuse(&problem.sentence())),
        None => match tui::way::now(line.wizard.plain) {
            Way::Screens => wizard(line),
            Way::Lines => questions(line),
            Way::Refused(why) => Ok(refuse(&why)),
        },
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(CANNOT)
}

fn caution(line: &CommandLine) -> Caution {
    Caution {
        readonly: line.readonly,
        strict: line.wizard.strict,
    }
}

/// The wizard in plain lines.
fn questions(line: CommandLine) -> color_eyre::Result<ExitCode> {
    color_eyre::install()?;
    let ending = plain::run(&plain::Options {
        title: format!("vapora-tui {} for VAPORA 1.2.0", env!("CARGO_PKG_VERSION")),
        caution: caution(&line),
        workspace: line.workspace,
        profile: line.wizard.sources.profile,
        from: line.wizard.sources.from,
        preset: line.wizard.sources.preset,
        output: line.wizard.output,
        answers: line.wizard.answers,
        yes: line.wizard.yes,
    })?;
    Ok(match ending {
        plain::Ending::Fine => ExitCode::SUCCESS,
        plain::Ending::No => ExitCode::from(1),
        plain::Ending::Cannot => ExitCode::from(CANNOT),
    })
}

fn wizard(line: CommandLine) -> color_eyre::Result<ExitCode> {
    tui::terminal::restore_on_panic()?;
    let ending = tui::start::wizard(tui::start::Options {
        caution: caution(&line),
        workspace: line.workspace,
        profile: line.wizard.sources.profile,
        from: line.wizard.sources.from,
        preset: line.wizard.sources.preset,
        output: line.wizard.output,
        look: Wanted {
            colours: match line.color {
                When::Auto => Colours::Auto,
                When::Always => Colours::Always,
                When::Never => Colours::Never,
            },
            ascii: line.ascii,
            theme: line.wizard.theme,
        },
    })?;
    Ok(match ending {
        tui::run::Ending::Left => ExitCode::SUCCESS,
        tui::run::Ending::Refused(why) => refuse(&why),
        // As a shell counts a process that a signal ended.
        tui::run::Ending::Signal(signal) => ExitCode::from(128 + u8::try_from(signal).unwrap_or(0)),
        tui::run::Ending::HungUp => ExitCode::from(129),
        tui::run::Ending::TakenOver(by_whom) => {
            eprintln!("{by_whom}");
            ExitCode::from(143)
        }
    })
}
