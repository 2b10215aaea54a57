//! The configuration that follows from what the command line names: profile, file or preset, environment, options.
//! Leaves to others: judging (`judge`), what becomes of it (`render`, `preset`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::sources::Sources;
use super::generation_named;
use super::judge::{self, Judge, Judged};
use super::judged_file::read;
use super::report::{self, Told};
use super::said::{self, Answers};
use super::teller::Teller;
use super::{Cannot, Place, one, print, profiles};
use crate::answers::{Base, OfPreset, Said};
use crate::config::{self, Config, Origin, Overlay};
use crate::files;
use crate::form;
use crate::input::{NamedBy, Opened};
use crate::made::{self, Given};
use crate::preset::{self, Named, Places};
use crate::problem::Problem;
use crate::profile::{self, Profile};
use crate::schema::{FieldPath, Schema};
use crate::store::Found;
use crate::unheard;
use crate::value::Value;

/// What follows from the sources.
pub(super) struct Composed {
    pub judge: Judge,
    pub profile: String,
    pub config: Config,
    /// Every problem, with who gave the value it is about.
    pub told: Vec<Told>,
    /// The secret that its first write gives it; it is in force already.
    pub given: Option<Given>,
    /// The file that lies under it, as it was read.
    pub read: Option<Found>,
    said: Said,
    environment: BTreeMap<FieldPath, Value>,
    hidden: BTreeSet<FieldPath>,
}

/// What stands before the name of a preset where a file may stand too.
pub(super) const PRESET: &str = "preset:";

/// A file or a preset, named and there.
pub(super) enum Source {
    File(PathBuf, Found),
    Preset(Named),
    /// An earlier version of an output file: what it is called, where it lies, its text.
    Generation(String, PathBuf, Found),
}

/// What is neither a file nor a profile.
pub(super) struct Titled {
    pub name: String,
    /// `preset`, `generation`.
    pub kind: &'static str,
}

impl Source {
    /// `preset:NAME`, `generation:N`, or a file, which is read.
    ///
    /// # Errors
    /// When the name is none, or the file cannot be read.
    pub fn of(named: &Path, place: &Place) -> Result<Self, Problem> {
        if let Some(generation) = generation_named::Named::read(named.as_os_str(), place)? {
            let (file, found) = generation.found(place)?;
            return Ok(Self::Generation(generation.title(place), file, found));
        }
        match named.to_str().and_then(|name| name.strip_prefix(PRESET)) {
            Some(name) => Named::parse(name).map(Self::Preset),
            None => Ok(Self::File(named.to_owned(), read(named)?)),
        }
    }

    /// What it is called when it is no file.
    pub fn titled(&self) -> Option<Titled> {
        match self {
            Self::File(..) => None,
            Self::Preset(named) => Some(Titled {
                name: format!("{PRESET}{named}"),
                kind: "preset",
            }),
            Self::Generation(title, ..) => Some(Titled {
                name: title.clone(),
                kind: "generation",
            }),
        }
    }

    /// What it says. Of two presets of one name it is said which is taken.
    ///
    /// # Errors
    /// When there is no such preset, or nothing can be read of it.
    pub fn under(self, place: &Place, schema: &Schema) -> Result<Under, Problem> {
        let named = match self {
            Self::File(file, found) | Self::Generation(_, file, found) => {
                let (opened, preset) = files::read(&file, &found, schema);
                return Ok(Under {
                    file,
                    opened,
                    preset,
                });
            }
            Self::Preset(named) => named,
        };
        let loaded = preset::load(&Places::of(&place.workspace), &named, schema)?;
        if let Some(note) = &loaded.note {
            print::message(&format!("{note}\n"));
        }
        Ok(Under {
            opened: loaded.opened(),
            preset: Some(loaded.of_preset()),
            file: loaded.file,
        })
    }
}

/// One file or preset that lies under the answers.
pub(super) struct Under {
    pub file: PathBuf,
    pub opened: Opened,
    pub preset: Option<OfPreset>,
}

