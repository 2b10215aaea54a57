//! What a Nickel file imports: the schema and the profile of the workspace that it lies in, by relative paths.

use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::nickel::texts::PROFILES;
use crate::workspace::Workspace;

const SCHEMAS: &str = "assets/schemas";

/// Paths as a Nickel file writes them, relative to its own folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imports {
    pub helpers: String,
    pub schema: String,
    pub profile: Option<String>,
}

impl Imports {
    /// The imports of a file in `folder`, which need not be there yet. `None` when the file lies outside the
    /// workspace, or when the workspace does not hold every schema and profile as a file of its own: what is
    /// compiled in, no other program can import.
    #[must_use]
    pub fn of(workspace: &Workspace, folder: &Path, profile: Option<&str>) -> Option<Self> {
        let root = fs::canonicalize(workspace.root()).ok()?;
        let folder = physical(folder)?;
        let below = folder.strip_prefix(&root).ok()?;
        let mut names = workspace.names(SCHEMAS, ".ncl");
        names.extend(workspace.names(PROFILES, ".ncl"));
        if names.iter().any(|name| !root.join(name).is_file()) {
            return None;
        }
        let up = "../".repeat(below.components().count());
        let up = if up.is_empty() { "./" } else { &up };
        let path = |name: &str| format!("{up}{name}");
        Some(Self {
            helpers: path(&format!("{SCHEMAS}/platform/common/helpers.ncl")),
            schema: path(&format!("{SCHEMAS}/vapora/main.ncl")),
            profile: profile.map(|name| path(&format!("{PROFILES}/{name}.ncl"))),
        })
    }
}

/// The folder without links in it, as `..` in an import will see it. What is not there yet keeps its name.
fn physical(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let mut missing: Vec<OsString> = Vec::new();
    for there in folder.ancestors() {
        if let Ok(found) = fs::canonicalize(there) {
            return Some(
                missing
                    .iter()
                    .rev()
                    .fold(found, |path, name| path.join(name)),
            );
        }
        match there.components().next_back()? {
            Component::Normal(name) => missing.push(name.to_owned()),
            _ => return None,
        }
    }
    None
}
