//! Saving, renaming, exporting and importing presets: each a whole step that changes nothing when it fails.
//! Nothing is replaced that was not named as it is on disk. Leaves to others: deleting (`deleted`).

use std::path::{Path, PathBuf};

use super::allowed;
use super::clear;
use super::library::{self, Loaded};
use super::name::{Description, Name};
use super::places::{Places, Whose};
use super::{Preset, text};
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::store::{self, Failed, Found, Plan};

/// What a finished save leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub file: PathBuf,
    /// Permission bits.
    pub mode: u32,
    /// The file as it is now: what the next save compares with.
    pub found: Option<Found>,
    /// What did not go as it should though it is saved.
    pub problems: Vec<Problem>,
}

/// Why nothing was saved.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// There is one of this name. Whoever wants to replace it saves over what was found.
    Taken {
        problem: Problem,
        found: Box<Found>,
    },
    /// Somebody changed or removed it since it was read; `found` is what is there now.
    Changed {
        problem: Problem,
        found: Option<Box<Found>>,
    },
    Failed(Problem),
}

impl Refused {
    #[must_use]
    pub fn problem(&self) -> &Problem {
        match self {
            Self::Taken { problem, .. } | Self::Changed { problem, .. } | Self::Failed(problem) => {
                problem
            }
        }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

/// Saves a preset. `over` is the file that it replaces, as it was read; without it nothing is replaced. With secrets in
/// clear the file is its owner's alone, and a shared preset is refused. Lines of the replaced file that stay keep their
/// comments.
///
/// # Errors
/// [`Refused`], and then nothing has changed.
pub fn save(
    places: &Places,
    whose: Whose,
    preset: &Preset,
    over: Option<&Found>,
) -> Result<Saved, Refused> {
    let file = places.file(whose, &preset.name)?;
    let clear = preset.clear_secrets() > 0;
    if clear && whose == Whose::Shared {
        return Err(never_shared(&file).into());
    }
    if preset.profile.is_none() {
        let problem = Problem::error("A preset needs a profile to build on.");
        return Err(problem
            .hint("Choose one first.")
            .in_file(&file, None)
            .into());
    }
    allowed::to_save(whose, &preset.name, &file)?;
    let existing = over.and_then(|over| std::str::from_utf8(&over.bytes).ok());
    let kept = existing.and_then(|existing| text::over(existing, preset));
    let text = kept.unwrap_or_else(|| text::text(preset));
    put(places, whose, &file, text, clear, over)
}

/// Why this preset, copied or renamed, may not lie in that folder.
#[must_use]
pub fn may_share(loaded: &Loaded, whose: Whose) -> Option<Problem> {
    let holds = loaded.preset.clear_secrets() > 0 || !loaded.withheld.is_empty();
    (whose == Whose::Shared && holds).then(|| never_shared(&loaded.file))
}

fn never_shared(file: &Path) -> Problem {
    Problem::error("A shared preset never holds a secret in clear.")
        .hint("Refer to it, for example ${FILE:/run/secrets/name}, or save the preset as yours.")
        .in_file(file, None)
}

pub(super) fn put(
    places: &Places,
    whose: Whose,
    file: &Path,
    text: String,
    clear: bool,
    over: Option<&Found>,
) -> Result<Saved, Refused> {
    if file.symlink_metadata().is_ok() {
        places.must_hold(whose, file)?;
    }
    if let (None, Some(found)) = (over, library::read_file(file)?) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let problem = Problem::error(format!(
            "There is a preset {}/{name} already.",
            whose.word()
        ))
        .hint("Replace it, or choose another name.")
        .in_file(file, None);
        let found = Box::new(found);
        return Err(Refused::Taken { problem, found });
    }
    let mut plan = Plan::new(file, over, text, clear)?;
    if whose == Whose::Mine {
        plan = plan.in_private_folders();
    }
    let written = plan.write().map_err(|failed| match failed {
        Failed::ChangedOnDisk { .. } => was_changed(file),
        failed => Refused::Failed(failed.problem()),
    })?;
    Ok(Saved {
        file: file.to_owned(),
        mode: written.mode,
        found: store::read(file).ok().flatten(),
        problems: written.problems,
    })
}

pub(super) fn was_changed(file: &Path) -> Refused {
    Refused::Changed {
        problem: changed(file),
        found: store::read(file).ok().flatten().map(Box::new),
    }
}

fn changed(file: &Path) -> Problem {
    Problem::error("Somebody changed or removed this preset since it was read.")
        .hint("Nothing was written. Load it again to see what changed, or save under another name.")
        .in_file(file, None)
}

/// Gives it another name in its folder.
///
/// # Errors
/// [`Refused`]: also when there is one of that name, which is never replaced.
pub fn rename(places: &Places, loaded: &Loaded, name: &Name) -> Result<Saved, Refused> {
    if *name == loaded.preset.name {
        let problem = Problem::error(format!("It is called {name} already."));
        return Err(problem.hint("Give another name.").into());
    }
    must_be_as_read(loaded)?;
    allowed::to_change(places, loaded)?;
    let whose = loaded.whose.unwrap_or(Whose::Mine);
    let description = loaded.preset.description.clone();
    // It is the same preset still.
    let mut saved = duplicate(places, loaded, whose, name, &description, true)?;
    if let Err(problem) = store::remove(&loaded.file) {
        let old = &loaded.preset.name;
        let message = format!(
            "{name} is saved, and {old} could not be removed. {}",
            problem.message
        );
        saved.problems.push(Problem { message, ..problem });
    }
    Ok(saved)
}

/// Saves a copy under another name or in the other folder; it is changed in nothing else. Secrets in clear
/// ([`Loaded::clear`]) stay out unless `with_secrets`.
///
/// # Errors
/// [`Refused`]: also when there is one of that name, which is never replaced.
pub fn duplicate(
    places: &Places,
    loaded: &Loaded,
    whose: Whose,
    name: &Name,
    description: &Description,
    with_secrets: bool,
) -> Result<Saved, Refused> {
    let file = places.file(whose, name)?;
    let clear = with_secrets && !loaded.clear.is_empty();
    if with_secrets && let Some(problem) = may_share(loaded, whose) {
        return Err(problem.into());
    }
    allowed::to_copy(loaded, whose, name, &file)?;
    let text = changed_text(loaded, name, description, with_secrets)?;
    let private = clear || is_private(loaded.found.mode);
    put(places, whose, &file, text, private, None).map_err(|refused| match refused {
        // Unlike a save it never replaces one.
        Refused::Taken { problem, found } => Refused::Taken {
            problem: problem.hint("Choose another name."),
            found,
        },
        refused => refused,
    })
}

/// Is it its owner's alone?
pub(super) fn is_private(mode: u32) -> bool {
    matches!(mode & 0o077, 0)
}

/// Says anew what it is for.
///
/// # Errors
/// [`Refused`].
pub fn describe(
    places: &Places,
    loaded: &Loaded,
    description: &Description,
) -> Result<Saved, Refused> {
    allowed::to_change(places, loaded)?;
    let text = changed_text(loaded, &loaded.preset.name, description, true)?;
    let clear = loaded.preset.clear_secrets() > 0;
    let whose = loaded.whose.unwrap_or(Whose::Mine);
    put(
        places,
        whose,
        &loaded.file,
        text,
        clear,
        Some(&loaded.found),
    )
}

fn changed_text(
    loaded: &Loaded,
    name: &Name,
    description: &Description,
    with_secrets: bool,
) -> Result<String, Problem> {
    let text = text_of(loaded, with_secrets)?;
    let changed = text::changed(&text, name, description);
    changed.map_err(|problem| problem.in_file(&loaded.file, None))
}

/// The text of its file, with or without what it says in clear.
fn text_of(loaded: &Loaded, with_secrets: bool) -> Result<String, Problem> {
    let in_file = |problem: Problem| problem.in_file(&loaded.file, None);
    let text = std::str::from_utf8(&loaded.found.bytes).map_err(|_| {
        in_file(
            Problem::error("It is not UTF-8 text, so it cannot be carried on.")
                .hint("Save it as UTF-8 with an editor."),
        )
    })?;
    if with_secrets {
        return Ok(text.to_owned());
    }
    clear::without(text, &loaded.clear).map_err(in_file)
}

pub(super) fn must_be_as_read(loaded: &Loaded) -> Result<(), Refused> {
    let now = store::read(&loaded.file)?;
    if now.as_ref().map(|now| &now.fingerprint) == Some(&loaded.found.fingerprint) {
        return Ok(());
    }
    Err(Refused::Changed {
        problem: changed(&loaded.file),
        found: now.map(Box::new),
    })
}

/// What is no regular file holds no preset, and takes none.
fn must_be_for_a_preset(file: &Path) -> Result<(), Problem> {
    let dash = file.file_name().is_some_and(|name| name == "-");
    let what = match file.metadata() {
        _ if dash => "- is no file: a preset is carried by one.",
        Ok(is) if is.is_dir() => "It is a folder, not a preset file.",
        Ok(is) if !is.is_file() => "It is a device or pipe, not a preset file.",
        _ => return Ok(()),
    };
    let problem = Problem::error(what).hint("Name a file, for example staging-eu.toml.");
    Err(problem.in_file(file, None))
}

/// What exporting a preset to a file would write; [`Plan::write`] does. A file that is there and no preset is refused.
/// Secrets in clear ([`Loaded::clear`]) stay out unless `with_secrets`.
///
/// # Errors
/// A problem when it cannot be written there.
pub fn export(loaded: &Loaded, file: &Path, with_secrets: bool) -> Result<Plan, Problem> {
    must_be_for_a_preset(file)?;
    let found = store::read(file)?;
    if let Some(found) = &found
        && !library::is_preset(&found.bytes)
    {
        return Err(
            Problem::error("There is a file already, and it is no preset.")
                .hint("Name another file.")
                .in_file(file, None),
        );
    }
    let text = text_of(loaded, with_secrets)?;
    let private = with_secrets && !loaded.clear.is_empty() || is_private(loaded.found.mode);
    Plan::new(file, found.as_ref(), text, private)
}

/// Reads a preset from a file, to be saved: its name is `name`, else the one it says, else that of its file. Secrets in
/// clear are not taken unless `with_secrets`; their paths are returned.
///
/// # Errors
/// A problem when there is no such file, or no preset in it.
pub fn import(
    file: &Path,
    name: Option<&Name>,
    with_secrets: bool,
    schema: &Schema,
) -> Result<(Loaded, Vec<FieldPath>), Problem> {
    must_be_for_a_preset(file)?;
    let found = store::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint("Give the path of a preset, for example staging-eu.toml.")
            .in_file(file, None)
    })?;
    if !library::is_preset(&found.bytes) {
        return Err(Problem::error("It is no preset.")
            .hint("A preset begins with format = 1 and has [answers]; `vapora-tui preset export` writes one.")
            .in_file(file, None));
    }
    let mut loaded = library::open_elsewhere(file, found, schema);
    if let Some(name) = name {
        loaded.preset.name = name.clone();
    }
    // Renamed settings stand under today's names.
    loaded.preset.schema.clone_from(&schema.version);
    let mut left_out = Vec::new();
    if !with_secrets {
        loaded.preset.answers.retain(|path, value| {
            if value.is_clear_secret() {
                left_out.push(path.clone());
            }
            !value.is_clear_secret()
        });
    }
    Ok((loaded, left_out))
}
