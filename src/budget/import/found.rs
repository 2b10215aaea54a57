//! The problems of one import: each with its line, the first dozen in full and the rest as a number.

use std::path::Path;

use crate::problem::{Problem, counted};

/// A file with more wrong lines than this is some other kind of file.
const MOST: usize = 12;

/// Collects what is wrong in one file.
#[derive(Debug)]
pub(super) struct Found<'a> {
    file: &'a Path,
    errors: Vec<Problem>,
    more: usize,
    warnings: Vec<Problem>,
}

impl<'a> Found<'a> {
    pub fn in_file(file: &'a Path) -> Self {
        Self {
            file,
            errors: Vec::new(),
            more: 0,
            warnings: Vec::new(),
        }
    }

    pub fn error(&mut self, line: impl Into<Option<usize>>, message: String, hint: &str) {
        if self.errors.len() == MOST {
            self.more += 1;
            return;
        }
        let problem = Problem::error(message).hint(hint);
        self.errors.push(problem.in_file(self.file, line.into()));
    }

    pub fn warning(&mut self, line: impl Into<Option<usize>>, message: String, hint: &str) {
        if self.warnings.len() < MOST {
            let problem = Problem::warning(message).hint(hint);
            self.warnings.push(problem.in_file(self.file, line.into()));
        }
    }

    /// Is there anything that forbids the import?
    pub fn refuses(&self) -> bool {
        !self.errors.is_empty()
    }

    /// All of them: errors first, of each kind in the order of the file.
    pub fn problems(mut self) -> Vec<Problem> {
        let line = |problem: &Problem| problem.place.as_ref().and_then(|place| place.line);
        self.errors.sort_by_key(line);
        self.warnings.sort_by_key(line);
        let mut problems = self.errors;
        if self.more > 0 {
            let lines = counted(self.more, "more problem");
            problems.push(
                Problem::error(format!("There are {lines} like these."))
                    .hint("Is it the right file?")
                    .in_file(self.file, None),
            );
        }
        problems.extend(self.warnings);
        problems
    }
}
