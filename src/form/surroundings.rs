//! What loading a form reads besides the workspace's files: another main form, a search path, the environment.
//! Leaves to others: using it (`find`, `replace`).

use std::ffi::OsStr;
use std::path::PathBuf;

/// The variable with further folders for fragments, divided by colons.
const SEARCH: &str = "TYPEDIALOG_FRAGMENT_PATH";

/// The world around a form.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// A file that is the main form in place of the workspace's; its folder takes the place of `forms/`.
    pub main: Option<PathBuf>,
    /// Folders looked through for fragments that are not beside the main form, the first hit wins.
    pub search: Vec<PathBuf>,
    /// A variable's value, for `{{ env.NAME }}`.
    pub environment: fn(&str) -> Option<String>,
    /// Also say what TypeDialog itself would not read, as warnings.
    pub typedialog: bool,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Self {
        let search = std::env::var_os(SEARCH);
        Self {
            main: None,
            search: search.as_deref().map(folders).unwrap_or_default(),
            environment: |name| std::env::var(name).ok(),
            typedialog: false,
        }
    }

    /// Nothing but the workspace.
    #[must_use]
    pub fn none() -> Self {
        Self {
            main: None,
            search: Vec::new(),
            environment: |_| None,
            typedialog: false,
        }
    }
}

/// An empty part would mean the current folder, and is more often a slip.
fn folders(text: &OsStr) -> Vec<PathBuf> {
    std::env::split_paths(text)
        .filter(|folder| !folder.as_os_str().is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_path_is_its_folders() {
        let found = folders(OsStr::new("/a:b::/c d:"));
        assert_eq!(found, ["/a", "b", "/c d"].map(PathBuf::from));
    }
}
