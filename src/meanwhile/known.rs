//! What is known of the output file besides its last reading: that it was not there, and what was brought together with
//! it, so that undo brings that knowledge back as well.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::answers::Base;
use crate::store::Found;

#[derive(Debug, Default)]
pub struct Known {
    /// The file that was not there when it became the output.
    absent: Option<PathBuf>,
    steps: Vec<Step>,
}

/// One bringing together: the base that it made, and what was known of the file on both sides of it.
#[derive(Debug)]
struct Step {
    base: Arc<Base>,
    before: Option<Found>,
    after: Found,
}

impl Known {
    #[must_use]
    pub fn of(file: &Path, exists: bool) -> Self {
        Self {
            absent: (!exists).then(|| file.to_owned()),
            ..Self::default()
        }
    }

    /// Is it known that it was not there?
    #[must_use]
    pub fn was_absent(&self, file: &Path) -> bool {
        self.absent.as_deref() == Some(file)
    }

    /// One that appears there from now on is somebody else's.
    pub fn is_absent(&mut self, file: &Path) {
        self.absent = Some(file.to_owned());
    }

    /// Nothing is known of whether there was one.
    pub fn forget(&mut self) {
        self.absent = None;
    }

    /// Is what was found another state of the file than was read, or there though it was not?
    #[must_use]
    pub fn is_other(&self, file: &Path, read: Option<&Found>, found: Option<&Found>) -> bool {
        match (read, found) {
            (Some(read), Some(found)) => read.fingerprint != found.fingerprint,
            (None, Some(_)) => self.was_absent(file),
            (_, None) => false,
        }
    }

    pub fn brought_together(&mut self, base: Arc<Base>, before: Option<Found>, after: Found) {
        self.steps.push(Step {
            base,
            before,
            after,
        });
    }

    /// Undo or redo left one base for another: `read` goes along, unless the file was written since. `true` when it is
    /// again what was brought together.
    pub fn follow(
        &self,
        left: Option<&Arc<Base>>,
        open: Option<&Arc<Base>>,
        read: &mut Option<Found>,
    ) -> bool {
        let now = read.as_ref().map(|found| found.fingerprint.clone());
        for step in &self.steps {
            let is = |other: Option<&Arc<Base>>| other.is_some_and(|o| Arc::ptr_eq(&step.base, o));
            let before = step.before.as_ref().map(|found| &found.fingerprint);
            match (is(left), is(open)) {
                (true, false) if now.as_ref() == Some(&step.after.fingerprint) => {
                    read.clone_from(&step.before);
                    return false;
                }
                (false, true) if now.as_ref() == before => {
                    *read = Some(step.after.clone());
                    return true;
                }
                _ => {}
            }
        }
        false
    }
}
