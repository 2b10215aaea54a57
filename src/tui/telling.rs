//! How problems are told in a line or two: each with its place, the worst of several with the key that lists them, and
//! why there is no verdict, in the same words wherever one is asked for.

use super::action::Action;
use super::app::App;
use super::theme;
use crate::problem::Problem;

/// Columns for a place that the list tells in full.
const SHORT_PLACE: usize = 24;

impl App {
    /// Why what is said now is not judged; `None` when it is.
    #[must_use]
    pub fn not_judged(&self) -> Option<String> {
        if let Some(lost) = &self.lost {
            return Some(format!("Not judged: {}", self.placed(lost, &lost.message)));
        }
        let waits = self.config.is_none();
        waits.then(|| "Not judged yet: the schema has not answered.".to_owned())
    }

    /// Says why there is no verdict, and what to do.
    pub(super) fn say_not_judged(&mut self) {
        let Some(lost) = &self.lost else {
            return self.say_line(self.not_judged().unwrap_or_default());
        };
        let sign = theme::sign(lost.severity);
        let notice = format!("{sign} Not judged: {}", self.whole_problem(lost));
        self.message.notice = Some(notice);
    }

    /// The problem's whole sentence with its place before it.
    #[must_use]
    pub fn whole_problem(&self, problem: &Problem) -> String {
        self.placed(problem, &problem.sentence())
    }

    /// The worst of these, and how many there are; `None` without any.
    #[must_use]
    pub fn worst_of(&self, problems: &[&Problem]) -> Option<String> {
        let worst = problems.iter().min_by_key(|problem| problem.severity)?;
        let sign = theme::sign(worst.severity);
        Some(match problems.len() {
            1 => format!("{sign} {}", self.whole_problem(worst)),
            count => {
                let list = self.keymap.key(Action::Problems);
                let place = worst.place.as_ref().map_or_else(String::new, |place| {
                    format!("{}: ", self.short_place(place, SHORT_PLACE))
                });
                let first = format!("{place}{}", worst.message);
                format!("{sign} {count} problems, listed by {list}; first {first}")
            }
        })
    }

    fn placed(&self, problem: &Problem, text: &str) -> String {
        match (&problem.place, &problem.path) {
            (Some(place), _) => format!("{}: {text}", self.shown_place(place)),
            (None, Some(path)) => format!("{path}: {text}"),
            (None, None) => text.to_owned(),
        }
    }
}
