//! Small windows in the middle: a question, a prompt; and the help, which takes the whole pane.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::typed_line::typed_line;
use super::{beyond, button, frame, put};
use crate::tui::help::Help;
use crate::tui::layout::middle;
use crate::tui::list::Cursor;
use crate::tui::prompt::Prompt;
use crate::tui::question::Question;
use crate::tui::text::{fold, width};
use crate::tui::theme;

pub fn columns(texts: impl Iterator<Item = usize>) -> u16 {
    u16::try_from(texts.max().unwrap_or(0)).unwrap_or(u16::MAX - 4)
}

/// A window of these inner columns and rows in the middle of `area`: the whole, and the inside.
pub fn popup(
    area: Rect,
    title: &str,
    remark: &str,
    width_wanted: u16,
    height: u16,
    buffer: &mut Buffer,
) -> (Rect, Rect) {
    let wanted = width_wanted.max(columns([width(title) + 4].into_iter()));
    let popup = middle(area, wanted, height);
    Clear.render(popup, buffer);
    (popup, frame(buffer, popup, title, remark))
}

pub fn question(question: &Question, area: Rect, buffer: &mut Buffer) {
    let room = usize::from(area.width) - 8;
    let lines: Vec<String> = question
        .lines
        .iter()
        .flat_map(|line| fold(line, room))
        .collect();
    let buttons: usize = question
        .buttons
        .iter()
        .map(|(label, _)| width(label) + 7)
        .sum();
    let widest = columns(lines.iter().map(|line| width(line)).chain([buttons]));
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let (_, inner) = popup(area, &question.title, "", widest, height, buffer);
    for (y, line) in (inner.y..inner.bottom()).zip(&lines) {
        put(
            buffer,
            inner.x + 1,
            y,
            line,
            usize::from(inner.width) - 2,
            Style::new(),
        );
    }
    let mut x = inner
        .right()
        .saturating_sub(u16::try_from(buttons).unwrap_or(0));
    for (i, (label, _)) in question.buttons.iter().enumerate() {
        let (text, style) = button(label, i == question.at);
        x = put(
            buffer,
            x.max(inner.x + 1),
            inner.bottom() - 1,
            &text,
            width(&text),
            style,
        ) + 2;
    }
}

pub fn prompt(prompt: &Prompt, area: Rect, buffer: &mut Buffer) -> Position {
    let (_, inner) = popup(
        area,
        &prompt.title,
        "",
        area.width.saturating_sub(20),
        1,
        buffer,
    );
    let line = Rect::new(inner.x + 1, inner.y, inner.width.saturating_sub(2), 1);
    typed_line(prompt.line.text(), prompt.line.cursor(), line, buffer)
}

pub fn help(help: &Help, area: Rect, buffer: &mut Buffer) {
    let inner = frame(buffer, area, "Help", "");
    let lines = help.lines(usize::from(area.width));
    let cursor = Cursor {
        at: help.offset,
        offset: help.offset,
    };
    let columns = usize::from(inner.width) - 2;
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(help.offset)) {
        let style = if line.starts_with(' ') {
            Style::new()
        } else {
            theme::STRONG
        };
        put(buffer, inner.x + 1, y, line, columns, style);
    }
    beyond(
        buffer,
        area,
        cursor.beyond(lines.len(), usize::from(inner.height)),
    );
}
