//! `render`: the whole configuration that follows from profile, file, environment and options.
//! Leaves to others: judging (`judge`), the text (`output`), putting it into a file (`write`).

use std::path::Path;
use std::sync::Arc;

use super::args::{self, Syntax};
use super::judge::{self, Judged};
use super::judged_file::read;
use super::report::{self, Told};
use super::said::{self, Answers};
use super::teller::Teller;
use super::{Answer, Cannot, Place, caution, print, profiles, write};
use crate::answers::{Base, Said};
use crate::config::{Config, Origin};
use crate::form;
use crate::input::{self, ENDINGS, Format, NamedBy, Opened};
use crate::prepare;
use crate::problem::{Counts, Problem, counted};
use crate::profile::{self, Profile};
use crate::store::Note;
use crate::unheard;
use crate::value::Value;

pub(super) fn run(flags: &args::Render, place: &Place) -> Result<Answer, Cannot> {
    let one = |problem: Problem| vec![problem];
    fits_ending(flags.format, flags.output.as_deref()).map_err(one)?;
    let note = flags.note.as_deref().map(Note::new).transpose();
    let note = note.map_err(one)?.unwrap_or_default();
    let starting = judge::start(&place.workspace);
    let from = flags.from.as_deref();
    let found = from.map(read).transpose().map_err(one)?;
    let (profiles, unread) = profiles(&place.workspace);
    let mut judge = starting.ready()?;
    let opened = from
        .zip(found)
        .map(|(file, found)| (file, input::open(file, &found.bytes, judge.schema())));
    let mode = opened
        .as_ref()
        .and_then(|(_, opened)| opened.mode.as_deref());
    if let Some((_, opened)) = opened.as_ref().filter(|(_, opened)| opened.nothing_read()) {
        return Err(opened.problems.clone());
    }
    let by = opened
        .as_ref()
        .map_or(NamedBy::Mode, |(_, opened)| opened.named_by);
    let profile = chosen(
        flags.profile.as_deref(),
        mode.zip(Some(by)),
        &profiles,
        &unread,
    )
    .map_err(one)?;
    let written_on = mode.filter(|mode| profiles.iter().any(|known| known.name == **mode));
    let answers = said::answers(judge.schema(), &flags.set, &flags.set_file)?;
    let mut problems = judge.sound(Some(&profile))?;
    let (environment, wrong) = said::environment(judge.schema());
    problems.extend(wrong);
    let (form, wrong) = form::load::load(&place.workspace);
    // Only answers can be hidden, and only then, or where it keeps defaults, does the form matter.
    if !answers.is_empty() || form.keeps_defaults() {
        problems.extend(form::warned(wrong));
    }
    let said = Said {
        profile: Some(profile.clone()),
        base: opened.as_ref().map(|(file, opened)| {
            Arc::new(Base {
                file: (*file).to_owned(),
                profile: written_on.map(str::to_owned),
                values: opened.values.clone(),
                preset: None,
            })
        }),
        answers: answers
            .iter()
            .map(|(path, (value, _))| (path.clone(), value.clone()))
            .collect(),
    };
    let Judged { config, hidden } = judge.compose(&form, &said, &environment)?;
    let left_out = answers.keys().filter(|path| hidden.contains(*path));
    problems.extend(left_out.map(|path| unheard::not_asked(path, &form)));
    problems.extend(unheard::held(&config, &said, &environment, &profile));
    let told = Origins {
        opened: opened.as_ref().map(|(file, opened)| (*file, opened)),
        config: &config,
        answers: &answers,
        profile: &profile,
    }
    .all(problems);
    if !told.is_empty() {
        print::tell(&told);
    }
    let counts = Counts::of(told.iter().map(|told| &told.problem));
    let caution = caution(flags.strict);
    if caution.blocks(counts) {
        print::message(&format!("Not rendered: {}.\n", caution.summary(counts)));
        return Ok(Answer::No);
    }
    if let Some(file) = &flags.output {
        print::tell(&not_told_by_its_name(flags.format, file));
        let baseline = judge.alone(profile.as_str())?;
        let ask = write::Ask {
            dry_run: flags.dry_run,
            yes: flags.yes,
        };
        return write::run(place, file, &config, &profile, &baseline, ask, &note).map_err(one);
    }
    if let Some(told) = hidden_secrets(&config).filter(|_| !flags.reveal) {
        print::tell(&[told]);
        return Ok(Answer::No);
    }
    let format = flags.format.map_or(Format::Toml, Format::from);
    let text = prepare::printed(
        &place.workspace,
        &place.here,
        format,
        &config,
        Some(&profile),
    );
    print::result(&text.map_err(one)?).map_err(one)?;
    Ok(Answer::Fine)
}

/// Why a configuration is not printed: secrets on stdout end in scrollback, logs and pipes.
fn hidden_secrets(config: &Config) -> Option<Told> {
    let clear = config.iter().filter(|(_, leaf)| {
        let value = leaf.value.as_ref();
        value.is_some_and(Value::is_clear_secret)
    });
    let paths: Vec<&str> = clear.map(|(field, _)| field.path.as_str()).collect();
    if paths.is_empty() {
        return None;
    }
    let count = counted(paths.len(), "secret");
    let message = format!("Not printed: it holds {count} in clear:");
    let message = paths.iter().fold(message, |text, path| text + "\n" + path);
    Some(Told::by_place(Problem::error(message).hint(
        "Write it with --output FILE, which only its owner can read; refer to secrets kept elsewhere, for example \
         ${FILE:/run/secrets/name}; or give --reveal to print them.",
    )))
}

/// A file's name says what is in it.
fn fits_ending(syntax: Option<Syntax>, output: Option<&Path>) -> Result<(), Problem> {
    let (Some(syntax), Some(file)) = (syntax, output) else {
        return Ok(());
    };
    let format = Format::from(syntax);
    if Format::of(file).unwrap_or(Format::Toml) == format {
        return Ok(());
    }
    Err(Problem::error(format!(
        "--format {} does not fit the name of this file.",
        format.word()
    ))
    .hint(format!(
        "End the name in .{}, or leave --format out.",
        format.ending()
    ))
    .in_file(file, None))
}

/// What is written to a file whose name says nothing of it, unless `--format` does.
fn not_told_by_its_name(syntax: Option<Syntax>, file: &Path) -> Vec<Told> {
    if syntax.is_some() || Format::of(file).is_some() {
        return Vec::new();
    }
    let problem = Problem::warning(format!(
        "The name does not end in {ENDINGS}, so it is written as TOML."
    ));
    let hint = "Give it one of these endings, or --format toml if TOML is meant.";
    vec![Told::by_place(problem.hint(hint).in_file(file, None))]
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
                    NamedBy::Preset => "The preset's profile is not here.",
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
    opened: Option<(&'a Path, &'a Opened)>,
    config: &'a Config,
    answers: &'a Answers,
    profile: &'a str,
}

impl Origins<'_> {
    fn all(&self, found: Vec<Problem>) -> Vec<Told> {
        let teller = self.opened.map(|(file, opened)| Teller {
            file,
            opened,
            config: self.config,
            profile: Some(self.profile),
        });
        let said = self.opened.iter().flat_map(|(_, opened)| &opened.problems);
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
