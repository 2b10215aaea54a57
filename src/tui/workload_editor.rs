//! The editor of the workload in use: a row for each role, the cell that has the keys, a text being typed, undo.
//! Leaves to others: what a figure may be (`budget::cells`), the forecast that follows (`budget`), its keys
//! (`workload_keys`), saving and importing (`workload_saving`, `workload_import`).

use std::collections::VecDeque;
use std::sync::Arc;

use super::action::Action;
use super::list::{Cursor, Step};
use super::typed::Typed;
use super::workload_jobs::Wanted;
use crate::budget::cells::{Cell, Cells, Row};
use crate::form::date::Date;
use crate::workload_file::Planned;

/// More steps are not kept.
const MOST_STEPS: usize = 1000;

/// The state of the window.
#[derive(Clone, Debug)]
pub struct WorkloadEditor {
    /// Of the workload.
    pub name: String,
    cells: Cells,
    /// As they were read or saved.
    saved: Cells,
    pub cursor: Cursor,
    /// The place of the cell in its row.
    pub column: usize,
    /// The text being typed, and the row as it was before.
    typing: Option<(Typed, Arc<Row>)>,
    undo: VecDeque<Cells>,
    redo: Vec<Cells>,
    today: Date,
    /// What was shown and may be written.
    pub(super) planned: Option<Arc<Planned>>,
    /// It is being written.
    pub(super) writing: bool,
    /// What is said so far of the file to import.
    pub(super) wanted: Option<Wanted>,
}

impl WorkloadEditor {
    #[must_use]
    pub fn new(name: &str, cells: Cells, today: Date) -> Self {
        Self {
            name: name.to_owned(),
            saved: cells.clone(),
            cells,
            cursor: Cursor::default(),
            column: 0,
            typing: None,
            undo: VecDeque::new(),
            redo: Vec::new(),
            today,
            planned: None,
            writing: false,
            wanted: None,
        }
    }

    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    #[must_use]
    pub fn cell(&self) -> Cell {
        Cell::ALL[self.column.min(Cell::ALL.len() - 1)]
    }

    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        self.cells.rows.get(self.cursor.at).map(AsRef::as_ref)
    }

    #[must_use]
    pub fn typing(&self) -> Option<&Typed> {
        self.typing.as_ref().map(|(line, _)| line)
    }

    /// Has anything changed since it was read or saved?
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.cells != self.saved
    }

    /// How many rows differ from what was read or saved.
    #[must_use]
    pub fn changed_rows(&self) -> usize {
        let rows = self.cells.rows.iter();
        let changed = rows.filter(|row| !self.saved.rows.contains(row)).count();
        let gone = |row: &&Arc<Row>| !self.cells.rows.iter().any(|is| is.role() == row.role());
        changed + self.saved.rows.iter().filter(gone).count()
    }

    pub(super) fn step(&mut self, step: Step, height: usize) {
        let rows = self.cells.rows.len();
        self.cursor.step(step, rows, height, |_| true);
    }

    /// The next or the previous cell, going on in the next row.
    pub(super) fn next(&mut self, forward: bool) {
        let columns = Cell::ALL.len();
        let rows = self.cells.rows.len().max(1);
        let step = if forward { 1 } else { columns * rows - 1 };
        let at = (self.cursor.at * columns + self.column + step) % (columns * rows);
        self.cursor.at = at / columns;
        self.column = at % columns;
    }

    pub(super) fn across(&mut self, right: bool) {
        self.column = if right {
            (self.column + 1).min(Cell::ALL.len() - 1)
        } else {
            self.column.saturating_sub(1)
        };
    }

    /// Begins to type in the cell: in what it says, or with `typed` in its place.
    pub(super) fn begin(&mut self, typed: Option<&str>) {
        let Some(row) = self.cells.rows.get(self.cursor.at).cloned() else {
            return;
        };
        let line = Typed::new(typed.unwrap_or_else(|| row.text(self.cell())));
        self.typing = Some((line, row));
        if typed.is_some() {
            self.follow();
        }
    }

    pub(super) fn insert(&mut self, text: &str) {
        if let Some((line, _)) = &mut self.typing {
            line.insert(text);
            self.follow();
        }
    }

    pub(super) fn type_action(&mut self, action: Action) {
        if let Some((line, _)) = &mut self.typing
            && line.act(action)
        {
            self.follow();
        }
    }

    /// The row as it is with what is typed.
    fn follow(&mut self) {
        let (cell, today) = (self.cell(), self.today);
        if let (Some((line, before)), Some(row)) =
            (&self.typing, self.cells.rows.get_mut(self.cursor.at))
        {
            *row = Arc::new(before.with(cell, line.text(), today));
        }
    }

    /// Ends the typing; what was typed stays, even wrong.
    pub(super) fn keep(&mut self) {
        let Some((line, before)) = self.typing.take() else {
            return;
        };
        let cell = self.cell();
        // A look at a cell is no change, and a price is not rewritten.
        let now = if line.text().trim() == before.text(cell) {
            before.clone()
        } else {
            Arc::new(before.with(cell, line.text(), self.today))
        };
        let at = self.cursor.at;
        let mut cells = self.cells.clone();
        if let Some(row) = cells.rows.get_mut(at) {
            row.clone_from(&now);
        }
        if let Some(row) = self.cells.rows.get_mut(at) {
            *row = before;
        }
        self.change(cells);
    }

    /// Ends the typing; the cell is as it was.
    pub(super) fn give_up(&mut self) {
        if let Some((_, before)) = self.typing.take()
            && let Some(row) = self.cells.rows.get_mut(self.cursor.at)
        {
            *row = before;
        }
    }

    /// Takes over other figures, as one step.
    pub(super) fn change(&mut self, cells: Cells) {
        if cells == self.cells {
            return;
        }
        if self.undo.len() == MOST_STEPS {
            self.undo.pop_front();
        }
        self.undo
            .push_back(std::mem::replace(&mut self.cells, cells));
        self.redo.clear();
        self.cursor.at = self.cursor.at.min(self.cells.rows.len().saturating_sub(1));
    }

    /// Goes to a cell.
    pub(super) fn go(&mut self, row: usize, cell: Cell) {
        self.cursor.at = row;
        let mut all = Cell::ALL.iter();
        self.column = all.position(|one| *one == cell).unwrap_or(0);
    }

    /// Takes the last step back, or does it again, and goes to where it was; `false` when there is none.
    pub(super) fn turn_back(&mut self, undo: bool) -> bool {
        let found = if undo {
            self.undo.pop_back()
        } else {
            self.redo.pop()
        };
        let Some(found) = found else {
            return false;
        };
        let was = std::mem::replace(&mut self.cells, found);
        let changed = self.cells.rows.iter().zip(&was.rows).enumerate();
        let place = changed.into_iter().find_map(|(at, (now, then))| {
            let mut cells = Cell::ALL.into_iter();
            let cell = cells.find(|cell| now.text(*cell) != then.text(*cell))?;
            Some((at, cell))
        });
        if let Some((row, cell)) = place {
            self.go(row, cell);
        }
        self.cursor.at = self.cursor.at.min(self.cells.rows.len().saturating_sub(1));
        if undo {
            self.redo.push(was);
        } else {
            self.undo.push_back(was);
        }
        true
    }
}
