//! The mouse, when it was switched on: it does what keys do, by what is drawn where it points. The wheel moves through
//! the list under it, a click walks to a row or button, a click there opens or presses it. Never needed.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::app::{App, Focus, Message};
use super::draw::draw;
use super::layout::layout;
use super::msg::Effect;
use super::review;
use super::theme::POINTER;
use super::window::Window;

/// Rows for one step of the wheel.
const WHEEL: usize = 3;

impl App {
    pub(super) fn switch_mouse(&mut self, effects: &mut Vec<Effect>) {
        self.mouse = !self.mouse;
        let key = self.keymap.key(Action::Mouse);
        self.say_line(if self.mouse {
            format!(
                "The mouse works here now; {key} gives it back to the terminal, to select text."
            )
        } else {
            "The mouse is the terminal's again: it selects text.".to_owned()
        });
        effects.push(Effect::Mouse(self.mouse));
    }

    pub(super) fn mouse(&mut self, event: MouseEvent, effects: &mut Vec<Effect>) {
        if !self.mouse || layout(self.size).is_none() {
            return;
        }
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::ScrollUp => self.wheel(Action::Up, at, effects),
            MouseEventKind::ScrollDown => self.wheel(Action::Down, at, effects),
            MouseEventKind::Down(MouseButton::Left) => self.click(at, effects),
            _ => {}
        }
    }

    fn drawn(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.size)));
        draw(self, &mut buffer);
        buffer
    }

    /// The box that the mouse points into, when the keys would reach it: what is behind a window is out of reach.
    fn pointed_box(&self, drawn: &Buffer, at: Position) -> Option<Rect> {
        let pane = layout(self.size)?.pane;
        let found = box_around(drawn, at)?;
        if self.windows.is_empty() {
            return Some(found);
        }
        let middle = Position::new(pane.x + pane.width / 2, pane.y + pane.height / 2);
        box_around(drawn, middle).filter(|front| *front == found)
    }

    fn wheel(&mut self, action: Action, at: Position, effects: &mut Vec<Effect>) {
        let Some(pointed) = self.pointed_box(&self.drawn(), at) else {
            return;
        };
        if self.windows.is_empty() && self.edit.is_some() {
            return;
        }
        self.message = Message::default();
        let before = self.focus;
        if self.windows.is_empty() && self.started {
            match self.pane(pointed) {
                Some(focus) => self.focus = focus,
                None => return,
            }
        }
        for _ in 0..WHEEL {
            self.act(action, effects);
        }
        // The wheel looks; it does not take the keys along.
        self.focus = before;
    }

    /// Which of the two lists a box is; the side pane is neither.
    fn pane(&self, pointed: Rect) -> Option<Focus> {
        match layout(self.size)?.wide {
            // The budget below the fields has rows of its own.
            None if self.budget_height() > 0 && pointed.y > layout(self.size)?.pane.y => None,
            None => Some(self.focus),
            Some([panels, ..]) if pointed == panels => Some(Focus::Panels),
            Some([_, fields, _]) if pointed == fields => Some(Focus::Fields),
            Some(_) => None,
        }
    }

    fn click(&mut self, at: Position, effects: &mut Vec<Effect>) {
        let drawn = self.drawn();
        let Some(pointed) = self.pointed_box(&drawn, at) else {
            return;
        };
        self.message = Message::default();
        if matches!(
            self.windows.last(),
            Some(Window::Question(_) | Window::Review(_))
        ) && let Some(button) = button_at(&drawn, at)
        {
            return self.click_button(button, effects);
        }
        if self.windows.is_empty() && self.edit.is_some() {
            // As the keys leave an edit: what was typed is kept.
            self.act_in_edit(Action::Keep, effects);
        }
        let mut was_focused = true;
        if self.windows.is_empty() && self.started {
            let Some(focus) = self.pane(pointed) else {
                return;
            };
            was_focused = focus == self.focus;
            if !was_focused {
                self.act(Action::NextPane, effects);
            }
        }
        let row = |app: &Self| pointer_row(&app.drawn(), pointed);
        if let Some(Window::Review(review)) = self.windows.last()
            && review.focus != review::Focus::Rows
        {
            // The pointer is on a button: it goes back to the rows first.
            self.act(Action::Up, effects);
        }
        if row(self) == Some(at.y) {
            if was_focused {
                self.act(Action::Open, effects);
            }
            return;
        }
        self.walk(at.y, row, effects);
    }

    /// Steps row by row until the pointer is there, or as near as it gets.
    fn walk(&mut self, wanted: u16, row: impl Fn(&Self) -> Option<u16>, effects: &mut Vec<Effect>) {
        let Some(mut here) = row(self) else { return };
        while here != wanted {
            let down = here < wanted;
            self.act(if down { Action::Down } else { Action::Up }, effects);
            match row(self) {
                Some(next) if next != here && (next < wanted) == down && next != wanted => {
                    here = next;
                }
                _ => return,
            }
        }
    }

    /// A button has the focus first and is pressed then, so that no stray click writes or leaves.
    fn click_button(&mut self, button: Position, effects: &mut Vec<Effect>) {
        let focused = |app: &Self| {
            let drawn = app.drawn();
            let before = Position::new(button.x.saturating_sub(1), button.y);
            drawn
                .cell(before)
                .is_some_and(|cell| cell.symbol() == POINTER)
        };
        if focused(self) {
            return self.act(Action::Open, effects);
        }
        // No question has more buttons than this.
        for _ in 0..8 {
            self.act(Action::NextPane, effects);
            if focused(self) {
                return;
            }
        }
    }
}

/// The drawn box with this place inside.
fn box_around(drawn: &Buffer, at: Position) -> Option<Rect> {
    let is = |x, y, sign| drawn.cell((x, y)).is_some_and(|cell| cell.symbol() == sign);
    let left = (0..at.x).rev().find(|x| is(*x, at.y, "│"))?;
    let right = (at.x + 1..drawn.area.width).find(|x| is(*x, at.y, "│"))?;
    let top = (0..at.y).rev().find(|y| !is(left, *y, "│"))?;
    let bottom = (at.y..drawn.area.height).find(|y| !is(left, *y, "│"))?;
    let closed = is(left, top, "┌")
        && is(right, top, "┐")
        && is(left, bottom, "└")
        && is(right, bottom, "┘");
    closed.then(|| Rect::new(left, top, right - left + 1, bottom - top + 1))
}

/// The row that the pointer of a list stands on: in the second column of its box.
fn pointer_row(drawn: &Buffer, list: Rect) -> Option<u16> {
    let is_pointer = |y: &u16| {
        let cell = drawn.cell((list.x + 2, *y));
        cell.is_some_and(|cell| cell.symbol() == POINTER)
    };
    (list.top()..list.bottom()).find(is_pointer)
}

/// Where the button at this place begins, when there is one: `[ Label ]`.
fn button_at(drawn: &Buffer, at: Position) -> Option<Position> {
    let is = |x, sign| {
        drawn
            .cell((x, at.y))
            .is_some_and(|cell| cell.symbol() == sign)
    };
    let begin = (0..=at.x).rev().find(|x| is(*x, "["))?;
    let end = (begin..drawn.area.width).find(|x| is(*x, "]"))?;
    let is_label = end > begin + 3 && is(begin + 1, " ") && is(end - 1, " ");
    (is_label && at.x <= end).then_some(Position::new(begin, at.y))
}
