//! The texts the child works with: schemas and profiles, from the workspace or compiled in, and the data beside them
//! that they may import.

use crate::nickel::protocol::SourceText;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// The entry of the schema: `{ version, renamed, Config, ranges, errors, warnings }`.
pub const ENTRY: &str = "assets/schemas/platform/configs/main.ncl";

/// The folder of profiles; every `.ncl` directly in it is one.
pub const PROFILES: &str = "profiles";

/// The limits that forms read; a schema may import them, so that each is written once.
const CONSTRAINTS: &str = "forms/constraints.toml";

/// The ending of Nickel texts.
const NICKEL: &str = ".ncl";

/// Endings of data that Nickel reads by itself.
const DATA: [&str; 4] = [".toml", ".json", ".yaml", ".yml"];

/// Everything handed to the child, and what of the schema could not be read.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    pub sources: Vec<SourceText>,
    pub problems: Vec<Problem>,
}

impl Texts {
    #[must_use]
    pub fn read(workspace: &Workspace) -> Self {
        let mut texts = Self::default();
        let names = ["assets/schemas", PROFILES]
            .into_iter()
            .flat_map(|folder| workspace.names(folder, ""))
            .filter(|name| is_nickel(name) || is_data(name))
            .chain([CONSTRAINTS.to_owned()]);
        for name in names {
            match workspace.source(&name) {
                Ok(Some(source)) => texts.sources.push(SourceText {
                    name: source.name,
                    text: source.text.into_owned(),
                    shipped: source.shipped,
                }),
                Ok(None) => {}
                // Whoever lists the profiles says it.
                Err(_) if is_profile(&name) => {}
                // Whoever imports it says that there is no such text.
                Err(_) if is_data(&name) => {}
                Err(problem) => texts.problems.push(problem),
            }
        }
        texts
    }
}

/// Is this a Nickel text, by its name?
#[must_use]
pub fn is_nickel(name: &str) -> bool {
    name.ends_with(NICKEL)
}

fn is_data(name: &str) -> bool {
    DATA.iter().any(|ending| name.ends_with(ending))
}

/// Is this text a profile?
#[must_use]
pub fn is_profile(name: &str) -> bool {
    name.strip_prefix(PROFILES)
        .and_then(|rest| rest.strip_prefix('/'))
        .and_then(|rest| rest.strip_suffix(".ncl"))
        .is_some_and(|profile| !profile.contains('/'))
}

/// The text's name of a profile.
#[must_use]
pub fn profile_text(profile: &str) -> String {
    format!("{PROFILES}/{profile}.ncl")
}
