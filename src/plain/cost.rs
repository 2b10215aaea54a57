//! What it will cost, in line mode: a line with the total after each change, and the whole forecast with the word
//! `budget`. Leaves to others: figures and words (`budget` of the core).

use super::dialog::Dialog;
use super::panels::told;
use super::session::Session;
use crate::budget::headline::{self, Of};
use crate::budget::{Forecast, Inputs, Settings, Start, Workload, report};
use crate::config::Config;
use crate::own_folder;
use crate::problem::Problem;
use crate::store;
use crate::workspace::Workspace;

/// What forecasts rest on, read once.
#[derive(Debug)]
pub struct Cost {
    inputs: Inputs,
    start: Start,
}

impl Cost {
    pub fn read(workspace: &Workspace) -> Self {
        Self {
            inputs: Inputs::read(workspace, own_folder::folder().as_deref()),
            start: Start::this_month(store::today()),
        }
    }

    fn forecast(&self, config: &Config, workload: &Workload) -> Forecast {
        let settings = Settings::of(config);
        Forecast::of(&settings, workload, &self.inputs.prices, self.start)
    }
}

impl Session {
    /// The workload in use, and the warning when a preset names one that is not there.
    fn workload(&self) -> Option<(String, Option<Problem>)> {
        let base = self.answers.said().base.as_ref();
        let preset = base.and_then(|base| base.preset.as_ref());
        let named = preset.and_then(|preset| preset.workload.as_deref());
        Some(self.cost.inputs.in_use(named, self.profile()?))
    }

    /// The total as the header of the full screen has it; nothing before there is a verdict.
    fn total(&self) -> Option<String> {
        let config = self.config.as_ref()?;
        let (name, _) = self.workload()?;
        let Some(workload) = self.cost.inputs.workload(&name) else {
            return Some(headline::NO_WORKLOAD.to_owned());
        };
        let forecast = self.cost.forecast(config, workload);
        if let Some(path) = wrong(&forecast.settings) {
            return Some(headline::not_known(&path.to_string()));
        }
        let [total, _] = headline::lengths(&forecast, Of::Now);
        Some(total)
    }
}

fn wrong(settings: &Settings) -> Option<&crate::path::FieldPath> {
    let mut problems = settings.problems.iter();
    problems.find_map(|problem| problem.path.as_ref())
}

impl Dialog {
    /// One line, after a change.
    pub(super) fn tell_total(&mut self) {
        if let Some(total) = self.session.total() {
            self.talk.say(&total);
        }
    }

    /// The whole forecast, against the profile.
    pub(super) fn budget(&mut self) {
        let session = &self.session;
        let (Some(config), Some((name, unknown))) = (&session.config, session.workload()) else {
            return self.talk.say("Nothing to forecast yet.");
        };
        let cost = &session.cost;
        let Some(workload) = cost.inputs.workload(&name) else {
            return self.talk.say(&headline::no_workload(Some(&name)));
        };
        let forecast = cost.forecast(config, workload);
        let profile = session.profile().unwrap_or_default();
        let mut text = report::forecast(&forecast, "What is in force", &name);
        if let Some(profile_alone) = session.baseline() {
            let before = cost.forecast(profile_alone, workload);
            text.push('\n');
            let against = format!("profile {profile}");
            text += &report::changes_between(&before, &forecast, &against);
        }
        let read = cost.inputs.workloads.get(&name);
        let read = read.into_iter().flat_map(|read| &read.problems);
        let problems = unknown.iter().chain(&cost.inputs.problems).chain(read);
        for problem in problems.chain(&forecast.warnings) {
            text += &told(problem);
            text.push('\n');
        }
        self.talk.say(text.trim_end());
    }
}