/// Reads everything, and has it judged: as it would be written to `output`, when it is to be.
///
/// # Errors
/// Why nothing follows from it.
pub(super) fn compose(
    sources: &Sources,
    output: Option<&Path>,
    place: &Place,
) -> Result<Composed, Cannot> {
    one_base(sources.from.is_some(), sources.preset.is_some()).map_err(one)?;
    let preset = sources.preset.as_deref().map(Named::parse).transpose();
    let preset = preset.map_err(one)?.map(Source::Preset);
    let starting = judge::start(&place.workspace);
    let file = sources.from.as_deref();
    let file = file.map(|file| Ok(Source::File(file.to_owned(), read(file)?)));
    let source = preset.or(file.transpose().map_err(one)?);
    let read = match &source {
        Some(Source::File(_, found)) => Some(found.clone()),
        _ => None,
    };
    let (profiles, unread) = profiles(&place.workspace);
    let mut judge = starting.ready()?;
    let under = source.map(|source| source.under(place, judge.schema()));
    let under = under.transpose().map_err(one)?;
    let opened = under.as_ref().map(|under| &under.opened);
    if let Some(opened) = opened.filter(|opened| opened.nothing_read()) {
        return Err(opened.problems.clone());
    }
    let mode = opened.and_then(|opened| opened.mode.as_deref());
    let by = opened.map_or(NamedBy::Mode, |opened| opened.named_by);
    let asked = sources.profile.as_deref();
    let profile = chosen(asked, mode.zip(Some(by)), &profiles, &unread).map_err(one)?;
    let written_on = mode.filter(|mode| profiles.iter().any(|known| known.name == **mode));
    let answers = said::answers(judge.schema(), &sources.set, &sources.set_file)?;
    let mut problems = judge.sound(Some(&profile))?;
    let (environment, wrong) = said::environment(judge.schema());
    problems.extend(wrong);
    let (form, wrong) = form::load::load(&place.workspace);
    // Only answers can be hidden, and only then, or where it keeps defaults, does the form matter.
    if !answers.is_empty() || form.keeps_defaults() {
        problems.extend(form::warned(wrong));
    }
    let mut said = Said {
        profile: Some(profile.clone()),
        base: under.as_ref().map(|under| {
            Arc::new(Base {
                file: under.file.clone(),
                profile: written_on.map(str::to_owned),
                values: under.opened.values.clone(),
                preset: under.preset.clone(),
            })
        }),
        answers: answers
            .iter()
            .map(|(path, (value, _))| (path.clone(), value.clone()))
            .collect(),
    };
    let mut judged = judge.compose(&form, &said, &environment)?;
    let given = match output {
        Some(file) if made::is_due(&judged.config, &judged.hidden) => {
            made::given(&place.here.join(file), judge.schema()).map_err(one)?
        }
        _ => None,
    };
    if let Some(given) = &given {
        let answer = Value::Secret(given.secret().clone());
        said.answers.insert(made::JWT_SECRET.into(), answer);
        judged = judge.compose(&form, &said, &environment)?;
    }
    let Judged { config, hidden } = judged;
    let left_out = answers.keys().filter(|path| hidden.contains(*path));
    problems.extend(left_out.map(|path| unheard::not_asked(path, &form)));
    problems.extend(unheard::held(&config, &said, &environment, &profile));
    let told = Origins {
        under: under.as_ref(),
        config: &config,
        answers: &answers,
        profile: &profile,
    }
    .all(problems);
    Ok(Composed {
        judge,
        profile,
        config,
        told,
        given,
        read,
        said,
        environment,
        hidden,
    })
}

impl Composed {
    /// The workload that the preset under the answers names.
    pub fn workload(&self) -> Option<&str> {
        let preset = self.said.base.as_ref()?.preset.as_ref()?;
        preset.workload.as_deref()
    }

    /// What counts over the profile, which is judged alone for it.
    ///
    /// # Errors
    /// When the child is lost.
    pub fn overlay(&mut self) -> Result<Overlay, Cannot> {
        let written_on = self
            .said
            .base
            .as_ref()
            .and_then(|base| base.profile.clone());
        let base_profile = written_on.map(|name| self.judge.alone(name.as_str()));
        let base_profile = base_profile.transpose()?;
        Ok(config::overlay(
            &self.said,
            &self.environment,
            None,
            &self.hidden,
            base_profile.as_ref(),
        ))
    }
}

/// One base at a time.
///
/// # Errors
/// When a file and a preset are both named.
pub(super) fn one_base(from: bool, preset: bool) -> Result<(), Problem> {
    if from && preset {
        return Err(Problem::error(
            "A file and a preset are both named, and only one can lie under the answers.",
        )
        .hint("Leave out the file or --preset."));
    }
    Ok(())
}

fn chosen(
    asked: Option<&str>,
    named: Option<(&str, NamedBy)>,
    profiles: &[Profile],
    unread: &[Problem],
) -> Result<String, Problem> {
    match (asked, named) {
        (Some(name), _) => profile::usable(name, profiles, unread),
        (None, Some((name, by))) => {
            profile::usable(name, profiles, unread).map_err(|mut problem| {
                let of_file = match by {
                    NamedBy::Mode => "The file's deployment_mode is no profile.",
                    NamedBy::FirstLine => "The file's first line names no profile that is here.",
                    NamedBy::Preset => "The preset names no profile that is here.",
                };
                problem.message = format!("{of_file} {}", problem.message);
                let hint = problem.hint.take().unwrap_or_default();
                problem.hint(format!("{hint} Give one with --profile."))
            })
        }
        (None, None) => Err(Problem::error("No profile is given.").hint(format!(
            "Give --profile with one of {}.",
            profile::names_of(profiles)
        ))),
    }
}

/// Finds who gave the value that each problem is about.
struct Origins<'a> {
    under: Option<&'a Under>,
    config: &'a Config,
    answers: &'a Answers,
    profile: &'a str,
}

impl Origins<'_> {
    fn all(&self, found: Vec<Problem>) -> Vec<Told> {
        let teller = self.under.map(|under| Teller {
            file: &under.file,
            opened: &under.opened,
            config: self.config,
            profile: Some(self.profile),
        });
        let said = self.under.iter().flat_map(|under| &under.opened.problems);
        let mut told: Vec<Told> = said.cloned().map(Told::by_place).collect();
        for problem in found
            .into_iter()
            .chain(self.config.problems().iter().cloned())
        {
            if !teller
                .as_ref()
                .is_some_and(|teller| teller.follows(&problem))
            {
                told.push(self.tell(problem, teller.as_ref()));
            }
        }
        report::sort(&mut told);
        told
    }

    fn tell(&self, problem: Problem, teller: Option<&Teller>) -> Told {
        let Some(path) = &problem.path else {
            return Told::by_place(problem);
        };
        let origin = self.config.leaf(path.as_str()).map(|leaf| &leaf.origin);
        let source = match (origin, self.answers.get(path), teller) {
            (_, Some((_, option)), _) => (*option).to_owned(),
            (Some(Origin::Environment(name)), _, _) => name.clone(),
            (_, _, Some(teller)) => return teller.tell(problem),
            (_, _, None) => format!("profile {}", self.profile),
        };
        Told {
            source,
            line: None,
            problem,
        }
    }
}
