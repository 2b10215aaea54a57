//! The review: the plan of what would be written, its changes, and the buttons. Nothing is written before it was seen.

use std::path::Path;
use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::layout::review_height;
use super::list::Cursor;
use super::preset_stands::Word;
use super::restoring::Restores;
use super::text::{fit, fit_left, fold, fold_into};
use super::theme;
use super::typed::Typed;
use super::window::Window;
use crate::answers::Said;
use crate::clean;
use crate::command_line::{Command, Wanted, command};
use crate::prepare::{self, Changed, Prepared};
use crate::problem::{Counts, Problem, counted};
use crate::store::{Outcome, Plan};

/// The state of the window.
#[derive(Debug)]
pub struct Review {
    pub planned: Prepared,
    /// Shared with the thread that carries it out.
    pub plan: Result<Arc<Plan>, Problem>,
    /// What was said when it was planned: that is what the file will hold.
    pub said: Said,
    pub cursor: Cursor,
    pub focus: Focus,
    /// Why it is written, as it is typed.
    pub note: Typed,
    /// The note as it was kept last.
    pub noted: String,
    /// Why the write button is off.
    pub refusal: Option<String>,
    /// The write is under way.
    pub writing: bool,
    /// The version that is restored, when it is no configuration of the screen that is written.
    pub restores: Option<Restores>,
}

/// What the keys go to: the rows first, and Back where there is none or nothing may be written. A button is pressed
/// only while it is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Rows,
    Write,
    Note,
    Back,
}

impl Review {
    #[must_use]
    pub fn new(mut planned: Prepared, said: Said, refusal: Option<String>) -> Self {
        let taken = Err(Problem::error("The plan is taken."));
        let plan = std::mem::replace(&mut planned.plan, taken).map(Arc::new);
        // Its whole sentence, with what to do, stands in the window.
        let refusal = refusal.or_else(|| Some(plan.as_ref().err()?.message.clone()));
        let is_same = |plan: &Arc<Plan>| plan.outcome == Outcome::Same;
        let focus = if refusal.is_some() || plan.as_ref().is_ok_and(is_same) {
            Focus::Back
        } else {
            Focus::Rows
        };
        Self {
            planned,
            plan,
            said,
            cursor: Cursor::default(),
            focus,
            note: Typed::new(""),
            noted: String::new(),
            refusal,
            writing: false,
            restores: None,
        }
    }

    /// Its plan writes this version again.
    #[must_use]
    pub fn restoring(mut self, restores: Restores) -> Self {
        if self.planned.changes.is_empty() {
            self.focus = Focus::Back;
        }
        self.restores = Some(restores);
        self
    }

    #[must_use]
    pub fn title(&self) -> String {
        match &self.restores {
            Some(restores) => {
                format!(
                    "Restore generation {}: nothing is written yet",
                    restores.number
                )
            }
            None => "Review: nothing is written yet".to_owned(),
        }
    }

    /// What its first button does, for the footer.
    #[must_use]
    pub fn verb(&self) -> &'static str {
        self.restores.as_ref().map_or("write", |_| "restore")
    }

    /// Has it a note? Where nothing can be written there is nothing to say about it.
    #[must_use]
    pub fn has_note(&self) -> bool {
        self.refusal.is_none() && !self.is_same()
    }

    /// Does the file say the same already?
    #[must_use]
    pub fn is_same(&self) -> bool {
        let plan = self.plan.as_ref();
        plan.is_ok_and(|plan| plan.outcome == Outcome::Same)
    }
}

/// Inside this many rows facts that stand elsewhere too make room for the list.
const SHORT: usize = 12;

/// Rows that say what the file loses.
const LOST_ROWS: usize = 2;

/// Rows that say who else has the file open.
const HELD_ROWS: usize = 2;

/// So many problems are named; the key that lists all stands behind the count of them.
const NAMED: usize = 3;

/// Rows that the list keeps where the problems would take its room.
const LEAST_ROWS: usize = 3;

/// Columns of a fact's name.
pub const FACT: usize = 11;

/// A row of the review's list.
#[derive(Debug)]
pub enum Row<'a> {
    Change(&'a Changed),
    /// A line on the command that does the same.
    Text(String),
    Gap,
}

