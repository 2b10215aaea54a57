//! `preset rename`, `duplicate`, `describe`, `export`: what changes one that is there, or carries it elsewhere.

use serde_json::{Value as Json, json};

use super::{done, judge, load};
use crate::caution;
use crate::clean;
use crate::cli::args::format::Format;
use crate::cli::args::preset::{PresetDescribe, PresetDuplicate, PresetExport, PresetRename};
use crate::cli::write::{Ask, agreed_to};
use crate::cli::{Answer, Cannot, Place, one, print};
use crate::plan_text;
use crate::prepare;
use crate::preset::{self, Description, Loaded, Named, Places, Refused, Saved, Whose};
use crate::problem::Problem;
use crate::report;
use crate::store::Outcome;

/// Is nothing to be written? Then it is said.
pub(super) fn refuses(place: &Place) -> bool {
    if place.readonly {
        print::tell_by_place(&[caution::readonly()]);
    }
    place.readonly
}

pub(super) fn finish(
    saved: Result<Saved, Refused>,
    format: Format,
    place: &Place,
    done_word: &str,
    named: &Named,
) -> Result<Answer, Cannot> {
    done(
        saved,
        format,
        |saved| {
            let file = clean::path(&place.here, &saved.file);
            let (first, rest) = done_word.split_at(1);
            format!("{}{rest}: {named}\n{file}\n", first.to_uppercase())
        },
        |saved| {
            let mut json = json!({ "file": saved.file.to_string_lossy() });
            json[done_word] = Json::String(named.to_string());
            json
        },
    )
}

fn whose(loaded: &Loaded) -> Whose {
    loaded.whose.unwrap_or(Whose::Mine)
}

/// The preset to change: a name alone is never a shared one's.
pub(super) fn load_to_change(name: &str, place: &Place) -> Result<Loaded, Cannot> {
    let places = Places::of(&place.workspace);
    let named = Named::parse(name).and_then(|named| preset::to_change(&places, &named));
    let named = named.map_err(one)?;
    let judge = judge(place)?;
    preset::load(&places, &named, judge.schema()).map_err(one)
}

pub(super) fn rename(flags: &PresetRename, place: &Place) -> Result<Answer, Cannot> {
    let new = Named::parse(&flags.new).map_err(one)?;
    let loaded = load_to_change(&flags.preset.name, place)?;
    if new.whose.is_some_and(|new| new != whose(&loaded)) {
        let problem = Problem::error("Renaming leaves a preset in its folder.");
        return Err(one(
            problem.hint("Use preset duplicate, then preset delete.")
        ));
    }
    if refuses(place) {
        return Ok(Answer::No);
    }
    if let Some(problem) = preset::may_share(&loaded, whose(&loaded)) {
        print::tell_by_place(&[problem]);
        return Ok(Answer::No);
    }
    let saved = preset::rename(&Places::of(&place.workspace), &loaded, &new.name);
    let named = Named {
        whose: Some(whose(&loaded)),
        name: new.name,
    };
    finish(saved, flags.printed.format, place, "renamed", &named)
}

pub(super) fn duplicate(flags: &PresetDuplicate, place: &Place) -> Result<Answer, Cannot> {
    let new = Named::parse(&flags.new).map_err(one)?;
    let loaded = load(&flags.preset.name, place)?;
    if refuses(place) {
        return Ok(Answer::No);
    }
    let whose = new.whose.unwrap_or(whose(&loaded));
    if flags.with_secrets
        && let Some(problem) = preset::may_share(&loaded, whose)
    {
        print::tell_by_place(&[problem]);
        return Ok(Answer::No);
    }
    say_left_out(&loaded, flags.with_secrets, whose);
    let description = &loaded.preset.description;
    let places = Places::of(&place.workspace);
    let saved = preset::duplicate(
        &places,
        &loaded,
        whose,
        &new.name,
        description,
        flags.with_secrets,
    );
    let named = Named {
        whose: Some(whose),
        name: new.name,
    };
    finish(saved, flags.printed.format, place, "saved", &named)
}

/// What a copy does not carry, and how it would.
fn say_left_out(of: &Loaded, with_secrets: bool, whose: Whose) {
    if with_secrets {
        return;
    }
    let along = match whose {
        Whose::Mine => "; --with-secrets takes it along",
        Whose::Shared => "",
    };
    if let Some(left_out) = preset::left_out_in_words(&of.clear) {
        let along = if of.clear.len() == 1 {
            along.to_owned()
        } else {
            along.replace(" it ", " them ")
        };
        print::message(&format!("{left_out}{along}.\n"));
    }
}

pub(super) fn describe(flags: &PresetDescribe, place: &Place) -> Result<Answer, Cannot> {
    let description = Description::new(&flags.text).map_err(one)?;
    let loaded = load_to_change(&flags.preset.name, place)?;
    if refuses(place) {
        return Ok(Answer::No);
    }
    let saved = preset::describe(&Places::of(&place.workspace), &loaded, &description);
    finish(
        saved,
        flags.printed.format,
        place,
        "described",
        &loaded.named(),
    )
}

pub(super) fn export(flags: &PresetExport, place: &Place) -> Result<Answer, Cannot> {
    let loaded = load(&flags.preset.name, place)?;
    let plan = preset::export(&loaded, &place.here.join(&flags.file), flags.with_secrets);
    let plan = plan.map_err(one)?;
    say_left_out(&loaded, flags.with_secrets, Whose::Mine);
    print::message(&format!("{}\n", prepare::summary(&plan, &place.here)));
    let ask = Ask {
        dry_run: false,
        // A new file replaces nothing.
        yes: flags.asked.yes || plan.outcome != Outcome::Changed,
    };
    if !agreed_to("Replace it?", "Nothing was exported", ask, place).map_err(one)? {
        return Ok(Answer::No);
    }
    let left_out = loaded.clear.iter().filter(|_| !flags.with_secrets);
    let left_out: Vec<&str> = left_out.map(|clear| clear.path.as_str()).collect();
    let written = plan.write().map_err(|failed| one(failed.problem()))?;
    print::tell_by_place(&written.problems);
    let said = plan_text::written(&plan, &written, &place.here);
    match flags.asked.printed.format {
        Format::Human => print::text(&format!("{said}\n")),
        Format::Json => print::result(&report::text(&json!({
            "exported": loaded.named().to_string(),
            "file": written.path.to_string_lossy(),
            "secrets_in_clear": if flags.with_secrets { loaded.clear.len() } else { 0 },
            "left_out": left_out,
        }))),
    }
    .map_err(one)?;
    Ok(Answer::Fine)
}
