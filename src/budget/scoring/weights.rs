//! The three weights of the score: what they sum to, why that matters, and how they are made to sum to 1.
//! Leaves to others: refusing to write them (the schema, which judges the sum too).

use super::rank::Part;
use crate::problem::Problem;
use crate::value;

/// How much load, expertise and confidence count; VAPORA's own are 0.3, 0.5 and 0.2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    pub load: f64,
    pub expertise: f64,
    pub confidence: f64,
}

/// How far from 1 the schema lets the sum be.
const SLACK: f64 = 0.001;

/// Scaled weights are whole numbers of these.
const STEPS: u32 = 1_000;

impl Weights {
    #[must_use]
    pub fn of(&self, part: Part) -> f64 {
        match part {
            Part::Load => self.load,
            Part::Expertise => self.expertise,
            Part::Confidence => self.confidence,
        }
    }

    #[must_use]
    pub fn sum(&self) -> f64 {
        self.load + self.expertise + self.confidence
    }

    /// The sum as it is said: `1.1`.
    #[must_use]
    pub fn sum_in_words(&self) -> String {
        shown(self.sum())
    }

    /// Do they sum to 1, as near as the schema asks?
    #[must_use]
    pub fn sum_to_one(&self) -> bool {
        // A little more than the slack, so that 1.001 passes whatever its binary digits.
        (self.sum() - 1.0).abs() <= SLACK + 1e-9
    }

    /// The same shares of a whole of 1, each in thousandths, that sum to 1 exactly. What rounding leaves over goes to
    /// those that lost most by it. `None` when there is nothing to share: all are 0, or one is negative or no number.
    #[must_use]
    pub fn scaled(&self) -> Option<Self> {
        let parts = [self.load, self.expertise, self.confidence];
        let largest = parts.into_iter().fold(0.0, f64::max);
        if largest <= 0.0 || parts.iter().any(|part| !part.is_finite() || *part < 0.0) {
            return None;
        }
        // Divided first, so that the sum of very large ones is a number.
        let shares = parts.map(|part| part / largest);
        let whole: f64 = shares.iter().sum();
        let exact = shares.map(|share| share / whole * f64::from(STEPS));
        let mut steps = exact.map(f64::floor);
        let mut order = [0, 1, 2];
        order.sort_by(|a, b| (exact[*b] - steps[*b]).total_cmp(&(exact[*a] - steps[*a])));
        for place in order {
            if steps.iter().sum::<f64>() + 0.5 < f64::from(STEPS) {
                steps[place] += 1.0;
            }
        }
        let [load, expertise, confidence] = steps.map(|step| step / f64::from(STEPS));
        Some(Self {
            load,
            expertise,
            confidence,
        })
    }

    /// What a sum other than 1 means, and the weights that mend it.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        if self.sum_to_one() {
            return None;
        }
        let problem = match self.scaled() {
            Some(scaled) => Problem::error(format!(
                "Load, expertise and confidence weigh {} together, not 1: scores are too {}, the order of the agents is right.",
                shown(self.sum()),
                if self.sum() > 1.0 { "high" } else { "low" },
            ))
            .hint(format!("Scaled to 1 they are {scaled}.")),
            None => Problem::error(
                "Load, expertise and confidence have no weight at all: every agent scores 0.",
            )
            .hint("Make the three sum to 1, for example 0.3, 0.5 and 0.2."),
        };
        Some(problem.at(super::settings::LOAD_WEIGHT.into()))
    }
}

/// `0.3, 0.5 and 0.2`.
impl std::fmt::Display for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [load, expertise, confidence] =
            [self.load, self.expertise, self.confidence].map(value::decimal);
        write!(f, "{load}, {expertise} and {confidence}")
    }
}

/// A sum without the digits that only binary numbers have.
fn shown(sum: f64) -> String {
    let rounded = (sum * 10_000.0).round() / 10_000.0;
    value::decimal(if rounded.is_finite() { rounded } else { sum })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(load: f64, expertise: f64, confidence: f64) -> Weights {
        Weights {
            load,
            expertise,
            confidence,
        }
    }

    #[test]
    fn scaled_weights_sum_to_one_in_thousandths() {
        for (given, expected) in [
            ((0.3, 0.5, 0.2), (0.3, 0.5, 0.2)),
            ((0.6, 1.0, 0.4), (0.3, 0.5, 0.2)),
            // 1 / 3 is 333.33 thousandths each; the one left over goes to the first.
            ((1.0, 1.0, 1.0), (0.334, 0.333, 0.333)),
            // 0.4 / 1.1 = 363.63, 0.5 / 1.1 = 454.54, 0.2 / 1.1 = 181.81: two left over.
            ((0.4, 0.5, 0.2), (0.364, 0.454, 0.182)),
            ((0.0, 0.0, 0.7), (0.0, 0.0, 1.0)),
            ((1e-300, 1e-300, 0.0), (0.5, 0.5, 0.0)),
            ((1e308, 1e308, 0.0), (0.5, 0.5, 0.0)),
        ] {
            let scaled = weights(given.0, given.1, given.2).scaled().unwrap();
            assert_eq!(
                (scaled.load, scaled.expertise, scaled.confidence),
                expected,
                "{given:?}"
            );
            assert!(scaled.sum_to_one());
        }
    }

    #[test]
    fn what_cannot_be_shared_is_not_scaled() {
        for given in [
            (0.0, 0.0, 0.0),
            (-0.1, 0.6, 0.5),
            (f64::NAN, 0.5, 0.5),
            (f64::INFINITY, 0.5, 0.5),
        ] {
            assert_eq!(
                weights(given.0, given.1, given.2).scaled(),
                None,
                "{given:?}"
            );
        }
    }

    #[test]
    fn a_sum_other_than_one_is_explained_as_the_schema_judges_it() {
        for (given, expected) in [
            ((0.3, 0.5, 0.2), None),
            ((0.301, 0.5, 0.2), None),
            ((0.299, 0.5, 0.2), None),
            (
                (0.4, 0.5, 0.2),
                Some(
                    "Load, expertise and confidence weigh 1.1 together, not 1: scores are too high, the order of the agents is right. Scaled to 1 they are 0.364, 0.454 and 0.182.",
                ),
            ),
            (
                (0.3, 0.5, 0.1),
                Some(
                    "Load, expertise and confidence weigh 0.9 together, not 1: scores are too low, the order of the agents is right. Scaled to 1 they are 0.333, 0.556 and 0.111.",
                ),
            ),
            (
                (0.0, 0.0, 0.0),
                Some(
                    "Load, expertise and confidence have no weight at all: every agent scores 0. Make the three sum to 1, for example 0.3, 0.5 and 0.2.",
                ),
            ),
        ] {
            let told = weights(given.0, given.1, given.2).problem();
            let told = told.map(|problem| problem.sentence());
            assert_eq!(told.as_deref(), expected, "{given:?}");
        }
    }
}
