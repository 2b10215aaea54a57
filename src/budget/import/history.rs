//! What agents did, from CSV or JSON: the operator's own, or the sample that comes with the program.
//! Leaves to others: what follows from it (`scoring`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::found::Found;
use super::number::{self, Count};
use super::table::{self, Column, Row, Shape, shown};
use super::{File, Import};
use crate::budget::scoring::{Agent, History, Moment, NamedRun};

const SAMPLE: &str = include_str!("../../../assets/history/sample.csv");

const IN_FLIGHT: Count = Count {
    name: "in_flight",
    most: 100_000,
    example: 3,
};

/// More agents, or more kinds of task, are no list that anybody reads.
const MOST_AGENTS: usize = 500;
const MOST_TASK_TYPES: usize = 100;

/// Longer executions are no executions, in seconds: a year.
const LONGEST: f64 = 366.0 * 86_400.0;

const AGENT: usize = 0;
const TASK_TYPE: usize = 1;
const WHEN: usize = 2;
const SUCCESS: usize = 3;
const SECONDS: usize = 4;
const TASKS: usize = 5;

const SHAPE: Shape = Shape {
    list: "executions",
    columns: &[
        Column {
            name: "agent",
            also: &["agent_id"],
            required: true,
        },
        Column {
            name: "task_type",
            also: &["task", "type"],
            required: true,
        },
        Column {
            name: "when",
            also: &["day", "date", "time", "timestamp", "executed_at"],
            required: true,
        },
        Column {
            name: "success",
            also: &["succeeded", "outcome"],
            required: true,
        },
        Column {
            name: "seconds",
            also: &["duration", "duration_s", "duration_seconds"],
            required: false,
        },
        Column {
            name: IN_FLIGHT.name,
            also: &["tasks_in_flight"],
            required: false,
        },
    ],
    example: "agent,task_type,when,success,seconds,in_flight",
};

/// The history that comes with the program. Everything that rests on it is marked `sample`.
#[must_use]
pub fn sample() -> History {
    let file = File {
        name: Path::new("assets/history/sample.csv"),
        bytes: SAMPLE.as_bytes(),
    };
    read(&file, true).value.unwrap_or_default()
}

/// Reads executions from CSV or JSON: one line, or one object of the list `executions`, each. A line that holds an agent
/// and no execution says that there is such an agent, and how many tasks it holds.
#[must_use]
pub fn history(file: &File<'_>) -> Import<History> {
    read(file, false)
}

fn read(file: &File<'_>, sample: bool) -> Import<History> {
    let mut found = Found::in_file(file.name);
    let rows = table::rows(file, &SHAPE, &mut found);
    let mut agents = Agents::default();
    let mut runs = Vec::new();
    let mut moments: HashMap<(String, String, Moment), usize> = HashMap::new();
    for row in &rows {
        let Some(agent) = agents.of(row, &mut found) else {
            continue;
        };
        let only_agent = [TASK_TYPE, WHEN, SUCCESS]
            .iter()
            .all(|column| row.get(*column).is_none());
        if only_agent {
            continue;
        }
        let Some(run) = run(row, agent, &mut found) else {
            continue;
        };
        // Several executions on one day are usual, two at one moment are one that is given twice.
        if run.when.has_time() {
            let key = (run.agent.clone(), run.task_type.clone(), run.when);
            if let Some(first) = moments.insert(key, row.line) {
                found.error(
                    row.line,
                    format!("This execution is on line {first} already."),
                    "Give each execution once.",
                );
            }
        }
        runs.push(run);
    }
    let task_types: BTreeSet<&str> = runs.iter().map(|run| run.task_type.as_str()).collect();
    for (count, most, what) in [
        (agents.0.len(), MOST_AGENTS, "agents"),
        (task_types.len(), MOST_TASK_TYPES, "kinds of task"),
    ] {
        if count > most {
            found.error(
                None,
                format!("The file names {count} {what}; at most {most} are read."),
                "Is the right column read?",
            );
        }
    }
    let history = History::new(agents.listed(), runs, sample);
    Import::whole(Some(history), found.problems())
}

/// The agents met so far, with the tasks that each holds and the line that said so.
#[derive(Default)]
struct Agents(BTreeMap<String, Option<(u32, usize)>>);

impl Agents {
    fn of(&mut self, row: &Row, found: &mut Found<'_>) -> Option<String> {
        let agent = text(row, AGENT, "developer-1", found)?;
        let known = self.0.entry(agent.clone()).or_default();
        if let Some(tasks) = row.get(TASKS) {
            let tasks = match IN_FLIGHT.read(tasks) {
                Ok(tasks) => u32::try_from(tasks).unwrap_or(u32::MAX),
                Err((message, hint)) => {
                    found.error(row.line, message, &hint);
                    return None;
                }
            };
            match *known {
                Some((other, line)) if other != tasks => found.error(
                    row.line,
                    format!(
                        "{} holds {tasks} tasks here, and {other} on line {line}.",
                        shown(&agent)
                    ),
                    "in_flight is what it holds now: give it once, or everywhere alike.",
                ),
                Some(_) => {}
                None => *known = Some((tasks, row.line)),
            }
        }
        Some(agent)
    }

    fn listed(self) -> Vec<Agent> {
        self.0
            .into_iter()
            .map(|(name, tasks)| Agent {
                name,
                in_flight: tasks.map(|(tasks, _)| tasks),
            })
            .collect()
    }
}

fn run(row: &Row, agent: String, found: &mut Found<'_>) -> Option<NamedRun> {
    let task_type = text(row, TASK_TYPE, "code-review", found);
    let when = text(row, WHEN, "2026-11-21", found).and_then(|text| {
        let moment = Moment::parse(&text);
        if moment.is_none() {
            found.error(
                row.line,
                format!("when is {}, neither a day nor a moment.", shown(&text)),
                "Write 2026-11-21 or 2026-11-21T10:30:00Z.",
            );
        }
        moment
    });
    let success = text(row, SUCCESS, "true", found).and_then(|text| {
        let truth = outcome(&text);
        if truth.is_none() {
            found.error(
                row.line,
                format!("success is {}, neither true nor false.", shown(&text)),
                "Write true or false.",
            );
        }
        truth
    });
    let seconds = match row.get(SECONDS) {
        None => None,
        Some(text) => match text.parse::<f64>() {
            Ok(seconds) if (0.0..=LONGEST).contains(&seconds) => Some(seconds),
            _ => {
                found.error(
                    row.line,
                    format!("seconds is {}, not how long a task takes.", shown(text)),
                    "Give a number from 0 to 31622400, for example 42.5, or leave it out.",
                );
                return None;
            }
        },
    };
    Some(NamedRun {
        agent,
        task_type: task_type?,
        when: when?,
        success: success?,
        seconds,
    })
}

fn text(row: &Row, column: usize, example: &str, found: &mut Found<'_>) -> Option<String> {
    let called = SHAPE.columns[column].name;
    let Some(text) = row.get(column) else {
        let hint = format!("Write for example {example}.");
        found.error(row.line, format!("{called} is missing here."), &hint);
        return None;
    };
    number::name(called, text)
        .map_err(|(message, hint)| found.error(row.line, message, &hint))
        .ok()
}

fn outcome(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "ok" | "success" | "succeeded" => Some(true),
        "false" | "no" | "0" | "failed" | "failure" | "error" => Some(false),
        _ => None,
    }
}
