//! What a folder holds that can be opened: the configuration files of a VAPORA workspace, and what each is for.
//! Leaves to others: reading them (`files`), the shipped files that a workspace replaces (`workspace`).

use std::fs;
use std::path::{Path, PathBuf};

use crate::clean;
use crate::input::{self, Format};
use crate::problem::Problem;
use crate::schema::Schema;
use crate::standing::Standing;
use crate::store;
use crate::workspace::{OUTPUT_FILE, Workspace};

/// Where a workspace keeps what its services read.
const RUNTIME: &str = "config/runtime";
/// The provisioning workspace inside, and the place where its workflows look for the configuration.
const PROVISIONING: &str = "vapora-wrksp";
const PROVISIONED: &str = "vapora-wrksp/config.toml";
/// Where else a configuration may lie.
const BESIDE: [&str; 3] = ["", "config", PROVISIONING];
/// Files of one folder that are looked into.
const MOST_LOOKED_INTO: usize = 100;

/// One file that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub file: PathBuf,
    /// The path inside the workspace, to be shown.
    pub name: String,
    /// Who reads it, or which file stands in its place.
    pub meaning: String,
}

/// What was found in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// The workspace that the folder is, or lies in.
    pub root: PathBuf,
    /// The one that the services read first.
    pub files: Vec<Candidate>,
    /// Its own forms, profiles and schemas.
    pub overrides: Vec<String>,
}

impl Folder {
    /// Which shipped files it replaces, as one sentence; `None` when it replaces none.
    #[must_use]
    pub fn own_files(&self) -> Option<String> {
        let (first, rest) = self.overrides.split_first()?;
        Some(match rest.len() {
            0 => format!("It brings its own {first} in place of the shipped one."),
            n => format!("It brings its own {first} and {n} more in place of the shipped ones."),
        })
    }
}

/// The workspace that a folder stands for: itself, the `provisioning/` in it, or the one around its `vapora-wrksp/`
/// or `config/runtime/`.
#[must_use]
pub fn root(folder: &Path) -> PathBuf {
    if Workspace::is_at(folder) {
        return folder.to_owned();
    }
    let inner = folder.join("provisioning");
    if Workspace::is_at(&inner) {
        return inner;
    }
    for (inside, up) in [(PROVISIONING, 1), (RUNTIME, 2), ("config", 1)] {
        let around = folder.ancestors().nth(up);
        if let Some(around) = around.filter(|_| folder.ends_with(inside))
            && Workspace::is_at(around)
        {
            return around.to_owned();
        }
    }
    folder.to_owned()
}

/// Looks for configurations in a folder: where the services look, and those that lie beside it by mistake or habit.
///
/// # Errors
/// When it cannot be read, or holds none.
pub fn look(folder: &Path, schema: &Schema) -> Result<Folder, Problem> {
    let root = root(folder);
    let is_workspace = Workspace::is_at(&root);
    let inside = if is_workspace { RUNTIME } else { "" };
    let found = match configurations(&root.join(inside)) {
        Ok(found) => found,
        Err(error) if is_workspace && error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            return Err(Problem::error(format!("It cannot be read: {error}."))
                .hint("Name a folder that this user may read.")
                .in_file(folder, None));
        }
    };
    let mut files: Vec<Candidate> = found
        .into_iter()
        .map(|file| candidate(&root, file, is_workspace))
        .collect();
    files.sort_by_key(|candidate| (candidate.name != OUTPUT_FILE, candidate.name.clone()));
    if is_workspace {
        provisioned(&root, &mut files);
    }
    beside(&root, schema, &mut files);
    if files.is_empty() {
        return Err(Problem::error("There is no configuration in this folder.")
            .hint(format!("VAPORA keeps it in {OUTPUT_FILE}; name a file."))
            .in_file(folder, None));
    }
    let overrides = Workspace::at(&root).overrides();
    Ok(Folder {
        overrides: overrides.iter().map(|name| clean::line(name)).collect(),
        root,
        files,
    })
}

/// Files where nothing looks for them: by their name, or by the settings in them.
fn beside(root: &Path, schema: &Schema, files: &mut Vec<Candidate>) {
    for inside in BESIDE {
        let mut found = configurations(&root.join(inside)).unwrap_or_default();
        found.sort();
        for file in found.into_iter().take(MOST_LOOKED_INTO) {
            let listed = files.iter().any(|other| other.file == file);
            if !listed && (is_named_so(&file) || holds_settings(&file, schema)) {
                let other = candidate(root, file, false);
                files.push(Candidate {
                    meaning: "no service reads it there".to_owned(),
                    ..other
                });
            }
        }
    }
}

