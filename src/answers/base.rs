//! What lies under the answers: one file or preset that was opened.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::schema::FieldPath;
use crate::value::Value;

/// One file or preset that was opened, as values by path.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    pub file: PathBuf,
    /// The profile it was written on: what it shares with that one counts as the profile's.
    pub profile: Option<String>,
    pub values: BTreeMap<FieldPath, Value>,
    /// When it is a preset.
    pub preset: Option<OfPreset>,
}

/// What is known of a base that is a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfPreset {
    pub name: String,
    /// What `--preset` takes to name it; `None` when it lies in no folder of presets.
    pub named: Option<String>,
    /// The workload that it names, when it is not its profile's own.
    pub workload: Option<String>,
}

/// Has `new` wherever exactly `old` is.
pub fn replace_base(slot: &mut Option<Arc<Base>>, old: &Arc<Base>, new: &Arc<Base>) {
    if slot.as_ref().is_some_and(|base| Arc::ptr_eq(base, old)) {
        *slot = Some(Arc::clone(new));
    }
}

impl Base {
    /// The name it is shown by: `vapora.toml`, `preset staging-eu`.
    #[must_use]
    pub fn name(&self) -> String {
        if let Some(preset) = &self.preset {
            return format!("preset {}", preset.name);
        }
        let name = self.file.file_name().unwrap_or(self.file.as_os_str());
        crate::clean::line(&name.to_string_lossy())
    }
}
