//! The shipped files, and the workspace folder whose files stand in for them one by one.
//! Leaves to others: what the files mean (`form`, `profile`, `nickel`).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use rustix::fs::{Mode, OFlags};

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

/// Editors of other systems write it; no reader here wants it.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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
            .find(|folder| MARKS.iter().any(|mark| folder.join(mark).is_dir()))
            .unwrap_or(from);
        Self::at(root)
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
    /// A problem when the workspace has something of that name which is no file of the workspace itself, or cannot be
    /// read as UTF-8 text of at most 4 MiB.
    pub fn source(&self, name: &str) -> Result<Option<Source>, Problem> {
        let shipped = shipped_text(name);
        let own = self.root.join(name);
        if let Some(text) = read(&self.root, &own)? {
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
            // Also what is no file: reading it says so.
            Ok(kind) if !kind.is_dir() => {
                names.insert(path);
            }
            _ => {}
        }
    }
}

/// The text of a file inside the root; `Ok(None)` when there is none. Nothing else than a file is opened: a pipe would
/// wait, a device could act.
fn read(root: &Path, file: &Path) -> Result<Option<String>, Problem> {
    let refuse = |message: String| Problem::error(message).in_file(file, None);
    let failed = |error: io::Error| refuse(format!("It cannot be read: {error}."));
    let found = match fs::metadata(file) {
        Ok(found) => found,
        Err(error) if nothing_there(file, &error) => return Ok(None),
        Err(error) => {
            let hint =
                "It is a link that leads nowhere, or may not be read: mend it or take it away.";
            return Err(failed(error).hint(hint));
        }
    };
    if !found.is_file() {
        let hint = "Put a file in its place, or take it away.";
        return Err(refuse("It is no file.".to_owned()).hint(hint));
    }
    if let (Ok(root), Ok(target)) = (root.canonicalize(), file.canonicalize())
        && !target.starts_with(&root)
    {
        let message = "It is a link that leads out of the workspace.";
        let hint = "Copy the file into the workspace, or take the link away.";
        return Err(refuse(message.to_owned()).hint(hint));
    }
    let too_long = |bytes: u64| {
        let message = format!("It is {} MiB long; at most 4 MiB are read.", bytes >> 20);
        refuse(message).hint("Take it away, or put a shorter one in its place.")
    };
    if found.len() > MAX_BYTES {
        return Err(too_long(found.len()));
    }
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let opened = rustix::fs::open(file, flags, Mode::empty());
    let mut bytes = Vec::new();
    opened
        .map_err(io::Error::from)
        .and_then(|opened| {
            File::from(opened)
                .take(MAX_BYTES + 1)
                .read_to_end(&mut bytes)
        })
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_long(bytes.len() as u64));
    }
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    String::from_utf8(bytes).map(Some).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        Problem::error("It is not UTF-8 text.")
            .hint("Save it as UTF-8.")
            .in_file(file, Some(line))
    })
}

/// A link that leads nowhere is there.
fn nothing_there(file: &Path, error: &io::Error) -> bool {
    let absent = [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory];
    absent.contains(&error.kind()) && fs::symlink_metadata(file).is_err()
}
