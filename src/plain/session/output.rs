//! Where the session writes: the plan, what became of the output file meanwhile, and that it was written.
//! Leaves to others: asking and carrying the plan out (`review`).

use std::path::PathBuf;

use super::Session;
use crate::prepare::{Prepared, prepare};
use crate::store;

impl Session {
    /// The plan of writing what is in force; `None` before the first verdict.
    #[must_use]
    pub fn plan(&self) -> Option<Prepared> {
        let config = self.config.as_ref()?;
        Some(prepare(
            &self.workspace,
            &self.output,
            config,
            self.profile(),
            self.baseline(),
        ))
    }

    /// Did somebody else change the output file since it was read?
    #[must_use]
    pub fn changed_meanwhile(&self, prepared: &Prepared) -> bool {
        let (file, found) = (&prepared.file, prepared.found.as_ref());
        self.known.is_other(file, self.loaded.as_ref(), found)
    }

    /// Was the output file removed since it was read?
    #[must_use]
    pub fn gone_meanwhile(&self, prepared: &Prepared) -> bool {
        self.loaded.is_some() && prepared.found.is_none() && !prepared.blocked
    }

    /// The output file that is gone is written as a new one.
    pub fn write_anew(&mut self) {
        self.loaded = None;
        self.known.is_absent(&self.output);
    }

    /// Writes to another file from now on.
    pub fn write_to(&mut self, file: PathBuf) {
        if file != self.output {
            self.output = file;
            self.loaded = None;
        }
    }

    /// What is said now is what the output file holds.
    pub fn is_written(&mut self, found: Option<store::Found>) {
        self.saved = self.answers.said().clone();
        if found.is_some() {
            self.loaded = found;
        }
    }
}
