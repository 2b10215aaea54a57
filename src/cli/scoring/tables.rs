//! Rankings as they are printed: a table a kind of task, or JSON.
//! Leaves to others: figures and sentences (`budget::scoring`).

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::Report;
use crate::budget::history_in_use::{date, in_words};
use crate::budget::scoring::{
    Basis, Curve, Moved, Parts, Ranked, TaskPreview, Weights, moves, spark, words,
};
use crate::clean;
use crate::cli::columns::columns;

/// Days of a curve that a line holds.
const DAYS: i64 = 14;

/// Who moved since what it is compared with.
fn moved(report: &Report, task: &TaskPreview) -> Vec<Moved> {
    let before = report.before.as_ref();
    let before = before.and_then(|(before, _)| before.task(&task.ranking.task_type));
    before.map_or_else(Vec::new, |before| moves(&before.ranking, &task.ranking))
}

fn sentence(report: &Report, moved: &Moved) -> String {
    let before = report.before.as_ref();
    let before = before.map_or(report.settings.weights, |(_, before)| before.weights);
    moved.sentence(&before, &report.settings.weights)
}

pub(super) fn text(report: &Report) -> String {
    let mut text = String::new();
    let Report {
        settings, history, ..
    } = report;
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "Profile {}, weights load {}, expertise {}, confidence {}\nHistory {}: {}, seen from {}",
        clean::line(&report.profile),
        plain(settings.weights.load),
        plain(settings.weights.expertise),
        plain(settings.weights.confidence),
        history.name(),
        in_words(&history.history),
        date(report.preview.seen_from),
    );
    let weights = settings.weights.problem().map(|problem| problem.sentence());
    for note in weights.iter().chain(&report.preview.notes) {
        let _ = writeln!(text, "{note}");
    }
    for task in report.tasks() {
        let _ = write!(text, "\n{}", table(report, task));
    }
    text
}

fn plain(weight: f64) -> String {
    crate::value::decimal(weight)
}

fn table(report: &Report, task: &TaskPreview) -> String {
    let moved = moved(report, task);
    let (first, last) = task.days().unwrap_or_default();
    let days = (last - first + 1).min(DAYS);
    let head = [
        "",
        "",
        "agent",
        "score",
        "load",
        "expertise",
        "confidence",
        "success",
        "  n",
        "sure",
        "",
        "trend",
    ];
    let mut head = head.map(str::to_owned);
    head[10] = format!("{days} day{}", if days == 1 { "" } else { "s" });
    let mut rows = vec![head];
    for (agent, curve) in task.ranking.agents.iter().zip(&task.curves) {
        let sign = moved.iter().find(|moved| moved.name == agent.name);
        let days = usize::try_from(days).unwrap_or(0);
        let days = if curve.days.is_empty() { 0 } else { days };
        rows.push([
            format!("{:>3}", agent.rank),
            sign.map(Moved::sign).unwrap_or_default(),
            clean::line(&agent.name),
            words::score(agent.score),
            words::part(agent.parts.load),
            words::part(agent.parts.expertise),
            words::part(agent.parts.confidence),
            words::success(agent),
            format!("{:>3}", agent.executions),
            words::confidence(agent),
            spark(curve, last, days),
            match agent.basis.note() {
                Some(note) => note.to_owned(),
                None => words::trend(curve),
            },
        ]);
    }
    let sample = if report.preview.sample {
        ", sample"
    } else {
        ""
    };
    let mut text = format!(
        "{}{sample}\n{}",
        clean::line(&task.ranking.task_type),
        columns(&rows)
    );
    for moved in &moved {
        let _ = writeln!(text, "    {}", clean::line(&sentence(report, moved)));
    }
    if moved.is_empty() && report.before.is_some() {
        let _ = writeln!(
            text,
            "    Nobody stands elsewhere than under {}.",
            report.against
        );
    }
    text
}

pub(super) fn json(report: &Report) -> Json {
    let Report {
        settings, preview, ..
    } = report;
    let weights = &settings.weights;
    let tasks: Vec<Json> = report.tasks().map(|task| of_task(report, task)).collect();
    json!({
        "format": 1,
        "profile": report.profile,
        "against": report.against,
        "history": report.history(),
        "settings": {
            "learning": settings.learning,
            "window_days": settings.window_days,
            "recency_multiplier": settings.recency_multiplier,
            "min_executions": settings.min_executions,
            "history_limit": settings.history_limit,
            "max_concurrent_tasks": settings.max_tasks,
        },
        "weights": of_weights(weights),
        "scaled": weights.scaled().filter(|_| !weights.sum_to_one()).as_ref().map(of_weights),
        "weights_problem": weights.problem().map(|problem| problem.sentence()),
        "notes": preview.notes,
        "tasks": tasks,
    })
}

fn of_weights(weights: &Weights) -> Json {
    json!({ "load": weights.load, "expertise": weights.expertise, "confidence": weights.confidence })
}

fn of_parts(parts: &Parts) -> Json {
    json!({ "load": parts.load, "expertise": parts.expertise, "confidence": parts.confidence })
}

fn of_task(report: &Report, task: &TaskPreview) -> Json {
    let agents = task.ranking.agents.iter().zip(&task.curves);
    let moved = moved(report, task);
    let moved = moved.iter().map(|moved| {
        json!({
            "agent": moved.name,
            "from": moved.from,
            "to": moved.to,
            "passed": moved.passed,
            "part": moved.cause.map(|part| part.to_string()),
            "sentence": sentence(report, moved),
        })
    });
    json!({
        "task_type": task.ranking.task_type,
        "agents": agents.map(|(agent, curve)| of_agent(agent, curve)).collect::<Vec<_>>(),
        "moved": moved.collect::<Vec<_>>(),
    })
}

fn of_agent(agent: &Ranked, curve: &Curve) -> Json {
    let days = curve.days.iter().map(|day| {
        json!({
            "day": date(day.day).to_string(),
            "executions": day.executions,
            "successes": day.successes,
        })
    });
    json!({
        "rank": agent.rank,
        "agent": agent.name,
        "score": agent.score,
        "parts": of_parts(&agent.parts),
        "before_weights": of_parts(&agent.raw),
        "success_rate": agent.success_rate,
        "executions": agent.executions,
        "seconds": agent.seconds,
        "load": agent.load,
        "by": match agent.basis {
            Basis::History => "history",
            Basis::NoHistory => "load, no history",
            Basis::LearningOff => "load, learning is off",
        },
        "trend": curve.trend().map(|trend| trend.to_string()),
        "days": days.collect::<Vec<_>>(),
    })
}
