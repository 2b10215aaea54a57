//! What is known of one written state of a file: when, by whom, why, on which profile.
//! Leaves to others: where it is kept (`generations`).

use std::fmt::Write as _;
use std::os::unix::fs::MetadataExt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Found, Note, holder, owner, when};
use crate::clean;

/// What was noted when a state was written, or found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// When it was written: `2026-11-22 10:02:03 UTC`.
    pub when: String,
    /// `user@host` that wrote it; of a file as found its owner.
    pub who: String,
    /// Why; empty when nothing was noted.
    pub note: Note,
    /// The profile it builds on, when that is known.
    pub profile: Option<String>,
    /// Permission bits, such as 0o644.
    pub mode: u32,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// Was it written by other means than this program?
    pub found: bool,
}

/// As it stands in a file.
#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    when: String,
    who: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    mode: String,
    sha256: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    found: bool,
}

const FORMAT: u32 = 1;

impl About {
    /// Of bytes that are written now.
    pub(super) fn written(bytes: &[u8], mode: u32, note: &Note, profile: Option<&str>) -> Self {
        let user = owner::user_name(rustix::process::geteuid().as_raw());
        Self {
            when: when::now(),
            who: format!("{user}@{}", holder::host()),
            note: note.clone(),
            profile: profile.map(str::to_owned),
            mode,
            sha256: hex(&Sha256::digest(bytes)),
            found: false,
        }
    }

    /// Of a file that others wrote.
    pub(super) fn of(found: &Found, owner: &str) -> Self {
        Self {
            when: when::utc(found.fingerprint.modified),
            who: owner.to_owned(),
            note: Note::default(),
            profile: None,
            mode: found.mode,
            sha256: hex(&found.fingerprint.sha256),
            found: true,
        }
    }

    /// Of a file that others wrote, as it is now; `None` when it is gone meanwhile.
    #[must_use]
    pub fn as_found(found: &Found) -> Option<Self> {
        let now = found.target.symlink_metadata().ok()?;
        Some(Self::of(found, &owner::names(now.uid(), now.gid())))
    }

    pub(super) fn is_of(&self, found: &Found) -> bool {
        self.sha256 == hex(&found.fingerprint.sha256)
    }

    pub(super) fn text(&self) -> String {
        let stored = Stored {
            format: FORMAT,
            when: self.when.clone(),
            who: self.who.clone(),
            note: self.note.text().to_owned(),
            profile: self.profile.clone(),
            mode: format!("{:04o}", self.mode),
            sha256: self.sha256.clone(),
            found: self.found,
        };
        serde_json::to_string_pretty(&stored).unwrap_or_default() + "\n"
    }

    /// What stands in such a file; nothing in it can act on a terminal.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let stored: Stored = serde_json::from_slice(bytes).ok()?;
        Some(Self {
            when: clean::line(&stored.when),
            who: clean::line(&stored.who),
            note: Note::read(&stored.note),
            profile: stored.profile.as_deref().map(clean::line),
            mode: u32::from_str_radix(&stored.mode, 8).ok()? & 0o777,
            sha256: clean::line(&stored.sha256),
            found: stored.found,
        })
        .filter(|_| stored.format == FORMAT)
    }
}

/// Two digits a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_it_was_written() {
        let note = Note::new("limit \"lowered\"").unwrap();
        for profile in [None, Some("enterprise")] {
            let about = About::written(b"port = 1\n", 0o640, &note, profile);
            assert_eq!(About::read(about.text().as_bytes()), Some(about));
        }
        for broken in ["", "{}", "[]", "\u{0}"] {
            assert_eq!(About::read(broken.as_bytes()), None);
        }
        let newer = About::written(b"", 0o600, &note, None).text();
        let newer = newer.replace("\"format\": 1", "\"format\": 2");
        assert_eq!(About::read(newer.as_bytes()), None);
    }
}
