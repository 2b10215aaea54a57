//! The text of a configuration file with its secrets masked, everything else as it is: for showing what was written.

use std::path::Path;
use std::sync::Arc;

use super::update;
use crate::config::{Config, Origin, Verdict};
use crate::input::{self, Format, HEAD};
use crate::problem::{Problem, Severity};
use crate::schema::Schema;

/// `text` with every clear secret replaced by `(secret)`. YAML that holds one is laid out anew.
///
/// # Errors
/// A problem when it cannot be told which parts are secret: the text is broken, or computes its values.
pub fn masked(file: &Path, text: &str, schema: &Arc<Schema>) -> Result<String, Problem> {
    let format = Format::of(file).unwrap_or(Format::Toml);
    let read = input::read(file, text.as_bytes(), schema);
    let broken = |problem: &&Problem| problem.severity == Severity::Error && problem.path.is_none();
    if let Some(problem) = read.problems.iter().find(broken) {
        return Err(problem.clone());
    }
    let origin = Origin::File(String::new());
    let overlay = read.values.into_iter();
    let overlay = overlay
        .map(|(path, value)| (path, (value, origin.clone())))
        .collect();
    let config = Config::new(schema, &overlay, Verdict::default(), None);
    if config.clear_secrets() == 0 {
        return Ok(text.to_owned());
    }
    let masked = update(text, &config.masked(), format, None)?;
    // The first line tells of the profile and the schema of then.
    match (text.split_once('\n'), masked.split_once('\n')) {
        (Some((head, _)), Some((_, rest))) if head.starts_with(HEAD) => {
            Ok(format!("{head}\n{rest}"))
        }
        _ => Ok(masked),
    }
}
