//! The presets of both folders: which there are, finding one by its name, and reading it with all that is wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Preset;
use super::clear::Clear;
use super::name::{Name, Named};
use super::places::{self, ENDING, Places, Whose};
use super::read::{self, Reading};
use crate::answers::{Base, OfPreset, Said};
use crate::clean;
use crate::config::{Config, Origin};
use crate::input::{self, Format, NamedBy};
use crate::problem::{self, Problem};
use crate::profile::{self, Profile};
use crate::schema::{FieldPath, Schema};
use crate::store::{self, Found};
use crate::workspace::Workspace;

/// More files are not looked at: nobody chooses among so many.
const MOST: usize = 500;

/// A preset that was read, with what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// `None` for a file that lies in neither folder.
    pub whose: Option<Whose>,
    pub file: PathBuf,
    pub preset: Preset,
    /// The line of each answer, counted from 1.
    pub lines: BTreeMap<FieldPath, usize>,
    /// The file as it was read: what a later save compares with.
    pub found: Found,
    pub problems: Vec<Problem>,
    /// Answers of another kind than their setting's, and a profile that is not there. In force, that is said too.
    pub unfit: Vec<Problem>,
    /// Secrets in clear that were not taken, because everybody who has the workspace has them.
    pub withheld: Vec<FieldPath>,
    /// Every secret in clear that its text says: a copy leaves them out unless told.
    pub clear: Vec<Clear>,
    /// That it was taken although there is another of this name, and how that one is named.
    pub note: Option<String>,
}

impl Loaded {
    fn new(whose: Option<Whose>, file: &Path, name: Name, found: Found, schema: &Schema) -> Self {
        let reading = match whose {
            Some(Whose::Shared) => Reading::SharedPreset,
            _ => Reading::Preset,
        };
        let mut read = read::read(file, &found.bytes, schema, reading);
        let warning =
            |message: String, hint: &str| Problem::warning(message).hint(hint).in_file(file, None);
        let says = read.name.as_deref().filter(|says| *says != name.as_str());
        if let (Some(says), Some(_)) = (says, whose) {
            let says: String = clean::line(says).chars().take(60).collect();
            read.problems.push(warning(
                format!("It says that its name is {says}, and its file is called {name}."),
                "The file's name counts. Save it again, or change the line.",
            ));
        }
        let preset = Preset {
            name,
            description: read.description,
            schema: read.schema.unwrap_or_default(),
            profile: read.profile,
            workload: read.workload,
            answers: read.answers,
        };
        if preset.profile.is_none() && !read.problems.iter().any(is_error) {
            let problem = Problem::error("It names no profile.");
            let hint = "Write the profile that it builds on, for example profile = \"enterprise\".";
            read.problems.push(problem.hint(hint).in_file(file, None));
        }
        if preset.clear_secrets() > 0 && found.mode & 0o077 != 0 {
            let mode = found.mode;
            read.problems.push(warning(
                format!("It holds a secret in clear, and others may read it (mode {mode:04o})."),
                "Run chmod 600 on it, or save it again.",
            ));
        }
        Self {
            whose,
            file: file.to_owned(),
            preset,
            lines: read.lines,
            found,
            problems: read.problems,
            unfit: read.unfit,
            withheld: read.withheld,
            clear: read.clear,
            note: None,
        }
    }

    /// Notes when its profile is not there.
    pub fn must_build_on_one(&mut self, places: &Places) {
        self.must_know(&places.profiles(), places);
    }

    /// Notes a profile that is not there: under the answers it is told by whoever chooses the profile.
    fn must_know(&mut self, (profiles, unread): &(Vec<Profile>, Vec<Problem>), places: &Places) {
        if let Some(name) = &self.preset.workload
            && let Some(problem) = places.lacks_workload(name)
        {
            self.problems.push(problem.in_file(&self.file, None));
        }
        let Some(name) = &self.preset.profile else {
            return;
        };
        if let Err(mut problem) = profile::usable(name, profiles, unread) {
            problem.severity = problem::Severity::Error;
            self.unfit.push(problem.in_file(&self.file, None));
        }
    }

    /// `shared/staging-eu`: what names exactly this one; of a file in neither folder its name.
    #[must_use]
    pub fn named(&self) -> Named {
        Named {
            whose: self.whose,
            name: self.preset.name.clone(),
        }
    }

    /// When its file was changed: `2026-11-21 10:02 UTC`.
    #[must_use]
    pub fn modified(&self) -> String {
        let whole = store::utc(self.found.fingerprint.modified);
        match (whole.get(..10), whole.get(11..16)) {
            (Some(date), Some(clock)) if whole.len() == 23 => format!("{date} {clock} UTC"),
            _ => whole,
        }
    }

    /// Everything that is wrong, what the schema would say once more too.
    #[must_use]
    pub fn all_problems(&self) -> Vec<Problem> {
        [self.problems.clone(), self.unfit.clone()].concat()
    }

    /// What lies under the answers when it is opened; its values show `from: preset NAME`.
    #[must_use]
    pub fn base(&self) -> Base {
        Base {
            file: self.file.clone(),
            profile: self.preset.profile.clone(),
            values: self.preset.answers.clone(),
            preset: Some(self.of_preset()),
        }
    }

