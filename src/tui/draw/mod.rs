//! State to cells. Reads the state and nothing else; what is drawn twice from the same state is the same.

mod below;
mod budget_curve;
mod budget_gauge;
mod budget_pane;
mod budget_screen;
mod budget_side;
mod budget_table;
mod budget_words;
mod certificate;
mod diff;
mod draft;
mod editor;
mod fields;
mod finder;
mod footer;
mod generations;
mod header;
mod help_lines;
mod hints;
mod look_first;
mod marked;
mod merge;
mod message;
mod output;
mod panels;
mod pick;
mod popups;
mod preset_save;
mod presets;
mod problems;
mod review;
mod scoring;
mod scoring_table;
mod scoring_words;
mod search;
mod sheet;
mod side;
mod start;
mod too_small;
mod typed_line;
mod workload;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, Widget};

use super::app::App;
use super::layout::layout;
use super::text::{fit, width};
use super::theme;
use super::window::Window;

/// Draws the whole screen; what comes back is where the cursor stands, when a text is typed.
pub fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    let Some(mut layout) = layout(app.size) else {
        too_small::screen(app, buffer);
        return None;
    };
    let mut cursor = None;
    let whole = app.windows.iter().rposition(takes_the_pane);
    match whole.map(|i| &app.windows[i]) {
        Some(Window::Diff(screen)) => diff::window(app, screen, layout.pane, buffer),
        Some(Window::Review(review)) => {
            layout = layout.for_review();
            cursor = review::window(app, review, layout.pane, buffer);
        }
        Some(Window::Output(screen)) => output::window(app, screen, layout.pane, buffer),
        Some(Window::LookFirst(look)) => look_first::window(app, look, layout.pane, buffer),
        Some(Window::Draft(screen)) => draft::window(app, screen, layout.pane, buffer),
        Some(Window::Merge(screen)) => merge::window(app, screen, layout.pane, buffer),
        Some(Window::Generations(screen)) => generations::window(app, screen, layout.pane, buffer),
        Some(Window::Presets(list)) => presets::window(app, list, layout.pane, buffer),
        Some(Window::Scoring) => scoring::window(app, layout.pane, buffer),
        Some(Window::Budget(screen)) => budget_screen::window(app, screen, layout.pane, buffer),
        Some(Window::Workload(editor)) => {
            cursor = workload::window(app, editor, layout.pane, buffer);
        }
        Some(Window::Sheet(sheet)) => sheet::window(app, sheet, layout.pane, buffer),
        Some(Window::Help(help)) => popups::help(help, layout.pane, buffer),
        Some(Window::Search(found)) => {
            cursor = Some(search::window(app, found, layout.pane, buffer));
        }
        Some(Window::Problems(list)) => problems::window(app, list, layout.pane, buffer),
        Some(Window::Finder(found)) => {
            cursor = Some(finder::window(app, found, layout.pane, buffer));
        }
        _ if !app.started => start::screen(app, layout.pane, buffer),
        _ => cursor = main(app, &layout, buffer),
    }
    // What is typed there shows in the side pane at once.
    let beside = layout
        .wide
        .map_or(layout.pane, |[panels, fields, _]| panels.union(fields));
    if matches!(app.windows.last(), Some(Window::Question(_))) {
        without_pointers(layout.pane, buffer);
    }
    let over = &app.windows[whole.map_or(0, |i| i + 1)..];
    for (i, window) in over.iter().enumerate() {
        match window {
            // The line that a row of it asked for stands in its place.
            Window::Choice(_) if matches!(over.get(i + 1), Some(Window::Prompt(_))) => {}
            Window::Choice(choice) => cursor = pick::choice(choice, layout.pane, buffer),
            Window::Multiselect(list) => cursor = pick::multiselect(list, beside, buffer),
            Window::Editor(editor) => cursor = Some(editor::window(app, editor, beside, buffer)),
            Window::Question(question) => {
                cursor = None;
                popups::question(question, layout.pane, buffer);
            }
            Window::SavePreset(screen) => {
                cursor = preset_save::window(app, screen, layout.pane, buffer);
            }
            Window::Prompt(prompt) => cursor = Some(popups::prompt(prompt, layout.pane, buffer)),
            Window::Certificate(screen) => {
                cursor = certificate::window(app, screen, layout.pane, buffer);
            }
            Window::Diff(_)
            | Window::Review(_)
            | Window::Help(_)
            | Window::Search(_)
            | Window::Problems(_)
            | Window::Finder(_)
            | Window::Output(_)
            | Window::LookFirst(_)
            | Window::Draft(_)
            | Window::Merge(_)
            | Window::Presets(_)
            | Window::Budget(_)
            | Window::Scoring
            | Window::Workload(_)
            | Window::Sheet(_)
            | Window::Generations(_) => {}
        }
    }
    header::header(app, layout.header, buffer);
    below::rows(app, &layout, buffer);
    footer::footer(app, layout.footer, buffer);
    cursor
}

