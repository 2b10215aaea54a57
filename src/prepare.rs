//! What writing a configuration to a file would do: reads what is there, makes the text, plans the write.
//! Leaves to others: showing the plan (`cli`, `tui`), carrying it out (`store`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clean;
use crate::config::Config;
use crate::diff::diff;
use crate::input::{self, Format};
use crate::output::{self, Imports};
use crate::problem::{Problem, counted};
use crate::schema::FieldPath;
use crate::secret;
use crate::store::{self, Found, Outcome, Plan};
use crate::value::Value;
use crate::workspace::Workspace;

/// A setting that the write changes: what the file (or the profile) has, what the file will have.
pub type Changed = (FieldPath, Option<Value>, Option<Value>);

/// A plan with what is needed to judge it.
#[derive(Debug)]
pub struct Prepared {
    pub file: PathBuf,
    /// The file as found, when there was one.
    pub found: Option<Found>,
    /// The plan, or why there can be none.
    pub plan: Result<Plan, Problem>,
    pub changes: Vec<Changed>,
    /// Are the changes against the file? Else against the profile.
    pub against_file: bool,
    /// Values that refer to a secret kept elsewhere.
    pub references: usize,
    pub clear_secrets: usize,
    /// What the file that is there would lose, in one sentence.
    pub lost: Option<String>,
    /// Is there something at its place that is no file, or that cannot be read? The plan says what.
    pub blocked: bool,
}

impl Prepared {
    /// What is known before there is a plan: the file as it is, or why it cannot be read.
    pub(crate) fn begin(file: &Path, references: usize, clear_secrets: usize) -> Self {
        let (found, plan, blocked) = match store::read(file) {
            Ok(found) => (found, Problem::error("It was not prepared."), false),
            Err(problem) => (None, problem, true),
        };
        Self {
            file: file.to_owned(),
            found,
            plan: Err(plan),
            changes: Vec::new(),
            against_file: false,
            references,
            clear_secrets,
            lost: None,
            blocked,
        }
    }
}

/// Works out what writing `config` to `file` would do. The format is the file name's, TOML when it names none.
/// `baseline` is what changes are counted against when there is no file yet, or none that can be read back.
/// A Nickel file builds on `workspace` when it lies in it.
#[must_use]
pub fn prepare(
    workspace: &Workspace,
    file: &Path,
    config: &Config,
    profile: Option<&str>,
    baseline: Option<&Config>,
) -> Prepared {
    let format = Format::of(file).unwrap_or(Format::Toml);
    let clear_secrets = config.clear_secrets();
    let values = config.iter().filter_map(|(_, leaf)| leaf.value.as_ref());
    let mut prepared = Prepared::begin(file, references(values), clear_secrets);
    if prepared.blocked {
        return prepared;
    }
    let found = prepared.found.as_ref();
    let existing = found.map(|found| {
        std::str::from_utf8(&found.bytes).map_err(|_| {
            Problem::error("The file that is there is not UTF-8 text, so it cannot be kept.")
                .hint("Move it away, or write elsewhere.")
                .in_file(file, None)
        })
    });
    let text = existing.transpose().and_then(|existing| {
        let text = text(workspace, file, format, existing, config, profile)?;
        prepared.lost = existing.and_then(|existing| output::lost(existing, &text, format));
        Ok(text)
    });
    prepared.plan = text
        .and_then(|text| Plan::new(file, found, text, clear_secrets > 0))
        .and_then(|plan| plan.keeping(profile, store::most_kept()?))
        .map(|plan| plan.checked(reads_as(file, format, config)));
    // What Nickel computes is not known here.
    let found = found.filter(|_| format != Format::Nickel);
    prepared.against_file = found.is_some();
    prepared.changes = match found {
        Some(found) => against_file(file, found, config),
        None => baseline.map_or_else(Vec::new, |baseline| {
            diff(baseline, config)
                .changes()
                .map(|row| (row.path.clone(), row.left.cloned(), row.right.cloned()))
                .collect()
        }),
    };
    prepared
}