/// The review as it stands in a window of this size: what is above the list, the list, what is below it.
#[derive(Debug)]
pub struct Page<'a> {
    /// The plan in one sentence, folded.
    pub plan: Vec<String>,
    pub heading: String,
    /// The changes, then the command that does the same.
    pub rows: Vec<Row<'a>>,
    pub facts: Vec<(&'static str, String)>,
    /// Are the parts separated by empty lines?
    pub airy: bool,
    /// Rows of the list that show.
    pub list: usize,
}

impl<'a> Page<'a> {
    #[must_use]
    pub fn of(app: &App, review: &'a Review) -> Self {
        let planned = &review.planned;
        let columns = usize::from(app.size.width).saturating_sub(4);
        let height = review_height(app.size);
        let airy = height >= SHORT;
        let plan = match &review.plan {
            Ok(plan) => prepare::summary(plan, &app.facts.here),
            Err(problem) => {
                let file = app.shown_path(&planned.file);
                format!("✗ {file}: {}", problem.sentence())
            }
        };
        let plan = fold_into(&plan, columns, 4);
        let against = if planned.against_file {
            "the file as it is".to_owned()
        } else {
            app.profile().unwrap_or("the profile").to_owned()
        };
        let heading = if review.restores.is_some() && !planned.against_file {
            "The file is not there: this makes it again".to_owned()
        } else {
            format!("Against {against}: {} changed", planned.changes.len())
        };
        let remarks = review.plan.iter().flat_map(|plan| plan.remarks());
        let file = planned.lost.iter().cloned().chain(remarks);
        let mut facts: Vec<(&str, String)> = file
            .flat_map(|text| fold_into(&text, columns.saturating_sub(FACT), LOST_ROWS))
            .enumerate()
            .map(|(n, line)| (if n == 0 { "File" } else { "" }, line))
            .collect();
        if let Some(restores) = &review.restores {
            facts.push(("Version", restores.about(columns.saturating_sub(FACT))));
        }
        if let Some(other) = app.other() {
            let room = columns.saturating_sub(FACT);
            let text = if airy { &other.sentence } else { &other.name };
            let lines = fold_into(text, room, if airy { HELD_ROWS } else { 1 });
            let lines = lines.into_iter().enumerate();
            facts.extend(lines.map(|(n, line)| (if n == 0 { "Held by" } else { "" }, line)));
        }
        facts.push((
            "Secrets",
            format!(
                "{}, {} in clear",
                counted(planned.references, "reference"),
                planned.clear_secrets
            ),
        ));
        if planned.clear_secrets > 0 {
            let long = "its owner only; services of another user cannot read it";
            let short = "only its owner, no service of another user";
            let who = if FACT + long.len() <= columns {
                long
            } else {
                short
            };
            facts.push(("Readable", who.to_owned()));
        }
        let gaps = if airy { 2 } else { 0 };
        // In a short window it shares the row of the buttons: the count of problems keeps its own.
        let note = usize::from(airy && review.has_note());
        let mut taken = plan.len() + 1 + facts.len() + note + 1 + gaps;
        let mut rows: Vec<Row> = planned.changes.iter().map(Row::Change).collect();
        if let Some(command) = app.same_as(review) {
            if !rows.is_empty() && airy {
                rows.push(Row::Gap);
            }
            rows.extend(same_as(&command, columns).into_iter().map(Row::Text));
        }
        // The header counts them too, and their list names them.
        let room = height.saturating_sub(taken + rows.len().min(LEAST_ROWS));
        let room = if airy { NAMED + 1 } else { room };
        let problems = match &review.restores {
            Some(restores) => restores.problems(app, columns.saturating_sub(FACT), room),
            None => problems(app, columns.saturating_sub(FACT), room),
        };
        taken += problems.len();
        facts.extend(problems);
        Self {
            plan,
            heading,
            rows,
            facts,
            airy,
            list: height.saturating_sub(taken).max(1),
        }
    }

    /// May the cursor stand on this row?
    #[must_use]
    pub fn rests(&self, row: usize) -> bool {
        self.rows
            .get(row)
            .is_some_and(|row| !matches!(row, Row::Gap))
    }

