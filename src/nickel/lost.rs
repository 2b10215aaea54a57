//! What is said when the child died or was given up: one problem that names what happened, the file to blame when it
//! is known, and what to do now.

use std::path::Path;

use crate::problem::Problem;

/// What a text does that was given up; its subject stands before.
pub const ENDLESS: &str = "computes without end, or needs more than 1 GiB of memory.";

/// What to look for in such a text.
pub const LOOK_FOR: &str = "Look in it, and in what it imports, for a loop, for what grows without end, or for very deep nesting.";

/// A workspace's profile that cannot be judged by.
#[must_use]
pub fn profile(text: &str) -> Problem {
    // Both fit on the two lines of the start screen.
    Problem::error(format!("It {ENDLESS}"))
        .hint("Mend its loop or growth and start again, or choose another profile.")
        .in_file(Path::new(text), None)
}

/// A schema that does not load. `own` are the workspace's texts in place of shipped ones.
#[must_use]
pub fn schema(why: &str, own: &[&str]) -> Problem {
    match own {
        [] => Problem::error(why).hint("Try again; if it stays so, this machine has too little room."),
        [first, rest @ ..] => Problem::error(format!("The schema {ENDLESS}"))
            .hint(match rest.len() {
                0 => "Mend it and start again, or move it away: the shipped one counts then.".to_owned(),
                n => format!(
                    "Mend it, or the {n} more of this workspace, and start again; moved away, the shipped ones count."
                ),
            })
            .in_file(Path::new(first), None),
    }
}

/// A question that was lost although its profile was judged by before.
#[must_use]
pub fn question(why: &str, profile: Option<&str>, own: &[&str]) -> Problem {
    let blamed = profile.into_iter().chain(own.iter().copied()).next();
    match blamed {
        None => Problem::error(why).hint(
            "Values keep their last verdict; take the last change back (u) or try another value.",
        ),
        Some(text) => Problem::error(why)
            .hint(format!(
                "Values keep their last verdict; take the last change back, or look for a loop in {text}."
            ))
            .in_file(Path::new(text), None),
    }
}
