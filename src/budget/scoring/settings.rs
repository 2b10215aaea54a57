//! What the score needs of the configuration in force.
//! Leaves to others: limits and sentences for wrong values (the schema).

use super::weights::Weights;
use crate::config::Config;
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::value::Value;

const ENABLED: &str = "agents.learning.enabled";
const WINDOW_DAYS: &str = "agents.learning.window_days";
const RECENCY_MULTIPLIER: &str = "agents.learning.recency_multiplier";
const MIN_EXECUTIONS: &str = "agents.learning.min_executions";
const HISTORY_LIMIT: &str = "agents.learning.history_limit";
const MAX_TASKS: &str = "agents.max_concurrent_tasks";
pub(super) const LOAD_WEIGHT: &str = "agents.scoring.load_weight";
const EXPERTISE_WEIGHT: &str = "agents.scoring.expertise_weight";
const CONFIDENCE_WEIGHT: &str = "agents.scoring.confidence_weight";

/// How agents are scored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Off: agents are chosen by load alone.
    pub learning: bool,
    /// Days for which an execution counts as recent; at least 1.
    pub window_days: u32,
    /// How many times more a recent execution counts; finite and more than 0.
    pub recency_multiplier: f64,
    /// Executions after which confidence is full; at least 1.
    pub min_executions: u32,
    /// Latest executions read of an agent for one kind of task; at least 1.
    pub history_limit: u32,
    /// Tasks that one agent may hold; at least 1.
    pub max_tasks: u32,
    /// As they are configured: each finite and not negative, their sum not judged.
    pub weights: Weights,
}

/// The settings, when every one of them can be used, and what is wrong or worth saying.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub settings: Option<Settings>,
    pub problems: Vec<Problem>,
}

impl Settings {
    /// The paths that a ranking depends on.
    pub const READS: [&str; 9] = [
        ENABLED,
        WINDOW_DAYS,
        RECENCY_MULTIPLIER,
        MIN_EXECUTIONS,
        HISTORY_LIMIT,
        MAX_TASKS,
        LOAD_WEIGHT,
        EXPERTISE_WEIGHT,
        CONFIDENCE_WEIGHT,
    ];

    /// The paths of the three weights: load, expertise, confidence.
    pub const WEIGHTS: [&str; 3] = [LOAD_WEIGHT, EXPERTISE_WEIGHT, CONFIDENCE_WEIGHT];

    /// Reads them from the configuration in force. Weights that do not sum to 1 can be used, and are a problem too.
    #[must_use]
    pub fn of(config: &Config) -> Reading {
        let mut problems = Vec::new();
        let read = Self::read(config, &mut problems);
        let settings = read.filter(|_| problems.is_empty());
        if let Some(settings) = &settings {
            problems.extend(settings.weights.problem());
        }
        Reading { settings, problems }
    }

    fn read(config: &Config, problems: &mut Vec<Problem>) -> Option<Self> {
        // Every one is looked at before the first that is missing ends it.
        let learning = switch(config, ENABLED, problems);
        let window_days = count(config, WINDOW_DAYS, problems);
        let recency_multiplier = number(config, RECENCY_MULTIPLIER, problems)
            .filter(|n| *n > 0.0 || refuse(RECENCY_MULTIPLIER, problems));
        let min_executions = count(config, MIN_EXECUTIONS, problems);
        let history_limit = count(config, HISTORY_LIMIT, problems);
        let max_tasks = count(config, MAX_TASKS, problems);
        let load = number(config, LOAD_WEIGHT, problems);
        let expertise = number(config, EXPERTISE_WEIGHT, problems);
        let confidence = number(config, CONFIDENCE_WEIGHT, problems);
        Some(Self {
            learning: learning?,
            window_days: window_days?,
            recency_multiplier: recency_multiplier?,
            min_executions: min_executions?,
            history_limit: history_limit?,
            max_tasks: max_tasks?,
            weights: Weights {
                load: load?,
                expertise: expertise?,
                confidence: confidence?,
            },
        })
    }
}

fn switch(config: &Config, path: &str, problems: &mut Vec<Problem>) -> Option<bool> {
    if let Some(Value::Bool(on)) = config.value(path) {
        return Some(*on);
    }
    problems.push(unusable(path));
    None
}

/// A whole number from 1; larger ones than fit count as the largest that does.
fn count(config: &Config, path: &str, problems: &mut Vec<Problem>) -> Option<u32> {
    match config.value(path) {
        Some(Value::Integer(n)) if *n >= 1 => Some(u32::try_from(*n).unwrap_or(u32::MAX)),
        _ => {
            problems.push(unusable(path));
            None
        }
    }
}

/// A finite number that is not negative.
fn number(config: &Config, path: &str, problems: &mut Vec<Problem>) -> Option<f64> {
    match config.value(path) {
        Some(Value::Decimal(n)) if n.is_finite() && *n >= 0.0 => Some(*n),
        _ => {
            problems.push(unusable(path));
            None
        }
    }
}

fn refuse(path: &str, problems: &mut Vec<Problem>) -> bool {
    problems.push(unusable(path));
    false
}

fn unusable(path: &str) -> Problem {
    Problem::error("Agents cannot be ranked with this value.")
        .hint(format!("Correct {path} first."))
        .at(FieldPath::new(path))
}
