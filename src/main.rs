//! The program: the hidden child, the verbs, or the wizard.

use std::process::ExitCode;

use clap::Parser;
use vapora_tui::cli;
use vapora_tui::cli::args::{CommandLine, When};
use vapora_tui::nickel::{CHILD_VERB, serve};
use vapora_tui::tui;
use vapora_tui::tui::look::{Colours, Wanted};
use vapora_tui::tui::way::Way;

/// The question could not be answered.
const CANNOT: u8 = 2;

fn main() -> color_eyre::Result<ExitCode> {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|verb| verb == CHILD_VERB)
    {
        serve::serve_stdio()?;
        return Ok(ExitCode::SUCCESS);
    }
    let line = CommandLine::parse();
    match &line.verb {
        Some(verb) => Ok(cli::run(verb, line.workspace.as_deref(), &line.wizard)),
        None => match tui::way::now(line.wizard.plain) {
            Way::Screens => wizard(line),
            Way::Lines => Ok(lines()),
            Way::Refused(why) => Ok(refuse(&why)),
        },
    }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(CANNOT)
}

/// The questions line by line.
fn lines() -> ExitCode {
    refuse(
        "This terminal cannot show the wizard's screens. Use `vapora-tui render` and `vapora-tui check`, \
         or set TERM to what the terminal is, for example TERM=vt100.",
    )
}

fn wizard(line: CommandLine) -> color_eyre::Result<ExitCode> {
    tui::terminal::restore_on_panic()?;
    let ending = tui::start::wizard(tui::start::Options {
        workspace: line.workspace,
        profile: line.wizard.profile,
        from: line.wizard.from,
        output: line.wizard.output,
        look: Wanted {
            colours: match line.wizard.color {
                When::Auto => Colours::Auto,
                When::Always => Colours::Always,
                When::Never => Colours::Never,
            },
            ascii: line.wizard.ascii,
            theme: line.wizard.theme,
        },
    })?;
    Ok(match ending {
        tui::run::Ending::Left => ExitCode::SUCCESS,
        tui::run::Ending::Refused(why) => refuse(&why),
        // As a shell counts a process that a signal ended.
        tui::run::Ending::Signal(signal) => ExitCode::from(128 + u8::try_from(signal).unwrap_or(0)),
        tui::run::Ending::HungUp => ExitCode::from(129),
    })
}
