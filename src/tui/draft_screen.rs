//! One draft looked at before anything is done with it: whose, when, on what, what it would change, and what to do.

use super::action::Action;
use super::app::App;
use super::draft_beneath::{Beneath, Looked};
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::question::{Press, Question};
use super::text::{fold_into, width};
use super::window::Window;
use crate::draft::{Draft, Kept};
use crate::problem::counted;
use crate::schema::FieldPath;
use crate::secret;

/// Columns of a fact's name.
pub const FACT: usize = 11;

/// Rows of the window that are no facts: the heading of the list, its settings where there are few rows, the buttons.
const HEADING: usize = 1;
const SETTINGS: usize = 2;
const BUTTONS: usize = 1;

/// The facts that are left out where rows are few, in this order.
const SPARED: [&str; 4] = ["Writes to", "Profile", HELD, "File"];

const HELD: &str = "Held by";

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
    /// What is under it now.
    pub looked: Looked,
    pub cursor: Cursor,
    pub button: Button,
}

/// A setting of the draft: what lies under it, and what the draft says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub path: FieldPath,
    pub under: Beneath,
    pub said: String,
}

impl DraftScreen {
    /// The operator chose the draft.
    #[must_use]
    pub fn chosen(draft: Draft) -> Self {
        Self {
            draft,
            looked: Looked::NotYet,
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

/// `since 2026-11-21 09:57, last key 10:02 UTC`: the day is said once where both are of one.
fn since_and_last(begun: &str, last: &str) -> String {
    let day = |moment: &str| moment.split(' ').next().unwrap_or_default().to_owned();
    let same = day(begun) == day(last);
    let last = if same {
        last.strip_prefix(&day(last)).unwrap_or(last).trim_start()
    } else {
        last
    };
    let begun = begun.strip_suffix(" UTC").unwrap_or(begun);
    format!("since {begun}, last key {last}")
}

impl App {
    /// What is known of a draft, by name, line by line; where rows are few the facts that matter least are left out, so
    /// that two settings show.
    #[must_use]
    pub fn draft_facts(&self, screen: &DraftScreen) -> Vec<(&'static str, String)> {
        let columns = usize::from(self.size.width).saturating_sub(FACT + 4);
        let rows = list_height(self.size).saturating_sub(HEADING + SETTINGS + BUTTONS);
        let mut facts = self.all_draft_facts(screen, columns);
        let mut lines = folded(&facts, columns);
        // Who still works on it is never left out.
        let spared = SPARED
            .into_iter()
            .filter(|name| *name != HELD || !screen.draft.runs);
        for name in spared {
            if lines.len() > rows {
                facts.retain(|(known, _)| *known != name);
                lines = folded(&facts, columns);
            }
        }
        lines.truncate(rows);
        lines
    }

    fn all_draft_facts(&self, screen: &DraftScreen, columns: usize) -> Vec<(&'static str, String)> {
        let draft = &screen.draft;
        let holder = &draft.header.holder;
        let (last, begun) = (draft.last_key(), crate::draft::moment(holder.since));
        let mut kept = format!("{last} by {}", holder.whom());
        let whole = format!("{kept}, begun {begun}");
        if begun != last && width(&whole) <= columns {
            kept = whole;
        }
        let mut facts = Vec::new();
        if draft.runs {
            let held = format!("{}, {}", holder.name(), since_and_last(&begun, &last));
            facts.push((HELD, held));
        } else {
            facts.push(("Kept", kept));
        }
        if !draft.runs && !holder.is_here() {
            let elsewhere = "a wizard elsewhere: cannot be seen from here";
            facts.push((HELD, elsewhere.to_owned()));
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
        if let Looked::Seen(seen) = &screen.looked {
            let told = seen.told.as_ref();
            facts.extend(told.map(|told| ("Since then", told.clone())));
        }
        facts.push(("Writes to", self.shown_path(&draft.state.output)));
        let told = draft.problems.iter();
        facts.extend(told.map(|problem| ("!", problem.message.clone())));
        facts
    }

    /// What the draft says against what lies under it now.
    #[must_use]
    pub fn draft_rows(&self, screen: &DraftScreen) -> Vec<Row> {
        let state = &screen.draft.state;
        let said = |path: &FieldPath, kept: &Kept| match kept {
            Kept::Value(value) => self.shown(path, value),
            Kept::Secret => "(enter again)".to_owned(),
        };
        let open = state.open.as_ref();
        let mut rows: Vec<(&FieldPath, String)> = state
            .answers
            .iter()
            .filter(|(path, _)| open.is_none_or(|open| open.path != **path))
            .map(|(path, kept)| (path, said(path, kept)))
            .collect();
        rows.extend(open.map(|open| {
            let text = open
                .text
                .as_deref()
                .map_or(secret::MASK.to_owned(), crate::clean::line);
            (&open.path, format!("{text} (being typed)"))
        }));
        let beneath = self.beneath_draft(screen, rows.iter().map(|(path, _)| *path));
        let rows = rows.iter().zip(beneath);
        rows.map(|((path, said), under)| Row {
            path: (*path).clone(),
            under,
            said: said.clone(),
        })
        .collect()
    }

    /// What is said below the window: of a setting under which something else lies by now that, else what the buttons do.
    #[must_use]
    pub fn draft_help(&self, screen: &DraftScreen) -> String {
        let row = self.draft_rows(screen).into_iter().nth(screen.cursor.at);
        if let Some(row) = row
            && let Some(then) = row.under.then
        {
            let asked = if row.under.asked {
                format!(" {} asks which holds.", screen.label(Button::Resume))
            } else {
                String::new()
            };
            let (path, now) = (row.path, row.under.now);
            return format!("{path}: {now} now, {then} when the draft was kept.{asked}");
        }
        if screen.draft.runs {
            "Take over asks the other wizard to let go: it keeps what was typed and ends, and you go on here."
        } else {
            "Resume goes on where it ended; Later keeps it. Secrets are in no draft: they are asked for again."
        }
        .to_owned()
    }

    /// Empty rows above and below the list: none where rows are few.
    #[must_use]
    pub fn draft_gap(&self, facts: usize) -> usize {
        let taken = facts + HEADING + SETTINGS + BUTTONS;
        usize::from(list_height(self.size) >= taken + 2)
    }

    /// The rows of the list that show.
    #[must_use]
    pub fn draft_list_height(&self, screen: &DraftScreen) -> usize {
        let facts = self.draft_facts(screen).len();
        let taken = facts + HEADING + BUTTONS + 2 * self.draft_gap(facts);
        list_height(self.size).saturating_sub(taken).max(1)
    }

    pub(super) fn open_draft(&mut self, at: usize, effects: &mut Vec<Effect>) {
        let Some(draft) = self.drafts.offers.drafts.get(at).cloned() else {
            return;
        };
        let screen = DraftScreen::chosen(draft);
        self.windows.push(Window::Draft(Box::new(screen)));
        self.ask_baselines(effects);
    }

    /// `true` when the window may close.
    pub(super) fn act_in_draft(
        &mut self,
        screen: &mut DraftScreen,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if let Some(step) = step_of(action) {
            let rows = self.draft_rows(screen).len();
            let height = self.draft_list_height(screen);
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

/// Long texts take two lines.
fn folded(facts: &[(&'static str, String)], columns: usize) -> Vec<(&'static str, String)> {
    let fold = |(name, text): &(&'static str, String)| {
        let name = *name;
        let lines = fold_into(text, columns, 2).into_iter().enumerate();
        lines.map(move |(n, line)| (if n == 0 { name } else { "" }, line))
    };
    facts.iter().flat_map(fold).collect()
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
