//! The drafts that were found at the start: counted, offered, and gone when they are discarded.
//! Leaves to others: the window of one draft (`draft_screen`), taking it up (`draft_resuming`).

use std::path::{Path, PathBuf};

use super::action::Action;
use super::app::App;
use super::draft_screen::DraftScreen;
use super::window::Window;
use crate::draft::{self, Draft};
use crate::problem::{Problem, counted};

/// The drafts that were found at the start.
#[derive(Debug, Default)]
pub struct Offers {
    /// Of this workspace, the latest first.
    pub drafts: Vec<Draft>,
    /// How many others there are, of other workspaces.
    pub elsewhere: usize,
    /// How many cannot be read.
    pub unreadable: usize,
    /// They are offered when the file named at the start is open.
    pub wait_for_file: bool,
}

impl Offers {
    /// Looks into the folder. Drafts of this very process are none to be offered.
    #[must_use]
    pub fn read(folder: &Path, workspace: &Path) -> Self {
        let (mut drafts, problems) = draft::all(folder);
        drafts.retain(|draft| !draft.header.holder.is_this_process());
        let all = drafts.len();
        drafts.retain(|draft| draft.header.workspace == workspace);
        Self {
            elsewhere: all - drafts.len(),
            drafts,
            unreadable: problems.len(),
            wait_for_file: false,
        }
    }
}

impl App {
    /// The drafts of this workspace are known now.
    pub(super) fn drafts_found(&mut self, offers: Offers) {
        self.drafts.offers = offers;
        let count = self.drafts.offers.drafts.len();
        if count == 0 {
            return;
        }
        let busy = !self.windows.is_empty() || self.edit.is_some() || self.unsaved();
        self.drafts.offers.wait_for_file = !self.started && self.open.is_some();
        if self.drafts.offers.wait_for_file {
            return;
        }
        if !self.started {
            let last = self.keymap.key(Action::Last);
            let count = counted(count, "draft");
            // A notice of somebody else at work stays.
            self.message.line = Some(format!("{count} to continue with: {last} goes there."));
            return;
        }
        let found = self.drafts.offers.drafts.iter();
        let Some(draft) = found
            .into_iter()
            .find(|draft| self.is_of_this(draft))
            .cloned()
        else {
            return;
        };
        if busy {
            return self.say_line("A draft of this is kept: the start screen offers it next time.");
        }
        let screen = DraftScreen::unasked(draft);
        self.windows.push(Window::Draft(Box::new(screen)));
    }

    /// Is it a draft of what the command line named?
    fn is_of_this(&self, draft: &Draft) -> bool {
        let state = &draft.state;
        let base = self.answers.said().base.as_ref().map(|base| &base.file);
        match (self.open.as_ref().or(base), &state.base) {
            (Some(file), Some(base)) => base.file == *file,
            (Some(file), None) => state.output == *file,
            (None, Some(_)) => false,
            (None, None) => {
                state.profile.as_deref() == self.profile() && state.output == self.facts.output
            }
        }
    }

    /// A draft was removed, or could not be.
    pub(super) fn draft_dropped(&mut self, dropped: Result<PathBuf, Problem>) {
        match dropped {
            Ok(file) => {
                self.drafts.offers.drafts.retain(|draft| draft.file != file);
                let rows = self.start_rows().len();
                self.start.show(rows, rows);
                self.say_line("The draft is discarded.");
            }
            Err(problem) => self.message.notice = Some(format!("✗ {}", problem.sentence())),
        }
    }
}
