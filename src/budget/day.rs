//! One day of one role: how many of its calls each model answers and how many are refused, in closed form for each
//! state, never call by call. Leaves to others: which models those are (`choice`), days and windows (`forecast`).

use super::choice::Choice;

/// The state that a call was judged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Normal,
    /// The spend reached the threshold.
    Near,
    /// The spend reached the limit, or the call would have passed it.
    Exceeded,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Normal, Self::Near, Self::Exceeded];

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Near => "near",
            Self::Exceeded => "exceeded",
        }
    }
}

/// What became of a day's calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// Calls that the model of each state answered, in the order of [`State::ALL`].
    pub calls: [u64; 3],
    pub refused: u64,
}

impl Served {
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.calls.iter().sum()
    }
}

/// What decides about one role's calls. Amounts in micro-cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    near_at: u128,
    limit: u128,
    /// What a call costs in each state; `None` when it is refused there.
    cost: [Option<u128>; 3],
    /// Which model answers in each state, as the state that it is the model of.
    pub model_of: [State; 3],
}

/// The spend of one role in one window as it grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Running {
    /// In micro-cents.
    pub spent: u128,
    /// Was there a call that would have passed the limit?
    pub passed: bool,
}

impl Rules {
    /// `limits`: the threshold and the limit in micro-cents; `None` when no limit is applied.
    pub fn new(choice: &Choice, limits: Option<(u128, u128)>) -> Self {
        let (near_at, limit) = limits.unwrap_or((u128::MAX, u128::MAX));
        let near = choice.near.or(choice.normal);
        let cost = [choice.normal, near, choice.exceeded];
        let near_is = match choice.near {
            Some(_) => State::Near,
            None => State::Normal,
        };
        Self {
            near_at,
            limit,
            cost: cost.map(|offer| offer.map(|offer| offer.cost.micro_cents())),
            model_of: [State::Normal, near_is, State::Exceeded],
        }
    }

    /// The state of a role that has spent so much.
    pub fn state(&self, running: Running) -> State {
        if running.spent >= self.limit || running.passed {
            State::Exceeded
        } else if running.spent >= self.near_at {
            State::Near
        } else {
            State::Normal
        }
    }

    /// Has the role reached its threshold?
    pub fn is_near(&self, running: Running) -> bool {
        running.spent >= self.near_at
    }

    /// Answers or refuses so many calls.
    pub fn serve(&self, running: &mut Running, calls: u64) -> Served {
        let mut served = Served::default();
        let mut left = calls;
        // Each turn ends a state, and there are few: normal, too dear, near, too dear, refused.
        while left > 0 {
            let spent = running.spent;
            let (state, until) = if spent < self.near_at {
                (State::Normal, self.near_at)
            } else {
                (State::Near, self.limit)
            };
            let room = self.limit.saturating_sub(spent);
            let fits = |cost: &u128| room > 0 && *cost <= room;
            if let Some(cost) = self.cost[state as usize].filter(fits) {
                // The call that reaches the boundary is the last of its state.
                let count = most(left, cost, until - spent, room);
                served.calls[self.model_of[state as usize] as usize] += count;
                running.spent = running
                    .spent
                    .saturating_add(cost.saturating_mul(u128::from(count)));
                left -= count;
                continue;
            }
            running.passed = true;
            // Below the threshold a call may be too dear and the next state's model may not be.
            let until = if spent < self.near_at {
                self.near_at - spent
            } else {
                u128::MAX
            };
            let fits = |cost: &u128| *cost == 0 || *cost <= room;
            let Some(cost) = self.cost[State::Exceeded as usize].filter(fits) else {
                served.refused += left;
                break;
            };
            let count = most(left, cost, until, room);
            served.calls[State::Exceeded as usize] += count;
            running.spent = running
                .spent
                .saturating_add(cost.saturating_mul(u128::from(count)));
            left -= count;
        }
        served
    }
}

/// How many calls of `left` at this cost fit into `room` while the spend is short of the next boundary by `short`.
fn most(left: u64, cost: u128, short: u128, room: u128) -> u64 {
    if cost == 0 {
        return left;
    }
    // Most days end without a boundary, and multiplying is faster than dividing.
    if cost.saturating_mul(u128::from(left)) <= short.min(room) {
        return left;
    }
    let count = short.div_ceil(cost).min(room / cost);
    u64::try_from(count).map_or(left, |count| count.min(left))
}
