//! The shipped files, and the workspace folder whose files stand in for them one by one.
//! Leaves to others: what the files mean (`form`, `profile`, `nickel`).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::problem::Problem;

static FORMS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/forms");
static PROFILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/profiles");
static SCHEMAS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/schemas");

/// The folders that may be overridden, by the name they have in the repository and in a workspace.
const FOLDERS: [(&str, &Dir<'static>); 3] = [
    ("forms", &FORMS),
    ("profiles", &PROFILES),
    ("assets/schemas", &SCHEMAS),
];

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

/// Larger files are not read: no form or schema comes near it.
const MAX_BYTES: u64 = 4 << 20;

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
    /// A problem when the workspace's own file cannot be read as UTF-8 text of at most 4 MiB.
    pub fn source(&self, name: &str) -> Result<Option<Source>, Problem> {
        let shipped = shipped_text(name);
        let own = self.root.join(name);
        if own.is_file() {
            let text = read(&own)?;
            // A checkout of this project, or `init` untouched, overrides nothing.
            if shipped != Some(text.as_str()) {
                return Ok(Some(Source {
                    name: name.to_owned(),
                    file: own,
                    text: Cow::Owned(text),
                    shipped: false,
                }));
            }
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

    /// The files of this workspace that differ from the shipped ones, or that are not shipped at all.
    #[must_use]
    pub fn overrides(&self) -> Vec<String> {
        let mut names = BTreeSet::new();
        for (folder, _) in FOLDERS {
            own_names(&self.root, folder, 0, &mut names);
        }
        names
            .into_iter()
            .filter(|name| {
                self.source(name)
                    .map_or(true, |found| found.is_some_and(|s| !s.shipped))
            })
            .collect()
    }
}

fn shipped_text(name: &str) -> Option<&'static str> {
    FOLDERS.iter().find_map(|(folder, dir)| {
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
            Ok(kind) if !kind.is_dir() && root.join(&path).is_file() => {
                names.insert(path);
            }
            _ => {}
        }
    }
}

fn read(file: &Path) -> Result<String, Problem> {
    let refuse = |message: String| Problem::error(message).in_file(file, None);
    let size = fs::metadata(file).map_err(|e| refuse(format!("It cannot be read: {e}.")))?;
    if size.len() > MAX_BYTES {
        return Err(refuse(format!(
            "It is {} MiB long; at most 4 MiB are read.",
            size.len() >> 20
        )));
    }
    let bytes = fs::read(file).map_err(|e| refuse(format!("It cannot be read: {e}.")))?;
    String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        Problem::error("It is not UTF-8 text.")
            .hint("Save it as UTF-8.")
            .in_file(file, Some(line))
    })
}
