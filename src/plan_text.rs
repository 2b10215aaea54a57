//! The plan of a write as plain text: which settings change, what is worth knowing before,
//! and that it is written.
//! Leaves to others: the plan (`prepare`), where it is shown and who says yes (`cli`, `plain`).

use std::fmt::Write as _;
use std::path::Path;

use crate::clean;
use crate::config::Config;
use crate::diff::{self, ChangeKind};
use crate::prepare::Prepared;
use crate::problem::counted;
use crate::schema::FieldPath;
use crate::store::{Plan, Written};
use crate::value::Value;

/// What changes, one setting a line, and what is worth knowing before it is written. With `brief`, the profile alone,
/// settings that the file lacks and that get its values are only counted.
#[must_use]
pub fn changes(
    prepared: &Prepared,
    profile: &str,
    brief: Option<&Config>,
    show: impl Fn(&FieldPath, &Value) -> String,
) -> String {
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
    let brief = brief.filter(|_| prepared.against_file);
    let mut filled = 0;
    for (path, before, after) in &prepared.changes {
        let theirs = brief.and_then(|profile| profile.value(path.as_str()));
        if before.is_none() && theirs.is_some() && theirs == after.as_ref() {
            filled += 1;
            continue;
        }
        let (sign, before, after) = sides(path, before.as_ref(), after.as_ref(), &show);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {sign} {path}: {before} -> {after}");
    }
    if filled > 0 {
        let what = counted(filled, "setting");
        let _ = writeln!(
            text,
            "  + {what} that the file lacks, as in profile {profile}"
        );
    }
    if let Some(lost) = &prepared.lost {
        let _ = writeln!(text, "{lost}");
    }
    for remark in prepared.plan.iter().flat_map(Plan::remarks) {
        let _ = writeln!(text, "{remark}");
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

/// What is said once it is written, with the file as the plan names it:
/// `Written: config/runtime/vapora.toml, 248 lines, generation 1, mode 0644.`
#[must_use]
pub fn written(plan: &Plan, written: &Written, here: &Path) -> String {
    let generation = written
        .generation
        .map(|number| format!(", generation {number}"));
    format!(
        "Written: {}, {}{}, mode {:04o}.",
        clean::path(here, &plan.file),
        counted(written.lines, "line"),
        generation.unwrap_or_default(),
        written.mode
    )
}

/// The sign of a change and both values, as `show` shows them.
#[must_use]
pub fn sides(
    path: &FieldPath,
    before: Option<&Value>,
    after: Option<&Value>,
    show: impl Fn(&FieldPath, &Value) -> String,
) -> (&'static str, String, String) {
    let kind = match (before, after) {
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Removed,
        _ => ChangeKind::Changed,
    };
    let (left, right) = diff::sides(before, after, "(none)", |value| show(path, value));
    (kind.sign(), left, right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn a_changed_secret_says_only_that_it_changed() {
        let path = FieldPath::from("a.b");
        let show = |_: &FieldPath, value: &Value| value.to_string();
        let secret = |text: &str| Value::Secret(Secret::new(text));
        let (sign, before, after) = sides(&path, Some(&secret("one")), Some(&secret("two")), show);
        assert_eq!(
            (sign, &*before, &*after),
            ("~", "(secret)", "(secret, changed)")
        );
        let (sign, before, after) = sides(&path, None, Some(&Value::Integer(1)), show);
        assert_eq!((sign, &*before, &*after), ("+", "(none)", "1"));
    }
}
