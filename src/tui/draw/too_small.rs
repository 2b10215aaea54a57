//! A screen below the least size: what size is needed and how to leave, in as many words as have room.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::put;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::layout::LEAST;
use crate::tui::question::Question;
use crate::tui::text::fold;
use crate::tui::window::Window;

pub fn screen(app: &App, buffer: &mut Buffer) {
    let texts = match app.windows.last() {
        Some(Window::Question(question)) if question.is_leave() => asked(app, question),
        _ => size(app),
    };
    let columns = usize::from(buffer.area.width);
    let folded: Vec<Vec<String>> = texts.iter().map(|text| fold(text, columns)).collect();
    let rows = usize::from(buffer.area.height);
    let fitting = folded.iter().find(|lines| lines.len() <= rows);
    let shown = fitting.or(folded.last()).cloned().unwrap_or_default();
    for (y, line) in (0..buffer.area.height).zip(shown) {
        put(buffer, 0, y, &line, columns, Style::new());
    }
}

/// The longest first.
fn size(app: &App) -> Vec<String> {
    let [leave, stop] = [Action::Leave, Action::Interrupt].map(|action| app.keymap.key(action));
    let needed = format!("{}x{}", LEAST.width, LEAST.height);
    let there = format!("{}x{}", app.size.width, app.size.height);
    let sentence = format!("vapora-tui needs {needed}; this is {there}.");
    vec![
        format!("{sentence} Nothing is lost: make the window larger. {leave} or {stop} leaves."),
        format!("{sentence} {leave} leaves."),
        format!("Needs {needed}; {leave} leaves."),
        format!("{needed}; {leave} leaves"),
        format!("Needs {needed}"),
        needed,
    ]
}

fn asked(app: &App, question: &Question) -> Vec<String> {
    let [leave, back] = [Action::Leave, Action::Back].map(|action| app.keymap.key(action));
    let what = question.lines.first().map_or("", String::as_str);
    vec![
        format!("{what} Leaving now loses that: {leave} again leaves, {back} stays."),
        format!("Answers would be lost. {leave} again leaves, {back} stays."),
        format!("{leave} loses answers, {back} stays"),
        format!("Lose all? {leave} {back}"),
    ]
}
