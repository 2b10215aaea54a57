//! Estimates as files: read to compare with, written where `--save` says.
//! Leaves to others: what they hold (`budget::estimate`), the write (`store`).

use std::path::Path;

use super::super::write::{Ask, agreed_to};
use super::super::{Answer, Cannot, Place, one, print};
use super::given::must_read;
use crate::budget::Estimate;
use crate::plan_text;
use crate::prepare;
use crate::problem::Problem;
use crate::store::{self, Outcome, Plan};

pub(super) fn read(file: &Path) -> Result<Estimate, Problem> {
    let example = "Give a file that vapora-tui budget --save wrote.";
    Estimate::read(file, &must_read(file, example)?)
}

/// A file that is there and no estimate is refused: it was not meant.
pub(super) fn save(
    estimate: &Estimate,
    file: &Path,
    yes: bool,
    place: &Place,
) -> Result<Answer, Cannot> {
    let path = place.here.join(file);
    let found = store::read(&path).map_err(one)?;
    if let Some(found) = &found {
        let text = String::from_utf8_lossy(&found.bytes);
        let is_ours = serde_json::from_str::<serde_json::Value>(&text)
            .is_ok_and(|json| json.get("format").is_some() && json.get("total_cents").is_some());
        if !is_ours {
            return Err(one(Problem::error(
                "There is a file already, and it is no estimate.",
            )
            .hint("Name another file.")
            .in_file(file, None)));
        }
    }
    let plan = Plan::new(&path, found.as_ref(), estimate.text(), false).map_err(one)?;
    write(&plan, false, yes, place)
}

/// Shows a plan, asks where it replaces something, and carries it out.
pub(super) fn write(
    plan: &Plan,
    dry_run: bool,
    yes: bool,
    place: &Place,
) -> Result<Answer, Cannot> {
    print::message(&format!("{}\n", prepare::summary(plan, &place.here)));
    if dry_run || plan.outcome == Outcome::Same {
        return Ok(Answer::Fine);
    }
    let ask = Ask {
        dry_run: false,
        // A new file replaces nothing.
        yes: yes || plan.outcome == Outcome::New,
    };
    if !agreed_to("Replace it?", "Nothing was written", ask, place).map_err(one)? {
        return Ok(Answer::No);
    }
    let written = plan.write().map_err(|failed| one(failed.problem()))?;
    print::tell_by_place(&written.problems);
    let said = plan_text::written(plan, &written, &place.here);
    print::message(&format!("{said}\n"));
    Ok(Answer::Fine)
}
