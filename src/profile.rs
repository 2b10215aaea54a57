//! The profiles on offer: shipped ones in the order solo, multiuser, enterprise, then the workspace's own.
//! Leaves to others: what a profile's values are (`nickel`).

use crate::clean;
use crate::nickel::texts::{PROFILES, is_profile};
use crate::problem::{self, Problem, Severity};
use crate::workspace::Workspace;

/// One profile by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: String,
    /// Its first comment line: one sentence that says what it is for.
    pub summary: String,
    pub shipped: bool,
}

/// The field that shows the profile in force.
pub const MODE: &str = "deployment_mode";

const SHIPPED_ORDER: [&str; 3] = ["solo", "multiuser", "enterprise"];

/// All profiles of a workspace, and the files that could not be read.
#[must_use]
pub fn all(workspace: &Workspace) -> (Vec<Profile>, Vec<Problem>) {
    let mut profiles = Vec::new();
    let mut problems = Vec::new();
    for text in workspace.names(PROFILES, ".ncl") {
        if !is_profile(&text) {
            continue;
        }
        match workspace.source(&text) {
            Ok(Some(source)) => profiles.push(Profile {
                name: name(&text),
                summary: summary(&source.text),
                shipped: source.shipped,
            }),
            Ok(None) => {}
            // It spoils nothing but itself.
            Err(problem) => problems.push(Problem {
                severity: Severity::Warning,
                ..problem
            }),
        }
    }
    let place = |profile: &Profile| SHIPPED_ORDER.iter().position(|name| *name == profile.name);
    profiles.sort_by_key(|profile| place(profile).unwrap_or(SHIPPED_ORDER.len()));
    (profiles, problems)
}

/// The profile asked for by name.
///
/// # Errors
/// When there is none of that name; the hint says which there are.
pub fn known(name: &str, profiles: &[Profile]) -> Result<String, Problem> {
    if profiles.iter().any(|profile| profile.name == name) {
        return Ok(name.to_owned());
    }
    let names = profiles.iter().map(|profile| profile.name.as_str());
    let hint = match problem::nearest(name, names) {
        Some(near) => format!("Did you mean {near}? Profiles are {}.", names_of(profiles)),
        None => format!("Profiles are {}.", names_of(profiles)),
    };
    let shown = clean::line(name);
    Err(Problem::error(format!("There is no profile {shown}.")).hint(hint))
}

/// As [`known`]; a profile that is there and could not be read is told with what is wrong with it, as one of the
/// problems of [`all`].
///
/// # Errors
/// When there is none of that name that can be used.
pub fn usable(name: &str, profiles: &[Profile], unread: &[Problem]) -> Result<String, Problem> {
    known(name, profiles).map_err(|problem| {
        let named = |problem: &&Problem| {
            let file = problem.place.as_ref().map(|place| place.file.as_path());
            file.and_then(|file| file.file_stem())
                .is_some_and(|stem| stem == name)
        };
        match unread.iter().find(named) {
            Some(why) => Problem {
                severity: Severity::Error,
                message: format!(
                    "{PROFILES}/{}.ncl is there and cannot be used: {}",
                    clean::line(name),
                    why.message
                ),
                ..why.clone()
            },
            None => problem,
        }
    })
}

/// `solo, multiuser, enterprise`.
#[must_use]
pub fn names_of(profiles: &[Profile]) -> String {
    let names: Vec<&str> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    names.join(", ")
}

fn name(text: &str) -> String {
    let file = text.rsplit('/').next().unwrap_or(text);
    clean::line(file.strip_suffix(".ncl").unwrap_or(file))
}

fn summary(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    clean::line(first.strip_prefix('#').unwrap_or_default().trim())
}
