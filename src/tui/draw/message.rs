//! The line above the footer: a message, what is typed so far, or where the value comes from.

use super::fields::range_shows;
use crate::config::Origin;
use crate::form::{Input, InputKind, unit};
use crate::problem::{Counts, Problem, Severity};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::form_bounds;
use crate::tui::layout::layout;
use crate::tui::search::Search;
use crate::tui::text::{fit_left, fit_words, width};
use crate::tui::window::Window;
use crate::value::Value;

/// What stands there while no message was said: what is typed so far, or where the value comes from.
pub fn standing(app: &App, columns: usize) -> String {
    if let Some(work) = app.under_way() {
        return work;
    }
    if let Some(window) = app.windows.last() {
        return match window {
            Window::Search(search) => search_line(app, search, columns),
            Window::Problems(_) => match app.chosen_problem() {
                Some(problem) => problem_line(app, problem),
                None => String::new(),
            },
            Window::Diff(screen) => app.left_sentence(&screen.left, columns),
            Window::Generations(_) => super::generations::standing(app),
            Window::Multiselect(_) | Window::Editor(_) => match window.answer() {
                Some((path, value)) => app
                    .input_at(path.as_str())
                    .map_or_else(String::new, |(_, input)| {
                        typing_line(app, input, value, columns)
                    }),
                None => String::new(),
            },
            Window::Presets(_) => app.preset_line(columns),
            Window::Budget(_) => super::budget_words::line(app, columns),
            Window::Scoring => super::scoring_words::line(app, columns),
            Window::Workload(editor) => app.workload_line(editor, columns),
            Window::LookFirst(look) => match app.looked_at_input() {
                Some(input) => format!("{}   {}; nothing is started yet", input.path, look.profile),
                None => String::new(),
            },
            _ => String::new(),
        };
    }
    if !app.started {
        return match app.facts.overrides.as_slice() {
            [] => String::new(),
            [one] => format!("This workspace brings its own {one}."),
            [one, rest @ ..] => format!(
                "This workspace brings its own {one} and {} more.",
                rest.len()
            ),
        };
    }
    if app.focus == crate::tui::app::Focus::Budget {
        return super::budget_words::line(app, columns);
    }
    if app.focus == crate::tui::app::Focus::Scoring {
        return super::scoring_words::line(app, columns);
    }
    match app.input() {
        None => panels_line(app),
        Some(input) if app.edits(&input.path) => match &app.edit {
            Some(edit) => typing_line(app, input, &edit.value, columns),
            None => String::new(),
        },
        Some(input) => origin_line(app, input, columns),
    }
}

/// The chosen hit: its path and its value, or that it is hidden.
fn search_line(app: &App, search: &Search, columns: usize) -> String {
    let Some(path) = search.chosen() else {
        return String::new();
    };
    let value = if app.composition.hidden().contains(path) {
        "hidden; Enter goes to the answer that hides it".to_owned()
    } else {
        app.found_value(path)
    };
    let room = columns.saturating_sub(width(&value) + 3);
    format!(
        "{}   {value}",
        fit_left(path.as_str(), room.max(LEAST_PATH))
    )
}

/// Where a problem stands.
fn problem_line(app: &App, problem: &Problem) -> String {
    let path = problem.path.as_ref().map(ToString::to_string);
    let place = problem.place.as_ref().map(|place| app.shown_place(place));
    let parts: Vec<String> = path.into_iter().chain(place).collect();
    parts.join("   ")
}

fn panels_line(app: &App) -> String {
    if app.config.is_none() && app.lost.is_some() {
        let problems = app.keymap.key(Action::Problems);
        return format!("The schema cannot be used; {problems} says why.");
    }
    if app.config.is_none() {
        return "The schema is being read…".into();
    }
    let next = app.keymap.key(Action::NextProblem);
    let counts = Counts::of(app.counted());
    if counts.is_empty() {
        return "Nothing is wrong, nothing needs an answer.".into();
    }
    format!("{counts}. {next} jumps to the next one.")
}

fn typing_line(app: &App, input: &Input, value: &Value, columns: usize) -> String {
    // The verdict before stands until the next is here: a line that blinks at each key says nothing.
    let wrong = app.config.as_ref().and_then(|config| {
        let problems = config.problems_at(input.path.as_str());
        problems
            .into_iter()
            .find(|problem| problem.severity != Severity::Warning)
    });
    match wrong {
        Some(problem) => match range(app, input).as_str() {
            "" => not_yet(problem, columns),
            // It is in its range, and wrong beside another setting.
            _ if is_in_range(app, input, value) => not_yet(problem, columns),
            // An amount that cannot be one: that it must be more than nothing says too little.
            _ if input.unit == Some(unit::Unit::Dollars)
                && matches!(value, Value::Text(text) if !text.is_empty()) =>
            {
                format!("not yet: {}", problem.message)
            }
            range => format!("not yet {range}"),
        },
        None => match (
            form_bounds::missed(input, value),
            unit::file_note(input.unit, value),
        ) {
            (Some(missed), _) => format!("not yet {missed}"),
            (None, Some(note)) => format!("The file will hold {note}."),
            (None, None) => origin(app, input),
        },
    }
}