    /// Does the command begin below what shows from this row on?
    #[must_use]
    pub fn hides_command(&self, offset: usize) -> bool {
        let first = self.rows.iter().position(|row| matches!(row, Row::Text(_)));
        first.is_some_and(|first| first + 1 >= offset + self.list)
    }
}

/// The count of problems, and the first of them with their paths, on so many rows.
fn problems(app: &App, columns: usize, rows: usize) -> Vec<(&'static str, String)> {
    let listed = app.listed_problems();
    let counts = Counts::of(listed.iter().copied());
    let key = app.keymap.key(Action::Problems);
    let count = if listed.len() > NAMED.min(rows.saturating_sub(1)) {
        format!("{counts}; {key} lists all")
    } else {
        counts.to_string()
    };
    named(app, &listed, count, columns, rows)
}

/// A count, and below it the first of these problems.
pub(super) fn named(
    app: &App,
    listed: &[&Problem],
    count: String,
    columns: usize,
    rows: usize,
) -> Vec<(&'static str, String)> {
    let most = NAMED.min(rows.saturating_sub(1));
    let named = listed.iter().take(most).map(|problem| {
        let sign = theme::sign(problem.severity);
        let name = match (&problem.path, &problem.place) {
            (Some(path), _) => fit_left(path.as_str(), columns / 2),
            (None, Some(place)) => app.short_place(place, columns / 2),
            (None, None) => String::new(),
        };
        (
            "",
            fit(&format!("{sign} {name}: {}", problem.message), columns),
        )
    });
    let all = std::iter::once(("Problems", count)).chain(named);
    all.take(rows).collect()
}

/// The command over lines, with what it needs.
fn same_as(command: &Command, columns: usize) -> Vec<String> {
    // Pointer and indent.
    let room = columns.saturating_sub(4);
    let mut lines = vec!["Same as".to_owned()];
    lines.extend(
        command
            .lines(room)
            .into_iter()
            .map(|line| format!("  {line}")),
    );
    for note in command.notes() {
        lines.extend(fold(&note, columns.saturating_sub(2)));
    }
    lines
}

impl App {
    /// The command that writes what this review shows; `None` when it may not be written, or no command says the same.
    fn same_as(&self, review: &Review) -> Option<Command> {
        if let Some(restores) = &review.restores {
            return self.same_restoring(review, restores.number);
        }
        // With --readonly the command is for whoever may write.
        if self.unfit().is_some() || review.plan.is_err() {
            return None;
        }
        let schema = self.schema.as_ref()?;
        let said = self.without_given(&review.said);
        // What was saved as a preset is said by its name.
        let saved = self.saved_as(&review.said).or_else(|| self.saved_as(&said));
        let alone = saved.is_some().then(|| Said {
            profile: review.said.profile.clone(),
            ..Said::default()
        });
        let said = alone.as_ref().unwrap_or(&said);
        let of_base = match &said.base {
            Some(base) => self.word_of_base(base),
            None => Word::None,
        };
        let preset = match (saved, of_base) {
            (Some(saved), _) => Some(saved),
            (None, Word::Preset(word)) => Some(word),
            (None, Word::None) => None,
            (None, Word::Gone) => return None,
        };
        let from = match &said.base {
            Some(base) if preset.is_none() => Some(self.word_of(&base.file)?),
            _ => None,
        };
        let workspace = if self.facts.workspace == self.facts.here {
            None
        } else {
            Some(self.word_of(&self.facts.workspace)?)
        };
        command(&Wanted {
            schema,
            said,
            environment: &self.environment,
            hidden: self.composition.hidden(),
            from,
            preset: preset.as_deref(),
            workspace,
            output: self.word_of(&review.planned.file)?,
            note: Some(review.noted.as_str()).filter(|note| !note.is_empty()),
        })
    }

    /// A path as a word of a command given where the program was started; `None` when no such word shows it.
    pub(super) fn word_of<'a>(&self, path: &'a Path) -> Option<&'a str> {
        let short = path.strip_prefix(&self.facts.here).unwrap_or(path);
        short.to_str().filter(|word| clean::is_clean(word))
    }

    /// The command that does the same as the review in front, on one line.
    #[must_use]
    pub fn review_command(&self) -> Option<String> {
        match self.windows.last() {
            Some(Window::Review(review)) => self.same_as(review).map(|command| command.line()),
            _ => None,
        }
    }
}
