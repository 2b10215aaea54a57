//! What the operator's own folder says of keys and looks. Only this folder is asked, never a workspace: keys that
//! somebody else chose would be a trap. Nothing in it can keep the wizard from opening.

use std::path::{Path, PathBuf};

use super::app::App;
use super::keymap::Keymap;
use super::theme::Theme;
use super::{keymap_file, theme_file};
use crate::clean;
use crate::problem::Problem;
use crate::store;

/// What was found there.
#[derive(Debug, Default)]
pub struct OwnFiles {
    /// The shipped keymap under the operator's own.
    pub keymap: Keymap,
    /// The theme asked for or brought, when there is one.
    pub theme: Option<Theme>,
    pub problems: Vec<Problem>,
}

/// Reads `keymap.toml` and `theme.toml` of the folder. `theme` is what the command line named: a shipped theme or a
/// file, taken from `here`.
#[must_use]
pub fn read(folder: Option<&Path>, here: &Path, theme: Option<&str>) -> OwnFiles {
    let mut own = OwnFiles {
        keymap: Keymap::shipped(),
        ..OwnFiles::default()
    };
    let file = |name| folder.map(|folder| folder.join(name));
    if let Some(file) = file("keymap.toml")
        && let Some(text) = own.text(&file)
    {
        let (keymap, problems) = keymap_file::own(&shown(&file), &text);
        own.keymap = keymap;
        own.problems.extend(problems);
    }
    if let Some(shipped) = theme.and_then(theme_file::shipped) {
        own.theme = Some(shipped);
        return own;
    }
    let named = theme.map(|name| here.join(name));
    let Some(file) = named.clone().or(file("theme.toml")) else {
        return own;
    };
    match own.text(&file) {
        Some(text) => {
            let (theme, problems) = theme_file::read(&shown(&file), &text);
            own.theme = Some(theme);
            own.problems.extend(problems);
        }
        None if named.is_some() && own.problems.is_empty() => {
            let name = clean::line(theme.unwrap_or_default());
            let known = theme_file::SHIPPED.map(|(name, _)| name).join(", ");
            let hint = format!("Give {known}, or the path of a file.");
            let problem = Problem::warning(format!("There is no theme {name}.")).hint(hint);
            own.problems.push(problem);
        }
        None => {}
    }
    own
}

/// `~/.config/vapora-tui/keymap.toml`: as an operator would type it, and short enough for two lines.
fn shown(file: &Path) -> PathBuf {
    let home = directories::BaseDirs::new();
    let below = home.and_then(|home| Some(file.strip_prefix(home.home_dir()).ok()?.to_owned()));
    below.map_or_else(|| file.to_owned(), |below| Path::new("~").join(below))
}

impl OwnFiles {
    /// The text of a file, when there is one that can be read.
    fn text(&mut self, file: &Path) -> Option<String> {
        match store::read(file) {
            Ok(found) => found.map(|found| String::from_utf8_lossy(&found.bytes).into_owned()),
            Err(mut problem) => {
                problem.severity = crate::problem::Severity::Warning;
                self.problems.push(problem);
                None
            }
        }
    }
}

impl App {
    /// Past the start screen, which shows them itself, the operator's own files are told of in the message.
    pub(super) fn tell_own_problems(&mut self) {
        if self.started {
            let problems: Vec<&Problem> = self.own_problems.iter().collect();
            self.message.notice = self.worst_of(&problems);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::tui::action::Action;
    use crate::tui::theme::Role;

    fn said(own: &OwnFiles) -> Vec<String> {
        own.problems.iter().map(Problem::sentence).collect()
    }

    #[test]
    fn an_empty_folder_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for folder in [None, Some(folder.path())] {
            let own = read(folder, Path::new("/"), None);
            assert_eq!(said(&own), Vec::<String>::new());
            assert_eq!(own.keymap.key(Action::Write), "w");
            assert_eq!(own.theme, None);
        }
    }

    #[test]
    fn own_files_are_read_and_the_flag_comes_before_them() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("keymap.toml"), "[main]\nwrite = [\"W\"]").unwrap();
        fs::write(folder.path().join("theme.toml"), "error = \"blue\"").unwrap();
        fs::write(folder.path().join("other.toml"), "error = \"green\"").unwrap();
        let error = |theme| {
            let own = read(Some(folder.path()), folder.path(), theme);
            assert_eq!(said(&own), Vec::<String>::new());
            assert_eq!(own.keymap.key(Action::Write), "W");
            format!("{:?}", own.theme.unwrap().style(Role::Error).fg.unwrap())
        };
        assert_eq!(error(None), "Blue");
        assert_eq!(error(Some("other.toml")), "Green");
        assert_eq!(error(Some("light")), "Red");
    }

    #[test]
    fn whatever_is_wrong_is_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("keymap.toml")).unwrap();
        fs::write(folder.path().join("theme.toml"), b"error = \"\xff\"\n").unwrap();
        let own = read(Some(folder.path()), folder.path(), None);
        assert_eq!(own.problems.len(), 2, "{:?}", said(&own));
        assert!(
            own.problems
                .iter()
                .all(|p| p.severity == crate::problem::Severity::Warning)
        );
        let own = read(None, folder.path(), Some("lihgt"));
        assert_eq!(
            said(&own),
            ["There is no theme lihgt. Give dark, light, mono, or the path of a file."]
        );
        assert_eq!(own.theme, None);
    }
}
