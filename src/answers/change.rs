//! One step of undo, and what taking it back or doing it again is called.

use std::sync::Arc;

use super::base::replace_base;
use super::{Base, Said};
use crate::problem::counted;
use crate::schema::FieldPath;
use crate::value::Value;

/// What took the place of all that was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A preset that was loaded.
    Preset,
    /// A file that others changed and what was said, brought together.
    Together,
}

/// One step of undo.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Answer {
        path: FieldPath,
        before: Option<Value>,
        after: Option<Value>,
    },
    /// Many answers at once.
    Answers(Vec<Change>),
    Profile {
        before: Option<String>,
        after: Option<String>,
    },
    Base {
        before: Option<Arc<Base>>,
        after: Option<Arc<Base>>,
    },
    /// Something took the place of all that was said.
    All {
        before: Box<Said>,
        after: Box<Said>,
        what: Whole,
    },
}

impl Change {
    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Answer {
                path,
                before,
                after,
            } => Self::Answer {
                path,
                before: after,
                after: before,
            },
            Self::Answers(changes) => {
                Self::Answers(changes.into_iter().map(Self::reversed).collect())
            }
            Self::Profile { before, after } => Self::Profile {
                before: after,
                after: before,
            },
            Self::Base { before, after } => Self::Base {
                before: after,
                after: before,
            },
            Self::All {
                before,
                after,
                what,
            } => Self::All {
                before: after,
                after: before,
                what,
            },
        }
    }

    /// What taking this step back did, or with `again` what doing it once more did.
    #[must_use]
    pub fn sentence(&self, again: bool, name: &str, show: impl Fn(&Value) -> String) -> String {
        let done = if again { "Done again" } else { "Undone" };
        match self {
            Self::Answer { before, after, .. } => match if again { after } else { before } {
                Some(value) => format!("{done}: {name} is {} again.", show(value)),
                None => format!("{done}: {name} has no answer of yours."),
            },
            Self::Answers(changes) => {
                let count = counted(changes.len(), "answer");
                let comes = |change: &Self| match change {
                    Self::Answer { before, after, .. } => {
                        if again { after } else { before }.is_some()
                    }
                    _ => false,
                };
                let what = if changes.iter().any(comes) {
                    "here again"
                } else {
                    "taken back"
                };
                format!("{done}: {count} {what}.")
            }
            Self::Profile { before, after } => {
                let name = if again { after } else { before };
                let name = name.as_deref().unwrap_or("none");
                format!("{done}: the profile is {name} again, the answers are kept.")
            }
            Self::Base { before, after } => match if again { after } else { before } {
                Some(base) => format!("{done}: {} is open again.", base.name()),
                None => format!("{done}: no file is open."),
            },
            Self::All { after, what, .. } => {
                let was = match what {
                    Whole::Together => "the file was brought together".to_owned(),
                    Whole::Preset => format!("{} was loaded", named(after)),
                };
                match (what, again) {
                    (_, false) => format!("{done}: all is as it was before {was}."),
                    (Whole::Together, true) => {
                        format!("{done}: what others changed in the file is in here again.")
                    }
                    (Whole::Preset, true) => format!("{done}: {} is loaded again.", named(after)),
                }
            }
        }
    }

    pub(super) fn replace_base(&mut self, old: &Arc<Base>, new: &Arc<Base>) {
        match self {
            Self::Answer { .. } | Self::Answers(_) | Self::Profile { .. } => {}
            Self::Base { before, after } => {
                replace_base(before, old, new);
                replace_base(after, old, new);
            }
            Self::All { before, after, .. } => {
                before.replace_base(old, new);
                after.replace_base(old, new);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Answer { before, after, .. } => before == after,
            Self::Answers(changes) => changes.iter().all(Self::is_empty),
            Self::Profile { before, after } => before == after,
            Self::Base { before, after } => before == after,
            Self::All { before, after, .. } => before == after,
        }
    }
}

/// What lies under it, for a sentence.
fn named(said: &Said) -> String {
    let base = said.base.as_ref();
    base.map_or_else(|| "a preset".to_owned(), |base| base.name())
}
