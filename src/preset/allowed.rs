//! What a user is told who may not write in a folder of presets: whose it is, and what can be done instead.
//! Leaves to others: the work itself (`keep`, `deleted`), every other refusal of the system (`store`).

use std::path::Path;

use super::library::Loaded;
use super::name::{Name, Named};
use super::places::{Places, Whose};
use crate::clean;
use crate::problem::Problem;
use crate::store::Closed;

/// # Errors
/// When a preset of this name cannot be saved there.
pub(super) fn to_save(whose: Whose, name: &Name, file: &Path) -> Result<(), Problem> {
    let instead = format!("Save it as your own instead, as mine/{name}.");
    told(Closed::at(file), whose, file, instead)
}

/// # Errors
/// When what was deleted cannot be brought back there.
pub(super) fn to_restore(named: &Named, whose: Whose, file: &Path) -> Result<(), Problem> {
    let closed = Closed::at(file);
    let owner = closed.as_ref().map_or("", |closed| closed.owner.as_str());
    let instead = format!("Ask {owner}: vapora-tui preset restore {named}");
    told(closed, whose, file, instead)
}

/// # Errors
/// When a copy of this name cannot be saved there.
pub(super) fn to_copy(of: &Loaded, whose: Whose, name: &Name, file: &Path) -> Result<(), Problem> {
    told(Closed::at(file), whose, file, own_copy(of, name))
}

/// # Errors
/// When it can have no other name or sentence.
pub(super) fn to_change(places: &Places, loaded: &Loaded) -> Result<(), Problem> {
    let whose = loaded.whose.unwrap_or(Whose::Mine);
    let name = free_name(places, &loaded.preset.name);
    let closed = Closed::at(&loaded.file);
    told(closed, whose, &loaded.file, own_copy(loaded, &name))
}

/// # Errors
/// When it cannot be removed, or not be kept to be brought back.
pub(super) fn to_delete(loaded: &Loaded) -> Result<(), Problem> {
    let whose = loaded.whose.unwrap_or(Whose::Mine);
    let closed = Closed::to_removing(&loaded.file);
    let owner = closed.as_ref().map_or("", |closed| closed.owner.as_str());
    let named = loaded.named();
    let instead = format!("Ask {owner} to delete it: vapora-tui preset delete {named}");
    told(closed, whose, &loaded.file, instead)
}

fn own_copy(of: &Loaded, name: &Name) -> String {
    let of = of.named();
    format!("Save a copy as your own: vapora-tui preset duplicate {of} mine/{name}")
}

/// A name that none of the operator's own has yet.
fn free_name(places: &Places, name: &Name) -> Name {
    let is_free = |name: &Name| {
        let file = places.file(Whose::Mine, name);
        file.is_ok_and(|file| file.symlink_metadata().is_err())
    };
    let others = (2..100).filter_map(|n| Name::new(&format!("{name}-{n}")).ok());
    let mut names = std::iter::once(name.clone()).chain(others);
    names.find(is_free).unwrap_or_else(|| name.clone())
}

/// A folder that is the operator's own, or should be, can be opened; in somebody else's something else is done.
fn told(closed: Option<Closed>, whose: Whose, file: &Path, instead: String) -> Result<(), Problem> {
    let Some(closed) = closed else {
        return Ok(());
    };
    let hint = if whose == Whose::Mine || closed.own {
        format!("Open it, then do this again: {}", closed.opened_by())
    } else {
        instead
    };
    Err(Problem::error(format!(
        "This user may not write in {}, which belongs to {}.",
        clean::line(&closed.folder.to_string_lossy()),
        closed.owner
    ))
    .hint(hint)
    .in_file(file, None))
}
