//! What a draft holds at one moment, and what changed since another. Without secrets: it is made for the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::withheld::Kept;
use crate::answers::{self, OfPreset};
use crate::schema::{FieldPath, Schema};

/// A file or preset that stands under the answers, as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Base {
    pub file: PathBuf,
    /// Of its bytes, in hex; `None` when it is not known.
    pub sha256: Option<String>,
    pub profile: Option<String>,
    pub values: BTreeMap<FieldPath, Kept>,
    /// When it is a preset.
    pub preset: Option<OfPreset>,
}

/// The field that is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    pub path: FieldPath,
    /// The text as typed; `None` when it may be a secret.
    pub text: Option<String>,
}

/// Everything that a draft holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Version of the schema that the paths are of; it stands in the header only.
    pub schema: String,
    pub profile: Option<String>,
    /// The workload that was chosen, by name; `None` for that of the preset or profile.
    pub workload: Option<String>,
    pub base: Option<Arc<Base>>,
    pub answers: BTreeMap<FieldPath, Kept>,
    pub open: Option<Open>,
    /// Where it would be written.
    pub output: PathBuf,
    /// Of that file's bytes when it was read, in hex; empty when it was known not to be there.
    pub output_sha256: Option<String>,
}

impl State {
    /// Fields whose secret must be entered again.
    pub fn secrets(&self) -> impl Iterator<Item = &FieldPath> {
        self.answers
            .iter()
            .filter(|(_, kept)| **kept == Kept::Secret)
            .map(|(path, _)| path)
    }

    /// Is something that `before` kept a secret by now? Then no record of it may stay.
    #[must_use]
    pub fn hides_what_was_kept(&self, before: &Self) -> bool {
        let typed = |state: &Self, path: &FieldPath| {
            let open = state.open.as_ref().filter(|open| open.path == *path)?;
            open.text.as_ref().map(|_| ())
        };
        let kept = |state: &Self, path: &FieldPath| {
            matches!(state.answers.get(path), Some(Kept::Value(_))) || typed(state, path).is_some()
        };
        let open = self.open.iter().filter(|open| open.text.is_none());
        let mut secret = self.secrets().chain(open.map(|open| &open.path));
        secret.any(|path| kept(before, path))
    }
}

impl Base {
    /// The file without its secrets. `sha256` is of its bytes.
    #[must_use]
    pub fn of(base: &answers::Base, sha256: Option<String>, schema: &Schema) -> Self {
        let kept = |(path, value): (&FieldPath, &crate::value::Value)| {
            (path.clone(), Kept::of(value, schema.get(path.as_str())))
        };
        Self {
            file: base.file.clone(),
            sha256,
            profile: base.profile.clone(),
            values: base.values.iter().map(kept).collect(),
            preset: base.preset.clone(),
        }
    }
}
