//! Turns the configuration in force into the text of a file, new or changed in place.
//! The only room that writes secrets out. Leaves to others: putting the text on disk (`store`).

use crate::clean;
use crate::config::Config;
use crate::input::{Format, HEAD, PROFILE, SCHEMA};
use crate::problem::Problem;
use crate::value::Value;

#[cfg(test)]
mod cases;
mod env;
mod imports;
mod json;
mod lost;
mod masked;
mod nickel;
#[cfg(test)]
mod roundtrip;
mod toml;
mod update;
mod value;
mod yaml;

pub use imports::Imports;
pub use lost::lost;
pub use masked::masked;
pub use nickel::over_imports;
pub use update::{may_replace_nickel, update};

/// The whole configuration as a new file: every field in force in schema order, ending in a line feed.
/// Fields without a value are left out. All but JSON start with a line that names profile and schema version; TOML,
/// YAML and Nickel have the field's sentence above each; JSON and YAML are indented by two spaces. The Nickel stands
/// alone; [`over_imports`] gives the one that builds on a workspace.
///
/// # Errors
/// A problem when the format cannot hold a value: environment lines hold no line breaks.
pub fn render(config: &Config, format: Format, profile: Option<&str>) -> Result<String, Problem> {
    match format {
        Format::Toml => Ok(toml::render(config, profile)),
        Format::Json => Ok(json::render(config)),
        Format::Yaml => yaml::render(config, profile),
        Format::Nickel => Ok(nickel::alone(config, profile)),
        Format::Env => env::render(config, profile),
    }
}

/// One value in its JSON type with the secrets in clear: only for what was asked for with `--reveal`.
#[must_use]
pub fn in_clear(value: &Value) -> serde_json::Value {
    value::json(value)
}

/// One value as TOML on one line, secrets in clear: for a file that holds single settings.
#[must_use]
pub fn toml_value(value: &Value) -> String {
    value::toml(value)
}

/// The first comment line, without its line feed.
fn head(config: &Config, profile: Option<&str>) -> String {
    let version = clean::line(&config.schema().version);
    match profile {
        Some(profile) => format!("{HEAD}{PROFILE}{}{SCHEMA}{version}.", clean::line(profile)),
        None => format!("{HEAD}schema {version}."),
    }
}
