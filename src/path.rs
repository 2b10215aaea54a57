//! The name of a setting: a dotted place in the configuration.
//! Leaves to others: which paths there are (`schema`).

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A dotted place in the configuration: `llm_router.port`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Arc<str>);

impl FieldPath {
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts between the dots.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('.')
    }

    /// The last part: `port`.
    #[must_use]
    pub fn leaf(&self) -> &str {
        self.0.rsplit_once('.').map_or(&*self.0, |(_, leaf)| leaf)
    }

    /// Everything before the last part: `llm_router`; empty for a top-level field.
    #[must_use]
    pub fn section(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(section, _)| section)
    }

    /// Is this the given section, or inside it?
    #[must_use]
    pub fn is_within(&self, section: &str) -> bool {
        self.0
            .strip_prefix(section)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The environment variable that sets this field: `VAPORA__LLM_ROUTER__PORT`.
    #[must_use]
    pub fn environment_name(&self) -> String {
        format!("VAPORA__{}", self.0.to_uppercase().replace('.', "__"))
    }
}

impl From<&str> for FieldPath {
    fn from(path: &str) -> Self {
        Self::new(path)
    }
}

impl Borrow<str> for FieldPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
