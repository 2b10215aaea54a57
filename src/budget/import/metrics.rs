//! Workload figures from VAPORA's counters in Prometheus texts: one with a stated period, or two and what lies between.
//! Leaves to others: the syntax (`exposition`).

use std::collections::BTreeMap;

use super::counted::{Counted, Series};
use super::found::Found;
use super::number;
use super::per_role::roles;
use super::period::Period;
use super::workload::Imported;
use super::{File, Import};
use crate::problem::{Problem, counted};

/// Which files hold the counters.
#[derive(Clone, Copy, Debug)]
pub enum Counters<'a> {
    /// One file whose counters began at 0 when the period did.
    Since { file: File<'a>, period: Period },
    /// Two files; the period may be left out when their samples say when they were taken.
    Between {
        earlier: File<'a>,
        later: File<'a>,
        period: Option<Period>,
    },
}

/// Reads the figures of each role from `vapora_llm_requests_total{provider,role}`,
/// `vapora_llm_tokens_total{provider,role,direction}` and `vapora_llm_cost_cents_total{provider,role}`; other labels
/// are summed over. Counters without a role label are refused, or counted for `role` when one is given.
#[must_use]
pub fn metrics(counters: &Counters<'_>, role: Option<&str>) -> Import<Imported> {
    if let Some(Err((message, hint))) = role.map(|role| number::name("--role", role.trim())) {
        return Import::whole(None, vec![Problem::error(message).hint(hint)]);
    }
    let role = role.map(str::trim).filter(|role| !role.is_empty());
    match counters {
        Counters::Since { file, period } => {
            let mut found = Found::in_file(file.name);
            let counts = Counted::of(file, role, &mut found).filter(|_| !found.refuses());
            let value = counts.map(|counts| Imported {
                roles: roles(&counts.series, period.seconds(), &mut found),
                period_seconds: Some(period.seconds()),
            });
            Import::whole(value, found.problems())
        }
        Counters::Between {
            earlier,
            later,
            period,
        } => between(earlier, later, *period, role),
    }
}

fn between(
    earlier: &File<'_>,
    later: &File<'_>,
    period: Option<Period>,
    role: Option<&str>,
) -> Import<Imported> {
    let mut found_before = Found::in_file(earlier.name);
    let mut found = Found::in_file(later.name);
    let before = Counted::of(earlier, role, &mut found_before);
    let after = Counted::of(later, role, &mut found);
    let value = before
        .zip(after)
        .filter(|_| !found_before.refuses() && !found.refuses())
        .and_then(|(before, after)| {
            let seconds = elapsed(&before, &after, period, &mut found)?;
            let series = difference(&before.series, after.series, &mut found);
            Some(Imported {
                roles: roles(&series, seconds, &mut found),
                period_seconds: Some(seconds),
            })
        });
    let mut problems = found_before.problems();
    problems.extend(found.problems());
    Import::whole(value, problems)
}

/// Seconds between the two: as stated, or as their samples say.
fn elapsed(
    before: &Counted,
    after: &Counted,
    period: Option<Period>,
    found: &mut Found<'_>,
) -> Option<u64> {
    if let (Some(from), Some(to)) = (before.taken, after.taken)
        && to <= from
    {
        found.error(
            None,
            "The second file was taken no later than the first.".to_owned(),
            "Give the earlier file first.",
        );
        return None;
    }
    if let Some(period) = period {
        return Some(period.seconds());
    }
    let (Some(from), Some(to)) = (before.taken, after.taken) else {
        found.error(
            None,
            "Nothing says how much time lies between the two files.".to_owned(),
            "State it, for example --period 7d.",
        );
        return None;
    };
    let period = Period::of_seconds(number::whole(to - from));
    if period.is_none() {
        found.error(
            None,
            "Between the two files lie less than a second or more than 366 days.".to_owned(),
            "Give files that are some days apart, or state the time: --period 7d.",
        );
    }
    period.map(Period::seconds)
}

/// What each counter counted in between. One that fell began anew at 0, one that the first file does not have too.
fn difference(
    before: &BTreeMap<Series, (f64, usize)>,
    after: BTreeMap<Series, (f64, usize)>,
    found: &mut Found<'_>,
) -> BTreeMap<Series, (f64, usize)> {
    let gone = before
        .keys()
        .filter(|key| !after.contains_key(*key))
        .count();
    if gone > 0 {
        let message = format!("{} not here any more.", are(gone, " of the first file"));
        found.warning(
            None,
            message,
            "What they counted since then is not in the figures.",
        );
    }
    let mut anew = 0;
    let mut first = None;
    let series = after
        .into_iter()
        .map(|(key, (count, line))| {
            let since = match before.get(&key) {
                Some((earlier, _)) if *earlier <= count => count - earlier,
                Some(_) => {
                    anew += 1;
                    first = Some(first.map_or(line, |first: usize| first.min(line)));
                    count
                }
                None => count,
            };
            (key, (since, line))
        })
        .collect();
    if anew > 0 {
        let message = format!(
            "{} lower than in the first file: counting began anew.",
            are(anew, "")
        );
        found.warning(
            first,
            message,
            "What was counted before the restart is not in the figures. If the files are swapped, give the earlier first.",
        );
    }
    series
}

fn are(count: usize, which: &str) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{}{which} {verb}", counted(count, "counter"))
}
