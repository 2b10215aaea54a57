//! The output file was changed by somebody else since it was read: what it was, what it is, what was made of it here,
//! and what is said when the three are brought together.
//! Leaves to others: noticing it and writing (`store`), three values of a setting (`merge`), asking (`tui`, `plain`).

mod known;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::answers::{Base, Said};
use crate::clean;
use crate::config::Config;
use crate::files::{self, Opened};
use crate::input;
use crate::merge::{Fate, Merge, Row, Side, Values};
use crate::problem::{Problem, Severity};
use crate::profile::MODE;
use crate::schema::{FieldPath, Schema};
use crate::standing::Standing;
use crate::store::{self, Found};

pub use known::Known;

/// The file as it was known here.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    Read(Found),
    /// It was not there, or its text is not known any more: what would be in force without an answer stands in for it.
    Beneath(Values),
}

/// What became of it.
#[derive(Debug)]
pub enum Now {
    Gone,
    /// It cannot be read, or its text is broken, or it is no configuration of VAPORA any more.
    Unusable(Problem),
    Changed(Box<Changed>),
}

/// The file as it is now, beside what it was.
#[derive(Debug)]
pub struct Changed {
    pub opened: Opened,
    base: Values,
    /// The profile that it named.
    then_mode: Option<String>,
    /// Does what stands beneath the answers stand in for what the file was?
    pub beneath: bool,
}

/// What is said and in force here.
#[derive(Clone, Copy, Debug)]
pub struct Ours<'a> {
    pub said: &'a Said,
    pub environment: &'a Values,
    pub hidden: &'a BTreeSet<FieldPath>,
    pub config: &'a Config,
    /// The profile in force alone, when it is known.
    pub profile: Option<&'a Config>,
    /// The profile that the base was written on, alone, when it is known.
    pub base_profile: Option<&'a Config>,
}

/// What is said when all is brought together, and what of it the file says already.
#[derive(Debug)]
pub struct Together {
    pub said: Said,
    pub saved: Said,
    pub opened: Opened,
}

impl Then {
    /// What `read` tells of it; of a state that nobody knows the text of, its checksum is none.
    #[must_use]
    pub fn of(read: Option<&Found>, ours: &Ours) -> Self {
        match read.filter(|found| found.fingerprint.sha256 != UNKNOWN) {
            Some(found) => Self::Read(found.clone()),
            None => Self::Beneath(ours.beneath()),
        }
    }
}

/// The checksum of a text that is not known.
pub const UNKNOWN: [u8; 32] = [0; 32];

/// Looks at the file again. Blocks, for two seconds where Nickel must be evaluated.
#[must_use]
pub fn look(file: &Path, then: Then, schema: &Schema) -> Now {
    let opened = match store::read(file) {
        Ok(Some(found)) => files::of_found(file, found, schema),
        Ok(None) => return Now::Gone,
        Err(problem) => return Now::Unusable(problem),
    };
    let broken = opened.problems.iter();
    let mut broken =
        broken.filter(|problem| problem.severity == Severity::Error && problem.path.is_none());
    if let Some(problem) = broken.next() {
        return Now::Unusable(problem.clone());
    }
    if let Standing::Nothing(problem) = &opened.standing {
        return Now::Unusable(problem.clone());
    }
    let (base, then_mode, beneath) = match then {
        Then::Read(found) => {
            let read = input::open(file, &found.bytes, schema);
            (read.values, read.mode, false)
        }
        Then::Beneath(values) => (values, None, true),
    };
    Now::Changed(Box::new(Changed {
        opened,
        base,
        then_mode,
        beneath,
    }))
}

impl Ours<'_> {
    /// What would be in force without an answer, as far as profile and base say it.
    #[must_use]
    pub fn beneath(&self) -> Values {
        let mut values = Values::new();
        for (field, leaf) in self.profile.iter().flat_map(|profile| profile.iter()) {
            values.extend(leaf.value.clone().map(|value| (field.path.clone(), value)));
        }
        if let Some(base) = &self.said.base {
            let own = base.values.iter().filter(|(path, value)| {
                let shared = self.base_profile;
                shared.and_then(|profile| profile.value(path.as_str())) != Some(value)
            });
            values.extend(own.map(|(path, value)| (path.clone(), value.clone())));
        }
        values
    }

    /// Is there a word about it here, other than by profile and file?
    fn says(&self, path: &FieldPath) -> bool {
        self.environment.contains_key(path)
            || (self.said.answers.contains_key(path) && !self.hidden.contains(path))
    }
}

impl Changed {
    /// The three states of every setting that any of them names.
    #[must_use]
    pub fn merge(&self, ours: &Ours) -> Merge {
        let mut theirs = self.opened.base.values.clone();
        if self.beneath {
            // What such a file leaves out, it leaves to the profile.
            for (path, value) in &self.base {
                theirs.entry(path.clone()).or_insert_with(|| value.clone());
            }
        }
        let said = ours
            .config
            .iter()
            .filter(|(field, _)| self.base.contains_key(&field.path) || ours.says(&field.path));
        let own = said
            .filter_map(|(field, leaf)| Some((field.path.clone(), leaf.value.clone()?)))
            .collect();
        Merge::of(&self.base, &theirs, &own)
    }

    /// The profile that the file names now, when it is among these.
    fn mode(&self, known: &dyn Fn(&str) -> bool) -> Option<String> {
        let mode = self.opened.mode.as_deref().map(clean::line);
        mode.filter(|mode| known(mode))
    }

