//! The counters of one Prometheus text, each judged: what it counts, for which role, how far.
//! Leaves to others: the syntax (`exposition`), what the counts mean for a role (`per_role`).

use std::collections::BTreeMap;

use super::File;
use super::exposition::{OURS, Sample, samples};
use super::found::Found;
use super::number;
use super::table::shown;
use super::text;
use crate::problem::counted;

pub(super) const REQUESTS: &str = "vapora_llm_requests_total";
pub(super) const TOKENS: &str = "vapora_llm_tokens_total";
pub(super) const COST: &str = "vapora_llm_cost_cents_total";

/// Larger counts are no counts of calls, tokens or cents: 10^15.
const MOST: f64 = 1e15;

/// What a counter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Calls,
    InputTokens,
    OutputTokens,
    Cents,
}

/// One counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Series {
    pub role: String,
    pub what: What,
    pub provider: Option<String>,
    /// All labels, as they are written: counters of several servers stand side by side.
    labels: Vec<(String, String)>,
}

/// The counters of one text, each with its count and its line.
#[derive(Debug)]
pub(super) struct Counted {
    pub series: BTreeMap<Series, (f64, usize)>,
    /// When they were taken, in seconds since 1970, if they say so.
    pub taken: Option<f64>,
}

impl Counted {
    /// `None` when the text cannot be read at all; with errors in `found` it is not to be used.
    pub fn of(file: &File<'_>, role: Option<&str>, found: &mut Found<'_>) -> Option<Self> {
        let text = text::of(file, found)?;
        let mut counted = Self {
            series: BTreeMap::new(),
            taken: None,
        };
        let mut no_role = NoRole::default();
        for sample in samples(text, found) {
            counted.take(sample, role, &mut no_role, found);
        }
        no_role.tell(role, found);
        if counted.series.is_empty() && !found.refuses() {
            found.error(
                None,
                format!("The file holds none of the counters {REQUESTS}, {TOKENS} and {COST}."),
                "Give what the router serves at /metrics.",
            );
        }
        Some(counted)
    }

    fn take(
        &mut self,
        sample: Sample,
        role: Option<&str>,
        no_role: &mut NoRole,
        found: &mut Found<'_>,
    ) {
        let Some(what) = what(&sample, found) else {
            return;
        };
        if let Err((message, hint)) = judged(&sample) {
            found.error(sample.line, message, &hint);
            return;
        }
        let label = |label| {
            let text = sample.label(label);
            text.map(|text| number::name(label, text)).transpose()
        };
        let (own_role, provider) = match label("role").and_then(|own| Ok((own, label("provider")?)))
        {
            Ok(names) => names,
            Err((message, hint)) => return found.error(sample.line, message, &hint),
        };
        if own_role.is_none() {
            no_role.count(sample.line);
        }
        if let Some(taken) = sample.taken.filter(|taken| taken.is_finite()) {
            self.taken = Some(self.taken.map_or(taken, |latest: f64| latest.max(taken)));
        }
        let series = Series {
            role: own_role.unwrap_or_else(|| role.unwrap_or_default().to_owned()),
            what,
            provider,
            labels: sample.labels,
        };
        if let Some((_, first)) = self.series.get(&series) {
            found.error(
                sample.line,
                format!("This counter is on line {first} already."),
                "Each counter stands once in a file: give one scrape at a time.",
            );
        } else {
            self.series.insert(series, (sample.value, sample.line));
        }
    }
}

/// `None` for other metrics of VAPORA, and for one that does not say what it counts.
fn what(sample: &Sample, found: &mut Found<'_>) -> Option<What> {
    match sample.name.as_str() {
        REQUESTS => Some(What::Calls),
        COST => Some(What::Cents),
        TOKENS => match sample.label("direction") {
            Some("input" | "in" | "prompt") => Some(What::InputTokens),
            Some("output" | "out" | "completion") => Some(What::OutputTokens),
            other => {
                let message = match other {
                    Some(other) => format!("direction is {}, not input or output.", shown(other)),
                    None => "The tokens carry no direction label.".to_owned(),
                };
                let hint =
                    "Tokens are counted apart: direction=\"input\" and direction=\"output\".";
                found.error(sample.line, message, hint);
                None
            }
        },
        _ => None,
    }
}

fn judged(sample: &Sample) -> Result<(), number::Said> {
    let wrong = if !sample.value.is_finite() {
        "not a number"
    } else if sample.value < 0.0 {
        "less than 0"
    } else if sample.value > MOST {
        "more than anybody counts"
    } else {
        return Ok(());
    };
    let rest = sample.name.strip_prefix(OURS).unwrap_or(&sample.name);
    Err((
        format!("The counter {OURS}{rest} is {:?}, {wrong}.", sample.value),
        format!("A counter counts up from 0, to {MOST:e} at most."),
    ))
}

/// The counters that name no role.
#[derive(Default)]
struct NoRole {
    count: usize,
    first: Option<usize>,
}

impl NoRole {
    fn count(&mut self, line: usize) {
        self.first.get_or_insert(line);
        self.count += 1;
    }

    fn tell(&self, role: Option<&str>, found: &mut Found<'_>) {
        match role {
            None if self.count > 0 => found.error(
                self.first,
                format!(
                    "{} without a role label: nothing says which role made these calls.",
                    counted(self.count, "counter")
                ),
                "Name the role that all of them belong to, for example --role architect, or let the router label its metrics.",
            ),
            Some(role) if self.count == 0 => found.warning(
                None,
                format!(
                    "Every counter names its role: --role {} does nothing.",
                    shown(role)
                ),
                "Leave it out.",
            ),
            _ => {}
        }
    }
}