fn is_in_range(app: &App, input: &Input, value: &Value) -> bool {
    let number = match value {
        Value::Decimal(n) => Some(*n),
        Value::Integer(n) => n.to_string().parse().ok(),
        _ => None,
    };
    let field = app.schema.as_ref();
    let range = field.and_then(|schema| Some(&schema.get(input.path.as_str())?.range));
    number.zip(range).is_some_and(|(n, range)| {
        range.min.is_none_or(|min| n >= min) && range.max.is_none_or(|max| n <= max)
    })
}

/// Why a value is none yet, where no range says it: as much as has room, in whole sentences.
fn not_yet(problem: &Problem, columns: usize) -> String {
    let hint = problem.hint.clone().unwrap_or_default();
    let texts = [problem.sentence(), problem.message.clone(), hint];
    let mut lines = texts
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| format!("not yet: {text}"));
    let fits = lines.find(|line| width(line) <= columns);
    fits.unwrap_or_else(|| fit_words(&format!("not yet: {}", problem.message), columns))
}

/// Where the answer being given goes, and what the profile has.
fn origin(app: &App, input: &Input) -> String {
    if app.edit.is_some() {
        return String::new();
    }
    let baseline = app
        .baseline()
        .and_then(|baseline| baseline.value(input.path.as_str()));
    match (app.profile(), baseline) {
        (Some(profile), Some(value)) => {
            format!(
                "{}   {profile} has {}",
                input.path,
                app.shown(&input.path, value)
            )
        }
        _ => input.path.to_string(),
    }
}

/// The range of a field as its row shows it.
pub fn range(app: &App, input: &Input) -> String {
    let field = app
        .schema
        .as_ref()
        .and_then(|schema| schema.get(input.path.as_str()));
    let range = field.map_or_else(String::new, |field| {
        unit::range(input.unit, field.kind, &field.range)
    });
    if range.is_empty() && input.kind == InputKind::Date {
        return form_bounds::days(&input.bounds);
    }
    range
}

fn origin_line(app: &App, input: &Input, columns: usize) -> String {
    let Some(leaf) = app
        .config
        .as_ref()
        .and_then(|c| c.leaf(input.path.as_str()))
    else {
        return format!("{}   …", input.path);
    };
    let mut parts = Vec::new();
    let path = input.path.as_str();
    if let Some(row) = layout(app.size).map(|layout| layout.fields().width - 2)
        && !range_shows(app, input, row)
    {
        parts.extend(Some(range(app, input)).filter(|range| !range.is_empty()));
    }
    let profile = app.profile().unwrap_or("the profile");
    let of_profile = app.baseline().and_then(|baseline| baseline.value(path));
    match leaf.origin {
        // An answer stays one when it says what the profile has: another profile would not change it.
        Origin::You if of_profile.is_some() && of_profile == leaf.value.as_ref() => {
            parts.push(format!("from: you, as {profile} has it"));
        }
        Origin::Profile => parts.push(format!("from: {profile}")),
        ref origin => parts.push(format!("from: {origin}")),
    }
    let mut layer = |name: &str, value: Option<&crate::value::Value>| {
        if let Some(value) = value.filter(|value| Some(*value) != leaf.value.as_ref()) {
            parts.push(format!("{name} has {}", app.shown(&input.path, value)));
        }
    };
    layer(profile, of_profile);
    let field = app.schema.as_ref().and_then(|schema| schema.get(path));
    layer("schema", field.and_then(|field| field.default.as_ref()));
    if leaf.held {
        parts.push(format!("held by {profile}"));
    } else if let Some(effect) = &input.takes_effect {
        parts.push(effect.clone());
    }
    // What does not fit goes from the end, whole.
    while parts.len() > 1 && width(&parts.join("   ")) + 3 + LEAST_PATH > columns {
        parts.pop();
    }
    let rest = parts.join("   ");
    let room = columns.saturating_sub(width(&rest) + 3);
    format!("{}   {rest}", fit_left(path, room.max(LEAST_PATH)))
}

/// A path keeps at least this much of its end.
const LEAST_PATH: usize = 18;
