//! Turns the configuration in force into the text of a file, new or changed in place.
//! The only room that writes secrets out. Leaves to others: putting the text on disk (`store`).

use crate::clean;
use crate::config::Config;
use crate::input::Format;

#[cfg(test)]
mod cases;
mod json;
#[cfg(test)]
mod roundtrip;
mod toml;
mod update;
mod value;

pub use update::update;

/// The first line of every TOML file written anew starts with this.
const HEAD: &str = "# VAPORA configuration, ";

/// The whole configuration as a new file: every field in force in schema order, ending in a line feed.
/// Fields without a value are left out. TOML starts with a line that names profile and schema version and has the
/// field's sentence above each; JSON is indented by two spaces.
#[must_use]
pub fn render(config: &Config, format: Format, profile: Option<&str>) -> String {
    match format {
        Format::Toml => toml::render(config, profile),
        Format::Json => json::render(config),
    }
}

/// The first comment line, without its line feed.
fn head(config: &Config, profile: Option<&str>) -> String {
    let version = clean::line(&config.schema().version);
    match profile {
        Some(profile) => format!("{HEAD}profile {}, schema {version}.", clean::line(profile)),
        None => format!("{HEAD}schema {version}."),
    }
}
