//! The Nickel texts the child works with: schemas and profiles, from the workspace or compiled in.

use crate::nickel::protocol::SourceText;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// The entry of the schema: `{ version, renamed, Config, ranges, errors, warnings }`.
pub const ENTRY: &str = "assets/schemas/platform/configs/main.ncl";

/// The folder of profiles; every `.ncl` directly in it is one.
pub const PROFILES: &str = "profiles";

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
            .flat_map(|folder| workspace.names(folder, ".ncl"));
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
                Err(problem) => texts.problems.push(problem),
            }
        }
        texts
    }
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
