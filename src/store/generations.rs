//! The earlier versions of an output file, as they lie in `.vapora-tui/generations/` beside it: `000001.toml` is the
//! first version's text, `000001.about.json` what is known of it. Leaves to others: keeping them (`keep`).

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::about::About;
use super::{Found, beside, found, names as listing, target};
use crate::clean;
use crate::problem::Problem;

/// How many earlier versions are kept when nothing else is said.
pub const KEPT: usize = 20;

const FOLDER: &str = "generations";

const ABOUT: &str = "about.json";

/// Files of one number.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub text: Option<PathBuf>,
    pub about: Option<PathBuf>,
}

/// An earlier version that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generation {
    /// From 1, never given twice to what is kept.
    pub number: u32,
    pub file: PathBuf,
    /// What is known of it; `None` when that was lost.
    pub about: Option<About>,
}

impl Generation {
    /// Its bytes, and the mode that the file had with them.
    ///
    /// # Errors
    /// A problem when it was removed, cannot be read, or is no longer what was kept.
    pub fn read(&self) -> Result<Found, Problem> {
        let number = self.number;
        let gone = || {
            Problem::error(format!("Generation {number} is not there any more."))
                .hint("Choose another one.")
                .in_file(&self.file, None)
        };
        let mut found = found::read(&self.file)?.ok_or_else(gone)?;
        if let Some(about) = &self.about {
            if !about.is_of(&found) {
                return Err(Problem::error(format!(
                    "Generation {number} is not what was kept: its text was changed since."
                ))
                .hint("Choose another one, or copy what you need from the file by hand.")
                .in_file(&self.file, None));
            }
            found.mode = about.mode;
        }
        Ok(found)
    }
}

/// All that is kept of one file.
#[derive(Debug, Default)]
pub struct Generations {
    /// The newest first.
    pub kept: Vec<Generation>,
    /// The number of what the file holds now; `None` when it is not there.
    pub present: Option<u32>,
    /// What is known of what the file holds now, unless others wrote it.
    pub present_about: Option<About>,
    pub problems: Vec<Problem>,
}

/// Where the versions of `target` lie.
pub(super) fn folder(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default();
    beside::folder(target).join(FOLDER).join(name)
}

/// The names of the two files of a number.
pub(super) fn names(target: &Path, number: u32) -> (String, String) {
    let ending = target.extension().and_then(|ending| ending.to_str());
    let text = match ending {
        Some(ending) => format!("{number:06}.{ending}"),
        None => format!("{number:06}"),
    };
    (text, format!("{number:06}.{ABOUT}"))
}

/// The files in such a folder by their number; other names are left alone.
pub(super) fn entries(folder: &Path) -> std::io::Result<BTreeMap<u32, Entry>> {
    let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
    let found = match listing::in_folder(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(entries),
        found => found?,
    };
    for name in found {
        let path = folder.join(&name);
        let Some(name) = name.to_str() else { continue };
        let (digits, ending) = name.split_once('.').unwrap_or((name, ""));
        let Ok(number) = digits.parse::<u32>() else {
            continue;
        };
        let is_file = || path.symlink_metadata().is_ok_and(|found| found.is_file());
        if digits.len() < 6 || number == 0 || !is_file() {
            continue;
        }
        let of = entries.entry(number).or_default();
        let place = if ending == ABOUT {
            &mut of.about
        } else {
            &mut of.text
        };
        *place = Some(path);
    }
    Ok(entries)
}

/// The highest number of a text that is kept; 0 when there is none.
pub(super) fn newest(entries: &BTreeMap<u32, Entry>) -> u32 {
    let texts = entries.iter().filter(|(_, entry)| entry.text.is_some());
    texts.map(|(number, _)| *number).max().unwrap_or(0)
}

pub(super) fn about_in(file: &Path) -> Option<About> {
    let found = found::read(file).ok().flatten()?;
    About::read(&found.bytes)
}

/// What is kept of `file`, and which number the file itself has. What cannot be read stands in `problems`.
#[must_use]
pub fn list(file: &Path) -> Generations {
    let mut all = Generations::default();
    let target = match target::resolve(file) {
        Ok(target) => target,
        Err(problem) => {
            all.problems.push(problem);
            return all;
        }
    };
    let folder = folder(&target);
    let entries = match entries(&folder) {
        Ok(entries) => entries,
        Err(error) => {
            let problem = super::cause::Cause::of(&error, &folder).problem(&folder);
            all.problems.push(problem);
            return all;
        }
    };
    match found::read(file) {
        Ok(Some(found)) => {
            let number = newest(&entries) + 1;
            let about = entries.get(&number).and_then(|entry| entry.about.as_ref());
            all.present = Some(number);
            all.present_about = about
                .and_then(|file| about_in(file))
                .filter(|a| a.is_of(&found));
        }
        Ok(None) => {}
        Err(problem) => all.problems.push(problem),
    }
    for (number, entry) in entries.into_iter().rev() {
        let Some(file) = entry.text else { continue };
        let about = entry.about.as_deref().and_then(about_in);
        if about.is_none() {
            let problem = Problem::warning(format!(
                "What was noted about generation {number} cannot be read; its text can."
            ));
            all.problems.push(
                problem
                    .hint("It can be compared and restored all the same.")
                    .in_file(&file, None),
            );
        }
        all.kept.push(Generation {
            number,
            file,
            about,
        });
    }
    all
}

/// The names of the files of this folder of which something is kept, whether they are there or not.
#[must_use]
pub fn files_kept(folder: &Path) -> Vec<OsString> {
    let kept = folder.join(beside::NAME).join(FOLDER);
    let mut names = listing::in_folder(&kept).unwrap_or_default();
    names.sort();
    names
}

/// One earlier version of `file`.
///
/// # Errors
/// A problem when it is not kept; it names those that are.
pub fn one(file: &Path, number: u32) -> Result<Generation, Problem> {
    let mut all = list(file);
    if let Some(at) = all.kept.iter().position(|one| one.number == number) {
        return Ok(all.kept.swap_remove(at));
    }
    let numbers: Vec<String> = all.kept.iter().map(|one| one.number.to_string()).collect();
    let hint = match all.present {
        Some(present) if present == number => "It is what the file holds now.".to_owned(),
        _ if numbers.is_empty() => {
            "Nothing is kept yet: the first write over a file keeps it.".to_owned()
        }
        _ => format!("Kept are {}.", numbers.join(", ")),
    };
    let file = clean::line(&file.to_string_lossy());
    Err(Problem::error(format!("There is no generation {number} of {file}.")).hint(hint))
}

/// The bytes of an earlier version, and the mode it had.
///
/// # Errors
/// A problem when it is not kept, cannot be read, or is no longer what was kept.
pub fn read(file: &Path, number: u32) -> Result<Found, Problem> {
    one(file, number)?.read()
}
