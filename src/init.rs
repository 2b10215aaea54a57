//! The shipped files compared with those of a folder: which are new, which the upgrade changed, which the operator did,
//! and which both did. Leaves to others: saying it and asking (`cli`), replacing files (`store`).

use std::path::{Path, PathBuf};

use crate::problem::Problem;
use crate::stamp::{self, Stamp};
use crate::store::{self, Found, Plan};
use crate::workspace::{self, Workspace};

/// What became of one file since it was written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not there yet.
    New,
    /// As shipped.
    Same,
    /// The upgrade changed it, the operator did not.
    Upgraded,
    /// The operator changed it, the upgrade did not.
    Yours,
    /// Both did, or it never came from here: the operator decides.
    Both,
    /// No longer shipped.
    Gone,
}

/// What to do with a file that both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The operator's text stays; its stamp says that the new one was seen.
    Keep,
    /// The shipped text replaces it; the operator's stays beside it.
    Take,
}

/// One file of the folder beside the shipped one.
#[derive(Debug)]
pub struct Entry {
    /// `/`-separated name inside the folder.
    pub name: String,
    pub file: PathBuf,
    pub state: State,
    /// The version that wrote what is there.
    pub version: Option<String>,
    /// The operator's text and the shipped one, without stamps, when they differ.
    pub texts: Option<(String, &'static str)>,
    found: Option<Found>,
    shipped: &'static str,
}

/// Every shipped file, and every file written by an earlier version that is shipped no more, by name.
///
/// # Errors
/// A problem for each file that cannot be read, or holds no text.
pub fn compare(folder: &Path) -> Result<Vec<Entry>, Vec<Problem>> {
    let shipped = workspace::shipped();
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for (name, text) in &shipped {
        match entry(folder, name, text) {
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    let own = Workspace::at(folder).written_names();
    for name in own.iter().filter(|name| !shipped.contains_key(*name)) {
        match gone(folder, name) {
            Ok(Some(entry)) => entries.push(entry),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        return Ok(entries);
    }
    Err(problems)
}

fn entry(folder: &Path, name: &str, shipped: &'static str) -> Result<Entry, Problem> {
    let file = folder.join(name);
    let found = store::read(&file)?;
    let mut entry = Entry {
        name: name.to_owned(),
        state: State::New,
        version: None,
        texts: None,
        shipped,
        found: None,
        file,
    };
    if let Some(found) = found {
        let text = text_of(&entry.file, &found)?;
        let (stamp, body) = stamp::split(text);
        entry.state = match &stamp {
            _ if body == shipped => State::Same,
            Some(stamp) if stamp.fits(body) => State::Upgraded,
            Some(stamp) if stamp.fits(shipped) => State::Yours,
            _ => State::Both,
        };
        if body != shipped {
            entry.texts = Some((body.to_owned(), shipped));
        }
        entry.version = stamp.map(|stamp| stamp.version);
        entry.found = Some(found);
    }
    Ok(entry)
}

/// A stamped file that is shipped no more; a file without a stamp is the operator's own.
fn gone(folder: &Path, name: &str) -> Result<Option<Entry>, Problem> {
    let file = folder.join(name);
    let Some(found) = store::read(&file)? else {
        return Ok(None);
    };
    let (stamp, _) = stamp::split(text_of(&file, &found)?);
    Ok(stamp.map(|stamp| Entry {
        name: name.to_owned(),
        file,
        state: State::Gone,
        version: Some(stamp.version),
        texts: None,
        found: Some(found),
        shipped: "",
    }))
}

fn text_of<'f>(file: &Path, found: &'f Found) -> Result<&'f str, Problem> {
    std::str::from_utf8(&found.bytes).map_err(|_| {
        Problem::error("It is not UTF-8 text.")
            .hint("Save it as UTF-8, or move it away.")
            .in_file(file, None)
    })
}

impl Entry {
    /// What to write for this file; nothing where nothing is to be done. The second plan keeps the operator's text
    /// beside a file that is taken.
    ///
    /// # Errors
    /// A problem when it cannot be written.
    pub fn plans(&self, decision: Option<Decision>) -> Result<Vec<Plan>, Problem> {
        let stamp = Stamp::of(self.shipped);
        let whole = |body: &str| stamp::put(&self.name, &stamp, body);
        let plan = |text| Plan::new(&self.file, self.found.as_ref(), text, false);
        match (self.state, decision) {
            (State::New | State::Upgraded, _) => Ok(vec![plan(whole(self.shipped))?]),
            (State::Both, Some(Decision::Keep)) => {
                let yours = self.texts.as_ref().map_or("", |(yours, _)| yours);
                Ok(vec![plan(whole(yours))?])
            }
            (State::Both, Some(Decision::Take)) => {
                let beside = self.beside();
                let before = self.found.as_ref().map_or("", |found| {
                    std::str::from_utf8(&found.bytes).unwrap_or_default()
                });
                let there = store::read(&beside)?;
                let saved = Plan::new(&beside, there.as_ref(), before.to_owned(), false)?;
                Ok(vec![saved, plan(whole(self.shipped))?])
            }
            (State::Same | State::Yours | State::Gone | State::Both, _) => Ok(Vec::new()),
        }
    }

    /// Where the operator's text goes when the shipped one is taken.
    #[must_use]
    pub fn beside(&self) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(".yours");
        name.into()
    }
}
