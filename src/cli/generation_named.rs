//! How a command line names a generation: `generation:3` of the workspace's output file, `generation:3:FILE` of FILE.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::Place;
use crate::clean;
use crate::problem::Problem;
use crate::store::generations;

/// What stands before the number.
pub(super) const GENERATION: &str = "generation:";

/// One version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub number: u32,
    /// The file whose version it is.
    pub of: PathBuf,
}

impl Named {
    /// `None` when the word names something else.
    ///
    /// # Errors
    /// A problem when it begins like one and has no number.
    pub fn read(word: &OsStr, place: &Place) -> Result<Option<Self>, Problem> {
        let Some(rest) = word.as_bytes().strip_prefix(GENERATION.as_bytes()) else {
            return Ok(None);
        };
        let mut parts = rest.splitn(2, |byte| *byte == b':');
        let number = parts.next().and_then(|part| std::str::from_utf8(part).ok());
        let number = number.and_then(|text| text.parse().ok());
        let number = number.filter(|number| *number > 0).ok_or_else(|| {
            let word = clean::line(&word.to_string_lossy());
            Problem::error(format!("{word} names no generation."))
                .hint("Write generation:3, or generation:3:FILE; vapora-tui generations list numbers them.")
        })?;
        let file = parts.next().filter(|file| !file.is_empty());
        let file = file.map(|file| PathBuf::from(OsStr::from_bytes(file)));
        Ok(Some(Self {
            number,
            of: output(file.as_deref(), place),
        }))
    }

    /// The word that names it.
    pub fn word(&self) -> PathBuf {
        let mut word = OsString::from(format!("{GENERATION}{}:", self.number));
        word.push(&self.of);
        word.into()
    }

    /// `generation 3 of config/runtime/vapora.toml`.
    pub fn title(&self, place: &Place) -> String {
        let file = clean::path(&place.here, &self.of);
        format!("generation {} of {file}", self.number)
    }

    /// Its text, and the file in which that lies.
    ///
    /// # Errors
    /// A problem when it is not kept, or no longer what was kept.
    pub fn found(&self, place: &Place) -> Result<(PathBuf, crate::store::Found), Problem> {
        let generation = generations::one(&self.of, self.number)?;
        let found = generation.read()?;
        Ok((short(&generation.file, place), found))
    }
}

/// The file whose versions are meant: the one that is named, else the workspace's.
pub(super) fn output(named: Option<&Path>, place: &Place) -> PathBuf {
    named.map_or_else(
        || place.workspace.output_file(),
        |file| place.here.join(file),
    )
}

/// A path as it is typed in the current folder.
pub(super) fn short(file: &Path, place: &Place) -> PathBuf {
    file.strip_prefix(&place.here).unwrap_or(file).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn a_number_and_perhaps_a_file() {
        let place = Place {
            here: "/srv/here".into(),
            workspace: Workspace::at("/srv"),
            readonly: false,
        };
        for (word, expected) in [
            (
                "generation:3",
                Ok(Some((3, "/srv/config/runtime/vapora.toml"))),
            ),
            (
                "generation:12:a:b.toml",
                Ok(Some((12, "/srv/here/a:b.toml"))),
            ),
            ("generation:1:/etc/v.toml", Ok(Some((1, "/etc/v.toml")))),
            ("generation:", Err(())),
            ("generation:0", Err(())),
            ("generation:x:y", Err(())),
            ("generation", Ok(None)),
            ("enterprise", Ok(None)),
        ] {
            let read = Named::read(OsStr::new(word), &place).map_err(drop);
            let expected = expected.map(|named| {
                named.map(|(number, of)| Named {
                    number,
                    of: of.into(),
                })
            });
            assert_eq!(read, expected, "{word}");
            if let Ok(Some(named)) = read {
                let word = named.word();
                let again = Named::read(word.as_os_str(), &place).map_err(drop);
                assert_eq!(again, Ok(Some(named)));
            }
        }
    }
}
