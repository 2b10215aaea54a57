//! The two lines below the pane: a notice, the focused problem, or help.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::config::Config;
use crate::nickel::texts::PROFILES;
use crate::problem::{Problem, counted};
use crate::schema::FieldPath;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::diff_screen::{DiffScreen, Line, Lines};
use crate::tui::start_screen::StartRow;
use crate::tui::text::{fit, fold_into, width};
use crate::tui::theme;
use crate::tui::window::Window;

/// Two lines: a notice, the focused problem, or help.
pub fn help(app: &App, area: Rect, buffer: &mut Buffer) {
    let (text, style) = help_text(app);
    let columns = usize::from(area.width);
    // A text may bring its own second line.
    let lines: Vec<String> = match text.split_once('\n') {
        Some((first, second)) if width(first) <= columns => {
            vec![first.to_owned(), fit(second, columns)]
        }
        // The first says more; it takes both lines when it needs them.
        Some((first, _)) => fold_into(first, columns, usize::from(area.height)),
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
    if let Some((path, _)) = app.windows.last().and_then(Window::answer) {
        let input = app.input_at(path.as_str());
        return (
            input.map_or_else(String::new, |(_, input)| input.help.clone()),
            Style::new(),
        );
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
    let judged_by = app.problems.iter().chain(&app.lost);
    if let Some(problem) = judged_by.chain(&app.own_problems).next() {
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
    let (open, back) = (app.keymap.key(Action::Open), app.keymap.key(Action::Back));
    match window {
        Window::Diff(screen) => diff_help(app, screen),
        Window::Review(review) => match &review.refusal {
            Some(why) => format!("✗ {why}"),
            None if app.is_noting() => {
                "Why it is written, in one line. It is kept with the generation and shown in its list.".into()
            }
            None => {
                "Write puts exactly this on disk: the old file, if any, becomes a generation.".into()
            }
        },
        Window::Help(_) => "The setting in focus first, then every key.".into(),
        Window::Multiselect(_) | Window::Editor(_) => String::new(),
        Window::Output(_) => match app.output_path() {
            Some(path) => setting_help(app, path),
            // The file is read at the review only.
            None if app.facts.output_exists && app.loaded.is_none() => format!(
                "{} is there already: written into it, this keeps its comments and its order. Secrets are masked here only.",
                app.output_name()
            ),
            None => {
                let write = app.keymap.key(Action::Write);
                format!("What {write} would write, as things are. Secrets are masked here only.")
            }
        },
        Window::LookFirst(_) => {
            let problem = app.looked_at().and_then(|(_, config)| {
                let path = &app.looked_at_input()?.path;
                config?
                    .problems_at(path.as_str())
                    .first()
                    .map(|problem| problem_text(problem).0)
            });
            let input = app.looked_at_input().map(|input| input.help.clone());
            problem.or(input).unwrap_or_default()
        }
        Window::Choice(_) => {
            format!("{open} takes the chosen one; {back} leaves everything as it is.")
        }
        Window::Question(_) => {
            format!("{open} presses the button that ▸ points at; {back} goes back.")
        }
        Window::Prompt(prompt) => prompt.help.clone(),
        Window::Search(search) => {
            let chosen = search.chosen().and_then(|path| app.input_at(path.as_str()));
            chosen.map_or_else(String::new, |(_, input)| input.help.clone())
        }
        Window::Problems(_) => match app.chosen_problem() {
            Some(problem) => problem_text(problem).0,
            None => "The list follows every key: what becomes wrong appears here.".into(),
        },
        Window::Finder(finder) => match finder.chosen() {
            Some(action) => match app.unavailable_behind(action) {
                Some(reason) => format!("{}.\n{reason}", action.sentence()),
                None => format!("{}.", action.sentence()),
            },
            None => String::new(),
        },
    }
}

fn diff_help(app: &App, screen: &DiffScreen) -> String {
    let lines = Lines::of(app, screen);
    let row = match screen.line(&lines) {
        None => {
            return format!(
                "Nothing differs; {} shows all settings.",
                app.keymap.key(Action::ShowAll)
            );
        }
        Some(Line::Section(section, 0)) => return format!("{section}: all its settings show."),
        Some(Line::Section(section, folded)) => {
            let settings = counted(*folded, "setting");
            return format!("{section}: {settings} the same on both sides, folded away.");
        }
        Some(Line::Setting(row)) => row,
    };
    let left = app.left_problem(&screen.left, row.path);
    match (app.problem_at(row.path), left) {
        (Some(problem), _) => problem_text(problem).0,
        (None, Some(problem)) => {
            format!(
                "{}: {}",
                app.left_title(&screen.left),
                problem_text(problem).0
            )
        }
        (None, None) => {
            let schema = app.schema.as_ref();
            let field = schema.and_then(|schema| schema.get(row.path.as_str()));
            let doc = field.map_or("", |field| field.doc.as_str());
            match super::diff::in_full(app, row, app.size.width) {
                Some(values) => format!("{}: {doc}\n{values}", row.path),
                None => format!("{}: {doc}", row.path),
            }
        }
    }
}

/// The problem of a setting, else what it is.
fn setting_help(app: &App, path: &FieldPath) -> String {
    match app.problem_at(path) {
        Some(problem) => problem_text(problem).0,
        None => app
            .schema
            .as_ref()
            .and_then(|schema| schema.get(path.as_str()))
            .map_or_else(String::new, |field| format!("{path}: {}", field.doc)),
    }
}

fn panel_help(app: &App) -> (String, Style) {
    let loose_problems = app.counted().filter(|problem| !app.shows(problem));
    let loose_problem = loose_problems.min_by_key(|problem| problem.severity);
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