    /// The profile that holds when this was chosen: that of whoever alone chose another, else as for its setting.
    fn profile(&self, merge: &Merge, ours: &Ours, known: &dyn Fn(&str) -> bool) -> Option<String> {
        let own = ours.said.profile.clone();
        let theirs = self.mode(known);
        let then = self.then_mode.as_deref().map(clean::line);
        let row = merge.rows.iter().find(|row| row.path.as_str() == MODE);
        let chosen = match row.map(|row| (row.fate, row.side())) {
            Some((Fate::Theirs | Fate::Conflict(_), Some(Side::Theirs))) => theirs,
            Some((Fate::Conflict(_), Some(Side::Base))) => then.filter(|then| known(then)),
            // A profile of one's own may stand on the same mode.
            Some((Fate::Same, _)) if !self.beneath && own == then => theirs,
            _ => None,
        };
        chosen.or(own)
    }

    /// What is said when the rows hold as they were decided. `known` says whether there is a profile of that name.
    #[must_use]
    pub fn together(self, merge: &Merge, ours: &Ours, known: impl Fn(&str) -> bool) -> Together {
        let profile = self.profile(merge, ours, &known);
        let mode = self.mode(&known);
        let before = ours.said.base.as_ref();
        let before = before.filter(|base| base.file == self.opened.base.file);
        let base_profile = if mode.is_some() && mode == profile {
            mode.clone()
        } else {
            before.and_then(|base| base.profile.clone())
        };
        let base = Arc::new(Base {
            profile: base_profile,
            ..self.opened.base.clone()
        });
        let mut answers = ours.said.answers.clone();
        let after = After {
            ours,
            base: &base,
            same_profile: profile == ours.said.profile,
            shares: base.profile.is_some() && base.profile != profile,
        };
        for row in &merge.rows {
            let named = base.values.contains_key(&row.path);
            let of_profile =
                || ours.profile.and_then(|p| p.value(row.path.as_str())) == row.ours.as_ref();
            // What nobody but the profile says follows the profile.
            if row.path.as_str() == MODE || (row.fate == Fate::Same && !named && of_profile()) {
                continue;
            }
            after.settle(row, &mut answers);
        }
        let own = |(path, value): &(&FieldPath, &_)| base.values.get(*path) == Some(*value);
        let written = answers.iter().filter(own);
        let saved = Said {
            profile: mode.or_else(|| profile.clone()),
            base: Some(Arc::clone(&base)),
            answers: written.map(|(p, v)| (p.clone(), v.clone())).collect(),
        };
        let said = Said {
            profile,
            base: Some(base),
            answers,
        };
        Together {
            said,
            saved,
            opened: self.opened,
        }
    }
}

/// What will be in force over the file as it is now.
struct After<'a> {
    ours: &'a Ours<'a>,
    base: &'a Base,
    same_profile: bool,
    /// Does the file stand on another profile than the one in force?
    shares: bool,
}

impl After<'_> {
    /// Has the answers say what was decided, where nothing beneath them does.
    fn settle(&self, row: &Row, answers: &mut Values) {
        let path = &row.path;
        let hidden = self.ours.hidden.contains(path);
        let Some(side) = row.side() else {
            return;
        };
        // As it was, without a value: then the profile's held.
        let profile = self.ours.profile.filter(|_| side == Side::Base);
        let of_profile = || profile.and_then(|profile| profile.value(path.as_str()));
        let wanted = row.value(side).or_else(of_profile);
        if side != Side::Ours && !hidden {
            answers.remove(path);
        }
        let holds = match answers.get(path).filter(|_| !hidden) {
            Some(answer) => Some(answer),
            None => self.beneath(path),
        };
        if let Some(wanted) = wanted
            && holds != Some(wanted)
            && !hidden
        {
            answers.insert(path.clone(), wanted.clone());
        }
    }

    fn beneath(&self, path: &FieldPath) -> Option<&crate::value::Value> {
        let of =
            |profile: Option<&'_ Config>| profile.and_then(|p| p.value(path.as_str()).cloned());
        let shared = self.shares && {
            let of_file = self.base.values.get(path);
            of_file.is_some() && of(self.ours.base_profile).as_ref() == of_file
        };
        let file = self.base.values.get(path).filter(|_| !shared);
        let profile = self.ours.profile.filter(|_| self.same_profile);
        let environment = self.ours.environment.get(path);
        environment
            .or(file)
            .or_else(|| profile.and_then(|profile| profile.value(path.as_str())))
    }
}

/// What a verb says that cannot ask.
pub const RUN_AGAIN: &str =
    "Nothing was written. Run this again: it takes in what the file says now.";

/// The file changed between the moment a verb read it and the moment it would be written.
#[must_use]
pub fn changed_in_the_run(file: &Path) -> Problem {
    Problem::error("It was changed by somebody else in the meantime.")
        .hint(RUN_AGAIN)
        .in_file(file, None)
}

/// What came of it, in a sentence or two.
#[must_use]
pub fn told(merge: &Merge, name: &str) -> String {
    let both = merge.conflicts().count();
    let theirs = merge.taken().count();
    let own = merge.rows.iter();
    let own = own.filter(|row| row.fate == Fate::Ours).count();
    if both + theirs == 0 {
        return format!("{name} was written anew by somebody else, without another value.");
    }
    let chosen = match both {
        0 => String::new(),
        n => format!(", {n} chosen"),
    };
    let kept = match own {
        0 => String::new(),
        n => format!(", {n} of yours kept"),
    };
    format!("Brought together: {theirs} taken over{chosen}{kept}.")
}

#[cfg(test)]
#[path = "meanwhile/tests.rs"]
mod tests;
