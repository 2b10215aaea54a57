//! What is said around the ranking of agents, wherever it shows: title, history, why it is not of now, the weights, who
//! moved and why. Leaves to others: the sentences themselves (`budget::scoring`).

use crate::budget::history_in_use::SAMPLE;
use crate::budget::scoring::{spark, words};
use crate::tui::action::Action;
use crate::tui::app::{App, Focus};
use crate::tui::text::{fit, width};
use crate::tui::window::Window;

/// Title and remark of the box: `Agents for code-review` and `2 of 6, sample`; that it is a sample always shows.
pub fn title(app: &App, columns: u16) -> (String, String) {
    let room = usize::from(columns).saturating_sub(6);
    let Some(shown) = app.scoring.shown() else {
        return ("Agents".to_owned(), String::new());
    };
    let kind = crate::clean::line(&shown.task.ranking.task_type);
    let (at, all) = app.scoring.place();
    let history = app.scoring.history_name();
    let kinds = if all == 1 { "kind" } else { "kinds" };
    let remarks = [
        format!("{at} of {all} {kinds} of task, {history}"),
        format!("{at} of {all}, {history}"),
        if shown.sample {
            SAMPLE.to_owned()
        } else {
            String::new()
        },
    ];
    let long = format!("Agents for {kind}");
    let fits = |title: &str, remark: &String| width(title) + width(remark) <= room;
    if let Some(remark) = remarks.iter().find(|remark| fits(&long, remark)) {
        return (long, remark.clone());
    }
    let [_, _, last] = remarks;
    (fit(&kind, room.saturating_sub(width(&last))), last)
}

/// What stands below the table, the most important first.
pub fn below(app: &App) -> Vec<String> {
    let mut texts: Vec<String> = app.scoring_notice().into_iter().collect();
    texts.extend(weights(app));
    texts.extend(app.history_problem());
    texts.extend(moved(app, usize::MAX));
    texts
}

/// The same where each gets one line of so many columns.
pub fn in_lines(app: &App, columns: usize) -> Vec<String> {
    let mut texts: Vec<String> = app.scoring_notice().into_iter().collect();
    texts.extend(weights_in_short(app, columns));
    texts.extend(app.history_problem());
    texts.extend(moved(app, columns));
    texts
}

/// What the score of the agent that is told of is made of.
pub fn parts(app: &App) -> Option<String> {
    let (agent, _) = app.told_agent()?;
    Some(crate::clean::line(&words::parts(agent)))
}

/// The most important of it on one line.
pub fn on_one_line(app: &App, columns: usize) -> Vec<String> {
    let notice = app.scoring_notice().or_else(|| app.history_problem());
    if let Some(notice) = notice {
        return vec![notice];
    }
    let any_moved = app.scoring.shown().is_some_and(|s| !s.moved.is_empty());
    match app.unscaled() {
        Some(weights) if any_moved => {
            let sum = format!("✗ sum {}; ", weights.sum_in_words());
            let room = columns.saturating_sub(width(&sum));
            vec![sum + &moved(app, room).unwrap_or_default()]
        }
        Some(_) => weights_in_short(app, columns).into_iter().collect(),
        None => moved(app, columns).into_iter().collect(),
    }
}

/// Who moved and why, or that nobody did.
fn moved(app: &App, columns: usize) -> Option<String> {
    let shown = app.scoring.shown()?;
    let (agent, _) = app.told_agent()?;
    let name = crate::clean::line(&agent.name);
    let against = app.left_title(app.budget.left());
    match shown.moved(&agent.name) {
        Some(moved) => Some(crate::clean::line(&shown.sentence_within(moved, columns))),
        None if !shown.compares() => None,
        None if shown.moved.is_empty() => Some(format!("All stand as under {against}.")),
        None => Some(format!("{name} stands as under {against}.")),
    }
}

/// Weights that do not sum to 1, and the key that scales them.
fn weights(app: &App) -> Option<String> {
    let weights = app.unscaled()?;
    let problem = weights.problem()?;
    Some(match weights.scaled() {
        Some(scaled) => format!(
            "✗ {} {} scales them to {scaled}.",
            problem.message,
            scale(app)
        ),
        None => format!("✗ {}", problem.sentence()),
    })
}

fn weights_in_short(app: &App, columns: usize) -> Option<String> {
    let weights = app.unscaled()?;
    let sum = format!("✗ The weights sum to {}, not 1", weights.sum_in_words());
    let Some(scaled) = weights.scaled() else {
        return Some(format!("{sum}."));
    };
    let scale = scale(app);
    let long = format!("{sum}; {scale} scales them to {scaled}.");
    let fits = width(&long) <= columns;
    Some(if fits {
        long
    } else {
        format!("{sum}; {scale} scales them.")
    })
}

fn scale(app: &App) -> String {
    app.keymap.key(match app.windows.last() {
        Some(Window::Scoring) => Action::ScaleHere,
        _ => Action::ScaleWeights,
    })
}

/// The learning curve of the agent that is told of, on one line, or its head and the signs on two.
pub fn curve(app: &App, columns: usize, on_one_line: bool) -> Vec<String> {
    let (Some((agent, curve)), Some(shown)) = (app.told_agent(), app.scoring.shown()) else {
        return Vec::new();
    };
    let Some((first, last)) = shown.task.days().filter(|_| !curve.days.is_empty()) else {
        return Vec::new();
    };
    let name = crate::clean::line(&agent.name);
    let head = |days: usize| match days {
        1 => format!("{name}, 1 day, {}:", words::trend(curve)),
        days => format!("{name}, {days} days, {}:", words::trend(curve)),
    };
    let span = usize::try_from(last - first + 1).unwrap_or(0).min(60);
    if on_one_line {
        let days = span.min(columns.saturating_sub(width(&head(10)) + 1));
        return vec![format!("{} {}", head(days), spark(curve, last, days))];
    }
    let days = span.min(columns);
    vec![head(days), spark(curve, last, days)]
}

/// What the score of the agent that is told of is made of, and what that rests on.
pub fn agent(app: &App) -> Option<String> {
    let (agent, curve) = app.told_agent()?;
    let settings = &app.scoring.shown()?.settings;
    let text = format!(
        "{} {}",
        words::parts(agent),
        words::rests_on(agent, curve, settings)
    );
    Some(crate::clean::line(&text))
}

/// The help lines while it has the keys.
pub fn help(app: &App) -> String {
    agent(app)
        .or_else(|| app.scoring_notice())
        .unwrap_or_default()
}

/// The line below: what the keys lead to.
pub fn line(app: &App, columns: usize) -> String {
    if app.windows.is_empty() && app.focus == Focus::Scoring {
        let open = app.keymap.key(Action::Open);
        return format!("{open} shows the ranking in full.");
    }
    let [open, compare] = [Action::Open, Action::ScoringAgainst].map(|a| app.keymap.key(a));
    let Some(path) = app.weight_behind() else {
        return String::new();
    };
    let short = format!("{open} goes to {}.", app.name(&path));
    let long = format!("{short} {compare} compares with something else.");
    if width(&long) <= columns { long } else { short }
}
