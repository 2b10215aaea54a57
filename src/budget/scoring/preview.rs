//! Everything that the preview of the agents' scores shows: a ranking per kind of task, with curves and what to say.
//! Leaves to others: drawing it, choosing the kind of task.

use super::curve::Curve;
use super::history::History;
use super::moves::{Moved, moves};
use super::rank::{Basis, Ranking};
use super::settings::Settings;
use super::words;

/// One kind of task.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskPreview {
    pub ranking: Ranking,
    /// One per agent, in the order of the ranking.
    pub curves: Vec<Curve>,
}

impl TaskPreview {
    /// The first and the last day on which any agent did it, as days since 1970-01-01.
    #[must_use]
    pub fn days(&self) -> Option<(i64, i64)> {
        let days = self.curves.iter().flat_map(|curve| &curve.days);
        let days = days.map(|day| day.day);
        Some((days.clone().min()?, days.max()?))
    }
}

/// All kinds of task of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub tasks: Vec<TaskPreview>,
    /// It rests on the shipped history: mark it `sample`.
    pub sample: bool,
    /// The day from which ages are counted, as days since 1970-01-01.
    pub seen_from: i64,
    /// Plain sentences on what it rests on.
    pub notes: Vec<String>,
}

impl Preview {
    /// `today` is counted from 1970-01-01.
    #[must_use]
    pub fn of(history: &History, settings: &Settings, today: i64) -> Self {
        Self::of_tasks(history, 0..history.task_types().len(), settings, today)
    }

    /// The same for the kind of task at one place alone: enough for a screen that shows one and follows every key.
    #[must_use]
    pub fn of_one(history: &History, task_type: usize, settings: &Settings, today: i64) -> Self {
        let there = task_type < history.task_types().len();
        Self::of_tasks(history, there.then_some(task_type), settings, today)
    }

    fn of_tasks(
        history: &History,
        tasks: impl IntoIterator<Item = usize>,
        settings: &Settings,
        today: i64,
    ) -> Self {
        let seen_from = history.seen_from(today);
        let limit = usize::try_from(settings.history_limit).unwrap_or(usize::MAX);
        let tasks: Vec<TaskPreview> = tasks
            .into_iter()
            .map(|task_type| {
                let ranking = Ranking::of(history, task_type, settings, seen_from);
                let curves = ranking
                    .agents
                    .iter()
                    .map(|agent| Curve::of(history.latest(agent.agent, task_type, limit)))
                    .collect();
                TaskPreview { ranking, curves }
            })
            .collect();
        let notes = notes(history, settings, &tasks);
        Self {
            tasks,
            sample: history.is_sample(),
            seen_from,
            notes,
        }
    }

    /// The preview of one kind of task, by its name.
    #[must_use]
    pub fn task(&self, task_type: &str) -> Option<&TaskPreview> {
        self.tasks
            .iter()
            .find(|task| task.ranking.task_type == task_type)
    }

    /// Who moved since an earlier preview, by kind of task; kinds that only one of them has are left out.
    #[must_use]
    pub fn moves_since(&self, earlier: &Self) -> Vec<(String, Vec<Moved>)> {
        self.tasks
            .iter()
            .filter_map(|task| {
                let name = &task.ranking.task_type;
                let moved = moves(&earlier.task(name)?.ranking, &task.ranking);
                (!moved.is_empty()).then(|| (name.clone(), moved))
            })
            .collect()
    }
}

fn notes(history: &History, settings: &Settings, tasks: &[TaskPreview]) -> Vec<String> {
    let mut notes = Vec::new();
    if history.is_sample() {
        notes.push(
            "The history is a sample that comes with the program; import your own to see your agents."
                .to_owned(),
        );
    }
    if tasks.is_empty() {
        notes.push(words::EMPTY.to_owned());
    }
    if !settings.learning {
        notes.push("Learning is off: agents are ranked by load alone.".to_owned());
    } else if tasks
        .iter()
        .flat_map(|task| &task.ranking.agents)
        .any(|agent| agent.basis == Basis::NoHistory)
    {
        notes.push(
            "Agents that never did a kind of task are ranked there by load alone.".to_owned(),
        );
    }
    if history
        .agents()
        .iter()
        .all(|agent| agent.in_flight.is_none())
        && !tasks.is_empty()
    {
        notes.push(
            "The history does not say how busy the agents are: all count as idle.".to_owned(),
        );
    }
    notes
}
