//! What is said and what is in force: the same core as behind the screens, waited for instead of called back.
//! Leaves to others: every word of the conversation (`dialog`, `panels`, `field`, `review`).

mod first_write;
mod meanwhile;
mod output;
mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Options;
use super::cost::Cost;
use crate::answers::{Answers, Change, Said};
use crate::belongs::{self, Likeness};
use crate::caution::Caution;
use crate::check;
use crate::claiming::{Claiming, Other};
use crate::clean;
use crate::compose::Inputs;
use crate::config::Config;
use crate::environment;
use crate::files;
use crate::form::{self, Form};
use crate::judge::{self, Judge};
use crate::meanwhile::Known;
use crate::problem::Problem;
use crate::profile::{self, Profile};
use crate::schema::{FieldPath, Schema};
use crate::standing::Standing;
use crate::store;
use crate::value::Value;
use crate::what_counts::WhatCounts;
use crate::workspace::Workspace;
use crate::writes_to::{Output, WritesTo};

/// The state.
#[derive(Debug)]
pub struct Session {
    pub caution: Caution,
    pub here: PathBuf,
    pub workspace: Workspace,
    pub output: PathBuf,
    /// Was `output` named on the command line? Then opening a file does not change it.
    pub output_named: bool,
    /// Files of the workspace that stand in for shipped ones.
    pub overrides: Vec<String>,
    pub form: Form,
    pub profiles: Vec<Profile>,
    pub answers: Answers,
    pub config: Option<Config>,
    pub hidden: BTreeSet<FieldPath>,
    /// What forecasts rest on.
    pub(super) cost: Cost,
    judge: Judge,
    environment: BTreeMap<FieldPath, Value>,
    /// Of forms, profiles and environment; they stay until they are mended outside.
    problems: Vec<Problem>,
    /// Why the last judgement is missing.
    lost: Vec<Problem>,
    alone: BTreeMap<String, Config>,
    opened: files::History,
    saved: Said,
    /// The output file as last read or written.
    loaded: Option<store::Found>,
    /// Which opened files took the output over, for undo.
    writes_to: WritesTo,
    /// What else is known of the output file.
    known: Known,
    claiming: Claiming,
    /// Who else was told to have it open.
    told: Option<Other>,
}

