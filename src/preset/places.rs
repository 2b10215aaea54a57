//! Where presets lie: the operator's own folder, or the workspace's, which is shared with everybody who has it.

use std::path::{Path, PathBuf};

use super::name::Name;
use crate::budget::inputs;
use crate::own_folder;
use crate::problem::Problem;
use crate::profile::{self, Profile};
use crate::workspace::Workspace;

/// Whose folder a preset lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// The operator's own.
    Mine,
    /// The workspace's.
    Shared,
}

impl Whose {
    pub const BOTH: [Self; 2] = [Self::Mine, Self::Shared];

    /// The word that screens, verbs and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Shared => "shared",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|whose| whose.word() == word)
    }
}

/// How a preset's file is called behind its name.
pub(super) const ENDING: &str = ".toml";

/// The folder of presets, in the operator's own folder and in a workspace.
const FOLDER: &str = "presets";

/// Both folders; neither need be there.
#[derive(Clone, Debug)]
pub struct Places {
    mine: Option<PathBuf>,
    workspace: Workspace,
}

impl Places {
    /// `own` is the operator's own folder, `None` without a home.
    #[must_use]
    pub fn new(own: Option<&Path>, workspace: &Workspace) -> Self {
        Self {
            mine: own.map(|own| own.join(FOLDER)),
            workspace: workspace.clone(),
        }
    }

    /// Those of this user and this workspace.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        Self::new(own_folder::folder().as_deref(), workspace)
    }

    /// # Errors
    /// A problem for the own folder of a user who has none.
    pub fn folder(&self, whose: Whose) -> Result<PathBuf, Problem> {
        match whose {
            Whose::Shared => Ok(self.workspace.root().join(FOLDER)),
            Whose::Mine => self.mine.clone().ok_or_else(|| {
                Problem::error("This user has no home, so no presets of their own.")
                    .hint("Set HOME or XDG_CONFIG_HOME, or save it as shared.")
            }),
        }
    }

    /// The file that a preset of this name has there, or would have.
    ///
    /// # Errors
    /// As [`Self::folder`].
    pub fn file(&self, whose: Whose, name: &Name) -> Result<PathBuf, Problem> {
        Ok(self.folder(whose)?.join(format!("{name}{ENDING}")))
    }

    /// In whose folder does this file lie?
    fn whose(&self, file: &Path) -> Option<Whose> {
        let folder = file.parent()?;
        let mut both = Whose::BOTH.into_iter();
        both.find(|whose| self.folder(*whose).is_ok_and(|of| of == folder))
    }

    /// The profiles that a preset can build on, and those that cannot be read.
    pub(super) fn profiles(&self) -> (Vec<Profile>, Vec<Problem>) {
        profile::all(&self.workspace)
    }

    pub(super) fn lacks_workload(&self, name: &str) -> Option<Problem> {
        lacks_workload(&self.workspace, name)
    }

    /// A preset that a workspace's link brings in from elsewhere is not the workspace's.
    pub(super) fn must_hold(&self, whose: Whose, file: &Path) -> Result<(), Problem> {
        match whose {
            Whose::Mine => Ok(()),
            Whose::Shared => self.workspace.must_hold(file),
        }
    }
}

/// The warning when the workspace has no workload of this name, and none is shipped.
#[must_use]
pub fn lacks_workload(workspace: &Workspace, name: &str) -> Option<Problem> {
    let known = inputs::names(workspace);
    let known = known.iter().map(String::as_str);
    let is_known = known.clone().any(|known| known == name);
    (!is_known).then(|| inputs::unknown(name, known))
}

/// Whose preset is the file, by the folder in which it lies? That may be the folder of any workspace.
pub(super) fn of_file(file: &Path) -> Option<Whose> {
    let folder = file.parent()?;
    Places::of(&Workspace::at(folder.parent()?)).whose(file)
}
