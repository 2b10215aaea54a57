//! File work for the screens, done on threads: opening a file as base, preparing a plan. Writing is `store`'s.

use std::path::{Path, PathBuf};

use super::review::Planned;
use crate::answers::Base;
use crate::config::Config;
use crate::diff::diff;
use crate::input;
use crate::output;
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::secret;
use crate::store;
use crate::value::Value;

/// A file that was read.
#[derive(Debug)]
pub struct Opened {
    pub base: Base,
    /// Its `deployment_mode`.
    pub mode: Option<String>,
    pub problems: Vec<Problem>,
    pub found: store::Found,
}

/// Reads a file as base.
///
/// # Errors
/// When there is none, or it cannot be read at all.
pub fn open(file: &Path, schema: &Schema) -> Result<Opened, Problem> {
    let found = store::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint("Give the path of a TOML or JSON file.")
            .in_file(file, None)
    })?;
    let read = input::read(file, &found.bytes, schema);
    Ok(Opened {
        base: Base {
            file: file.to_owned(),
            values: read.values,
        },
        mode: read.mode,
        problems: read.problems,
        found,
    })
}

/// Prepares what writing `config` to `file` would do.
#[must_use]
pub fn plan(file: PathBuf, profile: Option<&str>, config: &Config, baseline: Option<&Config>) -> Planned {
    let mut planned = Planned {
        changes: Vec::new(),
        against_file: false,
        references: references(config),
        clear_secrets: config.clear_secrets(),
        plan: Err(Problem::error("It was not prepared.")),
        found: None,
        file,
    };
    match store::read(&planned.file) {
        Ok(found) => planned.found = found,
        Err(problem) => {
            planned.plan = Err(problem);
            return planned;
        }
    }
    let existing = planned.found.as_ref();
    planned.plan = output::text_for(&planned.file, existing.map(|f| &*f.bytes), config, profile)
        .and_then(|text| {
            store::Plan::new(&planned.file, existing, text, planned.clear_secrets > 0)
        });
    planned.against_file = existing.is_some();
    planned.changes = match existing {
        Some(found) => against_file(&planned.file, &found.bytes, config),
        None => baseline.map_or_else(Vec::new, |baseline| against(baseline, config)),
    };
    planned
}

fn against(baseline: &Config, config: &Config) -> Vec<(FieldPath, Option<Value>, Option<Value>)> {
    diff(baseline, config)
        .changes()
        .map(|row| (row.path.clone(), row.left.clone(), row.right.clone()))
        .collect()
}

fn against_file(file: &Path, bytes: &[u8], config: &Config) -> Vec<(FieldPath, Option<Value>, Option<Value>)> {
    let read = input::read(file, bytes, config.schema());
    config
        .iter()
        .filter_map(|(field, leaf)| {
            let there = read.values.get(&field.path).cloned();
            (there != leaf.value).then(|| (field.path.clone(), there, leaf.value.clone()))
        })
        .collect()
}

fn references(config: &Config) -> usize {
    config
        .iter()
        .filter(|(_, leaf)| match &leaf.value {
            Some(Value::Text(text)) => secret::is_reference(text),
            Some(Value::Secret(secret)) => secret.reference().is_some(),
            _ => false,
        })
        .count()
}
