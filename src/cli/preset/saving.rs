//! `preset save` and `preset import`: what may replace a preset is shown first.

use serde_json::json;

use super::{done, judge};
use crate::budget::workload;
use crate::caution;
use crate::clean;
use crate::cli::args::preset::{Asked, PresetImport, PresetSave};
use crate::cli::write::{Ask, agreed_to};
use crate::cli::{Answer, Cannot, Place, one, print, sources};
use crate::preset::{self, Description, Loaded, Name, Named, Places, Preset, Whose};
use crate::problem::{Counts, Problem, Severity, counted};
use crate::schema::{FieldPath, Schema};

pub(super) fn save(flags: &PresetSave, place: &Place) -> Result<Answer, Cannot> {
    let Named { whose, name } = Named::parse(&flags.name).map_err(one)?;
    let whose = to_place(flags.shared, whose)?;
    let said = flags.description.as_deref().map(Description::new);
    let description = said.transpose().map_err(one)?;
    if let Some(name) = &flags.workload {
        must_name_workload(name, place).map_err(one)?;
    }
    let mut composed = sources::compose(&flags.sources, None, place)?;
    let overlay = composed.overlay()?;
    let under = composed.workload().map(str::to_owned);
    let profile = composed.profile.clone();
    let alone = composed.judge.alone(profile.as_str())?;
    let schema = std::sync::Arc::clone(composed.judge.schema());
    let mut told = composed.told;
    told.retain(|told| told.problem.severity == Severity::Error);
    print::tell(&told);
    tell_of_preset(flags, &schema, place);
    let named = Named {
        whose: Some(whose),
        name: name.clone(),
    };
    let old = old(&named, &schema, place)?;
    let was = old.as_ref().and_then(|old| old.preset.workload.as_deref());
    let workload = flags.workload.as_deref().or(under.as_deref()).or(was);
    let workload = workload.filter(|name| *name != profile).map(str::to_owned);
    let mut holds = preset::holds(&overlay, &alone, whose, flags.with_secrets);
    if !holds.problems.is_empty() {
        print::tell_by_place(&holds.problems);
        return Ok(Answer::No);
    }
    if let (Whose::Mine, Some(old)) = (whose, &old) {
        holds.keep_of(&overlay, &old.preset);
    }
    if !holds.left_out.is_empty() {
        print::message(&left_out(&holds.left_out, whose));
    }
    let words = holds.words(&profile) + &preset::with_workload(workload.as_deref());
    let preset = Preset {
        name,
        description: Description::default(),
        schema: schema.version.clone(),
        profile: Some(profile),
        workload,
        answers: holds.answers,
    };
    put(Put {
        preset,
        description,
        whose,
        words,
        left_out: &holds.left_out,
        with_secrets: flags.with_secrets,
        asked: flags.asked,
        old,
        schema: &schema,
        place,
    })
}

/// A name that is none is refused; one that is not there is warned of.
fn must_name_workload(name: &str, place: &Place) -> Result<(), Problem> {
    if !workload::is_name(name) {
        let shown: String = clean::line(name).chars().take(60).collect();
        return Err(Problem::error(format!("{shown} is no name of a workload."))
            .hint("Use 1 to 60 small letters, digits, - and _, for example enterprise."));
    }
    print::tell_by_place(
        &preset::lacks_workload(&place.workspace, name)
            .into_iter()
            .collect::<Vec<_>>(),
    );
    Ok(())
}

/// What does not fit in the preset that lies under the answers, and is therefore not saved.
fn tell_of_preset(flags: &PresetSave, schema: &Schema, place: &Place) {
    let Some(named) = &flags.sources.preset else {
        return;
    };
    let named = Named::parse(named);
    let loaded =
        named.and_then(|named| preset::load(&Places::of(&place.workspace), &named, schema));
    if let Ok(mut loaded) = loaded {
        loaded
            .problems
            .retain(|one| one.severity != Severity::Error);
        print::tell_by_place(&loaded.problems);
    }
}

/// What is put where, and how.
struct Put<'a> {
    preset: Preset,
    /// As it was when there is one of this name.
    description: Option<Description>,
    whose: Whose,
    words: String,
    left_out: &'a [FieldPath],
    /// Was it said what becomes of secrets?
    with_secrets: bool,
    asked: Asked,
    /// What it replaces.
    old: Option<Loaded>,
    schema: &'a Schema,
    place: &'a Place,
}

/// The preset that is there under this name.
fn old(named: &Named, schema: &Schema, place: &Place) -> Result<Option<Loaded>, Cannot> {
    let places = Places::of(&place.workspace);
    match preset::find(&places, named) {
        Ok(_) => preset::load(&places, named, schema).map(Some).map_err(one),
        Err(_) => Ok(None),
    }
}

/// The refusal to lose what stands nowhere else.
fn would_lose(old: &Loaded, new: &Preset) -> Option<Problem> {
    let lost = preset::lost(&old.preset, &new.answers)?;
    let first = &lost.paths()[0];
    let problem = Problem::error(format!("{} {}", old.named(), lost.words()));
    Some(problem.hint(format!(
        "Choose another name, or give them again: preset save --with-secrets --set-file {first}=FILE."
    )))
}

