//! What a verb's result is compared with, named as `diff` names its sides.
//! Leaves to others: reading and judging one side (`diff`).

use std::path::Path;

use super::diff::{Opened, Operand};
use super::judge::Judge;
use super::judged_file::Over;
use super::{Cannot, Place, one, profiles};
use crate::config::Config;

/// Its title and the configuration: a profile, `preset:NAME`, `generation:N` or a file. A file that names no profile is
/// taken over that of the other side.
///
/// # Errors
/// Why it cannot be compared with.
pub(super) fn config(
    named: &Path,
    profile: &str,
    judge: &mut Judge,
    place: &Place,
) -> Result<(String, Config), Cannot> {
    let (profiles, unread) = profiles(&place.workspace);
    let operand = Operand::of(named, place, &profiles, &unread).map_err(one)?;
    let opened: Opened = operand.opened(judge, place)?;
    let over = opened.stands_over(None, &profiles);
    let over = over.unwrap_or_else(|| Over::Others(profile.to_owned()));
    let side = opened.judged(judge, over, &profiles)?;
    Ok((side.title(), side.config))
}
