//! From counts over a period to figures of a day and of a call, role by role.
//! Leaves to others: where the counts come from (`metrics`).

use std::collections::BTreeMap;

use super::counted::{Series, What};
use super::found::Found;
use super::number;
use super::table::shown;
use super::workload::too_many_roles;
use super::workload::{CALLS, INPUT, ImportedRole, MOST_ROLES, OUTPUT, ProviderShare};

const DAY: f64 = 86_400.0;

const MICRO_CENTS: f64 = 1e6;

/// More cents than this are nobody's: a billion dollars.
const MOST_CENTS: f64 = 1e11;

/// What all counters of one role counted.
#[derive(Default)]
struct Sums {
    calls: f64,
    input: f64,
    output: f64,
    cents: Option<f64>,
    providers: BTreeMap<String, f64>,
    line: Option<usize>,
}

/// The roles sorted by name. Those whose figures cannot be worked out are in `found` instead.
pub(super) fn roles(
    series: &BTreeMap<Series, (f64, usize)>,
    seconds: u64,
    found: &mut Found<'_>,
) -> Vec<ImportedRole> {
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    for (series, (count, line)) in series {
        let sum = sums.entry(&series.role).or_default();
        sum.line = Some(sum.line.map_or(*line, |first| first.min(*line)));
        match series.what {
            What::Calls => {
                sum.calls += count;
                if let Some(provider) = &series.provider {
                    *sum.providers.entry(provider.clone()).or_default() += count;
                }
            }
            What::InputTokens => sum.input += count,
            What::OutputTokens => sum.output += count,
            What::Cents => *sum.cents.get_or_insert(0.0) += count,
        }
    }
    if sums.len() > MOST_ROLES {
        too_many_roles(found);
        return Vec::new();
    }
    sums.into_iter()
        .filter_map(|(role, sums)| figures(role, sums, seconds, found))
        .collect()
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a period in seconds is far below 2^53"
)]
fn figures(role: &str, sums: Sums, seconds: u64, found: &mut Found<'_>) -> Option<ImportedRole> {
    let called = shown(role);
    let tokens = sums.input + sums.output;
    let cents = sums.cents.unwrap_or(0.0);
    if sums.calls <= 0.0 && tokens + cents > 0.0 {
        found.error(
            sums.line,
            format!("{called} has tokens or costs and no calls, so a call cannot be worked out."),
            "vapora_llm_requests_total of this role is needed too.",
        );
        return None;
    }
    if sums.calls > 0.0 && tokens <= 0.0 {
        found.error(
            sums.line,
            format!("{called} has calls and no tokens, so they would seem to cost nothing."),
            "vapora_llm_tokens_total of this role is needed too; the router counts them when llm_router.cost_tracking.track_tokens is on.",
        );
        return None;
    }
    if cents > MOST_CENTS {
        found.error(
            sums.line,
            format!("{called} has cost more than a billion dollars."),
            "Is vapora_llm_cost_cents_total counted in cents?",
        );
        return None;
    }
    let a_day = sums.calls * DAY / seconds as f64;
    if sums.calls <= 0.0 {
        found.warning(
            sums.line,
            format!("{called} made no call in the period."),
            "It counts as 0 calls a day.",
        );
    } else if a_day < 0.5 {
        found.warning(
            sums.line,
            format!("{called} made less than one call in two days."),
            "It counts as 1 call a day.",
        );
    }
    let calls = sums.calls.max(1.0);
    let figures = [
        (CALLS, a_day),
        (INPUT, sums.input / calls),
        (OUTPUT, sums.output / calls),
    ]
    .map(|(count, exact)| {
        // What happened at all does not round to nothing.
        let number = if exact > 0.0 { exact.max(1.0) } else { 0.0 };
        let read = count.read(&number::whole(number).to_string());
        read.map_err(|(message, hint)| {
            found.error(sums.line, format!("{called}: {message}"), &hint);
        })
    });
    let [Ok(calls_a_day), Ok(input_tokens), Ok(output_tokens)] = figures else {
        return None;
    };
    let mut shares: Vec<ProviderShare> = sums
        .providers
        .into_iter()
        .filter(|(_, calls)| *calls > 0.0)
        .map(|(provider, calls)| ProviderShare {
            provider,
            calls: number::whole(calls),
        })
        .collect();
    // Stable, so that equal ones stand by name.
    shares.sort_by_key(|share| std::cmp::Reverse(share.calls));
    Some(ImportedRole {
        role: role.to_owned(),
        calls_a_day,
        input_tokens,
        output_tokens,
        provider: shares.first().map(|share| share.provider.clone()),
        shares,
        spent_micro_cents: sums.cents.map(|cents| number::whole(cents * MICRO_CENTS)),
    })
}