/// Does it hide what is behind it?
fn takes_the_pane(window: &Window) -> bool {
    matches!(
        window,
        Window::Diff(_)
            | Window::Review(_)
            | Window::Help(_)
            | Window::Search(_)
            | Window::Problems(_)
            | Window::Finder(_)
            | Window::Output(_)
            | Window::LookFirst(_)
            | Window::Draft(_)
            | Window::Merge(_)
            | Window::Generations(_)
            | Window::Presets(_)
            | Window::Budget(_)
            | Window::Scoring
            | Window::Workload(_)
            | Window::Sheet(_)
    )
}

fn main(app: &App, layout: &super::layout::Layout, buffer: &mut Buffer) -> Option<Position> {
    use super::app::Focus;
    match layout.wide {
        Some([left, middle, right]) => {
            panels::list(app, left, true, buffer);
            let cursor = fields::list(app, middle, buffer);
            side::pane(app, right, buffer);
            cursor
        }
        None if app.focus == Focus::Panels => {
            panels::list(app, layout.pane, false, buffer);
            None
        }
        None => {
            let [above, below] = layout.above_budget(app.budget_height() + app.scoring_height());
            if app.scoring_pane_shows() {
                scoring::pane(app, below, buffer);
            } else if below.height > 0 {
                budget_pane::pane(app, below, buffer);
            }
            fields::list(app, above, buffer)
        }
    }
}

/// Writes text on one line, cut to `columns`; says where it ends.
fn put(buffer: &mut Buffer, x: u16, y: u16, text: &str, columns: usize, style: Style) -> u16 {
    buffer
        .set_stringn(x, y, fit(text, columns), columns, style)
        .0
}

/// Writes text over the whole width of a list, as its headings and notes stand.
fn across(buffer: &mut Buffer, list: Rect, y: u16, text: &str, style: Style) {
    put(
        buffer,
        list.x + 1,
        y,
        text,
        usize::from(list.width) - 2,
        style,
    );
}

/// Behind a question nothing is pointed at: the one pointer is at the button that is pressed.
fn without_pointers(pane: Rect, buffer: &mut Buffer) {
    for at in pane.positions() {
        if buffer[at].symbol() == theme::POINTER {
            buffer[at].set_symbol(" ");
        }
    }
}

/// The sign and the look of a row, chosen or not.
fn pointed(chosen: bool) -> (&'static str, Style) {
    if chosen {
        (theme::POINTER, theme::SELECTED)
    } else {
        (" ", Style::new())
    }
}

/// A button as text: the focused one is pointed at as well as reversed.
fn button(label: &str, focused: bool) -> (String, Style) {
    if focused {
        (format!("{}[ {label} ]", theme::POINTER), theme::SELECTED)
    } else {
        (format!(" [ {label} ]"), Style::new())
    }
}

/// A bordered box with a title, and a remark at the right of the same line; gives the inside.
fn frame(buffer: &mut Buffer, area: Rect, title: &str, remark: &str) -> Rect {
    let room = usize::from(area.width).saturating_sub(6);
    // Two corners, and a blank on each side of both texts.
    let remark_fits = width(title) + width(remark) + 6 <= usize::from(area.width);
    let mut block = Block::bordered().title_top(Line::styled(
        format!(" {} ", fit(title, room)),
        theme::STRONG,
    ));
    if !remark.is_empty() && remark_fits {
        block = block.title_top(Line::raw(format!(" {remark} ")).right_aligned());
    }
    let inner = block.inner(area);
    block.render(area, buffer);
    inner
}

/// Says at the right of the bottom border how many rows are above and below what is shown.
fn beyond(buffer: &mut Buffer, area: Rect, (above, below): (usize, usize)) {
    let text = match (above, below) {
        (0, 0) => return,
        (0, below) => format!(" {below} more below ↓ "),
        (above, 0) => format!(" {above} more above ↑ "),
        (above, below) => format!(" {above} above ↑, {below} below ↓ "),
    };
    let columns = width(&text);
    let x = area
        .right()
        .saturating_sub(2 + u16::try_from(columns).unwrap_or(0));
    put(
        buffer,
        x.max(area.x + 1),
        area.bottom() - 1,
        &text,
        columns,
        theme::QUIET,
    );
}
