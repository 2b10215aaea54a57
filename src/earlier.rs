//! The earlier versions of a file with what is known of each: for the list on the screen and for the verb.
//! Leaves to others: keeping and reading them (`store`), restoring one (`restore`), showing (`cli`, `tui`).

use std::path::{Path, PathBuf};

use crate::input;
use crate::problem::{Problem, counted};
use crate::schema::Schema;
use crate::store::generations::{self, Generation, Generations};
use crate::store::{self, About, Found};

/// One version of a file: what it holds now, or held before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1, in the order in which they were written.
    pub number: u32,
    /// Is it what the file holds now?
    pub present: bool,
    /// Where its text lies.
    pub file: PathBuf,
    /// What was noted when it was written, or what is seen of a file that others wrote; `None` when that was lost.
    pub about: Option<About>,
    /// `3 min ago`; empty when it is not known when it was written.
    pub age: String,
    /// `None` when its text cannot be read.
    pub lines: Option<usize>,
    /// Permission bits; `None` when its text cannot be read.
    pub mode: Option<u32>,
    /// How many settings the next newer version has otherwise; `None` where there is no newer one, or where one of the
    /// two cannot be read.
    pub changed: Option<usize>,
}

/// All versions of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Versions {
    /// The newest first: what the file holds now, when it is there, then what is kept.
    pub versions: Vec<Version>,
    pub problems: Vec<Problem>,
}

impl Versions {
    /// What is kept, without what the file holds now; the newest first.
    pub fn kept(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter().filter(|version| !version.present)
    }

    #[must_use]
    pub fn one(&self, number: u32) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.number == number)
    }
}

impl Version {
    /// `2026-11-22 10:02:03 UTC`, or that it is not known.
    #[must_use]
    pub fn when(&self) -> &str {
        self.about.as_ref().map_or("unknown", |about| &about.when)
    }

    /// `2026-11-22 10:02`, for a column.
    #[must_use]
    pub fn when_in_short(&self) -> &str {
        let when = self.when();
        when.strip_suffix(" UTC")
            .and_then(|when| when.rsplit_once(':'))
            .map_or(when, |(minute, _)| minute)
    }

    /// Who wrote it: `ops@bastion1`.
    #[must_use]
    pub fn who(&self) -> &str {
        self.about.as_ref().map_or("unknown", |about| &about.who)
    }

    /// The note of whoever wrote it, or how it came there.
    #[must_use]
    pub fn note(&self) -> &str {
        match &self.about {
            Some(about) if about.found => "not written by vapora-tui",
            Some(about) => about.note.text(),
            None => "what was noted of it is lost",
        }
    }

    /// When, how long ago, by whom and why, on one line.
    #[must_use]
    pub fn in_short(&self) -> String {
        let known = [self.when_in_short(), &self.age, self.who()];
        let known = known.into_iter().filter(|text| !text.is_empty());
        let text = known.collect::<Vec<_>>().join(", ");
        match self.note() {
            "" => text,
            note => format!("{text}: {note}"),
        }
    }

    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.about.as_ref()?.profile.as_deref()
    }
}

/// Looks at what is kept of `file` and at the file itself. `now` is in seconds since 1970. Without a schema nothing is
/// compared. This reads every version.
#[must_use]
pub fn versions(file: &Path, schema: Option<&Schema>, now: i64) -> Versions {
    let Generations {
        kept,
        present,
        present_about,
        mut problems,
    } = generations::list(file);
    // What is wrong with the file itself was said already.
    let found = present.and_then(|_| store::read(file).ok().flatten());
    let mut versions: Vec<Version> = Vec::new();
    let mut newer: Option<Read> = None;
    if let (Some(number), Some(found)) = (present, &found) {
        let read = Read::of(file, found, schema);
        versions.push(Version::new(
            number,
            file,
            present_about.or_else(|| About::as_found(found)),
            (Some(found), now),
        ));
        newer = Some(read);
    }
    for kept in kept {
        let (mut version, found) = old(kept, now, &mut problems);
        let read = found.map(|found| Read::of(&version.file, &found, schema));
        version.changed = match (&read, &newer) {
            (Some(old), Some(new)) => old.differs(new),
            _ => None,
        };
        newer = read;
        versions.push(version);
    }
    if let Some(first) = versions.first_mut() {
        first.present = found.is_some();
    }
    Versions { versions, problems }
}

fn old(kept: Generation, now: i64, problems: &mut Vec<Problem>) -> (Version, Option<Found>) {
    let found = match kept.read() {
        Ok(found) => Some(found),
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let version = Version::new(kept.number, &kept.file, kept.about, (found.as_ref(), now));
    (version, found)
}

impl Version {
    fn new(
        number: u32,
        file: &Path,
        about: Option<About>,
        (found, now): (Option<&Found>, i64),
    ) -> Self {
        let then = about.as_ref().and_then(|about| store::seconds(&about.when));
        Self {
            number,
            present: false,
            file: file.to_owned(),
            age: then.map_or_else(String::new, |then| age(now - then)),
            about,
            lines: found.map(|found| {
                let lines = found.bytes.split_inclusive(|byte| *byte == b'\n');
                lines.count()
            }),
            mode: found.map(|found| found.mode),
            changed: None,
        }
    }
}

/// What a text says, when it can be told.
struct Read(Option<input::Opened>);

impl Read {
    fn of(file: &Path, found: &Found, schema: Option<&Schema>) -> Self {
        let read = schema.map(|schema| input::read(file, &found.bytes, schema));
        Self(read.filter(|read| !read.nothing_read()))
    }

    /// How many settings one of the two has otherwise than the other.
    fn differs(&self, other: &Self) -> Option<usize> {
        let (one, other) = (&self.0.as_ref()?.values, &other.0.as_ref()?.values);
        let changed = one
            .iter()
            .filter(|(path, value)| other.get(*path) != Some(value));
        let added = other.keys().filter(|path| !one.contains_key(*path));
        Some(changed.count() + added.count())
    }
}

/// `3 min ago`, for so many seconds.
fn age(seconds: i64) -> String {
    let days = usize::try_from(seconds / 86_400).unwrap_or(0);
    match seconds {
        // Another machine's clock, say.
        ..-60 => "ahead of now".to_owned(),
        -60..60 => "just now".to_owned(),
        60..3_600 => format!("{} min ago", seconds / 60),
        3_600..172_800 => format!("{} h ago", seconds / 3_600),
        _ => format!("{} ago", counted(days, "day")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_short() {
        for (seconds, expected) in [
            (-3_600, "ahead of now"),
            (-5, "just now"),
            (0, "just now"),
            (59, "just now"),
            (60, "1 min ago"),
            (3_599, "59 min ago"),
            (3_600, "1 h ago"),
            (172_799, "47 h ago"),
            (172_800, "2 days ago"),
            (40_000_000, "462 days ago"),
        ] {
            assert_eq!(age(seconds), expected, "{seconds}");
        }
    }
}
