//! The drafts of a running wizard: the thread that writes, what it is told after each message, and the end.
//! Leaves to others: what is unsaved (`drafts`), when the wizard ends (`run`).

use std::path::PathBuf;
use std::time::Duration;

use super::app::App;
use super::draft_offers::Offers;
use super::msg::Msg;
use crate::draft::{self, Keeper};
use crate::problem::Problem;

/// Before the program is stopped, so long the disk is waited for.
const STOPPING: Duration = Duration::from_millis(300);

/// At the end, so long: what waits for the terminal afterwards must fit into two seconds as well.
const ENDING: Duration = Duration::from_millis(700);

/// The writing side, when there is a place for drafts and anything may be written.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    folder: Option<PathBuf>,
    keeper: Option<Keeper>,
}

impl Keeping {
    /// Starts it for this wizard; `tell` takes messages to the loop.
    pub fn start(app: &mut App, mut tell: impl FnMut(Msg) + Send + 'static) -> Self {
        let folder = draft::folder();
        let Some(place) = folder.clone().filter(|_| !app.facts.caution.readonly) else {
            return Self {
                folder,
                keeper: None,
            };
        };
        let workspace = app.facts.workspace.clone();
        let news = move |news| tell(Msg::DraftNews(news));
        let keeper = Keeper::start(place, workspace, news).ok();
        app.drafts.kept = keeper.is_some();
        Self { folder, keeper }
    }

    /// What finds the drafts that can be continued.
    pub fn look(&self, app: &App) -> Option<impl FnOnce() -> Msg + Send + use<>> {
        let folder = self.folder.clone()?;
        let workspace = app.facts.workspace.clone();
        Some(move || Msg::Drafts(Box::new(Offers::read(&folder, &workspace))))
    }

    /// Hands over what is unsaved now.
    pub fn note(&self, app: &App) {
        if let Some(keeper) = &self.keeper {
            keeper.note(app.draft_state());
        }
    }

    /// Carries on a draft that was taken.
    pub fn adopt(&self, file: PathBuf, app: &App) {
        if let Some(keeper) = &self.keeper {
            keeper.adopt(file, app.draft_state());
        }
    }

    /// Removes the draft and keeps none any more.
    pub fn forget(&mut self, app: &mut App) {
        app.drafts.kept = false;
        if let Some(keeper) = self.keeper.take() {
            keeper.note(None);
        }
    }

    /// Has what was typed on disk before the program is stopped.
    pub fn before_a_stop(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.flush(STOPPING);
        }
    }

    /// Has what was typed on disk at the end; who took the draft over, when somebody did.
    pub fn end(&self) -> Option<String> {
        let keeper = self.keeper.as_ref()?;
        keeper.flush(ENDING);
        draft::taken_by(&keeper.file()?)
    }
}

/// Removes a draft that nobody works on.
pub(super) fn drop_draft(file: PathBuf) -> Result<PathBuf, Problem> {
    draft::discard(&file).map(|()| file)
}
