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
    let remarks = [
        format!("{at} of {all} kinds of task, {history}"),
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
    let Some(shown) = app.scoring.shown() else {
        return texts;
    };
    if let Some((agent, _)) = app.told_agent() {
        match shown.moved(&agent.name) {
            Some(moved) => texts.push(crate::clean::line(&shown.sentence(moved))),
            None if shown.compares() && shown.moved.is_empty() => texts.push(format!(
                "All stand as under {}.",
                app.left_title(app.budget.left())
            )),
            None if shown.compares() => texts.push(format!(
                "{} stands as under {}.",
                crate::clean::line(&agent.name),
                app.left_title(app.budget.left())
            )),
            None => {}
        }
    }
    texts
}

/// Weights that do not sum to 1, and the key that scales them.
fn weights(app: &App) -> Option<String> {
    let problem = app.unscaled()?.problem()?;
    let scale = match app.windows.last() {
        Some(Window::Scoring) => Action::ScaleHere,
        _ => Action::ScaleWeights,
    };
    let scale = app.keymap.key(scale);
    let scaled = app
        .unscaled()?
        .scaled()
        .map(|scaled| format!(" {scale} scales them to {scaled}."));
    Some(match scaled {
        Some(scaled) => format!("✗ {}{scaled}", problem.message),
        None => format!("✗ {}", problem.sentence()),
    })
}

/// The learning curve of the agent that is told of, over so many columns.
pub fn curve(app: &App, columns: usize) -> Option<String> {
    let (agent, curve) = app.told_agent()?;
    let task = &app.scoring.shown()?.task;
    let (first, last) = task.days()?;
    if curve.days.is_empty() {
        return None;
    }
    let span = usize::try_from(last - first + 1).unwrap_or(0);
    let trend = words::trend(curve);
    let name = crate::clean::line(&agent.name);
    let around = width(&name) + width(&trend) + width(", 99 days: ") + 1;
    let days = span.min(columns.saturating_sub(around)).min(60);
    (days > 3).then(|| format!("{name}, {days} days: {} {trend}", spark(curve, last, days)))
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
pub fn line(app: &App) -> String {
    if app.windows.is_empty() && app.focus == Focus::Scoring {
        let open = app.keymap.key(Action::Open);
        return format!("{open} shows the ranking in full.");
    }
    let [open, compare] = [Action::Open, Action::ScoringAgainst].map(|a| app.keymap.key(a));
    match app.weight_behind() {
        Some(path) => format!(
            "{open} goes to {}. {compare} compares with something else.",
            app.name(&path)
        ),
        None => String::new(),
    }
}
