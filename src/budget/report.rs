//! A forecast, and what changes against another one, as plain text for people: the same in the verb and in line mode.
//! Leaves to others: printing it (`cli`, `plain`), what programs read (`estimate`), single sentences (`sentence`).

use std::fmt::Write as _;

use super::compare::{Comparison, RoleChange};
use super::figures::{Figures, OfRole};
use super::forecast::Forecast;
use super::role::When;
use super::{Change, Money, changed, headline, sentence};

const NONE: &str = "–";

/// The whole forecast: one table by role, one by model, and what it means. `configuration` is what is forecast,
/// `workload` the name of the one in use.
#[must_use]
pub fn forecast(forecast: &Forecast, configuration: &str, workload: &str) -> String {
    let mut text = format!(
        "{configuration}: {}, {}\n\n",
        forecast.start.words(),
        headline::load(forecast, workload)
    );
    let figures = Figures::of(forecast);
    text += &roles(forecast, &figures);
    text.push('\n');
    text += &models(forecast, &figures);
    let sentences = said(forecast);
    if !sentences.is_empty() {
        text.push('\n');
    }
    for sentence in sentences {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{sentence}");
    }
    text
}

/// What a forecast means: of each role, of fallback, of all of it.
#[must_use]
pub fn said(forecast: &Forecast) -> Vec<String> {
    let roles = 0..forecast.roles.len();
    let of_roles = roles.map(|place| {
        let sentences = sentence::of_role(forecast, place);
        let texts: Vec<String> = sentences.into_iter().map(|said| said.text).collect();
        texts.join(" ")
    });
    let all = sentence::of_all(forecast).into_iter().map(|said| said.text);
    let lines = of_roles.chain(headline::fallback(forecast)).chain(all);
    lines.filter(|line| !line.is_empty()).collect()
}

fn roles(forecast: &Forecast, figures: &Figures) -> String {
    let settings = &forecast.settings;
    let head = [
        "role".to_owned(),
        format!("limit a {}", settings.window.noun()),
        "forecast".to_owned(),
        "used".to_owned(),
        format!("reaches {} %", settings.threshold_percent),
        "then".to_owned(),
        "refused".to_owned(),
    ];
    let mut rows = vec![head];
    rows.extend(figures.roles.iter().map(row));
    let sample = if forecast.sample { "sample" } else { "" };
    rows.push([
        "total".to_owned(),
        figures.limits.to_string(),
        total(forecast),
        String::new(),
        sample.to_owned(),
        String::new(),
        refused(figures.refused),
    ]);
    columns(&rows, [false, true, true, true, false, false, true])
}

fn row(role: &OfRole) -> [String; 7] {
    let none = || NONE.to_owned();
    [
        role.role.clone(),
        role.limit.map_or_else(none, |limit| limit.to_string()),
        match role.gap {
            Some(_) => "?".to_owned(),
            None => role.spent.to_string(),
        },
        role.utilisation
            .map_or_else(none, |percent| format!("{percent} %")),
        match role.near {
            Some(When::Now) => "over now".to_owned(),
            Some(day @ When::Day(_)) => day.to_string(),
            None => none(),
        },
        role.then.clone().unwrap_or_else(none),
        refused(role.refused),
    ]
}

fn refused(calls: u64) -> String {
    sentence::grouped(calls)
}

fn total(forecast: &Forecast) -> String {
    let least = if forecast.has_gaps() { "at least " } else { "" };
    format!("{least}{}", forecast.total())
}

fn models(forecast: &Forecast, figures: &Figures) -> String {
    let mut rows = vec![["provider", "model", "calls", "forecast"].map(str::to_owned)];
    for of in &figures.models {
        rows.push([
            of.provider.clone(),
            crate::clean::line(&of.model),
            sentence::grouped(of.calls),
            of.spent.to_string(),
        ]);
    }
    if !figures.spent_already.is_zero() {
        rows.push([
            "spent already".to_owned(),
            String::new(),
            String::new(),
            figures.spent_already.to_string(),
        ]);
    }
    let calls = figures.models.iter().map(|of| of.calls).sum();
    let sample = if forecast.sample { "sample" } else { "" };
    rows.push([
        "total".to_owned(),
        sample.to_owned(),
        sentence::grouped(calls),
        total(forecast),
    ]);
    columns(&rows, [false, false, true, true])
}

