//! Where a form file lies: a shipped one, beside the main form, at an absolute path, or in the search path.
//! Leaves to others: what stands in it (`fragment`), cycles and doubles (`load`).

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::clean;
use crate::form::surroundings::Surroundings;
use crate::problem::{self, FilePlace, Problem};
use crate::workspace::{Workspace, text};

/// The folder of a workspace that include paths are relative to.
const FOLDER: &str = "forms";
const MAIN: &str = "main.toml";
const CONSTRAINTS: &str = "constraints.toml";

const UNSHOWN: &str =
    "Rename it: letters, digits, -, _ and / serve, for example \"fragments/backend.toml\".";
const OUTSIDE: &str = "Write the path without \"..\": below the folder of the main form, for example \
                       \"fragments/backend.toml\", or from / on.";
const NO_FORM: &str =
    "Name a form, whose name ends in .toml, for example \"fragments/backend.toml\".";
const NICKEL: &str =
    "Write it as TOML: the keys are the same, and an import becomes a group with includes.";

/// A file with its text.
#[derive(Debug)]
pub(super) struct Found {
    /// As messages name it: `fragments/backend.toml`.
    pub name: String,
    pub file: PathBuf,
    pub text: Cow<'static, str>,
    /// Compiled in, so nobody else's.
    pub shipped: bool,
}

/// Where the files of one form are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finder<'f> {
    pub workspace: &'f Workspace,
    pub surroundings: &'f Surroundings,
}

impl Finder<'_> {
    /// The main form.
    pub fn main(&self) -> Result<Found, Problem> {
        let Some(file) = &self.surroundings.main else {
            let file = self.workspace.root().join(FOLDER).join(MAIN);
            let missing = || {
                Problem::error(format!("{FOLDER}/{MAIN} is not there."))
                    .hint("Write the main form there.")
                    .in_file(&file, None)
            };
            return self.beside(MAIN)?.ok_or_else(missing);
        };
        if file.extension().is_some_and(|ending| ending == "ncl") {
            let problem = Problem::error("Forms written in Nickel are not read by this version.");
            return Err(problem.hint(NICKEL).in_file(file, None));
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let missing = || {
            Problem::error("There is no such file.")
                .hint("Give the path of a form, for example forms/main.toml.")
                .in_file(file, None)
        };
        on_disk(file, clean::line(&name))?.ok_or_else(missing)
    }

    /// `constraints.toml` beside the main form, when there is one.
    pub fn constraints(&self) -> Result<Option<Found>, Problem> {
        self.beside(CONSTRAINTS)
    }

    /// The name by which messages and the search know an include.
    ///
    /// # Errors
    /// A problem at `place` when it names nothing that may be included.
    pub fn name(include: &str, place: &FilePlace) -> Result<String, Problem> {
        let shown = clean::line(include);
        let refuse = |message: String, hint: &str| Err(at(place, message).hint(hint));
        if !clean::is_clean(include) || include.contains('\\') {
            return refuse(format!("{shown} is not a path that can be shown."), UNSHOWN);
        }
        let parts: Vec<&str> = include
            .split('/')
            .filter(|part| !matches!(*part, "" | "."))
            .collect();
        if parts.contains(&"..") {
            return refuse(format!("{shown} leaves its folder with \"..\"."), OUTSIDE);
        }
        let last = parts.last().copied().unwrap_or_default();
        if last.strip_suffix(".ncl").is_some() {
            let message = format!("{shown} is a form written in Nickel.");
            return refuse(message, NICKEL);
        }
        if last.strip_suffix(".toml").is_none_or(str::is_empty) {
            return refuse(format!("{shown} is not a .toml file."), NO_FORM);
        }
        let root = if include.starts_with('/') { "/" } else { "" };
        Ok(format!("{root}{}", parts.join("/")))
    }

    /// A fragment by its [`Self::name`]; `place` is where it was asked for.
    pub fn fragment(&self, name: &str, place: &FilePlace) -> Result<Found, Problem> {
        let found = if name.starts_with('/') {
            on_disk(Path::new(name), name.to_owned())
        } else {
            self.searched(name)
        };
        // A file that is there and cannot be read is told where it was asked for, so that both ends are known.
        match found {
            Ok(Some(found)) => Ok(found),
            Ok(None) => Err(self.missing(name, place)),
            Err(problem) => Err(problem),
        }
    }

    fn searched(&self, name: &str) -> Result<Option<Found>, Problem> {
        if let Some(found) = self.beside(name)? {
            return Ok(Some(found));
        }
        for folder in &self.surroundings.search {
            if let Some(found) = on_disk(&folder.join(name), name.to_owned())? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// A file by its name in the folder of the main form.
    fn beside(&self, name: &str) -> Result<Option<Found>, Problem> {
        if let Some(main) = &self.surroundings.main {
            let folder = main.parent().unwrap_or(Path::new(""));
            return on_disk(&folder.join(name), name.to_owned());
        }
        let source = self.workspace.source(&format!("{FOLDER}/{name}"))?;
        Ok(source.map(|source| Found {
            name: name.to_owned(),
            file: source.file,
            text: source.text,
            shipped: source.shipped,
        }))
    }

    fn missing(&self, name: &str, place: &FilePlace) -> Problem {
        let own = self.surroundings.main.is_some() || name.starts_with('/');
        let wanted = if own {
            name.to_owned()
        } else {
            format!("{FOLDER}/{name}")
        };
        let names = if own {
            Vec::new()
        } else {
            self.workspace.names(FOLDER, ".toml")
        };
        let message = if self.surroundings.search.is_empty() || name.starts_with('/') {
            format!("{wanted} is not there.")
        } else {
            format!("{wanted} is not there, nor in a folder of TYPEDIALOG_FRAGMENT_PATH.")
        };
        let hint = match problem::nearest(&wanted, names.iter().map(String::as_str)) {
            Some(near) => format!("Did you mean {}?", near.trim_start_matches("forms/")),
            None => "Write that file, or take it out of includes.".to_owned(),
        };
        at(place, message).hint(hint)
    }
}

fn on_disk(file: &Path, name: String) -> Result<Option<Found>, Problem> {
    Ok(text::read(file)?.map(|text| Found {
        name,
        file: file.to_owned(),
        text: Cow::Owned(text),
        shipped: false,
    }))
}

fn at(place: &FilePlace, message: String) -> Problem {
    Problem::error(message).in_file(&place.file, place.line)
}
