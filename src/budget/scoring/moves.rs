//! Who moved between two rankings, and which part of the score moved them.
//! Leaves to others: what was changed between the two.

use std::fmt;

use super::rank::{Part, Parts, Ranked, Ranking};

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
    for now in &after.agents {
        match earlier(before, &now.name) {
            Some(then) if then.rank == now.rank => {}
            Some(then) => found.push(moved(before, after, then, now)),
            None => found.push(one_sided(now, None, Some(now.rank))),
        }
    }
    for then in &before.agents {
        if earlier(after, &then.name).is_none() {
            found.push(one_sided(then, Some(then.rank), None));
        }
    }
    found
}

fn earlier<'a>(ranking: &'a Ranking, name: &str) -> Option<&'a Ranked> {
    ranking.agents.iter().find(|agent| agent.name == name)
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

fn moved(before: &Ranking, after: &Ranking, then: &Ranked, now: &Ranked) -> Moved {
    let rose = now.rank < then.rank;
    let mut others: Vec<(&Ranked, &Ranked)> = before
        .agents
        .iter()
        .filter_map(|other| Some((other, earlier(after, &other.name)?)))
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
        let rose = to < from;
        if let Some(named) = named(&self.passed) {
            let word = if rose { "past" } else { "behind" };
            write!(f, ", {word} {named}")?;
        }
        let Some(part) = self.cause else {
            return f.write_str(": others came or went");
        };
        let (before, after) = (self.before.of(part), self.after.of(part));
        let shown = |n: f64| format!("{n:.2}");
        let along = if rose { after > before } else { after < before };
        if !along || shown(before) == shown(after) {
            let others = match self.passed.as_slice() {
                [one] => one,
                _ => "they",
            };
            let changed = if rose { "lost" } else { "won" };
            return write!(f, ": {others} {changed} more by {part}");
        }
        write!(f, ": {part} {} to {}", shown(before), shown(after))
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
