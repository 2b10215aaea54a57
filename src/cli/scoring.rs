//! `scoring`: how agents are ranked under a configuration, as the screen previews it.
//! Leaves to others: formula, moves and words (`budget::scoring`), what follows from the sources (`sources`).

mod import;
mod tables;

use std::path::Path;

use serde_json::{Value as Json, json};

use super::args::format::Format;
use super::args::scoring::{Scoring, ScoringVerb};
use super::baseline;
use super::sources::{self, Composed};
use super::{Answer, Cannot, Place, answer, caution, one, print};
use crate::budget::history_in_use::{InUse, date};
use crate::budget::import::{self as importing, File};
use crate::budget::scoring::{Preview, Settings, TaskPreview};
use crate::problem::{self, Counts, Problem};
use crate::report;
use crate::store;

pub(super) fn run(flags: &Scoring, place: &Place) -> Result<Answer, Cannot> {
    if let Some(ScoringVerb::Import(flags)) = &flags.verb {
        return import::run(flags, place);
    }
    let history = history(flags.history.as_deref(), place)?;
    if let Some(wanted) = &flags.task {
        known(wanted, &history).map_err(one)?;
    }
    let Composed {
        mut judge,
        profile,
        config,
        told,
        ..
    } = sources::compose(&flags.sources, None, place)?;
    print::tell(&told);
    let against = match &flags.baseline {
        Some(named) => baseline::config(named, &profile, &mut judge, place)?,
        None => (format!("profile {profile}"), judge.alone(profile.as_str())?),
    };
    let reading = Settings::of(&config);
    let Some(settings) = reading.settings else {
        return Err(reading.problems);
    };
    // A baseline that cannot be ranked leaves nobody to have moved.
    let baseline = Settings::of(&against.1);
    if baseline.settings.is_none() {
        print::message(&format!("Nobody is ranked under {}.\n", against.0));
        print::tell_by_place(&baseline.problems);
    }
    print::tell_by_place(&history.problems);
    let today = i64::from(store::today().number());
    let preview = |settings: &Settings| Preview::of(&history.history, settings, today);
    let report = Report {
        preview: preview(&settings),
        settings,
        before: baseline
            .settings
            .map(|settings| (preview(&settings), settings)),
        against: against.0,
        history,
        profile,
        only: flags.task.clone(),
    };
    match flags.printed.format {
        Format::Human => print::text(&tables::text(&report)),
        Format::Json => print::result(&report::text(&tables::json(&report))),
    }
    .map_err(one)?;
    let counts = Counts::of(told.iter().map(|told| &told.problem));
    Ok(answer(caution(false), counts))
}

/// Everything that is printed.
struct Report {
    history: InUse,
    profile: String,
    settings: Settings,
    preview: Preview,
    /// What it is compared with: nothing where agents cannot be ranked under it.
    before: Option<(Preview, Settings)>,
    against: String,
    /// The one kind of task that is asked for.
    only: Option<String>,
}

impl Report {
    fn tasks(&self) -> impl Iterator<Item = &TaskPreview> {
        let wanted = |task: &&TaskPreview| {
            let only = self.only.as_ref();
            only.is_none_or(|only| *only == task.ranking.task_type)
        };
        self.preview.tasks.iter().filter(wanted)
    }

    fn history(&self) -> Json {
        json!({
            "name": self.history.name(),
            "sample": self.preview.sample,
            "seen_from": date(self.preview.seen_from).to_string(),
        })
    }
}

/// The history that is named, else the one in use.
fn history(named: Option<&Path>, place: &Place) -> Result<InUse, Cannot> {
    let Some(named) = named else {
        return Ok(InUse::of(&place.workspace));
    };
    let bytes = read(named)?;
    let read = importing::history(&File {
        name: named,
        bytes: &bytes,
    });
    match read.value {
        Some(history) => Ok(InUse {
            history,
            file: Some(named.to_owned()),
            problems: read.problems,
        }),
        None => Err(read.problems),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Cannot> {
    let found = store::read(file).map_err(one)?;
    let missing = || {
        let problem = Problem::error("There is no such file.");
        one(problem
            .hint("Give the path of a file of executions: CSV or JSON.")
            .in_file(file, None))
    };
    Ok(found.ok_or_else(missing)?.bytes)
}

fn known(wanted: &str, history: &InUse) -> Result<(), Problem> {
    let tasks = history.history.task_types();
    if tasks.iter().any(|task| task == wanted) {
        return Ok(());
    }
    let shown = crate::clean::line(wanted);
    let message = format!("The history knows no task of the kind {shown}.");
    let near = problem::nearest(wanted, tasks.iter().map(String::as_str));
    let hint = match near {
        Some(near) => format!("Did you mean {near}?"),
        None if tasks.is_empty() => "It holds no executions; import some first.".to_owned(),
        None => format!("It knows {}.", tasks.join(", ")),
    };
    Err(Problem::error(message).hint(hint))
}
