//! What reaches the state from outside, and what the state asks the outside to do.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

use super::draft_offers::Offers;
use super::files::{Opened, Wrote};
use super::generations;
use super::making::{Made, Wanted};
use super::output_screen::{self, OutputText};
use super::preset_jobs;
use super::workload_jobs;
use crate::budget::history_in_use::InUse;
use crate::claiming::Other;
use crate::config::{Config, Overlay};
use crate::draft::{self, Draft};
use crate::folder::Folder;
use crate::form::Form;
use crate::meanwhile::{Now, Then};
use crate::nickel::{Reply, Slot};
use crate::prepare::Prepared;
use crate::problem::Problem;
use crate::resume::Resumed;
use crate::store;

/// Something happened.
#[derive(Debug)]
pub enum Msg {
    Key(KeyEvent),
    Mouse(MouseEvent),
    Paste(String),
    Resize(Size),
    Reply(Reply),
    /// The forms, read after the first frame because there are many, and what is wrong in them.
    Form(Box<Form>, Vec<Problem>),
    Opened(Result<Box<Opened>, Problem>),
    /// A file that was read to be compared with.
    Compared(Result<Box<Opened>, Problem>),
    /// What was to be opened is a folder.
    Folder(Result<Box<Folder>, Problem>),
    Planned(Box<Prepared>),
    /// The text that was asked for by `Effect::Output`.
    Output(OutputText),
    Wrote(Result<Wrote, store::Failed>),
    /// The time of a shown secret is over.
    HideSecret,
    /// The drafts that there are.
    Drafts(Box<Offers>),
    /// What became of the draft of this session.
    DraftNews(draft::News),
    /// A draft is this process's now.
    DraftTaken(Result<Box<Resumed>, Problem>),
    DraftDropped(Result<PathBuf, Problem>),
    /// A draft that is looked at, over its file as that is now; it is not taken.
    LookedUnder(Box<Resumed>),
    /// Earlier versions were listed, read, or planned to be restored.
    Generations(generations::News),
    /// What `Effect::Make` asked for.
    Made(Made),
    /// What became of the output file, which is not as it was read any more.
    LookedAgain(Now),
    /// Who else has this file open, when somebody has.
    Claimed(PathBuf, Option<Other>),
    /// Work on presets is done.
    Presets(Box<preset_jobs::Done>),
    /// The history that agents are ranked by.
    History(Box<InUse>),
    /// Work on the workload is done.
    Workload(Box<workload_jobs::News>),
}

/// Something to be done.
#[derive(Debug)]
pub enum Effect {
    Evaluate {
        slot: Slot,
        ticket: u64,
        profile: Option<String>,
        overlay: Overlay,
    },
    Open(PathBuf),
    /// Read this file to compare with it.
    Compare(PathBuf),
    /// Prepare the plan of writing this configuration.
    Plan {
        file: PathBuf,
        profile: Option<String>,
        config: Box<Config>,
        /// The profile alone, to count the changes against when there is no file.
        baseline: Option<Box<Config>>,
    },
    /// Make the text that would be written.
    Output(Box<output_screen::Wanted>),
    Write(Arc<store::Plan>, store::Note),
    /// Look at the output file again, beside what it was.
    LookAgain(PathBuf, Box<Then>),
    /// Claim this file for this wizard.
    Claim(PathBuf),
    /// Send `Msg::HideSecret` after 10 seconds.
    HideSecretLater,
    /// Take this draft, from a wizard that still runs as well.
    TakeDraft(PathBuf),
    /// Carry this draft on: it is what is kept from now on.
    AdoptDraft(PathBuf),
    /// Read the file under this draft, which is looked at.
    LookUnder(Box<Draft>),
    /// Remove this draft, which nobody works on.
    DropDraft(PathBuf),
    /// Remove the draft of this session and keep none any more.
    ForgetDraft,
    /// List, read or plan to restore earlier versions.
    Generations(generations::Work),
    /// Make a secret, or a certificate's plan or files.
    Make(Wanted),
    Preset(preset_jobs::Job),
    Workload(workload_jobs::Job),
    /// Read the history that agents are ranked by.
    ReadHistory,
    /// Put a text into the clipboard of the terminal.
    Copy(String),
    /// Take the mouse, or give it back to the terminal.
    Mouse(bool),
    Repaint,
    Suspend,
    Quit,
}
