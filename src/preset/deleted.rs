//! Deleting a preset and bringing it back: at once from what deleting gave, later from what was kept beside it.
//! Leaves to others: how a removed file is kept (`store`), asking before (`cli`, `tui`).

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

use zeroize::Zeroizing;

use super::allowed;
use super::keep::{self, Refused, Saved};
use super::library::Loaded;
use super::name::{Name, Named};
use super::places::{ENDING, Places, Whose};
use crate::problem::{self, Problem, counted};
use crate::store::{self, Failed, generations};

/// Where what was removed lies, below its folder.
const KEPT: &str = ".vapora-tui/generations";

/// A preset that was deleted, whole: [`put_back`] brings it back.
#[derive(Clone, PartialEq)]
pub struct Deleted {
    pub whose: Whose,
    pub name: Name,
    bytes: Zeroizing<Vec<u8>>,
    mode: u32,
    /// How many secrets it holds in clear, as far as is known.
    clear: usize,
}

/// Without the bytes: they may hold secrets.
impl fmt::Debug for Deleted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deleted")
            .field("whose", &self.whose)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Deleted {
    /// What is still there of secrets in clear though it is deleted: `1 secret in clear is kept in
    /// presets/.vapora-tui/generations/ (mode 0600).` The folder is shown as the file's is.
    #[must_use]
    pub fn secrets_kept(&self, shown_file: &str) -> Option<String> {
        let folder = Path::new(shown_file).parent()?.join(KEPT);
        let (are, mode) = (if self.clear == 1 { "is" } else { "are" }, self.mode);
        (self.clear > 0).then(|| {
            format!(
                "{} in clear {are} kept in {}/ (mode {mode:04o}).",
                counted(self.clear, "secret"),
                folder.to_string_lossy()
            )
        })
    }

    #[must_use]
    pub fn named(&self) -> Named {
        Named {
            whose: Some(self.whose),
            name: self.name.clone(),
        }
    }
}

/// Deletes a preset and returns it. What it held is kept beside it with its mode, as earlier versions of a written file
/// are, and as many: [`kept`] finds it when nobody has what was returned any more.
///
/// # Errors
/// [`Refused`]: also when somebody changed it since it was loaded, or when it cannot be kept.
pub fn delete(loaded: &Loaded) -> Result<Deleted, Refused> {
    keep::must_be_as_read(loaded)?;
    allowed::to_delete(loaded)?;
    let most = store::most_kept()?;
    store::remove_keeping(&loaded.file, &loaded.found, most).map_err(|failed| match failed {
        Failed::ChangedOnDisk { .. } => keep::was_changed(&loaded.file),
        failed => Refused::Failed(failed.problem()),
    })?;
    Ok(Deleted {
        whose: loaded.whose.unwrap_or(Whose::Mine),
        name: loaded.preset.name.clone(),
        bytes: Zeroizing::new(loaded.found.bytes.clone()),
        mode: loaded.found.mode & 0o777,
        clear: loaded.clear.len(),
    })
}

/// Brings a deleted preset back as it was.
///
/// # Errors
/// [`Refused`]: also when there is one of its name by now, which is never replaced.
pub fn put_back(places: &Places, deleted: &Deleted) -> Result<Saved, Refused> {
    let file = places.file(deleted.whose, &deleted.name)?;
    let text = String::from_utf8(deleted.bytes.to_vec()).map_err(|_| {
        Problem::error("It was no UTF-8 text, so it cannot be brought back.").in_file(&file, None)
    })?;
    allowed::to_restore(&deleted.named(), deleted.whose, &file)?;
    let private = keep::is_private(deleted.mode);
    let put = keep::put(places, deleted.whose, &file, text, private, None);
    put.map_err(|refused| match refused {
        Refused::Taken { problem, found } => Refused::Taken {
            problem: problem
                .hint("It stays. Give it another name first, then bring this one back."),
            found,
        },
        refused => refused,
    })
}

/// What was deleted last under this name; a name alone is that of the operator's own.
///
/// # Errors
/// A problem when none is kept, which names those that are; or when it cannot be read, or was changed since.
pub fn kept(places: &Places, named: &Named) -> Result<Deleted, Problem> {
    let whose = named.whose.unwrap_or(Whose::Mine);
    let name = named.name.clone();
    let file = places.file(whose, &name)?;
    let mut all = generations::list(&file);
    if all.kept.is_empty() {
        if let Some(problem) = all.problems.pop() {
            return Err(problem);
        }
        return Err(none_kept(places, named));
    }
    let found = all.kept.swap_remove(0).read()?;
    Ok(Deleted {
        whose,
        name,
        bytes: Zeroizing::new(found.bytes),
        mode: found.mode,
        clear: 0,
    })
}

fn none_kept(places: &Places, named: &Named) -> Problem {
    let problem = Problem::error(format!("No deleted preset {named} is kept."));
    let can: Vec<String> = restorable(places).iter().map(Named::to_string).collect();
    let shared = Named {
        whose: Some(Whose::Shared),
        name: named.name.clone(),
    };
    let shared = shared.to_string();
    if named.whose.is_none() && can.contains(&shared) {
        return problem.hint(format!(
            "A shared one is: vapora-tui preset restore {shared}"
        ));
    }
    let near = problem::nearest(&named.to_string(), can.iter().map(String::as_str));
    problem.hint(match (near, can.as_slice()) {
        (_, []) => "None was deleted here yet.".to_owned(),
        (Some(near), _) => format!("Did you mean {near}?"),
        (None, [first, ..]) if can.len() > 5 => {
            format!("{} are kept, {first} among them.", can.len())
        }
        (None, _) => format!("Kept are {}.", can.join(", ")),
    })
}

/// Those that were deleted and are not there, in both folders.
fn restorable(places: &Places) -> Vec<Named> {
    let mut can = Vec::new();
    for whose in Whose::BOTH {
        let Ok(folder) = places.folder(whose) else {
            continue;
        };
        for file in generations::files_kept(&folder) {
            let there = folder.join(&file).symlink_metadata().is_ok();
            if let (false, Some(name)) = (there, name_of(&file)) {
                can.push(Named {
                    whose: Some(whose),
                    name,
                });
            }
        }
    }
    can
}

fn name_of(file: &OsStr) -> Option<Name> {
    let name = Path::new(file).to_str()?.strip_suffix(ENDING)?;
    Name::new(name).ok()
}
