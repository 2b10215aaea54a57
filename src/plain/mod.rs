//! The wizard as numbered questions on plain lines: no escapes, no drawing, ASCII only. For slow lines, screen readers
//! and terminals that can do nothing else; also without anybody there, from a file of answers.

mod command;
mod cost;
mod dialog;
mod field;
mod fold;
mod hidden;
mod opening;
mod panels;
mod review;
mod secret_source;
mod session;
mod talk;
mod together;
mod text_change;
mod unattended;

use std::io;
use std::path::PathBuf;

use crate::ascii::ascii;
use crate::caution::Caution;
use crate::preset;
use crate::problem::Problem;
use crate::report::{self, Told};
use dialog::Dialog;
use session::Session;
use talk::Talk;

/// What the command line said.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub caution: Caution,
    /// `vapora-tui 0.1.0 for VAPORA 1.2.0`.
    pub title: String,
    pub workspace: Option<PathBuf>,
    pub profile: Option<String>,
    /// A file or folder to open.
    pub from: Option<PathBuf>,
    /// A preset to open, as `--preset` names it.
    pub preset: Option<String>,
    pub output: Option<PathBuf>,
    /// A file of answers: nothing is asked but whether to write.
    pub answers: Option<PathBuf>,
    /// Write without asking.
    pub yes: bool,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As the operator wished, or written.
    Fine,
    /// The answer is no: refused, or answers were given and never written.
    No,
    /// It could not begin, or could not write.
    Cannot,
}

/// Runs to the end.
///
/// # Errors
/// When the current folder is gone, or signals cannot be watched.
pub fn run(options: &Options) -> io::Result<Ending> {
    let here = std::env::current_dir()?;
    let session = Session::begin(options, here);
    match session {
        Err(problems) => {
            tell(problems);
            Ok(Ending::Cannot)
        }
        Ok(session) => {
            let options = match with_preset(options, &session) {
                Ok(options) => options,
                Err(problem) => {
                    tell(vec![problem]);
                    return Ok(Ending::Cannot);
                }
            };
            match &options.answers {
                Some(file) => Ok(unattended::run(session, &options, file)),
                None => Ok(Dialog::new(Talk::begin()?, session).run(&options)),
            }
        }
    }
}

/// A preset is opened as the file that it is.
fn with_preset(options: &Options, session: &Session) -> Result<Options, Problem> {
    let mut options = options.clone();
    if let Some(named) = options.preset.take() {
        let (file, note) = preset::named(session.workspace(), &named)?;
        if let Some(note) = note {
            message(&format!("{note}\n"));
        }
        options.from = Some(file);
    }
    Ok(options)
}

/// Problems as messages on stderr.
fn tell(problems: Vec<Problem>) {
    let told: Vec<Told> = problems.into_iter().map(Told::by_place).collect();
    message(&report::lines(&told));
}

/// A message on stderr; when it is closed nobody wants it.
fn message(text: &str) {
    use std::io::Write;
    let mut out = io::stderr().lock();
    let text = ascii(text);
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
