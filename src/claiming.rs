//! The output file claimed for this wizard, and who else has it open in one: told, never refused.
//! Leaves to others: the claim itself (`store`), the comparison that keeps both safe (`store`), saying it (`tui`, `plain`, `cli`).

use std::path::{Path, PathBuf};

use crate::draft;
use crate::problem::Problem;
use crate::store::{self, Claim, Claimed, Holder};

/// Somebody else who has the same file open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    pub user: String,
    /// `ops on pts/3 (process 4711)`.
    pub name: String,
    /// `ops on pts/3 (process 4711), since 2026-11-22 10:02:03 UTC, last key 2026-11-22 10:05 UTC`.
    pub sentence: String,
}

/// What anybody may do all the same.
pub const SAFE: &str = "Working on is safe: what both change is asked about before a write.";

impl Other {
    fn of(holder: Option<Holder>) -> Self {
        let Some(holder) = holder else {
            return Self {
                user: "somebody".to_owned(),
                name: "somebody".to_owned(),
                sentence: "somebody who does not say who".to_owned(),
            };
        };
        let key = last_key(&holder).map(|key| format!(", last key {key}"));
        Self {
            sentence: format!("{}{}", holder.sentence(), key.unwrap_or_default()),
            name: holder.name(),
            user: holder.user,
        }
    }
}

/// When the wizard of this holder last took a key that changed something: its draft knows.
fn last_key(holder: &Holder) -> Option<String> {
    let (drafts, _) = draft::all(&draft::folder()?);
    let mut of_it = drafts.iter().filter(|draft| {
        let keeps = &draft.header.holder;
        draft.runs && (keeps.pid, keeps.started) == (holder.pid, holder.started)
    });
    of_it.next().map(draft::Draft::last_key)
}

/// The one claim that a wizard holds.
#[derive(Debug, Default)]
pub struct Claiming {
    held: Option<(PathBuf, Claim)>,
}

impl Claiming {
    /// Claims this file, and lets an earlier one go; who has it already, when somebody has. Where nothing can be noted
    /// beside it nobody is known.
    pub fn claim(&mut self, file: &Path) -> Option<Other> {
        if self.held.as_ref().is_some_and(|(held, _)| held == file) {
            return None;
        }
        self.held = None;
        match store::claim(file) {
            Ok(Claimed::Ours(claim)) => {
                self.held = Some((file.to_owned(), claim));
                None
            }
            Ok(Claimed::Held(holder)) => Some(Other::of(holder)),
            Ok(Claimed::NoFolder) | Err(_) => None,
        }
    }
}

/// Who has this file open in a wizard now; nothing is claimed.
#[must_use]
pub fn other(file: &Path) -> Option<Other> {
    store::claimed_by(file).map(|holder| Other::of(Some(holder)))
}

/// What whoever writes this file without a wizard should know.
#[must_use]
pub fn warning(file: &Path) -> Option<Problem> {
    let other = other(file)?;
    let warning = Problem::warning(format!("It is open in a wizard: {}.", other.sentence));
    let hint = "That wizard is asked about what changes here before it writes.";
    Some(warning.hint(hint).in_file(file, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_claim_at_a_time_and_it_goes_along_with_the_file() {
        let room = tempfile::tempdir().unwrap();
        let [a, b] = ["a.toml", "b.toml"].map(|name| room.path().join(name));
        let (mut first, mut second) = (Claiming::default(), Claiming::default());
        assert_eq!(first.claim(&a), None);
        assert_eq!(first.claim(&a), None, "it is its own");
        let told = second.claim(&a).unwrap();
        assert!(
            told.sentence
                .contains(&format!("process {}", std::process::id())),
            "{told:?}"
        );
        assert_eq!(other(&a), Some(told));
        assert_eq!(first.claim(&b), None);
        assert_eq!(other(&a), None);
        assert_eq!(second.claim(&a), None, "it is free now");
        drop((first, second));
        assert_eq!(std::fs::read_dir(room.path()).unwrap().count(), 0);
    }

    #[test]
    fn nothing_is_made_for_a_file_whose_folder_is_not_there() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("config/v.toml");
        assert_eq!(Claiming::default().claim(&file), None);
        assert_eq!(std::fs::read_dir(room.path()).unwrap().count(), 0);
    }
}
