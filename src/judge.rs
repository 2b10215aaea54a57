//! Asks the Nickel child and waits: for the schema, for a profile alone, for a whole composition.
//! Leaves to others: what the values are and how problems are told (`cli`, `plain`); the screens never wait (`tui`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use crate::answers::Said;
use crate::compose::{Composition, Inputs, Step};
use crate::config::{Config, Overlay, Verdict};
use crate::form::Form;
use crate::nickel::texts::PROFILES;
use crate::nickel::{CHILD_VERB, Client, Reply, Slot, Texts};
use crate::problem::{Problem, Severity};
use crate::process;
use crate::schema::{FieldPath, Schema};
use crate::value::Value;
use crate::workspace::Workspace;

/// A child that loads the schema meanwhile.
#[derive(Debug)]
pub struct Starting {
    client: Client,
    replies: Receiver<Reply>,
}

/// A child that answers.
#[derive(Debug)]
pub struct Judge {
    client: Client,
    replies: Receiver<Reply>,
    schema: Arc<Schema>,
    load_problems: Vec<Problem>,
    ticket: u64,
}

/// A composition with the fields that the form hides.
#[derive(Debug)]
pub struct Judged {
    pub config: Config,
    pub hidden: BTreeSet<FieldPath>,
}

/// Starts the child; it loads while the caller reads files.
#[must_use]
pub fn start(workspace: &Workspace) -> Starting {
    let (sender, replies) = mpsc::channel();
    let client = Client::start(
        Box::new(|| process::start_self(CHILD_VERB)),
        Texts::read(workspace),
        // Nobody listens any more only when the verb is over.
        move |reply| drop(sender.send(reply)),
    );
    Starting { client, replies }
}

impl Starting {
    /// Waits for the schema.
    ///
    /// # Errors
    /// The problems when the child is lost, or has no schema to judge by.
    pub fn ready(self) -> Result<Judge, Vec<Problem>> {
        let Self { client, replies } = self;
        match replies.recv() {
            Ok(Reply::Schema {
                schema, problems, ..
            }) if !schema.is_empty() => Ok(Judge {
                client,
                replies,
                schema,
                load_problems: problems,
                ticket: 0,
            }),
            Ok(Reply::Schema { mut problems, .. }) => {
                if problems.is_empty() {
                    problems.push(Problem::error("The schema has no settings."));
                }
                Err(problems)
            }
            Ok(Reply::Lost { problem, .. }) => Err(vec![lost(problem)]),
            Ok(Reply::Verdict { .. }) | Err(_) => Err(vec![gone()]),
        }
    }
}

impl Judge {
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// What was wrong with schema and profiles when they were loaded. Of profiles only the given one counts.
    ///
    /// # Errors
    /// The problems, when there is an error among them: nothing can be judged by a schema that is wrong itself.
    pub fn sound(&self, profile: Option<&str>) -> Result<Vec<Problem>, Vec<Problem>> {
        let concerns = |problem: &&Problem| {
            let file = problem.place.as_ref().map(|place| place.file.as_path());
            file.and_then(profile_of)
                .is_none_or(|of| Some(of) == profile)
        };
        let problems: Vec<Problem> = self
            .load_problems
            .iter()
            .filter(concerns)
            .cloned()
            .collect();
        if problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
        {
            return Err(problems);
        }
        Ok(problems)
    }

