//! The first line of a file that `init` wrote: which version wrote it, and the checksum of what was shipped then. So a
//! later version can tell what the operator changed from what the upgrade changed.
//! Leaves to others: comparing and writing (`init`).

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// What a stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The version of the program that shipped the text.
    pub version: String,
    /// SHA-256 of the shipped text, in hex.
    pub sha256: String,
}

impl Stamp {
    /// The stamp of a text that this program ships.
    #[must_use]
    pub fn of(shipped: &str) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            sha256: checksum(shipped),
        }
    }

    /// Is this the text that was shipped?
    #[must_use]
    pub fn fits(&self, body: &str) -> bool {
        checksum(body) == self.sha256
    }
}

/// The text with the stamp above it, as a comment of the file's own syntax.
#[must_use]
pub fn put(name: &str, stamp: &Stamp, body: &str) -> String {
    let Stamp { version, sha256 } = stamp;
    let (before, after) = comment(name);
    format!("{before}{MARK}{version} sha256 {sha256}{after}\n{body}")
}

/// The stamp, when there is one, and the text below it.
#[must_use]
pub fn split(text: &str) -> (Option<Stamp>, &str) {
    let Some((line, body)) = text.split_once('\n') else {
        return (None, text);
    };
    match read(line.trim_end_matches('\r')) {
        Some(stamp) => (Some(stamp), body),
        None => (None, text),
    }
}

const MARK: &str = "shipped with vapora-tui ";

fn comment(name: &str) -> (&'static str, &'static str) {
    if name
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "md")
    {
        ("<!-- ", " -->")
    } else {
        ("# ", "")
    }
}

fn read(line: &str) -> Option<Stamp> {
    let text = line
        .strip_prefix("# ")
        .or_else(|| line.strip_prefix("<!-- ")?.strip_suffix(" -->"))?;
    let (version, sha256) = text.strip_prefix(MARK)?.split_once(" sha256 ")?;
    let is_hex = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| Stamp {
        version: version.to_owned(),
        sha256: sha256.to_owned(),
    })
}

fn checksum(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_comes_back_and_knows_its_text() {
        for name in [
            "forms/fragments/nats.toml",
            "profiles/solo.ncl",
            "forms/README.md",
        ] {
            let stamp = Stamp::of("a\nb\n");
            let text = put(name, &stamp, "a\nb\n");
            assert_eq!(split(&text), (Some(stamp.clone()), "a\nb\n"), "{text}");
            assert!(stamp.fits("a\nb\n"));
            assert!(!stamp.fits("a\nc\n"));
        }
    }

    #[test]
    fn other_first_lines_are_text() {
        for text in [
            "",
            "one line",
            "# a comment\nb\n",
            "# shipped with vapora-tui 0.1.0\nb\n",
            "# shipped with vapora-tui 0.1.0 sha256 abc\nb\n",
        ] {
            assert_eq!(split(text), (None, text));
        }
    }
}
