//! Which setting keeps a configuration from being forecast as it is. Leaves to others: what shows in its place.

use super::settings::{Settings, path};
use crate::config::Config;
use crate::path::FieldPath;
use crate::problem::Severity;

impl Settings {
    /// The first setting that decides about money and is wrong: what these settings have there is only in its place.
    #[must_use]
    pub fn wrong(&self, config: &Config) -> Option<FieldPath> {
        let own = self
            .problems
            .iter()
            .filter_map(|problem| problem.path.as_ref());
        let judged = config
            .problems()
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .filter_map(|problem| problem.path.as_ref());
        judged
            .filter(|path| decides(path))
            .chain(own)
            .next()
            .cloned()
    }
}

fn decides(field: &FieldPath) -> bool {
    [
        path::TRACKING,
        path::ENFORCEMENT,
        path::WINDOW,
        path::THRESHOLD,
        path::AUTO_FALLBACK,
        path::STRATEGY,
        path::CHAIN,
    ]
    .contains(&field.as_str())
        || [path::ROLE_LIMITS, path::PROVIDERS].contains(&field.section())
}
