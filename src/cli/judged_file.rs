//! A configuration file judged over its profile: which profile that is and why, and every problem on its line.
//! What `check` tells and what `diff` counts is found here. Leaves to others: reading (`input`), judging (`judge`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Cannot;
use super::judge::Judge;
use super::report::Told;
use super::teller::Teller;
use crate::answers::{Base, Said};
use crate::belongs::{self, Likeness};
use crate::config::Config;
use crate::form::Form;
use crate::input::{NamedBy, Opened};
use crate::problem::{Problem, Severity, counted};
use crate::profile::{self, MODE, Profile};
use crate::store;

/// Reads a file that must be there.
pub(super) fn read(file: &Path) -> Result<store::Found, Problem> {
    store::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint("Give the path of a file: TOML, JSON, YAML, Nickel or environment lines.")
            .in_file(file, None)
    })
}

/// What a file is judged over, and how that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// `--profile` names it.
    Asked(String),
    /// The file names it.
    Named(String, NamedBy),
    /// The other side of a comparison stands over it, and this one names none.
    Others(String),
    /// The file names none, and differs from this one less than from every other.
    Nearest(Likeness),
    /// It names none and no profile is nearest.
    Schema,
}

impl Over {
    /// The profile that is asked for or that the file names.
    pub fn said(asked: Option<&str>, opened: &Opened, profiles: &[Profile]) -> Option<Self> {
        if let Some(asked) = asked {
            return Some(Self::Asked(asked.to_owned()));
        }
        let named = opened.mode.as_ref();
        let known = named.filter(|name| profiles.iter().any(|known| known.name == **name));
        known.map(|name| Self::Named(name.clone(), opened.named_by))
    }

    /// The one profile that the file differs from least. When several are as near, or the file says nothing, none is
    /// better than another: the schema alone.
    pub fn nearest(judge: &mut Judge, opened: &Opened, profiles: &[Profile]) -> Self {
        let judged: Vec<(&str, Config)> = profiles
            .iter()
            .map(|profile| profile.name.as_str())
            .filter(|name| judge.sound(Some(name)).is_ok())
            .collect::<Vec<_>>()
            .into_iter()
            // What is wrong with one is told when it is chosen.
            .filter_map(|name| Some((name, judge.alone(name).ok()?)))
            .collect();
        let judged = judged.iter().map(|(name, config)| (*name, config));
        let mut found = belongs::likeness(&opened.values, judged).into_iter();
        let (first, second) = (found.next(), found.next());
        let apart = |first: &Likeness| {
            first.of > 0 && second.is_none_or(|second| second.differ > first.differ)
        };
        first.filter(apart).map_or(Self::Schema, Self::Nearest)
    }

    pub fn profile(&self) -> Option<&str> {
        match self {
            Self::Asked(name) | Self::Named(name, _) | Self::Others(name) => Some(name),
            Self::Nearest(likeness) => Some(&likeness.profile),
            Self::Schema => None,
        }
    }

    /// `profile solo, which deployment_mode names`.
    pub fn words(&self) -> String {
        match self {
            Self::Asked(name) => format!("profile {name}, as --profile says"),
            Self::Named(name, by) => format!("profile {name}, which {} names", by.words()),
            Self::Others(name) => format!("profile {name}, that of the other side"),
            Self::Nearest(likeness) => {
                let (name, count) = (&likeness.profile, likeness.words());
                format!("profile {name}, the nearest ({count})")
            }
            Self::Schema => "the schema alone".to_owned(),
        }
    }

    /// How it was found, in one word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Asked(_) => "asked",
            Self::Named(..) => "named",
            Self::Others(_) => "other side",
            Self::Nearest(_) => "nearest",
            Self::Schema => "none",
        }
    }

    /// Nobody chose it for this file.
    fn guessed(&self) -> bool {
        matches!(self, Self::Nearest(_) | Self::Schema)
    }

    fn warning(&self, profiles: &[Profile]) -> Option<Problem> {
        let message = match self {
            Self::Nearest(likeness) => format!(
                "It names no profile that is here, so the nearest judged the file: {}, {}.",
                likeness.profile,
                likeness.words()
            ),
            Self::Schema => {
                "It names no profile that is here, so only the schema judged the file.".to_owned()
            }
            Self::Asked(_) | Self::Named(..) | Self::Others(_) => return None,
        };
        let names = profile::names_of(profiles);
        let hint = format!("Give --profile, or set it to one of {names}.");
        Some(Problem::warning(message).hint(hint).at(MODE.into()))
    }
}

/// A file that was judged.
pub(super) struct JudgedFile {
    pub config: Config,
    /// What is wrong, sorted by line.
    pub told: Vec<Told>,
    /// Warnings that are not told: the profile was guessed, and gives them without the file too.
    pub left_out: usize,
}

impl JudgedFile {
    /// Says that warnings were left out; `None` when none were.
    pub fn remark(&self, over: &Over) -> Option<String> {
        if self.left_out == 0 {
            return None;
        }
        let warnings = counted(self.left_out, "warning");
        let are = if self.left_out == 1 { "is" } else { "are" };
        let see = over
            .profile()
            .map_or_else(String::new, |name| format!("; --profile {name} tells more"));
        Some(format!(
            "{warnings} about values that the file does not state {are} left out{see}."
        ))
    }
}

/// Judges what was read of a file.
pub(super) fn judge(
    judge: &mut Judge,
    file: &Path,
    opened: &Opened,
    over: &Over,
    profiles: &[Profile],
) -> Result<JudgedFile, Cannot> {
    let profile = over.profile();
    let mut problems = judge.sound(profile)?;
    problems.extend(over.warning(profiles));
    let said = Said {
        profile: profile.map(str::to_owned),
        base: Some(Arc::new(base(file, opened))),
        ..Said::default()
    };
    // No answers, so nothing that a form could hide.
    let judged = judge.compose(&Form::default(), &said, &BTreeMap::new());
    let config = judged?.config;
    let without = if over.guessed() && !opened.nothing_read() {
        judge.alone(profile)?.problems().to_vec()
    } else {
        Vec::new()
    };
    // With or without the file the guessed profile gives them: they are no word about the file.
    let beside = |problem: &Problem| {
        let stated = problem
            .path
            .as_ref()
            .is_some_and(|path| opened.values.contains_key(path));
        problem.severity == Severity::Warning && !stated && without.contains(problem)
    };
    let found = config.problems().iter().cloned();
    let (beside, of_file): (Vec<Problem>, Vec<Problem>) = found.partition(beside);
    problems.extend(held(&config, opened, profile));
    problems.extend(of_file);
    let teller = Teller {
        file,
        opened,
        config: &config,
        profile,
    };
    let told = teller.all(problems);
    Ok(JudgedFile {
        told,
        left_out: beside.len(),
        config,
    })
}

/// All that the file says is its own.
fn base(file: &Path, opened: &Opened) -> Base {
    Base {
        file: PathBuf::from(file),
        profile: None,
        values: opened.values.clone(),
        preset: None,
    }
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
