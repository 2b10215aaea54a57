//! The text that would be written, line by line, each with the setting that stands on it. Secrets are masked before
//! the text is made, beside the loop. Serves window and side pane.

use std::fmt;
use std::path::PathBuf;

use super::action::Action;
use super::app::App;
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::output_lines;
use super::side_pane::Side;
use super::text::width;
use super::window::Window;
use crate::config::Config;
use crate::input::Format;
use crate::prepare;
use crate::schema::FieldPath;
use crate::workspace::Workspace;

/// The state of the window.
#[derive(Clone, Debug, Default)]
pub struct OutputScreen {
    pub cursor: Cursor,
    /// Columns left out at the left.
    pub shift: usize,
    /// Has the text come since the window was opened?
    arrived: bool,
}

/// How far the text moves to the side at a key, in columns.
const SHIFT: usize = 16;

/// One line of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub text: String,
    /// The setting whose value begins here.
    pub path: Option<FieldPath>,
}

/// What the text was made of: it is made anew only when that changes.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    ticket: u64,
    loaded: Option<[u8; 32]>,
    file: PathBuf,
}

/// The text as of the last verdict.
#[derive(Clone, Debug, Default)]
pub struct OutputText {
    pub lines: Vec<Line>,
    made: Option<Made>,
    /// Is a newer one being made?
    under_way: bool,
}

/// What a text is to be made of.
pub struct Wanted {
    made: Made,
    workspace: PathBuf,
    profile: Option<String>,
    /// In force, its secrets masked.
    config: Config,
    /// What the file holds that it is written into.
    existing: Option<Vec<u8>>,
}

/// Without what is in it: the file as it is holds secrets in clear.
impl fmt::Debug for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wanted").finish_non_exhaustive()
    }
}

impl Wanted {
    /// Makes the text. That asks the disk what a Nickel file may import.
    #[must_use]
    pub fn make(self) -> OutputText {
        let file = &self.made.file;
        let format = Format::of(file).unwrap_or(Format::Toml);
        let existing = self.existing.as_deref().map(std::str::from_utf8);
        let existing = existing.and_then(Result::ok);
        let workspace = Workspace::at(&self.workspace);
        let (config, profile) = (&self.config, self.profile.as_deref());
        let text = prepare::text(&workspace, file, format, existing, config, profile);
        let text = text.unwrap_or_else(|problem| format!("# ✗ {}\n", problem.sentence()));
        OutputText {
            lines: output_lines::lines(&text, file, format, config.schema()),
            made: Some(self.made),
            under_way: false,
        }
    }
}

impl OutputText {
    /// The line, from 0, on which a setting stands.
    #[must_use]
    pub fn line_of(&self, path: &FieldPath) -> Option<usize> {
        self.lines
            .iter()
            .position(|line| line.path.as_ref() == Some(path))
    }
}

impl App {
    fn shows_output(&self) -> bool {
        let in_pane = self.side == Side::Output && self.size.width >= super::layout::WIDE;
        in_pane || matches!(self.windows.last(), Some(Window::Output(_)))
    }

    /// Asks for the text anew when it shows and something changed; one text is made at a time.
    pub(super) fn refresh_output(&mut self, effects: &mut Vec<Effect>) {
        if !self.shows_output() || !self.settled || self.output_text.under_way {
            return;
        }
        let Some(config) = &self.config else { return };
        let made = Made {
            ticket: self.ticket,
            loaded: self.loaded.as_ref().map(|found| found.fingerprint.sha256),
            file: self.facts.output.clone(),
        };
        if self.output_text.made.as_ref() == Some(&made) {
            return;
        }
        self.output_text.under_way = true;
        effects.push(Effect::Output(Box::new(Wanted {
            made,
            workspace: self.facts.workspace.clone(),
            profile: self.profile().map(str::to_owned),
            config: config.masked(),
            existing: self.loaded.as_ref().map(|found| found.bytes.clone()),
        })));
    }

    /// The text is there; a window that was opened for it goes to the setting it was opened on.
    pub(super) fn output_made(&mut self, text: OutputText) {
        self.output_text = text;
        let at = self
            .input()
            .and_then(|input| self.output_line(&input.path))
            .map(|(line, _)| line);
        let (lines, height) = (self.output_text.lines.len(), list_height(self.size));
        if let Some(Window::Output(screen)) = self.windows.last_mut() {
            let first = !std::mem::replace(&mut screen.arrived, true);
            let at = at.filter(|_| first).unwrap_or(screen.cursor.at);
            screen.cursor.go(at, lines, height, !first);
        }
    }

    pub(super) fn open_output(&mut self) {
        if self.config.is_none() {
            return self.say_not_judged();
        }
        // What was shown last may be of another file: nothing of it is told as this text.
        self.output_text = OutputText {
            under_way: self.output_text.under_way,
            ..OutputText::default()
        };
        self.windows.push(Window::Output(OutputScreen::default()));
    }

    /// The setting on the chosen line of the output, when that is in front.
    #[must_use]
    pub fn output_path(&self) -> Option<&FieldPath> {
        let Some(Window::Output(screen)) = self.windows.last() else {
            return None;
        };
        self.output_text.lines.get(screen.cursor.at)?.path.as_ref()
    }

    pub(super) fn act_in_output(&mut self, action: Action) {
        let path = self.output_path().cloned();
        let (lines, height) = (self.output_text.lines.len(), list_height(self.size));
        let Some(Window::Output(screen)) = self.windows.last_mut() else {
            return;
        };
        let longest = self.output_text.lines.iter();
        let longest = longest.map(|line| width(&line.text)).max().unwrap_or(0);
        match (step_of(action), action) {
            (None, Action::Right) if screen.shift + SHIFT >= longest => {
                self.say_line("No line goes further to the right.");
            }
            (Some(step), _) => screen.cursor.step(step, lines, height, |_| true),
            (None, Action::Right) => screen.shift += SHIFT,
            (None, Action::Left) if screen.shift > 0 => {
                screen.shift = screen.shift.saturating_sub(SHIFT);
            }
            (None, Action::CloseOutput | Action::Back | Action::Left) => drop(self.windows.pop()),
            (None, Action::Open) => match path {
                Some(path) if self.go_to(&path) => {}
                Some(path) => self.say_line(format!("{path} is hidden as things are.")),
                None => self.say_line("No setting begins on this line."),
            },
            _ => {}
        }
    }
}
