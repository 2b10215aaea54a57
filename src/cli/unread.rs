//! What of a file could not be read, so that `diff` says of those settings that they were not compared.
//! Leaves to others: reading (`input`), comparing (`diff`).

use crate::diff::Diff;
use crate::input::Opened;
use crate::problem::{Severity, counted};
use crate::schema::FieldPath;

/// So many names are listed before "and 12 more".
const LISTED: usize = 8;

/// The settings of one side about which its file may have said something that was not understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Unread {
    /// Settings and sections.
    places: Vec<FieldPath>,
    /// Where a part of the text was not understood, only what was read is known.
    only: Option<Vec<FieldPath>>,
}

impl Unread {
    pub fn of(opened: &Opened) -> Self {
        let errors = || {
            let problems = opened.problems.iter();
            problems.filter(|problem| problem.severity == Severity::Error)
        };
        let read = |path: &FieldPath| opened.values.contains_key(path);
        Self {
            places: errors()
                .filter_map(|problem| problem.path.clone())
                .filter(|path| !read(path))
                .collect(),
            only: errors()
                .any(|problem| problem.path.is_none())
                .then(|| opened.values.keys().cloned().collect()),
        }
    }

    fn holds(&self, path: &FieldPath) -> bool {
        let unknown = |only: &Vec<FieldPath>| only.binary_search(path).is_err();
        let in_place = |place: &FieldPath| path == place || path.is_within(place.as_str());
        self.only.as_ref().is_some_and(unknown) || self.places.iter().any(in_place)
    }
}

/// Takes out what cannot be compared, and gives the names of it.
pub(super) fn leave_out(found: &mut Diff, left: &Unread, right: &Unread) -> Vec<FieldPath> {
    let mut missing = Vec::new();
    found.rows.retain(|row| {
        let unread = left.holds(row.path) || right.holds(row.path);
        if unread {
            missing.push(row.path.clone());
        }
        !unread
    });
    missing
}

/// `Not compared, for they could not be read: 3 settings: nats.enabled, …`; nothing when all were.
pub(super) fn told(missing: &[FieldPath]) -> String {
    let names: Vec<&str> = missing.iter().take(LISTED).map(FieldPath::as_str).collect();
    let more = match missing.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match missing.len() {
        0 => String::new(),
        1 => format!("Not compared, for it could not be read: {}.\n", names[0]),
        many => format!(
            "Not compared, for they could not be read: {}: {}{more}.\n",
            counted(many, "setting"),
            names.join(", ")
        ),
    }
}
