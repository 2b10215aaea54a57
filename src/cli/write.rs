//! `render --output`: shows the plan, asks, writes.
//! Leaves to others: the plan (`prepare`) and carrying it out (`store`).

use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use super::{Answer, Place, print, report};
use crate::config::Config;
use crate::prepare::{self, Prepared};
use crate::problem::Problem;
use crate::store::{Outcome, Plan};
use crate::value::Value;

/// Who says yes.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub dry_run: bool,
    pub yes: bool,
}

/// Plans to write `config` to `file`, shows the plan on stderr, and writes when told so.
///
/// # Errors
/// A problem when there can be no plan, when nobody can be asked, or when the write failed.
pub fn run(
    place: &Place,
    file: &Path,
    config: &Config,
    profile: &str,
    baseline: &Config,
    ask: Ask,
) -> Result<Answer, Problem> {
    let here = place.here.as_path();
    let file = here.join(file);
    let workspace = &place.workspace;
    let prepared = prepare::prepare(workspace, &file, config, Some(profile), Some(baseline));
    let shown = shown(&prepared, profile);
    let plan = prepared.plan?;
    print::message(&format!("{}\n{shown}", prepare::summary(&plan, here)));
    if ask.dry_run || plan.outcome == Outcome::Same {
        return Ok(Answer::Fine);
    }
    if !ask.yes {
        if !io::stdin().is_terminal() {
            return Err(Problem::error(
                "Nothing was written: nobody can be asked without a terminal.",
            )
            .hint("Give --yes to write, or --dry-run to see only this plan."));
        }
        print::message("Write it? [y/N] ");
        if !says_yes(&mut io::stdin().lock()) {
            print::message("Nothing was written.\n");
            return Ok(Answer::No);
        }
    }
    write(&plan)
}

fn write(plan: &Plan) -> Result<Answer, Problem> {
    let written = plan.write().map_err(|failed| failed.problem())?;
    let path = crate::clean::line(&written.path.to_string_lossy());
    print::message(&format!(
        "Written: {path}, {} lines, mode {:04o}.\n",
        written.lines, written.mode
    ));
    if let Some(problem) = written.problem {
        print::message(&report::lines(&[report::Told::by_place(problem)]));
    }
    Ok(Answer::Fine)
}

fn says_yes(from: &mut impl BufRead) -> bool {
    let mut line = String::new();
    from.read_line(&mut line).is_ok() && matches!(line.trim(), "y" | "Y" | "yes" | "Yes" | "YES")
}

/// What changes, one setting a line, and what is worth knowing before it is written.
fn shown(prepared: &Prepared, profile: &str) -> String {
    let against = if prepared.against_file {
        "what the file says".to_owned()
    } else {
        format!("profile {profile}")
    };
    let mut text = match prepared.changes.len() {
        0 => format!("No setting differs from {against}.\n"),
        1 => format!("1 setting differs from {against}:\n"),
        n => format!("{n} settings differ from {against}:\n"),
    };
    for (path, before, after) in &prepared.changes {
        let (sign, before, after) = sides(before.as_ref(), after.as_ref());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {sign} {path}: {before} -> {after}");
    }
    if let Some(lost) = &prepared.lost {
        let _ = writeln!(text, "{lost}");
    }
    if prepared.clear_secrets > 0 {
        let n = prepared.clear_secrets;
        let values = if n == 1 { "value is" } else { "values are" };
        let _ = writeln!(
            text,
            "{n} secret {values} written in clear, so only the owner may read the file."
        );
    }
    text
}

fn sides(before: Option<&Value>, after: Option<&Value>) -> (&'static str, String, String) {
    let shown =
        |value: Option<&Value>| value.map_or_else(|| "(none)".to_owned(), ToString::to_string);
    let (left, right) = (shown(before), shown(after));
    match (before, after) {
        (None, _) => ("+", left, right),
        (_, None) => ("-", left, right),
        // Both are masked.
        _ if left == right => ("~", left, "(secret, changed)".to_owned()),
        _ => ("~", left, right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

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

    #[test]
    fn a_changed_secret_says_only_that_it_changed() {
        let secret = |text: &str| Value::Secret(Secret::new(text));
        let (sign, before, after) = sides(Some(&secret("one")), Some(&secret("two")));
        assert_eq!(
            (sign, &*before, &*after),
            ("~", "(secret)", "(secret, changed)")
        );
        let (sign, before, after) = sides(None, Some(&Value::Integer(1)));
        assert_eq!((sign, &*before, &*after), ("+", "(none)", "1"));
    }
}
