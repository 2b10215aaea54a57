//! What is wrong: severity, place, sentence and hint. Everything that reads or judges gives a list of these.
//! Leaves to others: how they are shown (`cli`, `tui`).

use std::fmt;
use std::path::{Path, PathBuf};

use crate::path::FieldPath;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Blocks writing and deploying. Shown as ✗.
    Error,
    /// A required field without a value; blocks writing too. Shown as ○.
    Open,
    /// Never blocks. Shown as !.
    Warning,
}

impl Severity {
    /// The word that messages and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Open => "to answer",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file that was read. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePlace {
    pub file: PathBuf,
    pub line: Option<usize>,
}

impl FilePlace {
    #[must_use]
    pub fn new(file: &Path, line: Option<usize>) -> Self {
        Self {
            file: file.to_owned(),
            line,
        }
    }
}

impl fmt::Display for FilePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = crate::clean::line(&self.file.to_string_lossy());
        match self.line {
            Some(line) => write!(f, "{file}:{line}"),
            None => f.write_str(&file),
        }
    }
}

/// One thing that is wrong. `message` says what, `hint` what is allowed and what to do now.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub severity: Severity,
    /// The field or section it concerns, when it concerns one.
    pub path: Option<FieldPath>,
    /// Where in a file, when a file was read.
    pub place: Option<FilePlace>,
    pub message: String,
    pub hint: Option<String>,
    /// The offending value as shown; never a secret.
    pub value: Option<String>,
}

impl Problem {
    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            path: None,
            place: None,
            message: message.into(),
            hint: None,
            value: None,
        }
    }

    #[must_use]
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    #[must_use]
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    #[must_use]
    pub fn open(message: impl Into<String>) -> Self {
        Self::new(Severity::Open, message)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn at(mut self, path: FieldPath) -> Self {
        self.path = Some(path);
        self
    }

    #[must_use]
    pub fn in_file(mut self, file: &Path, line: Option<usize>) -> Self {
        self.place = Some(FilePlace::new(file, line));
        self
    }

    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Message and hint as one text.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{} {hint}", self.message),
            None => self.message.clone(),
        }
    }
}

/// How many problems of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub errors: usize,
    pub open: usize,
    pub warnings: usize,
}

impl Counts {
    pub fn of<'a>(problems: impl IntoIterator<Item = &'a Problem>) -> Self {
        let mut counts = Self::default();
        for problem in problems {
            match problem.severity {
                Severity::Error => counts.errors += 1,
                Severity::Open => counts.open += 1,
                Severity::Warning => counts.warnings += 1,
            }
        }
        counts
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Why nothing can be written with these problems of settings; `next` is what the operator presses or types to go
    /// there.
    #[must_use]
    pub fn refusal(&self, next: &str) -> Option<String> {
        let settings = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 setting {one}"),
            n => format!("{n} settings {many}"),
        };
        match (self.errors, self.open) {
            (0, 0) => None,
            (0, open) => Some(format!(
                "{} an answer first; {next} goes there.",
                settings(open, "needs", "need")
            )),
            (errors, 0) => Some(format!(
                "{} wrong; {next} goes there.",
                settings(errors, "is", "are")
            )),
            (errors, open) => Some(format!(
                "{errors} wrong and {open} without an answer; {next} goes there."
            )),
        }
    }

    /// As [`Self::refusal`], with what is wrong beside the settings: `file` errors of the opened file and `other` ones,
    /// of schema, profiles and environment. `list` is what the operator presses or types to see those.
    #[must_use]
    pub fn refusal_beside(
        &self,
        file: usize,
        other: usize,
        next: &str,
        list: &str,
    ) -> Option<String> {
        let beside = match (file, other) {
            (0, 0) => return self.refusal(next),
            (file, 0) => format!("{} of the opened file", counted(file, "problem")),
            (0, other) => format!(
                "{} of schema, profiles or environment",
                counted(other, "problem")
            ),
            (file, other) => format!(
                "{} of the opened file, schema, profiles or environment",
                file + other
            ),
        };
        let lists = if file + other == 1 { "it" } else { "them" };
        let beside = format!("{beside}; {list} lists {lists}.");
        Some(match self.refusal(next) {
            Some(settings) => format!("{settings} And {beside}"),
            None => beside,
        })
    }

    /// Do these problems forbid writing?
    #[must_use]
    pub fn block(&self) -> bool {
        self.errors > 0 || self.open > 0
    }
}

/// Longer names are nobody's misspelling, and comparing them would take long.
const LONGEST_NAME: usize = 200;

/// `2 errors, 1 to answer, 1 warning`.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.errors, "error"))?;
        if self.open > 0 {
            write!(f, ", {} to answer", self.open)?;
        }
        write!(f, ", {}", counted(self.warnings, "warning"))
    }
}

/// `1 error`, `2 errors`: for words that take an s.
#[must_use]
pub fn counted(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
    }
}

/// The candidate nearest to a misspelt name, when one is near enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters wrong is still a slip; more is another word.
    let length = name.chars().count();
    let most = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|_| name.len() <= LONGEST_NAME)
        // Each letter more or less is a difference: comparing would say so at greater length.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= most)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