/// What changes from one forecast to another whose figures are all that is known; only roles and models that differ.
/// `why` says what else is known of a role's change.
#[must_use]
pub fn changes(
    comparison: &Comparison,
    against: &str,
    why: impl Fn(&RoleChange) -> Option<String>,
) -> String {
    let mut text = format!("Against {against}: {}", with_totals(comparison.total));
    let (was, is) = comparison.refused;
    if was != is {
        let _ = write!(
            text,
            "; {} refused instead of {}",
            sentence::counted(is),
            sentence::grouped(was)
        );
    }
    text.push('\n');
    let mut rows = Vec::new();
    for role in &comparison.roles {
        if !role.spent.is_none() {
            rows.push([
                format!("  {}", role.role),
                String::new(),
                with_totals(role.spent),
            ]);
        }
    }
    for model in &comparison.models {
        if !model.spent.is_none() {
            let name = crate::clean::line(&model.model);
            rows.push([
                format!("  {}", model.provider),
                name,
                with_totals(model.spent),
            ]);
        }
    }
    text += &columns(&rows, [false, false, false]);
    for role in comparison.roles.iter().filter(|role| !role.is_none()) {
        let _ = writeln!(text, "{}", why(role).unwrap_or_else(|| figures_say(role)));
    }
    text
}

/// What changes between two forecasts, with why.
#[must_use]
pub fn changes_between(before: &Forecast, after: &Forecast, against: &str) -> String {
    let comparison = Comparison::of(before, after);
    changes(&comparison, against, |role| {
        changed::of(before, after, role).map(|said| said.text)
    })
}

/// What the figures alone say of a role's change.
fn figures_say(role: &RoleChange) -> String {
    let mut parts = Vec::new();
    match role.limit {
        (Some(was), Some(is)) if was != is => parts.push(format!("limit {is} instead of {was}")),
        (None, Some(is)) => parts.push(format!("limit {is}, had none")),
        (Some(was), None) => parts.push(format!("no limit, had {was}")),
        _ => {}
    }
    if !role.near.is_none() {
        parts.push(format!("threshold {}", role.near));
    }
    if !role.exceeded.is_none() {
        parts.push(format!("limit reached {}", role.exceeded));
    }
    if role.refused.0 != role.refused.1 {
        parts.push(format!(
            "{} refused instead of {}",
            sentence::counted(role.refused.1),
            sentence::grouped(role.refused.0)
        ));
    }
    if parts.is_empty() {
        let (was, is) = role.answered;
        parts.push(match role.places {
            (None, Some(_)) => "new".to_owned(),
            (Some(_), None) => "gone".to_owned(),
            _ if was != is => format!(
                "{} answered instead of {}",
                sentence::counted(is),
                sentence::grouped(was)
            ),
            _ => role.spent.cents(),
        });
    }
    format!("{}: {}.", sentence::capital(&role.role), parts.join("; "))
}

/// `+$93.00 (+6 %), $1,444 → $1,537`: amount, percentage and both totals.
#[must_use]
pub fn with_totals(change: Change) -> String {
    let amount = match change.percent() {
        Some(0) => format!("{} (0 %)", change.cents()),
        Some(percent) => format!("{} ({percent:+} %)", change.cents()),
        None => change.cents(),
    };
    let whole = |money: Money| money.dollars();
    format!(
        "{amount}, {} → {}",
        whole(change.before),
        whole(change.after)
    )
}

/// A row a line: numbers end below each other, words begin below each other, two blanks between, none at the end.
fn columns<const N: usize>(rows: &[[String; N]], right: [bool; N]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).zip(right);
        let cells: Vec<String> = cells
            .filter(|((_, width), _)| *width > 0)
            .map(|((cell, width), right)| {
                if right {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:width$}")
                }
            })
            .collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
