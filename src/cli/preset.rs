//! `preset list`, `show`, `save` and the others: what the screen of presets does, without a screen.
//! Leaves to others: presets themselves (`preset`), what a configuration follows from (`sources`), comparing (`diff`).

mod changing;
mod deleting;
mod saving;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::args::format::Format;
use super::args::preset::{PresetDiff, PresetList, PresetShow, PresetVerb};
use super::columns::columns;
use super::diff::{self, masked};
use super::judge::{self, Judge};
use super::sources::PRESET;
use super::{Answer, Cannot, Place, one, print};
use crate::clean;
use crate::preset::{self, Loaded, Named, Places, Preset, Refused, Saved};
use crate::problem::{Counts, Problem, counted};
use crate::profile;
use crate::report::{self, Told};
use crate::schema::Schema;

pub(super) fn run(verb: &PresetVerb, place: &Place) -> Result<Answer, Cannot> {
    match verb {
        PresetVerb::List(flags) => list(flags, place),
        PresetVerb::Show(flags) => show(flags, place),
        PresetVerb::Save(flags) => saving::save(flags, place),
        PresetVerb::Import(flags) => saving::import(flags, place),
        PresetVerb::Rename(flags) => changing::rename(flags, place),
        PresetVerb::Duplicate(flags) => changing::duplicate(flags, place),
        PresetVerb::Describe(flags) => changing::describe(flags, place),
        PresetVerb::Delete(flags) => deleting::delete(flags, place),
        PresetVerb::Restore(flags) => deleting::restore(flags, place),
        PresetVerb::Export(flags) => changing::export(flags, place),
        PresetVerb::Diff(flags) => compare(flags, place),
    }
}

/// The schema is needed to read a preset: the child is asked for it and no more.
fn judge(place: &Place) -> Result<Judge, Cannot> {
    judge::start(&place.workspace).ready()
}

fn load(name: &str, place: &Place) -> Result<Loaded, Cannot> {
    let named = Named::parse(name).map_err(one)?;
    let judge = judge(place)?;
    let loaded = preset::load(&Places::of(&place.workspace), &named, judge.schema());
    let loaded = loaded.map_err(one)?;
    if let Some(note) = &loaded.note {
        print::message(&format!("{note}\n"));
    }
    Ok(loaded)
}

fn list(flags: &PresetList, place: &Place) -> Result<Answer, Cannot> {
    let judge = judge(place)?;
    let (presets, mut problems) = preset::list(&Places::of(&place.workspace), judge.schema());
    problems.extend(presets.iter().flat_map(Loaded::all_problems));
    match flags.printed.format {
        // Nobody knows what a folder holds that may not be read.
        Format::Human if presets.is_empty() && !problems.is_empty() => Ok(()),
        Format::Human if presets.is_empty() => {
            print::text("No preset is saved: `vapora-tui preset save` does.\n")
        }
        Format::Human => print::text(&table(&presets)),
        Format::Json => {
            let presets: Vec<Json> = presets.iter().map(summary).collect();
            let json = json!({ "presets": presets, "problems": told(&problems) });
            print::result(&report::text(&json))
        }
    }
    .map_err(one)?;
    if flags.printed.format == Format::Human {
        print::tell_by_place(&problems);
    }
    Ok(answer(&problems))
}

fn answer(problems: &[Problem]) -> Answer {
    if Counts::of(problems).errors > 0 {
        Answer::No
    } else {
        Answer::Fine
    }
}

fn told(problems: &[Problem]) -> Vec<Json> {
    let told = problems.iter().cloned().map(Told::by_place);
    told.map(|told| report::json(&told, "")).collect()
}

/// Name, whose, profile, answers, when, what for, each in a column.
fn table(presets: &[Loaded]) -> String {
    let rows: Vec<[String; 6]> = presets.iter().map(row).collect();
    columns(&rows)
}

fn row(loaded: &Loaded) -> [String; 6] {
    let preset = &loaded.preset;
    [
        preset.name.to_string(),
        loaded.whose.map_or("", |whose| whose.word()).to_owned(),
        profile(loaded),
        counted(preset.answers.len(), "answer"),
        loaded.modified(),
        preset.description.to_string(),
    ]
}

/// The profile alone, in a column.
fn profile(loaded: &Loaded) -> String {
    clean::line(loaded.preset.profile.as_deref().unwrap_or("no profile"))
}

/// `profile solo`, or `no profile`.
fn on_profile(loaded: &Loaded) -> String {
    match &loaded.preset.profile {
        Some(profile) => format!("profile {}", clean::line(profile)),
        None => "no profile".to_owned(),
    }
}

/// `, workload team-a`, when it is not the profile's own.
fn with_workload(preset: &Preset) -> String {
    let workload = preset.workload.as_deref();
    workload.map_or_else(String::new, |name| format!(", workload {name}"))
}