fn put(put: Put) -> Result<Answer, Cannot> {
    let Put {
        mut preset,
        place,
        whose,
        asked,
        old,
        ..
    } = put;
    let places = Places::of(&place.workspace);
    let named = Named {
        whose: Some(whose),
        name: preset.name.clone(),
    };
    if place.readonly {
        print::tell_by_place(&[caution::readonly()]);
        return Ok(Answer::No);
    }
    if let Some(problem) = old.as_ref().and_then(|old| would_lose(old, &preset))
        && !put.with_secrets
    {
        print::tell_by_place(&[problem]);
        return Ok(Answer::No);
    }
    let was = old.as_ref().map(|old| old.preset.description.clone());
    preset.description = put.description.or(was).unwrap_or(preset.description);
    let unfit = old.as_ref();
    let unfit = unfit.and_then(|old| preset::unfit(old, &preset.answers, put.schema));
    if let Some(old) = &old {
        print::message(&format!(
            "~ {named}  {}\n  it has:  {}\n  it gets: {}\n",
            clean::path(&place.here, &old.file),
            in_words(old),
            put.words,
        ));
        if let Some(unfit) = &unfit {
            print::message(&format!("  Replacing it {}\n", unfit.words()));
        }
        let ask = Ask {
            dry_run: false,
            yes: asked.yes,
        };
        if !agreed_to("Replace it?", "Nothing was saved", ask, place).map_err(one)? {
            return Ok(Answer::No);
        }
    }
    let saved = preset::save(&places, whose, &preset, old.as_ref().map(|old| &old.found));
    let paths: Vec<&str> = put.left_out.iter().map(FieldPath::as_str).collect();
    done(
        saved,
        asked.printed.format,
        |saved| {
            let file = clean::path(&place.here, &saved.file);
            format!("Saved: {named}, {}.\n{file}\n", put.words)
        },
        |saved| {
            json!({
                "saved": named.to_string(),
                "file": saved.file.to_string_lossy(),
                "profile": preset.profile,
                "answers": preset.answers.len(),
                "left_out": paths,
                "unfit_left_out": unfit.as_ref().map_or(&[][..], preset::Unfit::paths).iter().map(FieldPath::as_str).collect::<Vec<_>>(),
                "replaced": old.is_some(),
            })
        },
    )
}

/// `profile solo, 3 answers, EU staging, changed 2026-11-21 10:02 UTC`.
pub(super) fn in_words(loaded: &Loaded) -> String {
    let description = &loaded.preset.description;
    let separator = if description.as_str().is_empty() {
        ""
    } else {
        ", "
    };
    let secrets = match loaded.preset.clear_secrets() {
        0 => String::new(),
        n => format!(" with {} in clear", counted(n, "secret")),
    };
    format!(
        "{}{}, {}{secrets}{separator}{description}, changed {}",
        super::on_profile(loaded),
        super::with_workload(&loaded.preset),
        counted(loaded.preset.answers.len(), "answer"),
        loaded.modified(),
    )
}

fn left_out(paths: &[FieldPath], whose: Whose) -> String {
    let secrets = counted(paths.len(), "secret");
    let (are, them) = if paths.len() == 1 {
        ("is", "it")
    } else {
        ("are", "them")
    };
    let names: Vec<&str> = paths.iter().map(FieldPath::as_str).collect();
    let keep = match whose {
        Whose::Mine => format!(", or give --with-secrets to keep {them} in a file of mode 0600"),
        Whose::Shared => String::new(),
    };
    format!(
        "{secrets} in clear {are} left out: {}.\nRefer to {them}, for example ${{FILE:/run/secrets/name}}{keep}.\n",
        names.join(", ")
    )
}

/// `--shared`, or what stands before the name.
fn to_place(shared: bool, named: Option<Whose>) -> Result<Whose, Cannot> {
    match (shared, named) {
        (true, Some(Whose::Mine)) => Err(one(Problem::error(
            "The name says mine/ and the option says --shared.",
        )
        .hint("Leave one of them out."))),
        (true, _) => Ok(Whose::Shared),
        (false, named) => Ok(named.unwrap_or(Whose::Mine)),
    }
}

pub(super) fn import(flags: &PresetImport, place: &Place) -> Result<Answer, Cannot> {
    let named = flags.name.as_deref().map(Named::parse).transpose();
    let named = named.map_err(one)?;
    let whose = to_place(flags.shared, named.as_ref().and_then(|named| named.whose))?;
    let name: Option<Name> = named.map(|named| named.name);
    let judge = judge(place)?;
    let imported = preset::import(
        &flags.file,
        name.as_ref(),
        flags.with_secrets,
        judge.schema(),
    );
    let (mut loaded, out) = imported.map_err(one)?;
    loaded.must_build_on_one(&Places::of(&place.workspace));
    let problems = loaded.all_problems();
    print::tell_by_place(&problems);
    if Counts::of(&problems).errors > 0 {
        print::message("Nothing was imported: mend these first.\n");
        return Ok(Answer::No);
    }
    if let Some(problem) = preset::may_share(&loaded, whose) {
        print::tell_by_place(&[problem]);
        return Ok(Answer::No);
    }
    if !out.is_empty() {
        print::message(&left_out(&out, whose));
    }
    let preset = loaded.preset;
    let profile = preset.profile.clone().unwrap_or_default();
    let named = Named {
        whose: Some(whose),
        name: preset.name.clone(),
    };
    let old = old(&named, judge.schema(), place)?;
    put(Put {
        words: format!(
            "profile {}, {}",
            clean::line(&profile),
            counted(preset.answers.len(), "answer")
        ),
        description: Some(preset.description.clone()),
        preset,
        whose,
        left_out: &out,
        with_secrets: flags.with_secrets,
        asked: flags.asked,
        old,
        schema: judge.schema(),
        place,
    })
}
