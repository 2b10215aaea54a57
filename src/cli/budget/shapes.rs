//! A forecast as JSON and as CSV. Names and order stay; money is decimal text in cents.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::super::report;
use super::Shown;
use crate::budget::compare::{Comparison, Shift};
use crate::budget::figures::{self, number};
use crate::budget::{Change, Money, changed, report as words};
use crate::clean;
use crate::path::FieldPath;
use crate::problem::Problem;

/// The format of what is printed; that of an estimate stands in it.
const FORMAT: u64 = 1;

pub(super) fn file_name(file: &Path) -> String {
    clean::line(&file.to_string_lossy())
}

pub(super) fn json(shown: &Shown) -> String {
    let mut json = json!({
        "format": FORMAT,
        "estimate": shown.now.json(),
        "sentences": words::said(shown.forecast),
        "wrong": shown.wrong.map(FieldPath::as_str),
        "warnings": told(shown.warnings),
    });
    if let (Some(comparison), Some((before, name))) = (shown.against_baseline(), shown.before) {
        let why = |role: &str| changed::of_role(before, shown.forecast, role).map(|said| said.text);
        json["baseline"] = compared(&comparison, name, why);
    }
    if let (Some(comparison), Some((earlier, file))) = (shown.since_estimate(), shown.earlier) {
        let mut since = compared(&comparison, &file_name(file), |_| None);
        let settings = earlier.settings_differ(shown.now).into_iter();
        since["settings"] = settings
            .map(|(path, before, after)| json!({ "path": path, "before": before, "after": after }))
            .collect();
        json["compared_to"] = since;
    }
    report::text(&json)
}

fn told(problems: &[Problem]) -> Vec<Json> {
    let told = problems.iter().cloned().map(report::Told::by_place);
    told.map(|told| report::json(&told, "")).collect()
}

fn compared(comparison: &Comparison, name: &str, why: impl Fn(&str) -> Option<String>) -> Json {
    let roles = comparison.roles.iter().map(|role| {
        json!({
            "role": role.role,
            "forecast": change(role.spent),
            "limit_cents": pair(role.limit.0.map(Money::cents), role.limit.1.map(Money::cents)),
            "near_day": shift(role.near),
            "exceeded_day": shift(role.exceeded),
            "answered_calls": pair(role.answered.0, role.answered.1),
            "refused_calls": pair(role.refused.0, role.refused.1),
            "sentence": why(&role.role),
        })
    });
    let models = comparison.models.iter().map(|model| {
        json!({
            "provider": model.provider,
            "model": model.model,
            "forecast": change(model.spent),
            "calls": pair(model.calls.0, model.calls.1),
        })
    });
    json!({
        "name": name,
        "same": comparison.is_none(),
        "same_days": comparison.same_days,
        "total": change(comparison.total),
        "refused_calls": pair(comparison.refused.0, comparison.refused.1),
        "roles": roles.collect::<Vec<_>>(),
        "models": models.collect::<Vec<_>>(),
    })
}

fn pair<T: Into<Json>>(before: T, after: T) -> Json {
    json!({ "before": before.into(), "after": after.into() })
}

fn shift(shift: Shift) -> Json {
    pair(shift.before.map(number), shift.after.map(number))
}

fn change(change: Change) -> Json {
    let sign = if change.is_less() { "-" } else { "" };
    json!({
        "before_cents": change.before.cents(),
        "after_cents": change.after.cents(),
        "change_cents": format!("{sign}{}", change.size().cents()),
        "change_percent": change.percent(),
    })
}

const HEAD: [&str; 15] = [
    "row",
    "name",
    "model",
    "limit_cents",
    "forecast_cents",
    "utilisation_percent",
    "near_day",
    "exceeded_day",
    "then",
    "calls",
    "moved_calls",
    "refused_calls",
    "baseline_cents",
    "compared_to_cents",
    "sample",
];

/// One line a role, one a model, one for what was spent already, one for the total.
///
/// # Errors
/// Never, in memory.
pub(super) fn csv(shown: &Shown) -> Result<String, Problem> {
    let (baseline, earlier) = (shown.against_baseline(), shown.since_estimate());
    let now = &shown.now.figures;
    let sample = if shown.now.sample { "sample" } else { "" };
    let mut rows = vec![HEAD.map(str::to_owned)];
    let text = |cell: Option<String>| cell.unwrap_or_default();
    for role in &now.roles {
        let before = |comparison: &Option<Comparison>| {
            let mut roles = comparison.iter().flat_map(|comparison| &comparison.roles);
            text(
                roles
                    .find(|known| known.role == role.role)
                    .map(|known| known.spent.before.cents()),
            )
        };
        rows.push([
            "role".to_owned(),
            role.role.clone(),
            String::new(),
            text(role.limit.map(Money::cents)),
            // Of a role without a forecast nothing is said, and no 0.
            text(role.gap.is_none().then(|| role.spent.cents())),
            text(role.utilisation.map(|percent| percent.to_string())),
            text(role.near.map(|when| number(when).to_string())),
            text(role.exceeded.map(|when| number(when).to_string())),
            text(role.then.clone()),
            role.answered.to_string(),
            role.moved.to_string(),
            role.refused.to_string(),
            before(&baseline),
            before(&earlier),
            sample.to_owned(),
        ]);
    }
    for model in &now.models {
        let before = |comparison: &Option<Comparison>| {
            let mut models = comparison.iter().flat_map(|comparison| &comparison.models);
            let known = models
                .find(|known| (&known.provider, &known.model) == (&model.provider, &model.model));
            text(known.map(|known| known.spent.before.cents()))
        };
        rows.push(of_model(model, before(&baseline), before(&earlier), sample));
    }
    let mut spare = HEAD.map(|_| String::new());
    if !now.spent_already.is_zero() {
        let mut row = spare.clone();
        "spent_already".clone_into(&mut row[0]);
        row[4] = now.spent_already.cents();
        sample.clone_into(&mut row[14]);
        rows.push(row);
    }
    "total".clone_into(&mut spare[0]);
    spare[3] = now.limits.cents();
    spare[4] = now.total.cents();
    spare[9] = now
        .models
        .iter()
        .map(|model| model.calls)
        .sum::<u64>()
        .to_string();
    spare[10] = now
        .roles
        .iter()
        .map(|role| role.moved)
        .sum::<u64>()
        .to_string();
    spare[11] = now.refused.to_string();
    let before = |comparison: Option<Comparison>| text(comparison.map(|c| c.total.before.cents()));
    spare[12] = before(baseline);
    spare[13] = before(earlier);
    sample.clone_into(&mut spare[14]);
    rows.push(spare);
    written(&rows)
}

fn of_model(
    model: &figures::OfModel,
    baseline: String,
    earlier: String,
    sample: &str,
) -> [String; 15] {
    let mut row = HEAD.map(|_| String::new());
    "model".clone_into(&mut row[0]);
    row[1].clone_from(&model.provider);
    row[2] = clean::line(&model.model);
    row[4] = model.spent.cents();
    row[9] = model.calls.to_string();
    row[12] = baseline;
    row[13] = earlier;
    sample.clone_into(&mut row[14]);
    row
}

fn written(rows: &[[String; 15]]) -> Result<String, Problem> {
    let cannot = |error: String| Problem::error(format!("The table cannot be written: {error}."));
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row)
            .map_err(|error| cannot(error.to_string()))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| cannot(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
