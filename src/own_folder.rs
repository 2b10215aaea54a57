//! Where an operator keeps what is theirs alone: keys, looks, presets. Leaves to others: what lies there.

use std::path::PathBuf;

/// The operator's own folder: `vapora-tui` below `$XDG_CONFIG_HOME` or `~/.config`. `None` without a home.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "vapora-tui")?;
    Some(folders.config_dir().to_owned())
}