    /// What a base of it says of itself. Of two with one name mine is meant, so a shared one is named exactly.
    #[must_use]
    pub fn of_preset(&self) -> OfPreset {
        let name = &self.preset.name;
        OfPreset {
            name: name.to_string(),
            named: self.whose.map(|whose| match whose {
                Whose::Mine => name.to_string(),
                Whose::Shared => self.named().to_string(),
            }),
            workload: self.preset.workload.clone(),
        }
    }

    /// What is said when it is loaded and nothing else: its profile with it as base.
    #[must_use]
    pub fn said(&self) -> Said {
        Said {
            profile: self.preset.profile.clone(),
            base: Some(Arc::new(self.base())),
            ..Said::default()
        }
    }

    /// As a file of configuration that says the same, for what reads those. What the schema would say of the values is
    /// left to it.
    #[must_use]
    pub fn opened(&self) -> input::Opened {
        input::Opened {
            format: Format::Toml,
            values: self.preset.answers.clone(),
            lines: self.lines.clone(),
            mode: self.preset.profile.clone(),
            named_by: NamedBy::Preset,
            problems: self.problems.clone(),
        }
    }

    /// A baseline to compare with: its values over `profile`, which is its profile alone. They are not judged.
    #[must_use]
    pub fn over(&self, profile: &Config) -> Config {
        let origin = Origin::Preset(self.preset.name.to_string());
        profile.with_values(&self.preset.answers, &origin)
    }
}

fn is_error(problem: &Problem) -> bool {
    problem.severity == problem::Severity::Error
}

/// Is this the text of a preset, and no configuration?
#[must_use]
pub fn is_preset(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    // What stands before the first section, without comments.
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut lines = lines.filter(|line| !line.starts_with('#'));
    let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
    lines.next().is_some_and(|first| key(first) == "format")
        && text.lines().any(|line| {
            let line = line.trim();
            line.starts_with("[answers]") || line.starts_with("[answers.")
        })
}

/// Reads the file of a preset that lies anywhere. In a folder of presets its name is that of the file, elsewhere the
/// one it says, or one near to that of the file.
#[must_use]
pub fn open(file: &Path, found: Found, schema: &Schema) -> Loaded {
    match (places::of_file(file), named_by(file)) {
        (Some(whose), Ok(name)) => Loaded::new(Some(whose), file, name, found, schema),
        _ => open_elsewhere(file, found, schema),
    }
}

/// As [`open`], wherever it lies: what it holds is for another place.
pub(super) fn open_elsewhere(file: &Path, found: Found, schema: &Schema) -> Loaded {
    let says = read::read(file, &found.bytes, schema, Reading::Preset).preset_name();
    let name = says.unwrap_or_else(|| Name::of_file(file));
    Loaded::new(None, file, name, found, schema)
}

/// The names in both folders, sorted, mine first; for a count or a first look, when the schema is not there yet.
#[must_use]
pub fn names(places: &Places) -> Vec<(Whose, Name)> {
    let mut names = Vec::new();
    for whose in Whose::BOTH {
        let files = files(places, whose).unwrap_or_default();
        let files = files.iter().filter_map(|file| named_by(file).ok());
        let mut of_folder: Vec<Name> = files.collect();
        of_folder.sort();
        names.extend(of_folder.into_iter().map(|name| (whose, name)));
    }
    names
}

