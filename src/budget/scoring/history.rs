//! What agents did: executions with their outcome, and how busy each agent is now.
//! Leaves to others: where it was read (`import`), what follows from it (`rank`, `curve`).

use std::collections::BTreeSet;

use super::moment::Moment;

/// One agent, with what it holds now.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    pub name: String,
    /// Tasks in flight; `None` when nothing said so.
    pub in_flight: Option<u32>,
}

/// One execution of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its place in [`History::agents`].
    pub agent: usize,
    /// Its place in [`History::task_types`].
    pub task_type: usize,
    pub when: Moment,
    pub success: bool,
    /// How long it took, when that is known.
    pub seconds: Option<f64>,
}

/// Executions of several agents over several kinds of task. Names stand sorted; runs by
/// agent and kind of task, of each from the earliest to the latest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    agents: Vec<Agent>,
    task_types: Vec<String>,
    runs: Vec<Run>,
    last_day: Option<i64>,
    sample: bool,
}

/// An execution by the names it was read with.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::budget) struct NamedRun {
    pub agent: String,
    pub task_type: String,
    pub when: Moment,
    pub success: bool,
    pub seconds: Option<f64>,
}

impl History {
    /// Agents that are only in `runs` are agents too.
    pub(in crate::budget) fn new(
        mut agents: Vec<Agent>,
        runs: Vec<NamedRun>,
        sample: bool,
    ) -> Self {
        let known: BTreeSet<String> = agents.iter().map(|agent| agent.name.clone()).collect();
        let unlisted: BTreeSet<&String> = runs.iter().map(|run| &run.agent).collect();
        agents.extend(
            unlisted
                .into_iter()
                .filter(|name| !known.contains(*name))
                .map(|name| Agent {
                    name: name.clone(),
                    in_flight: None,
                }),
        );
        agents.sort_by(|a, b| a.name.cmp(&b.name));
        let task_types: BTreeSet<String> = runs.iter().map(|run| run.task_type.clone()).collect();
        let task_types: Vec<String> = task_types.into_iter().collect();
        let mut runs: Vec<Run> = runs
            .into_iter()
            .filter_map(|run| {
                Some(Run {
                    agent: agents
                        .binary_search_by(|agent| agent.name.cmp(&run.agent))
                        .ok()?,
                    task_type: task_types.binary_search(&run.task_type).ok()?,
                    when: run.when,
                    success: run.success,
                    seconds: run.seconds,
                })
            })
            .collect();
        // Stable: executions of one day keep the order of the file.
        runs.sort_by_key(|run| (run.agent, run.task_type, run.when));
        Self {
            last_day: runs.iter().map(|run| run.when.day()).max(),
            agents,
            task_types,
            runs,
            sample,
        }
    }

    #[must_use]
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }

    #[must_use]
    pub fn task_types(&self) -> &[String] {
        &self.task_types
    }

    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Is it the shipped one? What rests on it is marked `sample`.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.sample
    }

    /// The day from which ages are counted, as days since 1970-01-01: `today`, or the last day of the history where
    /// that is later. The sample is always seen from its own last day: it does not grow old.
    #[must_use]
    pub fn seen_from(&self, today: i64) -> i64 {
        match self.last_day {
            Some(last) if self.sample => last,
            Some(last) => last.max(today),
            None => today,
        }
    }

    /// The latest executions of one agent at one kind of task, at most `limit`, from the earliest to the latest.
    #[must_use]
    pub fn latest(&self, agent: usize, task_type: usize, limit: usize) -> &[Run] {
        let wanted = (agent, task_type);
        let from = self.runs.partition_point(|run| run.place() < wanted);
        let to = self.runs.partition_point(|run| run.place() <= wanted);
        &self.runs[from.max(to.saturating_sub(limit))..to]
    }
}

impl Run {
    fn place(&self) -> (usize, usize) {
        (self.agent, self.task_type)
    }
}
