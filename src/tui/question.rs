//! A question with buttons; the harmless one is focused first, and Esc presses it.

use std::path::PathBuf;

use super::action::Action;
use crate::problem::counted;
use crate::schema::FieldPath;

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Closes the question; nothing else happens.
    Nothing,
    /// Leaves; what is unsaved stays in a draft, where one is kept.
    Leave,
    /// Leaves, and the draft of this session is removed.
    Discard,
    /// Removes this draft.
    DropDraft(PathBuf),
    /// Shows what others changed in the file, to choose of it.
    BringTogether,
    /// Asks for another file to write to.
    SaveElsewhere,
    /// Writes the file that is gone as a new one.
    WriteAnew,
    /// Loads the preset that was read, over unsaved answers.
    LoadPreset,
    /// Saves over the preset that is there.
    ReplacePreset,
    /// Closes the editor of the workload; what is changed there is lost.
    DiscardWorkload,
    /// Writes the workload that was planned.
    WriteWorkload,
    /// Writes the export that was planned.
    Export,
    /// Takes these answers back.
    Reset(Vec<FieldPath>),
}

/// The state of a question.
#[derive(Clone, Debug)]
pub struct Question {
    pub title: String,
    pub lines: Vec<String>,
    pub buttons: Vec<(String, Press)>,
    pub at: usize,
}

impl Question {
    /// Leaving with answers that stand nowhere but here.
    #[must_use]
    pub fn leave(answers: usize, write: &str) -> Self {
        let count = match answers {
            0 => "What was changed since the last write is not written.".to_owned(),
            1 => "1 answer is not written.".to_owned(),
            n => format!("{n} answers are not written."),
        };
        let it = if answers > 1 { "them" } else { "it" };
        Self {
            title: "Leave?".into(),
            lines: vec![
                count,
                format!("Leaving now loses {it}. Back, and then {write}, writes {it}."),
            ],
            buttons: vec![
                (format!("Leave and lose {it}"), Press::Leave),
                ("Back".into(), Press::Nothing),
            ],
            at: 1,
        }
    }

    /// Leaving with answers that stand in a draft only.
    #[must_use]
    pub fn leave_draft(answers: usize, write: &str) -> Self {
        let mut question = Self::leave(answers, write);
        let it = if answers > 1 { "them" } else { "it" };
        question.lines[1] =
            format!("A draft keeps {it} for the next start. Stay, and then {write}, writes {it}.");
        question.buttons = vec![
            ("Leave, keep draft".into(), Press::Leave),
            ("Discard".into(), Press::Discard),
            ("Stay".into(), Press::Nothing),
        ];
        question.at = 2;
        question
    }

    /// The file was not written: what is in the way, and what can be done, by a button of its own or elsewhere.
    fn not_written(title: &str, what: String, then: String, own: Option<(&str, Press)>) -> Self {
        let usual = [
            ("Save elsewhere", Press::SaveElsewhere),
            ("Cancel", Press::Nothing),
        ];
        let buttons = own.into_iter().chain(usual);
        let buttons: Vec<_> = buttons
            .map(|(label, press)| (label.into(), press))
            .collect();
        Self {
            title: title.into(),
            lines: vec![
                what,
                "Nothing was written, your answers are still here.".into(),
                then,
            ],
            at: buttons.len() - 1,
            buttons,
        }
    }

    /// Somebody else changed the file after it was read, or made it: `what` says so.
    #[must_use]
    pub fn changed_on_disk(what: String) -> Self {
        let then = "Bring together takes over what only the other side changed, and asks about what both did.";
        let own = ("Bring together", Press::BringTogether);
        Self::not_written("The file changed", what, then.into(), Some(own))
    }

    /// The file changed after it was read, and is of no use as it is now.
    #[must_use]
    pub fn unusable(file: &str, why: &str, write: &str) -> Self {
        let what = format!("{file} changed since it was read, and cannot be used now: {why}");
        let then = format!("Mend it, or move it away, and then {write} again.");
        Self::not_written("The file changed", what, then, None)
    }

    /// The file was removed after it was read.
    #[must_use]
    pub fn gone(file: &str) -> Self {
        let what = format!("{file} was removed since it was read.");
        let then = "Write anew makes it again, without what only the old one held.";
        let own = ("Write anew", Press::WriteAnew);
        Self::not_written("The file is gone", what, then.into(), Some(own))
    }

    /// Something stands in the file's place that no file can replace.
    #[must_use]
    pub fn blocked(file: &str, why: &str) -> Self {
        let then = "Save elsewhere asks for another file.".into();
        Self::not_written(
            "It cannot be written there",
            format!("{file}: {why}"),
            then,
            None,
        )
    }

    /// Loading `preset staging-eu`, to which unsaved answers would give way.
    #[must_use]
    pub fn load(preset: &str, unsaved: usize, undo: &str) -> Self {
        let count = counted(unsaved, "unsaved answer");
        let [it, draft] = if unsaved > 1 {
            ["them", "their"]
        } else {
            ["it", "its"]
        };
        Self {
            title: "Load the preset?".into(),
            lines: vec![
                format!("Load {preset} over {count}?"),
                format!(
                    "{undo} brings {it} back while this wizard runs; leaving loses {it}, and {draft} draft goes at once."
                ),
            ],
            buttons: vec![
                ("Load".into(), Press::LoadPreset),
                ("Cancel".into(), Press::Nothing),
            ],
            at: 1,
        }
    }

    /// Taking back answers, `of Backend` or `of all panels`.
    #[must_use]
    pub fn reset(what: &str, paths: Vec<FieldPath>, undo: &str) -> Self {
        let count = counted(paths.len(), "answer");
        Self {
            title: "Reset?".into(),
            lines: vec![
                format!("{count} {what} would be taken back."),
                format!("What lies under the answers holds then; one {undo} brings them again."),
            ],
            buttons: vec![
                (format!("Take {count} back"), Press::Reset(paths)),
                ("Back".into(), Press::Nothing),
            ],
            at: 1,
        }
    }

    /// Is this the question whether to leave?
    #[must_use]
    pub fn is_leave(&self) -> bool {
        self.buttons.iter().any(|(_, press)| *press == Press::Leave)
    }

    /// Goes to another button.
    pub fn act(&mut self, action: Action) {
        let last = self.buttons.len() - 1;
        self.at = match action {
            Action::NextPane | Action::Right | Action::Down if self.at == last => 0,
            Action::NextPane | Action::Right | Action::Down => self.at + 1,
            Action::PreviousPane | Action::Left | Action::Up if self.at == 0 => last,
            Action::PreviousPane | Action::Left | Action::Up => self.at - 1,
            Action::First | Action::PageUp => 0,
            Action::Last | Action::PageDown => last,
            _ => self.at,
        };
    }

    #[must_use]
    pub fn pressed(&self) -> Press {
        self.buttons
            .get(self.at)
            .map_or(Press::Nothing, |(_, press)| press.clone())
    }
}
