//! `preset delete` and `preset restore`: away, and back again. Leaves to others: where it is kept meanwhile (`preset`).

use serde_json::json;

use super::changing::{finish, load_to_change, refuses};
use super::saving::in_words;
use crate::clean;
use crate::cli::args::format::Format;
use crate::cli::args::preset::{PresetDelete, PresetRestore};
use crate::cli::write::{Ask, agreed_to};
use crate::cli::{Answer, Cannot, Place, one, print};
use crate::preset::{self, Named, Places, Refused};
use crate::report;

pub(super) fn delete(flags: &PresetDelete, place: &Place) -> Result<Answer, Cannot> {
    let loaded = load_to_change(&flags.preset.name, place)?;
    if refuses(place) {
        return Ok(Answer::No);
    }
    let named = loaded.named();
    let file = clean::path(&place.here, &loaded.file);
    print::message(&format!("- {named}  {file}\n  {}\n", in_words(&loaded)));
    let ask = Ask {
        dry_run: false,
        yes: flags.asked.yes,
    };
    if !agreed_to("Delete it?", "Nothing was deleted", ask, place).map_err(one)? {
        return Ok(Answer::No);
    }
    let kept = match preset::delete(&loaded) {
        Ok(deleted) => deleted.secrets_kept(&file),
        Err(Refused::Failed(problem)) => return Err(one(problem)),
        Err(refused) => {
            print::tell_by_place(&[refused.problem().clone()]);
            return Ok(Answer::No);
        }
    };
    if let Some(kept) = kept {
        print::message(&format!("{kept}\n"));
    }
    let back = format!("vapora-tui preset restore {named}");
    match flags.asked.printed.format {
        Format::Human => print::text(&format!("Deleted: {named}\n{back} brings it back.\n")),
        Format::Json => print::result(&report::text(&json!({
            "deleted": named.to_string(),
            "restore": back,
            "file": loaded.file.to_string_lossy(),
        }))),
    }
    .map_err(one)?;
    Ok(Answer::Fine)
}

pub(super) fn restore(flags: &PresetRestore, place: &Place) -> Result<Answer, Cannot> {
    let named = Named::parse(&flags.preset.name).map_err(one)?;
    if refuses(place) {
        return Ok(Answer::No);
    }
    let places = Places::of(&place.workspace);
    let deleted = preset::kept(&places, &named).map_err(one)?;
    let back = preset::put_back(&places, &deleted);
    finish(
        back,
        flags.printed.format,
        place,
        "restored",
        &deleted.named(),
    )
}
