//! A profile before it is started: panels, prompts and values, with what is wrong or open marked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::fields::first_line;
use super::{beyond, frame, pointed, put};
use crate::config::Config;
use crate::form::Input;
use crate::problem::Severity;
use crate::tui::app::App;
use crate::tui::look_first::{Line, LookFirst};
use crate::tui::theme;

/// Where the columns begin inside the box.
const PROMPT: u16 = 4;
const PROMPT_COLUMNS: usize = 22;
const MARK: u16 = 27;
const VALUE: u16 = 29;

pub fn window(app: &App, look: &LookFirst, area: Rect, buffer: &mut Buffer) {
    let known = app.baselines.get(&look.profile);
    let config = known.and_then(|known| known.config.as_ref());
    let remark = config.map_or_else(
        || "…".to_owned(),
        |config| format!("{} settings", config.schema().len()),
    );
    let title = format!("{}, not started yet", look.profile);
    let inner = frame(buffer, area, &title, &remark);
    let lines = app.look_lines();
    let height = usize::from(inner.height);
    let mut cursor = look.cursor;
    cursor.show(lines.len(), height);
    let shown = lines.iter().enumerate().skip(cursor.offset);
    for (y, (i, line)) in (inner.y..inner.bottom()).zip(shown) {
        let row = Rect::new(inner.x, y, inner.width, 1);
        match line {
            Line::Panel(title) => {
                let columns = usize::from(inner.width) - 2;
                put(buffer, inner.x + 1, y, title, columns, theme::STRONG);
            }
            Line::Setting(input) => setting(app, input, config, i == cursor.at, row, buffer),
        }
    }
    beyond(buffer, area, cursor.beyond(lines.len(), height));
}

fn setting(
    app: &App,
    input: &Input,
    config: Option<&Config>,
    chosen: bool,
    row: Rect,
    buffer: &mut Buffer,
) {
    let (pointer, style) = pointed(chosen);
    put(buffer, row.x + 2, row.y, pointer, 1, Style::new());
    put(
        buffer,
        row.x + PROMPT,
        row.y,
        &input.prompt,
        PROMPT_COLUMNS,
        style,
    );
    let path = input.path.as_str();
    let problem = config.and_then(|config| config.problems_at(path).first().map(|p| p.severity));
    if let Some(severity) = problem {
        mark(severity, row, buffer);
    }
    let value = match config.map(|config| config.value(path)) {
        None => "…".to_owned(),
        Some(None) => "–".to_owned(),
        Some(Some(value)) if value.is_empty() => "–".to_owned(),
        Some(Some(value)) => first_line(app, input, value),
    };
    let columns = usize::from(row.width.saturating_sub(VALUE + 1));
    put(buffer, row.x + VALUE, row.y, &value, columns, Style::new());
}

fn mark(severity: Severity, row: Rect, buffer: &mut Buffer) {
    let (sign, style) = (theme::sign(severity), theme::severity(severity));
    put(buffer, row.x + MARK, row.y, sign, 1, style);
}