impl Session {
    /// Reads everything and waits for the schema.
    ///
    /// # Errors
    /// The problems, when there is no workspace or no schema to judge by.
    pub fn begin(options: &Options, here: PathBuf) -> Result<Self, Vec<Problem>> {
        let workspace = workspace(options, &here).map_err(|problem| vec![problem])?;
        let starting = judge::start(&workspace);
        let (mut form, mut of_form) = form::load::load(&workspace);
        let (profiles, mut problems) = profile::all(&workspace);
        let judge = starting.ready()?;
        of_form.extend(check::form_against_schema(&form, judge.schema()));
        problems.splice(0..0, form::warned(of_form));
        form.take_docs(judge.schema());
        let (environment, wrong) = environment::settings(judge.schema());
        problems.extend(wrong);
        for place in problems
            .iter_mut()
            .filter_map(|problem| problem.place.as_mut())
        {
            // As the operator would type it.
            if let Ok(short) = place.file.strip_prefix(&here) {
                place.file = short.to_owned();
            }
        }
        let named = options.output.as_ref().map(|output| here.join(output));
        let output_named = named.is_some();
        let output = named.unwrap_or_else(|| workspace.output_file());
        if !options.caution.readonly {
            store::clean_stale(&output);
        }
        let known = Known::of(&output, output.exists());
        let cost = Cost::read(&workspace);
        Ok(Self {
            cost,
            known,
            claiming: Claiming::default(),
            told: None,
            caution: options.caution,
            output_named,
            output,
            overrides: workspace.overrides(),
            workspace,
            here,
            form,
            profiles,
            answers: Answers::default(),
            config: None,
            hidden: BTreeSet::new(),
            judge,
            environment,
            problems,
            lost: Vec::new(),
            alone: BTreeMap::new(),
            opened: Vec::new(),
            saved: Said::default(),
            loaded: None,
            writes_to: WritesTo::default(),
        })
    }

    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        self.judge.schema()
    }

    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.answers.said().profile.as_deref()
    }

    /// The profile alone, when it was judged.
    #[must_use]
    pub fn baseline(&self) -> Option<&Config> {
        self.alone.get(self.profile()?)
    }

    /// Judges what is said now. What cannot be judged keeps its last verdict, and `lost` says why.
    pub fn judge(&mut self) {
        let said = self.answers.said();
        let base_profile = said.base.as_ref().and_then(|base| base.profile.clone());
        let profile = said.profile.clone();
        self.lost.clear();
        for name in profile.iter().chain(&base_profile) {
            if let Err(problems) = self.alone(name) {
                self.lost = problems;
                return;
            }
        }
        if let Err(problems) = self.judge.sound(profile.as_deref()) {
            self.lost = problems;
            return;
        }
        let schema = Arc::clone(self.judge.schema());
        let alone = |name: &Option<String>| self.alone.get(name.as_ref()?);
        let inputs = Inputs {
            schema: &schema,
            form: &self.form,
            said: self.answers.said(),
            environment: &self.environment,
            typing: None,
            profile: alone(&profile),
            base_profile: alone(&base_profile),
        };
        match self.judge.settle(&inputs) {
            Ok(judged) => {
                self.config = Some(judged.config);
                self.hidden = judged.hidden;
            }
            Err(problems) => self.lost = problems,
        }
    }

    fn alone(&mut self, profile: &str) -> Result<(), Vec<Problem>> {
        if !self.alone.contains_key(profile) {
            let config = self.judge.alone(profile)?;
            self.alone.insert(profile.to_owned(), config);
        }
        Ok(())
    }

    /// Says or, with `None`, takes back the answer for a setting.
    pub fn say(&mut self, path: &FieldPath, value: Option<Value>) {
        self.answers.say(path, value);
        self.judge();
    }

    /// Another profile. Before anything else was said it is where undo ends.
    pub fn choose_profile(&mut self, name: &str) {
        if self.profile().is_none() {
            let mut said = self.answers.said().clone();
            said.profile = Some(name.to_owned());
            self.begin_with(said);
        } else {
            self.answers.choose_profile(name);
            self.judge();
        }
    }

    fn begin_with(&mut self, said: Said) {
        self.saved = said.clone();
        self.answers = Answers::start(said);
        self.judge();
    }

    /// Reads a file and lays its values under the answers; gives the mode that it names when that is no profile.
    /// A file that is only a base leaves the output where it is.
    ///
    /// # Errors
    /// When there is none, or it cannot be read at all.
    pub fn open(&mut self, file: &Path, only_base: bool) -> Result<Opened, Problem> {
        let opened = files::open(file, self.judge.schema())?;
        let foreign = match opened.standing {
            Standing::Nothing(problem) => {
                self.writes_elsewhere_than(file);
                return Err(problem);
            }
            Standing::Foreign(words) => {
                self.writes_elsewhere_than(file);
                Some(words)
            }
            Standing::Preset => {
                self.writes_elsewhere_than(file);
                None
            }
            Standing::Ours => None,
        };
        let mode = opened.mode.map(|mode| clean::line(&mode));
        let known = |mode: &String| self.profiles.iter().any(|p| p.name == *mode);
        let mut base = opened.base;
        base.profile = mode.clone().filter(known);
        let base = Arc::new(base);
        let beside = foreign.is_some() || base.preset.is_some();
        let only_base = only_base || self.output_named || beside;
        if !only_base || base.file == self.output {
            self.writes_to.take(&base, self.output_now());
            self.output.clone_from(&base.file);
            self.loaded = Some(opened.found);
        }
        let before = self.answers.said().base.as_ref();
        let reread =
            before.is_some_and(|before| before.file == base.file && before.profile == base.profile);
        let other = base.profile.clone().filter(|named| {
            let now = self.profile();
            !reread && now.is_some_and(|now| now != named)
        });
        let found = Opened {
            foreign,
            other,
            name: base.name(),
            settings: base.values.len(),
            problems: opened.problems.clone(),
            mode: mode.filter(|mode| !known(mode)),
        };
        self.opened.push((Arc::clone(&base), opened.problems));
        if self.profile().is_some() && self.config.is_some() {
            self.answers.open(Some(base));
            self.saved.base.clone_from(&self.answers.said().base);
            self.judge();
        } else {
            let profile = self.profile().map(str::to_owned);
            self.begin_with(Said {
                profile: profile.or_else(|| base.profile.clone()),
                base: Some(base),
                ..Said::default()
            });
        }
        Ok(found)
    }

    /// A file that is not ours is never the place to write because it was named to be opened.
    fn writes_elsewhere_than(&mut self, file: &Path) {
        let output = self.workspace.output_file();
        if self.output == file && output != file {
            self.output = output;
            self.output_named = false;
            self.loaded = None;
        }
    }

    fn output_now(&self) -> Output {
        Output {
            file: self.output.clone(),
            exists: self.output.exists(),
            loaded: self.loaded.clone(),
        }
    }

    /// Takes the last step back, or does it again; the output goes along with the file that is open.
    pub fn history(&mut self, again: bool) -> Option<Change> {
        let left = self.answers.said().base.clone();
        let change = if again {
            self.answers.redo()
        } else {
            self.answers.undo()
        };
        let open = self.answers.said().base.clone();
        let now = self.output_now();
        if let Some(to) = self.writes_to.follow(left.as_ref(), open.as_ref(), &now) {
            self.output = to.file;
            self.loaded = to.loaded;
            self.saved.base.clone_from(&open);
        }
        let known = &self.known;
        if known.follow(left.as_ref(), open.as_ref(), &mut self.loaded) {
            self.saved.base = open;
        }
        change
    }

    /// How far the open file is from each profile, the nearest first. A profile that cannot be judged is left out.
    pub fn likeness(&mut self) -> Vec<Likeness> {
        let Some(base) = self.answers.said().base.clone() else {
            return Vec::new();
        };
        let names: Vec<String> = self.profiles.iter().map(|p| p.name.clone()).collect();
        for name in &names {
            // What is wrong with it is told when it is chosen.
            drop(self.alone(name));
        }
        let judged = names
            .iter()
            .filter_map(|name| Some((name.as_str(), self.alone.get(name)?)));
        belongs::likeness(&base.values, judged)
    }

    /// Is something said that no file holds?
    #[must_use]
    pub fn unsaved(&self) -> bool {
        *self.answers.said() != self.saved
    }

    /// How many answers are not as they were written or opened.
    #[must_use]
    pub fn unsaved_answers(&self) -> usize {
        self.answers.said().unsaved_since(&self.saved)
    }

    /// All problems that count now.
    pub fn counted(&self) -> impl Iterator<Item = &Problem> {
        let counts = WhatCounts {
            judged: self.config.as_ref(),
            standing: &self.problems,
            of_file: self.base_problems(),
            lost: &self.lost,
        };
        counts.all()
    }

    /// What was wrong in the file that is open.
    pub fn base_problems(&self) -> &[Problem] {
        files::problems_of(&self.opened, self.answers.said().base.as_ref())
    }

    /// What the variables of this process set.
    #[must_use]
    pub fn environment(&self) -> &BTreeMap<FieldPath, Value> {
        &self.environment
    }

    /// Why there is no verdict on what was said last.
    #[must_use]
    pub fn lost(&self) -> &[Problem] {
        &self.lost
    }
}

/// What to tell of a file that was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    pub name: String,
    pub settings: usize,
    pub problems: Vec<Problem>,
    /// A mode that is no profile here.
    pub mode: Option<String>,
    /// The profile that the file names, when another one is in force.
    pub other: Option<String>,
    /// Why it is only a base, when it is somebody else's file.
    pub foreign: Option<String>,
}

fn workspace(options: &Options, here: &Path) -> Result<Workspace, Problem> {
    match &options.workspace {
        None => Ok(Workspace::nearest(here)),
        Some(root) if here.join(root).is_dir() => Ok(Workspace::at(here.join(root))),
        Some(root) => Err(Problem::error("There is no such folder.")
            .hint("Name a folder with --workspace, or leave it out for the nearest one.")
            .in_file(root, None)),
    }
}
