//! `check FILE`: what is wrong with a configuration file, each problem on the line it stands on.
//! Leaves to others: reading (`input`), judging (`judge`), printing (`report`).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use super::args::{self, Format};
use super::report::{self, Told};
use super::{Answer, Cannot, Place, answer, caution, judge, print, profiles};
use crate::answers::{Base, Said};
use crate::config::{Config, Origin};
use crate::form::Form;
use crate::input::{self, Opened};
use crate::problem::{Counts, Problem, Severity};
use crate::profile;
use crate::schema::FieldPath;
use crate::store;

/// The setting that names the profile of a file.
pub(super) const MODE: &str = "deployment_mode";

pub(super) fn run(flags: &args::Check, place: &Place) -> Result<Answer, Cannot> {
    let starting = judge::start(&place.workspace);
    let file = flags.file.as_path();
    let found = read(file).map_err(|problem| vec![problem])?;
    let (profiles, unread) = profiles(&place.workspace);
    let asked = flags.profile.as_deref();
    let asked = asked
        .map(|name| profile::usable(name, &profiles, &unread))
        .transpose();
    let asked = asked.map_err(|problem| vec![problem])?;
    let mut judge = starting.ready()?;
    let opened = input::open(file, &found.bytes, judge.schema());
    let named = |mode: &String| profiles.iter().any(|profile| profile.name == *mode);
    let profile = asked.or_else(|| opened.mode.clone().filter(named));
    let mut problems = judge.sound(profile.as_deref())?;
    if profile.is_none() {
        let problem = Problem::warning("It names no profile, so only the schema judged the file.")
            .hint(format!(
                "Give --profile, or set it to one of {}.",
                profile::names_of(&profiles)
            ));
        problems.push(problem.at(MODE.into()));
    }
    let said = Said {
        profile,
        base: Some(Arc::new(Base {
            file: file.to_owned(),
            profile: None,
            values: opened.values.clone(),
        })),
        ..Said::default()
    };
    // No answers, so nothing that a form could hide.
    let judged = judge.compose(&Form::default(), &said, &BTreeMap::new());
    let config = judged?.config;
    let profile = said.profile.as_deref();
    problems.extend(held(&config, &opened, profile));
    problems.extend(config.problems().iter().cloned());
    let teller = Teller {
        file,
        opened: &opened,
        config: &config,
        profile,
    };
    let told = teller.all(problems);
    let counts = Counts::of(told.iter().map(|told| &told.problem));
    let caution = caution(flags.strict);
    match flags.format {
        Format::Human => {
            print::result(&report::lines(&told)).map_err(|problem| vec![problem])?;
            print::message(&format!("{}\n", caution.summary(counts)));
        }
        Format::Json => {
            let shown = file.to_string_lossy();
            let problems: Vec<_> = told.iter().map(|told| report::json(told, &shown)).collect();
            let json = json!({
                "file": shown,
                "profile": profile,
                "schema": config.schema().version,
                "ok": !caution.blocks(counts),
                "problems": problems,
            });
            print::result(&report::text(&json)).map_err(|problem| vec![problem])?;
        }
    }
    Ok(answer(caution, counts))
}

/// Reads a file that must be there.
pub(super) fn read(file: &Path) -> Result<store::Found, Problem> {
    store::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint("Give the path of a file: TOML, JSON, YAML, Nickel or environment lines.")
            .in_file(file, None)
    })
}

/// Values of the file that do not count because the profile forces its own. Whoever reads the file would take them.
fn held(config: &Config, opened: &Opened, profile: Option<&str>) -> Vec<Problem> {
    let profile = profile.unwrap_or_default();
    config
        .iter()
        .filter(|(_, leaf)| leaf.held)
        .filter(|(field, leaf)| {
            let there = opened.values.get(&field.path);
            there.is_some_and(|there| Some(there) != leaf.value.as_ref())
        })
        .map(|(field, leaf)| {
            let theirs = leaf
                .value
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            Problem::error(format!("Profile {profile} holds another value."))
                .hint(format!("Set it to {theirs}, or remove the line."))
                .at(field.path.clone())
        })
        .collect()
}

/// Finds where in a file each problem belongs.
pub(super) struct Teller<'a> {
    pub file: &'a Path,
    pub opened: &'a Opened,
    pub config: &'a Config,
    pub profile: Option<&'a str>,
}

impl Teller<'_> {
    /// The file's own problems and those of the verdict, sorted.
    fn all(&self, verdict: Vec<Problem>) -> Vec<Told> {
        let said = self.opened.problems.iter().cloned();
        let mut told: Vec<Told> = said.map(Told::by_place).collect();
        told.extend(
            verdict
                .into_iter()
                .filter(|problem| !self.follows(problem))
                .map(|problem| self.tell(problem)),
        );
        report::sort(&mut told);
        told
    }

    /// Does it follow from what was already said about reading the file? A refused value is missing, and of a file
    /// that cannot be read everything is.
    pub fn follows(&self, problem: &Problem) -> bool {
        let Some(path) = &problem.path else {
            return false;
        };
        let mut errors = self
            .opened
            .problems
            .iter()
            .filter(|said| said.severity == Severity::Error);
        if self.opened.values.is_empty() && !self.opened.lines.contains_key(path) {
            return errors.any(|said| said.path.is_none());
        }
        problem.severity == Severity::Open && errors.any(|said| said.path.as_ref() == Some(path))
    }

    /// The line of the setting, or of the nearest section that the file has.
    pub fn tell(&self, mut problem: Problem) -> Told {
        let Some(path) = problem.path.clone() else {
            return match problem.place {
                Some(_) => Told::by_place(problem),
                None => self.at(None, problem),
            };
        };
        let lines = &self.opened.lines;
        if let Some(line) = lines.get(&path) {
            return self.at(Some(*line), problem);
        }
        let note = self.not_stated(&path, &problem);
        problem.hint = Some(match problem.hint.take() {
            Some(hint) => format!("{hint} {note}"),
            None => note,
        });
        let mut section = path.section();
        while !section.is_empty() {
            if let Some(line) = lines.get(section) {
                return self.at(Some(*line), problem);
            }
            section = section.rsplit_once('.').map_or("", |(outer, _)| outer);
        }
        self.at(None, problem)
    }

    fn at(&self, line: Option<usize>, problem: Problem) -> Told {
        Told {
            source: self.file.to_string_lossy().into_owned(),
            line,
            problem,
        }
    }

    fn not_stated(&self, path: &FieldPath, problem: &Problem) -> String {
        let leaf = self.config.leaf(path.as_str());
        let leaf = leaf.filter(|leaf| leaf.value.is_some() && problem.severity != Severity::Open);
        let whose = match leaf.map(|leaf| &leaf.origin) {
            Some(Origin::Profile) => format!("profile {}", self.profile.unwrap_or_default()),
            Some(Origin::Schema) => "the schema".to_owned(),
            _ => return "The file does not state it.".to_owned(),
        };
        match &problem.place {
            Some(place) => {
                format!("The file does not state it: the value is that of {whose} ({place}).")
            }
            None => format!("The file does not state it: the value is that of {whose}."),
        }
    }
}