/// The new text of `file`. Nickel imports what the workspace has on disk, so that is looked up for it.
///
/// # Errors
/// A problem when the format cannot hold a value, or `existing` cannot be kept.
pub fn text(
    workspace: &Workspace,
    file: &Path,
    format: Format,
    existing: Option<&str>,
    config: &Config,
    profile: Option<&str>,
) -> Result<String, Problem> {
    if format == Format::Nickel
        && let Some(folder) = file.parent()
        && let Some(imports) = Imports::of(workspace, folder, profile)
    {
        output::may_replace_nickel(existing.unwrap_or_default())?;
        return Ok(output::over_imports(config, profile, &imports));
    }
    match existing {
        None => output::render(config, format, profile),
        Some(existing) => output::update(existing, config, format, profile),
    }
}

/// Judges what stands on disk before it replaces the file: each value must be read as it is in force.
fn reads_as(file: &Path, format: Format, config: &Config) -> store::Check {
    let (file, schema) = (file.to_owned(), Arc::clone(config.schema()));
    // What Nickel computes, only its child knows; its text is compared as it is.
    let leaves = config.iter().filter(|_| format != Format::Nickel);
    let values: Vec<(FieldPath, Value)> = leaves
        .filter_map(|(field, leaf)| Some((field.path.clone(), leaf.value.clone()?)))
        .collect();
    Box::new(move |bytes| {
        if values.is_empty() {
            return Ok(());
        }
        let read = input::read(&file, bytes, &schema).values;
        let other = values
            .iter()
            .find(|(path, value)| read.get(path) != Some(value));
        match other {
            None => Ok(()),
            Some((path, _)) => Err(format!("{path} would not be read back as it was said")),
        }
    })
}

/// What is printed instead of written: Nickel imports as a file in the folder `here` would.
///
/// # Errors
/// A problem when the format cannot hold a value.
pub fn printed(
    workspace: &Workspace,
    here: &Path,
    format: Format,
    config: &Config,
    profile: Option<&str>,
) -> Result<String, Problem> {
    text(workspace, &here.join("-"), format, None, config, profile)
}

fn against_file(file: &Path, found: &Found, config: &Config) -> Vec<Changed> {
    let read = input::read(file, &found.bytes, config.schema());
    config
        .iter()
        .filter_map(|(field, leaf)| {
            let there = read.values.get(&field.path).cloned();
            (there != leaf.value).then(|| (field.path.clone(), there, leaf.value.clone()))
        })
        .collect()
}

/// How many of these refer to a secret kept elsewhere.
pub(crate) fn references<'v>(values: impl Iterator<Item = &'v Value>) -> usize {
    values
        .filter(|value| match value {
            Value::Text(text) => secret::is_reference(text),
            Value::Secret(secret) => secret.reference().is_some(),
            _ => false,
        })
        .count()
}

/// The plan in one sentence: `+ config/runtime/vapora.toml   new file, 248 lines, mode 0644, ops:ops`.
#[must_use]
pub fn summary(plan: &Plan, root: &Path) -> String {
    let file = plan.file.strip_prefix(root).unwrap_or(&plan.file);
    let mut parts = Vec::new();
    let sign = match plan.outcome {
        Outcome::New => {
            parts.push("new file".to_owned());
            "+"
        }
        Outcome::Changed => {
            parts.push("changed".to_owned());
            "~"
        }
        Outcome::Same => {
            parts.push("the same already, nothing to do".to_owned());
            "="
        }
    };
    if let [.., folder] = plan.folders.as_slice() {
        let folder = folder.strip_prefix(root).unwrap_or(folder);
        parts.push(format!("new folder {}", folder.display()));
    }
    parts.push(counted(plan.lines, "line"));
    let why = if plan.clear_secrets {
        " for the secret in it"
    } else {
        ""
    };
    let before = plan.mode_before.filter(|_| plan.mode_changes());
    let before = before.map_or_else(String::new, |before| format!(", was {before:04o}"));
    parts.push(format!("mode {:04o}{why}{before}", plan.mode));
    parts.push(match &plan.owner_before {
        Some(before) => format!("{}, was {before}", plan.owner),
        None => plan.owner.clone(),
    });
    if plan.target != plan.file && plan.target.file_name() != plan.file.file_name() {
        parts.push(format!("through a link to {}", plan.target.display()));
    }
    clean::line(&format!("{sign} {}   {}", file.display(), parts.join(", ")))
}
