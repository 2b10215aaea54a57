//! `scoring import FILE`: makes a file of executions the history of the workspace.
//! Leaves to others: reading it (`budget::import`), its text (`history_in_use`), replacing the file (`store`).

use crate::budget::history_in_use::{self, InUse};
use crate::budget::import::{self, File};
use crate::clean;
use crate::cli::args::scoring::ScoringImport;
use crate::cli::write::{Ask, agreed};
use crate::cli::{Answer, Cannot, Place, one, print};
use crate::plan_text;
use crate::prepare;
use crate::store::{self, Outcome, Plan};

pub(super) fn run(flags: &ScoringImport, place: &Place) -> Result<Answer, Cannot> {
    let bytes = super::read(&flags.file)?;
    let read = import::history(&File {
        name: &flags.file,
        bytes: &bytes,
    });
    print::tell_by_place(&read.problems);
    let Some(history) = read.value else {
        print::message("Nothing was imported: mend these first.\n");
        return Ok(Answer::No);
    };
    let file = place.workspace.root().join(history_in_use::FILE);
    let found = store::read(&file).map_err(one)?;
    let text = history_in_use::text(&history).map_err(one)?;
    let plan = Plan::new(&file, found.as_ref(), text, false).map_err(one)?;
    let gets = history_in_use::in_words(&history);
    let shown = if plan.outcome == Outcome::Changed {
        let has = InUse::of(&place.workspace);
        let has = match has.file {
            Some(_) => history_in_use::in_words(&has.history),
            None => "what cannot be read as a history".to_owned(),
        };
        format!("  it has:  {has}\n  it gets: {gets}\n")
    } else {
        format!("  {gets}\n")
    };
    print::message(&format!(
        "{}\n{shown}",
        prepare::summary(&plan, &place.here)
    ));
    if plan.outcome == Outcome::Same {
        return Ok(Answer::Fine);
    }
    let ask = Ask {
        dry_run: flags.dry_run,
        yes: flags.yes,
    };
    if ask.dry_run {
        return Ok(Answer::Fine);
    }
    if !agreed(ask, place).map_err(one)? {
        return Ok(Answer::No);
    }
    let written = plan.write().map_err(|failed| one(failed.problem()))?;
    let said = plan_text::written(&plan, &written, &place.here);
    print::message(&format!("{}\n", clean::line(&said)));
    print::tell_by_place(&written.problems);
    Ok(Answer::Fine)
}
