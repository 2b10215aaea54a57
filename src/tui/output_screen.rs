//! The text that would be written, line by line, each with the setting that stands on it. Secrets are masked before
//! the text is made. Serves window and side pane.

use super::action::Action;
use super::app::App;
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::output_lines;
use super::side_pane::Side;
use super::window::Window;
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
    file: std::path::PathBuf,
}

/// The text as of the last verdict.
#[derive(Clone, Debug, Default)]
pub struct OutputText {
    pub lines: Vec<Line>,
    made: Option<Made>,
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

    /// Makes the text anew when it shows and something changed.
    pub(super) fn refresh_output(&mut self) {
        if !self.shows_output() || !self.settled {
            return;
        }
        let made = Made {
            ticket: self.ticket,
            loaded: self.loaded.as_ref().map(|found| found.fingerprint.sha256),
            file: self.facts.output.clone(),
        };
        if self.output_text.made.as_ref() != Some(&made) {
            self.output_text = OutputText {
                lines: self.output_lines(),
                made: Some(made),
            };
        }
    }

    fn output_lines(&self) -> Vec<Line> {
        let Some(config) = &self.config else {
            return Vec::new();
        };
        let masked = config.masked();
        let format = Format::of(&self.facts.output).unwrap_or(Format::Toml);
        let old = self
            .loaded
            .as_ref()
            .map(|found| std::str::from_utf8(&found.bytes));
        let workspace = Workspace::at(&self.facts.workspace);
        let old = old.and_then(Result::ok);
        let file = &self.facts.output;
        let text = prepare::text(&workspace, file, format, old, &masked, self.profile());
        let text = text.unwrap_or_else(|problem| format!("# ✗ {}\n", problem.sentence()));
        let paths = output_lines::paths(file, format, &text, config.schema());
        output_lines::lines(&text, paths)
    }

    pub(super) fn open_output(&mut self) {
        if self.config.is_none() {
            return self.say_not_judged();
        }
        self.windows.push(Window::Output(OutputScreen::default()));
        self.refresh_output();
        let at = self
            .input()
            .and_then(|input| self.output_line(&input.path))
            .map(|(line, _)| line);
        let (lines, height) = (self.output_text.lines.len(), list_height(self.size));
        if let Some(Window::Output(screen)) = self.windows.last_mut() {
            screen.cursor.go(at.unwrap_or(0), lines, height, false);
        }
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
        match (step_of(action), action) {
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