    /// The profile alone; without one the schema alone.
    ///
    /// # Errors
    /// Problems when the child is lost or the profile is none.
    pub fn alone<'p>(
        &mut self,
        profile: impl Into<Option<&'p str>>,
    ) -> Result<Config, Vec<Problem>> {
        let nothing = Overlay::new();
        let verdict = self.ask(Slot::Baseline, profile.into(), &nothing)?;
        Ok(Config::new(&self.schema, &nothing, verdict, None))
    }

    /// What is in force, asked until the hidden fields stand still. What a base shares with the profile it was
    /// written on follows the profile.
    ///
    /// # Errors
    /// Problems when the child is lost or the profile is none.
    pub fn compose(
        &mut self,
        form: &Form,
        said: &Said,
        environment: &BTreeMap<FieldPath, Value>,
    ) -> Result<Judged, Vec<Problem>> {
        let schema = Arc::clone(&self.schema);
        let written_on = said.base.as_ref().and_then(|base| base.profile.as_deref());
        // A profile that cannot be judged has no values that a file could share with it.
        let base_profile = written_on.and_then(|profile| self.alone(profile).ok());
        let inputs = Inputs {
            schema: &schema,
            form,
            said,
            environment,
            typing: None,
            profile: None,
            base_profile: base_profile.as_ref(),
        };
        self.settle(&inputs)
    }

    /// As [`Judge::compose`], with everything that a composition reads.
    ///
    /// # Errors
    /// Problems when the child is lost or the profile is none.
    pub fn settle(&mut self, inputs: &Inputs) -> Result<Judged, Vec<Problem>> {
        let said = inputs.said;
        let mut composition = Composition::default();
        let mut overlay = composition.begin(inputs).clone();
        loop {
            let verdict = self.ask(Slot::InForce, said.profile.as_deref(), &overlay)?;
            match composition.settle(inputs, verdict) {
                Step::Again(next) => overlay = next,
                Step::Done(config) => {
                    let hidden = composition.hidden().clone();
                    return Ok(Judged { config, hidden });
                }
            }
        }
    }

    fn ask(
        &mut self,
        slot: Slot,
        profile: Option<&str>,
        overlay: &Overlay,
    ) -> Result<Verdict, Vec<Problem>> {
        self.ticket += 1;
        // A child that died while nothing was asked is replaced by the question; what was said of it is over.
        while self.replies.try_recv().is_ok() {}
        self.client.evaluate(slot, self.ticket, profile, overlay);
        loop {
            match self.replies.recv() {
                Ok(Reply::Verdict {
                    ticket, verdict, ..
                }) if ticket == self.ticket => return self.by_a_profile(verdict),
                Ok(Reply::Lost { problem, .. }) => return Err(vec![lost(problem)]),
                Ok(Reply::Verdict { .. } | Reply::Schema { .. }) => {}
                Err(_) => return Err(vec![gone()]),
            }
        }
    }

    /// Without its profile a verdict is about something else: a profile that does not load, or whose sections are
    /// none, is no ground to judge on. A single wrong value of it is.
    fn by_a_profile(&self, verdict: Verdict) -> Result<Verdict, Vec<Problem>> {
        let of_a_profile = |problem: &&Problem| {
            let field = problem
                .path
                .as_ref()
                .and_then(|path| self.schema.get(path.as_str()));
            let file = problem.place.as_ref().map(|place| place.file.as_path());
            field.is_none() && file.and_then(profile_of).is_some()
        };
        let faults: Vec<Problem> = verdict
            .problems
            .iter()
            .filter(of_a_profile)
            .cloned()
            .collect();
        if faults.is_empty() {
            Ok(verdict)
        } else {
            Err(faults)
        }
    }
}

/// The name of the profile that a file holds.
fn profile_of(file: &Path) -> Option<&str> {
    let is_profile = file.parent()?.file_name()? == PROFILES;
    is_profile.then(|| file.file_stem()?.to_str()).flatten()
}

/// The client's hint speaks of keys of the wizard, unless it names the file to mend.
fn lost(problem: Problem) -> Problem {
    if problem.place.is_some() {
        return problem;
    }
    problem.hint(
        "Try again. If it stays so, a schema or profile of the workspace may compute without end.",
    )
}

fn gone() -> Problem {
    lost(Problem::error("The schema's process ended."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_known_by_its_file() {
        for (file, expected) in [
            ("profiles/solo.ncl", Some("solo")),
            ("/srv/w/profiles/own.ncl", Some("own")),
            ("assets/schemas/vapora/main.ncl", None),
            ("solo.ncl", None),
        ] {
            assert_eq!(profile_of(Path::new(file)), expected, "{file}");
        }
    }
}
