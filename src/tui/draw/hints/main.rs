//! Hints of the panels and of their fields.

use super::hint::{Hint, Of};
use crate::budget::scoring::Settings;
use crate::form::Panel;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::asking::Way;
use crate::tui::filter::Show;
use crate::tui::layout::WIDE;
use crate::value::Value;

/// What `n` does and what Esc ends here: both follow the search and the filter.
fn next_and_out(app: &App) -> (&'static str, Option<&'static str>) {
    match (&app.hits, app.filter.is_on()) {
        (Some(_), _) => ("next hit", Some("end search")),
        (None, true) if app.input().is_none() => ("next ✗○!", Some("all rows")),
        (None, _) => ("next ✗○!", None),
    }
}

/// The next turn of the filter.
fn filter_label(app: &App) -> String {
    match (app.filter.is_on(), app.filter.show.next()) {
        (false, _) => Action::Filter.label().to_owned(),
        (true, Show::All) => "all rows".to_owned(),
        (true, next) => format!("only {}", next.word()),
    }
}

/// What stands beside the fields, where there is room for it.
fn side(app: &App) -> Option<Hint> {
    (app.size.width >= WIDE).then(|| Of(app).key(Action::SidePane))
}

/// What the budget's key does in the fields.
fn budget_label(app: &App) -> &'static str {
    if app.budget_pane_shows() {
        "close"
    } else {
        // Short, so that the key for writing has room on 80 columns.
        "cost"
    }
}

/// What the key of the ranking does in the fields.
fn scoring_label(app: &App) -> &'static str {
    if app.scoring_pane_shows() {
        "close"
    } else {
        Action::Scoring.label()
    }
}

/// Does the panel ask for what agents are ranked by?
fn about_agents(panel: &Panel) -> bool {
    let mut inputs = panel.inputs();
    inputs.any(|input| Settings::READS.contains(&input.path.as_str()))
}

pub fn on_panels(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let (next, out) = next_and_out(app);
    let filter = filter_label(app);
    let mut hints = vec![
        of.rows("panel"),
        of.key(Action::Open),
        of.named(Action::NextProblem, next),
    ];
    let agents = app.panel().is_some_and(about_agents);
    let [diff, budget, write] =
        [Action::Diff, Action::Budget, Action::Write].map(|action| of.key(action));
    if agents {
        hints.extend([of.key(Action::Scoring), diff, write, budget]);
    } else {
        hints.extend([diff, budget, write]);
    }
    hints.extend([
        of.key(Action::Search),
        of.key(Action::Profile),
        of.key(Action::Output),
        of.key(Action::Presets),
    ]);
    if out != Some(filter.as_str()) {
        hints.push(of.named(Action::Filter, &filter));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Problems), of.key(Action::Finder)]);
    hints.push(of.key(Action::Generations));
    hints.extend(side(app));
    hints.extend(out.map(|out| of.named(Action::Back, out)));
    hints.extend([of.help(), of.key(Action::Leave)]);
    hints
}

pub fn on_fields(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let (next, out) = next_and_out(app);
    let filter = filter_label(app);
    let back = of.named(Action::Back, out.unwrap_or("panels"));
    let Some(input) = app.input() else {
        return vec![
            of.named(Action::Filter, &filter),
            of.named(Action::NextProblem, next),
            of.key(Action::Search),
            of.key(Action::Diff),
            of.key(Action::Write),
            back,
            of.help(),
        ];
    };
    // Words of one length: from row to row the rest of the line stays where it is, and a slow line carries little.
    let enter = match app.way() {
        Some(Way::Switch) => "flip",
        Some(Way::Choice) => "pick",
        Some(Way::Multiselect) => "tick",
        Some(Way::Line | Way::Editor) | None => "edit",
    };
    let mut hints = vec![of.named(Action::Open, enter)];
    if app
        .in_force(&input.path)
        .is_some_and(Value::is_clear_secret)
    {
        let shown = app.revealed.as_ref() == Some(&input.path);
        let label = if shown { "hide" } else { "show" };
        hints.push(of.named(Action::Reveal, label));
    }
    let agents = app.panel().is_some_and(about_agents) || app.scoring_pane_shows();
    let scales = app.unscaled().filter(|_| agents);
    hints.extend(scales.map(|_| of.key(Action::ScaleWeights)));
    // Of the same width as the way to the next problem, in whose place it stands.
    let source = app.source_label();
    hints.push(match source {
        Some(label) => of.named(Action::Toggle, label),
        None => of.named(Action::NextProblem, next),
    });
    hints.push(of.key(Action::Search));
    let [diff, write] = [Action::Diff, Action::Write].map(|action| of.key(action));
    let budget = of.named(Action::Budget, budget_label(app));
    if agents {
        // What is asked here decides whom it chooses, not what it costs.
        let scoring = of.named(Action::Scoring, scoring_label(app));
        hints.extend([scoring, write, diff, budget]);
    } else {
        hints.extend([diff, budget, write]);
    }
    if app.is_changed(&input.path) {
        hints.push(of.key(Action::Reset));
    }
    hints.extend(of.copy());
    hints.extend([
        of.key(Action::Undo),
        of.key(Action::Output),
        of.named(Action::Filter, &filter),
        of.key(Action::Profile),
        of.key(Action::Presets),
        of.key(Action::Problems),
        of.key(Action::Finder),
    ]);
    hints.extend(source.map(|_| of.named(Action::NextProblem, next)));
    hints.extend(side(app));
    hints.extend([back, of.help()]);
    hints
}
