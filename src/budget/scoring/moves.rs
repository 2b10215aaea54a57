//! Who moved between two rankings, and which part of the score moved them.
//! Leaves to others: what was changed between the two.

use std::collections::HashMap;
use std::fmt;

use super::rank::{Part, Parts, Ranked, Ranking};
use super::weights::Weights;

/// One agent that stands elsewhere than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub name: String,
    /// Its rank in each, from 1; `None` where it is not in that ranking.
    pub from: Option<usize>,
    pub to: Option<usize>,
    /// Whom it passed, when it rose, or who passed it; the nearest to its old rank first.
    pub passed: Vec<String>,
    /// The part of the score that did most of it; `None` when others only came or went.
    pub cause: Option<Part>,
    /// What its own parts added to its score.
    pub before: Parts,
    pub after: Parts,
}

/// The agents whose rank changed, in the order of the later ranking, then those that are gone.
///
/// The cause is looked for among the agents that changed places: for each part, how much more it changed for this
/// agent than for those it passed (or that passed it), summed up; the part with the largest sum in the direction of the
/// move is the cause.
#[must_use]
pub fn moves(before: &Ranking, after: &Ranking) -> Vec<Moved> {
    let mut found = Vec::new();
    let (old, new) = (by_name(before), by_name(after));
    // Those in both, in the order of the earlier ranking.
    let both: Vec<(&Ranked, &Ranked)> = before
        .agents
        .iter()
        .filter_map(|then| Some((then, *new.get(then.name.as_str())?)))
        .collect();
    for now in &after.agents {
        match old.get(now.name.as_str()) {
            Some(then) if then.rank == now.rank => {}
            Some(then) => found.push(moved(&both, then, now)),
            None => found.push(one_sided(now, None, Some(now.rank))),
        }
    }
    for then in &before.agents {
        if !new.contains_key(then.name.as_str()) {
            found.push(one_sided(then, Some(then.rank), None));
        }
    }
    found
}

fn by_name(ranking: &Ranking) -> HashMap<&str, &Ranked> {
    let agents = ranking.agents.iter();
    agents.map(|agent| (agent.name.as_str(), agent)).collect()
}

fn one_sided(agent: &Ranked, from: Option<usize>, to: Option<usize>) -> Moved {
    let (before, after) = match to {
        Some(_) => (Parts::default(), agent.parts),
        None => (agent.parts, Parts::default()),
    };
    Moved {
        name: agent.name.clone(),
        from,
        to,
        passed: Vec::new(),
        cause: None,
        before,
        after,
    }
}

fn moved(both: &[(&Ranked, &Ranked)], then: &Ranked, now: &Ranked) -> Moved {
    let rose = now.rank < then.rank;
    let mut others: Vec<(&Ranked, &Ranked)> = both
        .iter()
        .copied()
        .filter(|(other_then, other_now)| {
            if rose {
                other_then.rank < then.rank && other_now.rank > now.rank
            } else {
                other_then.rank > then.rank && other_now.rank < now.rank
            }
        })
        .collect();
    if rose {
        others.reverse();
    }
    Moved {
        name: now.name.clone(),
        from: Some(then.rank),
        to: Some(now.rank),
        passed: others.iter().map(|(other, _)| other.name.clone()).collect(),
        cause: cause(rose, then, now, &others),
        before: then.parts,
        after: now.parts,
    }
}

fn cause(rose: bool, then: &Ranked, now: &Ranked, others: &[(&Ranked, &Ranked)]) -> Option<Part> {
    let own = |part: Part| now.parts.of(part) - then.parts.of(part);
    let gain = |part: Part| {
        let ahead: f64 = others
            .iter()
            .map(|(other_then, other_now)| {
                own(part) - (other_now.parts.of(part) - other_then.parts.of(part))
            })
            .sum();
        let gain = if rose { ahead } else { -ahead };
        // The last binary digits make no difference.
        (gain * 1e9).round()
    };
    // Of equal ones the part that went the way of the move itself.
    let along = |part: Part| if rose { own(part) } else { -own(part) };
    let largest = Parts::ALL.into_iter().max_by(|a, b| {
        let gains = gain(*a).total_cmp(&gain(*b));
        gains.then(along(*a).total_cmp(&along(*b)))
    })?;
    (gain(largest) > 0.0).then_some(largest)
}

