//! Settings that two sides changed: the three states of each beside each other, and which one holds.
//! Serves every three-way choice; leaves to others: where the states come from, and what follows (`drafts`).

use super::action::Action;
use super::app::App;
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::window::Window;
use crate::meanwhile::Changed;
use crate::merge::{Merge, Row, Side};
use crate::problem::counted;
use crate::resume::Resumed;

/// What the choice is for.
#[derive(Debug)]
pub enum For {
    Draft(Box<Resumed>),
    /// The output file, which somebody else changed.
    File(Box<Changed>),
}

impl For {
    /// What it comes to when nothing is chosen.
    fn given_up(&self) -> &'static str {
        match self {
            Self::Draft(_) => "Nothing is taken up; the draft is kept as it was.",
            Self::File(_) => {
                "Nothing was written and nothing taken over; your answers are still here."
            }
        }
    }
}

/// The state of the screen.
#[derive(Debug)]
pub struct MergeScreen {
    pub title: String,
    /// What base, theirs and ours are called here.
    pub columns: [String; 3],
    pub merge: Merge,
    pub cursor: Cursor,
    pub purpose: For,
}

/// A line of the screen.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    Heading(&'static str),
    Setting(&'a Row),
    Gap,
}

impl MergeScreen {
    #[must_use]
    pub fn new(title: String, columns: [String; 3], merge: Merge, purpose: For) -> Self {
        Self {
            title,
            columns,
            merge,
            cursor: Cursor { at: 1, offset: 0 },
            purpose,
        }
    }

    /// The conflicts, then what was taken over by itself; what only we changed stays ours and is not listed.
    #[must_use]
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let conflicts: Vec<Line> = self.merge.conflicts().map(Line::Setting).collect();
        if !conflicts.is_empty() {
            lines.push(Line::Heading("Both changed: choose one"));
            lines.extend(conflicts);
        }
        let taken: Vec<Line> = self.merge.taken().map(Line::Setting).collect();
        if !taken.is_empty() {
            if !lines.is_empty() {
                lines.push(Line::Gap);
            }
            lines.push(Line::Heading("Only the other side changed: taken over"));
            lines.extend(taken);
        }
        lines
    }

    /// The setting the cursor is on.
    #[must_use]
    pub fn chosen(&self) -> Option<&Row> {
        match self.lines().get(self.cursor.at)? {
            Line::Setting(row) => Some(row),
            Line::Heading(_) | Line::Gap => None,
        }
    }

    #[must_use]
    pub fn column(&self, side: Side) -> &str {
        let [base, theirs, ours] = &self.columns;
        match side {
            Side::Base => base,
            Side::Theirs => theirs,
            Side::Ours => ours,
        }
    }
}

impl App {
    pub(super) fn act_in_merge(
        &mut self,
        mut screen: MergeScreen,
        action: Action,
        effects: &mut Vec<Effect>,
    ) {
        let height = list_height(self.size).saturating_sub(1);
        if let Some(step) = step_of(action) {
            let lines = screen.lines();
            let rests: Vec<bool> = lines
                .iter()
                .map(|line| matches!(line, Line::Setting(_)))
                .collect();
            screen
                .cursor
                .step(step, rests.len(), height, |line| rests[line]);
        }
        match action {
            Action::TakeTheirs => self.choose_side(&mut screen, Side::Theirs),
            Action::TakeOurs => self.choose_side(&mut screen, Side::Ours),
            Action::TakeBase => self.choose_side(&mut screen, Side::Base),
            Action::AllTheirs => self.choose_all_sides(&mut screen, Side::Theirs),
            Action::AllOurs => self.choose_all_sides(&mut screen, Side::Ours),
            Action::Back | Action::GiveUp => {
                return self.say_line(screen.purpose.given_up());
            }
            Action::Open if screen.merge.undecided() == 0 => {
                return self.merged(screen, effects);
            }
            Action::Open => {
                let (theirs, ours) = (
                    self.keymap.key(Action::TakeTheirs),
                    self.keymap.key(Action::TakeOurs),
                );
                let count = counted(screen.merge.undecided(), "setting");
                self.say_line(format!(
                    "{count} still to choose: {theirs} or {ours} on each."
                ));
            }
            _ => {}
        }
        self.windows.push(Window::Merge(Box::new(screen)));
    }

    fn choose_side(&mut self, screen: &mut MergeScreen, side: Side) {
        let Some(path) = screen.chosen().map(|row| row.path.clone()) else {
            return;
        };
        if !screen.merge.conflicts().any(|row| row.path == path) {
            return self
                .say_line("Only one side changed this setting: there is nothing to choose.");
        }
        screen.merge.choose(&path, side);
        let open = screen.merge.undecided();
        let left = if open == 0 {
            format!("{} goes on.", self.keymap.key(Action::Open))
        } else {
            format!("{} to choose.", counted(open, "setting"))
        };
        self.say_line(format!("{}: {}. {left}", path.leaf(), screen.column(side)));
        // On to the next one that is open.
        let next = screen
            .lines()
            .iter()
            .position(|line| matches!(line, Line::Setting(row) if row.side().is_none()));
        if let Some(next) = next {
            let (lines, height) = (
                screen.lines().len(),
                list_height(self.size).saturating_sub(1),
            );
            screen.cursor.go(next, lines, height, false);
        }
    }

    fn choose_all_sides(&mut self, screen: &mut MergeScreen, side: Side) {
        let count = counted(screen.merge.conflicts().count(), "setting");
        screen.merge.choose_all(side);
        let open = self.keymap.key(Action::Open);
        self.say_line(format!("{count}: {}. {open} goes on.", screen.column(side)));
    }
}
