//! Where writing goes while files are opened, and while undo takes their opening back.
//! Leaves to others: opening (`files`), what undo is (`answers`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::answers::Base;
use crate::store::Found;

/// A place to write to, with what is known of it.
#[derive(Clone, Debug)]
pub struct Output {
    pub file: PathBuf,
    /// Is there something already?
    pub exists: bool,
    /// As last read or written.
    pub loaded: Option<Found>,
}

/// Which of the opened files took the output over, and what it was without them.
#[derive(Clone, Debug, Default)]
pub struct WritesTo {
    /// The output as it was before any file took it over.
    home: Option<PathBuf>,
    /// Each with its output.
    taken: Vec<(Arc<Base>, PathBuf)>,
    /// The outputs that were left, as they were then.
    aside: BTreeMap<PathBuf, Output>,
}

impl WritesTo {
    /// `base` is opened to be written back; until now writing went to `now`.
    pub fn take(&mut self, base: &Arc<Base>, now: Output) {
        if now.file != base.file {
            self.home.get_or_insert_with(|| now.file.clone());
            self.aside.insert(now.file.clone(), now);
        }
        self.taken.push((Arc::clone(base), base.file.clone()));
    }

    /// `base` is a preset: writing goes where it went before.
    pub fn stays(&mut self, base: &Arc<Base>, output: &Path) {
        self.taken.push((Arc::clone(base), output.to_owned()));
    }

    /// `base` is `now` from now on, and says the same.
    pub fn is_now(&mut self, base: &Arc<Base>, now: &Arc<Base>) {
        for (taken, _) in &mut self.taken {
            if Arc::ptr_eq(taken, base) {
                *taken = Arc::clone(now);
            }
        }
    }

    /// Undo or redo left one base for another. The output goes along when it was that of the base that was left;
    /// one that was named since then stays: `None`.
    pub fn follow(
        &mut self,
        left: Option<&Arc<Base>>,
        open: Option<&Arc<Base>>,
        now: &Output,
    ) -> Option<Output> {
        let from = self.of(left)?;
        let to = self.of(open)?;
        if from != now.file || to == now.file {
            return None;
        }
        self.aside.insert(now.file.clone(), now.clone());
        self.aside.get(&to).cloned()
    }

    /// Where writing goes with this base.
    fn of(&self, base: Option<&Arc<Base>>) -> Option<PathBuf> {
        let mut taken = self.taken.iter();
        let of_base = base.and_then(|base| taken.find(|(taken, _)| Arc::ptr_eq(taken, base)));
        of_base
            .map(|(_, output)| output.clone())
            .or_else(|| self.home.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(file: &str) -> Arc<Base> {
        Arc::new(Base {
            file: file.into(),
            profile: None,
            values: BTreeMap::new(),
            preset: None,
        })
    }

    fn output(file: &str) -> Output {
        Output {
            file: file.into(),
            exists: false,
            loaded: None,
        }
    }

    fn followed(to: Option<Output>) -> Option<String> {
        to.map(|output| output.file.to_string_lossy().into_owned())
    }

    #[test]
    fn undo_and_redo_take_the_output_along() {
        let (a, b) = (base("a"), base("b"));
        let mut writes = WritesTo::default();
        writes.take(&a, output("home"));
        writes.take(&b, output("a"));
        for (left, open, now, expected) in [
            (Some(&b), Some(&a), "b", Some("a")),
            (Some(&a), None, "a", Some("home")),
            (None, Some(&a), "home", Some("a")),
            // Named since then.
            (Some(&a), None, "elsewhere", None),
            (None, Some(&a), "elsewhere", None),
        ] {
            let to = writes.follow(left, open, &output(now));
            assert_eq!(followed(to).as_deref(), expected, "{now}");
        }
    }

    #[test]
    fn a_preset_leaves_it_where_it_was() {
        let (a, preset) = (base("a"), base("preset"));
        let mut writes = WritesTo::default();
        writes.take(&a, output("home"));
        writes.stays(&preset, Path::new("a"));
        for (left, open) in [(&preset, &a), (&a, &preset)] {
            let to = writes.follow(Some(left), Some(open), &output("a"));
            assert_eq!(followed(to), None);
        }
        let to = writes.follow(Some(&preset), None, &output("a"));
        assert_eq!(followed(to).as_deref(), Some("home"));
    }

    #[test]
    fn a_file_that_is_only_a_base_leaves_it() {
        let mut writes = WritesTo::default();
        let only_base = base("base");
        assert!(
            writes
                .follow(Some(&only_base), None, &output("home"))
                .is_none()
        );
        let a = base("a");
        writes.take(&a, output("home"));
        let to = writes.follow(Some(&a), Some(&only_base), &output("a"));
        assert_eq!(followed(to).as_deref(), Some("home"));
    }
}