impl Moved {
    /// `▲2`, `▼1`, `new`, `gone`.
    #[must_use]
    pub fn sign(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) if to < from => format!("▲{}", from - to),
            (Some(from), Some(to)) => format!("▼{}", to - from),
            (None, _) => "new".to_owned(),
            (_, None) => "gone".to_owned(),
        }
    }

    /// What the operator changed that moved it: `expertise counts more`, when the weight of the part that did it is
    /// another one than before.
    #[must_use]
    pub fn why(&self, before: &Weights, after: &Weights) -> Option<String> {
        let part = self.cause?;
        let (before, after) = (before.of(part), after.of(part));
        let word = if after > before { "more" } else { "less" };
        ((after - before).abs() > 1e-9).then(|| format!("{part} counts {word}"))
    }

    /// Who moved and why, the reason first: `developer-2 from 4 to 2: expertise counts more, 0.31 to 0.38, past
    /// developer-1.`, and shorter ways to say it: without those it passed, without the figures.
    #[must_use]
    pub fn lengths(&self, before: &Weights, after: &Weights) -> [String; 3] {
        let (Some(part), Some(from), Some(to)) = (self.cause, self.from, self.to) else {
            return [(); 3].map(|()| format!("{self}."));
        };
        let who = format!("{} from {from} to {to}", self.name);
        let figures = self.figures();
        let Some(why) = self.why(before, after) else {
            let short = match figures {
                Some((before, after)) => format!("{who}: {part} {before} to {after}."),
                None => format!("{who}, by {part}."),
            };
            return [format!("{self}."), short.clone(), short];
        };
        let figures = figures.map(|(before, after)| format!(", {before} to {after}"));
        let figures = figures.unwrap_or_default();
        let others = self.others().unwrap_or_default();
        [
            format!("{who}: {why}{figures}{others}."),
            format!("{who}: {why}{figures}."),
            format!("{who}: {why}."),
        ]
    }

    /// Who moved and why, in full.
    #[must_use]
    pub fn sentence(&self, before: &Weights, after: &Weights) -> String {
        let [full, ..] = self.lengths(before, after);
        full
    }

    fn rose(&self) -> bool {
        self.to < self.from
    }

    /// `, past a and b`.
    fn others(&self) -> Option<String> {
        let word = if self.rose() { "past" } else { "behind" };
        named(&self.passed).map(|named| format!(", {word} {named}"))
    }

    /// What the part that did it added before and after, when that went the way of the move.
    fn figures(&self) -> Option<(String, String)> {
        let part = self.cause?;
        let (before, after) = (self.before.of(part), self.after.of(part));
        let shown = |n: f64| format!("{n:.2}");
        let along = if self.rose() {
            after > before
        } else {
            after < before
        };
        (along && shown(before) != shown(after)).then(|| (shown(before), shown(after)))
    }
}

/// `developer-2 from 4 to 2, past developer-1 and developer-3: expertise 0.31 to 0.38`.
impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        let (from, to) = match (self.from, self.to) {
            (Some(from), Some(to)) => (from, to),
            (None, Some(to)) => return write!(f, " is new, at {to}"),
            (Some(from), None) => return write!(f, " is gone, was at {from}"),
            (None, None) => return Ok(()),
        };
        write!(f, " from {from} to {to}")?;
        f.write_str(&self.others().unwrap_or_default())?;
        let Some(part) = self.cause else {
            return f.write_str(": others came or went");
        };
        let Some((before, after)) = self.figures() else {
            let others = match self.passed.as_slice() {
                [one] => one,
                _ => "they",
            };
            let changed = if self.rose() { "lost" } else { "won" };
            return write!(f, ": {others} {changed} more by {part}");
        };
        write!(f, ": {part} {before} to {after}")
    }
}

/// The first two by name, the others by number.
fn named(names: &[String]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(one.clone()),
        [one, two] => Some(format!("{one} and {two}")),
        [one, two, more @ ..] => Some(format!("{one}, {two} and {} more", more.len())),
    }
}
