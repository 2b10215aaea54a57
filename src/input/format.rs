//! The file formats a configuration is read from and written in.

use std::fmt;
use std::path::Path;

/// The syntax of a configuration file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Toml,
    Json,
    Yaml,
    Nickel,
    /// Lines such as `VAPORA__BACKEND__PORT=8001`.
    Env,
}

/// What a file may be called, for the sentence that says so.
pub const ENDINGS: &str = ".toml, .json, .yaml, .yml, .ncl or .env";

impl Format {
    /// By the ending of the file's name, in any case; `None` for any other ending.
    #[must_use]
    pub fn of(file: &Path) -> Option<Self> {
        if file.file_name()?.eq_ignore_ascii_case(".env") {
            return Some(Self::Env);
        }
        Self::from_word(&file.extension()?.to_str()?.to_ascii_lowercase())
    }

    /// An ending, or a name as `--format` takes it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "ncl" | "nickel" => Some(Self::Nickel),
            "env" => Some(Self::Env),
            _ => None,
        }
    }

    /// What the names of such files end in, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Nickel => "ncl",
            Self::Env => "env",
        }
    }

    /// The name that `--format` takes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nickel => "nickel",
            other => other.ending(),
        }
    }
}

/// `TOML`, `JSON`, `YAML`, `Nickel`, `env`.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
            Self::Yaml => "YAML",
            Self::Nickel => "Nickel",
            Self::Env => "env",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        for (name, expected) in [
            ("vapora.toml", Some(Format::Toml)),
            ("/etc/vapora.JSON", Some(Format::Json)),
            ("vapora.yaml", Some(Format::Yaml)),
            ("vapora.YML", Some(Format::Yaml)),
            ("custom.ncl", Some(Format::Nickel)),
            ("vapora.env", Some(Format::Env)),
            ("/srv/.env", Some(Format::Env)),
            ("vapora.nickel", Some(Format::Nickel)),
            ("vapora.conf", None),
            ("vapora", None),
            (".toml", None),
        ] {
            assert_eq!(Format::of(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn every_format_is_known_by_its_own_words() {
        for format in [
            Format::Toml,
            Format::Json,
            Format::Yaml,
            Format::Nickel,
            Format::Env,
        ] {
            assert_eq!(Format::from_word(format.word()), Some(format));
            assert_eq!(Format::from_word(format.ending()), Some(format));
            assert!(ENDINGS.contains(format.ending()));
        }
    }
}
