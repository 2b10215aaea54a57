//! Changes an existing file: TOML, JSON and environment lines in place, where only values that differ are replaced and
//! everything else keeps its bytes; YAML and Nickel are written anew.
//! Leaves to others: where things stand in each syntax (`toml`, `json`, `yaml`, `env`), what goes (`lost`).

use std::path::Path;

use super::{head, render, value};
use crate::config::Config;
use crate::input::{self, Format, HEAD, Opened};
use crate::problem::{Problem, Severity};
use crate::schema::{Field, FieldPath};
use crate::value::Value;

mod edit;
mod env;
mod home;
mod json;
mod text;
mod toml;
mod yaml;

/// The text of an existing file with the configuration in force written into it. Comments, order, formatting and
/// unknown keys stay; missing settings are added at the end of their section; a setting without a value is removed.
/// A text that already says the same is returned as it is. Only the first line, when it is the one that
/// [`render`] writes, follows `profile`.
///
/// YAML that does not say the same yet is written anew, unknown keys at the end of their section; so is Nickel, when
/// this program wrote it. [`super::lost`] says what goes.
///
/// # Errors
/// A problem when the text's syntax is broken, when a section stands where a setting belongs or the other way
/// round, or when the change cannot be proven right by reading it back.
pub fn update(
    existing: &str,
    config: &Config,
    format: Format,
    profile: Option<&str>,
) -> Result<String, Problem> {
    let (mark, text) = match existing.strip_prefix('\u{feff}') {
        Some(text) => ("\u{feff}", text),
        None => ("", existing),
    };
    if text.trim().is_empty() {
        return render(config, format, profile);
    }
    if format == Format::Nickel {
        may_replace_nickel(text)?;
        return render(config, format, profile);
    }
    let opened = read(text, config, format);
    if let Some(broken) = opened
        .problems
        .iter()
        .find(|p| p.severity == Severity::Error && p.path.is_none())
    {
        let mut problem = broken.clone();
        problem.place = None;
        problem.message = match &broken.place.as_ref().and_then(|place| place.line) {
            Some(line) => format!(
                "The file cannot be changed: line {line}: {}",
                broken.message
            ),
            None => format!("The file cannot be changed: {}", broken.message),
        };
        return Err(problem);
    }
    let wanted = Wanted { config, opened };
    let changed = match format {
        Format::Toml => toml::changed(text, &wanted)?,
        Format::Json => json::changed(text, &wanted)?,
        Format::Yaml => yaml::changed(text, &wanted, profile)?,
        Format::Env => env::changed(text, &wanted)?,
        // Replaced above.
        Format::Nickel => text.to_owned(),
    };
    if changed != text {
        prove(&changed, config, format)?;
    }
    let changed = with_head(&changed, config, format, profile);
    Ok(format!("{mark}{changed}"))
}

/// What the file should say about each field, beside what it says.
struct Wanted<'a> {
    config: &'a Config,
    opened: Opened,
}

impl Wanted<'_> {
    fn fields(&self) -> impl Iterator<Item = (&Field, Option<&Value>)> {
        self.config.iter().map(|(field, leaf)| {
            let value = leaf.value.as_ref().filter(|v| value::is_writable(v));
            (field, value)
        })
    }

    /// Does the file say just this about a field that stands in it?
    fn is_said(&self, field: &Field, value: &Value) -> bool {
        self.opened.values.get(&field.path) == Some(value)
    }
}

fn read(text: &str, config: &Config, format: Format) -> Opened {
    let name = format!("vapora.{}", format.ending());
    input::read(Path::new(&name), text.as_bytes(), config.schema())
}

/// Reads the changed text back: a mistake here must never reach the disk.
fn prove(changed: &str, config: &Config, format: Format) -> Result<(), Problem> {
    let opened = read(changed, config, format);
    let wanted = Wanted { config, opened };
    let wrong = wanted.fields().find(|(field, value)| match value {
        Some(value) => !wanted.is_said(field, value),
        None => wanted.opened.values.contains_key(&field.path),
    });
    match wrong {
        None => Ok(()),
        Some((field, _)) => Err(not_as_it_should(&field.path, format)),
    }
}

pub(super) fn not_as_it_should(path: &FieldPath, format: Format) -> Problem {
    Problem::error(format!(
        "The {format} file cannot be written: {path} would not read back as it should."
    ))
    .at(path.clone())
    .hint("Write to another file, or move this one away so that a new one is made.")
}

/// May this Nickel file be replaced? Only when this program wrote it: what a hand-written one computes cannot be
/// kept.
///
/// # Errors
/// A problem when it does not begin as this program's files do.
pub fn may_replace_nickel(existing: &str) -> Result<(), Problem> {
    if existing.trim().is_empty() || existing.starts_with(HEAD) {
        return Ok(());
    }
    Err(
        Problem::error("The file cannot be changed: this Nickel was not written by vapora-tui.")
            .hint("Write to another file, and import that one here."),
    )
}

/// A first line that tells of another profile or schema would be a lie.
fn with_head(text: &str, config: &Config, format: Format, profile: Option<&str>) -> String {
    if format != Format::Json && text.starts_with(HEAD) {
        let end = text.find(['\r', '\n']).unwrap_or(text.len());
        return format!("{}{}", head(config, profile), &text[end..]);
    }
    text.to_owned()
}

fn in_the_way(path: &str, is_section: bool) -> Problem {
    let (found, wanted) = if is_section {
        ("section", "setting")
    } else {
        ("setting", "section")
    };
    Problem::error(format!(
        "The file cannot be changed: {path} is a {found} there, but must be a {wanted}."
    ))
    .at(path.into())
    .hint(format!("Remove {path} from the file, then write again."))
}