fn is_named_so(file: &Path) -> bool {
    let stem = file.file_name().unwrap_or_default().to_string_lossy();
    stem.starts_with("vapora.")
}

/// What Nickel computes is not known before it is opened.
fn holds_settings(file: &Path, schema: &Schema) -> bool {
    let Ok(Some(found)) = store::read(file) else {
        return false;
    };
    let read = input::read(file, &found.bytes, schema);
    Standing::of(file, &read, schema) == Standing::Ours
}

fn configurations(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    Ok(files
        .filter(|file| Format::of(file).is_some() && file.is_file())
        .collect())
}

fn candidate(root: &Path, file: PathBuf, is_workspace: bool) -> Candidate {
    let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy();
    let name = clean::line(&name);
    let meaning = match (is_workspace, name == OUTPUT_FILE) {
        (true, true) => "read by the services",
        (true, false) => "a variant that no service reads",
        (false, _) => "",
    };
    Candidate {
        meaning: meaning.to_owned(),
        file,
        name,
    }
}

/// The file of the provisioning workspace is a link to one of those, or a file that its workflows read instead.
fn provisioned(root: &Path, files: &mut Vec<Candidate>) {
    let file = root.join(PROVISIONED);
    let Ok(target) = file.canonicalize() else {
        return;
    };
    let linked = files
        .iter_mut()
        .find(|other| other.file.canonicalize().is_ok_and(|other| other == target));
    match linked {
        // Only another name for it.
        Some(other) if other.name == OUTPUT_FILE => {
            other.meaning = String::from("read by services and provisioning");
        }
        Some(other) => other.meaning = String::from("read by provisioning, by no service"),
        None if target.is_file() => files.push(Candidate {
            file,
            name: PROVISIONED.to_owned(),
            meaning: "provisioning reads it, not vapora.toml".to_owned(),
        }),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn room(files: &[&str]) -> tempfile::TempDir {
        let room = tempfile::tempdir().unwrap();
        for name in files {
            let file = room.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        room
    }

    fn names(folder: &Path) -> Vec<String> {
        let found = look(folder, &Schema::default()).unwrap();
        found.files.into_iter().map(|file| file.name).collect()
    }

    const WORKSPACE: &[&str] = &[
        "provisioning/config/runtime/vapora.toml",
        "provisioning/config/runtime/a.json",
        "provisioning/config/runtime/notes.txt",
        "provisioning/vapora-wrksp/workspace.toml",
        "provisioning/profiles/lab.ncl",
    ];

    #[test]
    fn every_folder_of_a_workspace_leads_to_its_configurations() {
        let room = room(WORKSPACE);
        let expected = ["config/runtime/vapora.toml", "config/runtime/a.json"];
        for folder in [
            "",
            "provisioning",
            "provisioning/vapora-wrksp",
            "provisioning/config",
            "provisioning/config/runtime",
        ] {
            assert_eq!(names(&room.path().join(folder)), expected, "{folder}");
        }
    }

    #[test]
    fn it_says_which_file_counts_and_what_is_replaced() {
        let folder = room(WORKSPACE);
        let root = folder.path().join("provisioning");
        let found = look(&root, &Schema::default()).unwrap();
        assert_eq!(
            found.own_files().unwrap(),
            "It brings its own profiles/lab.ncl in place of the shipped one."
        );
        assert!(found.files[0].meaning.starts_with("read by the services"));
        assert!(found.files[1].meaning.starts_with("a variant"));
        symlink("../config/runtime/vapora.toml", root.join(PROVISIONED)).unwrap();
        let found = look(&root, &Schema::default()).unwrap();
        assert_eq!(found.files.len(), 2);
        assert!(
            found.files[0]
                .meaning
                .ends_with("services and provisioning")
        );
        fs::remove_file(root.join(PROVISIONED)).unwrap();
        fs::write(root.join(PROVISIONED), "").unwrap();
        let found = look(&root, &Schema::default()).unwrap();
        assert_eq!(found.files[2].name, PROVISIONED);
        assert!(found.files[2].meaning.contains("not vapora.toml"));
    }

    #[test]
    fn any_other_folder_offers_its_own_files() {
        let room = room(&["b.toml", "a.json", "c.txt"]);
        assert_eq!(names(room.path()), ["a.json", "b.toml"]);
    }

    #[test]
    fn a_folder_without_a_configuration_says_where_one_would_be() {
        let room = room(&["empty/x.txt", "vapora/forms/x"]);
        for folder in ["empty", "vapora"] {
            let problem = look(&room.path().join(folder), &Schema::default()).unwrap_err();
            assert!(
                problem
                    .sentence()
                    .contains("keeps it in config/runtime/vapora.toml")
            );
        }
        assert!(look(&room.path().join("none"), &Schema::default()).is_err());
    }
}
