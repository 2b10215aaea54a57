//! One draft looked at before anything is done with it: whose, when, on what, what it would change, and what to do.

use super::action::Action;
use super::app::App;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::question::{Press, Question};
use super::text::fold_into;
use super::window::Window;
use crate::draft::{Draft, Kept};
use crate::problem::counted;
use crate::schema::FieldPath;
use crate::secret;

/// What can be done with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Resume,
    Discard,
    Later,
}

impl Button {
    pub const ALL: [Self; 3] = [Self::Resume, Self::Discard, Self::Later];
}

/// The state of the window.
#[derive(Clone, Debug)]
pub struct DraftScreen {
    pub draft: Draft,
    pub cursor: Cursor,
    pub button: Button,
}

/// A setting of the draft: what lies under it, and what the draft says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub path: FieldPath,
    pub under: String,
    pub said: String,
}

impl DraftScreen {
    /// The operator chose the draft.
    #[must_use]
    pub fn chosen(draft: Draft) -> Self {
        Self {
            draft,
            cursor: Cursor::default(),
            button: Button::Resume,
        }
    }

    /// It comes up by itself: a key that was meant for something else must not take it.
    #[must_use]
    pub fn unasked(draft: Draft) -> Self {
        Self {
            button: Button::Later,
            ..Self::chosen(draft)
        }
    }

    #[must_use]
    pub fn label(&self, button: Button) -> &'static str {
        match button {
            Button::Resume if self.draft.runs => "Take over",
            Button::Resume => "Resume",
            Button::Discard => "Discard",
            Button::Later => "Later",
        }
    }

    fn turn(&mut self, forward: bool) {
        let at = Button::ALL.iter().position(|button| *button == self.button);
        let step = if forward { 1 } else { Button::ALL.len() - 1 };
        self.button = Button::ALL[(at.unwrap_or(0) + step) % Button::ALL.len()];
    }
}

impl App {
    /// What is known of a draft, by name: the longest texts folded into `columns`.
    #[must_use]
    pub fn draft_facts(&self, draft: &Draft, columns: usize) -> Vec<(&'static str, String)> {
        let holder = &draft.header.holder;
        let (last, begun) = (draft.last_key(), crate::draft::moment(holder.since));
        let begun = if begun == last {
            String::new()
        } else {
            format!(", begun {begun}")
        };
        let mut facts = vec![("Kept", format!("{last} by {}{begun}", holder.whom()))];
        if draft.runs {
            facts.push(("Held by", format!("{}, still running", holder.name())));
        } else if !holder.is_here() {
            facts.push((
                "Held by",
                "a wizard on another host: cannot be seen from here".to_owned(),
            ));
        }
        let profile = draft.state.profile.as_deref().unwrap_or("none");
        facts.push(("Profile", crate::clean::line(profile)));
        if let Some(base) = &draft.state.base {
            let name = if base.preset.is_some() {
                "Preset"
            } else {
                "File"
            };
            facts.push((name, self.shown_path(&base.file)));
        }
        facts.push(("Writes to", self.shown_path(&draft.state.output)));
        let told = draft
            .problems
            .iter()
            .map(|problem| ("!", problem.message.clone()));
        facts.extend(told);
        let fold = |(name, text): (&'static str, String)| {
            let lines = fold_into(&text, columns, 2).into_iter().enumerate();
            lines.map(move |(n, line)| (if n == 0 { name } else { "" }, line))
        };
        facts.into_iter().flat_map(fold).collect()
    }

    /// What the draft says against what lies under it.
    #[must_use]
    pub fn draft_rows(&self, draft: &Draft) -> Vec<Row> {
        let state = &draft.state;
        let profile = state
            .profile
            .as_ref()
            .and_then(|name| self.baselines.get(name));
        let profile = profile.and_then(|baseline| baseline.config.as_ref());
        let under = |path: &FieldPath| {
            let of_file = state.base.as_ref().and_then(|base| base.values.get(path));
            match (of_file, profile) {
                (Some(Kept::Value(value)), _) => self.shown(path, value),
                (Some(Kept::Secret), _) => secret::MASK.to_owned(),
                (None, None) => "…".to_owned(),
                (None, Some(config)) => config
                    .value(path.as_str())
                    .map_or_else(|| "–".to_owned(), |value| self.shown(path, value)),
            }
        };
        let said = |path: &FieldPath, kept: &Kept| match kept {
            Kept::Value(value) => self.shown(path, value),
            Kept::Secret => "(enter again)".to_owned(),
        };
        let mut rows: Vec<Row> = state
            .answers
            .iter()
            .map(|(path, kept)| Row {
                path: path.clone(),
                under: under(path),
                said: said(path, kept),
            })
            .collect();
        if let Some(open) = &state.open {
            let text = open
                .text
                .as_deref()
                .map_or(secret::MASK.to_owned(), crate::clean::line);
            rows.retain(|row| row.path != open.path);
            rows.push(Row {
                path: open.path.clone(),
                under: under(&open.path),
                said: format!("{text} (being typed)"),
            });
        }
        rows
    }

    /// The rows of the list that show.
    #[must_use]
    pub fn draft_list_height(&self, draft: &Draft) -> usize {
        let columns = usize::from(self.size.width).saturating_sub(14);
        let taken = self.draft_facts(draft, columns).len() + 4;
        super::layout::list_height(self.size)
            .saturating_sub(taken)
            .max(1)
    }

    pub(super) fn open_draft(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let Some(draft) = self.drafts.offers.drafts.get(at).cloned() else {
            return;
        };
        if let Some(profile) = &draft.state.profile
            && self.profiles.iter().any(|known| known.name == *profile)
        {
            self.ask_baseline(&profile.clone(), effects);
        }
        let screen = DraftScreen::chosen(draft);
        self.windows.push(Window::Draft(Box::new(screen)));
    }

    /// `true` when the window may close.
    pub(super) fn act_in_draft(
        &mut self,
        screen: &mut DraftScreen,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if let Some(step) = step_of(action) {
            let rows = self.draft_rows(&screen.draft).len();
            let height = self.draft_list_height(&screen.draft);
            screen.cursor.step(step, rows, height, |_| true);
            return false;
        }
        match (action, screen.button) {
            (Action::NextPane | Action::Right, _) => screen.turn(true),
            (Action::PreviousPane | Action::Left, _) => screen.turn(false),
            (Action::Open, Button::Later) => return true,
            (Action::Open, Button::Resume) => {
                let draft = screen.draft.clone();
                self.take_draft(&draft, effects);
            }
            (Action::Open, Button::Discard) => {
                let question = discard(&screen.draft);
                // The question stands over this window, which is put back under it.
                self.windows.push(Window::Draft(Box::new(screen.clone())));
                self.windows.push(Window::Question(question));
                return true;
            }
            _ => {}
        }
        false
    }
}

fn discard(draft: &Draft) -> Question {
    let count = counted(draft.answers(), "answer");
    Question {
        title: "Discard the draft?".into(),
        lines: vec![
            format!(
                "{count} of {} would be gone for good.",
                draft.header.holder.whom()
            ),
            "Nothing brings a discarded draft back; Back leaves it where it is.".into(),
        ],
        buttons: vec![
            ("Discard it".into(), Press::DropDraft(draft.file.clone())),
            ("Back".into(), Press::Nothing),
        ],
        at: 1,
    }
}
