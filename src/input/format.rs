//! The two file formats a configuration is read from and written in.

use std::fmt;
use std::path::Path;

/// The syntax of a configuration file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Toml,
    Json,
}

impl Format {
    /// By the ending of the file's name, in any case; `None` for any other ending.
    #[must_use]
    pub fn of(file: &Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        Self::from_word(&ending)
    }

    /// `toml` or `json`, as `--format` takes it.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// `TOML`, `JSON`.
impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Toml => "TOML",
            Self::Json => "JSON",
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
            ("vapora.yaml", None),
            ("vapora", None),
            (".toml", None),
        ] {
            assert_eq!(Format::of(Path::new(name)), expected, "{name}");
        }
    }
}
