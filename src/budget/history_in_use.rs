//! The history that agents are ranked by: the workspace's own, else the sample that comes with the program; and the text
//! in which an imported one is kept. Leaves to others: reading lines (`import`), writing the file (`store`).

use std::path::{Path, PathBuf};

use csv::Writer;

use super::import::{self, File};
use super::scoring::{History, Moment};
use crate::form::date::Date;
use crate::problem::{Problem, counted};
use crate::value;
use crate::workspace::Workspace;

/// Where a workspace keeps its own.
pub const FILE: &str = "assets/history/history.csv";

/// What says that it is the shipped one.
pub const SAMPLE: &str = "sample";

/// A history, where it is from, and what is wrong with the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InUse {
    pub history: History,
    /// `None` for the sample.
    pub file: Option<PathBuf>,
    pub problems: Vec<Problem>,
}

impl InUse {
    /// The workspace's own; the sample when there is none, or when nothing of it can be read, which is a problem then.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let found = match workspace.source(FILE) {
            Ok(Some(found)) => found,
            Ok(None) => return Self::sample(Vec::new()),
            Err(problem) => return Self::sample(vec![problem]),
        };
        let read = import::history(&File {
            name: &found.file,
            bytes: found.text.as_bytes(),
        });
        match read.value {
            Some(history) => Self {
                history,
                file: Some(PathBuf::from(FILE)),
                problems: read.problems,
            },
            None => Self::sample(read.problems),
        }
    }

    fn sample(problems: Vec<Problem>) -> Self {
        Self {
            history: import::sample(),
            file: None,
            problems,
        }
    }

    /// `sample`, or the name of the file.
    #[must_use]
    pub fn name(&self) -> String {
        let file = self.file.as_deref().and_then(Path::file_name);
        file.map_or_else(
            || SAMPLE.to_owned(),
            |name| crate::clean::line(&name.to_string_lossy()),
        )
    }
}

/// `12 agents, 5 kinds of task, 1042 executions from 2026-09-22 to 2026-11-20`.
#[must_use]
pub fn in_words(history: &History) -> String {
    let tasks = match history.task_types().len() {
        1 => "1 kind of task".to_owned(),
        n => format!("{n} kinds of task"),
    };
    let days = history.runs().iter().map(|run| run.when.day());
    let span = match (days.clone().min(), days.max()) {
        (Some(first), Some(last)) => format!(" from {} to {}", date(first), date(last)),
        _ => String::new(),
    };
    format!(
        "{}, {tasks}, {}{span}",
        counted(history.agents().len(), "agent"),
        counted(history.runs().len(), "execution"),
    )
}

/// The day so many days after 1970-01-01.
#[must_use]
pub fn date(day: i64) -> Date {
    let days = i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX });
    Date::EPOCH.plus(days)
}

/// The history as the text of [`FILE`]; read again it is the same history, but for being no sample.
///
/// # Errors
/// A problem when it cannot be written as CSV.
pub fn text(history: &History) -> Result<String, Problem> {
    let wrong = |error: String| Problem::error(format!("The history is no CSV: {error}."));
    let mut writer = Writer::from_writer(Vec::new());
    let mut line = |cells: [&str; 6]| writer.write_record(cells);
    let mut lines = || -> Result<(), csv::Error> {
        line([
            "agent",
            "task_type",
            "when",
            "success",
            "seconds",
            "in_flight",
        ])?;
        for agent in history.agents() {
            let tasks = agent.in_flight.map(|tasks| tasks.to_string());
            line([&agent.name, "", "", "", "", &tasks.unwrap_or_default()])?;
        }
        for run in history.runs() {
            let agent = history.agents().get(run.agent);
            let task_type = history.task_types().get(run.task_type);
            let (Some(agent), Some(task_type)) = (agent, task_type) else {
                continue;
            };
            let success = if run.success { "true" } else { "false" };
            let seconds = run.seconds.map(value::decimal).unwrap_or_default();
            line([
                &agent.name,
                task_type,
                &moment(run.when),
                success,
                &seconds,
                "",
            ])?;
        }
        Ok(())
    };
    lines().map_err(|error| wrong(error.to_string()))?;
    let bytes = writer
        .into_inner()
        .map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))
}

fn moment(when: Moment) -> String {
    let day = date(when.day());
    match when.time() {
        Some((hours, minutes, seconds)) => {
            format!("{day}T{hours:02}:{minutes:02}:{seconds:02}Z")
        }
        None => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(text: &str) -> History {
        let file = File {
            name: Path::new("h.csv"),
            bytes: text.as_bytes(),
        };
        let read = import::history(&file);
        assert_eq!(read.problems, []);
        read.value.unwrap()
    }

    #[test]
    fn what_is_kept_is_read_again_as_it_was() {
        let given = "agent,task_type,when,success,seconds,in_flight\n\
                     idle,,,,,0\n\
                     unknown,,,,,\n\
                     \"a, b\",code-review,2026-11-20T23:30:09-01:00,true,42.5,3\n\
                     a,\"code \"\"x\"\"\",2026-11-20,no,,\n";
        let history = read(given);
        let kept = text(&history).unwrap();
        assert!(kept.contains("\"a, b\",code-review,2026-11-21T00:30:09Z,true,42.5,\n"));
        assert_eq!(read(&kept), history);
        assert_eq!(text(&read(&kept)).unwrap(), kept);
        assert_eq!(
            in_words(&history),
            "4 agents, 2 kinds of task, 2 executions from 2026-11-20 to 2026-11-21"
        );
        let sample = import::sample();
        let again = read(&text(&sample).unwrap());
        assert!(!again.is_sample());
        assert_eq!(
            (again.agents(), again.runs()),
            (sample.agents(), sample.runs())
        );
    }

    #[test]
    fn the_workspaces_own_stands_over_the_sample() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let found = InUse::of(&workspace);
        assert_eq!((found.name().as_str(), found.problems.len()), ("sample", 0));
        assert!(found.history.is_sample());
        let file = folder.path().join(FILE);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "agent,task_type,when,success\na,t,2026-11-20,true\n").unwrap();
        let found = InUse::of(&workspace);
        assert_eq!(found.name(), "history.csv");
        assert_eq!(found.history.agents().len(), 1);
        assert!(!found.history.is_sample());
        // A file with a mistake is not half used: the sample shows, and the line is named.
        fs::write(
            &file,
            "agent,task_type,when,success\na,t,2026-11-20,perhaps\n",
        )
        .unwrap();
        let found = InUse::of(&workspace);
        assert_eq!(found.name(), "sample");
        assert_eq!(found.problems[0].place.as_ref().unwrap().line, Some(2));
    }
}
