//! The score of each agent for one kind of task, and the order that follows.
//! Leaves to others: the weight of an execution (`recency`), how the agents developed (`curve`).

use std::fmt;

use super::history::{Agent, History, Run};
use super::recency;
use super::settings::Settings;
use super::weights::Weights;

/// What a score is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Load,
    Expertise,
    Confidence,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Load => "load",
            Self::Expertise => "expertise",
            Self::Confidence => "confidence",
        })
    }
}

/// The three parts of a score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    pub load: f64,
    pub expertise: f64,
    pub confidence: f64,
}

impl Parts {
    pub const ALL: [Part; 3] = [Part::Load, Part::Expertise, Part::Confidence];

    #[must_use]
    pub fn of(&self, part: Part) -> f64 {
        match part {
            Part::Load => self.load,
            Part::Expertise => self.expertise,
            Part::Confidence => self.confidence,
        }
    }

    #[must_use]
    pub fn total(&self) -> f64 {
        self.load + self.expertise + self.confidence
    }

    fn weighed(&self, weights: &Weights) -> Self {
        Self {
            load: self.load * weights.load,
            expertise: self.expertise * weights.expertise,
            confidence: self.confidence * weights.confidence,
        }
    }
}

/// What the rank of an agent rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    History,
    /// It has never done this kind of task.
    NoHistory,
    /// Learning is off, so history does not count.
    LearningOff,
}

impl Basis {
    /// Says it, where there is something to say.
    #[must_use]
    pub fn note(self) -> Option<&'static str> {
        match self {
            Self::History => None,
            Self::NoHistory => Some("no history: ranked by load alone"),
            Self::LearningOff => Some("learning is off: ranked by load alone"),
        }
    }
}

/// One agent in a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// From 1.
    pub rank: usize,
    /// Its place in [`History::agents`].
    pub agent: usize,
    pub name: String,
    pub basis: Basis,
    /// Executions that were read; those beyond the limit are not.
    pub executions: u32,
    /// Plain share of successes among them, from 0 to 1.
    pub success_rate: Option<f64>,
    /// How long they took on average, in seconds, when any of them says so.
    pub seconds: Option<f64>,
    /// Tasks in flight divided by the tasks it may hold; `None` when nothing said so, which counts as 0.
    pub load: Option<f64>,
    /// Before they are weighed, each from 0 to 1: `1 ÷ (1 + load)`, the success rate by recency, the confidence.
    pub raw: Parts,
    /// After: what each part adds to the score.
    pub parts: Parts,
    pub score: f64,
}

/// All agents for one kind of task, the best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    pub task_type: String,
    pub agents: Vec<Ranked>,
}

impl Ranking {
    /// Ranks every agent of the history for the kind of task at `task_type`, seen from the day `today` (days since
    /// 1970-01-01; see [`History::seen_from`]).
    ///
    /// The score is `load weight × 1 ÷ (1 + load) + expertise weight × expertise + confidence weight × confidence`:
    /// an idle agent has the whole load part, a full one half of it, as in VAPORA's own `success ÷ (1 + load)`.
    /// Expertise is the success rate in which recent executions count more; confidence is
    /// `min(1, executions ÷ min_executions)`. Without history, or with learning off, only the load part counts.
    /// Equal scores stand by load, then by name.
    #[must_use]
    pub fn of(history: &History, task_type: usize, settings: &Settings, today: i64) -> Self {
        let mut agents: Vec<Ranked> = history
            .agents()
            .iter()
            .enumerate()
            .map(|(place, agent)| {
                let limit = usize::try_from(settings.history_limit).unwrap_or(usize::MAX);
                let runs = history.latest(place, task_type, limit);
                ranked(place, agent, runs, settings, today)
            })
            .collect();
        agents.sort_by(|a, b| {
            let loads = a.load.unwrap_or(0.0).total_cmp(&b.load.unwrap_or(0.0));
            let scores = rounded(b.score).total_cmp(&rounded(a.score));
            scores.then(loads).then_with(|| a.name.cmp(&b.name))
        });
        for (place, agent) in agents.iter_mut().enumerate() {
            agent.rank = place + 1;
        }
        Self {
            task_type: history
                .task_types()
                .get(task_type)
                .cloned()
                .unwrap_or_default(),
            agents,
        }
    }
}

/// The last binary digits are no reason to rank one before another.
fn rounded(score: f64) -> f64 {
    (score * 1e9).round()
}

fn ranked(place: usize, agent: &Agent, runs: &[Run], settings: &Settings, today: i64) -> Ranked {
    let executions = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    let aged = runs
        .iter()
        .map(|run| ((today - run.when.day()).max(0), run.success));
    let expertise = recency::success_rate(aged, settings);
    let basis = match expertise {
        _ if !settings.learning => Basis::LearningOff,
        Some(_) => Basis::History,
        None => Basis::NoHistory,
    };
    let load = agent
        .in_flight
        .map(|tasks| f64::from(tasks) / f64::from(settings.max_tasks));
    let mut raw = Parts {
        load: 1.0 / (1.0 + load.unwrap_or(0.0)),
        ..Parts::default()
    };
    if basis == Basis::History {
        raw.expertise = expertise.unwrap_or(0.0);
        raw.confidence = (f64::from(executions) / f64::from(settings.min_executions)).min(1.0);
    }
    let parts = raw.weighed(&settings.weights);
    Ranked {
        rank: 0,
        agent: place,
        name: agent.name.clone(),
        basis,
        executions,
        success_rate: mean(runs.iter().map(|run| f64::from(u8::from(run.success)))),
        seconds: mean(runs.iter().filter_map(|run| run.seconds)),
        load,
        raw,
        parts,
        score: parts.total(),
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), n| (sum + n, count + 1.0));
    (count > 0.0).then(|| sum / count)
}