fn summary(loaded: &Loaded) -> Json {
    let preset = &loaded.preset;
    json!({
        "name": preset.name.as_str(),
        "place": loaded.whose.map(preset::Whose::word),
        "file": loaded.file.to_string_lossy(),
        "description": preset.description.as_str(),
        "profile": preset.profile,
        "workload": preset.workload,
        "schema": preset.schema,
        "answers": preset.answers.len(),
        "secrets_in_clear": preset.clear_secrets(),
        "modified": loaded.modified(),
        "problems": told(&loaded.all_problems()),
    })
}

fn show(flags: &PresetShow, place: &Place) -> Result<Answer, Cannot> {
    let loaded = load(&flags.preset.name, place)?;
    let preset = &loaded.preset;
    let problems = loaded.all_problems();
    match flags.printed.format {
        Format::Human => {
            let mut text = format!(
                "{}  {}\n{}{}, {}{}, changed {}\n",
                loaded.named(),
                shown(place, &loaded.file),
                on_profile(&loaded),
                with_workload(preset),
                counted(preset.answers.len(), "answer"),
                schema_of(preset),
                loaded.modified(),
            );
            if !preset.description.as_str().is_empty() {
                let _ = writeln!(text, "{}", preset.description);
            }
            for (path, value) in &preset.answers {
                let _ = writeln!(text, "  {path} = {}", diff::shown(value));
            }
            print::text(&text).map_err(one)?;
            print::tell_by_place(&problems);
        }
        Format::Json => {
            let answers = preset.answers.iter();
            let answers = answers.map(|(path, value)| (path.to_string(), masked(value)));
            let mut json = summary(&loaded);
            json["answers"] = Json::Object(answers.collect());
            print::result(&report::text(&json)).map_err(one)?;
        }
    }
    Ok(answer(&problems))
}

/// `, schema 1.2.0`; of one that does not say it nothing.
fn schema_of(preset: &Preset) -> String {
    match clean::line(&preset.schema) {
        schema if schema.is_empty() => schema,
        schema => format!(", schema {schema}"),
    }
}

fn shown(place: &Place, file: &Path) -> String {
    clean::path(&place.here, file)
}

/// The sides as `diff` names them.
fn compare(flags: &PresetDiff, place: &Place) -> Result<Answer, Cannot> {
    let places = Places::of(&place.workspace);
    let named = Named::parse(&flags.preset.name).map_err(one)?;
    let preset = PathBuf::from(format!("{PRESET}{named}"));
    let of_profile = |name: &str| PathBuf::from(format!("profile:{name}"));
    if let Some(problem) = flags
        .other
        .as_deref()
        .and_then(|other| is_profile(other, place))
    {
        return Err(one(problem));
    }
    let (left, right) = match (&flags.other, &flags.profile) {
        (Some(other), _) => (preset, other_side(other, &places)),
        (None, Some(name)) => (of_profile(name), preset),
        (None, None) => {
            // Only its profile is looked for, so no schema is needed.
            let loaded = preset::load(&places, &named, &Schema::default()).map_err(one)?;
            let Some(name) = loaded.preset.profile else {
                let problem = Problem::error("It names no profile to compare it with.");
                let problem = problem.hint("Give one with --profile.");
                return Err(one(problem.in_file(&loaded.file, None)));
            };
            (of_profile(&name), preset)
        }
    };
    diff::compare(&left, &right, None, flags.compared, place)
}

/// What names a profile and nothing else.
fn is_profile(other: &Path, place: &Place) -> Option<Problem> {
    let named = Named::parse(other.to_str()?).ok()?;
    let places = Places::of(&place.workspace);
    if preset::find(&places, &named).is_ok() || other.exists() || named.whose.is_some() {
        return None;
    }
    let (profiles, _) = profile::all(&place.workspace);
    let mut profiles = profiles.iter();
    profiles.find(|profile| profile.name == named.name.as_str())?;
    let problem = Problem::error(format!("There is no preset {named}, and no such file."));
    Some(problem.hint(format!("A profile is named with --profile {named}")))
}

/// Another preset where there is one, else a file; of what is neither, what it looks like.
fn other_side(other: &Path, places: &Places) -> PathBuf {
    let named = other.to_str().and_then(|name| Named::parse(name).ok());
    match named {
        Some(named) if preset::find(places, &named).is_ok() || !other.exists() => {
            PathBuf::from(format!("{PRESET}{named}"))
        }
        _ => other.to_owned(),
    }
}

/// Prints that it was done; of what was refused, why.
fn done(
    saved: Result<Saved, Refused>,
    format: Format,
    words: impl Fn(&Saved) -> String,
    json: impl Fn(&Saved) -> Json,
) -> Result<Answer, Cannot> {
    let saved = match saved {
        Ok(saved) => saved,
        Err(Refused::Failed(problem)) => return Err(one(problem)),
        Err(refused) => {
            print::tell_by_place(&[refused.problem().clone()]);
            return Ok(Answer::No);
        }
    };
    print::tell_by_place(&saved.problems);
    match format {
        Format::Human => print::text(&words(&saved)),
        Format::Json => print::result(&report::text(&json(&saved))),
    }
    .map_err(one)?;
    Ok(Answer::Fine)
}
