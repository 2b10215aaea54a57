//! A cursor in a list that scrolls: moving, staying visible, keeping its row on the screen.

/// Where a list stands: the row chosen, and the first row shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub at: usize,
    pub offset: usize,
}

/// How far to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

impl Cursor {
    /// Moves among `rows`, of which `height` are shown; `can_rest` says which rows may be chosen.
    pub fn step(
        &mut self,
        step: Step,
        rows: usize,
        height: usize,
        can_rest: impl Fn(usize) -> bool,
    ) {
        if rows == 0 {
            *self = Self::default();
            return;
        }
        let page = height.saturating_sub(1).max(1);
        let last = rows.saturating_sub(1);
        let (wanted, down) = match step {
            Step::Up => (self.at.saturating_sub(1), false),
            Step::Down => ((self.at + 1).min(last), true),
            Step::PageUp => (self.at.saturating_sub(page), false),
            Step::PageDown => ((self.at + page).min(last), true),
            Step::First => (0, true),
            Step::Last => (last, false),
        };
        let forward = || (wanted..rows).find(|row| can_rest(*row));
        let backward = || (0..=wanted.min(last)).rev().find(|row| can_rest(*row));
        let found = if down {
            forward().or_else(backward)
        } else {
            backward().or_else(forward)
        };
        self.at = found.unwrap_or(0);
        if step == Step::First || found == (0..rows).find(|row| can_rest(*row)) {
            self.offset = 0;
        }
        self.show(rows, height);
    }

    /// Scrolls as little as needed to show the chosen row.
    pub fn show(&mut self, rows: usize, height: usize) {
        self.at = self.at.min(rows.saturating_sub(1));
        let most = rows.saturating_sub(height.max(1));
        let least = (self.at + 1).saturating_sub(height.max(1));
        self.offset = self
            .offset
            .clamp(least, self.at.max(least))
            .min(most.max(least));
    }

    /// Goes to a row; with `keep_row` the chosen row keeps its place on the screen.
    pub fn go(&mut self, at: usize, rows: usize, height: usize, keep_row: bool) {
        if keep_row {
            let row = self.at.saturating_sub(self.offset);
            self.offset = at.saturating_sub(row);
        }
        self.at = at;
        self.show(rows, height);
    }

    /// How many rows are above and below what is shown.
    #[must_use]
    pub fn beyond(&self, rows: usize, height: usize) -> (usize, usize) {
        (
            self.offset.min(rows),
            rows.saturating_sub(self.offset + height),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_row_is_always_shown() {
        let mut cursor = Cursor::default();
        for (step, expected) in [
            (Step::Down, (1, 0)),
            (Step::Down, (2, 0)),
            (Step::Down, (3, 1)),
            (Step::PageDown, (5, 3)),
            (Step::Last, (9, 7)),
            (Step::Down, (9, 7)),
            (Step::Up, (8, 7)),
            (Step::First, (0, 0)),
            (Step::Up, (0, 0)),
        ] {
            cursor.step(step, 10, 3, |_| true);
            assert_eq!((cursor.at, cursor.offset), expected, "{step:?}");
        }
    }

    #[test]
    fn headers_are_passed_over() {
        let input = |row: usize| row % 2 == 1;
        let mut cursor = Cursor::default();
        cursor.step(Step::First, 6, 4, input);
        assert_eq!((cursor.at, cursor.offset), (1, 0));
        cursor.step(Step::Down, 6, 4, input);
        assert_eq!(cursor.at, 3);
        cursor.step(Step::Last, 6, 4, input);
        cursor.step(Step::Up, 6, 4, input);
        cursor.step(Step::Up, 6, 4, input);
        assert_eq!((cursor.at, cursor.offset), (1, 0));
    }

    #[test]
    fn rows_that_appear_above_do_not_move_the_cursor_on_the_screen() {
        let mut cursor = Cursor { at: 5, offset: 2 };
        cursor.go(7, 12, 6, true);
        assert_eq!((cursor.at, cursor.offset), (7, 4));
    }
}
