//! `preset` and what stands behind it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::diff::Compared;
use super::format::Printed;
use super::sources::Sources;
use crate::cli::choices;

/// Presets: named sets of answers, yours or shared through the workspace's presets/
#[derive(Debug, Subcommand)]
pub enum PresetVerb {
    List(PresetList),
    Show(PresetShow),
    Save(PresetSave),
    Rename(PresetRename),
    Duplicate(PresetDuplicate),
    Describe(PresetDescribe),
    Delete(PresetDelete),
    Restore(PresetRestore),
    Diff(PresetDiff),
    Import(PresetImport),
    Export(PresetExport),
}

/// Lists the presets of yours and of the workspace: profile, answers, when changed, what for, and what is wrong
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 nothing is wrong with them, 1 something is, 2 not listed.")]
pub struct PresetList {
    #[command(flatten)]
    pub printed: Printed,
}

/// Shows what one preset holds, and what of it does not fit the schema; secrets show as (secret)
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0 shown, 1 something of it does not fit, 2 not shown.")]
pub struct PresetShow {
    #[command(flatten)]
    pub preset: PresetNamed,
    #[command(flatten)]
    pub printed: Printed,
}

/// Saves what differs from the profile as a preset, so that it follows the profile
///
/// The layers are those of render: profile, --from or --preset, environment, --set and --set-file. Secrets in clear
/// are left out unless --with-secrets, and of a shared preset always; references such as ${ENV:NAME} are kept.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 saved, 1 refused (a name that is taken, a secret in a shared preset, --readonly), 2 not saved.

Example:
  vapora-tui preset save staging-eu --profile enterprise --set llm_router.port=9003 \\
    --description 'EU staging'"
)]
pub struct PresetSave {
    /// The name: a-z, 0-9, - and _
    #[arg(value_name = "NAME")]
    pub name: String,
    #[command(flatten)]
    pub sources: Sources,
    /// What it is for, in one line [default: as it was]
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// What its forecast rests on: a name in assets/workloads/ [default: as it was, else the profile's own]
    #[arg(long, value_name = "NAME")]
    pub workload: Option<String>,
    /// Save it in the workspace's presets/, for everybody who has the workspace
    #[arg(long)]
    pub shared: bool,
    /// Keep secrets in clear too; then only you may read the file
    #[arg(long)]
    pub with_secrets: bool,
    #[command(flatten)]
    pub asked: Asked,
}

/// Gives a preset another name
#[derive(Args, Debug)]
pub struct PresetRename {
    #[command(flatten)]
    pub preset: PresetNamed,
    /// The new name: a-z, 0-9, - and _
    #[arg(value_name = "NEW")]
    pub new: String,
    #[command(flatten)]
    pub printed: Printed,
}

/// Saves a copy of a preset under another name, in the same folder unless told
#[derive(Args, Debug)]
pub struct PresetDuplicate {
    #[command(flatten)]
    pub preset: PresetNamed,
    /// The name of the copy; mine/NEW or shared/NEW says in which folder
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Take secrets in clear along; then only you may read the copy
    #[arg(long)]
    pub with_secrets: bool,
    #[command(flatten)]
    pub printed: Printed,
}

/// Says anew what a preset is for
#[derive(Args, Debug)]
pub struct PresetDescribe {
    #[command(flatten)]
    pub preset: PresetNamed,
    /// One line; "" for none
    #[arg(value_name = "TEXT")]
    pub text: String,
    #[command(flatten)]
    pub printed: Printed,
}

/// Deletes a preset, after asking; preset restore brings it back
///
/// What it held is kept in .vapora-tui/ beside the presets, with its mode; of each name the newest 20.
#[derive(Args, Debug)]
pub struct PresetDelete {
    #[command(flatten)]
    pub preset: PresetNamed,
    #[command(flatten)]
    pub asked: Asked,
}

/// Brings back the preset that was deleted last under this name, as it was
///
/// One that has the name by now is never replaced.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 brought back, 1 refused (there is one of this name, --readonly), 2 none is kept."
)]
pub struct PresetRestore {
    #[command(flatten)]
    pub preset: PresetNamed,
    #[command(flatten)]
    pub printed: Printed,
}

/// Compares a preset with another one, a profile or a file; alone with its own profile
///
/// A preset is compared with its values in force, over its profile. The preset named first is on the left, of a
/// profile the preset is on the right. vapora-tui diff takes preset:NAME as well.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 nothing differs, 1 something differs, 2 not compared.

Examples:
  vapora-tui preset diff staging-eu
  vapora-tui preset diff staging-eu staging-us
  vapora-tui preset diff staging-eu config/runtime/vapora.toml"
)]
pub struct PresetDiff {
    #[command(flatten)]
    pub preset: PresetNamed,
    /// Another preset, or a file
    #[arg(value_name = "NAME or FILE", value_hint = ValueHint::FilePath)]
    pub other: Option<PathBuf>,
    /// Compare with this profile
    #[arg(long, value_name = "NAME", conflicts_with = "other", value_parser = choices::PROFILES, hide_possible_values = true)]
    pub profile: Option<String>,
    #[command(flatten)]
    pub compared: Compared,
}

/// Saves the preset that one file holds, under the name it says unless told
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 imported, 1 refused (a name that is taken, mistakes in it), 2 not imported."
)]
pub struct PresetImport {
    /// A file that `preset export` wrote, or of somebody's presets/
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Save it under this name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Save it in the workspace's presets/, for everybody who has the workspace
    #[arg(long)]
    pub shared: bool,
    /// Take secrets in clear along, among your own; then only you may read the file
    #[arg(long)]
    pub with_secrets: bool,
    #[command(flatten)]
    pub asked: Asked,
}

/// Writes a preset to one file, to be carried elsewhere
#[derive(Args, Debug)]
pub struct PresetExport {
    #[command(flatten)]
    pub preset: PresetNamed,
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Take secrets in clear along; then only you may read the file
    #[arg(long)]
    pub with_secrets: bool,
    #[command(flatten)]
    pub asked: Asked,
}

/// Which preset.
#[derive(Args, Debug)]
pub struct PresetNamed {
    /// Its name; mine/NAME or shared/NAME names one exactly
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Who says yes, and how the result is printed.
#[derive(Args, Clone, Copy, Debug)]
pub struct Asked {
    /// Do it without asking where something is replaced or deleted
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub printed: Printed,
}