/// Every preset of both folders, by name, mine before a shared one of the same name; and what there cannot be read.
#[must_use]
pub fn list(places: &Places, schema: &Schema) -> (Vec<Loaded>, Vec<Problem>) {
    let mut presets = Vec::new();
    let mut problems = Vec::new();
    let profiles = places.profiles();
    for whose in Whose::BOTH {
        let mut files = match files(places, whose) {
            Ok(files) => files,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if files.len() > MOST {
            let folder = places.folder(whose).unwrap_or_default();
            let message = format!("There are {} presets; {MOST} are listed.", files.len());
            let hint = "Move those away that nobody uses.";
            problems.push(Problem::warning(message).hint(hint).in_file(&folder, None));
            files.truncate(MOST);
        }
        for file in files {
            let loaded =
                named_by(&file).and_then(|name| of_file(places, whose, name, &file, schema));
            match loaded {
                Ok(Some(mut loaded)) => {
                    loaded.must_know(&profiles, places);
                    presets.push(loaded);
                }
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
    }
    presets.sort_by(|a, b| (&a.preset.name, a.whose).cmp(&(&b.preset.name, b.whose)));
    (presets, problems)
}

/// In the folder of a user who has none are no files.
fn files(places: &Places, whose: Whose) -> Result<Vec<PathBuf>, Problem> {
    match places.folder(whose) {
        Ok(folder) => store::files_ending(&folder, ENDING),
        Err(_) => Ok(Vec::new()),
    }
}

fn named_by(file: &Path) -> Result<Name, Problem> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    Name::new(&stem).map_err(|mut problem| {
        let hint = problem.hint.take().unwrap_or_default();
        problem
            .hint(format!("It is not listed. Rename the file. {hint}"))
            .in_file(file, None)
    })
}

/// The file of a preset, or what would become one.
pub(super) fn read_file(file: &Path) -> Result<Option<Found>, Problem> {
    if let Ok(is) = file.metadata()
        && !is.is_file()
    {
        let what = if is.is_dir() {
            "a folder"
        } else {
            "no regular file"
        };
        return Err(Problem::error(format!("It is {what}, so it is no preset."))
            .hint("Move it out of the folder of presets.")
            .in_file(file, None));
    }
    store::read(file)
}

/// A link that leads nowhere is no preset, and is not passed over either.
fn dangling(file: &Path, to: &Path) -> Problem {
    let to = clean::line(&to.to_string_lossy());
    Problem::error(format!("It is a link to {to}, which is not there."))
        .hint("It is not listed. Remove the link, or bring that file back.")
        .in_file(file, None)
}

fn of_file(
    places: &Places,
    whose: Whose,
    name: Name,
    file: &Path,
    schema: &Schema,
) -> Result<Option<Loaded>, Problem> {
    let Some(found) = read_file(file)? else {
        return match file.read_link() {
            Ok(to) => Err(dangling(file, &to)),
            Err(_) => Ok(None),
        };
    };
    places.must_hold(whose, file)?;
    Ok(Some(Loaded::new(Some(whose), file, name, found, schema)))
}

/// Where the preset of this name is: mine before a shared one, unless one is named exactly. The flag says that there
/// is a shared one of this name too, which was not named.
///
/// # Errors
/// When there is none; the problem gives the nearest name.
pub fn find(places: &Places, named: &Named) -> Result<(Whose, PathBuf, bool), Problem> {
    let is_there = |whose: &Whose| {
        let file = places.file(*whose, &named.name).ok();
        file.filter(|file| file.symlink_metadata().is_ok())
    };
    let wanted = Whose::BOTH.into_iter();
    let mut found = wanted
        .filter(|whose| named.whose.is_none_or(|named| named == *whose))
        .filter_map(|whose| Some((whose, is_there(&whose)?)));
    if let Some((whose, file)) = found.next() {
        return Ok((whose, file, found.next().is_some()));
    }
    let known = names(places);
    let near = known.iter().map(|(_, name)| name.as_str());
    let hint = match problem::nearest(named.name.as_str(), near) {
        Some(near) if near == named.name.as_str() => {
            let whose = known.iter().find(|(_, name)| name.as_str() == near);
            let whose = whose.map_or("mine", |(whose, _)| whose.word());
            format!("There is {whose}/{near}.")
        }
        Some(near) => format!("Did you mean {near}?"),
        None if known.is_empty() => "None is saved yet: `vapora-tui preset save` does.".to_owned(),
        None => "`vapora-tui preset list` shows them.".to_owned(),
    };
    Err(Problem::error(format!("There is no preset {named}.")).hint(hint))
}

/// Which preset is meant by what changes one: a name alone is that of the operator's own, so that nobody changes the
/// team's by a name that was theirs a moment ago.
///
/// # Errors
/// When only a shared one has the name.
pub fn to_change(places: &Places, named: &Named) -> Result<Named, Problem> {
    let exactly = Named {
        whose: Some(named.whose.unwrap_or(Whose::Mine)),
        name: named.name.clone(),
    };
    if named.whose.is_none()
        && find(places, &exactly).is_err()
        && let Ok((Whose::Shared, file, _)) = find(places, named)
    {
        let name = &named.name;
        return Err(
            Problem::error(format!("{name} is shared: a change is one for everybody."))
                .hint(format!("To change it, name it shared/{name}."))
                .in_file(&file, None),
        );
    }
    // Of a name that is nowhere the whole is told.
    if find(places, &exactly).is_err() {
        return Ok(named.clone());
    }
    Ok(exactly)
}

/// The file that `--preset` names in this workspace; and what is to be said when a shared one has the same name.
///
/// # Errors
/// When the name is none, or there is no such preset.
pub fn named(workspace: &Workspace, text: &str) -> Result<(PathBuf, Option<String>), Problem> {
    let named = Named::parse(text)?;
    let (_, file, both) = find(&Places::of(workspace), &named)?;
    Ok((file, both.then(|| taken(&named.name))))
}

fn taken(name: &Name) -> String {
    format!("There are two presets {name}; yours is taken. shared/{name} names the other.")
}

/// Loads the preset of this name.
///
/// # Errors
/// When there is none, or nothing can be read of it.
pub fn load(places: &Places, named: &Named, schema: &Schema) -> Result<Loaded, Problem> {
    let (whose, file, both) = find(places, named)?;
    let gone = || {
        Problem::error("The preset is gone.")
            .hint("`vapora-tui preset list` shows those that are there.")
            .in_file(&file, None)
    };
    let name = named.name.clone();
    let mut loaded = of_file(places, whose, name, &file, schema)?.ok_or_else(gone)?;
    loaded.must_know(&places.profiles(), places);
    loaded.note = both.then(|| taken(&named.name));
    Ok(loaded)
}
