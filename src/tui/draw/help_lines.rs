//! The two lines below the pane: a notice, the focused problem, or help.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::config::Config;
use crate::nickel::texts::PROFILES;
use crate::problem::Problem;
use crate::tui::app::App;
use crate::tui::start_screen::StartRow;
use crate::tui::text::{fit, fold_into};
use crate::tui::theme;
use crate::tui::window::Window;

/// Two lines: a notice, the focused problem, or help.
pub fn help(app: &App, area: Rect, buffer: &mut Buffer) {
    let (text, style) = help_text(app);
    let columns = usize::from(area.width);
    // A text may bring its own second line.
    let lines: Vec<String> = match text.split_once('\n') {
        Some((first, second)) => vec![fit(first, columns), fit(second, columns)],
        None => fold_into(&text, columns, usize::from(area.height)),
    };
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        put(buffer, area.x, y, &line, columns, style);
    }
}

fn help_text(app: &App) -> (String, Style) {
    if let Some(notice) = &app.message.notice {
        return (notice.clone(), Style::new());
    }
    if let Some(window) = app.windows.last() {
        return (window_help(app, window), Style::new());
    }
    if !app.started {
        return (start_help(app), Style::new());
    }
    if let Some(lost) = &app.lost {
        return problem_text(lost);
    }
    let Some(input) = app.input() else {
        return panel_help(app);
    };
    match app.problem_at(&input.path) {
        Some(problem) if !app.edits(&input.path) => problem_text(problem),
        _ => (input.help.clone(), Style::new()),
    }
}

fn problem_text(problem: &Problem) -> (String, Style) {
    let sign = theme::sign(problem.severity);
    let text = format!("{sign} {}", problem.sentence());
    (text, theme::severity(problem.severity))
}

fn start_help(app: &App) -> String {
    const CALM: &str = "Nothing is written before you have seen it and said so.";
    if let Some(problem) = app.problems.iter().chain(&app.lost).next() {
        return loose(problem);
    }
    match app.start_rows().get(app.start.at) {
        Some(StartRow::Profile(i)) => {
            let profile = &app.profiles[*i];
            let judged = app
                .baselines
                .get(&profile.name)
                .and_then(|b| b.config.as_ref());
            match judged {
                None => format!("{}: …\n{CALM}", profile.name),
                Some(config) if unusable(config, &profile.name).is_some() => {
                    unusable(config, &profile.name).map_or_else(String::new, loose)
                }
                Some(config) => {
                    let settings = config.schema().len();
                    let counts = config.counts();
                    let standing = if counts.is_empty() {
                        "nothing is wrong, nothing needs an answer".to_owned()
                    } else {
                        counts.to_string()
                    };
                    format!("{}: {settings} settings, {standing}.\n{CALM}", profile.name)
                }
            }
        }
        Some(StartRow::Output) => {
            format!("Opens what was written last; its values go over its profile's.\n{CALM}")
        }
        _ => format!("Asks for a path; the file's values go over its profile's.\n{CALM}"),
    }
}

/// Why a profile cannot be judged by at all.
fn unusable<'c>(config: &'c Config, profile: &str) -> Option<&'c Problem> {
    let file = Path::new(PROFILES).join(format!("{profile}.ncl"));
    config.problems().iter().find(|problem| {
        let place = problem.place.as_ref();
        problem.path.is_none() && place.is_some_and(|place| place.file == file)
    })
}

fn window_help(app: &App, window: &Window) -> String {
    match window {
        Window::Diff(screen) => {
            let lines = crate::tui::diff_screen::Lines::of(app, screen.show_all);
            let row = lines
                .lines
                .get(screen.cursor.at)
                .and_then(|line| line.path());
            let Some(path) = row else {
                return "Nothing differs from the profile.".into();
            };
            match app.problem_at(path) {
                Some(problem) => problem_text(problem).0,
                None => app
                    .schema
                    .as_ref()
                    .and_then(|schema| schema.get(path.as_str()))
                    .map_or_else(String::new, |field| format!("{path}: {}", field.doc)),
            }
        }
        Window::Review(review) => match &review.refusal {
            Some(why) => format!("✗ {why}"),
            None => {
                "Write puts exactly this on disk, by a new file renamed over the old one.".into()
            }
        },
        Window::Help(_) => "The setting in focus first, then every key.".into(),
        Window::Choice(_) => "Enter takes the chosen one; Esc leaves everything as it is.".into(),
        Window::Question(_) => "Enter presses the button that ▸ points at; Esc goes back.".into(),
        Window::Prompt(prompt) => prompt.help.clone(),
    }
}

fn panel_help(app: &App) -> (String, Style) {
    let loose_problem = app.counted().find(|problem| !app.shows(problem));
    if let Some(problem) = loose_problem {
        return (loose(problem), theme::severity(problem.severity));
    }
    let legend = "○ needs an answer   ● changed by you   ✗ wrong   ! warning";
    match app.panel() {
        Some(panel) => (
            format!("{}: {}.\n{legend}", panel.title, panel.summary),
            Style::new(),
        ),
        None => ("The form has no panel.".into(), Style::new()),
    }
}

fn loose(problem: &Problem) -> String {
    let sign = theme::sign(problem.severity);
    let place = match (&problem.place, &problem.path) {
        (Some(place), _) => format!("{place}: "),
        (None, Some(path)) => format!("{path}: "),
        (None, None) => String::new(),
    };
    format!("{sign} {place}{}", problem.sentence())
}
