//! What the operator asked to be held back: `--readonly` writes nothing, `--strict` lets no warning pass.
//! The sentences about both stand here once. Leaves to others: asking before they write (`cli`, `plain`, `tui`).

use crate::problem::{Counts, Problem, counted};
use crate::report;

/// The two flags, as they were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caution {
    pub readonly: bool,
    pub strict: bool,
}

/// What the header and the first lines say of a session that writes nothing.
pub const READONLY: &str = "readonly";

impl Caution {
    /// Do these problems forbid writing, or make the answer of a verb a no?
    #[must_use]
    pub fn blocks(self, counts: Counts) -> bool {
        counts.block() || self.only_warnings(counts)
    }

    /// `2 warnings; --strict lets no warning pass`, or the bare counts where that is not the reason.
    #[must_use]
    pub fn summary(self, counts: Counts) -> String {
        let summary = report::summary(counts);
        if self.only_warnings(counts) {
            return format!("{summary}; --strict lets no warning pass");
        }
        summary
    }

    /// Why nothing may be written at all.
    #[must_use]
    pub fn forbids(self) -> Option<String> {
        self.readonly.then(|| format!("{MESSAGE} {HINT}"))
    }

    /// Why nothing may be written with these problems; `next` is what the operator presses or types to go there,
    /// `list` to see them all: a warning may be about no setting.
    #[must_use]
    pub fn refusal(self, counts: Counts, next: &str, list: &str) -> Option<String> {
        if self.only_warnings(counts) {
            let warnings = counted(counts.warnings, "warning");
            let them = if counts.warnings == 1 { "it" } else { "them" };
            return Some(format!(
                "{warnings}, and --strict lets none pass; {list} tells {them}."
            ));
        }
        counts.refusal(next)
    }

    fn only_warnings(self, counts: Counts) -> bool {
        self.strict && !counts.block() && counts.warnings > 0
    }
}

const MESSAGE: &str = "Nothing is written: it was started with --readonly.";
const HINT: &str = "Start it without that flag to write.";

/// Why a verb that would write does not.
#[must_use]
pub fn readonly() -> Problem {
    Problem::error(MESSAGE).hint(HINT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_count_only_when_strict_and_alone() {
        let counts = |errors, open, warnings| Counts {
            errors,
            open,
            warnings,
        };
        let strict = Caution {
            strict: true,
            ..Caution::default()
        };
        let free = Caution::default();
        for (caution, counts, blocks, summary, refusal) in [
            (free, counts(0, 0, 0), false, "no problems", None),
            (free, counts(0, 0, 2), false, "2 warnings", None),
            (strict, counts(0, 0, 0), false, "no problems", None),
            (
                strict,
                counts(0, 0, 1),
                true,
                "1 warning; --strict lets no warning pass",
                Some("1 warning, and --strict lets none pass; ! tells it."),
            ),
            (
                strict,
                counts(1, 0, 1),
                true,
                "1 error, 1 warning",
                Some("1 setting is wrong; n goes there."),
            ),
            (
                free,
                counts(0, 1, 1),
                true,
                "1 to answer, 1 warning",
                Some("1 setting needs an answer first; n goes there."),
            ),
        ] {
            assert_eq!(caution.blocks(counts), blocks, "{counts:?}");
            assert_eq!(caution.summary(counts), summary);
            assert_eq!(caution.refusal(counts, "n", "!").as_deref(), refusal);
        }
    }

    #[test]
    fn readonly_forbids_whatever_the_problems() {
        let caution = Caution {
            readonly: true,
            ..Caution::default()
        };
        assert_eq!(Caution::default().forbids(), None);
        assert_eq!(caution.forbids(), Some(readonly().sentence()));
        assert_eq!(caution.refusal(Counts::default(), "n", "!"), None);
    }
}
