//! `render --output`: shows the plan, asks, writes.
//! Leaves to others: the plan (`prepare`) and carrying it out (`store`).

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use super::{Answer, Place, print, report};
use crate::caution;
use crate::claiming;
use crate::config::Config;
use crate::input::Format;
use crate::meanwhile;
use crate::output;
use crate::plan_text;
use crate::prepare;
use crate::problem::Problem;
use crate::store::{Failed, Found, Note, Outcome, Plan};

/// Who says yes.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub dry_run: bool,
    pub yes: bool,
}

/// Is the file that was read and is written another one by now?
fn is_other(read: &Found, found: Option<&Found>, file: &Path) -> bool {
    match found {
        Some(found) => found.target == read.target && found.fingerprint != read.fingerprint,
        None => !read.target.exists() && read.target.file_name() == file.file_name(),
    }
}

/// What is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub config: &'a Config,
    pub profile: &'a str,
    /// The profile alone, to count the changes against when there is no file.
    pub baseline: &'a Config,
    pub note: &'a Note,
    /// The file that it was taken from, which may be the one that is written.
    pub read: Option<&'a Found>,
}

/// Plans to write this to `file`, shows the plan on stderr, and writes when told so.
///
/// # Errors
/// A problem when there can be no plan, when nobody can be asked, or when the write failed.
pub fn run(place: &Place, file: &Path, wanted: &Wanted, ask: Ask) -> Result<Answer, Problem> {
    let Wanted {
        config,
        profile,
        baseline,
        note,
        read,
    } = *wanted;
    let here = place.here.as_path();
    let file = here.join(file);
    let workspace = &place.workspace;
    let told = claiming::warning(&file).map(report::Told::by_place);
    print::tell(&told.into_iter().collect::<Vec<_>>());
    let prepared = prepare::prepare(workspace, &file, config, Some(profile), Some(baseline));
    if let Some(read) = read
        && is_other(read, prepared.found.as_ref(), &file)
    {
        let changed = meanwhile::changed_in_the_run(&file);
        print::tell(&[report::Told::by_place(changed)]);
        return Ok(Answer::No);
    }
    let shown = plan_text::changes(&prepared, profile, None, |_, value| value.to_string());
    let plan = match prepared.plan {
        Ok(plan) => plan,
        Err(problem) if !is_refused(&prepared.file, prepared.found.as_ref()) => {
            return Err(problem);
        }
        Err(problem) => {
            print::tell(&[report::Told::by_place(problem)]);
            return Ok(Answer::No);
        }
    };
    print::message(&format!("{}\n{shown}", prepare::summary(&plan, here)));
    if ask.dry_run || plan.outcome == Outcome::Same {
        return Ok(Answer::Fine);
    }
    if !agreed(ask, place)? {
        return Ok(Answer::No);
    }
    write(&plan, here, note)
}

/// Is there Nickel of somebody else's, which is never written over?
fn is_refused(file: &Path, found: Option<&Found>) -> bool {
    let text = found.and_then(|found| std::str::from_utf8(&found.bytes).ok());
    let refused = |text| output::may_replace_nickel(text).is_err();
    Format::of(file) == Some(Format::Nickel) && text.is_some_and(refused)
}

const NOT_WRITTEN: &str = "Nothing was written";

/// Does the operator want what was shown to be written, and may it be?
///
/// # Errors
/// A problem when nobody can be asked.
pub(super) fn agreed(ask: Ask, place: &Place) -> Result<bool, Problem> {
    agreed_to("Write it?", NOT_WRITTEN, ask, place)
}

/// As [`agreed`], with the question and what is said when the answer is no.
///
/// # Errors
/// A problem when nobody can be asked.
pub(super) fn agreed_to(
    question: &str,
    nothing: &str,
    ask: Ask,
    place: &Place,
) -> Result<bool, Problem> {
    if place.readonly {
        let told = report::Told::by_place(caution::readonly());
        print::tell(&[told]);
        return Ok(false);
    }
    if ask.yes {
        return Ok(true);
    }
    let hint = if nothing == NOT_WRITTEN {
        "Give --yes to write, or --dry-run to see only this plan."
    } else {
        "Give --yes to do it."
    };
    if !io::stdin().is_terminal() {
        return Err(Problem::error(format!(
            "{nothing}: nobody can be asked without a terminal."
        ))
        .hint(hint));
    }
    print::message(&format!("{question} [y/N] "));
    let yes = says_yes(&mut io::stdin().lock());
    if !yes {
        print::message(&format!("{nothing}.\n"));
    }
    Ok(yes)
}

/// Carries a plan out and says so.
///
/// # Errors
/// A problem when the write failed.
fn write(plan: &Plan, here: &Path, note: &Note) -> Result<Answer, Problem> {
    let written = match plan.write_noted(note) {
        Ok(written) => written,
        Err(failed @ Failed::ChangedOnDisk { .. }) => {
            let changed = failed.problem().hint(meanwhile::RUN_AGAIN);
            print::tell(&[report::Told::by_place(changed)]);
            return Ok(Answer::No);
        }
        Err(failed) => return Err(failed.problem()),
    };
    let said = plan_text::written(plan, &written, here);
    print::message(&format!("{said}\n"));
    print::tell_by_place(&written.problems);
    Ok(Answer::Fine)
}

fn says_yes(from: &mut impl BufRead) -> bool {
    let mut line = String::new();
    from.read_line(&mut line).is_ok() && matches!(line.trim(), "y" | "Y" | "yes" | "Yes" | "YES")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_a_yes() {
        for (typed, expected) in [
            ("y\n", true),
            ("yes\n", true),
            ("\n", false),
            ("", false),
            ("yeah\n", false),
        ] {
            assert_eq!(says_yes(&mut typed.as_bytes()), expected, "{typed:?}");
        }
    }
}
