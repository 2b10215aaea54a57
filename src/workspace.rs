//! The shipped files, and the workspace folder whose files stand in for them one by one.
//! Leaves to others: what the files mean (`form`, `profile`, `nickel`).

pub mod text;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::problem::Problem;
use crate::stamp;

static FORMS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/forms");
static PROFILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/profiles");
static SCHEMAS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/schemas");
static WORKLOADS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/workloads");
static EXAMPLES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/examples");

/// The folders that may be overridden, by the name they have in the repository and in a workspace.
const FOLDERS: [(&str, &Dir<'static>); 4] = [
    ("forms", &FORMS),
    ("profiles", &PROFILES),
    ("assets/schemas", &SCHEMAS),
    ("assets/workloads", &WORKLOADS),
];

/// The prices that the program comes with.
pub const SHIPPED_PRICES: &str = include_str!("../assets/prices.toml");

/// Single files that may be overridden, by the name they have in the repository and in a workspace.
const FILES: [(&str, &str); 1] = [("assets/prices.toml", SHIPPED_PRICES)];

/// Folders that are only written out, for reading: nothing in a workspace stands in for them.
const DOCUMENTS: [(&str, &Dir<'static>); 1] = [("assets/examples", &EXAMPLES)];

/// The files that are read from the folders that may be overridden.
const READ: [&str; 2] = [".toml", ".ncl"];

/// A folder is a workspace when it holds one of these.
const MARKS: [&str; 6] = [
    "forms",
    "profiles",
    "config/runtime",
    "presets",
    "vapora-wrksp",
    ".typedialog",
];

/// Where the configuration is written when nothing else is said.
pub const OUTPUT_FILE: &str = "config/runtime/vapora.toml";

/// One text of the workspace or, where it has none, the shipped one.
#[derive(Clone, Debug)]
pub struct Source {
    /// `/`-separated name inside the workspace: `forms/main.toml`.
    pub name: String,
    /// Where it was read; the shipped name when it was compiled in.
    pub file: PathBuf,
    pub text: Cow<'static, str>,
    pub shipped: bool,
}

/// A folder that overrides shipped files and receives the configuration.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The nearest parent of `from` that looks like a workspace, else `from` itself.
    #[must_use]
    pub fn nearest(from: &Path) -> Self {
        let root = from
            .ancestors()
            .find(|folder| Self::is_at(folder))
            .unwrap_or(from);
        Self::at(root)
    }

    /// Does this folder look like a workspace?
    #[must_use]
    pub fn is_at(folder: &Path) -> bool {
        MARKS.iter().any(|mark| folder.join(mark).is_dir())
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The default output file of this workspace.
    #[must_use]
    pub fn output_file(&self) -> PathBuf {
        self.root.join(OUTPUT_FILE)
    }

    /// One text by its name; `Ok(None)` when there is none.
    ///
    /// # Errors
    /// A problem when the workspace has something of that name which is no regular file of the workspace itself, or
    /// cannot be read as UTF-8 text of at most 4 MiB.
    pub fn source(&self, name: &str) -> Result<Option<Source>, Problem> {
        let shipped = shipped_text(name);
        let own = self.root.join(name);
        // A checkout of this project, or `init` untouched, overrides nothing.
        if let Some(text) = text::read(&own)?
            && shipped != Some(stamp::split(&text).1)
        {
            self.must_hold(&own)?;
            return Ok(Some(Source {
                name: name.to_owned(),
                file: own,
                text: Cow::Owned(text),
                shipped: false,
            }));
        }
        Ok(shipped.map(|text| Source {
            name: name.to_owned(),
            file: PathBuf::from(name),
            text: Cow::Borrowed(text),
            shipped: true,
        }))
    }

    /// Names below a folder with the given ending, shipped and own, sorted.
    #[must_use]
    pub fn names(&self, folder: &str, ending: &str) -> Vec<String> {
        let mut names = BTreeSet::new();
        if let Some((_, dir)) = FOLDERS.iter().find(|(name, _)| *name == folder) {
            shipped_names(dir, folder, &mut names);
        }
        own_names(&self.root, folder, 0, &mut names);
        names
            .into_iter()
            .filter(|name| name.ends_with(ending))
            .collect()
    }

    /// The folder and its files are one; what a link brings in from elsewhere is not its own.
    ///
    /// # Errors
    /// A problem when the link leads out.
    pub fn must_hold(&self, file: &Path) -> Result<(), Problem> {
        match (self.root.canonicalize(), file.canonicalize()) {
            (Ok(root), Ok(target)) if !target.starts_with(&root) => Err(Problem::error(
                "It is a link that leads out of the workspace.",
            )
            .hint("Copy the file into the workspace, or take the link away.")
            .in_file(file, None)),
            _ => Ok(()),
        }
    }

    /// Does the program come with a file of this name?
    #[must_use]
    pub fn ships(&self, name: &str) -> bool {
        shipped_text(name).is_some()
    }

    /// The workspace's own files that stand, or could stand, in for shipped ones.
    #[must_use]
    pub fn own_names(&self) -> BTreeSet<String> {
        let mut names = self.names_in(&FOLDERS);
        let own = FILES.iter().map(|(name, _)| *name);
        // Also what is no file: reading it says so.
        names.extend(
            own.filter(|name| self.root.join(name).symlink_metadata().is_ok())
                .map(str::to_owned),
        );
        names
    }

    /// The workspace's own files in all folders that `init` writes.
    #[must_use]
    pub fn written_names(&self) -> BTreeSet<String> {
        let mut names = self.own_names();
        names.extend(self.names_in(&DOCUMENTS));
        names
    }

    fn names_in(&self, folders: &[(&str, &Dir<'static>)]) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (folder, _) in folders {
            own_names(&self.root, folder, 0, &mut names);
        }
        names
    }

    /// The files of this workspace that differ from the shipped ones, or that are not shipped at all.
    #[must_use]
    pub fn overrides(&self) -> Vec<String> {
        self.own_names()
            .into_iter()
            .filter(|name| READ.iter().any(|ending| name.ends_with(ending)))
            .filter(|name| {
                self.source(name)
                    .map_or(true, |found| found.is_some_and(|s| !s.shipped))
            })
            .collect()
    }
}

/// Every shipped file by its name, the examples too.
#[must_use]
pub fn shipped() -> BTreeMap<String, &'static str> {
    let mut shipped: BTreeMap<String, &'static str> = FILES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), *text))
        .collect();
    for folders in [&FOLDERS[..], &DOCUMENTS] {
        let mut names = BTreeSet::new();
        for (folder, dir) in folders {
            shipped_names(dir, folder, &mut names);
        }
        let texts = names.into_iter();
        shipped.extend(texts.filter_map(|name| text_in(folders, &name).map(|text| (name, text))));
    }
    shipped
}

/// The text of a file that may be overridden.
fn shipped_text(name: &str) -> Option<&'static str> {
    let file = FILES.iter().find(|(known, _)| *known == name);
    file.map(|(_, text)| *text)
        .or_else(|| text_in(&FOLDERS, name))
}

fn text_in(folders: &[(&str, &Dir<'static>)], name: &str) -> Option<&'static str> {
    folders.iter().find_map(|(folder, dir)| {
        let rest = name.strip_prefix(folder)?.strip_prefix('/')?;
        dir.get_file(rest)?.contents_utf8()
    })
}

fn shipped_names(dir: &Dir<'static>, folder: &str, names: &mut BTreeSet<String>) {
    for file in dir.files() {
        names.insert(format!("{folder}/{}", file.path().display()));
    }
    for sub in dir.dirs() {
        shipped_names(sub, folder, names);
    }
}

/// Folders nested deeper than this are somebody's accident, not forms.
const MAX_DEPTH: usize = 8;

fn own_names(root: &Path, folder: &str, depth: usize, names: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else {
        return;
    };
    for entry in entries.flatten() {
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        let path = format!("{folder}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => {
                own_names(root, &path, depth + 1, names);
            }
            // Also what is no file: reading it says so.
            Ok(kind) if !kind.is_dir() => {
                names.insert(path);
            }
            _ => {}
        }
    }
}
